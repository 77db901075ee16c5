"""The words of the house as plain values: no file, no network, no clock.

Everything above may use this room; it uses nothing but :mod:`followthemoney` (and that only in
:mod:`finemesh.model.schema`, because loading it takes about a second).
"""
