"""People's names that are made of ordinary words, as most are: put together from what is remembered of each word.

:mod:`finemesh.matching.words` can read every name. Where no word is a title, a legal form, a syllable or the
like, every word is read for itself; such names are read here in a fraction of the time, with the same result.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from finemesh.matching.burmese import split_syllables
from finemesh.matching.knowledge import Lexicon
from finemesh.matching.scripts import latin_words
from finemesh.matching.single_words import read_word
from finemesh.matching.syllables import is_syllable, is_wade_giles
from finemesh.matching.word import MAX_WORDS, ORDINARY, SON_OF, Reading, Word

_SPECIAL, _TITLE, _LEGAL, _SHARED = 1, 2, 4, 8
"""What a word must not be: one that needs the whole name, the first of a title, or of a legal form, or a common word of
organisations."""
_NOT_BURMESE, _LONG, _ORDINARY = 16, 32, 64
"""What one of the words must be: none of Burmese syllables, none of a single syllable, neither title nor particle."""


class _Remembered(NamedTuple):
    words: tuple[Word, ...]
    traits: int


def plain_person(folded: Sequence[str], known: Lexicon, open_kind: bool) -> Reading | None:
    """Read a name of ordinary words; None where it has others.

    Args:
        folded: Its words, folded (:func:`finemesh.matching.fold.fold`).
        known: The tables.
        open_kind: Whether it may be an organisation's too.
    """
    if not folded or len(folded) > MAX_WORDS:
        return None
    found = [_remembered(word, known) for word in folded]
    words: list[Word] = []
    inner = 0
    for some, traits in found:
        words += some
        inner |= traits
    every = inner
    if len(words) > 2:  # a Burmese name may begin with one from elsewhere
        inner = 0
        for _, traits in found[1:]:
            inner |= traits
    if every & _SPECIAL or not every & _ORDINARY or not inner & _NOT_BURMESE:
        return None
    if not every & _LONG and len(words) > 1:
        return None
    if (found[0].traits | found[-1].traits) & _TITLE or len(words) > MAX_WORDS:
        return None
    if open_kind and every & (_LEGAL | _SHARED):
        return None
    if every & _LEGAL and any(traits & _LEGAL for _, traits in found[-3:]):
        return None
    return Reading(tuple(words), False, True)


@lru_cache(maxsize=131072)
def _remembered(word: str, known: Lexicon) -> _Remembered:
    """A folded word as a part of a person's name, and what it may or must not be."""
    parts = latin_words(word)
    traits = 0
    words = []
    for part in parts:
        text = part.text
        if not text or text in SON_OF or is_wade_giles(text):
            return _Remembered((), _SPECIAL)
        read = read_word(part, True, known)
        words.append(read)
        traits |= _TITLE * (text in known.honorifics.by_first) | _LEGAL * (text in known.legal_forms.by_first)
        traits |= _SHARED * (text in known.org_words.phrases.by_first or bool(known.org_words.meaning(text)))
        traits |= _NOT_BURMESE * (not split_syllables(text, known.burmese_syllables, known.edition > 1))
        traits |= _LONG * (not is_syllable(text)) | _ORDINARY * (read.kind in ORDINARY)
    return _Remembered(tuple(words), traits if words else _SPECIAL)
