"""The network picture: circles, lines and words with their places, ready to be drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from finemesh.reports.shown.layout import LINE, RADIUS, SIZE, Layout, Place, text_width
from finemesh.reports.shown.words import short

if TYPE_CHECKING:
    from finemesh.analysis.network import Bond, Network, Node

_SMALL = 11.0
_EDGE_WORDS = 28
_MARGIN = 40.0
DASHES = {"asserted": "", "planned": "9 5", "denied": "1.5 4", "called_for": "9 4 1.5 4"}
"""How a stance is drawn; it is told in words as well."""
_MUTUAL = frozenset({"meeting", "partnership"})
STANCES = {"asserted": "", "planned": "planned: ", "denied": "denied: ", "called_for": "called for: "}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Circle:
    """A party.

    Attributes:
        node: The party, with who lists it.
        place: Where it stands.
        ring: Dashes of its ring, one for each authority that lists it.
        name_x, name_y, anchor: Where its name begins.
    """

    node: Node
    place: Place
    ring: str
    name_x: float
    name_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """All that is said in one kind and stance of two parties.

    Attributes:
        bond: What it stands for.
        path: SVG path.
        width, dash: How it is drawn.
        words: Its label, empty where there is no room for it.
        x, y, anchor: Where the label stands.
        text: Everything in words.
    """

    bond: Bond
    path: str
    width: float
    dash: str
    words: str
    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing.

    Attributes:
        circles, lines: What is in it.
        left, top, width, height: Its frame.
    """

    circles: tuple[Circle, ...]
    lines: tuple[Line, ...]
    left: float
    top: float
    width: float
    height: float


def picture(network: Network, opened: Sequence[str]) -> Picture:
    """The picture of a network.

    Args:
        network: Its parties and bonds.
        opened: Parties whose ties are shown, in the order in which they were opened.
    """
    lines_of: dict[tuple[str, str], int] = {}
    ties_of: dict[tuple[str, str], int] = {}
    for bond in network.bonds:
        for pair in ((bond.source, bond.target), (bond.target, bond.source)):
            lines_of[pair] = lines_of.get(pair, 0) + 1
            ties_of[pair] = ties_of.get(pair, 0) + len(bond.ties)
    layout = Layout({n.party.id: n.party.caption for n in network.nodes}, lines_of, ties_of)
    for id in opened:
        layout.open(id)
    places = layout.places
    circles = [_circle(node, places[node.party.id]) for node in network.nodes if node.party.id in places]
    names = {n.party.id: n.party.caption for n in network.nodes}
    boxes = [_name_box(c) for c in circles] + [_circle_box(c.place) for c in circles]
    lines, boxes = _lines(network.bonds, places, names, boxes)
    left = min((b[0] for b in boxes), default=0) - _MARGIN
    top = min((b[1] for b in boxes), default=0) - _MARGIN
    right = max((b[2] for b in boxes), default=0) + _MARGIN
    bottom = max((b[3] for b in boxes), default=0) + _MARGIN
    frame = (round(left), round(top), round(right - left), round(bottom - top))
    return Picture(tuple(circles), tuple(lines), *frame)


def _circle(node: Node, place: Place) -> Circle:
    count = len(node.listed_by)
    around = 2 * 3.14159 * RADIUS
    ring = "" if not count else f"{around:.1f} 0" if count == 1 else f"{around / count - 4:.1f} 4"
    if place.side == 0:
        return Circle(node, place, ring, place.x, place.y + RADIUS + 16, "middle")
    y = place.y + SIZE * 0.36 - (len(place.lines) - 1) * LINE / 2
    return Circle(node, place, ring, place.x + place.side * (RADIUS + 7), y, "start" if place.side > 0 else "end")


def _name_box(circle: Circle) -> Box:
    width, height = circle.place.name_width, len(circle.place.lines) * LINE
    left = {"start": circle.name_x, "end": circle.name_x - width, "middle": circle.name_x - width / 2}[circle.anchor]
    return left, circle.name_y - SIZE, left + width, circle.name_y - SIZE + height + 3


def _circle_box(place: Place) -> Box:
    return place.x - RADIUS, place.y - RADIUS, place.x + RADIUS, place.y + RADIUS


