"""The compiled kernel, called through ctypes: what :mod:`finemesh.matching.search` finds, with the same points.

The shared library ``_kernel`` lies beside this file where the package was installed with a C compiler at hand
(``hatch_build.py``). Without it everything works, slowly. ``FINEMESH_KERNEL=0`` in the environment leaves it out.
"""

from __future__ import annotations

import ctypes as c
import itertools
import math
import os
import struct
import threading
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from finemesh.matching.columns import Asked, Columns, Found, pack_word
from finemesh.matching.figures import Figures, Scheme
from finemesh.matching.retrieval import CLASS_OF, SHORT_CLASS
from finemesh.matching.search import CANDIDATES, PlainSearch
from finemesh.matching.sections import Sections
from finemesh.matching.similarity import Alignment, Met, Pair
from finemesh.matching.sounds import SIGNS, abjad_costs, usual_costs
from finemesh.matching.word import MAX_WORDS, Reading, Word

LIBRARY = Path(__file__).with_name("_kernel.so")

_U8, _U32, _U64 = (c.POINTER(t) for t in (c.c_uint8, c.c_uint32, c.c_uint64))
_SHARES = ("floor", "floor_syllable", "other_name", "group", "initial", "missing", "missing_inner", "missing_syllable",
           "missing_burmese", "missing_generic", "missing_empty", "missing_base", "missing_number", "missing_place",
           "ends_apart", "conflict", "conflict_base", "conflict_generic", "clash", "clash_generic", "prior",
           "prior_same", "order", "order_burmese", "order_syllable", "order_father", "other_kind", "weak")  # fmt: skip
_INDEX_COLUMNS = ("key", "key.end", "key.words", "word.names.end", "word.names", "name.words", "name.end",
                  "name.party", "name.weight")  # fmt: skip
_INDEX_BYTES = ("name.flags", "name.kind", "party.kinds")


class _Scheme(c.Structure):
    _fields_ = (
        ("middle", c.c_double),
        ("steep", c.c_double),
        *((name, c.c_int32) for name in _SHARES),
        ("person", c.c_int32),
        ("effect", c.c_uint16 * 1001),
        ("change", c.c_uint8 * len(SIGNS) * len(SIGNS) * 2),
        ("drop", c.c_uint8 * len(SIGNS) * 2),
        ("sign_class", c.c_uint8 * len(SIGNS)),
        ("short_class", c.c_uint8 * len(SIGNS)),
    )


class _Pair(c.Structure):
    _fields_ = (("left", c.c_uint8), ("left_count", c.c_uint8), ("right", c.c_uint8), ("right_count", c.c_uint8),
                ("likeness", c.c_uint16), ("unused", c.c_uint16), ("weight", c.c_uint32))  # fmt: skip


class _Alignment(c.Structure):
    _fields_ = (("agreed", c.c_int64), ("total", c.c_int64), ("against", c.c_int64), ("ordered", c.c_int32),
                ("pair_count", c.c_int32), ("pairs", _Pair * (2 * MAX_WORDS)))  # fmt: skip


class _Result(c.Structure):
    _fields_ = (("party", c.c_uint32), ("name", c.c_uint32), ("points", c.c_double), ("level", c.c_double),
                ("alignment", _Alignment))  # fmt: skip


_ROW = np.dtype(
    {
        "names": ["party", "name", "points", "level"],
        "formats": ["u4", "u4", "f8", "f8"],
        "offsets": [_Result.party.offset, _Result.name.offset, _Result.points.offset, _Result.level.offset],
        "itemsize": c.sizeof(_Result),
    }
)
_REMEMBERED = 20_000
"""Words of queries whose similar words are remembered."""
INTERFACE = 2
"""Number of the way in which the library is called, as in search.c."""
NO_ALIGNMENT = Alignment((), 0, 0, 0, True)
"""What stands for an alignment that nobody asked for."""


class _Index(c.Structure):
    _fields_ = (
        ("words", c.c_void_p),
        *((name.replace(".", "_"), _U32) for name in _INDEX_COLUMNS),
        *((name.replace(".", "_"), _U8) for name in _INDEX_BYTES),
        ("key_masks", _U64),
        *((name, c.c_uint32) for name in ("key_count", "word_count", "name_count", "party_count")),
    )


