"""The derived tables: what they hold, and how they are written.

Every table is one Parquet file, written in one piece and put in place under its name when it is complete.
Rows are in a fixed order, so that the same input gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finemesh.model.errors import UserError

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "700MB"
_PARQUET = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"


@dataclass(frozen=True, slots=True)
class Table:
    """Name and columns of a derived table.

    Attributes:
        name: File name without its ending.
        columns: Column name to DuckDB type, in order.
        key: Columns that fix the order of the rows.
    """

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]


_TEXT = "VARCHAR"
_INT = "BIGINT"

PART = Table(
    "part",
    {
        "dataset": _TEXT,
        "snapshot": _TEXT,
        "entity": _TEXT,
        "schema": _TEXT,
        "prop": _TEXT,
        "value": _TEXT,
        "lang": _TEXT,
        "sha256": _TEXT,
        "locator": _TEXT,
        "quote": _TEXT,
    },
    (),
)
"""What a reader makes of one snapshot: a statement and its evidence in one row."""

STATEMENTS = Table(
    "statements",
    {
        "n": _INT,
        "dataset": _TEXT,
        "entity": _TEXT,
        "schema": _TEXT,
        "prop": _TEXT,
        "value": _TEXT,
        "lang": _TEXT,
        "first_seen": _TEXT,
        "last_seen": _TEXT,
    },
    ("n",),
)
"""One row a statement; ``n`` numbers them and ties evidence to them within one build."""

EVIDENCE = Table(
    "evidence",
    {"n": _INT, "snapshot": _TEXT, "sha256": _TEXT, "locator": _TEXT, "quote": _TEXT},
    ("n", "snapshot", "sha256", "locator"),
)
"""Where each statement stands, one row for each snapshot (and place) that holds it."""

SOURCES = Table(
    "sources",
    {
        "sha256": _TEXT,
        "name": _TEXT,
        "path": _TEXT,
        "size": _INT,
        "kind": _TEXT,
        "reader": _TEXT,
        "dataset": _TEXT,
        "snapshot": _TEXT,
        "snapshot_basis": _TEXT,
        "part": _TEXT,
        "publisher": _TEXT,
        "title": _TEXT,
        "url": _TEXT,
        "published": _TEXT,
        "retrieved": _TEXT,
    },
    ("dataset", "snapshot", "path", "name", "sha256"),
)

ENTITIES = Table(
    "entities",
    {
        "entity": _TEXT,
        "cluster": _TEXT,
        "dataset": _TEXT,
        "schema": _TEXT,
        "caption": _TEXT,
        "countries": _TEXT,
        "target": "BOOLEAN",
        "first_seen": _TEXT,
        "last_seen": _TEXT,
    },
    ("entity", "dataset"),
)
"""One row an entity of a dataset; ``cluster`` names the real-world party, ``countries`` are joined by ``;``."""

CLUSTERS = Table(
    "clusters",
    {"left": _TEXT, "right": _TEXT, "cluster": _TEXT, "reason": _TEXT, "score": "DOUBLE"},
    ("cluster", "left", "right"),
)
"""Why entities were joined: one row a pair."""

PROPOSALS = Table(
    "proposals", {"left": _TEXT, "right": _TEXT, "reason": _TEXT, "score": "DOUBLE"}, ("left", "right", "reason")
)
"""Entities that may be one party, for a person to judge: one row a pair."""

DESIGNATIONS = Table(
    "designations",
    {
        "id": _TEXT,
        "target": _TEXT,
        "authority": _TEXT,
        "dataset": _TEXT,
        "programme": _TEXT,
        "measures": _TEXT,
        "reference": _TEXT,
        "legal_basis": _TEXT,
        "designated": _TEXT,
        "effective": _TEXT,
        "published": _TEXT,
        "amended": _TEXT,
        "delisted": _TEXT,
        "first_seen": _TEXT,
        "last_seen": _TEXT,
        "snapshots": _TEXT,
    },
    ("target", "authority", "dataset", "id"),
)

SNAPSHOTS = Table(
    "snapshots",
    {
        "dataset": _TEXT,
        "snapshot": _TEXT,
        "entries": _INT,
        "designations": _INT,
        "dated": _INT,
        "schemata": _TEXT,
        "programmes": _TEXT,
    },
    ("dataset", "snapshot"),
)
"""Each snapshot in which a designation stands, with its counts (``schemata`` and ``programmes`` are JSON)."""

DOCUMENTS = Table(
    "documents",
    {
        "doc": _TEXT,
        "sha256": _TEXT,
        "name": _TEXT,
        "title": _TEXT,
        "author": _TEXT,
        "publisher": _TEXT,
        "url": _TEXT,
        "published": _TEXT,
        "published_basis": _TEXT,
        "language": _TEXT,
        "pages": _TEXT,
        "links": _TEXT,
        "ocr": _TEXT,
        "text": _TEXT,
    },
    ("doc", "sha256"),
)
"""The text of each document; ``pages`` are the start offsets of its pages joined by ``,`` (empty: no pages), ``links``
a JSON array of (start, end, address), ``language`` ISO 639 codes joined by ``;``, the main one first, ``ocr`` what read
its pages that are pictures."""

MENTIONS = Table(
    "mentions",
    {
        "doc": _TEXT,
        "sha256": _TEXT,
        "start": _INT,
        "end": _INT,
        "type": _TEXT,
        "text": _TEXT,
        "entity": _TEXT,
        "score": "DOUBLE",
        "locator": _TEXT,
    },
    ("doc", "sha256", "start", "end", "type"),
)

RELATIONS = Table(
    "relations",
    {
        "doc": _TEXT,
        "sha256": _TEXT,
        "relation": _TEXT,
        "person_start": _INT,
        "person_end": _INT,
        "other_start": _INT,
        "other_end": _INT,
    },
    ("doc", "sha256", "person_start", "other_start", "relation"),
)

CLAIMS = Table(
    "claims",
    {
        "id": _TEXT,
        "doc": _TEXT,
        "sha256": _TEXT,
        "type": _TEXT,
        "quote": _TEXT,
        "args": _TEXT,
        "stance": _TEXT,
        "speaker": _TEXT,
        "start": _TEXT,
        "end": _TEXT,
        "offset_start": _INT,
        "offset_end": _INT,
        "page": _INT,
        "entities": _TEXT,
        "method": _TEXT,
        "locator": _TEXT,
    },
    ("doc", "sha256", "offset_start", "offset_end", "type", "id"),
)
"""``args`` and ``entities`` are JSON with sorted keys; ``id`` is a hash of what the claim says and where."""

LINKS = Table(
    "links",
    {
        "doc": _TEXT,
        "sha256": _TEXT,
        "name": _TEXT,
        "schema": _TEXT,
        "record": _TEXT,
        "party": _TEXT,
        "score": "DOUBLE",
        "reason": _TEXT,
    },
    ("doc", "sha256", "name", "schema"),
)
"""What each name of a document was linked to, and why; ``record`` is the name in that document, for people to judge."""

ISSUES = Table(
    "issues",
    {
        "severity": _TEXT,
        "code": _TEXT,
        "message": _TEXT,
        "dataset": _TEXT,
        "source": _TEXT,
        "sha256": _TEXT,
        "locator": _TEXT,
        "count": _INT,
    },
    ("dataset", "source", "code", "locator", "message"),
)

ALL = (
    SOURCES,
    STATEMENTS,
    EVIDENCE,
    ENTITIES,
    CLUSTERS,
    PROPOSALS,
    DESIGNATIONS,
    SNAPSHOTS,
    DOCUMENTS,
    MENTIONS,
    RELATIONS,
    CLAIMS,
    LINKS,
    ISSUES,
)
"""Every table that questions are asked of."""


def connect(scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB that keeps to our memory and spills to ``scratch``, and never to the network."""
    import duckdb

    config: dict[str, Any] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": min(4, os.cpu_count() or 1),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if scratch is not None:
        config["temp_directory"] = str(scratch)
    return duckdb.connect(":memory:", config=config)


