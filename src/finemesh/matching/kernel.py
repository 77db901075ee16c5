"""The compiled kernel, called through ctypes: the same scores as :mod:`finemesh.matching.similarity`, a thousand times faster.

The shared library ``_kernel`` lies beside this file where the package was installed with a C compiler at hand. Without
it everything still works, slowly.
"""

from __future__ import annotations

import ctypes as c
import os
from array import array
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from finemesh.matching.retrieval import CLASS_OF, SHORT_CLASS, consonant_mask
from finemesh.matching.sections import Sections
from finemesh.matching.similarity import Alignment, Pair, Scheme
from finemesh.matching.sounds import SIGNS, abjad_costs, usual_costs
from finemesh.matching.words import Reading, Word

MAX_WORDS = 24
_U8, _U16, _U32, _U64 = (c.POINTER(t) for t in (c.c_uint8, c.c_uint16, c.c_uint32, c.c_uint64))


class _Words(c.Structure):
    _fields_ = [("code", _U8), ("end", _U64), ("kind", _U8), ("weight", _U16), ("key", _U32), ("group", _U32), ("traits", _U8), ("mask", _U64)]


class _Name(c.Structure):
    _fields_ = [("words", c.POINTER(_Words)), ("ids", _U32), ("count", c.c_int32), ("flags", c.c_int32)]


_FIGURES = ("floor", "group", "initial", "missing", "missing_inner", "missing_syllable", "missing_generic", "missing_base", "conflict", "conflict_base", "conflict_generic", "prior", "prior_same", "order",
            "order_burmese", "other_kind", "weak", "person")  # fmt: skip


class _Scheme(c.Structure):
    _fields_ = [
        *((name, c.c_int32) for name in _FIGURES),
        ("effect", c.c_uint16 * 1001),
        ("change", c.c_uint8 * len(SIGNS) * len(SIGNS) * 2),
        ("drop", c.c_uint8 * len(SIGNS) * 2),
        ("sign_class", c.c_uint8 * len(SIGNS)),
        ("short_class", c.c_uint8 * len(SIGNS)),
    ]


class _Pair(c.Structure):
    _fields_ = [("left", c.c_uint8), ("left_count", c.c_uint8), ("right", c.c_uint8), ("right_count", c.c_uint8),
                ("likeness", c.c_uint16), ("unused", c.c_uint16), ("weight", c.c_uint32)]  # fmt: skip


class CAlignment(c.Structure):
    """An alignment as the kernel gives it."""

    _fields_ = [("agreed", c.c_int64), ("total", c.c_int64), ("ordered", c.c_int32), ("pair_count", c.c_int32),
                ("pairs", _Pair * (2 * MAX_WORDS))]  # fmt: skip


class CResult(c.Structure):
    """A candidate as the kernel gives it."""

    _fields_ = [("party", c.c_uint32), ("name", c.c_uint32), ("raw", c.c_double), ("alignment", CAlignment)]


class _Index(c.Structure):
    _fields_ = [
        ("words", _Words),
        *((n, _U32) for n in ("key", "key_end", "key_words", "names_end", "names", "name_words", "name_end", "name_party", "name_weight")),
        *((n, _U8) for n in ("name_flags", "name_kind", "party_kinds")),
        *((n, c.c_uint32) for n in ("key_count", "word_count", "name_count", "party_count")),
    ]


def c_scheme(scheme: Scheme) -> _Scheme:
    out = _Scheme()
    for name in _FIGURES:
        setattr(out, name, getattr(scheme, name))
    for i, value in enumerate(scheme.effects()):
        out.effect[i] = value
    for k, costs in enumerate((usual_costs(), abjad_costs())):
        for i in range(len(SIGNS)):
            out.drop[k][i] = costs.drop[i]
            for j in range(len(SIGNS)):
                out.change[k][i][j] = costs.change[i][j]
    for i, value in enumerate(CLASS_OF):
        out.sign_class[i] = value
        out.short_class[i] = SHORT_CLASS[i]
    return out


class WordTable:
    """Words of queries as columns, each once."""

    def __init__(self) -> None:
        self.numbers: dict[Word, int] = {}
        self.code, self.end = bytearray(), array("Q", [0])
        self.kind, self.weight = array("B"), array("H")
        self.key, self.group, self.traits = array("I"), array("I"), array("B")
        self.mask = array("Q")

    def number(self, word: Word) -> int:
        found = self.numbers.get(word)
        if found is None:
            found = self.numbers[word] = len(self.numbers)
            self.code += word.code
            self.end.append(len(self.code))
            self.kind.append(word.kind)
            self.weight.append(word.weight)
            self.key.append(word.key)
            self.group.append(word.group)
            self.traits.append(word.traits)
            self.mask.append(consonant_mask(word.code))
        return found

    def pointers(self) -> _Words:
        if not self.code:
            self.code += b"\0"
        return _Words(*(_pointer(a, t) for a, t in zip(
            (self.code, self.end, self.kind, self.weight, self.key, self.group, self.traits, self.mask),
            (_U8, _U64, _U8, _U16, _U32, _U32, _U8, _U64), strict=True)))


def _pointer(buffer, kind):
    return c.cast(c.addressof((c.c_char * 1).from_buffer(buffer)) if len(buffer) else None, kind)
