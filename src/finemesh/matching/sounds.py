"""How a word sounds: its Latin letters as a short code, and what one sound costs for another.

Lists write one name in many ways: Yevgeny, Evgenij, Jevgenij; Shcherbakov, Chtcherbakov, Sjtjerbakov; Qadhafi, Gaddafi.
A code has one sign for what such spellings write with one to four letters ("shch", "sch", "sj"), no doubled signs, and
a table of costs says how near two signs are (``data/names/sounds.tsv``). Words are then compared by the least cost that
turns one code into the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from finemesh.matching.knowledge import data_lines

SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789SCZJHGTD"
"""Every sign of a code; a code is stored as the positions of its signs in this text."""

VOWELS = "aeiouy"
OTHER_COST = 100
SWAP_COST = 70
"""Two neighbouring signs exchanged, as hands do."""

MAX_CODE = 30

_SPELLED = {
    "shch": "S", "stsch": "S", "sjtj": "S", "schtsch": "S", "chtch": "S", "sch": "S", "sh": "S", "sj": "S", "sz": "S",
    "tsch": "C", "tch": "C", "tsj": "C", "tj": "C", "ch": "C", "cz": "C", "cs": "C", "dsch": "J", "dzh": "J", "dj": "J",
    "dzj": "J", "zh": "Z", "zj": "Z", "zs": "Z", "kh": "H", "gh": "G", "ph": "f", "th": "T", "dh": "D", "ts": "c",
    "tz": "c", "ck": "k", "x": "ks", "oo": "u", "ou": "u", "ee": "i", "ij": "i", "iy": "i", "yi": "i", "yj": "i",
    "ai": "ay", "ei": "ey", "oi": "oy", "ui": "uy", "aj": "ay", "ej": "ey", "oj": "oy", "uj": "uy", "ks": "ks",
    "aw": "au", "ow": "ou",
}  # fmt: skip


def _longest(spellings: Iterable[str]) -> str:
    """A pattern that matches the longest of some spellings, letter by letter."""
    branches: dict[str, list[str]] = {}
    for spelling in spellings:
        branches.setdefault(spelling[:1], []).append(spelling[1:])
    ends = branches.pop("", None) is not None
    found = "|".join(letter + _longest(rest) for letter, rest in sorted(branches.items()))
    return f"(?:{found})" + "?" * ends if found else ""


_PATTERN = re.compile(_longest(_SPELLED))
_REPEATED = re.compile(r"([^0-9])\1+")


@lru_cache(maxsize=131072)
def sound_code(word: str) -> str:
    """The code of a word in lower-case Latin letters and digits.

    Example:
        >>> sound_code("shcherbakov"), sound_code("mohammed"), sound_code("xi")
        ('Serbakov', 'mohamed', 'Si')
    """
    if word[:1] == "x":
        word = "sh" + word[1:]
    code = _REPEATED.sub(r"\1", _PATTERN.sub(_spell, word))
    return code[:MAX_CODE]


def _spell(match: re.Match[str]) -> str:
    return _SPELLED[match[0]]


class Costs:
    """The costs of one reading: ``change[i][j]`` for two signs and ``drop[i]`` for leaving one out, in hundredths."""

    def __init__(self, change: list[list[int]], drop: list[int]) -> None:
        self.change = change
        self.drop = drop


@lru_cache(maxsize=1)
def usual_costs() -> Costs:
    """The costs between words that are written with their vowels."""
    size = len(SIGNS)
    change = [[0 if i == j else OTHER_COST for j in range(size)] for i in range(size)]
    drop = [OTHER_COST] * size
    for left, right, cost in (line.split() for line in data_lines("sounds.tsv")):
        if right == "-":
            drop[SIGNS.index(left)] = int(cost)
        elif left in SIGNS and right in SIGNS:
            change[SIGNS.index(left)][SIGNS.index(right)] = change[SIGNS.index(right)][SIGNS.index(left)] = int(cost)
    return Costs(change, drop)


@lru_cache(maxsize=2)
def abjad_costs(table: int = 2) -> Costs:
    """The costs where one of two words comes from a script that leaves vowels out: they are nearly free.

    Args:
        table: 1: any vowel is any other. 2: a long vowel is written, and w (for o and u) is not y (for e and i), nor
            is it left out for nothing; what such scripts have no letter for (p, v, g, ch) is its neighbour.
    """
    usual = usual_costs()
    change, drop = [list(row) for row in usual.change], list(usual.drop)
    loose = [SIGNS.index(v) for v in "aeiouyw"]
    for i in loose:
        drop[i] = 8 if SIGNS[i] != "w" else 20
        for j in loose:
            if i != j:
                change[i][j] = min(change[i][j], 15)
    drop[SIGNS.index("h")] = 15
    if table > 1:
        drop[SIGNS.index("y")], drop[SIGNS.index("w")] = 25, 35
        for left, right, cost in _LONG_VOWELS:
            for a in left:
                for b in right:
                    change[SIGNS.index(a)][SIGNS.index(b)] = change[SIGNS.index(b)][SIGNS.index(a)] = cost
    return Costs(change, drop)


_LONG_VOWELS = (
    ("w", "uo", 8),
    ("y", "ie", 8),
    ("wuo", "yie", 60),
    ("a", "wuo", 45),
    ("a", "yi", 45),
    ("a", "e", 15),
    ("b", "p", 15),
    ("f", "v", 15),
    ("g", "jGk", 30),
    ("S", "C", 35),
)


def numbers(code: str) -> bytes:
    """A code as positions in :data:`SIGNS`, the form in which it is compared and stored."""
    return code.encode("ascii").translate(_POSITIONS)


_POSITIONS = bytes(max(SIGNS.find(chr(i)), 0) for i in range(256))


def distance(left: bytes, right: bytes, costs: Costs) -> int:
    """The least cost, in hundredths of a letter, that turns one code into the other (neighbours may be exchanged)."""
    if left == right:
        return 0
    change, drop = costs.change, costs.drop
    before: list[int] = []
    row = [0]
    for b in right:
        row.append(row[-1] + drop[b])
    for i, a in enumerate(left):
        older, before = before, row
        row = [before[0] + drop[a]]
        line = change[a]
        for j, b in enumerate(right):
            best = min(before[j] + line[b], before[j + 1] + drop[a], row[j] + drop[b])
            if i and j and a == right[j - 1] and left[i - 1] == b and a != b:
                best = min(best, older[j - 1] + SWAP_COST)
            row.append(best)
    return row[-1]
