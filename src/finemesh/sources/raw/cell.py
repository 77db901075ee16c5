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
        text = self.text
        return text != "" and not text.isspace()

    def __repr__(self) -> str:
        return f"Cell({self.text!r}, {self.locator!r})"

    @property
    def locator(self) -> str:
        """The stored form of the place (:mod:`finemesh.model.locator`)."""
        if self.whole:
            return self.base
        chars = f"chars={self.at}-{self.at + len(self.text)}"
        return f"{self.base};{chars}" if self.base else chars

    @property
    def sha256(self) -> str:
        """The artifact in which it stands, where that is not the file being read; else empty."""
        return ""

    def places(self) -> tuple[Cell, ...]:
        """The stretches of the artifact that make up this cell: itself, or nothing where it is empty."""
        return (self,) if self else ()

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


class Foreign(Cell):
    """A cell of another file than the one being read."""

    __slots__ = ("_sha256",)

    def __init__(self, text: str, base: str, at: int, whole: bool, sha256: str) -> None:
        super().__init__(text, base, at, whole)
        self._sha256 = sha256

    @classmethod
    def of(cls, cell: Cell, sha256: str) -> Foreign:
        """A cell of the file with that hash."""
        return cls(cell.text, cell.base, cell.at, cell.whole, sha256)

    @property
    def sha256(self) -> str:
        """The artifact in which it stands."""
        return self._sha256

    def cut(self, start: int, end: int) -> Cell:
        """Characters ``start`` to ``end`` of this cell."""
        return Foreign.of(super().cut(start, end), self._sha256)


class Joined(Cell):
    """One text that the list spreads over several cells, such as a remark that goes on in another file.

    Attributes:
        parts: The cells, in order.
        gap: What is thought between them, for words that are broken over lines.
    """

    __slots__ = ("gap", "parts")

    def __init__(self, *parts: Cell, gap: str = "") -> None:
        super().__init__(gap.join(p.text for p in parts), parts[0].base, parts[0].at, False)
        self.parts = parts
        self.gap = gap

    def places(self) -> tuple[Cell, ...]:
        """The stretches of the artifact that make up this cell."""
        return tuple(p for p in self.parts if p)

    def cut(self, start: int, end: int) -> Cell:
        """Characters ``start`` to ``end``; a plain cell where they lie in one part."""
        found, at = [], 0
        for part in self.parts:
            left, right = max(start - at, 0), min(end - at, len(part.text))
            if left < right:
                found.append(part.cut(left, right))
            at += len(part.text) + len(self.gap)
        if not found:
            return Cell("", self.base)
        return found[0] if len(found) == 1 else Joined(*found, gap=self.gap)


class Derived(Cell):
    """A text that stands nowhere as such but follows from cells: a date in three elements, a looked-up reference.

    Attributes:
        sources: The cells that it follows from; they are its evidence.
    """

    __slots__ = ("sources",)

    def __init__(self, text: str, *sources: Cell) -> None:
        first = sources[0] if sources else EMPTY
        super().__init__(text, first.base, first.at, True)
        self.sources = sources

    def places(self) -> tuple[Cell, ...]:
        """The stretches of the artifact that it follows from, or nothing where it is empty."""
        if not self:
            return ()
        return tuple(place for source in self.sources for place in source.places())

    def cut(self, start: int, end: int) -> Cell:
        """Characters ``start`` to ``end``, which follow from the same cells."""
        return Derived(self.text[start:end], *self.sources)


EMPTY = Cell("", "")
"""The cell that is not there."""
