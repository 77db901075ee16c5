"""The way through a build.

Snapshots and documents are read in parallel, what is read is merged, parties are clustered and indexed, the documents'
language is read against that index, and the new tables take the place of the old ones at once. A build that is
stopped leaves the old tables as they were; the pieces it has read are kept, and the next build goes on from there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from finemesh.build import documents as document_tables
from finemesh.build import merge
from finemesh.build.intake import Origin, classify, not_recognised
from finemesh.build.parties import write_parties
from finemesh.build.plan import FORMAT, Parts, Piece, pieces
from finemesh.build.versions import room_version
from finemesh.build.work import ReadTask, read_piece, read_report
from finemesh.build.workers import run_tasks
from finemesh.model.issue import Issue
from finemesh.model.progress import Progress
from finemesh.model.source import Source
from finemesh.model.version import VERSION
from finemesh.store import tables
from finemesh.store.archive import Archive
from finemesh.store.folder import CaseFolder
from finemesh.store.tables import ENTITIES, ISSUES, SOURCES

MANIFEST = "build.json"
"""Written last; its presence means that the tables belong together."""
_BASE_SECONDS = 120.0
_SECONDS_PER_MB = 60.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        unchanged: Nothing had changed, nothing was done.
        read: Pieces that were read now.
        kept: Pieces whose results were there already.
        counts: Rows by table.
        issues: Every issue of the case.
    """

    unchanged: bool
    read: int
    kept: int
    counts: dict[str, int]
    issues: tuple[Issue, ...]


def build(folder: CaseFolder, jobs: int, progress: Progress) -> BuildReport:
    """Bring the derived tables up to date.

    Args:
        folder: The case; its lock is taken.
        jobs: How many processes read at a time.
        progress: Is told how far the work is.

    Raises:
        ConflictError: Another process is building.
        UserError: The disk is full, or the folder cannot be written.
    """
    with folder.lock("build"):
        archive = Archive(folder.archive)
        sources = archive.sources()
        fingerprint = _fingerprint(folder, sources)
        manifest = read_manifest(folder.derived)
        if manifest.fingerprint == fingerprint:
            return BuildReport(True, 0, 0, manifest.counts, tuple(_issues(folder.derived)))
        return _build(folder, archive, _recognised(archive, sources), fingerprint, jobs, progress)


def _build(
    folder: CaseFolder, archive: Archive, sources: list[Source], fingerprint: str, jobs: int, progress: Progress
) -> BuildReport:
    work = folder.derived / ".new"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    parts = Parts(folder.derived / "parts")
    parts.root.mkdir(exist_ok=True)
    try:
        plan = pieces(sources)
        read, issues = _read(plan, archive, parts, jobs, progress)
        issues += not_recognised(sources)
        done = [p for p in plan if parts.done(p.key)]
        counts, keys = _derive(work, parts, done, sources, issues, jobs, progress)
        progress("putting the tables in place", 0, 0)
        _publish(work, folder.derived, fingerprint, counts)
        parts.sweep([p.key for p in plan] + keys)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return BuildReport(False, read, len(plan) - read, counts, tuple(issues))


def _derive(
    work: Path,
    parts: Parts,
    done: Sequence[Piece],
    sources: Sequence[Source],
    issues: list[Issue],
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, int], list[str]]:
    """Write every table from the pieces that were read; returns rows by table, and the keys of what documents gave."""
    progress("merging statements", 0, 0)
    statements, evidence = merge.merge_statements([parts.rows(p.key) for p in done if p.reader], work)
    designations = merge.merge_designations(work)
    progress("resolving and indexing", 0, 0)
    parties = write_parties(work)
    documents = [p for p in done if not p.reader]
    language = document_tables.write_documents(work, parts, documents, sources, jobs, progress)
    tables.write_sorted(ENTITIES, parties.rows + language.entities, work / "entities.parquet")
    merge.merge_snapshots(work)
    issues += language.issues
    issues.sort(key=lambda i: (i.dataset, i.source, i.code, i.locator, i.message))
    for table, values in ((SOURCES, sources), (ISSUES, issues)):
        rows = [tuple(getattr(value, column) for column in table.columns) for value in values]
        tables.write_sorted(table, rows, work / f"{table.name}.parquet")
    counts = {
        "sources": len(sources),
        "statements": statements,
        "evidence": evidence,
        "designations": designations,
        "entities": len(parties.rows) + len(language.entities),
        "clusters": parties.clusters,
        "issues": len(issues),
        **language.counts,
    }
    return counts, language.keys


