"""Ties between parties: what lists state and what documents claim, in one form.

A tie says who says it and in which stance. Parties that are only named together in a text have no tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from finemesh.analysis.documents import StoredClaim, stored_claim, told
from finemesh.analysis.entity import Edge, edges_of
from finemesh.analysis.facts import Facts, Party
from finemesh.model.claim import ClaimType, linked_ids
from finemesh.model.evidence import Evidence

_LIST_KINDS = {
    "UnknownLink": "linked to",
    "Ownership": "owns",
    "Directorship": "directs",
    "Family": "family",
    "Associate": "associate of",
    "Employment": "works for",
    "Membership": "member of",
    "Occupancy": "holds",
    "Representation": "acts for",
    "Succession": "succeeded by",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two parties, said by one list or one document.

    Attributes:
        source, target: Ids of the two parties; the direction is that of the words (owner to asset, supplier to
            recipient, holder to organisation).
        kind: ``ownership``, ``supply``, ``role``, ... or ``list`` for what a list states.
        label: The tie in a few words: ``supplies arms to``, ``director of``.
        stance: ``asserted``, ``denied``, ``planned`` or ``called_for``.
        speaker: Who says it: the document's speaker or publisher, or the list's publisher.
        start, end: Partial dates, or empty.
        evidence: What proves it.
        claim: Id of the claim, empty for lists.
        accepted: Whether a list states it, or a person has accepted the claim.
        relayed_by: The publisher of the document in which somebody else says so, or empty.
    """

    source: str
    target: str
    kind: str
    label: str
    stance: str
    speaker: str
    start: str
    end: str
    evidence: tuple[Evidence, ...]
    claim: str = ""
    accepted: bool = True
    relayed_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "from": self.source,
            "to": self.target,
            "kind": self.kind,
            "relation": self.label,
            "stance": self.stance,
            "speaker": self.speaker,
            "relayed_by": self.relayed_by or None,
            "start": self.start or None,
            "end": self.end or None,
            "claim": self.claim or None,
            "accepted": self.accepted,
            "evidence": [e.as_json() for e in self.evidence],
        }


def ties_of(facts: Facts, parties: Sequence[Party]) -> list[Tie]:
    """Every tie of some parties to anybody, in a fixed order."""
    found = edge_ties(facts, edges_of(facts, parties))
    wanted = {p.id for p in parties}
    claimed = claim_ties(facts, _claims(facts, parties))
    found += [t for t in claimed if t.source in wanted or t.target in wanted]
    found.sort(key=lambda t: (t.source, t.target, t.kind, t.label, t.claim))
    return found


def edge_ties(facts: Facts, edges: Sequence[Edge]) -> list[Tie]:
    """The ties that relations of lists are, in their order."""
    return [
        Tie(
            edge.source.id,
            edge.target.id,
            "list",
            _list_label(edge.kind, edge.values),
            "asserted",
            facts.publisher_of(edge.evidence),
            edge.values.get("startDate", [""])[0],
            edge.values.get("endDate", [""])[0],
            edge.evidence,
        )
        for edge in edges
    ]


def claim_ties(facts: Facts, claims: Sequence[StoredClaim]) -> list[Tie]:
    """The ties that claims tell of, in their order."""
    known = facts.parties({id for item in claims for id in linked_ids(item.claim)})
    return [tie for item in claims for tie in _claim_ties(facts, item, known)]


def _claims(facts: Facts, parties: Sequence[Party]) -> list[StoredClaim]:
    members = sorted({m for p in parties for m in p.members})
    rows = facts.reader.rows(
        "SELECT c.*, d.name AS source, d.published FROM claims c JOIN documents d USING (doc, sha256)"
        " WHERE c.type <> 'designation'"
        " AND EXISTS (SELECT 1 FROM unnest($ids) AS t(id) WHERE contains(c.entities, '\"' || t.id || '\"'))"
        " ORDER BY c.doc, c.offset_start, c.id",
        {"ids": members},
    )
    return told(facts.decided, map(stored_claim, rows))


def _claim_ties(facts: Facts, item: StoredClaim, known: dict[str, Party]) -> list[Tie]:
    claim = item.claim
    speaker = facts.speaker_of(claim, item.source)
    ties = []
    for source, target, label in _pairs(claim.type, claim.args, claim.entities):
        left, right = known.get(source), known.get(target)
        if left is None or right is None or left.id == right.id:
            continue
        ties.append(
            Tie(
                left.id,
                right.id,
                claim.type.value,
                label,
                claim.stance.value,
                speaker,
                claim.start or "",
                claim.end or "",
                (item.evidence,),
                item.id,
                item.accepted,
                (facts.publishers.get(claim.sha256) or item.source) if claim.speaker else "",
            )
        )
    return ties


def _pairs(kind: ClaimType, args: dict[str, Any], ids: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(from id, to id, label) of each pair that a claim ties."""
    one = {arg: id for arg, id in ids.items() if isinstance(id, str)}
    found: list[tuple[str | None, str | None, str]] = []
    if kind is ClaimType.ROLE:
        role = str(args.get("role") or "role")
        found.append((one.get("holder"), one.get("organisation"), f"{role} of"))
        if one.get("counterpart"):
            found.append((one.get("holder"), one.get("counterpart"), f"{role} for"))
    elif kind is ClaimType.SUPPLY:
        goods = str(args.get("goods") or "")
        found.append((one.get("supplier"), one.get("recipient"), f"supplies {goods} to".replace("  ", " ")))
        if one.get("via"):
            found.append((one.get("via"), one.get("recipient"), f"brokers {goods} for".replace("  ", " ")))
    elif kind is ClaimType.OWNERSHIP:
        share = f"{args['share']} of" if args.get("share") else ""
        found.append((one.get("owner"), one.get("asset"), f"owns {share}".strip()))
    elif kind is ClaimType.FAMILY:
        found.append((one.get("person"), one.get("relative"), str(args.get("relation") or "family")))
    elif kind is ClaimType.PAYMENT:
        found.append(
            (one.get("payer"), one.get("beneficiary"), f"pays {args.get('amount') or ''} to".replace("  ", " "))
        )
    else:
        several = ids.get("participants") or ids.get("parties") or []
        label = str(args.get("event") or "meets") if kind is ClaimType.MEETING else "partner of"
        found += [(a, b, label) for a, b in combinations(several, 2)]
    return [(a, b, label) for a, b, label in found if a and b]


def _list_label(kind: str, values: dict[str, list[str]]) -> str:
    said = values.get("role") or values.get("relationship") or []
    return said[0] if said else _LIST_KINDS.get(kind, kind)
