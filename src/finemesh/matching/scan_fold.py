"""What each character is to the search for names in texts, and what it becomes: a table from code point to cell.

Case, accents, invisible characters and the width of letters are taken away, as in :mod:`finemesh.matching.fold`; but
a word stays in its own script (a text is not transliterated), and an accent is dropped without a trace, because running
text writes "Milosevic" for "Milošević". Traditional Chinese characters become simplified ones, Persian and Urdu forms
of an Arabic letter become that letter, digits of any script ASCII digits, and Hangul is taken apart into its letters.

The table is made once for an index and lies in it, memory-mapped; the compiled search reads nothing else.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from enum import IntEnum
from functools import lru_cache

APOSTROPHES = "'’ʼ‘`´ʻʿʾʹʽ′ˈ׳״＇‛"
_PLAIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "a",
    "ɵ": "o", "ĸ": "k", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ƴ": "y", "ŧ": "t",
}  # fmt: skip
"""Latin letters that Unicode does not take apart, as in the fold of names."""


class Class(IntEnum):
    """What a character is in a text.

    A *letter* opens a word or goes on with it. A *sign* is a word of its own with the marks that follow it: scripts
    that are written without spaces. A *mark* goes on with what stands before it. An *apostrophe* goes on with a word
    where a letter follows. Everything else parts words.
    """

    OTHER = 0
    LETTER = 1
    SIGN = 2
    MARK = 3
    APOSTROPHE = 4


class Gap(IntEnum):
    """What a character that parts words says about the words beside it."""

    SPACE = 0
    LINE = 1
    STOP = 2
    DOT = 3
    COMMA = 4
    PUNCTUATION = 5
    HYPHEN = 6


CLASS_SHIFT, GAP_SHIFT = 21, 24
MANY, UPPER, LOWER, LOOSE = 1 << 27, 1 << 28, 1 << 29, 1 << 30
"""Bits of a cell: the value is a place in the table of sequences; case; the order of this mark among others is free."""
VALUE = (1 << CLASS_SHIFT) - 1
PAGE = 256

UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1100-\u115f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)
_VOWELS_OF_HANGUL = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
_STOPS = frozenset("!?:;|•●■◆▪◦‣▶。！？：；、။؟؛।॥…<>=[]{}¶§→")
_LINES = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_SAME = str.maketrans({"ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ё": "е"})


def is_sign(char: str) -> bool:
    """Whether a mark is a vowel sign or the like (Indic, Thai, Burmese, Khmer, Hangul) and no decoration."""
    if _VOWELS_OF_HANGUL.match(char):
        return True
    return unicodedata.category(char)[0] == "M" and ("\u0900" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff")


@lru_cache(maxsize=1 << 16)
def fold_char(char: str) -> str:
    """What becomes of a character: one or more, or nothing."""
    if char in APOSTROPHES or char == "ـ":
        return ""
    if char == "&":
        return "and"
    small = char.casefold()
    small = _PLAIN.get(small, small)
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKD", small)
    if len(folded) == 1 and "\u4e00" <= folded <= "\u9fff":
        return _simplified().get(folded, folded)
    return "".join(c for c in folded if c.isalnum() or is_sign(c)).translate(_SAME)


@lru_cache(maxsize=1 << 16)
def class_of(char: str) -> Class:
    """What a character is."""
    if char in APOSTROPHES:
        return Class.APOSTROPHE
    if char == "&":
        return Class.SIGN
    category = unicodedata.category(char)
    if category[0] == "M" or (category == "Cf" and char != "\u200b") or _VOWELS_OF_HANGUL.match(char) or char == "ـ":
        return Class.MARK
    if not char.isalnum():
        return Class.OTHER
    folded = fold_char(char)
    if not folded:
        return Class.MARK
    return Class.SIGN if UNSPACED.match(folded) and not folded.isascii() else Class.LETTER


def gap_of(char: str) -> Gap:
    """What a character between two words says about them."""
    if char in _LINES:
        return Gap.LINE
    if char in _STOPS:
        return Gap.STOP
    if char == ".":
        return Gap.DOT
    if char in ",،，၊":
        return Gap.COMMA
    if char in "-‐‑":
        return Gap.HYPHEN
    if char.isspace() or unicodedata.category(char)[0] == "C":
        return Gap.SPACE
    return Gap.PUNCTUATION


def is_loose(char: str) -> bool:
    """Whether Unicode's normal forms may put a mark into another order among its neighbours."""
    return unicodedata.combining(char) != 0


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """Traditional characters with their simplified form."""
    from icu import Transliterator

    signs = "".join(map(chr, range(0x4E00, 0xA000)))
    # parted by spaces, because some phrases are rewritten as a whole
    told = Transliterator.createInstance("Traditional-Simplified").transliterate(" ".join(signs)).split(" ")
    return {old: new for old, new in zip(signs, told, strict=True) if old != new and len(new) == 1}


