"""A word of a name that stands at no special place in it: its kind, its weight, its code."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

from finemesh.matching.knowledge import Lexicon
from finemesh.matching.scripts import Latin
from finemesh.matching.sounds import numbers, sound_code
from finemesh.matching.word import ABJAD, EMPTY, NAMED, PLACE, STRICT, Kind, Word

PER_SIGN, PER_ABJAD, MOST_GENERIC = 200, 330, 600
"""Bounds of weights, in hundredths of a bit: for each sound, for each consonant where vowels are not written, and of a
word that many organisations share."""
_OPEN_SIGNS = numbers("aeiouywh")


def number_of(text: str) -> int:
    """The number of a meaning, a group of names or the like; never 0."""
    return zlib.crc32(text.encode()) | 1


@lru_cache(maxsize=131072)
def read_word(part: Latin, person: bool, known: Lexicon) -> Word:
    """A word without a special place in its name."""
    text = part.text
    code = numbers(sound_code(text))
    if text.isdigit():
        return Word(text, code, Kind.NUMBER, 600, number_of("#" + str(int(text))))
    if len(text) == 1:
        return Word(text, code, Kind.INITIAL, 150)
    if text in known.particles:
        return Word(text, code, Kind.PARTICLE, 200 if text in ("abu", "abou", "umm", "bint") else 60)
    bits = round(100 * known.frequencies.bits(text, person))
    weight = min(bits, PER_SIGN * len(code)) if code else 50
    if part.abjad:
        weight = min(weight, PER_ABJAD * sum(c not in _OPEN_SIGNS for c in code) + 150)
    if person:
        name = known.given_names.get(text) or known.known_names.get(text, "")
        named = NAMED * (text in known.known_names)
        return Word(text, code, Kind.WORD, weight, 0, _group(name, part), _traits(part) | named)
    return _shared(part, code, weight, known) or _own(part, code, weight, known)


def _shared(part: Latin, code: bytes, weight: int, known: Lexicon) -> Word | None:
    """A word of an organisation that many share: a number, a legal form, a common word."""
    text = part.text
    number = known.number_words.get(part.sign if known.edition > 1 and part.sign else text)
    if number is not None:
        return Word(text, code, Kind.NUMBER, 500, number_of(f"#{number}"))
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th|y|i|aya|oy)", text)
    if match:
        return Word(text, code, Kind.NUMBER, 600, number_of(f"#{int(match[1])}"))
    meaning = known.org_words.meaning(text)
    if known.is_legal_word(text) and not (known.edition > 1 and meaning in _TELLING):
        return Word(text, code, Kind.LEGAL, 80)
    if not meaning:
        return None
    weight = min(max(weight // 2, 150), MOST_GENERIC)
    empty = EMPTY * (known.edition > 1 and meaning in _EMPTY)
    return Word(text, code, Kind.GENERIC, weight, number_of(meaning), 0, _traits(part) | empty)


_TELLING = frozenset({"group", "foundation", "service_state", "federal", "general"})
"""Meanings of words that occur in legal forms, but tell more than those where they stand alone."""
_EMPTY = frozenset(
    "group companies company holding international enterprise corporation joint general named partners industry "
    "services organisation association society public private national federal service_state republic main central "
    "united".split()
)


def _own(part: Latin, code: bytes, weight: int, known: Lexicon) -> Word:
    """A word that an organisation has of its own, or the name of a country."""
    text = part.text
    place = known.places.get(text)
    if place:
        return Word(text, code, Kind.WORD, weight, number_of("place:" + place), 0, _traits(part) | PLACE)
    group = known.given_names.get(text) or "base:" + _ADJECTIVE.sub("", text)
    return Word(text, code, Kind.WORD, weight, 0, _group(group, part), _traits(part))


_ADJECTIVE = re.compile(r"(?<=.{3})(?:ov|ev)?(?:sk|tsk|ck)(?:iy|ii|ij|y|i|oe|oye|oje|aya|aja|ogo|oi|oy|oho)$")


def _group(name: str, part: Latin) -> int:
    if part.sign:
        return number_of("sign:" + part.sign)
    return number_of(name) if name else 0


def _traits(part: Latin) -> int:
    return ABJAD * part.abjad | STRICT * bool(part.sign)
