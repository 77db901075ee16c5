"""A name as words with a kind, a weight and a code: the form in which names are compared and indexed.

Nothing is deleted here. A title, a legal form or an article stays a word of the name, with the small weight of what it
tells; that is what makes "Dr. Aung Moe Myint" meet "Aung Moe Myint" while "No. 1" and "No. 2" stay apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.matching.burmese import split_syllables, syllable_class
from finemesh.matching.fold import MAX_TEXT, fold
from finemesh.matching.knowledge import NEWEST, Lexicon, Phrase, lexicon
from finemesh.matching.numerals import joined_number
from finemesh.matching.plain_people import plain_person
from finemesh.matching.scripts import Latin, latin_words
from finemesh.matching.single_words import number_of, read_word
from finemesh.matching.sounds import numbers, sound_code
from finemesh.matching.syllables import from_wade_giles, is_syllable, korean_class
from finemesh.matching.word import (
    FATHER,
    MAX_WORDS,
    NAMED,
    ORDINARY,
    PLACE,
    SON_OF,
    STRICT,
    SYLLABLE,
    Kind,
    Reading,
    Word,
)

MAX_LETTERS = 40
"""Letters of a word that are compared."""


ORGANISATIONS = frozenset(
    {"Company", "Organization", "PublicBody", "Asset", "Vessel", "Airplane", "Vehicle", "Security"}
)

_SEPARATORS = re.compile(r"\s+@\s+|\s*[;|]\s*|\ba\.?k\.?a\.?:?\s+|\bf\.?k\.?a\.?:?\s+|\b[Aa]lias\s+", re.I)
_COMMA = re.compile(r"\s*[,،]\s*")


def is_organisation(schema: str | None) -> bool | None:
    """Whether a schema is of organisations and things (True), of people (False), or open (None)."""
    if schema in ORGANISATIONS:
        return True
    return False if schema == "Person" else None


def read_names(text: str, schema: str | None = None, edition: int = NEWEST) -> tuple[Reading, ...]:
    """Read a text that holds one name, or several parted by ``@``, ``a.k.a.`` or ``;``.

    Args:
        text: The name as written.
        schema: FollowTheMoney schema, if known; otherwise it is guessed from titles, legal forms and common words.
        edition: Of the tables and rules of reading, see :mod:`finemesh.matching.knowledge`.

    Returns:
        A reading of each name; nothing where the text has no letter or digit.
    """
    parts = [p for p in _parted(text[:MAX_TEXT]) if p and p.strip()]
    if len(parts) == 1:
        reading = read_name(parts[0], schema, edition)
        return (reading,) if reading.words else ()
    readings = [read_name(part, schema, edition) for part in parts[:8]]
    readings = [reading for reading in readings if reading.words]
    return tuple(dict.fromkeys(readings))


def _parted(text: str) -> list[str]:
    """The names of a text; the search for what parts them is spared where nothing can."""
    if text.isascii() and not ("@" in text or ";" in text or "|" in text):
        low = text.lower()
        if not ("aka" in low or "fka" in low or ".ka" in low or "k.a" in low or "alias" in low):
            return [text]
    return _SEPARATORS.split(text)


def read_name(text: str, schema: str | None = None, edition: int = NEWEST) -> Reading:
    """Read one name."""
    organisation = is_organisation(schema)
    if organisation is not True and ("," in text or "،" in text):
        text = _given_first(text)
    known = lexicon(edition)
    folded = [word[:MAX_LETTERS] for word in fold(text).split()[: 2 * MAX_WORDS]]
    if not organisation:
        reading = plain_person(folded, known, organisation is None)
        if reading is not None:
            return reading
    return _read(folded, organisation, known)


def _read(folded: list[str], organisation: bool | None, known: Lexicon) -> Reading:
    """Read the folded words of a name."""
    latin: list[Latin] = []
    for word in folded:
        latin += latin_words(word)
    latin = [part for part in latin if part.text][:MAX_WORDS]
    if organisation is None:
        organisation = _looks_like_organisation([part.text for part in latin], known)
    if organisation:
        return Reading(tuple(_organisation(latin, known)), False, False)
    return _person(latin, known)


def _given_first(text: str) -> str:
    """ "Frost, William W." as "William W. Frost"."""
    parts = _COMMA.split(text.strip())
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    return text


def _looks_like_organisation(texts: list[str], known: Lexicon) -> bool:
    legal, words = known.legal_forms, known.org_words
    for start in range(len(texts)):
        phrase = legal.at(texts, start)
        if phrase and (len(phrase.words) > 1 or len(texts[start]) > 2) and len(texts) > 1:
            return True
    common = sum(bool(words.meaning(t)) and len(t) > 3 for t in texts)
    least = 2 if len(texts) > 5 else 3
    common += sum(
        len(p.words) for i in range(len(texts)) if (p := words.phrases.at(texts, i)) and len(p.words) >= least
    )
    if known.edition > 1:
        return common * 5 >= len(texts) * 2 > 2 or (common > 0 and any(t.isdigit() for t in texts))
    return common * 2 >= len(texts) > 1


def _person(latin: list[Latin], known: Lexicon) -> Reading:
    texts = [part.text for part in latin]
    titles = known.honorifics
    start, end = 0, len(latin)
    opening: list[Word] = []
    while start < end - 1 and (phrase := titles.at(texts, start)) and start + len(phrase.words) < end:
        weight = 15 if phrase.opens else 120
        opening.append(_phrase(phrase.words, Kind.HONORIFIC, weight, phrase.key))
        start += len(phrase.words)
    closing: list[Word] = []
    while end - start > 1 and (phrase := titles.at(texts, end - 1)) and phrase.opens and len(texts[end - 1]) > 1:
        closing.insert(0, _phrase(phrase.words, Kind.HONORIFIC, 30, phrase.key))
        end -= 1
    legal = known.legal_forms
    for length in range(min(3, end - start - 2), 0, -1):
        form = legal.at(texts, end - length)
        if form and len(form.words) == length and (length > 1 or len(texts[end - 1]) > 2):
            closing.insert(0, _phrase(form.words, Kind.LEGAL, 40, form.key))
            end -= length
            break
    if known.edition > 1 and opening and end - start == 1 and len(_burmese(texts[:end], known)) == 2:
        opening, start = [], 0  # "Ko Aung" is a whole name, "Ko Thida" is Thida with a title
    western = known.edition > 1 and end - start > 2 and _is_western(texts[start], known)
    syllables = _burmese(texts[start + western : end], known)
    if syllables:
        middle, syllabic = [_syllable(s, known) for s in syllables], False
        if western:
            middle.insert(0, read_word(latin[start], True, known))
    else:
        middle, syllabic = _named(latin[start:end], known)
    words = _not_all_light(middle)
    if opening or closing:
        words = [*opening, *words, *closing]
    return Reading(tuple(words), bool(syllables), True, syllabic)


def _named(latin: list[Latin], known: Lexicon) -> tuple[list[Word], bool]:
    """The words of a person's name that is not Burmese, and whether all of them are short syllables."""
    if known.edition > 1:
        latin = from_wade_giles(latin)
    words = [read_word(part, True, known) for part in latin]
    if known.edition > 1 and not SON_OF.isdisjoint([word.text for word in words]):
        words = _fathers(words)
    syllabic = len(words) > 1
    for word in words:
        if not is_syllable(word.text):
            syllabic = False
            break
    if syllabic and known.edition > 1:
        words = [_as_syllable(w) for w in words]
    return words, syllabic


