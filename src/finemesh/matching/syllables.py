"""Syllables of Chinese and Korean names in Latin letters: which spellings are one syllable.

Mandarin is written in Pinyin (Xi Jinping) or, in older texts and in Taiwan, in Wade-Giles (Hsi Chin-p'ing): a name
whose every word is a Wade-Giles syllable, one of them being none of Pinyin, is rewritten.

Korean is written in many ways: a syllable becomes a *class* of onset, vowel and final, so that Park, Pak and Bak are
one, and so are Yi, Ri, Lee and Rhee, while Jun and Jong are two. What is told apart in Hangul but written alike by one
of the usual systems (o and eo, u and eu, plain and breathed consonants) is one class.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.matching.scripts import Latin

# --- Wade-Giles -------------------------------------------------------------------------------------------------------

_WADE_GILES = re.compile(
    "(?P<onset>ch|hs|sh|ts|tz|ss|[ptkmnflhsjyw]?)"
    "(?P<rhyme>a|ai|an|ang|ao|e|ei|en|eng|erh|eh|i|ia|iang|iao|ieh|ien|in|ing|ih|iu|iung|o|ou|u|ua|uai|uan|uang|ui|uei|un|"
    "ung|uo|ueh|uen)$"
)
_FRONT = frozenset({"i", "ia", "iang", "iao", "ieh", "ien", "in", "ing", "iu", "iung", "ueh", "uen"})
_RHYMES = {
    "ieh": "ie", "ien": "ian", "ih": "i", "iung": "iong", "ung": "ong", "ueh": "ue", "uen": "un", "uei": "ui",
    "erh": "er", "eh": "e",
}  # fmt: skip
_ONLY_THERE = re.compile("hs|tz|ss|.*(?:ieh|ien|ih|iung|ueh|erh)$|(?:ch|k|l|n|t|j)ung$|ch(?:i|ia|in|ing|iang|iao|iu)$")
_NO_CHINESE = frozenset({"kung", "tung", "chin"})
"""Syllables that are common elsewhere too, and prove nothing alone."""


def from_wade_giles(words: list[Latin]) -> list[Latin]:
    """A name in Wade-Giles in Pinyin; any other name as it is."""
    if not 2 <= len(words) <= 4:
        return words
    if not any(is_wade_giles(w.text) for w in words):
        return words
    if any(w.sign or w.abjad for w in words):
        return words
    found = [_pinyin(w.text) for w in words]
    return [w._replace(text=text) for w, text in zip(words, found, strict=True)] if all(found) else words


@lru_cache(maxsize=65536)
def is_wade_giles(syllable: str) -> bool:
    """Whether a syllable is one of Wade-Giles and none of Pinyin."""
    return _ONLY_THERE.match(syllable) is not None and syllable not in _NO_CHINESE


@lru_cache(maxsize=4096)
def _pinyin(syllable: str) -> str:
    """A syllable in Pinyin, empty where it is none of Wade-Giles.

    Breathed consonants have an apostrophe in Wade-Giles, which few texts keep: "chen" may be Chen or Zhen. What is a
    syllable of Pinyin too therefore stays as it is.
    """
    match = _WADE_GILES.match(syllable)
    if not match:
        return ""
    onset, rhyme = match["onset"], match["rhyme"]
    new = _RHYMES.get(rhyme, rhyme)
    if onset == "hs":
        return "x" + new
    if onset == "ch" and (rhyme in _FRONT or rhyme == "ung"):
        return ("j" if rhyme in _FRONT else "zh") + new
    if onset in ("tz", "ss"):
        return onset[1] + "i"
    if onset == "j" and rhyme not in _FRONT:
        return "r" + new
    if onset in ("k", "h") and rhyme == "o":
        return onset + "e"
    if onset in ("t", "n", "l", "s") and rhyme == "o":
        return onset + "uo"
    return onset + new


# --- Syllables of any of these languages ------------------------------------------------------------------------------

_SYLLABLE_SHAPE = re.compile(
    r"(?:[bcdfghjklmnpqrstwxyz]|[ckgpst]h|zh|ts|hs|[kgh]w|[hkrmpsnlbgd]y|pp|tt|kk|ss|jj)?[aeiou]{1,3}(?:ng|[nkglmpbt])?$"
)


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Whether a word in Latin letters may be a syllable of a Chinese, Korean or Vietnamese name."""
    return len(text) < 7 and _SYLLABLE_SHAPE.match(text) is not None


# --- Korean -----------------------------------------------------------------------------------------------------------

_KOREAN = re.compile(
    "(?P<onset>kk|gg|kh|tt|dd|th|pp|bb|ph|jj|ch|sh|ss|rh|[gkdtbpjcsnmrlhyw]?)"
    "(?P<vowel>y?ae|y?eo|y?eu|y?oo|y?ou|oe|ee|ie|wae|wo|wa|we|wi|woo|weo|ui|ai|[yw]?[aeiou])"
    "(?P<final>ng|ck|[nmlrkgptbdsh]?)$"
)
_ONSET_CLASS = {
    "g": "k", "kk": "k", "gg": "k", "kh": "k", "d": "t", "tt": "t", "dd": "t", "th": "t", "b": "p", "pp": "p", 
    "bb": "p", "ph": "p", "j": "c", "jj": "c", "ch": "c", "sh": "s", "ss": "s", "r": "l", "rh": "l",
}  # fmt: skip
_VOWEL_CLASS = {
    "ae": "e", "ai": "e", "yae": "ye", "eo": "o", "ou": "o", "yeo": "yo", "you": "yo", "eu": "u", "oo": "u", 
    "yeu": "yu", "yoo": "yu", "oe": "we", "wae": "we", "woo": "u", "weo": "wo", "ee": "i", "ie": "i", "ui": "wi",
}  # fmt: skip
_FINAL_CLASS = {"r": "l", "g": "k", "ck": "k", "b": "p", "d": "t", "s": "t", "h": ""}
_SURNAMES = {"choi": "choe", "shin": "sin", "shim": "sim", "woo": "u", "park": "pak", "lee": "i", "rhee": "i",
             "yi": "i", "young": "yong", "hyoung": "hyong", "kyoung": "kyong", "byoung": "pyong"}  # fmt: skip


@lru_cache(maxsize=4096)
def korean_class(spelling: str) -> str:
    """The class of a Korean syllable in Latin letters, empty where it cannot be one.

    Example:
        >>> korean_class("park") == korean_class("bak"), korean_class("jun") == korean_class("jong")
        (True, False)
    """
    match = _KOREAN.match(_SURNAMES.get(spelling, spelling))
    if not match:
        return ""
    onset = _ONSET_CLASS.get(match["onset"], match["onset"])
    vowel = _VOWEL_CLASS.get(match["vowel"], match["vowel"])
    if onset in ("y", "w"):
        onset, vowel = "", onset + vowel
    if onset in ("l", "n", "") and vowel[0] in "iy":  # written Ri, Ni or I; Ryu, Nyu or Yu
        onset, vowel = "", "i" if vowel in ("i", "yi") else vowel
    final = _FINAL_CLASS.get(match["final"], match["final"])
    return f"{onset}.{vowel}.{final}"
