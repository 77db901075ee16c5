"""Which pieces of work a case has, and which of them are done already.

A piece is one snapshot of a list, or one document. Its key is a hash of everything that its result depends on (the
bytes, the reader and its version, the dates and names given), so a piece is done exactly when its result is there.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from finemesh.build.versions import room_version
from finemesh.model.source import Source
from finemesh.sources.documents.ocr import find_engine

_WITH_PICTURES = (".pdf",)
"""Endings of documents whose pages may be pictures."""

FORMAT = 2
"""Raised when the results of pieces are stored otherwise; older ones are then made again."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file of a piece: hash, name, part of the list."""

    sha256: str
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of work.

    Attributes:
        key: Names its result.
        reader: Module of the list reader; empty for a document.
        dataset, snapshot: Of a list.
        files: Its files, in a fixed order.
        size: Bytes of its files.
        ocr: Languages in which pages that are pictures are read; empty where they are not, or can be none.
    """

    key: str
    reader: str
    dataset: str
    snapshot: str
    files: tuple[FileRef, ...]
    size: int
    ocr: str = ""

    @property
    def label(self) -> str:
        """What is being read, for progress and messages."""
        return f"{self.dataset} {self.snapshot}" if self.reader else self.files[0].name


def pieces(sources: Iterable[Source], ocr: str = "") -> list[Piece]:
    """Group the sources of a case into pieces, in a fixed order.

    Args:
        sources: What the case holds.
        ocr: Languages in which pages that are pictures are read, if tesseract is installed. Such a document is read
            again when that changes.
    """
    snapshots: dict[tuple[str, str, str], list[Source]] = defaultdict(list)
    documents: dict[tuple[str, str], Source] = {}
    for source in sources:
        if source.kind == "list":
            snapshots[source.reader, source.dataset, source.snapshot].append(source)
        elif source.kind == "document":
            documents.setdefault((source.sha256, source.name), source)
    found = [_snapshot(*key, group) for key, group in sorted(snapshots.items())]
    engine, why = find_engine(ocr)
    return found + [_document(source, ocr, engine.label if engine else why) for _, source in sorted(documents.items())]


def _snapshot(reader: str, dataset: str, snapshot: str, group: list[Source]) -> Piece:
    unique = {(s.part, s.name, s.sha256): s for s in group}
    files = tuple(FileRef(s.sha256, s.name, s.part) for _, s in sorted(unique.items()))
    key = _hash("snapshot", reader, dataset, snapshot, [(f.sha256, f.name, f.part) for f in files])
    return Piece(key, reader, dataset, snapshot, files, sum(s.size for s in unique.values()))


def _document(source: Source, ocr: str, engine: str) -> Piece:
    pictures = source.name.lower().endswith(_WITH_PICTURES)
    key = _hash("document", source.sha256, source.name, engine if pictures else "")
    file = FileRef(source.sha256, source.name)
    return Piece(key, "", source.dataset, "", (file,), source.size, ocr if pictures else "")


def _hash(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps([FORMAT, room_version("sources"), *parts])).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder that holds the results of pieces.

    Attributes:
        root: ``derived/parts``.
    """

    root: Path

    def rows(self, key: str) -> Path:
        """Statements of a snapshot."""
        return self.root / f"{key}.parquet"

    def report(self, key: str) -> Path:
        """What else came of a piece (issues, a document's text); written last, so its presence means done."""
        return self.root / key[:2] / f"{key}.json"

    def done(self, key: str) -> bool:
        """Whether a piece has its result."""
        return self.report(key).exists()

    def sweep(self, keep: Iterable[str]) -> None:
        """Delete the results of pieces that the case no longer has."""
        wanted = set(keep)
        for path in [*self.root.glob("*.parquet"), *self.root.glob("??/*.json")]:
            if path.stem not in wanted:
                path.unlink(missing_ok=True)
        for folder in self.root.glob("??"):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
