"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told of long work: what, done so far, in all (0 where that is not known)."""


def no_progress(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
