"""Which records are one party: pairs with a reason, joined into clusters under what people have decided.

Records are joined when they share a strong identifier, or a name together with a birth date, or a name that means
nobody else, or when the entity scorer is as sure as :mod:`finemesh.resolution.alike` demands; and when nothing
contradicts (:mod:`finemesh.resolution.facts`). What people decided goes before all of this: what they join is joined
whatever contradicts, and what they keep apart is never brought together, not by any chain of other records either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from finemesh.model.decision import Decision
from finemesh.model.entity import EntityRecord
from finemesh.resolution.candidates import DOUBT, Candidate, Step, by_name, exact_candidates
from finemesh.resolution.facts import ANY, Facts, clash, contradiction, facts_of, reservation
from finemesh.resolution.judgements import Conflict, Judged, judged, two
from finemesh.resolution.names import weighed

__all__ = ["Clusters", "Gathered", "Pair", "Resolution", "contradiction", "gather", "resolve", "settle"]

Alike = Callable[["Clusters", Sequence[EntityRecord]], Sequence[Candidate]]
"""Finds pairs that resemble each other, among records that exact reasons have not joined."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records that are (or may be) one party.

    Attributes:
        left, right: Entity ids, in order.
        reason: Why, in words.
        score: How sure, 0..1.
    """

    left: str
    right: str
    reason: str
    score: float


class Clusters:
    """Entity ids joined into parties; a join that would bring a contradiction together is refused.

    Args:
        facts: Every record's facts; records of one entity id (in several datasets) are one party from the start.
        apart: Pairs of ids that are never brought together.
    """

    def __init__(self, facts: Iterable[Facts], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._groups: dict[str, list[list[Facts]]] = {}
        own: dict[str, list[Facts]] = defaultdict(list)
        for item in facts:
            self._parent[item.id] = item.id
            own[item.id].append(item)
        self._groups = {id: [group] for id, group in own.items()}
        self._against: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            self._against[left].add(right)
            self._against[right].add(left)

    def __contains__(self, id: object) -> bool:
        return id in self._parent

    def root(self, id: str) -> str:
        """What stands for the party of an entity: the smallest id among its members."""
        parent = self._parent
        while parent[id] != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    def members(self, id: str) -> list[str]:
        """The entity ids of a party, sorted."""
        return sorted({f.id for group in self._groups[self.root(id)] for f in group})

    def kept_apart(self, left: str, right: str) -> bool:
        """Whether a person keeps some record of one party from some record of the other."""
        one, other = self._ids(left), self._ids(right)
        return any(not self._against[id].isdisjoint(other) for id in one if id in self._against)

    def _ids(self, id: str) -> set[str]:
        return {f.id for group in self._groups[self.root(id)] for f in group}

    def against(self, left: str, right: str) -> str:
        """What speaks against two parties being one; empty where nothing does."""
        for ours in self._groups[self.root(left)]:
            for theirs in self._groups[self.root(right)]:
                if found := clash(ours, theirs):
                    return found
        return ""

    def join(self, left: str, right: str) -> bool:
        """Join two parties, unless a person keeps them apart or some records of theirs contradict each other.

        Returns:
            Whether they are one party now.
        """
        one, other = self.root(left), self.root(right)
        if one == other:
            return True
        if self.kept_apart(one, other) or self.against(one, other):
            return False
        self._unite(one, other)
        return True

    def judge_same(self, left: str, right: str) -> None:
        """Join two parties because a person says so; from now on their records speak as one."""
        one, other = self.root(left), self.root(right)
        ours = self._group_of(left)
        theirs = self._group_of(right)
        if one != other:
            self._unite(one, other)
        if ours is not theirs:
            ours += theirs
            groups = self._groups[self.root(left)]
            groups[:] = [g for g in groups if g is not theirs]

    def clash_of(self, left: str, right: str) -> str:
        """What speaks against two records being one party; what people have joined with them speaks with them."""
        return clash(self._group_of(left), self._group_of(right))

    def _group_of(self, id: str) -> list[Facts]:
        return next(g for g in self._groups[self.root(id)] if any(f.id == id for f in g))

    def _unite(self, one: str, other: str) -> None:
        low, high = min(one, other), max(one, other)
        self._parent[high] = low
        self._groups[low] += self._groups.pop(high)

    def all(self) -> dict[str, str]:
        """What stands for the party of each entity id."""
        return {id: self.root(id) for id in self._parent}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which records are one party, and which may be.

    Attributes:
        clusters: The party of each entity id: the member that was seen first.
        pairs: What made it so, in a fixed order.
        doubts: Pairs that may be one party, but of which no machine can be sure: for a person to judge.
        conflicts: Decisions that contradict each other.
    """

    clusters: dict[str, str]
    pairs: list[Pair]
    doubts: list[Pair]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that settling needs; it does not depend on what people decide.

    Attributes:
        facts: Of each record.
        candidates: Pairs with their reasons.
    """

    facts: list[Facts]
    candidates: list[Candidate]

    def by_id(self) -> dict[str, list[Facts]]:
        """The facts of each entity id."""
        own: dict[str, list[Facts]] = defaultdict(list)
        for item in self.facts:
            own[item.id].append(item)
        return own


def gather(records: Sequence[EntityRecord], alike: Alike | None = None) -> Gathered:
    """Find every pair worth a thought; the order in which records come plays no part."""
    records = sorted(records, key=lambda r: (r.id, r.dataset))
    facts = [facts_of(r) for r in records]
    own = Gathered(facts, []).by_id()
    candidates = _reserved(weighed(exact_candidates(records, by_name(records)), records), own)
    if alike is not None:
        clusters = Clusters(facts)
        _join_exact(clusters, candidates, Judged())
        candidates = sorted([*candidates, *_reserved(alike(clusters, records), own)])
    return Gathered(facts, candidates)


def _reserved(candidates: Iterable[Candidate], own: Mapping[str, Sequence[Facts]]) -> list[Candidate]:
    """The candidates; what rests on names alone is not sure where there is a reservation."""
    return [
        replace(c, sure=False) if c.sure and c.step >= Step.NAME and reservation(own[c.left], own[c.right]) else c
        for c in candidates
    ]


def resolve(records: Sequence[EntityRecord], decisions: Sequence[Decision] = ()) -> Resolution:
    """Find the parties behind some records, by exact reasons and decisions alone."""
    return settle(gather(records), decisions)


def settle(gathered: Gathered, decisions: Sequence[Decision] = ()) -> Resolution:
    """Join the records of a case into parties, under what people have decided."""
    human = judged(decisions)
    clusters = Clusters(gathered.facts, human.apart)
    own = gathered.by_id()
    pairs: dict[tuple[str, str], Pair] = {}
    for decision in human.same:
        if decision.left in clusters and decision.right in clusters:
            key = two(decision.left, decision.right)
            pairs[key] = Pair(*key, _said(decision, own[key[0]], own[key[1]]), 1.0)
            clusters.judge_same(*key)
    for pair in _join_exact(clusters, gathered.candidates, human):
        pairs.setdefault((pair.left, pair.right), pair)
    alike = [c for c in gathered.candidates if c.step == Step.ALIKE and c.sure]
    for item in sorted(alike, key=lambda c: (-c.score, c.left, c.right)):
        if (item.left, item.right) not in human.seen and clusters.join(item.left, item.right):
            pairs.setdefault((item.left, item.right), _pair(item))
    for item in (c for c in gathered.candidates if c.step == Step.LINK):
        known = item.left in clusters and item.right in clusters
        if known and (item.left, item.right) not in human.seen and clusters.join(item.left, item.right):
            pairs.setdefault((item.left, item.right), _pair(item))
    named = _names(gathered, clusters)
    return Resolution(
        {id: named[root] for id, root in clusters.all().items()},
        [pairs[key] for key in sorted(pairs)],
        _doubts(clusters, gathered.candidates, human),
        human.conflicts,
    )


def _join_exact(clusters: Clusters, candidates: Sequence[Candidate], human: Judged) -> list[Pair]:
    """Join what shares an identifier, then a name and a birth date, then a name; pairs that did it, in that order."""
    found: dict[tuple[str, str], Pair] = {}
    for step in (Step.IDENTIFIER, Step.BIRTH_DATE, Step.NAME):
        sure: list[Candidate] = []
        own = [c for c in candidates if c.step == step]
        for _, group in groupby(own, key=lambda c: c.key):
            sure += _sure(clusters, list(group), strict=step == Step.NAME)
        for item in sure:
            key = (item.left, item.right)
            if key not in found and key not in human.seen and clusters.join(*key):
                found[key] = _pair(item)
    return list(found.values())


def _sure(clusters: Clusters, group: list[Candidate], *, strict: bool) -> list[Candidate]:
    """The pairs of one key that may be joined: all sure ones where it means one party, else what meets no rival.

    Where it is strict, a key that means two parties joins nobody.
    """
    roots = sorted({clusters.root(id) for c in group for id in (c.left, c.right)})
    rivals: set[str] = set()
    for position, one in enumerate(roots):
        for other in roots[position + 1 :]:
            if clusters.kept_apart(one, other) or clusters.against(one, other):
                rivals.update((one, other))
    if strict and rivals:
        return []
    return [c for c in group if c.sure and not rivals & {clusters.root(c.left), clusters.root(c.right)}]


def _doubts(clusters: Clusters, candidates: Sequence[Candidate], human: Judged) -> list[Pair]:
    """Pairs that share something and that nothing contradicts, but that were not joined and that nobody has judged."""
    found: dict[tuple[str, str], Pair] = {}
    for item in candidates:  # exact reasons come first: how alike two namesakes are says nothing more of them
        key = (item.left, item.right)
        if item.step == Step.LINK:
            continue
        if clusters.root(item.left) == clusters.root(item.right) or key in human.seen:
            continue
        if clusters.kept_apart(*key) or clusters.clash_of(*key):
            continue
        score = item.score if item.step == Step.ALIKE else min(item.score, DOUBT)
        found.setdefault(key, Pair(*key, item.reason, score))
    return [found[key] for key in sorted(found)]


def _pair(item: Candidate) -> Pair:
    return Pair(item.left, item.right, item.reason, item.score)


def _said(decision: Decision, left: Sequence[Facts], right: Sequence[Facts]) -> str:
    """The reason of a join that a person made."""
    against = clash(left, right)
    said = f"judged the same by {decision.who} on {decision.when[:10]} (decision {decision.number})"
    return said + (f", although {against}" if against else "") + (f": {decision.note}" if decision.note else "")


def _names(gathered: Gathered, clusters: Clusters) -> dict[str, str]:
    """The canonical id of each party: that of the listed member which was seen first.

    So a newer snapshot, or a list that is younger than those of the case, does not rename a party that it joins; and
    the id depends on what the case holds, not on the order in which it came. (Every id of a member finds the party.)
    """
    best: dict[str, tuple[int, str, str, str]] = {}
    for item in gathered.facts:
        root = clusters.root(item.id)
        key = (int(item.kind == ANY), item.first_seen, item.dataset, item.id)
        if root not in best or key < best[root]:
            best[root] = key
    return {root: key[-1] for root, key in best.items()}
