"""Claim check: is what a document says about sanctions true, by the lists, on that day?

The rules are in :mod:`finemesh.analysis.check_rules`. A claim names its target; which party that is, is asked of the
authority that it speaks of: of the parties whose names fit about equally well, the one counts that it lists.
So "sanctioned by the UK" is not denied because another list writes the same name a little better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from finemesh.analysis.check_rules import (
    CONFIRMED,
    CONTRADICTED,
    NOT_CHECKABLE,
    UNCONFIRMED,
    dates_agree,
    judge,
    judge_absence,
    means_everybody,
    too_old,
)
from finemesh.analysis.coverage import CoverageRow, coverage
from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import COUNTRY, Facts, Party
from finemesh.analysis.screening import CLOSE, document_party, find_target
from finemesh.matching.index import Index, Query
from finemesh.matching.plain import plain_name
from finemesh.model.authority import find_authority
from finemesh.model.claim import ClaimType, Stance
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.dates import last_day
from finemesh.model.designation import Cell, State
from finemesh.model.entity import NAME_PROPS

MATCH = 0.6
"""Score from which a name of a claim is taken for a party of the lists."""
_EQUAL = 0.05
"""By so much two scores may differ and still fit about equally well."""
_NEAR = 3
_SPELLINGS = 8


@dataclass(frozen=True, slots=True)
class Near:
    """An entry of the authority whose name is like the claimed one, but not close enough to be taken for it."""

    party: Party
    score: float
    cell: Cell

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            **self.party.as_json(),
            "score": round(self.score, 4),
            "designated": self.cell.designated,
            "reference": self.cell.reference,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the lists say of one designation claim.

    Attributes:
        claim: The claim.
        verdict: One of four.
        as_of: The day.
        authority: Code of the authority, empty where it is not known.
        target: The party that the lists know by that name, or None.
        cell: The cell of that party and authority on that day, or None.
        match: How well the names fit, 0..1.
        note: In words, what a reader should know.
        others: Other authorities that list the target on that day, with the date.
        delisted: Authorities that listed the target before that day and do not any more, with the date.
        spellings: Other names of the list's entry.
        near: Entries of the authority with a name like it, where the target was not found.
        date_agrees: Whether the list designates the target on the date that the document gives; None where one of the
            two gives none.
    """

    claim: StoredClaim
    verdict: str
    as_of: date
    authority: str
    target: Party | None
    cell: Cell | None
    match: float
    note: str
    others: dict[str, str]
    delisted: dict[str, str] = field(default_factory=dict)
    spellings: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    date_agrees: bool | None = None

    @property
    def fix(self) -> str:
        """What a writer should look at before the document is published, in words; empty where nothing is."""
        stance, cell = self.claim.claim.stance, self.cell
        if self.verdict == CONTRADICTED:
            return "the list says otherwise"
        if self.verdict == UNCONFIRMED:
            return "not proven by the lists"
        if cell is not None and cell.state.in_force and stance in (Stance.CALLED_FOR, Stance.PLANNED):
            return f"done already: listed since {cell.designated or 'a date that is not published'}"
        if self.date_agrees is False:
            return f"the document says {self.claim.claim.start}, the list {cell.designated if cell else ''}"
        return ""

    def as_json(self) -> dict[str, Any]:
        """The contract's check object."""
        return {
            "claim": self.claim.as_json(),
            "verdict": self.verdict,
            "as_of": self.as_of.isoformat(),
            "authority": self.authority or None,
            "cell": self.cell.as_json() if self.cell else None,
            "match": {**self.target.as_json(), "score": round(self.match, 4)} if self.target else None,
            "note": self.note,
            "fix": self.fix or None,
            "others": self.others,
            "delisted": self.delisted,
            "spellings": list(self.spellings),
            "near": [n.as_json() for n in self.near],
            "date_agrees": self.date_agrees,
        }


@dataclass(frozen=True, slots=True)
class _Lists:
    """What every claim is checked against."""

    index: Index
    facts: Facts
    authorities: Sequence[str]


