"""The index of names, open for questions: who on the lists may be meant by a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from finemesh.matching.explain import Part, explain_names
from finemesh.matching.facts import combine, facts, kinds_of
from finemesh.matching.index_build import INDEX_FILE, KINDS
from finemesh.matching.party import Name, Party
from finemesh.matching.retrieval import search_keys
from finemesh.matching.scanner import NameHit, Scanner
from finemesh.matching.scorers import get_scorer
from finemesh.matching.sections import Sections
from finemesh.matching.similarity import Scheme, align, likeness, score_of
from finemesh.matching.words import Kind, Reading, Word, read_names

CANDIDATES = 40
"""Names that are compared word by word, after the first look."""


@dataclass(frozen=True, slots=True)
class Query:
    """Who is searched for, with what is known.

    Attributes:
        name: As written, in any script.
        schema: FollowTheMoney schema.
        countries, birth_dates, identifiers, genders: As in :class:`finemesh.matching.party.Party`.
    """

    name: str
    schema: str | None = None
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    genders: tuple[str, ...] = ()

    def as_party(self) -> Party:
        """The query as a party, for the comparison of facts."""
        return Party(
            "", self.schema or "", self.name, (), self.countries, self.birth_dates, self.genders, self.identifiers
        )

    @property
    def has_facts(self) -> bool:
        """Whether anything but the name is known."""
        return bool(self.countries or self.birth_dates or self.identifiers or self.genders or self.schema)


class Match(NamedTuple):
    """A candidate.

    Attributes:
        id, caption, schema, datasets, authorities: Of the party.
        score: 0 to 1; 0.5 is the best dividing line.
        name: The name of the party that met the query.
        explanation: The parts of the score.
    """

    id: str
    caption: str
    schema: str
    score: float
    datasets: list[str]
    authorities: list[str]
    name: str
    explanation: list[Part]

    def as_json(self) -> dict[str, Any]:
        """The contract's item of ``results``."""
        return {**self._asdict(), "score": round(self.score, 4)}


