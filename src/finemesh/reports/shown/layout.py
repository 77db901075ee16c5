"""Where the parties of a network picture stand: computed step by step, so that growing moves nothing.

The first party stands in the middle, the parties tied to it in a column at each side, each on a line of its own, so
that names and relations can be read. Showing the ties of a further party adds a fan beyond it, at the free place of the
next column that is nearest to it; whatever stood before stays where it was. The same list of parties, in the
order in which they were opened, always gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SIZE = 12.0
"""Size of names in the picture, in its units."""
RADIUS = 13.0
FIRST, NEXT = 330.0, 520.0
"""From the middle to the first column, and from one column to the next."""
NAME_WIDTH = 210.0
LINE = 15.0
_GAP = 11.0
_BOND = 17.0
_ROOTS_APART = 90.0
_ONE_SIDE = 2
"""So many neighbours stand at one side only."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a party stands.

    Attributes:
        x, y: The middle of its circle.
        side: 1 right, -1 left, 0 in the middle.
        column: 0 in the middle, then outwards.
        lines: Its name in at most two lines.
        parent: The party beside whose ties it was put, or empty.
    """

    x: float
    y: float
    side: int
    column: int
    lines: tuple[str, ...]
    parent: str = ""

    @property
    def name_width(self) -> float:
        """Width of the name."""
        return max(text_width(line) for line in self.lines)


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is; rather too wide than too narrow."""
    return sum(_advance(char) for char in text) * size


def _advance(char: str) -> float:
    if char in "ilj.,:;'|! ":
        return 0.34
    if char in "MWmw@—":
        return 0.92
    if ord(char) >= 0x1100:
        return 1.0
    return 0.7 if char.isupper() else 0.6


def wrap(text: str, width: float = NAME_WIDTH, lines: int = 2) -> tuple[str, ...]:
    """A name in a bounded number of lines of a bounded width, cut with an ellipsis where it is longer."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines:
        line = rest.pop(0)
        while rest and text_width(f"{line} {rest[0]}") <= width:
            line += f" {rest.pop(0)}"
        found.append(line)
    if not found:
        return (text,)
    if rest:
        found[-1] += " …"
    return tuple(_cut(line, width) for line in found)


def _cut(line: str, width: float) -> str:
    if text_width(line) <= width + 1:
        return line
    while line and text_width(line + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"


class Layout:
    """Places of the parties of one picture.

    Args:
        names: Party to name.
        bonds: For each pair of tied parties (both orders) how many lines join them.
        ties: For each pair (both orders) how many ties they have; those with most come first. Nothing that changes
            when a further party is opened may count here.
    """

    def __init__(
        self, names: Mapping[str, str], bonds: Mapping[tuple[str, str], int], ties: Mapping[tuple[str, str], int]
    ) -> None:
        self._names = names
        self._bonds = bonds
        self._taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._neighbours: dict[str, list[str]] = {}
        for left, right in bonds:
            if left in names and right in names:
                self._neighbours.setdefault(left, []).append(right)
        for id, found in self._neighbours.items():
            found.sort(key=lambda other, id=id: (-ties.get((id, other), 0), other))  # type: ignore[misc]
        self.places: dict[str, Place] = {}

    def open(self, id: str) -> None:
        """Show the ties of a party: it gets a place if it has none, and so do its neighbours that have none."""
        if id not in self._names:
            return
        new = [other for other in self._neighbours.get(id, ()) if other != id and other not in self.places]
        half = len(new) if len(new) <= _ONE_SIDE else (len(new) + 1) // 2
        if id not in self.places:
            self._put_root(id, max(self._total(id, new[:half]), self._total(id, new[half:])))
        side = self.places[id].side
        if side:
            self._fan(id, new, side)
        else:
            self._fan(id, new[:half], 1)
            self._fan(id, new[half:], -1)

    def _total(self, parent: str, new: Sequence[str]) -> float:
        return sum(self._height(parent, id) for id in new)

    def _put_root(self, id: str, height: float) -> None:
        """The first party in the middle of all; a further one that nothing ties to those before, below them."""
        ends = [end for found in self._taken.values() for _, end in found]
        y = round(max(ends) + _ROOTS_APART + height / 2, 1) if ends else 0.0
        self.places[id] = Place(0.0, y, 0, 0, wrap(self._names[id]))
        self._taken.setdefault((0, 0), []).append((y - 40, y + 50))

    def _height(self, parent: str, id: str) -> float:
        lines = len(wrap(self._names[id]))
        return max(lines * LINE, self._bonds[parent, id] * _BOND, 2 * RADIUS - 4) + _GAP

    def _fan(self, parent: str, new: Sequence[str], side: int) -> None:
        if not new:
            return
        at = self.places[parent]
        column = at.column + 1
        heights = [self._height(parent, id) for id in new]
        y = self._free((side, column), at.y, sum(heights))
        x = side * (FIRST + (column - 1) * NEXT)
        self._taken.setdefault((side, column), []).append((y, y + sum(heights)))
        for id, height in zip(new, heights, strict=True):
            self.places[id] = Place(x, round(y + height / 2, 1), side, column, wrap(self._names[id]), parent)
            y += height

    def _free(self, column: tuple[int, int], middle: float, height: float) -> float:
        """The top of the free stretch of a column that lies nearest to a height."""
        taken = sorted(self._taken.get(column, ()))
        wanted = middle - height / 2
        candidates = [wanted, *(start - height - _GAP for start, _ in taken), *(end + _GAP for _, end in taken)]
        fitting = [y for y in candidates if all(y + height <= start or y >= end for start, end in taken)]
        return min(fitting, key=lambda y: (abs(y - wanted), y))
