"""A text as folded words with their places: what names are looked for in.

Case, accents, line breaks and runs of spaces make no difference; a possessive ending is cut off; scripts that are
written without spaces give one word for each character with its marks. Words are compared by a number (64 bits) of
their folded letters, Cyrillic ones without their case endings.

This is the reference; ``native/scan.c`` does the same, and the tests hold the two together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from finemesh.matching.scan_fold import APOSTROPHES, Class, Gap, class_of, fold_char, gap_of, is_loose

MAX_WORD = 60
"""Folded letters of a word that are looked at."""
MAX_ENDING = 4
"""Letters of an ending behind an apostrophe (Turkish "Putin'in") that may be left out."""
MAX_GAP = 64
"""Characters between two words of one name, line breaks and spaces included."""

COMMA, NOT_JOINED, BROKEN = 1, 2, 4
"""What :func:`gap_between` says of a gap: it holds a comma; no name goes over it; a word may go on behind it."""

_MASK = (1 << 64) - 1
_SEED, _PRIME, _LOOSE, _CHAIN = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        word: Folded.
        start, end: Its place; a possessive ending is left out.
        after: Where the gap behind it begins, a possessive ending left behind.
        short: The folded word without an ending behind an apostrophe, and where it ends; None where there is none.
        late: The same for what stands behind an elided article (French "l'Armée") or behind an Arabic or Hebrew
            letter that may be a preposition, and where it begins.
    """

    word: str
    start: int
    end: int
    after: int
    short: tuple[str, int] | None
    late: tuple[str, int] | None