def write_rows(table: Table, rows: Sequence[Sequence[Any]], path: Path) -> None:
    """Write rows to a Parquet file, in the order given (sort them first where the order is free).

    Args:
        table: Columns of the rows.
        rows: One sequence of values a row, in the order of the columns.
        path: The file; it appears only when it is complete.
    """
    import numpy as np

    columns: dict[str, Any] = {}
    for position, (name, kind) in enumerate(table.columns.items()):
        if kind == _TEXT:
            column: Any = np.empty(len(rows), dtype=object)
            column[:] = [row[position] for row in rows]
        else:
            dtype = {_INT: np.int64, "DOUBLE": np.float64, "BOOLEAN": np.bool_}[kind]
            column = np.array([row[position] for row in rows], dtype=dtype)
        columns[name] = column
    select = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.columns.items())
    with connect() as connection:
        connection.register("incoming", columns)
        copy_query(connection, f"SELECT {select} FROM incoming", path)


def write_sorted(table: Table, rows: Iterable[Sequence[Any]], path: Path) -> None:
    """Write rows in the order of the table's key (and of all columns behind it)."""
    names = list(table.columns)
    positions = [names.index(k) for k in table.key] + [i for i, n in enumerate(names) if n not in table.key]
    write_rows(table, sorted(rows, key=lambda row: tuple(row[i] for i in positions)), path)


def copy_query(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the result of a query to a Parquet file that appears only when it is complete.

    Raises:
        UserError: The disk is full or the folder cannot be written.
    """
    import duckdb

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection.execute(f"COPY ({query}) TO {literal(str(temporary))} {_PARQUET}")
        temporary.replace(path)
    except (duckdb.IOException, OSError) as error:
        raise UserError(
            f"cannot write a derived table: {error}",
            where=str(path),
            hint="check free space and permissions, then build again; nothing is lost",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