def _read(
    plan: Sequence[Piece], archive: Archive, parts: Parts, jobs: int, progress: Progress
) -> tuple[int, list[Issue]]:
    """Read the pieces that are not read yet; returns how many were, and the issues of all."""
    todo = sorted((p for p in plan if not parts.done(p.key)), key=lambda p: (-p.size, p.key))
    failed: list[Issue] = []
    progress("reading", 0, len(todo))
    tasks = [ReadTask(piece, archive.root, parts.root) for piece in todo]
    for number, outcome in enumerate(run_tasks(read_piece, tasks, jobs, _time_limit), 1):
        progress("reading", number, len(todo))
        piece = outcome.task.piece
        if outcome.failure:
            file = piece.files[0]
            failed.append(Issue("unreadable", outcome.failure, "error", piece.dataset, file.name, file.sha256))
    issues = failed
    for piece in plan:
        if parts.done(piece.key):
            issues += [Issue(**values) for values in read_report(parts.report(piece.key))["issues"]]
    return len(todo), issues


def _time_limit(task: ReadTask) -> float:
    return _BASE_SECONDS + _SECONDS_PER_MB * task.piece.size / 1e6


def _recognised(archive: Archive, sources: list[Source]) -> list[Source]:
    """The sources; those that no reader took are looked at again, for this finemesh may know more."""
    found = []
    for source in sources:
        if source.kind in ("unknown", "table") and source.size:
            origin = Origin(source.dataset, source.snapshot)
            source = classify(source, archive.path(source.sha256), origin)
        found.append(source)
    return sorted(found, key=lambda s: (s.dataset, s.snapshot, s.path, s.name, s.sha256))


def _fingerprint(folder: CaseFolder, sources: Sequence[Source]) -> str:
    """A hash of everything that the tables depend on."""
    decisions = folder.decisions
    raw = orjson.dumps(
        [
            VERSION,
            FORMAT,
            [room_version(room) for room in ("sources", "extraction", "matching", "resolution", "build", "data")],
            [s.as_json() for s in sources],
            [decisions.stat().st_size, decisions.stat().st_mtime_ns] if decisions.exists() else [],
        ]
    )
    return hashlib.sha256(raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last complete build wrote down.

    Attributes:
        fingerprint: Hash of everything that the tables depend on; empty where there is no complete build.
        counts: Rows by table.
    """

    fingerprint: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def read_manifest(derived: Path) -> Manifest:
    """What the last complete build wrote down."""
    try:
        values = orjson.loads((derived / MANIFEST).read_bytes())
        return Manifest(str(values["fingerprint"]), {str(k): int(v) for k, v in values["counts"].items()})
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError):
        return Manifest()


def _publish(work: Path, derived: Path, fingerprint: str, counts: dict[str, int]) -> None:
    """Put the new tables in the place of the old ones; between the first and the last the manifest is missing."""
    (derived / MANIFEST).unlink(missing_ok=True)
    for path in sorted(work.iterdir()):
        if path.name.startswith("."):
            continue
        target = derived / path.name
        if path.is_dir():
            old = derived / f".old-{path.name}"
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            path.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            path.replace(target)
    manifest = derived / f".{MANIFEST}.{os.getpid()}"
    manifest.write_bytes(orjson.dumps({"fingerprint": fingerprint, "counts": counts}, option=orjson.OPT_SORT_KEYS))
    manifest.replace(derived / MANIFEST)


def _issues(derived: Path) -> list[Issue]:
    reader = tables.Reader(derived)
    try:
        return [Issue(**row) for row in reader.rows("SELECT * FROM issues")]
    finally:
        reader.close()
