"""The whole case as a graph: every tie that lists state, and those of claims that were chosen.

Which claims go in is said, never silent: those that people have accepted or corrected (the default), those besides that
nobody has decided about, or none. What people rejected never goes in; what they disagree about only with ``all``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finemesh.analysis.coverage import coverage
from finemesh.analysis.documents import StoredClaim, claims, told
from finemesh.analysis.entity import edges_of
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.ties import Tie, claim_ties, edge_ties


class Which(StrEnum):
    """Which claims go into an export."""

    ACCEPTED = "accepted"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims of an export.

    Attributes:
        claims: Those that go in.
        open: How many were left out because nobody has decided about them.
        rejected: How many were left out because people say that the document does not say so, or disagree.
    """

    claims: tuple[StoredClaim, ...]
    open: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Parties and their ties.

    Attributes:
        parties: Every party that has a tie, by id.
        ties: Every tie, in a fixed order.
        listed_by: Authorities that list a party on the asked day, by id.
    """

    parties: dict[str, Party]
    ties: tuple[Tie, ...]
    listed_by: dict[str, tuple[str, ...]]


def choose(facts: Facts, which: Which) -> Chosen:
    """The claims that go into an export, in the order of their documents."""
    every = told(facts.decided, claims(facts.reader), rejected=True)
    good = [c for c in every if which is not Which.NONE and (c.accepted or (which is Which.ALL and not c.rejected))]
    kept = {id(c) for c in good}
    left = [c for c in every if id(c) not in kept]
    undecided = sum(c.answer is None for c in left)
    return Chosen(tuple(good), undecided, sum(c.rejected or (c.answer is not None and not c.accepted) for c in left))


def graph(facts: Facts, chosen: Sequence[StoredClaim], authorities: Sequence[str], as_of: date) -> Graph:
    """The graph of lists and some claims."""
    ties = [*edge_ties(facts, edges_of(facts, None)), *claim_ties(facts, chosen)]
    ties.sort(key=lambda t: (t.source, t.target, t.kind, t.label, t.claim, t.start))
    parties = facts.parties({id for t in ties for id in (t.source, t.target)})
    wanted = {id: parties[id] for id in sorted({id for t in ties for id in (t.source, t.target)}) if id in parties}
    rows = coverage(facts, [(id, p, 1.0) for id, p in wanted.items()], authorities, as_of, evidence=False, owned=False)
    listed = {row.query: tuple(code for code, cell in row.cells.items() if cell.state.in_force) for row in rows}
    return Graph(wanted, tuple(ties), listed)
