"""The way through a build.

Snapshots and documents are read in parallel, what is read is merged, parties are clustered and indexed, the documents'
language is read against that index, and the new tables take the place of the old ones at once. A build that is
stopped leaves the old tables as they were; the pieces it has read are kept, and the next build goes on from there.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from finemesh.build import documents as document_tables
from finemesh.build import merge
from finemesh.build.answers import Answers
from finemesh.build.intake import Origin, classify, not_recognised
from finemesh.build.manifest import MANIFEST, Manifest, read_manifest, write_manifest
from finemesh.build.parties import INDEX, write_parties
from finemesh.build.plan import FORMAT, Parts, Piece, pieces
from finemesh.build.settling import digest, intact, settle_locked, write_settled
from finemesh.build.versions import room_version
from finemesh.build.way import Way
from finemesh.build.work import ReadTask, read_piece, read_report
from finemesh.build.workers import run_tasks
from finemesh.model.decision import Decision
from finemesh.model.errors import DataError
from finemesh.model.issue import Issue
from finemesh.model.progress import Progress
from finemesh.model.source import Source
from finemesh.model.version import VERSION
from finemesh.sources.documents.ocr import find_engine
from finemesh.store import tables
from finemesh.store.archive import Archive
from finemesh.store.decisions import DecisionLog
from finemesh.store.folder import CaseFolder, Settings
from finemesh.store.reader import Reader
from finemesh.store.tables import ISSUES, SOURCES

_BASE_SECONDS = 120.0
_SECONDS_PER_MB = 60.0
_DOCUMENT_SECONDS_PER_MB = 15.0
"""A document of nothing but markup takes eight."""
_PICTURE_SECONDS = 1200.0
"""Seconds more for a document whose pages may be pictures."""


AGAIN = "?"
"""Mark on the fingerprint of a build in which a reading process died: the next build tries those pieces again."""


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
        settings = folder.settings()
        fingerprint = _fingerprint(sources, settings, Answers(folder.answers).version())
        manifest = read_manifest(folder.derived)
        if manifest.fingerprint == fingerprint and _sound(folder.derived):
            if manifest.decisions != digest(DecisionLog(folder.decisions).all()):
                progress("settling parties", 0, 0)
                settle_locked(folder)
                counts = read_manifest(folder.derived).counts
                return BuildReport(False, 0, len(pieces(sources, settings.ocr)), counts, tuple(_issues(folder.derived)))
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
        plan = pieces(sources, folder.settings().ocr)
        read, issues, died = _read(plan, archive, parts, jobs, progress)
        issues += not_recognised(sources)
        done = [p for p in plan if parts.done(p.key)]
        decisions = DecisionLog(folder.decisions).all()
        counts, language = _derive(Way(work, parts, jobs, progress), folder, done, sources, issues, decisions)
        progress("putting the tables in place", 0, 0)
        if died or language.died:
            fingerprint += AGAIN
        _publish(work, folder.derived, Manifest(fingerprint, counts, digest(decisions)))
        parts.sweep([p.key for p in plan] + language.keys)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return BuildReport(False, read, len(plan) - read, counts, tuple(issues))


def _derive(
    way: Way,
    folder: CaseFolder,
    done: Sequence[Piece],
    sources: Sequence[Source],
    issues: list[Issue],
    decisions: Sequence[Decision],
) -> tuple[dict[str, int], document_tables.Language]:
    """Write every table from the pieces that were read; returns rows by table, and what came of the documents."""
    work, parts, progress = way.work, way.parts, way.progress
    progress("merging statements", 0, 0)
    statements, evidence = merge.merge_statements([parts.rows(p.key) for p in done if p.reader], work)
    designations = merge.merge_designations(work)
    progress("resolving and indexing", 0, 0)
    parties = write_parties(work)
    documents = [p for p in done if not p.reader]
    llm = folder.settings().llm
    clusters = parties.clusters()
    language = document_tables.write_documents(way, documents, sources, clusters, llm, folder.answers)
    entities = parties.rows + language.entities
    settled = write_settled(parties.gathered, entities, decisions, work, work)
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
        "entities": len(entities),
        "clusters": settled.clusters,
        "proposals": settled.proposals,
        "issues": len(issues),
        **language.counts,
    }
    return counts, language


def _read(
    plan: Sequence[Piece], archive: Archive, parts: Parts, jobs: int, progress: Progress
) -> tuple[int, list[Issue], bool]:
    """Read the pieces that are not read yet; returns how many, the issues of all, and whether a process died."""
    todo = sorted((p for p in plan if not parts.done(p.key)), key=lambda p: (-p.size, p.key))
    failed: list[Issue] = []
    died = False
    progress("reading", 0, len(todo))
    tasks = [ReadTask(piece, archive.root, parts.root) for piece in todo]
    for number, outcome in enumerate(run_tasks(read_piece, tasks, jobs, _time_limit), 1):
        progress("reading", number, len(todo))
        piece = outcome.task.piece
        died = died or outcome.died
        if outcome.failure:
            file = piece.files[0]
            failed.append(Issue("unreadable", outcome.failure, "error", piece.dataset, file.name, file.sha256))
    issues = failed
    for piece in plan:
        if parts.done(piece.key):
            issues += [Issue(**values) for values in read_report(parts.report(piece.key))["issues"]]
    return len(todo), issues, died


def _time_limit(task: ReadTask) -> float:
    piece = task.piece
    pictures = _PICTURE_SECONDS if piece.ocr else 0.0
    seconds = _SECONDS_PER_MB if piece.reader else _DOCUMENT_SECONDS_PER_MB
    return _BASE_SECONDS + pictures + seconds * piece.size / 1e6


def _recognised(archive: Archive, sources: list[Source]) -> list[Source]:
    """The sources; those that no reader took are looked at again, for this finemesh may know more."""
    found = []
    for source in sources:
        if source.kind in ("unknown", "table") and source.size:
            origin = Origin(source.dataset, source.snapshot)
            source = classify(source, archive.path(source.sha256), origin)
        found.append(source)
    return sorted(found, key=lambda s: (s.dataset, s.snapshot, s.path, s.name, s.sha256))


def _fingerprint(sources: Sequence[Source], settings: Settings, answers: str) -> str:
    """A hash of everything that the tables depend on but decisions (they are settled by themselves)."""
    engine, why = find_engine(settings.ocr)
    raw = orjson.dumps(
        [
            VERSION,
            FORMAT,
            [room_version(room) for room in ("sources", "extraction", "matching", "resolution", "build", "data")],
            [s.as_json() for s in sources],
            [engine.label if engine else why],
            [settings.llm.model, settings.llm.languages, settings.llm.max_tokens, answers] if settings.llm else [],
        ]
    )
    return hashlib.sha256(raw).hexdigest()


def _sound(derived: Path) -> bool:
    """Whether every derived table can be read; one that cannot is made again."""
    reader = Reader(derived)
    try:
        for table in tables.ALL:
            reader.rows(f"SELECT count(*) FROM {table.name}")
        return (derived / INDEX).is_dir() and intact(derived)
    except DataError:
        return False
    finally:
        reader.close()


def _publish(work: Path, derived: Path, manifest: Manifest) -> None:
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
    write_manifest(derived, manifest)


def _issues(derived: Path) -> list[Issue]:
    reader = Reader(derived)
    try:
        return [Issue(**row) for row in reader.rows("SELECT * FROM issues")]
    finally:
        reader.close()
