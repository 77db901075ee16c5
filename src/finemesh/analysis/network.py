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
from finemesh.model.dates import first_day, is_date, last_day

MAX_NODES = 150


@dataclass(frozen=True, slots=True)
class TieFilter:
    """Which ties are shown.

    Attributes:
        kinds: Of these kinds (``ownership``, ``supply``, ``list``, ...); all where empty.
        accepted: Only what lists state and what people have accepted.
        since, until: Partial dates: only ties that may have held between them. A tie without a date is left out then.
        voices: Only what these say: speakers, or those who relay them; all where empty.
    """

    kinds: tuple[str, ...] = ()
    accepted: bool = False
    since: str = ""
    until: str = ""
    voices: tuple[str, ...] = ()

    def allows(self, tie: Tie) -> bool:
        """Whether a tie is shown."""
        return (
            (not self.kinds or tie.kind in self.kinds)
            and (tie.accepted or not self.accepted)
            and (not self.voices or tie.speaker in self.voices or tie.relayed_by in self.voices)
            and self._held(tie)
        )

    def _held(self, tie: Tie) -> bool:
        if not self.since and not self.until:
            return True
        if not is_date(tie.start or tie.end):
            return False
        ended = self.since and is_date(tie.end) and last_day(tie.end) < first_day(self.since)
        later = self.until and is_date(tie.start) and first_day(tie.start) > last_day(self.until)
        return not ended and not later


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
        voices: Who says anything of the expanded parties, shown or not, in the order of the alphabet.
    """

    nodes: tuple[Node, ...]
    bonds: tuple[Bond, ...]
    left_out: int
    voices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "nodes": [n.as_json() for n in self.nodes],
            "edges": [b.as_json() for b in self.bonds],
            "left_out": self.left_out,
            "voices": list(self.voices),
        }


def network(
    facts: Facts,
    ids: Sequence[str],
    authorities: Sequence[str],
    as_of: date,
    wanted: TieFilter = TieFilter(),
) -> Network:
    """The ties of some parties.

    Args:
        facts: The case.
        ids: Parties that are expanded, in the order in which they were chosen.
        authorities: Whose lists count for ``listed_by``.
        as_of: The day.
        wanted: Which ties are shown.
    """
    found = facts.parties(ids)
    expanded = list(dict.fromkeys(found[id].id for id in ids if id in found))
    centres = facts.parties(expanded)
    every = ties_of(facts, list(centres.values()))
    ties = [tie for tie in every if wanted.allows(tie)]
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
    voices = sorted({voice for tie in every for voice in (tie.speaker, tie.relayed_by) if voice}, key=str.casefold)
    return Network(tuple(nodes), tuple(_bonds(kept)), left_out, tuple(voices))


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