def _fathers(words: list[Word]) -> list[Word]:
    found, behind = [], False
    for word in words:
        if behind and word.kind is Kind.WORD:
            word, behind = word._replace(traits=word.traits | FATHER), False
        found.append(word)
        behind = behind or word.text in SON_OF
    return found


@lru_cache(maxsize=65536)
def _as_syllable(word: Word) -> Word:
    """A word as a syllable of an East Asian name, with its Korean class if it can be Korean."""
    group = word.group
    if not word.traits & STRICT:
        korean = korean_class(word.text)
        group = number_of("ko:" + korean) if korean else 0
    return word._replace(group=group, traits=word.traits & ~NAMED | SYLLABLE)


@lru_cache(maxsize=8192)
def _phrase(words: tuple[str, ...], kind: Kind, weight: int, key: str) -> Word:
    text = " ".join(words)
    return Word(text, numbers(sound_code("".join(words))), kind, weight, number_of(f"{kind}:{key}"))


@lru_cache(maxsize=65536)
def _is_western(text: str, known: Lexicon) -> bool:
    """Whether a word is a given name from elsewhere, as many people of Myanmar bear before their own ("Nancy")."""
    if len(text) < 4 or not (text in known.known_names or text in known.given_names):
        return False
    return not split_syllables(text, known.burmese_syllables)


