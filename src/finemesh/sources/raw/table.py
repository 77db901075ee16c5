"""Tables: CSV files and worksheets as rows of cells, with every column accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from finemesh.model.errors import SourceError
from finemesh.model.locator import escape
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.files import open_text, zip_members

_SNIFF = 64 * 1024
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ",;\t|"
MAX_FIELD = 1_000_000
"""Characters that one CSV field may have; more means a quote that was never closed."""
MAX_SHEET = 1_000_000_000
"""Bytes that the parts of a workbook may unpack to."""

Grid = Iterator[tuple[int, Sequence[str]]]
"""Row number (from 1) and the text of its columns."""


class Row:
    """One row of a table.

    Attributes:
        table: The table that it belongs to.
        number: Its row in the file, from 1.
        values: The texts of its columns.
    """

    __slots__ = ("number", "prefix", "table", "values")

    def __init__(self, table: Table, number: int, values: Sequence[str]) -> None:
        self.table = table
        self.number = number
        self.values = values
        self.prefix = f"{table.prefix}row={number};"

    def __getitem__(self, column: str) -> Cell:
        """The stripped cell of a column; asking for it counts as reading the column.

        A column that the table does not have gives an empty cell (the table says so once, as an issue).
        """
        return self.whole(column).strip()

    def whole(self, column: str) -> Cell:
        """The cell of a column with the white space around it."""
        found = self.table.places.get(column)
        if found is None:
            self.table.absent.add(column)
            return EMPTY
        position, suffix = found
        self.table.used.add(column)
        if position >= len(self.values):
            return EMPTY
        text = self.values[position]
        if not text:
            return EMPTY
        return Cell(text, self.prefix + suffix)

    def text(self, column: str) -> str:
        """The stripped text of a column, empty where there is none."""
        return self[column].text

    @property
    def locator(self) -> str:
        """The place of the whole row."""
        return self.prefix[:-1]


class Table:
    """A table with named columns.

    Attributes:
        header: The column names, in order.
        header_row: Row of the header in the file; 0 where the file has none.
        used: Columns that a reader has asked for.
        absent: Columns that a reader has asked for and that are not there.
    """

    def __init__(self, grid: Grid, header: Sequence[str] | None = None, *, skip: int = 0, prefix: str = "") -> None:
        """Take a grid; its first row that holds anything, after ``skip`` rows, is the header unless one is given."""
        self.prefix = prefix
        self.used: set[str] = set()
        self.absent: set[str] = set()
        self.preamble: list[tuple[int, Sequence[str]]] = list(itertools.islice(grid, skip))
        self.header_row = 0
        if header is None:
            filled = (row for row in grid if any(v.strip() for v in row[1]))
            self.header_row, first = next(filled, (skip + 1, ()))
            header = [h.strip() for h in first]
        self.header = list(header)
        self.places: dict[str, tuple[int, str]] = {}
        for position, name in enumerate(self.header):
            if name and name not in self.places:
                suffix = f"col={position + 1};column={escape(name)}"
                self.places[name] = (position, suffix)
        self._grid = grid

    def __iter__(self) -> Iterator[Row]:
        """The rows that hold anything."""
        for number, values in self._grid:
            if any(v and not v.isspace() for v in values):
                yield Row(self, number, values)

    def expect(self, columns: Iterable[str]) -> None:
        """Count columns as read (or as absent) before any row asks for them."""
        for name in columns:
            (self.used if name in self.places else self.absent).add(name)

    def unexplained(self, ignored: Iterable[str] = ()) -> list[str]:
        """Columns that were neither read nor named as ignored."""
        known = self.used.union(ignored)
        return [name for name in self.header if name and name not in known]

    def column_locator(self, name: str) -> str:
        """The place of a column's heading."""
        row = f"row={self.header_row};" if self.header_row else ""
        return self.prefix + row + self.places[name][1]


def sniff_delimiter(path: Path, member: str | None = None) -> str:
    """The delimiter that divides the first lines most evenly; a comma where none does.

    What stands in quotes does not count. Readers and the verifier have to agree on it, so both ask here.
    """
    with open_text(path, member) as stream:
        lines = _QUOTED.sub("", stream.read(_SNIFF)).splitlines()[:20]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines if line.strip()]
        score = min(counts, default=0) * 1000 + (counts[0] if counts else 0)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def csv_grid(path: Path, member: str | None = None, delimiter: str = ",") -> Grid:
    """The records of a CSV file, numbered from 1 (a record may take several lines).

    Raises:
        SourceError: A quote is opened and never closed, or a record is otherwise unreadable. What was read before
            has been given out already.
    """
    csv.field_size_limit(MAX_FIELD)
    number = 0
    with open_text(path, member) as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=delimiter)
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                raise SourceError(
                    f"row {number + 1} cannot be read ({error}); the rows before it are kept",
                    where=f"{path.name}, row {number + 1}",
                ) from error
            number += 1
            yield number, values


def sheet_names(path: Path) -> list[str]:
    """The worksheets of a workbook.

    Raises:
        SourceError: It is no workbook that can be read.
    """
    return list(_workbook(path).sheet_names)


def sheet_grid(path: Path, sheet: str) -> Grid:
    """The rows of a worksheet, numbered as in the spreadsheet.

    Raises:
        SourceError: The workbook cannot be read or has no such sheet.
    """
    book = _workbook(path)
    try:
        data = book.get_sheet_by_name(sheet)
    except Exception as error:  # the library raises several kinds of its own
        raise SourceError(f"the sheet {sheet!r} cannot be read: {error}", where=path.name) from error
    margin = [""] * (data.start[1] if data.start else 0)  # empty rows at the edge are given out, empty columns are not
    for number, values in enumerate(data.iter_rows(), 1):
        texts = [v if type(v) is str else cell_text(v) for v in values]
        yield number, margin + texts if margin else texts


def cell_text(value: Any) -> str:
    """A typed spreadsheet cell as text: dates in ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineWorkbook

    if sum(info.file_size for info in zip_members(path)) > MAX_SHEET:
        raise SourceError("the workbook unpacks to far more than it should; it is not read", where=path.name)
    try:
        return CalamineWorkbook.from_path(str(path))
    except Exception as error:  # the library raises several kinds of its own
        raise SourceError(f"not a readable workbook: {error}", where=path.name) from error
