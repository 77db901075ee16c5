"""A word of a name, and a name as words: the form in which names are compared and indexed."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

MAX_WORDS = 24
"""Words of a name that are compared; the rest of a longer text is ignored."""

ABJAD = 1
"""Its script leaves short vowels out: beside a word with vowels they cost nothing."""
STRICT = 2
"""Two words with this trait are alike only when their groups are equal: Burmese syllables, Chinese characters."""
NAMED = 4
"""A name that many people bear (``known_names.tsv``): beside another such name it is no misspelling of it."""
SYLLABLE = 8
"""A syllable of a Chinese, Korean or Vietnamese name: another sound makes another syllable."""
PLACE = 16
"""The name of a country: an organisation with another one, or without, is another organisation."""
EMPTY = 32
"""A common word that says nothing of what an organisation does ("group", "international")."""
FATHER = 64
"""The name of a father, behind "bin" and the like: A bin B is not B bin A."""


class Kind(IntEnum):
    """What a word is in its name."""

    WORD = 0
    PARTICLE = 1
    HONORIFIC = 2
    LEGAL = 3
    GENERIC = 4
    NUMBER = 5
    INITIAL = 6


ORDINARY = (Kind.WORD, Kind.NUMBER, Kind.GENERIC)
"""Kinds of words of which a name has at least one, or all that it has count in full."""
SON_OF = frozenset("bin ben ibn bint binti bte ould wuld oulad walad".split())
"""What stands before the name of a father."""


class Word(NamedTuple):
    """A word of a name, or several that mean one thing ("limited liability company").

    Attributes:
        text: In Latin letters.
        code: Its sounds, see :mod:`finemesh.matching.sounds`.
        kind: What it is.
        weight: How much it tells, in hundredths of a bit.
        key: Number of its meaning, 0 for none: words of one key are one thing (a legal form, a number,
            "plant" and "zavod").
        group: Number of its name group, 0 for none: Alexander and Oleksandr; for Burmese and Korean names the
            class of the syllable.
        traits: :data:`ABJAD`, :data:`STRICT`, :data:`NAMED`, :data:`SYLLABLE`, :data:`PLACE`, :data:`EMPTY`,
            :data:`FATHER`.
    """

    text: str
    code: bytes
    kind: Kind
    weight: int
    key: int = 0
    group: int = 0
    traits: int = 0


class Reading(NamedTuple):
    """A name as it is understood.

    Attributes:
        words: In order.
        burmese: Whether it is a Burmese personal name: order matters and every syllable counts.
        person: Whether it was read as a person's.
        syllabic: Whether all its words are short syllables (Chinese, Korean, Vietnamese names): every one counts.
    """

    words: tuple[Word, ...]
    burmese: bool
    person: bool
    syllabic: bool = False