class Index:
    """An open index (:func:`finemesh.matching.index_build.build_index`)."""

    def __init__(self, sections: Sections, scheme: Scheme) -> None:
        self._scheme = scheme
        self._sections = sections
        numbers = sections.numbers
        self._key, self._key_end, self._key_words = (
            numbers("key", "I"),
            numbers("key.end", "I"),
            numbers("key.words", "I"),
        )
        self._names_end, self._names = numbers("word.names.end", "I"), numbers("word.names", "I")
        self._name_words, self._name_end = numbers("name.words", "I"), numbers("name.end", "I")
        self._name_party, self._name_flags = numbers("name.party", "I"), numbers("name.flags", "B")
        self._name_weight = numbers("name.weight", "I")
        self._name_text, self._name_text_end = sections.bytes("name.text"), numbers("name.text.end", "Q")
        self._party, self._party_end = sections.bytes("party"), numbers("party.end", "Q")
        self._words: dict[int, Word] = {}
        self._scanner: Scanner | None = None

    @classmethod
    def open(cls, folder: Path, scorer: str | None = None) -> Index:
        """Open the index in a folder.

        Raises:
            DataError: There is none, or it is damaged or of another version.
        """
        return cls(Sections(folder / INDEX_FILE), get_scorer(scorer))

    def __len__(self) -> int:
        """How many parties it holds."""
        return len(self._party_end) - 1

    def screen(self, query: Query, limit: int = 5, threshold: float = 0.0) -> list[Match]:
        """The parties that may be meant, best first.

        Args:
            query: Whom to look for.
            limit: At most so many.
            threshold: Only scores from here on.
        """
        found: dict[int, tuple[float, int, Reading]] = {}
        for reading in read_names(query.name, query.schema):
            for name in self._candidates(reading):
                score = score_of(align(reading, self._reading(name), self._scheme), self._scheme)
                party = self._name_party[name]
                if party not in found or score > found[party][0]:
                    found[party] = (score, name, reading)
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        matches = [self._match(query, party, *rest) for party, rest in ranked[: max(limit, 20)]]
        matches.sort(key=lambda m: (-m.score, m.id))
        return [m for m in matches if m.score >= threshold][:limit]

    def screen_many(
        self, queries: Iterable[Query], limit: int = 5, threshold: float = 0.0, explain: bool = True
    ) -> Iterator[list[Match]]:
        """Screen many names, in order, with constant memory."""
        for query in queries:
            yield self.screen(query, limit, threshold)

    def scan(self, text: str) -> list[NameHit]:
        """Every name of the index in a text (:mod:`finemesh.matching.scanner`)."""
        if self._scanner is None:
            self._scanner = Scanner(self._parties_with_names())
        return self._scanner.scan(text)

    def _parties_with_names(self) -> Iterator[Party]:
        names: dict[int, list[Name]] = {}
        for name, party in enumerate(self._name_party):
            text = bytes(self._name_text[self._name_text_end[name] : self._name_text_end[name + 1]]).decode()
            names.setdefault(party, []).append(Name(text, KINDS[self._sections.numbers("name.kind", "B")[name]]))
        for number, found in names.items():
            yield replace(self._party_of(number), names=tuple(found))

    def _candidates(self, reading: Reading) -> list[int]:
        sums: dict[int, int] = {}
        for word in reading.words:
            if word.kind in (Kind.HONORIFIC, Kind.LEGAL, Kind.PARTICLE):
                continue
            best: dict[int, int] = {}
            for number in self._similar_words(word):
                alike = likeness(word, self._word(number), reading.burmese, self._scheme)
                if not alike:
                    continue
                for name in self._names[self._names_end[number] : self._names_end[number + 1]]:
                    if alike > best.get(name, 0):
                        best[name] = alike
            for name, alike in best.items():
                sums[name] = sums.get(name, 0) + alike * word.weight
        own = sum(w.weight for w in reading.words)
        ranked = sorted(sums, key=lambda n: (-sums[n] * 2 / (own + self._name_weight[n]), n))
        return ranked[:CANDIDATES]

    def _similar_words(self, word: Word) -> set[int]:
        found: set[int] = set()
        for key in search_keys(word.code):
            low, high = 0, len(self._key)
            while low < high:
                middle = (low + high) // 2
                if self._key[middle] < key:
                    low = middle + 1
                else:
                    high = middle
            if low < len(self._key) and self._key[low] == key:
                found.update(self._key_words[self._key_end[low] : self._key_end[low + 1]])
        return found

    def _word(self, number: int) -> Word:
        word = self._words.get(number)
        if word is None:
            n = self._sections.numbers
            ends, text_ends = n("word.end", "Q"), n("word.text.end", "Q")
            word = self._words[number] = Word(
                bytes(self._sections.bytes("word.text")[text_ends[number] : text_ends[number + 1]]).decode(),
                bytes(self._sections.bytes("word.code")[ends[number] : ends[number + 1]]),
                Kind(n("word.kind", "B")[number]),
                n("word.weight", "H")[number],
                n("word.key", "I")[number],
                n("word.group", "I")[number],
                bool(n("word.abjad", "B")[number]),
            )
        return word

    def _reading(self, name: int) -> Reading:
        numbers = self._name_words[self._name_end[name] : self._name_end[name + 1]]
        flags = self._name_flags[name]
        return Reading(tuple(self._word(n) for n in numbers), bool(flags & 1), bool(flags & 2))

    def _party_of(self, number: int) -> Party:
        row = orjson.loads(self._party[self._party_end[number] : self._party_end[number + 1]])
        id_, schema, caption, datasets, authorities, countries, births, genders, identifiers, addresses, places = row
        return Party(
            id_, schema, caption, (), tuple(countries), tuple(births), tuple(genders),
            tuple((p, v) for p, v in identifiers), tuple(addresses), tuple(places), tuple(datasets), tuple(authorities),
        )  # fmt: skip

    def _match(self, query: Query, number: int, score: float, name: int, reading: Reading) -> Match:
        party = self._party_of(number)
        other = self._reading(name)
        parts = explain_names(reading, other, align(reading, other, self._scheme))
        found = facts(query.as_party(), party) if query.has_facts else []
        text = bytes(self._name_text[self._name_text_end[name] : self._name_text_end[name + 1]]).decode()
        return Match(
            party.id, party.caption, party.schema, combine(score, found), list(party.datasets),
            list(party.authorities), text, [*parts, *(p for p, _ in found)],
        )  # fmt: skip


__all__ = ["Index", "Match", "Query", "kinds_of"]
