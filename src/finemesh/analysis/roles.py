"""Roles: who holds which role where, from when to when, as lists state and documents say.

Tenures of one holder, role and organisation that agree (one of them perhaps less exact) are one row with everybody who
says so. On a day a role is

* ``held`` where its dates say so, or where no end is given and it had begun;
* ``ended`` or ``not begun`` where its dates say so, or the title does ("former director");
* ``undated`` where neither a list nor a document gives a date: it was said on the day of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finemesh.analysis.documents import StoredClaim, claims, told
from finemesh.analysis.entity import Edge, edges_of, values_of
from finemesh.analysis.facts import Facts, Party
from finemesh.model.claim import ClaimType
from finemesh.model.dates import by, last_day
from finemesh.model.evidence import Evidence

HELD, ENDED, NOT_BEGUN, UNDATED = "held", "ended", "not begun", "undated"
_LIST_ROLES = {"Directorship": "director", "Employment": "employee", "Membership": "member", "Occupancy": "holder"}
_FORMER = re.compile(r"\b(former|ex|late|then|previous)\b[- ]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A party of a role: its name, and its id where the case knows it."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """One tenure.

    Attributes:
        holder, organisation, counterpart: The parties; an organisation or counterpart may be empty.
        role: The title as it is written.
        start, end: Partial dates, or empty.
        status: On the asked day: ``held``, ``ended``, ``not begun`` or ``undated``.
        stance: ``asserted``, ``denied``, ``planned`` or ``called_for``.
        speakers: Who says so, each once.
        said: Dates of the documents that say so, in order.
        evidence: Where it stands.
        accepted: Whether a list states it or a person has accepted a claim of it.
    """

    holder: Named
    role: str
    organisation: Named
    counterpart: Named
    start: str
    end: str
    status: str
    stance: str
    speakers: tuple[str, ...]
    said: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    accepted: bool

    def as_json(self) -> dict[str, Any]:
        """The contract's role object."""
        return {
            "holder": self.holder.name,
            "holder_id": self.holder.id or None,
            "role": self.role,
            "organisation": self.organisation.name or None,
            "organisation_id": self.organisation.id or None,
            "counterpart": self.counterpart.name or None,
            "start": self.start or None,
            "end": self.end or None,
            "status": self.status,
            "stance": self.stance,
            "speakers": list(self.speakers),
            "said": list(self.said),
            "accepted": self.accepted,
            "evidence": [e.as_json() for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class _Told:
    """One source's word for a role."""

    holder: Named
    role: str
    organisation: Named
    counterpart: Named
    start: str
    end: str
    stance: str
    speaker: str
    said: str
    evidence: tuple[Evidence, ...]
    accepted: bool


def roles(
    facts: Facts, day: date, *, holder: Party | None = None, organisation: Party | None = None, held: bool = False
) -> list[Role]:
    """Roles by holder, organisation, time and title.

    Args:
        facts: The case.
        day: For the status.
        holder: Only roles of this party.
        organisation: Only roles in this party.
        held: Leave out what had ended or had not begun on the day.
    """
    claimed = [c for c in told(facts.decided, claims(facts.reader)) if c.claim.type is ClaimType.ROLE]
    found = _of_claims(facts, claimed)
    chosen = [p for p in (holder, organisation) if p is not None]
    found += [_of_edge(facts, edge) for edge in edges_of(facts, chosen or None, tuple(_LIST_ROLES))]
    if holder is not None and organisation is None:
        found += _of_positions(facts, holder)
    wanted = [
        t
        for t in found
        if (holder is None or t.holder.id == holder.id)
        and (organisation is None or t.organisation.id == organisation.id)
    ]
    rows = [_role(group, day) for group in _same(wanted)]
    rows = [r for r in rows if not held or r.status in (HELD, UNDATED)]
    return sorted(
        rows, key=lambda r: (r.holder.name.casefold(), r.organisation.name.casefold(), r.start or "9", r.role)
    )


def _of_claims(facts: Facts, items: Sequence[StoredClaim]) -> list[_Told]:
    ids = {str(id) for c in items for id in c.claim.entities.values() if isinstance(id, str)}
    known = facts.parties(ids)

    def named(item: StoredClaim, arg: str) -> Named:
        party = known.get(str(item.claim.entities.get(arg) or ""))
        return Named(party.caption, party.id) if party else Named(str(item.claim.args.get(arg) or ""))

    return [
        _Told(
            named(c, "holder"),
            str(c.claim.args.get("role") or ""),
            named(c, "organisation"),
            named(c, "counterpart"),
            c.claim.start or "",
            c.claim.end or "",
            c.claim.stance.value,
            facts.speaker_of(c.claim, c.source),
            c.published,
            (c.evidence,),
            c.accepted,
        )
        for c in items
    ]


def _of_edge(facts: Facts, edge: Edge) -> _Told:
    def first(*props: str) -> str:
        return next((edge.values[p][0] for p in props if edge.values.get(p)), "")

    return _Told(
        Named(edge.source.caption, edge.source.id),
        first("role", "description") or _LIST_ROLES[edge.kind],
        Named(edge.target.caption, edge.target.id),
        Named(""),
        first("startDate", "date"),
        first("endDate"),
        "asserted",
        facts.publisher_of(edge.evidence),
        "",
        edge.evidence,
        True,
    )


def _of_positions(facts: Facts, holder: Party) -> list[_Told]:
    """What lists write as somebody's position: a title, the organisation in its words."""
    return [
        _Told(Named(holder.caption, holder.id), v.value, Named(""), Named(""), "", "", "asserted",
              facts.publisher_of(v.evidence), v.last_seen, v.evidence, True)
        for v in values_of(facts, holder)
        if v.prop == "position"
    ]  # fmt: skip


def _same(told: Iterable[_Told]) -> list[list[_Told]]:
    """Tenures that agree: one holder, title, organisation, counterpart and stance, and dates that may be one."""
    groups: dict[tuple[str, ...], list[list[_Told]]] = defaultdict(list)
    for item in told:
        parties = (item.holder, item.organisation, item.counterpart)
        key = (*(p.id or p.name.casefold() for p in parties), " ".join(item.role.casefold().split()), item.stance)
        group = next((g for g in groups[key] if all(_agree(item, other) for other in g)), None)
        if group is None:
            groups[key].append([item])
        else:
            group.append(item)
    return [group for found in groups.values() for group in found]


def _agree(one: _Told, two: _Told) -> bool:
    pairs = ((one.start, two.start), (one.end, two.end))
    return all(not a or not b or a.startswith(b) or b.startswith(a) for a, b in pairs)


def _role(group: Sequence[_Told], day: date) -> Role:
    first = group[0]
    start, end = (max((getattr(t, n) for t in group), key=len) for n in ("start", "end"))
    return Role(
        first.holder,
        first.role,
        first.organisation,
        first.counterpart,
        start,
        end,
        status(first.role, start, end, day),
        first.stance,
        tuple(dict.fromkeys(t.speaker for t in group if t.speaker)),
        tuple(sorted({t.said for t in group if t.said})),
        tuple(dict.fromkeys(e for t in group for e in t.evidence)),
        any(t.accepted for t in group),
    )


def status(role: str, start: str, end: str, day: date) -> str:
    """Whether a role is held on a day, as far as its dates and its title tell."""
    if end and last_day(end) < day:
        return ENDED
    if start and by(start, day) is False:
        return NOT_BEGUN
    if _FORMER.match(role):
        return ENDED
    return HELD if start or end else UNDATED
