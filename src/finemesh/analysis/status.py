"""The state of one designation on one day.

Where a list gives dates, they decide. Where it gives none, its snapshots do, and the state says so. Between a snapshot
that holds an entry and the next one that does not, nobody can say from the list on which day it ended: the state
is then ``indeterminate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finemesh.model.dates import by, first_day, last_day
from finemesh.model.designation import Designation, State

REMADE = frozenset({"gb_hmt"})
"""Lists that give, besides the designation, the day on which a party came onto the list, under whatever regime.

The UK made its regimes anew at the end of 2020 (and Myanmar's on 29 April 2021,
https://www.legislation.gov.uk/uksi/2021/496) and designated again who had been on OFSI's list before, under EU or
earlier UK acts: ``Listed On`` is then older than ``Date Designated``.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One designation on one day.

    Attributes:
        designation: The designation.
        state: ``listed``, ``listed, date not published``, ``delisted``, ``indeterminate`` or ``not listed`` (it came
            later).
        basis: On what that rests, in words.
        since: The date since when, as far as the list tells (designated, else published), or empty.
        snapshot: The snapshot that it rests on.
        delisted: When it ended, if the list says so.
    """

    designation: Designation
    state: State
    basis: str
    since: str = ""
    snapshot: str = ""
    delisted: str = ""


def standing(designation: Designation, snapshots: Sequence[str], as_of: date) -> Standing:
    """The state of a designation on a day.

    Args:
        designation: The designation.
        snapshots: Every loaded snapshot of its dataset, in order.
        as_of: The day.
    """
    since, word = _since(designation, as_of)
    if since:
        started = by(since, as_of)
        if started is False:
            return Standing(
                designation, State.NOT_LISTED, f"{word} only on {since}", since, _nearest(designation, as_of)
            )
        if started is None:
            basis = f"{word} {since}: whether before or after the asked day is not published"
            return Standing(designation, State.INDETERMINATE, basis, since, _nearest(designation, as_of))
        return _ended(designation, snapshots, as_of, since, f"{word} {since}")
    return _undated(designation, snapshots, as_of)


def _since(designation: Designation, as_of: date) -> tuple[str, str]:
    """The date that counts on a day, and the word for it: that of the designation, else that of the publication.

    In a list of :data:`REMADE` regimes a party was listed between its day of publication and a later designation.
    """
    designated, published = designation.designated, designation.published
    if (
        designation.dataset in REMADE
        and designated
        and published
        and by(published, as_of)
        and not by(designated, as_of)
    ):
        return published, f"designated anew on {designated}, on the list since"
    if designated:
        return designated, "designated"
    if published:
        return published, "published"
    if designation.effective:
        return designation.effective, "effective"
    return "", ""


def _undated(designation: Designation, snapshots: Sequence[str], as_of: date) -> Standing:
    """A designation without dates: only the snapshots tell."""
    first = designation.first_seen
    if last_day(first) <= as_of:
        return _ended(designation, snapshots, as_of, "", f"in the snapshots since {first}; the list gives no dates")
    before = [s for s in snapshots if s < first]
    if before and last_day(before[-1]) >= as_of:
        snapshot = snapshot_at(before, as_of)
        basis = f"not yet in the snapshot of {snapshot}; first seen {first}"
        return Standing(designation, State.NOT_LISTED, basis, "", snapshot)
    if before:
        basis = f"not in the snapshot of {before[-1]}, in that of {first}; the list gives no dates"
    else:
        basis = f"the first snapshot loaded is of {first}, and the list gives no dates"
    return Standing(designation, State.INDETERMINATE, basis, "", first)


def _ended(designation: Designation, snapshots: Sequence[str], as_of: date, since: str, basis: str) -> Standing:
    """A designation that has begun: has it ended?"""
    seen = _nearest(designation, as_of)
    state = State.LISTED if since else State.LISTED_UNDATED
    if designation.delisted:
        over = by(designation.delisted, as_of)
        if over is None:
            text = f"{basis}; ended {designation.delisted}: whether before or after the asked day is not published"
            return Standing(designation, State.INDETERMINATE, text, since, seen, designation.delisted)
        if over:
            text = f"{basis}; delisted {designation.delisted}"
            return Standing(designation, State.DELISTED, text, since, seen, designation.delisted)
    held = set(designation.snapshots)
    earlier = [s for s in snapshots if last_day(s) <= as_of]
    later = [s for s in snapshots if last_day(s) > as_of]
    if earlier and earlier[-1] not in held:
        # A snapshot at or before the asked day no longer (or not yet) holds it.
        last = max((s for s in earlier if s in held), default="")
        if last or not any(s in held for s in later):
            gone = next(s for s in earlier if s > last)
            return Standing(
                designation, State.DELISTED, f"{basis}; gone from the snapshot of {gone}", since, last or seen
            )
        text = f"{basis} (in the later snapshot of {seen})"
        if since and last_day(since) <= last_day(earlier[-1]):
            text += f"; the snapshot of {earlier[-1]} did not hold it yet"
        return Standing(designation, state, text, since, seen)
    if later and later[0] not in held and earlier and last_day(earlier[-1]) < as_of:
        text = f"{basis}; gone between the snapshots of {earlier[-1]} and {later[0]}, on a day not published"
        return Standing(designation, State.INDETERMINATE, text, since, seen)
    return Standing(designation, state, basis + _age(earlier, later, as_of), since, seen)


def _age(earlier: Sequence[str], later: Sequence[str], as_of: date) -> str:
    """A word on how old the list is, where nothing later than the asked day is loaded."""
    if later or not earlier:
        return ""
    days = (as_of - last_day(earlier[-1])).days
    return f"; last seen in the snapshot of {earlier[-1]}, {days} days before" if days > 0 else ""


def _nearest(designation: Designation, as_of: date) -> str:
    """The snapshot that holds the designation and tells most about a day: the last before it, else the first after."""
    earlier = [s for s in designation.snapshots if first_day(s) <= as_of]
    return earlier[-1] if earlier else designation.snapshots[0]


def snapshot_at(snapshots: Sequence[str], as_of: date) -> str:
    """The last snapshot that begins on or before a day, else the first."""
    earlier = [s for s in snapshots if first_day(s) <= as_of]
    return earlier[-1] if earlier else snapshots[0]
