"""One value of a file, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator


class Cell:
    """A stretch of text with its place in the artifact.

    Cutting a cell gives cells that know their own place, so a quote is true by construction.

    Attributes:
        text: The characters, as they stand in the file.
        base: Locator of the whole cell or element, without ``chars``.
        at: Where ``text`` begins within the whole cell.
        whole: Whether ``text`` is the whole cell.
    """

    __slots__ = ("at", "base", "text", "whole")

    def __init__(self, text: str, base: str, at: int = 0, whole: bool = True) -> None:
        self.text = text
        self.base = base
        self.at = at
        self.whole = whole

    def __bool__(self) -> bool:
        """Whether there is anything but white space."""
        return bool(self.text) and not self.text.isspace()

    def __repr__(self) -> str:
        return f"Cell({self.text!r}, {self.locator!r})"

    @property
    def locator(self) -> str:
        """The stored form of the place (:mod:`finemesh.model.locator`)."""
        if self.whole:
            return self.base
        chars = f"chars={self.at}-{self.at + len(self.text)}"
        return f"{self.base};{chars}" if self.base else chars

    def cut(self, start: int, end: int) -> Cell:
        """Characters ``start`` to ``end`` of this cell."""
        if start == 0 and end >= len(self.text):
            return self
        return Cell(self.text[start:end], self.base, self.at + start, False)

    def strip(self, chars: str | None = None) -> Cell:
        """Without white space (or ``chars``) at both ends."""
        text = self.text
        if chars is None and text and not (text[0].isspace() or text[-1].isspace()):
            return self
        left = self.text.lstrip(chars)
        core = left.rstrip(chars)
        if len(core) == len(self.text):
            return self
        start = len(self.text) - len(left)
        return self.cut(start, start + len(core))

    def split(self, pattern: str | re.Pattern[str]) -> list[Cell]:
        """The stretches between the matches of a pattern, stripped; empty ones are left out."""
        parts, at = [], 0
        for match in re.finditer(pattern, self.text):
            parts.append(self.cut(at, match.start()).strip())
            at = match.end()
        parts.append(self.cut(at, len(self.text)).strip())
        return [p for p in parts if p]

    def group(self, match: re.Match[str], group: int | str = 0) -> Cell:
        """The stretch that a group of a match over ``text`` covers (empty if it took no part)."""
        start, end = match.span(group)
        return Cell("", self.base) if start < 0 else self.cut(start, end)

    def find(self, pattern: str | re.Pattern[str], group: int | str = 1) -> Cell | None:
        """The first match's group, or None."""
        match = re.search(pattern, self.text)
        return self.group(match, group) if match and match.span(group)[0] >= 0 else None

    def finditer(self, pattern: str | re.Pattern[str], group: int | str = 1) -> Iterator[Cell]:
        """Every match's group."""
        for match in re.finditer(pattern, self.text):
            if match.span(group)[0] >= 0:
                yield self.group(match, group)


EMPTY = Cell("", "")
"""The cell that is not there."""
