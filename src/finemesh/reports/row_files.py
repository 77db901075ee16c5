"""Files of rows, read and written a few rows at a time: CSV, XLSX, JSON Lines, Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import orjson

from finemesh.model.errors import SourceError, UserError
from finemesh.sources.raw.jsonl import json_objects
from finemesh.sources.raw.parquet import begins_as_parquet, parquet_columns, parquet_grid
from finemesh.sources.raw.table import Grid, csv_grid, sniff_delimiter

Row = dict[str, Any]

FORMS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "jsonl", ".parquet": "parquet",
}  # fmt: skip
"""The form of a file by its ending."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file of rows.

    Attributes:
        path: Where it is.
        form: ``csv``, ``xlsx``, ``jsonl`` or ``parquet``.
        columns: Its columns in order; of JSON Lines those of the first objects.
        total: About how many rows it has (for a progress bar).
        problems: What could not be read, filled while rows are given out.
    """

    path: Path
    form: str
    columns: tuple[str, ...]
    total: int
    problems: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """The rows, one after another.

        Raises:
            SourceError: It cannot be read on from some row; what came before has been given out.
        """
        if self.form == "jsonl":
            yield from self._objects()
            return
        if self.form == "parquet":
            grid = (values for _, values in parquet_grid(self.path))
        else:
            grid = (values for _, values in _grid(self.path, self.form))
            next(grid, None)  # the header
        width = len(self.columns)
        for values in grid:
            padded = [*values, *[""] * (width - len(values))] if len(values) < width else values
            row: Row = dict(zip(self.columns, padded, strict=False))
            if any(row.values()):
                yield row

    def _objects(self) -> Iterator[Row]:
        for found in json_objects(self.path):
            if isinstance(found, SourceError):
                self.problems.append(str(found).replace("\n", " "))
            else:
                yield found.value


def open_rows(path: Path, problems: list[str] | None = None) -> RowFile:
    """Look at a file of rows; what cannot be read of it will be put to ``problems``, if they are given.

    Raises:
        UserError: It is not there, or of a form that is not read.
        SourceError: It cannot be read, or has no header.
    """
    if not path.is_file():
        raise UserError("no such file", where=str(path))
    form = "parquet" if begins_as_parquet(path) else FORMS.get(path.suffix.lower(), "")
    if not form:
        raise UserError(
            f"files that end in {path.suffix or 'nothing'!r} are not read here",
            where=str(path),
            hint="CSV, XLSX, JSON Lines and Parquet are",
        )
    if path.stat().st_size == 0:
        raise SourceError("the file is empty", where=str(path))
    told = [] if problems is None else problems
    if form == "parquet":
        return RowFile(path, form, tuple(parquet_columns(path)), _parquet_rows(path), told)
    if form == "jsonl":
        seen: dict[str, None] = {}
        for number, found in enumerate(json_objects(path)):
            if not isinstance(found, SourceError):
                seen.update(dict.fromkeys(found.value))
            if number == 100:
                break
        return RowFile(path, form, tuple(seen), _lines(path), told)
    _, header = next(_grid(path, form), (0, ()))
    if not any(name.strip() for name in header):
        raise SourceError("the first row has no column names", where=str(path))
    columns = unique([name.strip() or f"column {number}" for number, name in enumerate(header, 1)])
    total = _sheet_rows(path) if form == "xlsx" else max(0, _lines(path) - 1)
    return RowFile(path, form, columns, total, told)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns, told apart by a number where they are the same."""
    found: dict[str, None] = {}
    for name in names:
        number, free = 2, name
        while free in found:
            number, free = number + 1, f"{name} {number}"
        found[free] = None
    return tuple(found)


def _grid(path: Path, form: str) -> Grid:
    return _sheet_grid(path) if form == "xlsx" else csv_grid(path, None, sniff_delimiter(path))


def _sheet(path: Path) -> Any:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        return book.worksheets[0]
    except Exception as error:  # the library raises what zipfile and its parsers raise
        raise SourceError(f"the workbook cannot be read: {error}", where=str(path)) from error


def _sheet_grid(path: Path) -> Grid:
    from finemesh.sources.raw.table import cell_text

    sheet = _sheet(path)
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [cell_text(v) for v in values]
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"the workbook cannot be read on: {error}", where=str(path)) from error
    finally:
        sheet.parent.close()


def _sheet_rows(path: Path) -> int:
    sheet = _sheet(path)
    try:
        return max(0, (sheet.max_row or 1) - 1)
    finally:
        sheet.parent.close()


def _parquet_rows(path: Path) -> int:
    import duckdb

    with duckdb.connect(":memory:") as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchall()
    return int(count)


def _lines(path: Path) -> int:
    count = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            count += chunk.count(b"\n")
    return count


class Writer(Protocol):
    """Takes rows one by one."""

    def write(self, row: Row) -> None:
        """Write a row."""

    def close(self) -> None:
        """Finish the file."""


class _Csv:
    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._columns = columns
        self._writer = csv.writer(self._stream)
        self._writer.writerow(columns)

    def write(self, row: Row) -> None:
        self._writer.writerow([row.get(c, "") for c in self._columns])

    def close(self) -> None:
        self._stream.close()


class _JsonLines:
    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")

    def write(self, row: Row) -> None:
        self._stream.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE, default=str))

    def close(self) -> None:
        self._stream.close()


class _Xlsx:
    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        from openpyxl import Workbook

        self._path, self._columns = path, columns
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("Screened")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([_cell(c) for c in columns])

    def write(self, row: Row) -> None:
        self._sheet.append([_cell(row.get(c)) for c in self._columns])

    def close(self) -> None:
        self._book.save(self._path)


def _cell(value: Any) -> Any:
    """A value that a worksheet can hold: no control characters, no more than a cell may have."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:32_000]
    return "'" + text if text[:1] == "=" else text


class _Parquet:
    """Rows as JSON lines first; DuckDB turns them into Parquet."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns = path, columns
        self._lines = path.with_suffix(".rows")
        self._writer = _JsonLines(self._lines)

    def write(self, row: Row) -> None:
        self._writer.write({c: row.get(c) for c in self._columns})

    def close(self) -> None:
        import duckdb

        self._writer.close()
        types = "{" + ", ".join(f"{_quoted(c)}: 'VARCHAR'" for c in self._columns) + "}"
        source = f"read_json({_quoted(str(self._lines))}, format='newline_delimited', columns={types})"
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(str(self._path))} (FORMAT parquet)")
        self._lines.unlink()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def open_writer(path: Path, form: str, columns: Sequence[str]) -> Writer:
    """Begin a file of rows."""
    if form == "csv":
        return _Csv(path, columns)
    if form == "xlsx":
        return _Xlsx(path, columns)
    return _JsonLines(path) if form == "jsonl" else _Parquet(path, columns)
