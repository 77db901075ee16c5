"""Thin commands over :mod:`finemesh.case`."""