def _burmese(texts: list[str], known: Lexicon) -> list[str]:
    """The syllables of a Burmese personal name, empty where it is not one."""
    usual = known.burmese_syllables
    found: list[str] = []
    common = 0
    for text in texts:
        split = split_syllables(text, usual, known.edition > 1)
        if not split:
            return []
        found += split
        for syllable in split:
            common += syllable in usual or syllable_class(syllable) in _common_classes(known)
    return found if len(found) > 1 and common * 3 >= len(found) * 2 else []


@lru_cache(maxsize=4)
def _common_classes(known: Lexicon) -> frozenset[str]:
    return frozenset(syllable_class(s) for s in known.burmese_syllables) - {""}


@lru_cache(maxsize=4096)
def _syllable(text: str, known: Lexicon) -> Word:
    code = numbers(sound_code(text))
    bits = round(100 * known.frequencies.bits(text, True))
    return Word(text, code, Kind.WORD, min(bits, 700), 0, number_of("mm:" + syllable_class(text)), STRICT)


def _organisation(latin: list[Latin], known: Lexicon) -> list[Word]:
    texts = [part.text for part in latin]
    legal, shared_phrases, newer = known.legal_forms, known.org_words.phrases, known.edition > 1
    opening = known.opening_words
    words: list[Word] = []
    position = 0
    while position < len(latin):
        if texts[position] not in opening and not texts[position].isdigit():
            words.append(read_word(latin[position], False, known))
            position += 1
            continue
        phrase = legal.at(texts, position)
        if newer and texts[position] == "group":
            phrase = None  # "group co ltd" is a group with a legal form
        if phrase and _is_legal(phrase, position, texts, known):
            words.append(_phrase(phrase.words, Kind.LEGAL, 60, phrase.key))
            position += len(phrase.words)
            continue
        number = joined_number(texts, position, known.number_words) if newer else None
        if number:
            text = " ".join(texts[position : position + number.words])
            words.append(Word(text, numbers(str(number.value)), Kind.NUMBER, 600, number_of(f"#{number.value}")))
            position += number.words
            continue
        shared = shared_phrases.at(texts, position)
        if shared:
            words.append(_shared_phrase(shared))
            position += len(shared.words)
            continue
        words.append(read_word(latin[position], False, known))
        position += 1
    return _not_all_light(words)


@lru_cache(maxsize=8192)
def _shared_phrase(phrase: Phrase) -> Word:
    """A common word of organisations, or a country, that is written as several ("စီးပွားရေး": si, pwa, ye)."""
    text, code = " ".join(phrase.words), numbers(sound_code("".join(phrase.words)))
    if phrase.key.startswith("place:"):
        return Word(text, code, Kind.WORD, 800, number_of(phrase.key), 0, PLACE)
    return Word(text, code, Kind.GENERIC, 400, number_of(phrase.key))


def _is_legal(phrase: Phrase, position: int, texts: list[str], known: Lexicon) -> bool:
    """Whether a legal form stands where one may: a short one closes or opens a name, a long one may be anywhere."""
    if len(phrase.words) == len(texts):
        return False
    letters = sum(map(len, phrase.words))
    if letters > 4 or position + len(phrase.words) == len(texts):
        return True
    if position == 0:
        return phrase.opens
    rest = position + len(phrase.words)
    following = known.legal_forms.at(texts, rest)
    return following is not None and rest + len(following.words) == len(texts)


def _not_all_light(words: list[Word]) -> list[Word]:
    """Give full weight to the words of a name that has no ordinary one ("Haji", "The Company")."""
    for word in words:
        if word.kind in ORDINARY:
            return words
    return [w._replace(weight=max(w.weight, min(500, 120 * len(w.code)))) for w in words]
