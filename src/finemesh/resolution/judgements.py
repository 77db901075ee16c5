"""What people have decided, as it stands now: which decisions are in force, and which of them contradict each other.

Nothing here depends on the order of the log, so that two copies of it can be joined either way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from finemesh.model.decision import Decision, Judgement

JUDGEMENT, CLAIM, UNDO = "judgement", "claim", "undo"
"""Kinds of decisions: on two records, on a claim, and on a decision."""

Two = tuple[str, str]


def two(left: str, right: str) -> Two:
    """A pair of ids in order."""
    return (left, right) if left <= right else (right, left)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Decisions that cannot all be right; a person has to take one back.

    Attributes:
        left, right: The two records that are said to be one, and not to be one.
        same: Decisions that make them one, in order of the chain.
        apart: Decisions that keep them apart.
    """

    left: str
    right: str
    same: tuple[Decision, ...]
    apart: tuple[Decision, ...]

    @property
    def text(self) -> str:
        """The conflict in words."""
        same, apart = (", ".join(_told(d) for d in given) for given in (self.same, self.apart))
        return f"{self.left} and {self.right} are one by decision {same}, and two by decision {apart}"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "left": self.left,
            "right": self.right,
            "same": [d.number for d in self.same],
            "apart": [d.number for d in self.apart],
            "text": self.text,
        }


def _told(decision: Decision) -> str:
    number = str(decision.number) if decision.number else "now"
    return f"{number} ({decision.left} {decision.value} {decision.right}, {decision.who})"


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements in force.

    Attributes:
        same: Decisions that join, oldest first, without those of :attr:`conflicts` that would bring together what
            somebody keeps apart: ``not same`` is kept.
        apart: Pairs that are kept apart, with the decisions that say so.
        seen: Every pair that a person has looked at, those that were left open as unsure among them.
        conflicts: What contradicts each other.
    """

    same: tuple[Decision, ...] = ()
    apart: Mapping[Two, tuple[Decision, ...]] = field(default_factory=dict)
    seen: frozenset[Two] = frozenset()
    conflicts: tuple[Conflict, ...] = ()


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that nobody has taken back, oldest first; taking back an undo brings back what it undid."""
    undos: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.kind == UNDO:
            undos[decision.left].append(decision)
    dead: dict[str, bool] = {}

    def is_dead(id: str) -> bool:
        if id not in dead:
            dead[id] = False
            dead[id] = any(not is_dead(u.id) for u in undos[id])
        return dead[id]

    return [d for d in sorted(decisions, key=_age) if not is_dead(d.id)]


def about_parties(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions without those about claims (and without what takes them back): parties do not depend on these."""
    claims = {d.id for d in decisions if d.kind == CLAIM}
    while more := {d.id for d in decisions if d.kind == UNDO and d.left in claims} - claims:
        claims |= more
    return [d for d in decisions if d.id not in claims]


def _age(decision: Decision) -> tuple[str, str]:
    return decision.when, decision.id


def standing(decisions: Sequence[Decision]) -> dict[Two, list[Decision]]:
    """The judgement in force of each person on each pair: a person's later answer takes the place of the earlier."""
    found: dict[tuple[Two, str], Decision] = {}
    for decision in in_force(decisions):
        if decision.kind == JUDGEMENT:
            found[two(decision.left, decision.right), decision.who] = decision
    pairs: dict[Two, list[Decision]] = defaultdict(list)
    for (pair, _), decision in found.items():
        pairs[pair].append(decision)
    return {pair: sorted(given, key=_age) for pair, given in pairs.items()}


def judged(decisions: Sequence[Decision]) -> Judged:
    """What the log says now."""
    same: list[Decision] = []
    apart: dict[Two, tuple[Decision, ...]] = {}
    pairs = standing(decisions)
    for pair, given in sorted(pairs.items()):
        by_value = {v: tuple(d for d in given if d.value == v) for v in Judgement}
        if by_value[Judgement.NOT_SAME]:
            apart[pair] = by_value[Judgement.NOT_SAME]
        same += by_value[Judgement.SAME]
    joined, conflicts = _join(sorted(same, key=_age), apart)
    return Judged(tuple(joined), apart, frozenset(pairs), tuple(conflicts))


def _join(same: Iterable[Decision], apart: Mapping[Two, tuple[Decision, ...]]) -> tuple[list[Decision], list[Conflict]]:
    """Join oldest first; what would bring together a pair that is kept apart is a conflict, and is not joined."""
    groups: dict[str, set[str]] = {}
    against = _against(apart)
    joined: list[Decision] = []
    conflicts: list[Conflict] = []
    for decision in same:
        ours = groups.setdefault(decision.left, {decision.left})
        theirs = groups.setdefault(decision.right, {decision.right})
        broken = sorted(two(a, b) for a in ours for b in against.get(a, ()) if b in theirs)
        for pair in broken:
            chain = chain_of([*joined, decision], *pair)
            conflicts.append(Conflict(*pair, tuple(chain), apart[pair]))
        if broken:
            continue
        joined.append(decision)
        if ours is not theirs:
            ours |= theirs
            for id in theirs:
                groups[id] = ours
    return joined, conflicts


def _against(apart: Iterable[Two]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in apart:
        found[left].add(right)
        found[right].add(left)
    return found


def chain_of(same: Sequence[Decision], start: str, end: str) -> list[Decision]:
    """The shortest chain of decisions that makes one of two records; empty where none does."""
    links: dict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for decision in same:
        links[decision.left].append((decision.right, decision))
        links[decision.right].append((decision.left, decision))
    came: dict[str, tuple[str, Decision] | None] = {start: None}
    todo = [start]
    for here in todo:
        for there, decision in links[here]:
            if there not in came:
                came[there] = here, decision
                todo.append(there)
    return list(reversed(list(_way_back(came, end)))) if end in came else []


def _way_back(came: Mapping[str, tuple[str, Decision] | None], end: str) -> Iterator[Decision]:
    step = came[end]
    while step is not None:
        end, decision = step
        yield decision
        step = came[end]


def new_conflicts(decisions: Sequence[Decision], new: Sequence[Decision]) -> list[Conflict]:
    """The conflicts that further decisions would bring."""
    before = {(c.left, c.right) for c in judged(decisions).conflicts}
    return [c for c in judged([*decisions, *new]).conflicts if (c.left, c.right) not in before]
