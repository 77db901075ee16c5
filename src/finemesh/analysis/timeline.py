"""Timeline: what is dated of a party, from lists and documents, in order.

Designations and their ends, what lists date of the party itself (birth, foundation, dissolution) and of its relations,
and what documents say happened. A partial date is a range: 2021-02 is any day of that month. What a document says
without a date is not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finemesh.analysis.claim_words import words
from finemesh.analysis.entity import claims_of, edges_of, values_of
from finemesh.analysis.facts import Facts, Party
from finemesh.model.claim import linked_ids
from finemesh.model.dates import first_day, is_date, last_day
from finemesh.model.designation import Designation
from finemesh.model.evidence import Evidence

_DATED = {
    "birthDate": "born",
    "deathDate": "died",
    "incorporationDate": "founded",
    "dissolutionDate": "dissolved",
    "buildDate": "built",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated.

    Attributes:
        date: Partial ISO date on which it happened or began.
        end: Partial ISO date on which it ended, or empty.
        kind: ``designation``, ``delisting``, a type of claims, a schema of relations, or ``life``.
        what: In words.
        stance, speaker: Who says so, and how.
        parties: Ids of the other parties.
        evidence: Where it stands.
        accepted: Whether a list states it or a person has accepted the claim.
        claim: Id of the claim, or empty.
    """

    date: str
    end: str
    kind: str
    what: str
    stance: str
    speaker: str
    parties: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    accepted: bool = True
    claim: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``earliest`` and ``latest`` are the days between which it happened or began."""
        return {
            "date": self.date,
            "end": self.end or None,
            "earliest": first_day(self.date).isoformat(),
            "latest": last_day(self.date).isoformat(),
            "kind": self.kind,
            "what": self.what,
            "stance": self.stance,
            "speaker": self.speaker or None,
            "parties": list(self.parties),
            "accepted": self.accepted,
            "claim": self.claim or None,
            "evidence": [e.as_json() for e in self.evidence],
        }


def timeline(facts: Facts, party: Party) -> list[Event]:
    """Every dated thing of a party; what is less exactly dated stands before what is dated within it."""
    found = [*_designations(facts, party), *_life(facts, party), *_relations(facts, party), *_said(facts, party)]
    return sorted(found, key=lambda e: (first_day(e.date), len(e.date), e.kind, e.what, e.speaker, e.claim))


def _designations(facts: Facts, party: Party) -> Iterator[Event]:
    designations = [d for found in facts.designations(party.members).values() for d in found]
    proof = facts.evidence(designations)
    for d in sorted(designations, key=lambda d: (d.dataset, d.id)):
        by_snapshot = proof.get((d.id, d.dataset), {})
        evidence = tuple(by_snapshot[max(by_snapshot)]) if by_snapshot else ()
        speaker = facts.publisher_of(evidence)
        began = d.designated or d.published
        if is_date(began):
            word = "designates" if d.designated else "publishes the designation of"
            what = f"{d.authority} {word} {party.caption}{_under(d)}"
            yield Event(began, "", "designation", what, "asserted", speaker, (), evidence)
        if is_date(d.delisted):
            what = f"{d.authority} delists {party.caption}{_under(d)}"
            yield Event(d.delisted, "", "delisting", what, "asserted", speaker, (), evidence)


def _under(designation: Designation) -> str:
    return f" ({designation.programme})" if designation.programme else ""


def _life(facts: Facts, party: Party) -> Iterator[Event]:
    for value in values_of(facts, party):
        if value.prop in _DATED and is_date(value.value):
            what = f"{party.caption} {_DATED[value.prop]}"
            speaker = facts.publisher_of(value.evidence)
            yield Event(value.value, "", "life", what, "asserted", speaker, (), value.evidence)


def _relations(facts: Facts, party: Party) -> Iterator[Event]:
    for edge in edges_of(facts, [party]):
        start, end = (edge.values.get(prop, [""])[0] for prop in ("startDate", "endDate"))
        start = start or edge.values.get("date", [""])[0]
        if is_date(start or end):
            label = (edge.values.get("role") or edge.values.get("relationship") or [edge.kind])[0]
            what = f"{edge.source.caption}, {label}: {edge.target.caption}"
            other = edge.target.id if edge.source.id == party.id else edge.source.id
            speaker = facts.publisher_of(edge.evidence)
            until = end if start else ""
            yield Event(start or end, until, edge.kind, what, "asserted", speaker, (other,), edge.evidence)


def _said(facts: Facts, party: Party) -> Iterator[Event]:
    items = [item for item in claims_of(facts, party) if item.claim.start or item.claim.end]
    ids = {id for item in items for id in linked_ids(item.claim)}
    clusters = {id: found.id for id, found in facts.parties(ids).items()}
    for item in items:
        claim = item.claim
        others = dict.fromkeys(clusters.get(id, id) for id in linked_ids(claim))
        others.pop(party.id, None)
        start, end = claim.start or claim.end or "", (claim.end or "") if claim.start else ""
        what = words(claim) if claim.start else f"until then: {words(claim)}"
        if is_date(start):
            yield Event(
                start, end, claim.type.value, what, claim.stance.value, facts.speaker_of(claim, item.source),
                tuple(others), (item.evidence,), item.accepted, item.id,
            )  # fmt: skip