@lru_cache(maxsize=1)
def library() -> Any:
    """The shared library, or None where there is none (or it is switched off)."""
    if os.environ.get("FINEMESH_KERNEL") == "0":
        return None
    try:
        found = c.CDLL(str(LIBRARY))
        found.fm_workspace.restype = c.c_void_p
        found.fm_layout.restype = c.c_int64
        found.fm_free_workspace.argtypes = [c.c_void_p]
        layout = c.sizeof(_Scheme) * 1_000_003 + c.sizeof(_Result) * 1_009 + c.sizeof(_Index)
        if found.fm_layout() != layout + INTERFACE:
            return None  # built for another version of this file
    except (OSError, AttributeError):
        return None
    return found


def open_search(columns: Columns, scheme: Scheme) -> PlainSearch | KernelSearch:
    """The fastest search there is: the kernel's, or the one in plain Python."""
    return PlainSearch(columns, scheme) if library() is None else KernelSearch(columns, scheme)


def _figures(figures: Figures, person: bool) -> _Scheme:
    out = _Scheme(figures.middle, figures.steep)
    for name in _SHARES:
        setattr(out, name, getattr(figures, name))
    out.person = int(person)
    out.effect[:] = figures.effect
    for k, costs in enumerate((usual_costs(), abjad_costs(figures.abjad))):
        out.drop[k][:] = costs.drop
        for i, row in enumerate(costs.change):
            out.change[k][i][:] = row
    out.sign_class[:] = CLASS_OF
    out.short_class[:] = SHORT_CLASS
    return out


@lru_cache(maxsize=4)
def _schemes(scheme: Scheme) -> Any:
    return (_Scheme * 2)(_figures(scheme.organisation, False), _figures(scheme.person, True))


class _WordTable:
    """Words as records, each once."""

    def __init__(self) -> None:
        self.numbers: dict[Word, int] = {}
        self._records = bytearray()

    def number(self, word: Word) -> int:
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.numbers)
            self._records += pack_word(word)
        return found

    def pointer(self) -> int | None:
        """Where the records are, for the kernel; they must not grow while it reads them."""
        return c.addressof(c.c_char.from_buffer(self._records)) if self._records else None


def _address(buffer: bytearray | array[int]) -> Any:
    return (c.c_char * len(buffer)).from_buffer(buffer) if len(buffer) else None


def flags_of(reading: Reading) -> int:
    """What a reading is, as the index and the kernel hold it."""
    return reading.burmese | reading.person << 1 | reading.syllabic << 2


class KernelSearch:
    """:class:`finemesh.matching.search.PlainSearch`, compiled."""

    def __init__(self, columns: Columns, scheme: Scheme) -> None:
        self._library = library()
        self._scheme = scheme
        self._schemes = _schemes(scheme)
        self._sections = columns.sections
        self._index = _index_of(columns.sections)
        self._lock = threading.Lock()
        self._words = _WordTable()  # their similar words are remembered in the workspace
        self._workspace = self._library.fm_workspace(c.byref(self._index))
        if not self._workspace:
            raise MemoryError("no memory for the name index")

    def __del__(self) -> None:
        if getattr(self, "_workspace", None):
            self._library.fm_free_workspace(self._workspace)

    def search_many(
        self, asked: Sequence[Asked], limit: int, least: float = -math.inf, explain: bool = True
    ) -> list[list[Found]]:
        """As :meth:`finemesh.matching.search.PlainSearch.search_many`."""
        numbers, ends = array("I"), array("I", [0])
        flags = array("B", [flags_of(a.reading) for a in asked])
        kinds = array("B", [a.kinds for a in asked])
        results = (_Result * (len(asked) * limit))()
        counts = (c.c_int32 * len(asked))()
        with self._lock:
            fresh = len(self._words.numbers) > _REMEMBERED
            if fresh:
                self._words = _WordTable()
            for reading, _ in asked:
                numbers.extend(map(self._words.number, reading.words))
                ends.append(len(numbers))
            records = c.c_void_p(self._words.pointer())
            self._library.fm_search_many(
                self._schemes, c.byref(self._index), c.c_void_p(self._workspace), records, _address(numbers),
                _address(ends), _address(flags), _address(kinds), len(asked), len(self._words.numbers), fresh,
                CANDIDATES, limit, c.c_double(self._scheme.level(least)), results, counts,
            )  # fmt: skip
        return _all_found(results, counts, limit, least, explain) if asked else []


