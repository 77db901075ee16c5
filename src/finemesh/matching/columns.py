"""The index as columns of numbers, and a name that was found in it."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import NamedTuple

from finemesh.matching.retrieval import consonant_mask
from finemesh.matching.sections import Sections
from finemesh.matching.similarity import Alignment
from finemesh.matching.word import Kind, Reading, Word

WEAK = 2
"""What ``name.kind`` holds for a weak alias."""


class Found(NamedTuple):
    """A name of the index that may be meant.

    Attributes:
        party, name: Their numbers.
        points: Log odds, 0 at the best dividing line.
        level: The share that agrees, less what the kind of name and of party cost.
        alignment: How the names meet.
    """

    party: int
    name: int
    points: float
    level: float
    alignment: Alignment


class Asked(NamedTuple):
    """A name that is looked for.

    Attributes:
        reading: As it was read.
        kinds: What its bearer may be (:func:`finemesh.matching.facts.kinds_of`).
    """

    reading: Reading
    kinds: int


_RECORD = struct.Struct("<QIIHBBB43s")
"""A word in the index and the kernel: consonant mask, key, group, weight, length of code, kind, traits, code."""


@lru_cache(maxsize=131072)
def pack_word(word: Word) -> bytes:
    """A word's record; its text is kept elsewhere."""
    figures = (word.key, word.group, word.weight, len(word.code), word.kind, word.traits)
    return _RECORD.pack(consonant_mask(word.code), *figures, word.code)


class Columns:
    """The sections of an index that a search needs, as views on the mapped file."""

    def __init__(self, sections: Sections) -> None:
        numbers = sections.numbers
        self.sections = sections
        self.key, self.key_end, self.key_words = numbers("key", "I"), numbers("key.end", "I"), numbers("key.words", "I")
        self.names_end, self.names = numbers("word.names.end", "I"), numbers("word.names", "I")
        self.name_words, self.name_end = numbers("name.words", "I"), numbers("name.end", "I")
        self.name_party, self.name_flags = numbers("name.party", "I"), numbers("name.flags", "B")
        self.name_weight, self.name_kind = numbers("name.weight", "I"), numbers("name.kind", "B")
        self.party_kinds = numbers("party.kinds", "B")
        self._word, self._text = sections.bytes("word"), sections.bytes("word.text")
        self._text_end = numbers("word.text.end", "Q")
        self._words: dict[int, Word] = {}

    def word(self, number: int) -> Word:
        """A word by its number."""
        word = self._words.get(number)
        if word is None:
            _, key, group, weight, length, kind, traits, code = _RECORD.unpack_from(self._word, _RECORD.size * number)
            text = bytes(self._text[self._text_end[number] : self._text_end[number + 1]]).decode()
            word = self._words[number] = Word(text, code[:length], Kind(kind), weight, key, group, traits)
        return word

    def reading(self, name: int) -> Reading:
        """A name by its number."""
        numbers = self.name_words[self.name_end[name] : self.name_end[name + 1]]
        flags = self.name_flags[name]
        return Reading(tuple(self.word(n) for n in numbers), bool(flags & 1), bool(flags & 2), bool(flags & 4))

    def words_of_key(self, key: int) -> memoryview:
        """The numbers of the words that are filed under a key."""
        low, high = 0, len(self.key)
        while low < high:
            middle = (low + high) // 2
            if self.key[middle] < key:
                low = middle + 1
            else:
                high = middle
        if low == len(self.key) or self.key[low] != key:
            return self.key_words[:0]
        return self.key_words[self.key_end[low] : self.key_end[low + 1]]