def plain(word: str) -> str:
    """A word in lower case without accents, apostrophes and invisible characters, in its own script."""
    return _plain(word)[:MAX_WORD]


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return "".join(map(fold_char, word))


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    if text.isascii():
        return [_token(text, match.start(), match.end()) for match in _ASCII_WORD.finditer(text)]
    found = []
    position, length = 0, len(text)
    while position < length:
        kind = class_of(text[position])
        if kind is Class.LETTER or kind is Class.SIGN:
            end = _word_end(text, position, kind)
            token = _token(text, position, end)
            if token.word:
                found.append(token)
            position = end
        else:
            position += 1
    return found


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text without their places."""
    if text.isascii() and not _NOT_PLAIN.search(text):
        return tuple([word[:MAX_WORD] for word in _ASCII_RUN.findall(text.lower())])
    return tuple([token.word for token in tokens(text)])


_ASCII_RUN, _NOT_PLAIN = re.compile("[a-z0-9]+"), re.compile("['`&]")
_ASCII = re.compile(r"[A-Za-z0-9]*")
_ASCII_WORD = re.compile(r"&|[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")


def _word_end(text: str, start: int, kind: Class) -> int:
    position, length = start + 1, len(text)
    while position < length:
        if kind is Class.LETTER and (run := _ASCII.match(text, position)) and run.end() > position:
            position = run.end()
            continue
        here = class_of(text[position])
        follows = (
            here is Class.MARK
            or (kind is Class.LETTER and here is Class.LETTER)
            or (
                kind is Class.LETTER
                and here is Class.APOSTROPHE
                and position + 1 < length
                and class_of(text[position + 1]) is Class.LETTER
            )
        )
        if not follows:
            break
        position += 1
    return position


def _token(text: str, start: int, end: int) -> Token:
    written = text[start:end]
    if written.isascii() and written.isalnum():
        return Token(written[:MAX_WORD].lower(), start, end, end, None, None)
    after, short, late = end, None, None
    last = max((written.rfind(c) for c in set(written) & _APOSTROPHES), default=-1)
    if last > 0:
        ending = written[last + 1 :]
        if ending in ("s", "S"):
            end = start + last
            written = written[:last]
        elif len(ending) <= MAX_ENDING:
            short = (plain(written[:last]), start + last)
        first = min(written.find(c) for c in set(written) & _APOSTROPHES) if set(written) & _APOSTROPHES else -1
        if 0 < first <= MAX_ENDING and len(written) - first > 3:
            late = (plain(written[first + 1 :]), start + first + 1)
    elif ("\u0590" <= written[0] <= "\u06ff") and len(written) > 3:
        late = (plain(written[1:]), start + 1)
    return Token(plain(written), start, end, after, short, late)


_APOSTROPHES = frozenset(APOSTROPHES)


def gap_between(text: str, left: Token, right: Token) -> int:
    """What stands between two words: :data:`COMMA`, :data:`NOT_JOINED`, :data:`BROKEN`, or 0.

    Words of one name are parted by spaces, at most one line break, and light punctuation; by a full stop only behind
    an abbreviation of up to three letters.
    """
    if right.start - left.after > MAX_GAP:
        return NOT_JOINED
    marks = lines = hyphens = told = 0
    for place in range(left.after, right.start):
        char = text[place]
        kind = class_of(char)
        gap = gap_of(char) if kind is Class.OTHER else Gap.SPACE if kind is not Class.APOSTROPHE else None
        if gap is Gap.LINE:
            lines += not (char == "\r" and text[place + 1 : place + 2] == "\n")
        elif gap is Gap.STOP or (gap is Gap.DOT and (place > left.after or left.end - left.start > 3)):
            return NOT_JOINED
        elif gap is not None and gap is not Gap.SPACE:
            marks += 1
            hyphens += gap is Gap.HYPHEN and place == left.after
            told |= COMMA * (gap is Gap.COMMA)
    if lines > 1 or marks > 3:
        return NOT_JOINED
    if hyphens == marks == lines == 1 and text[right.start].islower():
        told |= BROKEN
    return told


@lru_cache(maxsize=200_000)
def word_key(word: str) -> int:
    """The number of a folded word: words of one number are one."""
    word = stem(word)
    value, loose = _SEED, 0
    if word.isascii():
        for byte in word.encode():
            value = ((value ^ byte) * _PRIME) & _MASK
        return _mixed(value)
    for char in word:
        if is_loose(char):
            loose = (loose + ord(char) * _LOOSE) & _MASK
        else:
            value = ((value ^ ord(char)) * _PRIME) & _MASK
    return _mixed(value ^ loose)


def chain(before: int, word: int) -> int:
    """The number of a sequence of words: that of the words before, and the next word's."""
    return _mixed((before * _CHAIN + word) & _MASK)


def _mixed(value: int) -> int:
    value = ((value ^ value >> 33) * 0xFF51AFD7ED558CCD) & _MASK
    value = ((value ^ value >> 33) * 0xC4CEB9FE1A85EC53) & _MASK
    return value ^ value >> 33


# Case endings in folded letters ("й" is "и" there). What is left of every form of a word must be the same, so endings
# are taken off until there is none: "Сергей", "Сергея", "Сергеем" are all "серг".
_ENDINGS = frozenset(
    "ами ями ого его ому ему ыми ими ові еві ога има ои еи ом ем ым им ім ых их іх ах ях ам ям ую юю ою ею".split()
)
_VOWELS = frozenset("аеиоуыэюяієьъ")


def stem(word: str) -> str:
    """A Slavic word in Cyrillic letters without its case ending; other words as they are."""
    if len(word) < 4 or not "а" <= word[0] <= "ӿ":
        return word
    while True:
        if len(word) >= 6 and word[-3:] in _ENDINGS:
            word = word[:-3]
        elif len(word) >= 5 and word[-2:] in _ENDINGS:
            word = word[:-2]
        elif len(word) >= 3 and word[-1] in _VOWELS:
            word = word[:-1]
        else:
            break
    if len(word) >= 4 and word[-1] in "лцк" and word[-2] in "ео" and word[-3] not in _VOWELS:
        word = word[:-2] + word[-1]  # "Павел", "Павла"
    return word
