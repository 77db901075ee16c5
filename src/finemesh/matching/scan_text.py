"""A text as folded words with their places: what names are looked for in.

Case, accents, line breaks and runs of spaces make no difference; a possessive ending is cut off; scripts that are
written without spaces give one word for each character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LETTERS = r"[^\W_]"
_WORD = re.compile(
    rf"{_LETTERS}(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u00ad\u200c\u200d]|['’ʼ‘](?={_LETTERS}))*"
)

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\u3005\U00020000-\U0003ffff]"
)
_POSSESSIVE = re.compile(r"['’ʼ‘]s$", re.I)
_TOKEN = re.compile(rf"{_UNSPACED.pattern}|{_WORD.pattern}")

MAX_WORD = 60
"""Letters of a word that are looked at."""


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        word: Folded (:func:`plain`).
        start, end: Its place; a possessive ending is left out.
    """

    word: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """A word in lower case without accents, apostrophes and invisible characters, in its own script."""
    folded = unicodedata.normalize("NFKD", word[:MAX_WORD].casefold())
    return "".join(c for c in folded if c.isalnum() or _is_sign(c)).replace("ё", "е")


def _is_sign(char: str) -> bool:
    """Whether a mark is a vowel sign or the like (Indic, Thai, Burmese, Khmer) and no decoration."""
    return unicodedata.category(char)[0] == "M" and ("\u0900" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff")


def goes_on(text: str, end: int) -> bool:
    """Whether a sign that belongs to the last letter stands behind a place: the word is not over there."""
    return end < len(text) and _is_sign(text[end])


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found = []
    for match in _TOKEN.finditer(text):
        word, end = match[0], match.end()
        if (tail := _POSSESSIVE.search(word)) is not None and tail.start():
            end -= 2
            word = word[:-2]
        folded = plain(word)
        if folded:
            found.append(Token(folded, match.start(), end))
    return found


_ENDINGS = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ом|ем|ым|им|ых|их|ую|юю|ая|яя|ою|ею|ий|ый|ові|еві|а|я|у|ю|е|и|ы|і|о|ь|й)$"
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A Slavic word without its case ending ("путина" and "путин" are "путин"); other words as they are."""
    if len(word) < 5 or not "а" <= word[0] <= "ӿ":
        return word
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= 4 else word
