"""Screening: which parties of the case may a name mean?

The index answers with records; records of one party are shown as one result, with the id of the record that fits best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from finemesh.analysis.facts import Facts, Party
from finemesh.matching.index import Index
from finemesh.matching.party import Match, Query


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that a name may mean.

    Attributes:
        match: The record that fits best, with its score and explanation.
        cluster: The party's id.
        members: Entity ids of all its records.
        datasets, authorities: Of all its records.
    """

    match: Match
    cluster: str
    members: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    designations: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract's result object, with the party's id and members as further keys."""
        values = self.match.as_json()
        values["datasets"] = list(self.datasets)
        values["authorities"] = list(self.authorities)
        values["cluster"] = self.cluster
        values["members"] = list(self.members)
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
    from finemesh.model.authority import AUTHORITIES
    from finemesh.model.dataset import authority_of

    found = {authority_of(d) for d in party.datasets}
    return tuple(code for code in AUTHORITIES if code in found)


def find_target(
    index: Index, facts: Facts, name: str, *, schema: str | None = None, threshold: float = 0.5
) -> tuple[Party | None, float]:
    """The party that a name (or an entity id) means best, and how well it fits.

    A party that an authority lists goes before one that is only mentioned, when both fit equally well.
    """
    by_id = facts.parties([name])
    if by_id:
        return by_id[name], 1.0
    matches = index.screen(Query(name=name, schema=schema), limit=10, threshold=threshold)
    if not matches:
        return None, 0.0
    parties = facts.parties({m.id for m in matches})
    best = max(matches, key=lambda m: (round(m.score, 3), len(_lists(parties.get(m.id))), m.id))
    return parties.get(best.id), best.score


def _lists(party: Party | None) -> tuple[str, ...]:
    return party.datasets if party else ()
