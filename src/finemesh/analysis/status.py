"""The state of one designation on one day, and the cell that several of them make.

Where a list gives dates, they decide. Where it gives none, its snapshots do, and the state says so. Between a snapshot
that holds an entry and the next one that does not, nobody can say from the list on which day it ended: the state
is then ``indeterminate``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finemesh.model.dates import by, first_day, last_day
from finemesh.model.designation import Cell, Designation, State


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
    since, word = _since(designation)
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


def _since(designation: Designation) -> tuple[str, str]:
    """The date that counts, and the word for it."""
    if designation.designated:
        return designation.designated, "designated"
    if designation.published:
        return designation.published, "published"
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
        basis = f"not yet in the snapshot of {_snapshot_at(before, as_of)}; first seen {first}"
        return Standing(designation, State.NOT_LISTED, basis, "", first)
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
    if later and later[0] not in held and earlier:
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


def _snapshot_at(snapshots: Sequence[str], as_of: date) -> str:
    earlier = [s for s in snapshots if first_day(s) <= as_of]
    return earlier[-1] if earlier else snapshots[0]


CONTINUED_IN = {"eu_fsf": "eu_journal", "gb_hmt": "gb_fcdo"}
"""Lists whose parties another list of the same authority holds too, under other ids.

Who stands in the Commission's file of asset freezes stands in an annex of the Council's acts; OFSI's list was closed on
28 January 2026 in favour of the UK Sanctions List (https://www.gov.uk/government/publications/the-uk-sanctions-list).
"""


def outdated(standings: Sequence[Standing], lists: Mapping[str, Sequence[str]], as_of: date) -> list[Standing]:
    """The standings of one target by one authority, those corrected that a newer list of the authority speaks against.

    Two lists can hold one designation: the US Consolidated Screening List repeats OFAC's entries under their numbers.
    Where the newer of the two no longer has it, the older cannot say that it goes on. Where the newer list has ids of
    its own (:data:`CONTINUED_IN`), that the target was not found in it may be a name that was not recognised: the state
    is then ``indeterminate``.

    Args:
        standings: Of each designation.
        lists: The authority's loaded lists with their snapshots.
        as_of: The day.
    """

    def word(dataset: str) -> str:
        """The last snapshot of a list at or before the day."""
        return max((s for s in lists.get(dataset, ()) if last_day(s) <= as_of), default="")

    ended = [s for s in standings if s.state is State.DELISTED]
    found = []
    for standing_ in standings:
        own, key = standing_.designation.dataset, standing_.designation.id
        newer = CONTINUED_IN.get(own, "")
        if not standing_.state.in_force or own not in lists:
            found.append(standing_)
        elif any(e.designation.id == key and word(e.designation.dataset) > word(own) for e in ended):
            continue
        elif word(newer) > word(own) and not any(s.state.in_force for s in standings if s.designation.dataset == newer):
            text = f"{standing_.basis}; not found in {newer} of {word(newer)}, which is newer"
            found.append(replace(standing_, state=State.INDETERMINATE, basis=text))
        else:
            found.append(standing_)
    return found


_ORDER = (State.LISTED, State.LISTED_UNDATED, State.INDETERMINATE, State.DELISTED, State.NOT_LISTED)


def combine(
    standings: Sequence[Standing], lists: Mapping[str, Sequence[str]], as_of: date
) -> tuple[Cell, list[Designation]]:
    """One cell from the designations of one target by one authority.

    The earliest designation in force is shown (of equals the one of the newest official list); the others in force go
    with it.

    Args:
        standings: Of each designation.
        lists: The authority's loaded lists with their snapshots.
        as_of: The day.

    Returns:
        The cell (without evidence), and the designations that should prove it, first the one that is shown.
    """
    standings = outdated(standings, lists, as_of)

    def rank(s: Standing) -> tuple[object, ...]:
        """The earliest first; of equals the official list before others, then the newest."""
        day = first_day(s.since) if s.since else date.max
        own = s.designation.dataset
        return day, own not in lists, -first_day(s.snapshot).toordinal(), own, s.designation.id

    for state in _ORDER[:-1]:
        found = sorted((s for s in standings if s.state is state), key=rank)
        if found:
            if state is State.LISTED:
                found += sorted((s for s in standings if s.state is State.LISTED_UNDATED), key=rank)
            return _cell(found), [s.designation for s in found]
    if not lists:
        return Cell(State.NO_LIST, "no list of this authority is loaded"), []
    later = sorted(standings, key=lambda s: (s.since or "9", s.designation.id))
    dataset, snapshot, basis = _absence(lists, as_of)
    if later:
        basis = f"{later[0].basis}"
        dataset, snapshot = later[0].designation.dataset, later[0].snapshot
    cell = Cell(State.NOT_LISTED, basis, dataset=dataset, snapshot=snapshot)
    return cell, [s.designation for s in later]


def _cell(found: Sequence[Standing]) -> Cell:
    first = found[0]
    d = first.designation
    return Cell(
        state=first.state,
        basis=first.basis,
        designated=first.since or None,
        delisted=first.delisted or d.delisted or None,
        programme=d.programme or None,
        reference=d.reference or None,
        dataset=d.dataset,
        snapshot=first.snapshot,
        measures=d.measures,
        entity=d.target,
        others=tuple(s.designation for s in found[1:]),
    )


def _absence(lists: Mapping[str, Sequence[str]], as_of: date) -> tuple[str, str, str]:
    """The list and snapshot in which a target is not, and what that is worth."""
    told = []
    for dataset, snapshots in sorted(lists.items()):
        snapshot = _snapshot_at(snapshots, as_of)
        text = f"not in the snapshot of {snapshot}"
        if first_day(snapshot) > as_of:
            text += " (no earlier one is loaded; a listing that had ended by then would not show)"
        elif (days := (as_of - last_day(snapshot)).days) > 0 and snapshot == snapshots[-1]:
            text += f" ({days} days before)"
        told.append((dataset, snapshot, text))
    basis = "; ".join(f"{dataset}: {text}" for dataset, _, text in told)
    dataset, snapshot, _ = max(told, key=lambda t: (t[1] <= as_of.isoformat(), t[1]))
    return dataset, snapshot, basis
