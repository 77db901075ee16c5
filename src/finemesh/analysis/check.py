"""Claim check: is what a document says about sanctions true, by the lists, on that day?

=========================  ==================================================  =================
what is claimed            what the list says on the day                       verdict
=========================  ==================================================  =================
X is designated by A       listed                                              confirmed
X is designated by A       delisted before                                     unconfirmed
X is designated by A       not listed, and the list knows X                    contradicted
X is not designated by A   not listed                                          confirmed
X is not designated by A   listed                                              contradicted
X is on no list at all     not listed by any authority whose list is loaded    confirmed
X is on no list at all     listed by one of them                               contradicted
measures against a state   a regime of the authority with such measures        confirmed
A call, or a plan          anything                                            not checkable
anything                   no list of A, A unknown, a state of the world       not checkable
anything                   nobody of that name is on any list, indeterminate   unconfirmed
=========================  ==================================================  =================

A call or a plan is no statement about the lists; the cell is shown all the same ("already listed since ...").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from finemesh.analysis.coverage import coverage
from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.regimes import measures_meant
from finemesh.analysis.screening import find_target
from finemesh.matching.index import Index
from finemesh.model.authority import find_authority
from finemesh.model.claim import ClaimType, Stance
from finemesh.model.dates import last_day
from finemesh.model.designation import Cell, State

CONFIRMED, CONTRADICTED, UNCONFIRMED, NOT_CHECKABLE = "confirmed", "contradicted", "unconfirmed", "not checkable"
MATCH = 0.6
"""Score from which a name of a claim is taken for a party of the lists."""


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
            "others": self.others,
        }


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
    verdicts = []
    for item in stored:
        if item.claim.type is ClaimType.DESIGNATION:
            day = as_of or (last_day(item.published) if item.published else today)
            verdicts.append(_check(index, facts, item, authorities, day))
    return verdicts


def _check(index: Index, facts: Facts, item: StoredClaim, authorities: Sequence[str], day: date) -> Verdict:
    claim = item.claim
    name = str(claim.args.get("target") or "")
    authority = find_authority(str(claim.args.get("authority") or "")) or ""
    target, score = find_target(index, facts, name, threshold=MATCH)
    if target is not None and not authority and claim.stance is Stance.DENIED:
        cells = coverage(facts, [(name, target, score)], authorities, day, owned=False)[0].cells
        verdict, note = judge_absence(cells)
        others = {code: c.designated or "date not published" for code, c in cells.items() if c.state.in_force}
        return Verdict(item, verdict, day, "", target, None, score, note, others)
    if target is None or not authority:
        verdict, note = _without_cell(facts, authority, str(claim.args.get("authority")), name)
        return Verdict(item, verdict, day, authority, target, None, score, note, {})
    columns = list(dict.fromkeys((*authorities, authority)))
    row = coverage(facts, [(name, target, score)], columns, day, owned=False)[0]
    cell = row.cells[authority]
    others = {
        code: other.designated or "date not published"
        for code, other in row.cells.items()
        if code != authority and other.state.in_force
    }
    verdict, note = judge(claim.stance, cell, str(claim.args.get("measure") or "sanctions"))
    if target.caption.casefold() != name.casefold():
        note = f"the list writes {target.caption}; {note}"
    return Verdict(item, verdict, day, authority, target, cell, score, note, others)


def _without_cell(facts: Facts, authority: str, written: str, name: str) -> tuple[str, str]:
    if not authority:
        return NOT_CHECKABLE, f"{written!r} is no single authority with a list"
    if not facts.lists_of.get(authority):
        return NOT_CHECKABLE, "no list of this authority is loaded"
    return UNCONFIRMED, f"nobody of the name {name!r} is on any list that is loaded"


def judge_absence(cells: Mapping[str, Cell]) -> tuple[str, str]:
    """The verdict on "X is on no list at all", given what each authority's list says of X."""
    listing = [code for code, cell in cells.items() if cell.state.in_force]
    if listing:
        return CONTRADICTED, f"listed by {', '.join(listing)}: {cells[listing[0]].basis}"
    read = [code for code, cell in cells.items() if cell.state is State.NOT_LISTED]
    unsure = [code for code, cell in cells.items() if cell.state not in (State.NOT_LISTED, State.NO_LIST)]
    if not read or unsure:
        return UNCONFIRMED, f"not sure for {', '.join(unsure) or 'any authority'}"
    return CONFIRMED, f"on no list that is loaded ({', '.join(read)})"


def judge(stance: Stance, cell: Cell, measure: str = "sanctions") -> tuple[str, str]:
    """The verdict on a claim of some stance when the list says what the cell says, and a note in words.

    Args:
        stance: Of the claim.
        cell: What the list (or, for a state, the regime) says on the day.
        measure: The measure that is claimed, in the document's words.
    """
    state = cell.state
    if state is State.NO_LIST:
        return NOT_CHECKABLE, cell.basis
    if stance in (Stance.CALLED_FOR, Stance.PLANNED):
        word = "a call" if stance is Stance.CALLED_FOR else "a plan"
        known = f"already listed ({cell.basis})" if state.in_force else f"{state.value} ({cell.basis})"
        return NOT_CHECKABLE, f"{word}, no statement about the list; on that day the target was {known}"
    denied = stance is Stance.DENIED
    if state is State.REGIME_ONLY:
        fits = {m.value for m in measures_meant(measure)} & set(cell.measures)
        return (CONFIRMED if fits and not denied else UNCONFIRMED), f"measures against the country: {cell.basis}"
    if state.in_force:
        return (CONTRADICTED if denied else CONFIRMED), cell.basis
    if state is State.NOT_LISTED:
        return (CONFIRMED if denied else CONTRADICTED), cell.basis
    return UNCONFIRMED, cell.basis
