"""Every evidence row against the archived bytes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finemesh.build.workers import run_tasks
from finemesh.model.errors import DataError
from finemesh.model.progress import Progress
from finemesh.sources.verify import check
from finemesh.store import tables
from finemesh.store.archive import Archive
from finemesh.store.folder import CaseFolder
from finemesh.store.reader import Reader
from finemesh.store.tables import literal

MAX_FAILURES = 1000
"""Failures that are told one by one; more are counted."""
_BASE_SECONDS = 120.0
_SECONDS_PER_MB = 60.0


@dataclass(frozen=True, slots=True)
class Failure:
    """An evidence row that does not hold, or an archived file that is not what it was.

    Attributes:
        sha256, source, locator, quote: The row; locator and quote are empty where a whole file is meant.
        why: What is wrong.
        count: Evidence rows concerned.
    """

    sha256: str
    source: str
    locator: str
    quote: str
    why: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it.

    Attributes:
        checked: Evidence rows that were checked.
        artifacts: Archived files whose hash was checked.
        failed: Rows that do not hold.
        failures: The first of them, damaged files first.
    """

    checked: int
    artifacts: int
    failed: int
    failures: tuple[Failure, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract's verify object."""
        return {
            "checked": self.checked,
            "artifacts": self.artifacts,
            "failed": self.failed,
            "failures": [
                {
                    "sha256": f.sha256,
                    "source": f.source,
                    "locator": f.locator,
                    "quote": f.quote,
                    "why": f.why,
                    "count": f.count,
                }
                for f in self.failures
            ],
        }


@dataclass(frozen=True, slots=True)
class _Task:
    """The evidence of one artifact under one name."""

    sha256: str
    name: str
    size: int
    archive: Path
    derived: Path


def verify(folder: CaseFolder, jobs: int, progress: Progress) -> Verification:
    """Re-hash every archived file, and look for every quote of the derived tables where it is said to stand.

    Raises:
        DataError: There are no derived tables.
    """
    archive = Archive(folder.archive)
    sizes = {s.sha256: s.size for s in archive.sources()}
    names: dict[str, set[str]] = defaultdict(set)
    for source in archive.sources():
        names[source.sha256].add(source.name)
    counts = _evidence_counts(folder.derived)
    tasks = [
        _Task(sha256, name, sizes.get(sha256, 0), archive.root, folder.derived)
        for sha256, found in names.items()
        for name in sorted(found)
    ]
    orphans = sorted(set(counts) - set(names))
    if orphans:
        raise DataError(
            "the derived tables name files that the case does not have", where=orphans[0], hint="run `finemesh build`"
        )
    tasks.sort(key=lambda t: (-t.size, t.sha256, t.name))
    checked, failures = 0, []
    for number, outcome in enumerate(run_tasks(_verify_artifact, tasks, jobs, _time_limit), 1):
        progress("verifying", number, len(tasks))
        task = outcome.task
        if outcome.result is None:
            count = counts.get(task.sha256, 1)
            checked += count
            failures.append(Failure(task.sha256, task.name, "", "", outcome.failure, count))
            continue
        checked += outcome.result[0]
        failures += outcome.result[1]
    failures.sort(key=lambda f: (bool(f.locator), f.source, f.sha256, f.locator, f.quote))
    failed = sum(f.count for f in failures)
    return Verification(checked, len(names), failed, tuple(failures[:MAX_FAILURES]))


def _time_limit(task: _Task) -> float:
    return _BASE_SECONDS + _SECONDS_PER_MB * task.size / 1e6


def _evidence_counts(derived: Path) -> dict[str, int]:
    reader = Reader(derived)
    try:
        rows = reader.rows(
            "SELECT sha256, count(*) AS found FROM (SELECT sha256 FROM evidence UNION ALL SELECT sha256 FROM mentions"
            " UNION ALL SELECT sha256 FROM claims) GROUP BY ALL"
        )
    finally:
        reader.close()
    return {row["sha256"]: row["found"] for row in rows}


def _verify_artifact(task: _Task) -> tuple[int, list[Failure]]:
    rows = _rows_of(task)
    archive = Archive(task.archive)
    if not archive.intact(task.sha256):
        gone = not archive.path(task.sha256).exists()
        why = "the archived file is not there" if gone else "the archived file was changed: its hash is another one"
        return len(rows), [Failure(task.sha256, task.name, "", "", why, max(1, len(rows)))]
    wrong = check(archive.path(task.sha256), task.name, rows)
    return len(rows), [Failure(task.sha256, task.name, *rows[at], why) for at, why in wrong]


def _rows_of(task: _Task) -> list[tuple[str, str]]:
    """(locator, quote) of the artifact: statements count once an artifact, mentions and claims once a document name."""
    path = {name: literal(str(task.derived / f"{name}.parquet")) for name in ("evidence", "mentions", "claims")}
    doc = task.name.rpartition(".")[0] or task.name
    with tables.connect() as connection:
        first = connection.execute(
            f"SELECT min(name) FROM {literal(str(task.derived / 'sources.parquet'))} WHERE sha256 = ?", [task.sha256]
        ).fetchone()
        rows: list[tuple[str, str]] = []
        if first and first[0] == task.name:
            rows = connection.execute(
                f"SELECT locator, quote FROM {path['evidence']} WHERE sha256 = ?", [task.sha256]
            ).fetchall()
        for name, quote in (("mentions", "text"), ("claims", "quote")):
            rows += connection.execute(
                f"SELECT locator, {quote} FROM {path[name]} WHERE sha256 = ? AND doc = ?", [task.sha256, doc]
            ).fetchall()
    return rows
