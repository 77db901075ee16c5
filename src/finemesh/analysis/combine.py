"""The cell that several designations of one target by one authority make, and what lists say of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from finemesh.analysis.status import Standing, snapshot_at, standing
from finemesh.model.dates import first_day, last_day
from finemesh.model.designation import Cell, Designation, State

CONTINUED_IN = {"eu_fsf": "eu_journal", "gb_hmt": "gb_fcdo"}
"""Lists whose parties another list of the same authority holds too, under other ids.

Who stands in the Commission's file of asset freezes stands in an annex of the Council's acts; OFSI's list was closed on
28 January 2026 in favour of the UK Sanctions List (https://www.gov.uk/government/publications/the-uk-sanctions-list).
"""


def weigh(standings: Sequence[Standing], lists: Mapping[str, Sequence[str]], as_of: date) -> list[Standing]:
    """The standings of one target by one authority, with what its lists say of each other.

    * Two lists can hold one designation: the US Consolidated Screening List repeats OFAC's entries under their numbers.
      Where the newer of the two no longer has it, the older cannot say that it goes on; and what one of them cannot
      know, for its snapshots are of other days, the other may.
    * Where the newer list has ids of its own (:data:`CONTINUED_IN`), that the target was not found in it may be a name
      that was not recognised: the state is then ``indeterminate``.
    * A party that two snapshots hold under different programmes was on the list in between.

    Args:
        standings: Of each designation.
        lists: The authority's loaded lists with their snapshots.
        as_of: The day.
    """

    def word(dataset: str) -> str:
        """The last snapshot of a list at or before the day."""
        return max((s for s in lists.get(dataset, ()) if last_day(s) <= as_of), default="")

    def of(found: Standing) -> str:
        """That of the list that a standing rests on; of a third party's table only what holds it is known."""
        own = found.designation
        return word(own.dataset) or max((s for s in own.snapshots if last_day(s) <= as_of), default="")

    by_id: dict[str, list[Standing]] = defaultdict(list)
    for standing_ in standings:
        by_id[standing_.designation.id].append(standing_)
    kept = [s for group in by_id.values() for s in (_same(group, of) if len(group) > 1 else group)]
    in_force = {s.designation.dataset for s in kept if s.state.in_force}
    found = []
    for standing_ in kept:
        own = standing_.designation.dataset
        newer = CONTINUED_IN.get(own, "")
        if standing_.state.in_force and newer not in in_force and word(newer) > word(own):
            text = f"{standing_.basis}; not found in {newer} of {word(newer)}, which is newer"
            standing_ = replace(standing_, state=State.INDETERMINATE, basis=text)
        found.append(standing_)
    return found + _under_changing_programmes(found, lists, as_of)


def _same(group: Sequence[Standing], word: Callable[[Standing], str]) -> list[Standing]:
    """What remains of the standings that several lists give one designation."""
    over = [word(s) for s in group if not s.state.in_force and s.state is not State.NOT_LISTED]
    last = max(over, default="")
    left = [s for s in group if not s.state.in_force or not last > word(s)]
    certain = [s for s in left if s.state is not State.INDETERMINATE or s.since]
    if certain:
        return certain
    best = max((word(s) for s in left), default="")
    return [s for s in left if word(s) == best]


def _under_changing_programmes(
    standings: Sequence[Standing], lists: Mapping[str, Sequence[str]], as_of: date
) -> list[Standing]:
    """Standings of parties that are on a list before and after a day, under programmes that came and went between."""
    groups: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for standing_ in standings:
        groups[standing_.designation.dataset, standing_.designation.target].append(standing_)
    found = []
    for (dataset, _), group in groups.items():
        undated = [s.designation for s in group if not s.since]
        unknown = any(s.state is State.INDETERMINATE and not s.since for s in group)
        if not unknown or len(undated) < 2 or any(s.state.in_force for s in group):
            continue
        held = tuple(sorted({s for d in undated for s in d.snapshots}))
        before = [d for d in undated if last_day(d.first_seen) <= as_of]
        shown = max(before or undated, key=lambda d: (d.last_seen, d.id))
        one = replace(shown, first_seen=held[0], last_seen=held[-1], snapshots=held)
        together = standing(one, lists.get(dataset, held), as_of)
        if together.state.in_force:
            basis = f"{together.basis}; its programmes changed between two snapshots"
            found.append(replace(together, designation=shown, basis=basis))
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
    standings = weigh(standings, lists, as_of)

    def rank(s: Standing) -> tuple[object, ...]:
        """The earliest first; of equals the official list before others, then the newest."""
        day = first_day(s.since) if s.since else date.max
        own, seen = s.designation.dataset, first_day(s.snapshot)
        later = seen > as_of
        return day, own not in lists, later, seen.toordinal() * (1 if later else -1), own, s.designation.id

    for state in _ORDER[:-1]:
        found = sorted((s for s in standings if s.state is state), key=rank)
        if found:
            if state is State.LISTED:
                found += sorted((s for s in standings if s.state is State.LISTED_UNDATED), key=rank)
            return _cell(found), [s.designation for s in found]
    if not lists:
        return Cell(State.NO_LIST, "no list of this authority is loaded"), []
    later = sorted(standings, key=lambda s: (s.since or "9", s.designation.dataset not in lists, s.designation.id))
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
        snapshot = snapshot_at(snapshots, as_of)
        text = f"not in the snapshot of {snapshot}"
        if first_day(snapshot) > as_of:
            text += " (no earlier one is loaded; a listing that had ended by then would not show)"
        elif (days := (as_of - last_day(snapshot)).days) > 0 and snapshot == snapshots[-1]:
            text += f" ({days} days before)"
        told.append((dataset, snapshot, text))
    basis = "; ".join(f"{dataset}: {text}" for dataset, _, text in told)
    dataset, snapshot, _ = max(told, key=lambda t: (t[1] <= as_of.isoformat(), t[1]))
    return dataset, snapshot, basis
