"""The network around some parties: nodes, and edges that say who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finemesh.analysis.coverage import coverage
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.ties import Tie, ties_of

MAX_NODES = 150


@dataclass(frozen=True, slots=True)
class Node:
    """A party in the picture.

    Attributes:
        party: The party.
        listed_by: Authorities that list it on the asked day.
        expanded: Whether its own ties are shown.
        more: Ties to parties that are not shown.
    """

    party: Party
    listed_by: tuple[str, ...]
    expanded: bool
    more: int

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**self.party.as_json(), "listed_by": list(self.listed_by), "expanded": self.expanded, "more": self.more}


@dataclass(frozen=True, slots=True)
class Bond:
    """All ties of one kind and stance between two parties.

    Attributes:
        source, target: Ids.
        kind, label, stance: As in the ties; the label is that of the first.
        speakers: Who says so, each once: independent voices.
        ties: The ties.
    """

    source: str
    target: str
    kind: str
    label: str
    stance: str
    speakers: tuple[str, ...]
    ties: tuple[Tie, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "from": self.source,
            "to": self.target,
            "kind": self.kind,
            "relation": self.label,
            "stance": self.stance,
            "speakers": list(self.speakers),
            "evidence": [e.as_json() for tie in self.ties for e in tie.evidence],
        }


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes in the order in which they came, and the bonds between them.

    Attributes:
        nodes: The expanded parties first, each followed by its neighbours.
        bonds: In a fixed order.
        left_out: Neighbours that did not fit.
    """

    nodes: tuple[Node, ...]
    bonds: tuple[Bond, ...]
    left_out: int

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "nodes": [n.as_json() for n in self.nodes],
            "edges": [b.as_json() for b in self.bonds],
            "left_out": self.left_out,
        }


def network(
    facts: Facts,
    ids: Sequence[str],
    authorities: Sequence[str],
    as_of: date,
    *,
    kinds: Sequence[str] = (),
    accepted: bool = False,
) -> Network:
    """The ties of some parties.

    Args:
        facts: The case.
        ids: Parties that are expanded, in the order in which they were chosen.
        authorities: Whose lists count for ``listed_by``.
        as_of: The day.
        kinds: Only ties of these kinds; all where empty.
        accepted: Only what lists state and what people have accepted.
    """
    found = facts.parties(ids)
    expanded = list(dict.fromkeys(found[id].id for id in ids if id in found))
    centres = facts.parties(expanded)
    ties = ties_of(facts, list(centres.values()))
    ties = [t for t in ties if (not kinds or t.kind in kinds) and (t.accepted or not accepted)]
    order: dict[str, None] = dict.fromkeys(expanded)
    for id in expanded:
        for other in _neighbours(id, ties):
            order.setdefault(other)
    shown = list(order)[:MAX_NODES]
    left_out = len(order) - len(shown)
    visible = set(shown)
    parties = facts.parties(shown)
    rows = coverage(
        facts, [(id, parties.get(id), 1.0) for id in shown], authorities, as_of, evidence=False, owned=False
    )
    listed = {row.query: tuple(a for a, c in row.cells.items() if c.state.in_force) for row in rows}
    degree = _degrees(ties)
    kept = [t for t in ties if t.source in visible and t.target in visible]
    inside = _degrees(kept)
    nodes = [Node(parties[id], listed[id], id in centres, degree[id] - inside[id]) for id in shown if id in parties]
    return Network(tuple(nodes), tuple(_bonds(kept)), left_out)


def _neighbours(id: str, ties: Sequence[Tie]) -> list[str]:
    """Ids tied to a party, those with the most ties first."""
    count: dict[str, int] = defaultdict(int)
    for tie in ties:
        if id in (tie.source, tie.target):
            count[tie.target if tie.source == id else tie.source] += 1
    return sorted(count, key=lambda other: (-count[other], other))


def _degrees(ties: Sequence[Tie]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for tie in ties:
        found[tie.source] += 1
        found[tie.target] += 1
    return found


def _bonds(ties: Sequence[Tie]) -> list[Bond]:
    groups: dict[tuple[str, str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        groups[tie.source, tie.target, tie.kind, tie.stance].append(tie)
    return [
        Bond(*key[:3], group[0].label, key[3], tuple(dict.fromkeys(t.speaker for t in group)), tuple(group))
        for key, group in sorted(groups.items())
    ]