def _lines(
    bonds: Sequence[Bond], places: dict[str, Place], names: dict[str, str], boxes: list[Box]
) -> tuple[list[Line], list[Box]]:
    """Every bond as a line: first those that hang a party beside another, then those that cross."""
    boxes = list(boxes)
    by_child: dict[str, list[Bond]] = {}
    across: list[Bond] = []
    for bond in bonds:
        if bond.source not in places or bond.target not in places:
            continue
        if places[bond.target].parent == bond.source:
            by_child.setdefault(bond.target, []).append(bond)
        elif places[bond.source].parent == bond.target:
            by_child.setdefault(bond.source, []).append(bond)
        else:
            across.append(bond)
    lines = []
    for child, own in by_child.items():
        for number, bond in enumerate(own):
            line, box = _hanging(bond, places, child, number - (len(own) - 1) / 2, names)
            lines.append(line)
            boxes.append(box)
    for number, bond in enumerate(across):
        line, found = _crossing(bond, places, boxes, number, names)
        lines.append(line)
        boxes += [found] if found else []
    return lines, boxes


def _told(bond: Bond, names: dict[str, str]) -> str:
    who = " and ".join(bond.speakers[:3]) + (f" and {len(bond.speakers) - 3} more" if len(bond.speakers) > 3 else "")
    return f"{STANCES[bond.stance]}{names[bond.source]} — {bond.label} — {names[bond.target]}. Says {who}."


def _label(bond: Bond, rightwards: bool) -> str:
    """The relation with an arrow that points to its target."""
    words = short(STANCES[bond.stance] + bond.label, _EDGE_WORDS)
    if bond.kind in _MUTUAL:
        return words
    return f"{words} →" if rightwards else f"← {words}"


def _hanging(bond: Bond, places: dict[str, Place], child: str, shift: float, names: dict[str, str]) -> tuple[Line, Box]:
    """A line from a party to one that was put beside it; its label stands on the line, before the circle."""
    end = places[child]
    start = places[end.parent]
    side = end.side
    x1 = start.x + (side * (RADIUS + 14 + start.name_width) if start.side else side * RADIUS)
    x2, y2 = end.x - side * (RADIUS + 2), end.y + shift * 17.0
    words = _label(bond, (bond.target == child) == (side > 0))
    width = text_width(words, _SMALL)
    x3 = x2 - side * (width + 8)
    middle = (x1 + x3) / 2
    path = (
        f"M{x1:.1f} {start.y:.1f}C{middle:.1f} {start.y:.1f} {middle:.1f} {y2:.1f} {x3:.1f} {y2:.1f}L{x2:.1f} {y2:.1f}"
    )
    anchor = "end" if side > 0 else "start"
    x, y = x2 - side * 4, y2 - 4
    box = (min(x, x - side * width), y - _SMALL, max(x, x - side * width), y + 2)
    return Line(bond, path, _width(bond), DASHES[bond.stance], words, x, y, anchor, _told(bond, names)), box


def _width(bond: Bond) -> float:
    return min(5.0, 0.3 + 0.9 * len(bond.speakers))


def _crossing(
    bond: Bond, places: dict[str, Place], boxes: Sequence[Box], number: int, names: dict[str, str]
) -> tuple[Line, Box | None]:
    """A curve between two parties that have their places already; its label stands where there is room."""
    a, b = places[bond.source], places[bond.target]
    dx, dy = b.x - a.x, b.y - a.y
    length = max(1.0, (dx * dx + dy * dy) ** 0.5)
    bow = (0.18 + 0.06 * (number % 3)) * length
    cx, cy = (a.x + b.x) / 2 - dy / length * bow, (a.y + b.y) / 2 + dx / length * bow
    path = f"M{a.x:.1f} {a.y:.1f}Q{cx:.1f} {cy:.1f} {b.x:.1f} {b.y:.1f}"
    words = _label(bond, dx >= 0)
    width = text_width(words, _SMALL)
    for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        x = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * cx + t * t * b.x
        y = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * cy + t * t * b.y
        box = (x - width / 2, y - _SMALL, x + width / 2, y + 2)
        if not any(_overlap(box, other) for other in boxes):
            line = Line(bond, path, _width(bond), DASHES[bond.stance], words, x, y, "middle", _told(bond, names))
            return line, box
    return Line(bond, path, _width(bond), DASHES[bond.stance], "", 0, 0, "middle", _told(bond, names)), None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
