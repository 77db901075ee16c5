"""What is known about names, read from the tables in ``finemesh/data/names``.

The tables are plain text that can be read and corrected without knowing the code. Every form in them is folded like the
names that it is met with, so that a table may write a word in any script.

A table grows by editions: what stands below a line ``#: edition 2`` counts from that edition on. A scoring scheme
reads names with the edition that it was made with, so that an old scheme still gives its old results.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from finemesh.matching.fold import fold
from finemesh.matching.scripts import latin_words

NEWEST = 2
"""The newest edition of the tables and of the rules by which names are read."""
_EDITION = "#: edition "


def data_text(name: str) -> str:
    """The text of a table."""
    return (files("finemesh") / "data" / "names" / name).read_text("utf-8")


def data_lines(name: str, edition: int = NEWEST) -> Iterator[str]:
    """The lines of a table up to an edition, without comments and empty lines."""
    for line in data_text(name).splitlines():
        if line.startswith(_EDITION) and int(line.removeprefix(_EDITION)) > edition:
            return
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
    """Phrases by their first word."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[Phrase]] = {}
        self._known: dict[tuple[str, ...], Phrase] = {}
        self._sizes: dict[str, list[int]] = {}

    def add(self, words: tuple[str, ...], key: str, opens: bool) -> None:
        """Add a phrase unless one of the same words is there."""
        if words and words not in self._known:
            phrase = self._known[words] = Phrase(words, key, opens)
            found = self.by_first.setdefault(words[0], [])
            found.append(phrase)
            self._sizes[words[0]] = sorted({len(p.words) for p in found}, reverse=True)

    def at(self, words: list[str], start: int) -> Phrase | None:
        """The longest phrase that begins at a position."""
        for size in self._sizes.get(words[start], ()):
            found = self._known.get(tuple(words[start : start + size]))
            if found is not None:
                return found
        return None


class OrgWords:
    """Words that many organisations share, by meaning (``org_words.tsv``)."""

    def __init__(self, edition: int) -> None:
        self.forms: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        self.phrases = Phrases()
        self._most_behind = _MOST_BEHIND if edition > 1 else 99
        for line in data_lines("org_words.tsv", edition):
            key, *forms = line.split("\t")
            for form in forms:
                words = latin(form.removesuffix("*"))
                if len(words) == 1:
                    (self.stems if form.endswith("*") else self.forms).setdefault(words[0], key)
                elif edition > 1:
                    self.phrases.add(words, key, False)

    def meaning(self, word: str) -> str:
        """The key of a word, empty where it has none."""
        if word in self.forms:
            return self.forms[word]
        for length in range(min(len(word), 14), max(3, len(word) * 11 // 20 - 1), -1):
            found = self.stems.get(word[:length])
            if found is not None:
                behind = len(word) - length
                whole = behind > self._most_behind and word[length] not in "aeiouy"
                if (length > 4 or behind < 4) and not whole:
                    return found
        return ""


_MOST_BEHIND = 5
"""Letters that an ending may have: more, if they begin with a consonant, are another word written together with it
("kontsern" + "sirius")."""


class Frequencies:
    """How many of so many people (or organisations) bear a word in their names (``frequencies.tsv``)."""

    def __init__(self, edition: int) -> None:
        self.people: dict[str, float] = {}
        self.organisations: dict[str, float] = {}
        for line in data_lines("frequencies.tsv", edition):
            word, people, organisations = line.split("\t")
            self.people[word] = float(people)
            self.organisations[word] = float(organisations)

    def bits(self, word: str, person: bool) -> float:
        """How much a shared word tells, in bits: a rare one more; between 2 and 12."""
        share = (self.people if person else self.organisations).get(word, 0.0)
        return min(12.0, max(2.0, -math.log2((share + 2.0) / 10000)))


class Lexicon:
    """All tables of one edition, each read when it is first needed."""

    def __init__(self, edition: int) -> None:
        self.edition = edition

    @cached_property
    def honorifics(self) -> Phrases:
        """Titles, ranks and forms of address (``honorifics.txt``)."""
        phrases = Phrases()
        for line in data_lines("honorifics.txt", self.edition):
            words = latin(line.removeprefix("?"))
            phrases.add(words, " ".join(words), not line.startswith("?"))
        return phrases

    @cached_property
    def legal_forms(self) -> Phrases:
        """Legal forms of companies by class (``legal_forms.tsv``)."""
        phrases = Phrases()
        for line in data_lines("legal_forms.tsv", self.edition):
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

    @cached_property
    def _legal_words(self) -> frozenset[str]:
        """Longer words of legal forms, and what they become when a letter is missing: for those who mistype one."""
        words = {w for line in self.legal_forms.by_first.values() for p in line for w in p.words if len(w) > 4}
        return frozenset(words | {w[:i] + w[i + 1 :] for w in words if len(w) > 5 for i in range(len(w))})

    def is_legal_word(self, word: str) -> bool:
        """Whether a word is one of a legal form, or one slip of the hand away from it."""
        known = self._legal_words
        if word in known:
            return True
        return len(word) > 5 and not known.isdisjoint([word[:i] + word[i + 1 :] for i in range(len(word))])

    @cached_property
    def org_words(self) -> OrgWords:
        """The shared words of organisations."""
        return OrgWords(self.edition)

    @cached_property
    def particles(self) -> frozenset[str]:
        """Articles, prepositions and kinship particles (``particles.txt``)."""
        return frozenset(data_lines("particles.txt", self.edition))

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Numbers written as words, ordinals and Roman numerals (``numbers.tsv``)."""
        found: dict[str, int] = {}
        for line in data_lines("numbers.tsv", self.edition):
            value, *forms = line.split("\t")
            for form in forms:
                found.setdefault(form, int(value))
        return found

    @cached_property
    def opening_words(self) -> frozenset[str]:
        """Words with which something of several may begin in the name of an organisation."""
        return frozenset({*self.legal_forms.by_first, *self.org_words.phrases.by_first, *self.number_words})

    @cached_property
    def burmese_syllables(self) -> frozenset[str]:
        """Common syllables of Burmese names (``burmese_syllables.txt``)."""
        return frozenset(w for line in data_lines("burmese_syllables.txt", self.edition) for w in line.split())

    @cached_property
    def given_names(self) -> dict[str, str]:
        """Forms of one given name or surname across languages (``same_names.tsv``): form to key."""
        return _forms("same_names.tsv", self.edition)

    @cached_property
    def known_names(self) -> dict[str, str]:
        """Names that many people bear (``known_names.tsv``): form to the first form of the same name."""
        found: dict[str, str] = {}
        for line in data_lines("known_names.tsv", self.edition) if self.edition > 1 else ():
            forms = [word for form in line.split() for word in latin(form)[:1]]
            key = next((self.given_names[f] for f in forms if f in self.given_names), forms[0])
            for form in forms:
                found.setdefault(form, key)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Names of countries, and adjectives of them (``places.tsv``): form to key."""
        return _forms("places.tsv", self.edition) if self.edition > 1 else {}

    @cached_property
    def frequencies(self) -> Frequencies:
        """The frequency table."""
        return Frequencies(self.edition)


def _forms(name: str, edition: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in data_lines(name, edition):
        forms = line.split()
        for form in forms:
            for word in latin(form)[:1]:
                found.setdefault(word, forms[0])
    return found


@lru_cache(maxsize=4)
def lexicon(edition: int = NEWEST) -> Lexicon:
    """The tables of an edition."""
    return Lexicon(edition)
