"""The small values that the room's functions hand to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at that place."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the case that another room found in the text.

    Attributes:
        start, end: Characters of the text, end exclusive.
        text: The words at that place.
        kind: ``person``, ``organization``, ``vessel`` or ``name`` where it is not known.
        entity_ids: The entities of the case that bear the name, best first.
    """

    start: int
    end: int
    text: str
    kind: str = "name"
    entity_ids: tuple[str, ...] = ()
