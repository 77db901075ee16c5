"""Path: how is one party tied to another? The shortest chain of ties, each with who says so.

A chain goes over what lists state and what documents assert, either way along each tie. What somebody denies, plans or
calls for is no tie of today and is passed over, unless it is asked for. Of chains of one length the one whose weakest
tie rests on most voices comes first. A short chain through a hub (a state, an army) says little: hubs can be left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from finemesh.analysis.documents import claims, told
from finemesh.analysis.entity import edge_pairs
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.ties import Tie, claim_ties, ties_of
from finemesh.model.evidence import Evidence

MAX_HOPS = 8
_CHAINS = 200
"""Chains of the shortest length that are looked at to find the best supported ones."""


@dataclass(frozen=True, slots=True)
class PathQuestion:
    """Which ties a path may use.

    Attributes:
        stances: Ties of these stances.
        kinds: Ties of these kinds; all where empty.
        avoid: Ids of parties through which no path may lead.
        accepted: Only what lists state and what people have accepted.
        hops: Ties at most.
        limit: Paths at most, all of the shortest length.
    """

    stances: tuple[str, ...] = ("asserted",)
    kinds: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    accepted: bool = False
    hops: int = MAX_HOPS
    limit: int = 1

    def allows(self, tie: Tie) -> bool:
        """Whether a path may use a tie."""
        return (
            tie.stance in self.stances
            and (not self.kinds or tie.kind in self.kinds)
            and (tie.accepted or not self.accepted)
        )


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, with every tie that makes it.

    Attributes:
        source, target: The parties, in the direction of the path.
        ties: The ties between the two, either way round; the one that most speak of first.
    """

    source: Party
    target: Party
    ties: tuple[Tie, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says so, each once."""
        return tuple(dict.fromkeys(t.speaker for t in self.ties))

    def as_json(self) -> dict[str, Any]:
        """The contract's hop, with every tie beside the first."""
        first = self.ties[0]
        evidence: list[Evidence] = list(
            dict.fromkeys(e for t in self.ties if t.label == first.label for e in t.evidence)
        )
        return {
            "from": self.source.caption,
            "to": self.target.caption,
            "from_id": self.source.id,
            "to_id": self.target.id,
            "relation": first.label,
            "kind": first.kind,
            "forward": first.source == self.source.id,
            "stance": first.stance,
            "speaker": first.speaker,
            "start": first.start or None,
            "end": first.end or None,
            "evidence": [e.as_json() for e in evidence],
            "ties": [t.as_json() for t in self.ties],
        }


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of ties from one party to another; of a party to itself it has no hops."""

    hops: tuple[Hop, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract's path object."""
        return {"hops": [hop.as_json() for hop in self.hops]}


def paths(facts: Facts, start: Party, end: Party, question: PathQuestion = PathQuestion()) -> list[Path]:
    """The shortest paths between two parties, the best supported first; none where nothing ties them."""
    if start.id == end.id:
        return [Path(())]
    around = _neighbours(facts, question)
    for hub in question.avoid:
        around.pop(hub, None)
    chains = _chains(around, start.id, end.id, question)
    known = facts.parties({id for chain in chains for id in chain})
    between: dict[tuple[str, str], tuple[Tie, ...]] = _between(facts, chains, known, question)
    found = [
        Path(tuple(Hop(known[a], known[b], between[a, b]) for a, b in pairwise(chain)))
        for chain in chains
        if all(between.get(pair) for pair in pairwise(chain))
    ]
    found.sort(key=lambda p: (-min(len(h.speakers) for h in p.hops), [(h.target.caption, h.target.id) for h in p.hops]))
    return found[: question.limit]


def _neighbours(facts: Facts, question: PathQuestion) -> dict[str, set[str]]:
    """Every tie of the case that may be used, as ids of parties side by side."""
    around: dict[str, set[str]] = defaultdict(set)
    pairs = edge_pairs(facts) if not question.kinds or "list" in question.kinds else []
    items = [item for item in told(facts.decided, claims(facts.reader)) if item.claim.stance.value in question.stances]
    pairs += [(tie.source, tie.target) for tie in claim_ties(facts, items) if question.allows(tie)]
    for one, two in pairs:
        around[one].add(two)
        around[two].add(one)
    return around


def _chains(around: dict[str, set[str]], start: str, end: str, question: PathQuestion) -> list[list[str]]:
    """The shortest chains of ids, in a fixed order (only so many as are looked at)."""
    before: dict[str, list[str]] = {start: []}
    edge = [start]
    for _ in range(question.hops):
        reached: dict[str, list[str]] = defaultdict(list)
        for here in edge:
            for there in around.get(here, ()):
                if there not in before and (there == end or there not in question.avoid):
                    reached[there].append(here)
        before |= {there: sorted(here) for there, here in reached.items()}
        edge = sorted(reached)
        if end in reached or not edge:
            break
    return _back(before, end) if end in before else []


def _back(before: dict[str, list[str]], end: str) -> list[list[str]]:
    chains = [[end]]
    while before[chains[0][0]]:
        chains = [[previous, *chain] for chain in chains for previous in before[chain[0]]][:_CHAINS]
    return chains


def _between(
    facts: Facts, chains: Sequence[Sequence[str]], known: dict[str, Party], question: PathQuestion
) -> dict[tuple[str, str], tuple[Tie, ...]]:
    """The ties of each step of some chains."""
    steps = {pair for chain in chains for pair in pairwise(chain)}
    starts: Collection[str] = {a for a, _ in steps}
    ties: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties_of(facts, [known[id] for id in sorted(starts) if id in known]):
        if question.allows(tie):
            for pair in ((tie.source, tie.target), (tie.target, tie.source)):
                if pair in steps:
                    ties[pair].append(tie)
    return {pair: tuple(_ranked(found)) for pair, found in ties.items()}


def _ranked(ties: Sequence[Tie]) -> list[Tie]:
    """Ties of two parties: those whose words most speakers use first, what lists state before what documents say."""
    voices: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        voices[tie.label].add(tie.speaker)
    unique = {(t.label, t.source, t.speaker, t.evidence): t for t in ties}
    return sorted(unique.values(), key=lambda t: (t.kind != "list", -len(voices[t.label]), t.label, t.speaker, t.claim))
