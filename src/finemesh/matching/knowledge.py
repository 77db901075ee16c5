"""What is known about names, read from the tables in ``finemesh/data/names``.

The tables are plain text that can be read and corrected without knowing the code. Every form in them is folded like the
names that it is met with, so that a table may write a word in any script.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from finemesh.matching.fold import fold
from finemesh.matching.scripts import latin_words


def data_text(name: str) -> str:
    """The text of a table."""
    return (files("finemesh") / "data" / "names" / name).read_text("utf-8")


def data_lines(name: str) -> Iterator[str]:
    """The lines of a table without comments and empty lines."""
    for line in data_text(name).splitlines():
        if line and not line.startswith("#"):
            yield line


def latin(text: str) -> tuple[str, ...]:
    """A text as words in Latin letters."""
    return tuple(part.text for word in fold(text).split() for part in latin_words(word))


class Phrase(NamedTuple):
    """A known word or group of words.

    Attributes:
        words: In Latin letters.
        key: What it means ("LLC", "minister", "institute"); phrases of one key are forms of one thing.
        opens: Legal forms: whether it may open a name. Honorifics: whether it is a title only (not also a name part).
    """

    words: tuple[str, ...]
    key: str
    opens: bool


class Phrases:
    """Phrases by their first word, longest first."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[Phrase]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def add(self, words: tuple[str, ...], key: str, opens: bool) -> None:
        """Add a phrase unless one of the same words is there."""
        if words and words not in self._seen:
            self._seen.add(words)
            found = self.by_first.setdefault(words[0], [])
            found.append(Phrase(words, key, opens))
            found.sort(key=lambda p: (-len(p.words), p.words))

    def at(self, words: list[str], start: int) -> Phrase | None:
        """The longest phrase that begins at a position."""
        for phrase in self.by_first.get(words[start], ()):
            if tuple(words[start : start + len(phrase.words)]) == phrase.words:
                return phrase
        return None


@lru_cache(maxsize=1)
def honorifics() -> Phrases:
    """Titles, ranks and forms of address (``honorifics.txt``)."""
    phrases = Phrases()
    for line in data_lines("honorifics.txt"):
        words = latin(line.removeprefix("?"))
        phrases.add(words, " ".join(words), not line.startswith("?"))
    return phrases


@lru_cache(maxsize=1)
def legal_forms() -> Phrases:
    """Legal forms of companies by class (``legal_forms.tsv``)."""
    phrases = Phrases()
    for line in data_lines("legal_forms.tsv"):
        key, *forms = line.split("\t")
        for form in forms:
            words = latin(form.removeprefix("^"))
            opens = form.startswith("^")
            phrases.add(words, key, opens)
            if len(words) == 1 and 2 <= len(words[0]) <= 5:
                phrases.add(tuple(words[0]), key, opens)
            elif len(words) > 1 and all(len(w) == 1 for w in words):
                phrases.add(("".join(words),), key, opens)
    return phrases


@lru_cache(maxsize=1)
def legal_words() -> frozenset[str]:
    """Longer words of legal forms, and what they become when a letter is missing: for those who mistype one."""
    words = {w for line in legal_forms().by_first.values() for p in line for w in p.words if len(w) > 4}
    return frozenset(words | {w[:i] + w[i + 1 :] for w in words if len(w) > 5 for i in range(len(w))})


def is_legal_word(word: str) -> bool:
    """Whether a word is one of a legal form, or one slip of the hand away from it."""
    known = legal_words()
    return word in known or (len(word) > 5 and any(word[:i] + word[i + 1 :] in known for i in range(len(word))))


class OrgWords:
    """Words that many organisations share, by meaning (``org_words.tsv``)."""

    def __init__(self) -> None:
        self.forms: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        for line in data_lines("org_words.tsv"):
            key, *forms = line.split("\t")
            for form in forms:
                words = latin(form.removesuffix("*"))
                if len(words) == 1:
                    (self.stems if form.endswith("*") else self.forms).setdefault(words[0], key)

    def meaning(self, word: str) -> str:
        """The key of a word, empty where it has none."""
        if word in self.forms:
            return self.forms[word]
        for length in range(min(len(word), 14), max(3, len(word) * 11 // 20 - 1), -1):
            if word[:length] in self.stems and (length > 4 or len(word) - length < 4):
                return self.stems[word[:length]]
        return ""


@lru_cache(maxsize=1)
def org_words() -> OrgWords:
    """The shared words of organisations."""
    return OrgWords()


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """Articles, prepositions and kinship particles (``particles.txt``)."""
    return frozenset(data_lines("particles.txt"))


@lru_cache(maxsize=1)
def number_words() -> dict[str, int]:
    """Numbers written as words, ordinals and Roman numerals (``numbers.tsv``)."""
    found: dict[str, int] = {}
    for line in data_lines("numbers.tsv"):
        value, *forms = line.split("\t")
        for form in forms:
            found.setdefault(form, int(value))
    return found


@lru_cache(maxsize=1)
def burmese_syllables() -> frozenset[str]:
    """Common syllables of Burmese names (``burmese_syllables.txt``)."""
    return frozenset(w for line in data_lines("burmese_syllables.txt") for w in line.split())


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Forms of one given name or surname across languages (``same_names.tsv``): form to key."""
    found: dict[str, str] = {}
    for line in data_lines("same_names.tsv"):
        forms = line.split()
        for form in forms:
            for word in latin(form)[:1]:
                found.setdefault(word, forms[0])
    return found


class Frequencies:
    """How many of so many people (or organisations) bear a word in their names (``frequencies.tsv``)."""

    def __init__(self) -> None:
        self.people: dict[str, float] = {}
        self.organisations: dict[str, float] = {}
        for line in data_lines("frequencies.tsv"):
            word, people, organisations = line.split("\t")
            self.people[word] = float(people)
            self.organisations[word] = float(organisations)

    def bits(self, word: str, person: bool) -> float:
        """How much a shared word tells, in bits: a rare one more; between 3 and 12."""
        share = (self.people if person else self.organisations).get(word, 0.0)
        return min(12.0, max(2.0, -math.log2((share + 2.0) / 10000)))


@lru_cache(maxsize=1)
def frequencies() -> Frequencies:
    """The frequency table."""
    return Frequencies()
