"""What happens inside a worker: read one snapshot of a list, or one document, and keep the result.

Every quote is checked against the archived bytes by code that does not know the reader, before it is stored. What
does not stand where it is said to stand is rejected.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from finemesh.build.plan import Parts, Piece
from finemesh.model.errors import SourceError
from finemesh.model.issue import Issue, Severity
from finemesh.sources.documents import Document, extract_document
from finemesh.sources.emitter import Emitter, InputFile, PartRow, Snapshot
from finemesh.sources.registry import readers
from finemesh.sources.verify import check
from finemesh.store.archive import Archive
from finemesh.store.tables import PART, write_rows


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A piece to be read.

    Attributes:
        piece: The piece.
        archive: The archive's folder.
        parts: The folder for results.
    """

    piece: Piece
    archive: Path
    parts: Path


def read_piece(task: ReadTask) -> int:
    """Read one piece and keep its result.

    Returns:
        Rows read (statements of a list, characters of a document).

    Raises:
        SourceError: A document cannot be read at all. (A list that cannot be read gives issues.)
    """
    if task.piece.reader:
        return _read_snapshot(task)
    return _read_document(task)


def _read_snapshot(task: ReadTask) -> int:
    piece, archive = task.piece, Archive(task.archive)
    files = tuple(InputFile(archive.path(f.sha256), f.name, f.sha256, f.part) for f in piece.files)
    snapshot = Snapshot(piece.dataset, piece.snapshot, files)
    emitter = Emitter(snapshot)
    try:
        readers()[piece.reader].read(snapshot, emitter)
    except SourceError as error:
        where = error.where or ""
        emitter.issue("unreadable", f"{error.message}" + (f" ({where})" if where else ""), severity="error")
    rows = _verified(emitter, files)
    parts = Parts(task.parts)
    write_rows(PART, rows, parts.rows(piece.key))
    write_report(parts.report(piece.key), {"issues": [asdict(i) for i in emitter.issues.all()], "rows": len(rows)})
    return len(rows)


def _verified(emitter: Emitter, files: tuple[InputFile, ...]) -> list[PartRow]:
    """The rows whose quotes stand where they are said to stand, sorted; each other one is an issue."""
    by_file: dict[str, list[PartRow]] = defaultdict(list)
    for row in emitter.rows:
        by_file[row[7]].append(row)
    kept: list[PartRow] = []
    for file in files:
        rows = by_file.pop(file.sha256, [])
        failures = dict(check(file.path, file.name, [(row[8], row[9]) for row in rows]))
        for position, why in failures.items():
            row = rows[position]
            emitter.file(file).issue(
                "not-verified",
                f"{row[4]} of {row[2]} is rejected: {why}",
                row[8],
                severity="error",
            )
        kept += [row for position, row in enumerate(rows) if position not in failures]
    return sorted(set(kept))


def _read_document(task: ReadTask) -> int:
    file = task.piece.files[0]
    document = extract_document(Archive(task.archive).path(file.sha256), file.name, task.piece.ocr)
    issues = [
        asdict(Issue(code, message, _SEVERITY.get(code, "info"), task.piece.dataset, file.name, file.sha256))
        for code, message in document.notes
    ]
    write_report(Parts(task.parts).report(task.piece.key), {"issues": issues, "document": document_as_json(document)})
    return len(document.text)


_SEVERITY: dict[str, Severity] = {
    "scanned-page": "warning",
    "broken-page": "warning",
    "too-many-pages": "warning",
    "nested-too-deep": "warning",
}
"""Notes of a document that say that words in it were not read."""


def document_as_json(document: Document) -> dict[str, Any]:
    """A document for storing; the way back to its source is found again from the source when it is needed."""
    values = asdict(document)
    del values["notes"]
    return values


def document_from_json(values: dict[str, Any]) -> Document:
    """The stored document."""
    same = ("pages", "ocr_pages")
    return Document(
        **{
            **values,
            **{name: tuple(values[name]) for name in same},
            "runs": tuple((a, b, c, d) for a, b, c, d in values["runs"]),
            "lines": tuple((a, b, (left, low, right, top)) for a, b, (left, low, right, top) in values["lines"]),
            "links": tuple((a, b, url) for a, b, url in values["links"]),
        }
    )


def write_report(path: Path, values: dict[str, Any]) -> None:
    """Write a piece's report; it appears only when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(orjson.dumps(values, option=orjson.OPT_SORT_KEYS))
    temporary.replace(path)


def read_report(path: Path) -> dict[str, Any]:
    """Read a piece's report."""
    values: dict[str, Any] = orjson.loads(path.read_bytes())
    return values
