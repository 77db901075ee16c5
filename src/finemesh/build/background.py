"""What a document says around a name, and what lists say of those who bear it: the evidence for a link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from finemesh.extraction.lexicon import classes, states
from finemesh.matching.index import Match
from finemesh.matching.knowledge import latin
from finemesh.model import schema as ftm
from finemesh.model.authority import authority_of_country
from finemesh.model.claim import PARTIES, ClaimType
from finemesh.model.entity import COUNTRY_PROPS
from finemesh.store import tables
from finemesh.store.tables import literal

AROUND = 240
"""Characters on either side of a mention that are read as speaking of it."""
_TEXTS = ("position", "notes", "reason", "summary", "role", "education", "classification")
_ENDS = ("subject", "object", "owner", "asset", "director", "organization", "person", "relative", "associate",
         "employee", "employer", "member", "holder", "post", "agent", "client")  # fmt: skip
_TIED, _WORDS, _COUNTRY = 3, 2, 2
_FEW_WORDS = 2
_LONG = 4
_SHORT = 5


@dataclass(slots=True)
class Context:
    """What a document says.

    Attributes:
        around: The words that stand around each name, and of the roles and organisations it is tied to.
        countries: ISO codes of the countries it speaks of. (Those whose authorities designate are named in any report.)
        parties: Entities that it names beyond doubt.
    """

    around: dict[str, frozenset[str]] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """What lists say of one entity."""

    words: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    tied: frozenset[str] = frozenset()


class Background:
    """What lists say of entities, read when it is asked for.

    Args:
        statements: The table of statements; without it nothing is known.
        clusters: The party of each listed entity: what one list says of a party is known of its entry in another one.
    """

    def __init__(self, statements: Path | None = None, clusters: Mapping[str, str] = {}) -> None:
        self._statements = statements
        self._clusters = clusters
        self._known: dict[str, _Known] = {}

    def _party(self, id: str) -> str:
        return self._clusters.get(id, id)

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for entity, party in self._clusters.items():
            found[party].append(entity)
        return found

    def choose(
        self, fitting: Sequence[Match], name: str, context: Context, *, weak: bool = False
    ) -> tuple[Match | None, str]:
        """Whom of those who bear a name a document means, and why; None where it does not tell.

        Args:
            fitting: Those who bear the name, or come near.
            name: The name as written.
            context: What the document says.
            weak: Whether the name alone does not tell enough: one word, common words, or not quite the listed name.
        """
        if not fitting:
            return None, "on no list"
        self._read([m.id for m in fitting])
        around = context.around.get(name, frozenset())
        scored = []
        for match in fitting:
            others = [self._known[self._party(m.id)].words for m in fitting if m is not match]
            scored.append((*self._points(match, around, context, frozenset().union(*others)), match))
        scored.sort(key=lambda item: (-item[0], -item[2].score, item[2].id))
        points, reasons, best = scored[0]
        if len(fitting) == 1:
            if points < 0 and (best.schema == "Person" or weak):
                return None, "; ".join(reasons)
            if points <= 0 and _is_short(name):
                return None, "a short name that many may have, and the document says nothing else of its bearer"
            return best, "; ".join(["nobody else on the lists fits the name", *reasons])
        if points <= 0 or points == scored[1][0]:
            return None, f"{len(fitting)} parties fit the name, and the document does not tell which"
        return best, "; ".join([f"of {len(fitting)} who fit the name", *reasons])

    def _points(
        self, match: Match, around: frozenset[str], context: Context, others: frozenset[str]
    ) -> tuple[int, list[str]]:
        known = self._known[self._party(match.id)]
        points, reasons = 0, []
        if tied := sorted((known.tied & context.parties) - {match.id}):
            points += _TIED
            reasons.append(f"the document names {tied[0]}, to which a list ties it")
        shared = sorted((known.words & around) - others)
        if len(shared) >= _FEW_WORDS:
            points += _WORDS
            reasons.append(f"the document and a list say of it: {', '.join(shared[:_LONG])}")
        if known.countries & context.countries:
            points += _COUNTRY
            reasons.append(f"the document speaks of its country ({min(known.countries & context.countries)})")
        elif known.countries and any(not authority_of_country(c) for c in context.countries):
            points = points - 1 if " " in match.name else -1
            reasons.append("the document speaks of other countries only")
        return points, reasons

    def _read(self, ids: Iterable[str]) -> None:
        new = {party for id in ids if (party := self._party(id)) not in self._known}
        if not new:
            return
        party_of = {member: party for party in new for member in self._members.get(party, [party])}
        rows = self._rows(sorted(party_of)) if self._statements is not None else []
        texts: dict[str, set[str]] = defaultdict(set)
        countries: dict[str, set[str]] = defaultdict(set)
        tied: dict[str, set[str]] = defaultdict(set)
        for member, prop, value in rows:
            id = party_of[member]
            if prop == "program":
                countries[id].update(_countries_in(value))
            elif prop in _TEXTS:
                texts[id].update(_telling(value))
            elif prop in COUNTRY_PROPS:
                countries[id].add(value[:2])
            else:
                tied[id].add(value)
        for id in new:
            self._known[id] = _Known(frozenset(texts[id]), frozenset(countries[id]), frozenset(tied[id]))

    def _rows(self, ids: Sequence[str]) -> list[tuple[str, str, str]]:
        """Texts, countries and neighbours of some entities; those of what tells of them (a sanction, a tie) besides."""
        path = literal(str(self._statements))
        ends = ", ".join(literal(p) for p in (*_ENDS, "entity"))
        texts = ", ".join(literal(p) for p in (*_TEXTS, *COUNTRY_PROPS, "program"))
        with tables.connect() as connection:
            connection.execute("CREATE TABLE wanted AS SELECT unnest($ids) AS id", {"ids": list(ids)})
            connection.execute(
                f"CREATE TABLE told AS SELECT DISTINCT s.value AS id, s.entity FROM {path} s"
                f" JOIN wanted w ON s.value = w.id WHERE s.prop IN ({ends})"
                " UNION SELECT id, id FROM wanted"
            )
            return connection.execute(
                f"SELECT DISTINCT t.id, s.prop, s.value FROM {path} s JOIN told t ON s.entity = t.entity"
                f" WHERE s.prop IN ({texts}) OR (s.prop IN ({ends}) AND s.value <> t.id) ORDER BY ALL"
            ).fetchall()


def _is_short(name: str) -> bool:
    """Whether a name is a few letters that stand for something (ETC, SPP)."""
    return len(name) <= _SHORT and name.isalnum() and name.isupper()


def context_of(text: str, report: Mapping[str, Any]) -> Context:
    """What a document says around each of its names, and of which countries it speaks."""
    around: dict[str, set[str]] = defaultdict(set)
    for mention in report["mentions"]:
        name = " ".join(mention["text"].split())
        before = text[max(0, mention["start"] - AROUND) : mention["start"]]
        around[name].update(_telling(before + " " + text[mention["end"] : mention["end"] + AROUND]))
    for claim in report["claims"]:
        values = [v for value in claim["args"].values() for v in (value if isinstance(value, list) else [value]) if v]
        for arg in PARTIES[ClaimType(claim["type"])]:
            value = claim["args"].get(arg)
            for name in value if isinstance(value, list) else [value] if value else []:
                around[" ".join(name.split())].update(w for v in values if v != name for w in _telling(v))
                around[" ".join(name.split())].update(_telling(claim["quote"]))
    return Context({name: frozenset(found) for name, found in around.items()}, _countries_in(text))


def _telling(text: str) -> set[str]:
    """The words of a text that tell something, folded."""
    return {w for w in latin(text) if len(w) >= _LONG and w.isalpha() and w not in _closed()}


@lru_cache(maxsize=1)
def _closed() -> frozenset[str]:
    return frozenset().union(*classes("closed").values())


def _countries_in(text: str) -> frozenset[str]:
    """ISO codes of the countries that a text names, by their names or adjectives."""
    return frozenset(code for name in set(_names().findall(text)) if (code := _code(states()[name])))


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    found = sorted(states(), key=lambda n: (-len(n), n))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, found)) + r")\b")


@lru_cache(maxsize=512)
def _code(name: str) -> str:
    """The ISO code of a country; empty for bodies of states."""
    found = ftm.clean_value("Person", "nationality", name) or ""
    return "" if found == "eu" else found[:2]
