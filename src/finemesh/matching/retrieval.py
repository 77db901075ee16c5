"""Which words of an index may be the one that was typed: keys of consonants, with one of them left out.

A word is found under its consonant classes (Mohammed and Muhamad are both "mhmd" without the h), and under those with
any one consonant left out. Two words that differ in one consonant share such a key, so that one exact look-up each
finds them, however many words there are.
"""

from __future__ import annotations

from functools import lru_cache

from finemesh.matching.sounds import SIGNS

_CLASSES = {"pb": 1, "fv": 2, "kgqGH": 3, "szScCZJjxD": 4, "tdT": 5, "l": 6, "r": 7, "m": 8, "n": 9, "0123456789": 10}
VOWEL = 11
CLASS_OF = bytes(next((n for signs, n in _CLASSES.items() if s in signs), 0) for s in SIGNS)
"""The class of each sign of a code: 0 for vowels, half vowels and h, which keys do not see."""

for _i, _digit in enumerate("0123456789"):
    CLASS_OF = CLASS_OF[: SIGNS.index(_digit)] + bytes([20 + _i]) + CLASS_OF[SIGNS.index(_digit) + 1 :]

_VOWELS = {"a": 30, "eiyj": 31, "ouw": 32}
SHORT_CLASS = bytes(next((n for signs, n in _VOWELS.items() if s in signs), CLASS_OF[i]) for i, s in enumerate(SIGNS))
"""As :data:`CLASS_OF` with three classes of vowels, for words of few consonants."""

MAX_KEYED = 16
"""Consonants of a word that keys look at."""


_CLASS_TABLE = CLASS_OF + bytes(256 - len(CLASS_OF))
_NO_CLASS = bytes(sign for sign, found in enumerate(_CLASS_TABLE) if not found)


def consonants_of(code: bytes) -> bytes:
    """The classes of the consonants of a code."""
    return code.translate(_CLASS_TABLE, _NO_CLASS)


_SEED, _PRIME, _MASK = 2166136261, 16777619, 0xFFFFFFFF


def key_hash(classes: bytes, before: int = _SEED) -> int:
    """FNV-1a, 32 bits, going on from the hash of what stands before."""
    for c in classes:
        before = (before ^ c) * _PRIME & _MASK
    return before


def exact_key(code: bytes) -> int:
    """The key under which exactly this code is filed."""
    return key_hash(b"\xfe" + code)


def meaning_keys(key: int, group: int) -> tuple[int, ...]:
    """The keys under which a word is filed by its meaning and by its group of names."""
    found = []
    if key:
        found.append(key_hash(b"\xfd" + key.to_bytes(4, "little")))
    if group:
        found.append(key_hash(b"\xfc" + group.to_bytes(4, "little")))
    return tuple(found)


def search_keys(code: bytes) -> tuple[int, ...]:
    """The keys under which a word is filed and looked up, each once."""
    consonants = consonants_of(code)[:MAX_KEYED]
    keys = [key_hash(consonants)] if len(consonants) > 1 else []
    letters = consonants
    if len(consonants) < 4:
        letters = bytes((VOWEL,)) + _sounds(code)
        keys.append(key_hash(letters))
    start = len(consonants) < 4
    if len(letters) > 2:
        before = _SEED
        for i, left_out in enumerate(letters):
            if i >= start:
                keys.append(key_hash(letters[i + 1 :], before))
            before = (before ^ left_out) * _PRIME & _MASK
    return tuple(dict.fromkeys(keys))


def _sounds(code: bytes) -> bytes:
    """The classes of a short word with its vowels (a, front, back), without h; neighbours of one class are one."""
    out = bytearray()
    for sign in code:
        c = SHORT_CLASS[sign]
        if c and (not out or out[-1] != c or c < 30):
            out.append(c)
    return bytes(out[:MAX_KEYED])


@lru_cache(maxsize=65536)
def consonant_mask(code: bytes) -> int:
    """The consonants of a word by class, as 64 bits: as many bits of a class's six are set as it has consonants.

    Two words whose masks differ in more than four bits (two consonants exchanged for others, say) are not alike.
    """
    counts: dict[int, int] = {}
    for c in consonants_of(code):
        place = c - 1 if c < 10 else 9
        counts[place] = counts.get(place, 0) + 1
    return sum(((1 << min(count, 6)) - 1) << 6 * place for place, count in counts.items())
