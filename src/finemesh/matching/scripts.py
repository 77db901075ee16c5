"""Words in scripts that cannot be read letter by letter, in Latin letters.

Arabic and Hebrew write few vowels: their words come out as consonants with the long vowels, and are marked, so that
missing vowels cost nothing when they are compared. Hangul is written out by syllable. Burmese has a module of its own.
Everything else (Chinese, Japanese, Thai, Indic, Ethiopic, ...) is left to ICU, which is loaded when it is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from finemesh.matching.burmese import is_burmese_script, romanise_burmese

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh",
    "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w",
    "ي": "y", "ى": "a", "ی": "y", "ء": "", "ؤ": "w", "ئ": "y", "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ڤ": "v",
    "ہ": "h", "ھ": "h", "ے": "e", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ې": "e", "ۍ": "y", "ټ": "t", "ډ": "d",
    "ړ": "r", "ږ": "zh", "ښ": "sh", "څ": "ts", "ځ": "z", "ڼ": "n", "ګ": "g", "ۀ": "e", "ە": "a", "ۆ": "o", "ێ": "e",
    "ڵ": "l", "ڕ": "r", "ۇ": "u", "ۈ": "u", "ۋ": "v", "ڭ": "ng", "ۅ": "o",
}  # fmt: skip

_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y", "ך": "k",
    "כ": "k", "ל": "l", "ם": "m", "מ": "m", "ן": "n", "נ": "n", "ס": "s", "ע": "a", "ף": "f", "פ": "p", "ץ": "ts",
    "צ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip

_INITIALS = "k kk n t tt r m p pp s ss . j jj ch kh th ph h".split()
_VOWELS = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()
_FINALS = ". k kk ks n nj nh t l lk lm lp ls lt lp lh m p ps t t ng t t k t p t".split()
_HANGUL_FIRST, _HANGUL_LAST = 0xAC00, 0xD7A3
_ALLAH = "الله"


class Latin(NamedTuple):
    """A word in Latin letters.

    Attributes:
        text: Lower-case ASCII letters and digits.
        abjad: Whether its script leaves short vowels out.
        sign: The Chinese character that it reads, in its simplified form.
    """

    text: str
    abjad: bool = False
    sign: str = ""


@lru_cache(maxsize=65536)
def latin_words(word: str) -> tuple[Latin, ...]:
    """A folded word (:func:`finemesh.matching.fold.fold`) of any script as one or more words in Latin letters.

    Chinese and Korean names are split by syllable, Burmese ones too, an Arabic article is split off. A word that
    no rule can read gives nothing.
    """
    if word.isascii():
        return (Latin(word),)
    first = ord(word[0])
    if 0x0600 <= first <= 0x077F or 0xFB50 <= first <= 0xFEFC:
        return _arabic(word)
    if 0x0590 <= first <= 0x05FF:
        return _latin(word, _HEBREW)
    if _HANGUL_FIRST <= first <= _HANGUL_LAST:
        return _hangul(word)
    if _HAN.match(word):
        return _han(word)
    if is_burmese_script(word):
        return tuple(Latin(s) for s in romanise_burmese(word))
    return tuple(Latin(w) for w in _by_icu(word).split())


def _arabic(word: str) -> tuple[Latin, ...]:
    if word == _ALLAH:
        return (Latin("allah", True),)
    if word.startswith("ال") and len(word) > 4 and not word.startswith(_ALLAH):
        return (Latin("al"), *_latin(word[2:], _ARABIC))
    return _latin(word, _ARABIC)


def _latin(word: str, letters: dict[str, str]) -> tuple[Latin, ...]:
    text = "".join(letters.get(c, c if c.isascii() else "") for c in word)
    return (Latin(text, True),) if text else ()


def _hangul(word: str) -> tuple[Latin, ...]:
    syllables = []
    for char in word:
        code = ord(char) - _HANGUL_FIRST
        if not 0 <= code <= _HANGUL_LAST - _HANGUL_FIRST:
            continue
        initial, vowel, final = code // 588, code % 588 // 28, code % 28
        syllable = _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
        syllables.append(Latin(syllable.replace(".", "")))
    return tuple(syllables)


_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def _han(word: str) -> tuple[Latin, ...]:
    found: list[Latin] = []
    for part in re.split(f"({_HAN.pattern})", word):
        if _HAN.match(part):
            found += _character(part)
        elif part:
            found += [Latin(w) for w in _by_icu(part).split()]
    return tuple(found)


@lru_cache(maxsize=16384)
def _character(sign: str) -> tuple[Latin, ...]:
    """A Chinese character; nothing where it has no reading."""
    readings, simplified = _han_table()
    if sign <= "\uffff":
        return (Latin(readings[sign], False, simplified.get(sign, sign)),) if sign in readings else ()
    text = re.sub("[^a-z]", "", _icu("Han-Latin/Names; Latin-ASCII; Lower").transliterate(sign))
    return (Latin(text, False, _icu("Traditional-Simplified").transliterate(sign)),) if text else ()


@lru_cache(maxsize=1)
def _han_table() -> tuple[dict[str, str], dict[str, str]]:
    """The readings of the usual Chinese characters, and the simplified forms of some (``han.tsv``).

    They are what ICU gives, which takes a long time to make itself ready for it.
    """
    readings: dict[str, str] = {}
    simplified: dict[str, str] = {}
    for line in (files("finemesh") / "data" / "names" / "han.tsv").read_text("utf-8").splitlines()[2:]:
        head, signs = line.split("\t")
        if head[0] == "=":
            simplified |= dict.fromkeys(signs, head[1:])
        else:
            readings |= dict.fromkeys(signs, head)
    return readings, simplified


def _by_icu(word: str) -> str:
    return "".join(
        c if c.isalnum() and c.isascii() else " " for c in _icu("Any-Latin; Latin-ASCII; Lower").transliterate(word)
    )


@lru_cache(maxsize=8)
def _icu(rules: str):  # type: ignore[no-untyped-def]
    from icu import Transliterator

    return Transliterator.createInstance(rules)
