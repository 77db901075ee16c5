"""Every sequence of words in a text that is some name, with its place: in C where the kernel is there, else in Python.

What is found here is raw: names may overlap, and whether each counts is for :mod:`finemesh.matching.scanner` to say.
"""

from __future__ import annotations

import ctypes as c
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np

from finemesh.matching.kernel import library
from finemesh.matching.scan_forms import MAX_WORDS, Needs
from finemesh.matching.scan_table import Columns
from finemesh.matching.scan_text import (
    BROKEN,
    COMMA,
    MAX_WORD,
    NOT_JOINED,
    Token,
    chain,
    gap_between,
    tokens,
    word_key,
)

SLICE = 1 << 20
"""Characters that are handed to the kernel at a time."""
_ROOM = 8192
_MOST_STEPS, _MOST_HITS = 200, 64


class Raw(NamedTuple):
    """A sequence of words that is a name.

    Attributes:
        start, end: Characters of the text.
        entry: Number of the entry in the table.
        words: How many words it is.
    """

    start: int
    end: int
    entry: int
    words: int


class Finder(Protocol):
    """What finds the names of a table in texts."""

    def find(self, text: str) -> list[Raw]:
        """Every name, by place."""


def open_finder(table: Columns) -> Finder:
    """The fastest finder there is."""
    found = _scan_library()
    return PlainFinder(table) if found is None else KernelFinder(table, found)


# --- in C ------------------------------------------------------------------------------------------------------------

_COLUMNS = (("fold.pages", "H"), ("fold.cells", "I"), ("fold.more", "I"), ("slot.key", "Q"), ("slot.value", "I"),
            ("filter", "Q"), ("entry.flags", "B"))  # fmt: skip


class _Table(c.Structure):
    _fields_ = (*((name.replace(".", "_"), c.c_void_p) for name, _ in _COLUMNS), ("slot_mask", c.c_uint64),
                ("filter_mask", c.c_uint64))  # fmt: skip


_HIT = np.dtype([("start", "u4"), ("end", "u4"), ("entry", "u4"), ("words", "u4")])


def _scan_library() -> Any:
    """The kernel, if it has this part in this form."""
    found = library()
    layout = getattr(found, "fm_scan_layout", None) if found is not None else None
    return found if layout is not None and layout() == c.sizeof(_Table) * 1000 + _HIT.itemsize else None


class KernelFinder:
    """Finds names with the compiled kernel. Threads may use one at the same time."""

    def __init__(self, table: Columns, found: Any) -> None:
        self._library = found
        self._columns = [np.frombuffer(table.numbers(name, code), f"u{_SIZE[code]}") for name, code in _COLUMNS]
        slots, bits = len(self._columns[3]), len(self._columns[5]) * 64
        self._table = _Table(*(column.ctypes.data for column in self._columns), slots - 1, bits - 1)

    def find(self, text: str) -> list[Raw]:
        """Every name, by place."""
        rows: list[Raw] = []
        begin = 0
        while begin < len(text):
            part = text[begin : begin + SLICE]
            is_last = begin + len(part) == len(text)
            taken = self._find_in(part, is_last, begin, rows)
            if not taken:  # one word fills the slice
                taken = self._find_in(part, True, begin, rows)
            begin += taken
        return sorted(set(rows)) if rows else rows

    def _find_in(self, part: str, is_last: bool, begin: int, rows: list[Raw]) -> int:
        codes = part.encode("utf-32-le", "surrogatepass")
        hits = np.empty(_ROOM, _HIT)
        at = c.c_uint32(0)
        while True:
            count = self._library.fm_scan(
                c.byref(self._table), codes, len(part), int(is_last), c.byref(at), c.c_void_p(hits.ctypes.data), _ROOM
            )
            if count:
                told = hits[:count]
                told["start"] += begin
                told["end"] += begin
                rows += map(Raw._make, told.tolist())
            if count + _MOST_HITS <= _ROOM:
                return at.value


_SIZE = {"B": 1, "H": 2, "I": 4, "Q": 8}