def check(
    index: Index,
    facts: Facts,
    stored: Sequence[StoredClaim],
    authorities: Sequence[str],
    *,
    as_of: date | None,
    today: date,
) -> list[Verdict]:
    """The verdict on each designation claim of some documents, in their order.

    Args:
        index: The index of names.
        facts: The lists.
        stored: Claims; those that are no designation are passed over.
        authorities: Columns of the case, for what else is known of a target.
        as_of: The day; None takes each document's own date.
        today: For documents without a date.
    """
    lists = _Lists(index, facts, authorities)
    claims = [item for item in stored if item.claim.type is ClaimType.DESIGNATION]
    said = _said(claims)
    verdicts = []
    for item in claims:
        day = as_of or (last_day(item.published) if item.published else today)
        verdicts.append(_check(lists, item, day, said[item.claim.sha256, _target(item).casefold()]))
    return _with_spellings(facts, verdicts)


def _target(item: StoredClaim) -> str:
    return str(item.claim.args.get("target") or "")


def _said(claims: Sequence[StoredClaim]) -> dict[tuple[str, str], set[str]]:
    """The authorities of which a document says itself that they list a target."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in claims:
        code = find_authority(str(item.claim.args.get("authority") or ""))
        if code and item.claim.stance is Stance.ASSERTED:
            said[item.claim.sha256, _target(item).casefold()].add(code)
    return said


def _check(lists: _Lists, item: StoredClaim, day: date, said: set[str]) -> Verdict:
    claim, facts = item.claim, lists.facts
    name, written = _target(item), str(claim.args.get("authority") or "")
    authority = find_authority(written) or ""
    found = _candidates(lists, name)
    columns = list(dict.fromkeys((*lists.authorities, *([authority] if authority else ()))))
    rows = coverage(facts, [(name, party, score) for party, score in found], columns, day, owned=False)
    if rows and not authority and claim.stance is Stance.DENIED and means_everybody(written):
        return _absence(item, rows, day, said)
    if not rows or not authority:
        target, score = found[0] if found else (None, 0.0)
        verdict, note = _without_cell(facts, claim.stance, authority, written, name)
        alike = _near(lists, name, authority, day, target) if authority else ()
        return Verdict(item, verdict, day, authority, target, None, score, note, {}, near=alike)
    row = next((r for r in rows if r.cells[authority].state.in_force), rows[0])
    cell = row.cells[authority]
    verdict, note = judge(claim.stance, cell, str(claim.args.get("measure") or "sanctions"))
    near: tuple[Near, ...] = ()
    if cell.state is State.NOT_LISTED and verdict != NOT_CHECKABLE:
        verdict, note = _absent(facts, item, row, authority, day, verdict, note)
        near = _near(lists, name, authority, day, row.target)
    assert row.target is not None
    if row.target.caption.casefold() != name.casefold() and row.target.members:
        note = f"the list writes {row.target.caption}; {note}"
    others, gone = _elsewhere(row, authority)
    agrees = dates_agree(claim.start, cell) if claim.stance is Stance.ASSERTED else None
    return Verdict(
        item, verdict, day, authority, row.target, cell, row.match, note, others, gone, near=near, date_agrees=agrees
    )


def _candidates(lists: _Lists, name: str) -> list[tuple[Party, float]]:
    """The parties that a name may mean about equally well, the best first.

    A name of one word always resembles some other: only parties that bear it are meant by it.
    """
    best, score = find_target(lists.index, lists.facts, name, threshold=MATCH)
    if best is None:
        return []
    if best.id.startswith(COUNTRY):
        return [(best, score)]
    one_word = len(name.split()) == 1
    matches = lists.index.screen(
        Query(name=name), limit=10, threshold=MATCH if one_word else max(CLOSE, score - _EQUAL)
    )
    found = {best.id: (best, score)}
    if one_word:
        matches = [m for m in matches if plain_name(m.name, m.schema) == plain_name(name, m.schema)]
        known = document_party(lists.facts, name, None)
        found = {known[0].id: known} if known and not matches else {}
    parties = lists.facts.parties(m.id for m in matches)
    for match in matches:
        if match.id in parties:
            party = parties[match.id]
            found.setdefault(party.id, (party, match.score))
    return list(found.values())


def _absence(item: StoredClaim, rows: Sequence[CoverageRow], day: date, said: set[str]) -> Verdict:
    """The verdict on "X is on no list at all"; lists that the document itself says X is on do not count."""
    row = next((r for r in rows if any(c.state.in_force for c in r.cells.values())), rows[0])
    verdict, note = judge_absence({code: cell for code, cell in row.cells.items() if code not in said})
    told = [code for code in row.cells if code in said]
    note += f"; of {', '.join(told)} the document itself says that it is listed" if told else ""
    others, gone = _elsewhere(row, "")
    return Verdict(item, verdict, day, "", row.target, None, row.match, note, others, gone)


def _without_cell(facts: Facts, stance: Stance, authority: str, written: str, name: str) -> tuple[str, str]:
    if not authority:
        return NOT_CHECKABLE, f"{written!r} is no single authority with a list"
    if not facts.lists_of.get(authority):
        return NOT_CHECKABLE, "no list of this authority is loaded"
    nobody = f"nobody of the name {name!r} is on any list that is loaded"
    if stance in (Stance.CALLED_FOR, Stance.PLANNED):
        return NOT_CHECKABLE, f"{'a call' if stance is Stance.CALLED_FOR else 'a plan'}; {nobody}"
    return UNCONFIRMED, nobody


def _absent(
    facts: Facts, item: StoredClaim, row: CoverageRow, authority: str, day: date, verdict: str, note: str
) -> tuple[str, str]:
    """What it is worth that an authority does not list somebody on a day."""
    old = too_old(facts, authority, day, item.claim.start if verdict == CONTRADICTED else None)
    if old:
        return UNCONFIRMED, old
    assert row.target is not None
    if verdict == CONTRADICTED and set(row.target.datasets) <= {DOCUMENTS}:
        return UNCONFIRMED, f"nobody of this name is on any list that is loaded; {note}"
    return verdict, note


def _near(lists: _Lists, name: str, authority: str, day: date, target: Party | None) -> tuple[Near, ...]:
    """Entries of an authority that day whose names are like a name, besides the target itself."""
    matches = lists.index.screen(Query(name=name), limit=20, threshold=MATCH)
    parties = lists.facts.parties(m.id for m in matches)
    scores: dict[str, float] = {}
    for match in matches:
        if match.id in parties and (target is None or parties[match.id].id != target.id):
            scores.setdefault(parties[match.id].id, match.score)
    targets = [(id, parties[id], score) for id, score in scores.items()]
    rows = coverage(lists.facts, targets, [authority], day, evidence=False, owned=False)
    listed = [row for row in rows if row.target is not None and row.cells[authority].state.in_force]
    return tuple(Near(row.target, row.match, row.cells[authority]) for row in listed[:_NEAR] if row.target)


def _elsewhere(row: CoverageRow, authority: str) -> tuple[dict[str, str], dict[str, str]]:
    """Other authorities that list the party of a row, and all that have delisted it, with the dates."""
    unknown = "date not published"
    others = {c: x.designated or unknown for c, x in row.cells.items() if c != authority and x.state.in_force}
    gone = {c: x.delisted or unknown for c, x in row.cells.items() if x.state is State.DELISTED}
    return others, gone


def _with_spellings(facts: Facts, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with the other names of the entries that they rest on."""
    wanted = sorted({v.cell.entity for v in verdicts if v.cell and v.cell.entity})
    rows = facts.reader.rows(
        "SELECT DISTINCT entity, value FROM statements WHERE entity IN (SELECT unnest($ids))"
        " AND prop IN (SELECT unnest($props)) ORDER BY ALL",
        {"ids": wanted, "props": list(NAME_PROPS)},
    )
    names: Mapping[str, list[str]] = defaultdict(list)
    for row in rows:
        names[row["entity"]].append(row["value"])
    return [replace(v, spellings=_others(v, names.get((v.cell and v.cell.entity) or "", []))) for v in verdicts]


def _others(verdict: Verdict, names: Sequence[str]) -> tuple[str, ...]:
    """Names but for those that the claim and the target write already."""
    seen = {_target(verdict.claim).casefold(), verdict.target.caption.casefold() if verdict.target else ""}
    found = []
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            found.append(name)
    return tuple(found[:_SPELLINGS])


__all__ = ["CONFIRMED", "CONTRADICTED", "NOT_CHECKABLE", "UNCONFIRMED", "Near", "Verdict", "check"]
