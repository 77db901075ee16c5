"""CSV and XLSX: one table of parties, one of ties."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from finemesh.analysis.graph import Graph
from finemesh.reports.exports.graphs import EDGE, NODE, edge_values, node_values
from finemesh.reports.matrix import safe_text

_CELL = 32_000
"""Characters that a cell of a workbook holds."""


def _parties(graph: Graph) -> Iterator[list[str]]:
    yield ["id", "caption", *NODE]
    for id, party in graph.parties.items():
        yield [id, party.caption, *node_values(party, graph).values()]


def _ties(graph: Graph) -> Iterator[list[str]]:
    yield ["from_id", "from", "relation", "to_id", "to", *EDGE]
    for tie in graph.ties:
        names = [graph.parties[id].caption if id in graph.parties else id for id in (tie.source, tie.target)]
        yield [tie.source, names[0], tie.label, tie.target, names[1], *edge_values(tie).values()]


def write_csv(graph: Graph, folder: Path) -> dict[str, int]:
    """``parties.csv`` and ``ties.csv`` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("parties.csv", _parties(graph)), ("ties.csv", _ties(graph))):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([safe_text(text) for text in row] for row in rows)
    return {"parties": len(graph.parties), "ties": len(graph.ties)}


def write_xlsx(graph: Graph, path: Path) -> dict[str, int]:
    """A workbook with a sheet of parties and one of ties."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    for title, rows in (("Parties", _parties(graph)), ("Ties", _ties(graph))):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for row in rows:
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", safe_text(text))[:_CELL] for text in row])
    book.save(path)
    return {"parties": len(graph.parties), "ties": len(graph.ties)}
