"""Which words of an index may be the one that was typed: keys of consonants, with one of them left out.

A word is found under its consonant classes (Mohammed and Muhamad are both "mhmd" without the h), and under those with
any one consonant left out. Two words that differ in one consonant share such a key, so that one exact look-up each
finds them, however many words there are.
"""

from __future__ import annotations

from finemesh.matching.sounds import SIGNS

_CLASSES = {"pb": 1, "fv": 2, "kgqGH": 3, "szScCZJjxD": 4, "tdT": 5, "l": 6, "r": 7, "m": 8, "n": 9, "0123456789": 10}
VOWEL = 11
CLASS_OF = bytes(next((n for signs, n in _CLASSES.items() if s in signs), 0) for s in SIGNS)
"""The class of each sign of a code: 0 for vowels, half vowels and h, which keys do not see."""

for _i, _digit in enumerate("0123456789"):
    CLASS_OF = CLASS_OF[: SIGNS.index(_digit)] + bytes([20 + _i]) + CLASS_OF[SIGNS.index(_digit) + 1 :]

MAX_KEYED = 16
"""Consonants of a word that keys look at."""


def key_hash(classes: bytes) -> int:
    """FNV-1a, 32 bits."""
    value = 2166136261
    for c in classes:
        value = (value ^ c) * 16777619 & 0xFFFFFFFF
    return value


def search_keys(code: bytes) -> tuple[int, ...]:
    """The keys under which a word is filed and looked up, sorted."""
    consonants = bytes(c for c in (CLASS_OF[s] for s in code) if c)[:MAX_KEYED]
    if len(consonants) < 2:
        shape = bytes(CLASS_OF[s] or VOWEL for s in code)[:MAX_KEYED]
        return (key_hash(b"\xff" + shape),)
    keys = {key_hash(consonants)}
    if len(consonants) > 2:
        keys.update(key_hash(consonants[:i] + consonants[i + 1 :]) for i in range(len(consonants)))
    return tuple(sorted(keys))
