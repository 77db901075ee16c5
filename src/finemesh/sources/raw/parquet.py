"""Parquet files as rows of texts, read with DuckDB."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from finemesh.model.errors import SourceError
from finemesh.sources.raw.table import Grid, cell_text, csv_grid, sniff_delimiter

MAGIC = b"PAR1"
_BATCH = 2_000


def begins_as_parquet(path: Path) -> bool:
    """Whether a file begins like a Parquet file; it may be cut short."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def is_parquet(path: Path) -> bool:
    """Whether a file begins and ends like a Parquet file."""
    if not begins_as_parquet(path):
        return False
    try:
        with path.open("rb") as stream:
            stream.seek(-len(MAGIC), os.SEEK_END)
            return stream.read() == MAGIC
    except OSError:
        return False


def parquet_columns(path: Path) -> list[str]:
    """The names of the columns, in order.

    Raises:
        SourceError: The file cannot be read.
    """
    return [str(name) for name, *_ in _query(path, "SELECT * FROM read_parquet(?) LIMIT 0").description or ()]


def parquet_grid(path: Path) -> Grid:
    """The rows, numbered from 1 (there is no header row in the file).

    Raises:
        SourceError: The file cannot be read.
    """
    cursor = _query(path, "SELECT * FROM read_parquet(?)")
    number = 0
    while True:
        try:
            batch: Sequence[Sequence[Any]] = cursor.fetchmany(_BATCH)
        except Exception as error:  # the library raises several kinds of its own
            raise SourceError(f"row {number + 1} cannot be read: {error}", where=path.name) from error
        if not batch:
            return
        for values in batch:
            number += 1
            yield number, [_text(v) for v in values]


def plain_grid(path: Path, member: str | None = None) -> Grid:
    """The rows of a file that is one table: Parquet, or CSV with whatever delimiter it has."""
    if member is None and is_parquet(path):
        return parquet_grid(path)
    return csv_grid(path, member, sniff_delimiter(path, member))


def _query(path: Path, sql: str) -> Any:
    import duckdb

    try:
        connection = duckdb.connect(":memory:", config={"memory_limit": "500MB", "threads": "2"})
        return connection.execute(sql, [str(path)])
    except duckdb.Error as error:
        told = str(error).splitlines()[0].replace(str(path), path.name)
        raise SourceError(f"not a readable Parquet file: {told}", where=path.name) from error


def _text(value: Any) -> str:
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    return cell_text(value)
