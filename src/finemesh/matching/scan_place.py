"""What stands around a name in a text, and what it says about who is meant."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from finemesh.matching import knowledge
from finemesh.matching.scan_forms import countries, is_ordinary

_CODA = re.compile("[\u1000-\u1021]\u1037?[\u1039\u103a]")
"""A Burmese consonant that closes the syllable before it."""
_NEXT = re.compile(r"[ \u00a0]([^\W\d_]+)")
_PREVIOUS = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_OPENS = re.compile(r"(?:^|[.!?:\n\"“”‘(])\s*$")
_AROUND = " \t\r\n\u00a0\"“”'‘’«("
_CALLED = re.compile(r",? (?:named|called)$|,$")
_WORD = re.compile(r"\w+")
_OPENING, _CLOSING = "\"'“‘«„", "\"'”’»“"


class _Things(NamedTuple):
    """How texts call things of a kind.

    Attributes:
        words: What they are, in small letters.
        marks: What stands before their names only.
        behind: What stands behind their names only.
    """

    words: tuple[str, ...]
    marks: tuple[str, ...]
    behind: re.Pattern[str]


def _things(words: str, marks: str, numbers: str) -> _Things:
    behind = (
        rf"[\"”’»)]*\s*[,(]?\s*(?:{numbers}\b|(?i:(?:an?|the)\s(?:[\w-]+\s){{0,3}}(?:{words.replace(' ', '|')})\b))"
    )
    return _Things(tuple(words.split()), tuple(marks.split()), re.compile(behind))


_THINGS = {
    "Vessel": _things(
        "vessel ship tanker freighter ferry yacht superyacht trawler carrier bulker warship frigate судно танкер "
        "корабль navire pétrolier buque petrolero 船 轮 輪",
        "MV M/V MT M/T M.V. M.T. S/S LNG/C VLCC",
        "IMO|MMSI",
    ),
    "Airplane": _things("aircraft airplane aeroplane jet helicopter", "number", "MSN|registration"),
}


def can_be_called(schema: str) -> bool:
    """Whether words beside a name can say that it is one of this schema."""
    return schema in _THINGS


class Place:
    """A text, asked about the surroundings of a name in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._countries: dict[str, bool] = {}
        self._things: dict[str, bool] = {}
        self._small: str | None = None
        self._last: tuple[tuple[int, int, str], bool] | None = None

    def goes_on(self, end: int) -> bool:
        """Whether a syllable is not over where a Burmese name ends."""
        text = self._text
        return end < len(text) and "\u1000" <= text[end] <= "\u1021" and _CODA.match(text, end) is not None

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether no capitalised Burmese syllable stands before or behind a Burmese name: it would be another's."""
        after = _NEXT.match(self._text, end)
        if after and after[1][0].isupper() and after[1].lower() in knowledge.lexicon().burmese_syllables:
            return False
        before = _PREVIOUS.search(self._text[max(0, start - 24) : start])
        if not before or not before[1][0].isupper():
            return True
        word = before[1].lower()
        if word not in knowledge.lexicon().burmese_syllables or word in knowledge.lexicon().honorifics.by_first:
            return True
        opens = _OPENS.search(self._text[max(0, start - 30) : start - len(before[0])])
        return is_ordinary(word) and opens is not None  # "Than Soe Win" at the beginning of a sentence

    def is_called(self, start: int, end: int, schema: str) -> bool:
        """Whether the words beside a name say that it is one of a ship or an aircraft ("the tanker Hope").

        For a name in capitals or quotes it is enough that such a word stands near.
        """
        asked = (start, end, schema)
        if self._last is None or self._last[0] != asked:
            self._last = (asked, self._is_called(start, end, schema))
        return self._last[1]

    def _is_called(self, start: int, end: int, schema: str) -> bool:
        things = _THINGS.get(schema)
        if things is None or self._text[start].islower():
            return False
        if things.behind.match(self._text, end, end + 60):
            return True
        if not self._speaks_of(schema, things):
            return False
        before = self._text[max(0, start - 30) : start].rstrip(_AROUND)
        if before.endswith(things.marks) or _CALLED.sub("", before.lower()).rstrip("s").endswith(things.words):
            return True
        if not self.is_marked(start, end):
            return False
        near = set(_WORD.findall(self._text[max(0, start - 200) : end + 200].lower()))
        return any(w in near or w + "s" in near for w in things.words)

    def _speaks_of(self, schema: str, things: _Things) -> bool:
        """Whether the text has a word for what names of a schema stand for."""
        if schema not in self._things:
            if self._small is None:
                self._small = self._text.lower()
            small = self._small
            self._things[schema] = any(w in small for w in things.words) or any(m in self._text for m in things.marks)
        return self._things[schema]

    def telling_words(self, start: int, end: int) -> int:
        """How many words of a passage are no articles and prepositions."""
        return sum(len(word) > 3 for word in self._text[start:end].split())

    def is_marked(self, start: int, end: int) -> bool:
        """Whether a name is written in capitals or quotes, as words that are only a name are."""
        written = self._text[start:end]
        quoted = self._text[max(0, start - 1) : start] in _OPENING and self._text[end : end + 1] in _CLOSING
        return quoted if start and quoted else written.isupper() and len(written) > 1

    def is_in_country(self, start: int, end: int, codes: list[str]) -> bool:
        """Whether one of some countries is named beside a name or, where no country is, in the text."""
        beside = _named_in(self._text[max(0, start - 90) : end + 60])
        if beside:
            return any(not beside.isdisjoint(_names(code)) for code in codes)
        return any(map(self.names_country, codes))

    def names_country(self, code: str) -> bool:
        """Whether the text names a country or its people."""
        if code not in self._countries:
            pattern = _country(code)
            self._countries[code] = pattern is not None and pattern.search(self._text) is not None
        return self._countries[code]


def _named_in(text: str) -> set[str]:
    """The countries that a short text names, by their first name in ``data/words/countries.txt``."""
    known, found = countries(), set[str]()
    for match in _CAPITAL.finditer(text):
        for *rest, country in known.get(match[0].lower(), ()):
            if not rest or text[match.end() :].lower().replace("\n", " ").startswith(" " + " ".join(rest)):
                found.add(country)
    return found


_CAPITAL = re.compile(r"\b[A-Z][a-zA-Z]+")


@lru_cache(maxsize=512)
def _names(code: str) -> frozenset[str]:
    """What a country is called."""
    from rigour.territories import get_territory

    territory = get_territory(code)
    names = {territory.name.removesuffix(" SAR"), territory.full_name} if territory else set()
    for line in _lines():
        if not names.isdisjoint(line):
            names.update(line)
    return frozenset(names)


@lru_cache(maxsize=512)
def _country(code: str) -> re.Pattern[str] | None:
    names = sorted(_names(code), key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None


@lru_cache(maxsize=1)
def _lines() -> list[list[str]]:
    """Names and adjectives of each country (``data/words/countries.txt``)."""
    lines = (files("finemesh") / "data" / "words" / "countries.txt").read_text("utf-8").splitlines()
    told = (line.replace(":", ",").split(",") for line in lines if line and not line.startswith("#"))
    return [[name.strip() for name in names if name.strip()] for names in told]