def cell_of(char: str, sequences: array[int]) -> int:
    """The cell of a character; what it becomes is added to the sequences where that is more than one."""
    category = unicodedata.category(char)
    if category in ("Cn", "Lo") and not _VOWELS_OF_HANGUL.match(char):  # most of Unicode, by a short way
        if category == "Cn":
            return Class.OTHER << CLASS_SHIFT | Gap.SPACE << GAP_SHIFT
        if "\uac00" <= char <= "\ud7a3":
            place = ord(char) - 0xAC00
            jamo = [0x1100 + place // 588, 0x1161 + place % 588 // 28]
            jamo += [0x11A7 + place % 28] if place % 28 else []
            sequences.extend((len(jamo), *jamo))
            return Class.SIGN << CLASS_SHIFT | MANY | len(sequences) - len(jamo) - 1
        if not unicodedata.decomposition(char):
            same = ord(_simplified().get(char, char).translate(_SAME))
            return (Class.SIGN if UNSPACED.match(chr(same)) else Class.LETTER) << CLASS_SHIFT | same
    kind = class_of(char)
    cell = kind << CLASS_SHIFT
    if kind is Class.OTHER:
        return cell | gap_of(char) << GAP_SHIFT
    if char.isupper() or char.istitle():
        cell |= UPPER
    elif char.islower():
        cell |= LOWER
    folded = fold_char(char)
    if len(folded) == 1:
        return cell | ord(folded) | (LOOSE if is_loose(folded) else 0)
    if folded:
        cell |= MANY | len(sequences)
        sequences.append(len(folded))
        sequences.extend(ord(c) | (LOOSE if is_loose(c) else 0) for c in folded)
    return cell


@lru_cache(maxsize=1)
def fold_table() -> dict[str, bytes]:
    """The sections of the table: pages by the upper bits of a code point, cells by the lower eight, sequences."""
    pages, cells, sequences = array("H"), array("I"), array("I")
    known: dict[bytes, int] = {}
    empty = _page(0x50000, sequences)
    for start in range(0, sys.maxunicode + 1, PAGE):
        page = empty if any(first <= start < end for first, end in _EMPTY) else _page(start, sequences)
        if page not in known:
            known[page] = len(known)
            cells.frombytes(page)
        pages.append(known[page])
    return {"fold.pages": pages.tobytes(), "fold.cells": cells.tobytes(), "fold.more": sequences.tobytes()}


_EMPTY = ((0xD800, 0xF900), (0x32400, 0xE0000), (0xE0200, 0x110000))
"""Surrogates, private use and what is not assigned: nothing that a word is made of."""
_IDEOGRAPHS = ((0x3400, 0x4D00), (0x20000, 0x2F800), (0x30000, 0x32300))
"""Chinese characters that fold to themselves."""


def _page(start: int, sequences: array[int]) -> bytes:
    if any(first <= start < end for first, end in _IDEOGRAPHS):
        sign, other = Class.SIGN << CLASS_SHIFT, Gap.SPACE << GAP_SHIFT
        return array("I", (sign | c if chr(c).isalnum() else other for c in range(start, start + PAGE))).tobytes()
    return array("I", (cell_of(chr(code), sequences) for code in range(start, start + PAGE))).tobytes()
