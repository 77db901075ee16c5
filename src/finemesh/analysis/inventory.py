"""What a case holds: lists with their snapshots, documents, issues, and how old everything is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from finemesh.analysis.facts import Facts
from finemesh.model.dataset import DATASETS, authority_of
from finemesh.model.dates import last_day
from finemesh.model.issue import Issue
from finemesh.store.reader import Reader


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One snapshot of a list.

    Attributes:
        date: Partial ISO date.
        basis: Where the date was read: ``given``, ``file``, ``path`` or ``added``.
        files: File names.
        entries: Listed parties.
        designations: ``Sanction`` objects.
        dated: Share of the designations that carry a date of designation or publication, 0..1.
        schemata: Listed parties by schema.
        programmes: Designations by programme, the most frequent first.
        issues: Issues of its files.
        unknown_fields: Fields that the reader did not know.
    """

    date: str
    basis: str
    files: tuple[str, ...]
    entries: int
    designations: int
    dated: float
    schemata: dict[str, int]
    programmes: dict[str, int]
    issues: int
    unknown_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A list with its snapshots.

    Attributes:
        name, title, authority, publisher, url: As in :mod:`finemesh.model.dataset`.
        snapshots: In order.
        age_days: Days from the last snapshot to the asked day.
    """

    name: str
    title: str
    authority: str
    publisher: str
    url: str
    snapshots: tuple[SnapshotInfo, ...]
    age_days: int | None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "dataset": self.name,
            "title": self.title,
            "authority": self.authority or None,
            "publisher": self.publisher,
            "url": self.url,
            "age_days": self.age_days,
            "snapshots": [
                {
                    "date": s.date,
                    "basis": s.basis,
                    "files": list(s.files),
                    "entries": s.entries,
                    "designations": s.designations,
                    "dated": round(s.dated, 4),
                    "by_type": s.schemata,
                    "by_programme": s.programmes,
                    "issues": s.issues,
                    "unknown_fields": list(s.unknown_fields),
                }
                for s in self.snapshots
            ],
        }


def datasets(facts: Facts, today: date) -> list[DatasetInfo]:
    """Every list of the case, in the order of their names."""
    reader = facts.reader
    sources = reader.rows(
        "SELECT dataset, snapshot, name, sha256, snapshot_basis FROM sources WHERE kind = 'list' ORDER BY ALL"
    )
    files: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sources:
        files[row["dataset"], row["snapshot"]].append(row)
    figures = _figures(reader)
    issues = _issues_by_file(reader)
    by_dataset: dict[str, list[SnapshotInfo]] = defaultdict(list)
    for (dataset, snapshot), group in sorted(files.items()):
        by_dataset[dataset].append(_snapshot(snapshot, group, figures.get((dataset, snapshot), {}), issues))
    for dataset, snapshot in sorted(set(figures) - set(files)):  # a file that mixes several datasets
        by_dataset[dataset].append(_snapshot(snapshot, [], figures[dataset, snapshot], issues))
    return [_dataset(name, sorted(found, key=lambda s: s.date), today) for name, found in sorted(by_dataset.items())]


def _dataset(name: str, snapshots: list[SnapshotInfo], today: date) -> DatasetInfo:
    known = DATASETS.get(name)
    return DatasetInfo(
        name,
        known.title if known else name,
        authority_of(name),
        known.publisher if known else "",
        known.url if known else "",
        tuple(snapshots),
        (today - last_day(snapshots[-1].date)).days if snapshots and snapshots[-1].date else None,
    )


def _snapshot(
    date: str, files: list[dict[str, Any]], figures: dict[str, Any], issues: dict[str, list[dict[str, Any]]]
) -> SnapshotInfo:
    ours = [i for f in files for i in issues.get(f["sha256"], ())]
    if files:  # what concerns the snapshot as a whole, such as a file of a set that is missing
        ours += [i for i in issues.get("", ()) if (i["dataset"], i["source"]) == (files[0]["dataset"], date)]
    unknown = sorted({i["message"] for i in ours if i["code"] == "unknown-field"})
    designations = figures.get("designations", 0)
    return SnapshotInfo(
        date,
        files[0]["snapshot_basis"] if files else "file",
        tuple(f["name"] for f in files),
        figures.get("entries", 0),
        designations,
        figures.get("dated", 0) / designations if designations else 0.0,
        figures.get("schemata", {}),
        figures.get("programmes", {}),
        sum(i["count"] for i in ours),
        tuple(unknown),
    )


def _figures(reader: Reader) -> dict[tuple[str, str], dict[str, Any]]:
    """Counts of each snapshot of each dataset."""
    return {
        (row["dataset"], row["snapshot"]): {
            **row,
            "schemata": orjson.loads(row["schemata"]),
            "programmes": orjson.loads(row["programmes"]),
        }
        for row in reader.rows("SELECT * FROM snapshots")
    }


def _issues_by_file(reader: Reader) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in reader.rows("SELECT * FROM issues"):
        found[row["sha256"]].append(row)
    return found


def issues(reader: Reader) -> list[Issue]:
    """Every issue of the last build, errors first."""
    rank = {"error": 0, "warning": 1, "info": 2}
    found = [Issue(**row) for row in reader.rows("SELECT * FROM issues")]
    return sorted(found, key=lambda i: (rank[i.severity], i.dataset, i.source, i.code, i.locator, i.message))


@dataclass(frozen=True, slots=True)
class Status:
    """What a case holds, in one view.

    Attributes:
        title: Of the case.
        counts: Rows by table, as the last build wrote them.
        lists: Dataset to the date of its last snapshot and its age in days.
        authorities: Columns for which no list is loaded are False.
        issues: Issues by severity.
    """

    title: str
    counts: dict[str, int]
    lists: dict[str, tuple[str, int]]
    authorities: dict[str, bool]
    issues: dict[str, int]


def issue_counts(reader: Reader) -> dict[str, int]:
    """Issues by severity, repeats counted."""
    found = Counter({"error": 0, "warning": 0, "info": 0})
    for row in reader.rows("SELECT severity, sum(count) AS found FROM issues GROUP BY ALL"):
        found[row["severity"]] = int(row["found"])
    return dict(found)
