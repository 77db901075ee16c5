"""Screening: which parties of the case may a name mean?

The index answers with records; records of one party are shown as one result, with the id of the record that fits best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from finemesh.analysis.coverage import coverage
from finemesh.analysis.facts import COUNTRY, Facts, Party
from finemesh.analysis.regimes import target
from finemesh.matching.index import Index, Match, Query
from finemesh.matching.plain import plain_name
from finemesh.model.authority import AUTHORITIES
from finemesh.model.dataset import authority_of
from finemesh.model.designation import Cell, State
from finemesh.model.entity import document_party_id

CLOSE = 0.85
"""Score from which a listed name goes before every other meaning of a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that a name may mean.

    Attributes:
        match: The record that fits best, with its score and explanation.
        cluster: The party's id.
        members: Entity ids of all its records.
        datasets, authorities: Of all its records.
        standing: Cells of the authorities that list (or listed) the party on the asked day, without evidence.
    """

    match: Match
    cluster: str
    members: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    standing: dict[str, Cell] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract's result object, with the party's id and members as further keys."""
        values = self.match.as_json()
        values["datasets"] = list(self.datasets)
        values["authorities"] = list(self.authorities)
        values["cluster"] = self.cluster
        values["members"] = list(self.members)
        values["standing"] = {
            code: {"state": cell.state.value, "designated": cell.designated, "delisted": cell.delisted}
            for code, cell in self.standing.items()
        }
        return values


def screen(index: Index, facts: Facts, queries: Sequence[Query], limit: int, threshold: float) -> list[list[Candidate]]:
    """Candidates for each query, best first.

    Args:
        index: The index of names.
        facts: The case's parties.
        queries: Names, with schema, dates, countries and identifiers where they are known.
        limit: How many candidates at most.
        threshold: The lowest score.
    """
    found = [index.screen(query, limit * 3, threshold) for query in queries]
    parties = facts.parties({match.id for matches in found for match in matches})
    return [grouped(matches, parties, limit) for matches in found]


def grouped(matches: Sequence[Match], parties: dict[str, Party], limit: int) -> list[Candidate]:
    """One candidate a party, in the order of the best record."""
    seen: set[str] = set()
    candidates: list[Candidate] = []
    for match in matches:
        party = parties.get(match.id)
        cluster = party.id if party else match.id
        if cluster in seen:
            continue
        seen.add(cluster)
        candidates.append(
            Candidate(
                match,
                cluster,
                party.members if party else (match.id,),
                party.datasets if party else tuple(match.datasets),
                authorities_of(party) if party else tuple(match.authorities),
            )
        )
        if len(candidates) == limit:
            break
    return candidates


def authorities_of(party: Party) -> tuple[str, ...]:
    """The authorities whose lists hold a record of a party, in the house's order."""
    found = {authority_of(d) for d in party.datasets}
    return tuple(code for code in AUTHORITIES if code in found)


def with_standing(
    facts: Facts, found: Sequence[Sequence[Candidate]], authorities: Sequence[str], as_of: date
) -> list[list[Candidate]]:
    """The candidates with what each authority says of them on a day."""
    clusters = sorted({c.cluster for candidates in found for c in candidates})
    parties = facts.parties(clusters)
    targets = [(id, parties.get(id), 1.0) for id in clusters]
    rows = {row.query: row for row in coverage(facts, targets, authorities, as_of, evidence=False, owned=False)}
    silent = (State.NOT_LISTED, State.NO_LIST)
    return [
        [
            replace(c, standing={a: cell for a, cell in rows[c.cluster].cells.items() if cell.state not in silent})
            for c in candidates
        ]
        for candidates in found
    ]


def find_target(
    index: Index, facts: Facts, name: str, *, schema: str | None = None, threshold: float = 0.5
) -> tuple[Party | None, float]:
    """The party that a name (or an id) means best, and how well it fits.

    In this order: the record of that id; a listed party whose name fits closely; the state, government or armed forces
    that the name means; a party that only documents name so; a listed party whose name fits less closely. A state's
    name, or one of one word, means a listed party before the others only where it bears that very name: "Russia" is
    close to "Rusich", and is another.
    """
    by_id = facts.parties([name])
    if name in by_id:
        return by_id[name], 1.0
    matches = index.screen(Query(name=name, schema=schema), limit=10, threshold=threshold)
    parties = facts.parties({m.id for m in matches})
    ranked = sorted(
        (m for m in matches if m.id in parties),
        key=lambda m: (-round(m.score, 3), -len(parties[m.id].datasets), m.id),
    )
    best = (parties[ranked[0].id], ranked[0].score) if ranked else (None, 0.0)
    state = state_party(name)
    doubtful = state is not None or len(name.split()) == 1
    if best[1] >= CLOSE and (not doubtful or plain_name(ranked[0].name) == plain_name(name)):
        return best
    return state or document_party(facts, name, schema) or best


def state_party(name: str) -> tuple[Party, float] | None:
    """The state, government or armed forces that a name means ("the Myanmar junta"), as a party of no list."""
    found = target(name)
    if found is None:
        return None
    caption = found.name if found.kind == "state" else f"{found.name} ({found.kind})"
    id = f"{COUNTRY}{found.country}-{found.kind.replace(' ', '-')}"
    return Party(id, caption, "PublicBody", (), (), (found.country,)), 1.0


def document_party(facts: Facts, name: str, schema: str | None) -> tuple[Party, float] | None:
    """The party that only documents name so, or None."""
    id = document_party_id(plain_name(name, schema or "LegalEntity"))
    found = facts.parties([id]).get(id)
    return (found, 1.0) if found else None