# --- in Python -------------------------------------------------------------------------------------------------------


class _Walk:
    """What is found from one word on; bounded, whatever the text holds."""

    def __init__(self) -> None:
        self.steps = 0
        self.found: list[Raw] = []


class PlainFinder:
    """:class:`KernelFinder`, in Python."""

    def __init__(self, table: Columns) -> None:
        keys, values = table.numbers("slot.key", "Q"), table.numbers("slot.value", "I")
        self._values = {key: value for key, value in zip(keys, values, strict=True) if key}
        self._flags = table.numbers("entry.flags", "B")

    def find(self, text: str) -> list[Raw]:
        """Every name, by place."""
        words = tokens(text)
        found: set[Raw] = set()
        for place in range(len(words)):
            walk = _Walk()
            for key, start, end, last in self._first(text, words, place):
                self._go(walk, text, words, (place, last), 0, key, (start, end), 0, 0)
            found.update(walk.found)
        return sorted(found)

    @staticmethod
    def _first(text: str, words: list[Token], place: int) -> Iterator[tuple[int, int, int, int]]:
        """The ways to read the word at a place: its number, where it begins and ends, and the last word in it."""
        token = words[place]
        yield word_key(token.word), token.start, token.end, place
        if token.short:
            yield word_key(token.short[0]), token.start, token.short[1], place
        if token.late:
            yield word_key(token.late[0]), token.late[1], token.end, place
        if place + 1 < len(words) and gap_between(text, token, words[place + 1]) & BROKEN:
            yield _joined(token, words[place + 1]), token.start, words[place + 1].end, place + 1

    def _go(
        self,
        walk: _Walk,
        text: str,
        words: list[Token],
        reach: tuple[int, int],
        before: int,
        word: int,
        span: tuple[int, int],
        told: int,
        count: int,
    ) -> None:
        if count >= MAX_WORDS or walk.steps >= _MOST_STEPS:
            return
        walk.steps += 1
        key = chain(before, word) or 1
        value = self._values.get(key)
        if value is None:
            return
        first, last = reach
        entry = (value >> 1) - 1
        if entry >= 0 and len(walk.found) < _MOST_HITS and self._fits(text, words, reach, told, entry):
            walk.found.append(Raw(*span, entry, count + 1))
        if not value & 1 or last + 1 >= len(words):
            return
        left, right = words[last], words[last + 1]
        gap = gap_between(text, left, right)
        if gap & NOT_JOINED:
            return
        told |= gap
        begin = span[0]
        self._go(walk, text, words, (first, last + 1), key, word_key(right.word), (begin, right.end), told, count + 1)
        if right.short:
            short = word_key(right.short[0])
            self._go(walk, text, words, (first, last + 1), key, short, (begin, right.short[1]), told, count + 1)
        if last + 2 < len(words) and gap_between(text, right, words[last + 2]) & BROKEN:
            after = words[last + 2]
            joined = _joined(right, after)
            self._go(walk, text, words, (first, last + 2), key, joined, (begin, after.end), told, count + 1)

    def _fits(self, text: str, words: list[Token], reach: tuple[int, int], told: int, entry: int) -> bool:
        flags = self._flags[entry]
        if flags & Needs.NO_COMMA and told & COMMA:
            return False
        return not flags & Needs.CAPITALS or case_fits(text, words[reach[0] : reach[1] + 1])


def _joined(left: Token, right: Token) -> int:
    return word_key((left.word + right.word)[:MAX_WORD])


def case_fits(text: str, words: list[Token]) -> bool:
    """Whether the case of some words is that of a name.

    A word of up to four letters is all in capitals. Of several words no longer one begins small, of three or more one
    may ("Htoo Group of companies"), and never both the first and the last.
    """
    if len(words) == 1 and words[0].end - words[0].start <= 4:
        return not any(char.islower() for char in text[words[0].start : words[0].end])
    small = sum(text[w.start].islower() and w.end - w.start > 3 for w in words)
    if small > (len(words) > 2):
        return False
    return not (text[words[0].start].islower() and text[words[-1].start].islower())
