"""The index of names, open for questions: who on the lists may be meant by a name."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from finemesh.matching.columns import WEAK, Asked, Columns, Found
from finemesh.matching.explain import Part, explain_names, part
from finemesh.matching.facts import facts, kinds_of, most_points
from finemesh.matching.figures import Scheme
from finemesh.matching.index_build import FACTS, INDEX_FILE
from finemesh.matching.kernel import open_search
from finemesh.matching.knowledge import NEWEST
from finemesh.matching.party import Party
from finemesh.matching.scanner import NameHit, Scanner
from finemesh.matching.scorers import SCORERS, get_scorer
from finemesh.matching.sections import Sections
from finemesh.matching.similarity import points_of_score, score_of
from finemesh.matching.words import read_names
from finemesh.model.errors import UserError

BATCH = 1024
"""Names that are looked for together: what is found for a word serves all of them."""
MOST_POINTS = 8.0
"""What facts may add to the points of names; less where little is asked with (:attr:`Query.gain`)."""
_REMEMBERED = 20_000


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
        return bool(self.countries or self.birth_dates or self.identifiers or self.genders)

    @property
    def gain(self) -> float:
        """The points that what is known may add at most to those of a name."""
        return min(MOST_POINTS, most_points(self.as_party()))


_Card = tuple[str, str, str, list[str], list[str]]
"""What is shown of a party: id, caption, schema, datasets, authorities."""


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
        return {**self._asdict(), "score": round(self.score, 6)}


class Index:
    """An open index (:func:`finemesh.matching.index_build.build_index`)."""

    def __init__(self, sections: Sections, scheme: Scheme) -> None:
        self._scheme = scheme
        self._columns = Columns(sections)
        self._search = open_search(self._columns, scheme)
        self._kinds = sections.numbers("name.kind", "B")
        self._name_text, self._name_text_end = sections.bytes("name.text"), sections.numbers("name.text.end", "Q")
        self._party, self._party_end = sections.bytes("party"), sections.numbers("party.end", "Q")
        self._facts, self._facts_end = sections.bytes("party.facts"), sections.numbers("party.facts.end", "Q")
        self._cards: dict[int, _Card] = {}
        self._parties: dict[int, Party] = {}
        self._folder = sections.path.parent
        self._scanner: Scanner | None = None

    @classmethod
    def open(cls, folder: Path, scorer: str | None = None) -> Index:
        """Open the index in a folder.

        Raises:
            DataError: There is none, or it is damaged or of another version.
            UserError: The scorer reads names in another way than the index holds them.
        """
        scheme = get_scorer(scorer)
        if scheme.edition != NEWEST:
            known = ", ".join(name for name, one in SCORERS.items() if one.edition == NEWEST)
            raise UserError(f"the index was not made for the scorer {scorer!r}", hint="for an index: " + known)
        return cls(Sections(folder / INDEX_FILE), scheme)

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
        return next(self.screen_many((query,), limit, threshold))

    def screen_many(
        self, queries: Iterable[Query], limit: int = 5, threshold: float = 0.0, explain: bool = True
    ) -> Iterator[list[Match]]:
        """Screen many names, in order, with constant memory.

        Args:
            queries: Whom to look for.
            limit: At most so many parties for each.
            threshold: Only scores from here on.
            explain: Whether to give the parts of each score.
        """
        remaining = iter(queries)
        while batch := list(itertools.islice(remaining, BATCH)):
            found: list[list[tuple[Asked, Found]]] = [[] for _ in batch]
            asked: dict[tuple[bool, float], list[int]] = defaultdict(list)
            for place, query in enumerate(batch):
                asked[(True, query.gain) if query.has_facts else (False, 0.0)].append(place)
            for (known, gain), places in asked.items():
                least = points_of_score(threshold) - gain
                self._find(batch, places, max(limit, 20) if known else limit, least, explain, found)
            for query, hits in zip(batch, found, strict=True):
                yield self._matches(query, self._best(hits), limit, threshold, explain)

    def _find(
        self,
        batch: list[Query],
        places: list[int],
        limit: int,
        least: float,
        explain: bool,
        found: list[list[tuple[Asked, Found]]],
    ) -> None:
        """Search for some queries of a batch, and put what is found to each."""
        asked: list[Asked] = []
        of: list[int] = []
        for place in places:
            query = batch[place]
            kinds = kinds_of(query.schema)
            for reading in read_names(query.name, query.schema):
                asked.append(Asked(reading, kinds))
                of.append(place)
        for place, one, hits in zip(of, asked, self._search.search_many(asked, limit, least, explain), strict=True):
            if hits:
                found[place] += [(one, hit) for hit in hits]

    @staticmethod
    def _best(found: list[tuple[Asked, Found]]) -> list[tuple[Asked, Found]]:
        """The best name of each party, best party first."""
        if len(found) < 2 or found[0][0] is found[-1][0]:  # all for one reading: they are in order
            return found
        best: dict[int, tuple[Asked, Found]] = {}
        for asked, one in found:
            if one.party not in best or one.points > best[one.party][1].points:
                best[one.party] = (asked, one)
        return sorted(best.values(), key=lambda item: (-item[1].points, item[1].party))

    def _matches(
        self, query: Query, best: list[tuple[Asked, Found]], limit: int, threshold: float, explain: bool
    ) -> list[Match]:
        if not best:
            return []
        asking = query.as_party() if query.has_facts else None
        if asking is None:
            best = best[:limit]
        matches = []
        for asked, found in best:
            known = facts(asking, self._party_of(found.party), kinds=False) if asking else []
            score = score_of(found.points + sum(points for _, points in known) if known else found.points)
            if score >= threshold:
                id_, caption, schema, datasets, authorities = self._card_of(found.party)
                parts = self._parts(asked, found, schema) + [p for p, _ in known] if explain else []
                text = self._text(found.name)
                matches.append(Match(id_, caption, schema, score, datasets.copy(), authorities.copy(), text, parts))
        if len(matches) > 1:
            matches.sort(key=_order)
        return matches[:limit]

    def _parts(self, asked: Asked, found: Found, schema: str) -> list[Part]:
        other = self._columns.reading(found.name)
        figures = self._scheme.figures(asked.reading, other)
        parts = explain_names(asked.reading, other, found.alignment, figures)
        if self._kinds[found.name] == WEAK:
            parts.append(part("weak alias", 0.0, figures.weak * figures.steep / 1000, None, self._text(found.name)))
        if not asked.kinds & kinds_of(schema):
            parts.append(part("schema", 0.0, figures.other_kind * figures.steep / 1000, None, schema))
        return parts

    def _text(self, name: int) -> str:
        return str(self._name_text[self._name_text_end[name] : self._name_text_end[name + 1]], "utf-8")

    def scan(self, text: str) -> list[NameHit]:
        """Every name of the index in a text (:mod:`finemesh.matching.scanner`)."""
        if self._scanner is None:
            self._scanner = Scanner.open(self._folder)
        return self._scanner.scan(text)

    def _party_of(self, number: int) -> Party:
        party = self._parties.get(number)
        if party is None:
            if len(self._parties) > _REMEMBERED:
                self._parties.clear()
            party = self._parties[number] = self._read_party(number)
        return party

    def _read_party(self, number: int) -> Party:
        id_, caption, schema, datasets, authorities = self._card_of(number)
        row = orjson.loads(self._facts[self._facts_end[number] : self._facts_end[number + 1]])
        known = {name: tuple(map(_plain, values)) for name, values in zip(FACTS, row, strict=True)}
        return Party(id_, schema, caption, (), datasets=tuple(datasets), authorities=tuple(authorities), **known)

    def _card_of(self, number: int) -> _Card:
        card = self._cards.get(number)
        if card is None:
            if len(self._cards) > _REMEMBERED:
                self._cards.clear()
            card = self._cards[number] = orjson.loads(
                self._party[self._party_end[number] : self._party_end[number + 1]]
            )
        return card


def _order(match: Match) -> tuple[float, str]:
    return -match.score, match.id


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


__all__ = ["Index", "Match", "Query", "kinds_of"]
