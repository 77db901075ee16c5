"""Parties from candidates and decisions: the part of a build that a decision touches.

What a build gathers (facts of records, candidate pairs) is kept, so that a decision takes effect in a moment, without
anything being read, compared or indexed again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from finemesh.build.manifest import Manifest, read_manifest, write_manifest
from finemesh.build.relinking import LINKS, load_relinking, relink
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.decision import Decision
from finemesh.model.errors import ConflictError, DataError, UserError
from finemesh.resolution.candidates import Candidate
from finemesh.resolution.clusters import Gathered, Resolution, settle
from finemesh.resolution.facts import ANY, Facts
from finemesh.resolution.judgements import about_parties
from finemesh.store import tables
from finemesh.store.decisions import DecisionLog
from finemesh.store.folder import CaseFolder
from finemesh.store.reader import Reader
from finemesh.store.tables import CLUSTERS, ENTITIES, PROPOSALS, Table, literal

_TEXT = "VARCHAR"
RECORDS = Table(
    "records",
    dict.fromkeys(
        (
            "id",
            "dataset",
            "kind",
            "births",
            "genders",
            "imos",
            "numbers",
            "lists",
            "sections",
            "first_seen",
            "last_seen",
            "listed",
        ),
        _TEXT,
    ),
    ("id", "dataset"),
)
"""The facts of each record; lists are JSON."""

CANDIDATES = Table(
    "candidates",
    {
        "step": "BIGINT",
        "key": _TEXT,
        "left": _TEXT,
        "right": _TEXT,
        "reason": _TEXT,
        "score": "DOUBLE",
        "sure": "BOOLEAN",
    },
    ("step", "key", "left", "right"),
)
"""Pairs of records that may be one party, whatever people have decided."""
_LISTS = ("births", "genders", "imos", "numbers", "lists", "sections")


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of settling.

    Attributes:
        clusters: How many parties the records are.
        proposals: Pairs that wait for a person.
    """

    clusters: int
    proposals: int


def digest(decisions: Iterable[Decision]) -> str:
    """A hash of the decisions about parties in a log, whatever their order."""
    return hashlib.sha256("\n".join(sorted(d.id for d in about_parties(list(decisions)))).encode()).hexdigest()


def keep(gathered: Gathered, folder: Path) -> None:
    """Write what settling needs."""
    rows = [
        (
            f.id,
            f.dataset,
            f.kind,
            *(orjson.dumps(getattr(f, name)).decode() for name in _LISTS),
            f.first_seen,
            f.last_seen,
            f.listed,
        )
        for f in gathered.facts
    ]
    tables.write_sorted(RECORDS, rows, folder / "records.parquet")
    pairs = [(int(c.step), c.key, c.left, c.right, c.reason, c.score, c.sure) for c in gathered.candidates]
    tables.write_sorted(CANDIDATES, pairs, folder / "candidates.parquet")


def kept(folder: Path) -> Gathered:
    """Read what settling needs.

    Raises:
        DataError: It is missing, damaged or of another finemesh.
    """
    import duckdb

    try:
        with tables.connect() as connection:
            records, pairs = (
                connection.execute(
                    f"SELECT {', '.join(map(_quoted, table.columns))} FROM {_file(folder, table)}"
                ).fetchall()
                for table in (RECORDS, CANDIDATES)
            )
    except duckdb.Error as error:
        raise DataError(
            f"a derived table is damaged: {error}", where=str(folder), hint="run `finemesh build`; nothing is lost"
        ) from error
    facts = [Facts(*row[:3], *(_list(text) for text in row[3:9]), *row[9:12]) for row in records]
    return Gathered(facts, sorted(Candidate(*row) for row in pairs))


def intact(folder: Path) -> bool:
    """Whether what settling needs is there and can be read."""
    import duckdb

    try:
        with tables.connect() as connection:
            for table in (RECORDS, CANDIDATES):
                connection.execute(f"SELECT count(*) FROM {_file(folder, table)}").fetchall()
    except duckdb.Error:
        return False
    return True


def _quoted(name: str) -> str:
    return f'"{name}"'