def _all_found(results: Any, counts: Any, limit: int, least: float, explain: bool) -> list[list[Found]]:
    rows = np.frombuffer(results, _ROW).reshape(len(counts), limit)
    wanted = (np.arange(limit) < np.frombuffer(counts, np.int32)[:, None]) & (rows["points"] >= least)
    at, column = np.nonzero(wanted)
    found: list[list[Found]] = [[] for _ in counts]
    chosen = rows[at, column]
    figures = zip(
        at.tolist(), column.tolist(), chosen["party"].tolist(), chosen["name"].tolist(), chosen["points"].tolist(),
        chosen["level"].tolist(), strict=True,
    )  # fmt: skip
    for i, k, party, name, points, level in figures:
        alignment = _alignment(results, i * limit + k) if explain else NO_ALIGNMENT
        found[i].append(Found(party, name, points, level, alignment))
    return found


_SUMS, _PAIR = struct.Struct("<qqqii"), struct.Struct("<BBBBHHI")
_SPANS = [[tuple(range(start, start + count)) for count in range(4)] for start in range(MAX_WORDS + 1)]


def _alignment(results: Any, place: int) -> Alignment:
    """The alignment of one of some results."""
    start = place * c.sizeof(_Result) + _Result.alignment.offset
    agreed, total, against, ordered, count = _SUMS.unpack_from(results, start)
    start += _SUMS.size
    data = memoryview(results).cast("B")[start : start + count * _PAIR.size]
    pairs = tuple(
        Pair(_SPANS[left][left_count], _SPANS[right][right_count], likeness, weight)
        for left, left_count, right, right_count, likeness, _, weight in _PAIR.iter_unpack(data)
    )
    return Alignment(pairs, agreed, total, against, bool(ordered))


def _index_of(sections: Sections) -> _Index:
    def column(name: str, kind: Any) -> Any:
        return c.cast(sections.address(name), kind)

    return _Index(
        sections.address("word"),
        *(column(name, _U32) for name in _INDEX_COLUMNS),
        *(column(name, _U8) for name in _INDEX_BYTES),
        column("key.masks", _U64),
        *(
            len(sections.numbers(name, code)) - name.endswith(".end")
            for name, code in (("key", "I"), ("word.names.end", "I"), ("name.party", "I"), ("party.kinds", "B"))
        ),
    )


_PARTY_COLUMNS = ("ids", "places", "ends", "flags", "begins", "own", "own_begins")


class _Parties(c.Structure):
    _fields_ = (
        ("words", c.c_void_p),
        *((name, _U8 if name == "flags" else _U32) for name in _PARTY_COLUMNS),
    )


class KernelComparer:
    """:class:`finemesh.matching.compare.PlainComparer`, compiled."""

    def __init__(self, scheme: Scheme, parties: Iterable[Sequence[Reading]]) -> None:
        self._library = library()
        self._schemes = _schemes(scheme)
        self._parties = tuple(parties)
        words, ids, ends, flags = _WordTable(), array("I"), array("I", [0]), array("B")
        places, own, own_begins = array("I"), array("I"), array("I", [0])
        self._begins = array("I", [0])
        for readings in self._parties:
            place: dict[int, int] = {}
            for reading in readings:
                numbers = [words.number(word) for word in reading.words]
                ids.extend(numbers)
                places.extend([place.setdefault(number, len(place)) for number in numbers])
                ends.append(len(ids))
                flags.append(flags_of(reading))
            own.extend(place)
            own_begins.append(len(own))
            self._begins.append(len(flags))
        self._kept = (words, ids, places, ends, flags, self._begins, own, own_begins)
        pointers = (c.cast(_address(data), _U8 if data is flags else _U32) for data in self._kept[1:])
        self._table = _Parties(words.pointer(), *pointers)

    def compare(self, pairs: Sequence[tuple[int, int]]) -> list[Met | None]:
        """For each pair of parties, by their places, the two names that meet best; None where one has no name."""
        found: list[Met | None] = []
        results = self._results(pairs)
        rows = np.frombuffer(results, _ROW) if pairs else ()
        for place, ((left, right), (one, other, points, _)) in enumerate(zip(pairs, rows, strict=True)):
            if points == -math.inf:
                found.append(None)
                continue
            a = self._parties[left][one - self._begins[left]]
            b = self._parties[right][other - self._begins[right]]
            found.append(Met(float(points), a, b, _alignment(results, place)))
        return found

    def points(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """The points of :meth:`compare`; -infinity where a party has no name."""
        found: list[float] = np.frombuffer(self._results(pairs), _ROW)["points"].tolist() if pairs else []
        return found

    def _results(self, pairs: Sequence[tuple[int, int]]) -> Any:
        results = (_Result * len(pairs))()
        chosen = array("I", itertools.chain.from_iterable(pairs))
        self._library.fm_compare_many(self._schemes, c.byref(self._table), _address(chosen), len(pairs), results)
        return results
