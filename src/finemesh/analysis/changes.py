"""What changed in a list between two of its snapshots.

Only what both snapshots can tell is compared: where one of them lacks a file of the list (OFAC's aliases, say), the
values of that file are left out, and the answer says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from finemesh.analysis.facts import Facts
from finemesh.model.errors import UserError
from finemesh.store.reader import Reader

Kind = Literal["added", "removed", "amended"]

_FIELD_NAMES = {
    "program": "programme",
    "provisions": "measures",
    "authorityId": "reference",
    "summary": "legal basis",
    "startDate": "designated",
    "date": "effective",
    "listingDate": "published",
    "modifiedAt": "amended",
    "endDate": "delisted",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one entry.

    Attributes:
        change: ``added``, ``removed`` or ``amended``.
        id: Entity id of the listed party.
        caption: Its name.
        designated: Its earliest date of designation, or None.
        fields: What changed, for amended entries: field to (values gone, values new).
    """

    change: Kind
    id: str
    caption: str
    designated: str | None
    fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def as_json(self) -> dict[str, Any]:
        """The contract's changes object; ``before`` and ``after`` are further keys."""
        return {
            "change": self.change,
            "id": self.id,
            "caption": self.caption,
            "designated": self.designated,
            "fields": list(self.fields),
            "before": {name: list(gone) for name, (gone, _) in self.fields.items()},
            "after": {name: list(new) for name, (_, new) in self.fields.items()},
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference of two snapshots.

    Attributes:
        dataset: The list.
        start, end: The two snapshots.
        changes: Added, removed, amended, each by caption.
        left_out: Parts of the list that only one of the snapshots has.
    """

    dataset: str
    start: str
    end: str
    changes: tuple[Change, ...]
    left_out: tuple[str, ...]


def changes(facts: Facts, dataset: str, start: str | None, end: str | None) -> Changes:
    """What changed from one snapshot to another.

    Args:
        facts: The case.
        dataset: The list.
        start: A snapshot's date; the last snapshot on or before it is taken. None: the first snapshot.
        end: Likewise; None: the last snapshot.

    Raises:
        UserError: The list is not loaded, or has no snapshot on or before a date.
    """
    known = facts.snapshots.get(dataset)
    if not known:
        loaded = ", ".join(sorted(facts.snapshots)) or "none"
        raise UserError(f"no such list in the case: {dataset!r}", hint=f"loaded: {loaded}")
    first = _snapshot(known, start, dataset) if start else known[0]
    last = _snapshot(known, end, dataset) if end else known[-1]
    if first >= last:
        raise UserError(f"{first} is not before {last}", hint=f"snapshots of {dataset}: {', '.join(known)}")
    left_out = _parts(facts.reader, dataset, first) ^ _parts(facts.reader, dataset, last)
    before = _entries(facts.reader, dataset, first, left_out)
    after = _entries(facts.reader, dataset, last, left_out)
    found = [_change("added", id, after[id]) for id in after.keys() - before.keys()]
    found += [_change("removed", id, before[id]) for id in before.keys() - after.keys()]
    for id in before.keys() & after.keys():
        fields = _difference(before[id], after[id])
        if fields:
            found.append(_change("amended", id, after[id], fields))
    order = {"added": 0, "removed": 1, "amended": 2}
    found.sort(key=lambda c: (order[c.change], c.caption.casefold(), c.id))
    return Changes(dataset, first, last, tuple(found), tuple(sorted(left_out)))


def _snapshot(known: tuple[str, ...], wanted: str, dataset: str) -> str:
    earlier = [s for s in known if s <= wanted or wanted.startswith(s)]
    if not earlier:
        raise UserError(f"{dataset} has no snapshot on or before {wanted}", hint=f"its snapshots: {', '.join(known)}")
    return earlier[-1]


def _parts(reader: Reader, dataset: str, snapshot: str) -> set[str]:
    rows = reader.rows(
        "SELECT DISTINCT part FROM sources WHERE dataset = ? AND snapshot = ? AND part <> ''", [dataset, snapshot]
    )
    return {row["part"] for row in rows}


Values = dict[str, set[str]]


def _entries(reader: Reader, dataset: str, snapshot: str, left_out: set[str]) -> dict[str, Values]:
    """Field to values of each listed party, with its designations' fields and what hangs on it (links, papers)."""
    rows = reader.rows(
        "SELECT DISTINCT s.entity, s.schema, s.prop, s.value FROM statements s JOIN evidence e USING (n)"
        " WHERE s.dataset = $dataset AND e.snapshot = $snapshot AND e.sha256 NOT IN"
        " (SELECT sha256 FROM sources WHERE dataset = $dataset AND part IN (SELECT unnest($parts)))",
        {"dataset": dataset, "snapshot": snapshot, "parts": sorted(left_out)},
    )
    target_of: dict[str, str] = {
        row["entity"]: row["value"] for row in rows if row["schema"] == "Sanction" and row["prop"] == "entity"
    }
    found: dict[str, Values] = {target: defaultdict(set) for target in target_of.values()}
    others: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row["entity"] in found:
            found[row["entity"]][row["prop"]].add(row["value"])
        elif row["entity"] in target_of and row["prop"] != "entity":
            name = _FIELD_NAMES.get(row["prop"], row["prop"])
            found[target_of[row["entity"]]][name].add(row["value"])
        elif row["schema"] != "Sanction":
            others[row["schema"], row["entity"]].append((row["prop"], row["value"]))
    for (schema, id), values in others.items():
        owner = next((value for _, value in values if value in found and id.startswith(f"{value}-")), None)
        if owner is not None:  # a link, a passport, ...: readers make its id of that of the entry that states it
            text = "; ".join(f"{prop}: {value}" for prop, value in sorted(values) if value != owner)
            found[owner][schema].add(text)
    return found


def _difference(before: Values, after: Values) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    fields = {}
    for name in sorted(before.keys() | after.keys()):
        gone, new = before[name] - after[name], after[name] - before[name]
        if gone or new:
            fields[name] = (tuple(sorted(gone)), tuple(sorted(new)))
    return fields


def _change(
    kind: Kind, id: str, values: Values, fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] | None = None
) -> Change:
    names = sorted(values.get("name", ()), key=lambda n: (not n.isascii(), n))
    dates = sorted(values.get("designated", ()) or values.get("published", ()))
    return Change(kind, id, names[0] if names else id, dates[0] if dates else None, fields or {})