def _file(folder: Path, table: Table) -> str:
    return literal(str(folder / f"{table.name}.parquet"))


def _list(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(orjson.loads(text))


def write_settled(
    gathered: Gathered, entities: Sequence[tuple[Any, ...]], decisions: Sequence[Decision], source: Path, folder: Path
) -> Settled:
    """Join the records into parties and write the tables that tell of it.

    Args:
        gathered: Facts and candidates of listed records.
        entities: Rows of the table of entities; their clusters are set here. Parties that only documents name are
            among them, and join others by decisions alone.
        decisions: The log.
        source: Where the tables of documents are.
        folder: Where the tables go.
    """
    relinking = load_relinking(source / f"{LINKS.name}.parquet", decisions)
    entities = [row for row in entities if row[2] != DOCUMENTS or "@" not in row[0]] + relinking.entities()
    known = {f.id for f in gathered.facts}
    named = [Facts(row[0], DOCUMENTS, ANY) for row in entities if row[2] == DOCUMENTS and row[0] not in known]
    candidates = [*gathered.candidates, *relinking.candidates()]
    resolution = settle(Gathered([*gathered.facts, *named], candidates), decisions)
    relink(relinking, resolution.clusters, source, folder)
    return _write(resolution, entities, folder)


def _write(resolution: Resolution, entities: Sequence[tuple[Any, ...]], folder: Path) -> Settled:
    clusters = resolution.clusters
    rows = [(row[0], clusters.get(row[0], row[0]), *row[2:]) for row in entities]
    joined = [(p.left, p.right, clusters[p.left], p.reason, p.score) for p in resolution.pairs]
    doubts = [(p.left, p.right, p.reason, p.score) for p in resolution.doubts]
    tables.write_sorted(PROPOSALS, doubts, folder / "proposals.parquet")
    tables.write_sorted(CLUSTERS, joined, folder / "clusters.parquet")
    tables.write_sorted(ENTITIES, rows, folder / "entities.parquet")
    return Settled(len({row[1] for row in rows}), len(doubts))


def settle_again(folder: CaseFolder) -> bool:
    """Bring the parties of a built case up to date with its decisions.

    Nothing is done where the case is not built, or where the decisions are those that the tables were made with. A
    kill in between leaves tables that can be read, and a manifest that says that they are to be settled again.

    Returns:
        Whether the tables hold all decisions now; not so while another process writes to the case (its build takes
        them in, or the next one).

    Raises:
        DataError, UserError: A derived table is damaged or cannot be written; the decisions themselves are safe.
    """
    try:
        with folder.lock("decide"):
            return settle_locked(folder)
    except ConflictError:
        return False


def settle_locked(folder: CaseFolder) -> bool:
    """As :func:`settle_again`, for one who holds the lock."""
    derived = folder.derived
    manifest = read_manifest(derived)
    if not manifest.fingerprint:
        return False
    decisions = DecisionLog(folder.decisions).all()
    now = digest(decisions)
    if manifest.decisions == now:
        return True
    work = derived / ".settled"
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        counts = _settle(derived, work, decisions, manifest)
        write_manifest(derived, replace(manifest, decisions=""))
        for path in sorted(work.glob("*.parquet")):
            path.replace(derived / path.name)
        write_manifest(derived, replace(manifest, decisions=now, counts=counts))
    except OSError as error:
        raise UserError(
            f"the decisions are kept, but the parties cannot be settled: {error.strerror or error}",
            where=str(derived),
            hint="check free space and permissions, then run `finemesh build`",
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return True


def _settle(derived: Path, work: Path, decisions: Sequence[Decision], manifest: Manifest) -> dict[str, int]:
    columns = ", ".join(f'"{name}"' for name in ENTITIES.columns)
    reader = Reader(derived)
    try:
        entities = [tuple(row.values()) for row in reader.rows(f"SELECT {columns} FROM entities")]
    finally:
        reader.close()
    settled = write_settled(kept(derived), entities, decisions, derived, work)
    return {**manifest.counts, "clusters": settled.clusters, "proposals": settled.proposals}
