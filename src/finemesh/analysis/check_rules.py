"""The rules of the claim check: from a claim's stance and what the lists know to a verdict and a word on why.

=========================  ==================================================  =================
what is claimed            what the list says on the day                       verdict
=========================  ==================================================  =================
X is designated by A       listed                                              confirmed
X is designated by A       delisted before                                     unconfirmed
X is designated by A       not listed, though a list knows X                   contradicted
X is not designated by A   not listed                                          confirmed
X is not designated by A   listed                                              contradicted
no such measure by A       listed, and the document names another measure      unconfirmed
X is on no list at all     not listed by any authority whose list is loaded    confirmed
X is on no list at all     listed by one of them                               contradicted
measures against a state   a regime of the authority with such measures        confirmed
a call, or a plan          anything                                            not checkable
anything                   no list of A, A unknown, a state of the world       not checkable
anything                   nobody of that name is on any list, indeterminate   unconfirmed
not listed                 the newest list of A is too old to know             unconfirmed
=========================  ==================================================  =================

A call or a plan is no statement about the lists; the cell is shown all the same ("already listed since ...").

A list is too old to know of a day when its newest snapshot is more than :data:`FRESH_DAYS` days older: what is not on
it may have come since. Of an authority with several lists that one counts which holds most entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from finemesh.analysis.facts import Facts
from finemesh.analysis.regimes import measures_meant
from finemesh.model.claim import Stance
from finemesh.model.dates import first_day, last_day
from finemesh.model.designation import Cell, State

CONFIRMED, CONTRADICTED, UNCONFIRMED, NOT_CHECKABLE = "confirmed", "contradicted", "unconfirmed", "not checkable"
FRESH_DAYS = 31
"""So many days older than the asked day the newest snapshot of a list may be."""
NEAR_DAYS = 14
"""So far may a claim's date and the list's lie apart: announced on one day, in force or published on another."""

_EVERYBODY = re.compile(
    r"\b(international|nobody|no one|none|any(body|one)?|no (country|government|state)|world|western|global"
    r"|everywhere)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"^(the )?((targeted|new|further|international|economic|financial|coordinated|any|such|similar|individual) )*"
    r"(sanctions?|designations?|sanctions list|measures?|listings?|blacklist(ing)?)?$",
    re.IGNORECASE,
)


def means_everybody(written: str) -> bool:
    """Whether an authority is written that means whoever has lists: the international community, no country."""
    return bool(_EVERYBODY.search(written))


def means_any_measure(measure: str) -> bool:
    """Whether a measure says no more than "sanctions"."""
    return bool(_PLAIN.match(measure.strip()))


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
    if stance in (Stance.CALLED_FOR, Stance.PLANNED):
        word = "a call" if stance is Stance.CALLED_FOR else "a plan"
        known = f"already listed ({cell.basis})" if state.in_force else f"{state.value} ({cell.basis})"
        return NOT_CHECKABLE, f"{word}, no statement about the list; on that day the target was {known}"
    if state is State.NO_LIST:
        return NOT_CHECKABLE, cell.basis
    denied = stance is Stance.DENIED
    if state is State.REGIME_ONLY:
        fits = {m.value for m in measures_meant(measure)} & set(cell.measures)
        return (CONFIRMED if fits and not denied else UNCONFIRMED), f"measures against the country: {cell.basis}"
    if state.in_force:
        if denied and not means_any_measure(measure):
            under = "; ".join(cell.measures) or cell.programme or "measures that the list does not name"
            return UNCONFIRMED, f"listed ({cell.basis}) with {under}; whether that is “{measure}” the list does not say"
        return (CONTRADICTED if denied else CONFIRMED), cell.basis
    if state is State.NOT_LISTED:
        return (CONFIRMED if denied else CONTRADICTED), cell.basis
    return UNCONFIRMED, cell.basis


def too_old(facts: Facts, authority: str, day: date, start: str | None) -> str:
    """Why an authority's lists cannot say that somebody was not listed on a day; empty where they can.

    Args:
        facts: The case.
        authority: Its code.
        day: The day.
        start: Since when the claim says that it is so: a list of that time would show it.
    """
    dataset = facts.main_list(authority)
    if not dataset:
        return ""
    newest = facts.snapshots[dataset][-1]
    until = last_day(newest)
    if until + timedelta(days=FRESH_DAYS) >= day or (start and last_day(start) <= until):
        return ""
    days = (day - until).days
    return f"the newest {dataset} that is loaded is of {newest}, {days} days before: it may have come since"


def dates_agree(start: str | None, cell: Cell) -> bool | None:
    """Whether the date of a claim is one on which the list designates the target; None where one of them has none."""
    listed = [d for d in (cell.designated, *(d.designated for d in cell.others)) if d]
    if not start or not cell.state.in_force or not listed:
        return None
    slack = timedelta(days=NEAR_DAYS)
    return any(
        first_day(start) <= last_day(d) + slack and first_day(d) <= last_day(start) + slack for d in listed
    )  # fmt: skip
