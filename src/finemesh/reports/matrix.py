"""The coverage matrix as text, CSV and XLSX; the state is always written out, never only a glyph or a colour."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from finemesh.analysis.coverage import CoverageRow
from finemesh.model.designation import GLYPHS, Cell, State
from finemesh.model.locator import Locator

_LEGEND = (
    "● listed   ● - listed, date not published   ✕ delisted   ◇ owned by listed   ◐ regime only   o not listed"
    "   – no list loaded   ? indeterminate"
)
_CLOSE = 0.9
"""Below this fit of its name a party is shown with what was asked for."""
_HEAD = ("query", "target", "id", "schema", "as of", "gaps")
_FIELDS = ("state", "designated", "delisted", "programme", "reference", "dataset", "snapshot", "basis", "evidence")


def cell_text(cell: Cell) -> str:
    """A cell in a few characters: glyph and date."""
    glyph = GLYPHS[cell.state]
    if cell.state is State.LISTED:
        return f"{glyph} {cell.designated}"
    if cell.state is State.LISTED_UNDATED:
        return f"{glyph} -"
    if cell.state is State.DELISTED:
        return f"{glyph} {cell.delisted or ''}".strip()
    return glyph


def matrix_text(rows: Sequence[CoverageRow]) -> str:
    """The matrix for a terminal, with its legend."""
    if not rows:
        return "Nobody."
    columns = list(rows[0].cells)
    heads = [f"as of {rows[0].as_of}", *columns, "gaps"]
    lines = []
    for row in rows:
        name = row.target.caption if row.target else f"{row.query} (on no list)"
        if row.target and row.match < _CLOSE and row.query not in (row.target.id, row.target.caption):
            name = f"{name} (asked: {row.query}, {row.match:.2f})"
        lines.append([name, *(cell_text(row.cells[c]) for c in columns), gaps_text(row)])
    widths = [min(60, max(len(line[n]) for line in [heads, *lines])) for n in range(len(heads))]
    shown = [
        "  ".join(text[:width].ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *lines]
    ]
    return "\n".join([shown[0], "-" * len(shown[0]), *shown[1:], "", _LEGEND])


def gaps_text(row: CoverageRow) -> str:
    """How many authorities leave a gap; "listed nowhere" for a party that none lists; nothing for a state."""
    states = {cell.state for cell in row.cells.values()}
    if any(state.in_force for state in states):
        return str(row.gaps)
    return "" if State.REGIME_ONLY in states else "listed nowhere"


def _flat(rows: Sequence[CoverageRow]) -> list[list[str]]:
    columns = list(rows[0].cells) if rows else []
    table = [[*_HEAD, *(f"{code} {field}" for code in columns for field in _FIELDS)]]
    for row in rows:
        target = row.target
        line = [
            row.query,
            target.caption if target else "",
            target.id if target else "",
            target.schema if target else "",
            row.as_of.isoformat(),
            str(row.gaps),
        ]
        for code in columns:
            cell = row.cells[code]
            line += [
                cell.state.value,
                cell.designated or "",
                cell.delisted or "",
                cell.programme or "",
                cell.reference or "",
                cell.dataset or "",
                cell.snapshot or "",
                cell.basis,
                _proof(cell),
            ]
        table.append(line)
    return table


def _proof(cell: Cell) -> str:
    if not cell.evidence:
        return ""
    first = cell.evidence[0]
    return f"{first.source}, {Locator.parse(first.locator).describe()} (sha256 {first.sha256[:12]}): {first.quote}"


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def matrix_csv(rows: Sequence[CoverageRow]) -> str:
    """The matrix as CSV, one column for each fact of each authority."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[safe_text(text) for text in line] for line in _flat(rows)])
    return out.getvalue()


def matrix_xlsx(rows: Sequence[CoverageRow]) -> bytes:
    """The matrix as a workbook: a sheet to read, and one with every fact."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    overview = book.active
    assert overview is not None
    overview.title = "Coverage"
    columns = list(rows[0].cells) if rows else []
    overview.append(["party", *columns, "gaps"])
    for row in rows:
        name = row.target.caption if row.target else row.query
        shown = [f"{c.state.value} {c.designated or c.delisted or ''}".strip() for c in row.cells.values()]
        overview.append([safe_text(name), *shown, row.gaps])
    overview.append([])
    overview.append([f"as of {rows[0].as_of}" if rows else ""])
    details = book.create_sheet("Details")
    for line in _flat(rows):
        details.append([safe_text(text)[:32_000] for text in line])
    for sheet in (overview, details):
        sheet.freeze_panes = "B2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number, column in enumerate(sheet.iter_cols(values_only=True), 1):
            width = max(len(str(value or "")) for value in column)
            sheet.column_dimensions[get_column_letter(number)].width = min(48, width + 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
