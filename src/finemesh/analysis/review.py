"""The queue of pairs that wait for a person: which comes first, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from finemesh.analysis.entity import Value, values_of
from finemesh.analysis.facts import Facts, Party
from finemesh.model.decision import Decision
from finemesh.model.entity import COUNTRY_PROPS, NAME_PROPS
from finemesh.model.errors import UserError
from finemesh.resolution.judgements import Judged, judged, two
from finemesh.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which part of the queue is asked for; what is empty does not narrow it.

    Attributes:
        schema: Of either record.
        dataset: Of either record.
        country: ISO code of either record.
        reason: Words that the reason holds.
        low, high: Bounds of the score, both inclusive.
    """

    schema: str = ""
    dataset: str = ""
    country: str = ""
    reason: str = ""
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that may be one party.

    Attributes:
        left, right: Entity ids of the records.
        parties: The parties that would become one, as they were settled last.
        captions, schemata, datasets: Of the two records.
        reason: Why they are proposed.
        score: How sure the machine is, 0..1.
        gain: What an answer is worth: how unsure the machine is, times how many lists the two parties stand on.
    """

    left: str
    right: str
    parties: tuple[str, str]
    captions: tuple[str, str]
    schemata: tuple[str, str]
    datasets: tuple[tuple[str, ...], tuple[str, ...]]
    reason: str
    score: float
    gain: float

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "left": {"id": self.left, "caption": self.captions[0], "party": self.parties[0]},
            "right": {"id": self.right, "caption": self.captions[1], "party": self.parties[1]},
            "reason": self.reason,
            "score": self.score,
            "gain": round(self.gain, 4),
        }


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What waits for a person.

    Attributes:
        proposals: Those that the filter lets through, the most telling first.
        waiting: How many wait in all.
    """

    proposals: tuple[Proposal, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class LoadedQueue:
    """The queue as the tables have it; decisions that came later are counted when it is asked.

    Attributes:
        proposals: Every proposal, the most telling first.
        clusters: The party of each record that is proposed.
        countries: Of each record.
    """

    proposals: tuple[Proposal, ...]
    clusters: dict[str, str]
    countries: dict[str, frozenset[str]]

    def ask(self, decisions: Sequence[Decision], wanted: ReviewFilter) -> ReviewQueue:
        """What waits for a person now; of several pairs of the same two parties the most telling."""
        answered = _Answered(judged(decisions), self.clusters)
        found: dict[tuple[str, str], Proposal] = {}
        for proposal in self.proposals:
            parties = answered.parties(proposal.left, proposal.right)
            if parties is not None:
                found.setdefault(parties, proposal)
        kept = tuple(p for p in found.values() if self._fits(p, wanted))
        return ReviewQueue(kept, len(found))

    def _fits(self, proposal: Proposal, wanted: ReviewFilter) -> bool:
        return (
            wanted.low <= proposal.score <= wanted.high
            and (not wanted.schema or wanted.schema in proposal.schemata)
            and (not wanted.dataset or any(wanted.dataset in d for d in proposal.datasets))
            and (
                not wanted.country or any(wanted.country in self.countries[i] for i in (proposal.left, proposal.right))
            )
            and (not wanted.reason or wanted.reason.casefold() in proposal.reason.casefold())
        )


def load_queue(reader: Reader) -> LoadedQueue:
    """Read the queue from the tables."""
    rows = reader.rows("SELECT * FROM proposals")
    entities = _entities(reader, sorted({row[side] for row in rows for side in ("left", "right")}))
    lists = _lists(reader)
    proposals = [_proposal(row, entities, lists) for row in rows]
    return LoadedQueue(
        tuple(sorted(proposals, key=lambda p: (-p.gain, -p.score, p.left, p.right))),
        {id: e["cluster"] for id, e in entities.items()},
        {id: frozenset((e["countries"] or "").split(";")) for id, e in entities.items()},
    )


def _entities(reader: Reader, ids: list[str]) -> dict[str, dict[str, Any]]:
    rows = reader.rows(
        "SELECT entity, min(cluster) AS cluster, min(caption) AS caption, min(schema) AS schema,"
        " string_agg(DISTINCT dataset, ';' ORDER BY dataset) AS datasets, string_agg(countries, ';') AS countries"
        " FROM entities WHERE entity IN (SELECT unnest($ids)) GROUP BY entity",
        {"ids": ids},
    )
    return {row["entity"]: row for row in rows}


def _lists(reader: Reader) -> dict[str, int]:
    """On how many lists each party stands."""
    rows = reader.rows("SELECT cluster, count(DISTINCT dataset) AS found FROM entities GROUP BY cluster")
    return {row["cluster"]: row["found"] for row in rows}


class _Answered:
    """Which parties the decisions have joined or parted since the parties were settled."""

    def __init__(self, human: Judged, clusters: dict[str, str]) -> None:
        self._human = human
        self._clusters = clusters
        self._parent: dict[str, str] = {}
        for decision in human.same:
            one, other = self._party(decision.left), self._party(decision.right)
            if one != other:
                self._parent[max(one, other)] = min(one, other)
        self._apart = {two(self._party(a), self._party(b)) for a, b in human.apart}

    def _party(self, id: str) -> str:
        party = self._clusters.get(id, id)
        while party in self._parent:
            party = self._parent[party]
        return party

    def parties(self, left: str, right: str) -> tuple[str, str] | None:
        """The parties of two records; None where the pair is answered already."""
        pair = two(self._party(left), self._party(right))
        if pair[0] == pair[1] or pair in self._apart or two(left, right) in self._human.seen:
            return None
        return pair


def _proposal(row: dict[str, Any], entities: dict[str, dict[str, Any]], lists: dict[str, int]) -> Proposal:
    left, right, score = entities[row["left"]], entities[row["right"]], float(row["score"])
    return Proposal(
        row["left"],
        row["right"],
        (left["cluster"], right["cluster"]),
        (left["caption"], right["caption"]),
        (left["schema"], right["schema"]),
        (tuple(left["datasets"].split(";")), tuple(right["datasets"].split(";"))),
        row["reason"],
        score,
        _unsure(score) * (lists.get(left["cluster"], 1) + lists.get(right["cluster"], 1)),
    )


def _unsure(score: float) -> float:
    """The entropy of an answer that is yes with this probability, in bits."""
    if not 0 < score < 1:
        return 0.0
    return -(score * math.log2(score) + (1 - score) * math.log2(1 - score))


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of two records.

    Attributes:
        prop: FollowTheMoney property.
        left: Values of one record, each with whether the other has it too (case folded).
        right: Those of the other.
        verdict: ``same``, ``different`` or ``one side``.
    """

    prop: str
    left: tuple[tuple[Value, bool], ...]
    right: tuple[tuple[Value, bool], ...]
    verdict: str


def side_by_side(facts: Facts, left: str, right: str) -> tuple[Party, Party, list[Difference]]:
    """Two records with their parties, property by property, names and dates first.

    Raises:
        UserError: One of them is not in the case.
    """
    parties = facts.parties([left, right])
    for id in (left, right):
        if id not in parties:
            raise UserError(f"no such entity: {id!r}", hint="the search box finds parties by name")
    one, other = (values_of(facts, replace(parties[id], members=(id,))) for id in (left, right))
    return parties[left], parties[right], differences(one, other)


def differences(left: Sequence[Value], right: Sequence[Value]) -> list[Difference]:
    """The values of two records side by side."""
    ours, theirs = _grouped(left), _grouped(right)
    order = {prop: n for n, prop in enumerate((*NAME_PROPS, "birthDate", "gender", *COUNTRY_PROPS))}
    found = []
    for prop in sorted({*ours, *theirs}, key=lambda p: (order.get(p, 99), p)):
        one, other = ours.get(prop, []), theirs.get(prop, [])
        folded = [{v.value.casefold() for v in values} for values in (one, other)]
        verdict = "one side" if not one or not other else "same" if folded[0] & folded[1] else "different"
        found.append(
            Difference(
                prop,
                tuple((v, v.value.casefold() in folded[1]) for v in one),
                tuple((v, v.value.casefold() in folded[0]) for v in other),
                verdict,
            )
        )
    return found


def _grouped(values: Sequence[Value]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.prop, []).append(value)
    return found
