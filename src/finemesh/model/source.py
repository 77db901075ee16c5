"""What was put into a case: artifacts and where they come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["list", "document", "table", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """One archived file and its origin. Two files with the same bytes share one artifact.

    Attributes:
        sha256: Hash of the bytes; the artifact's name in the archive.
        name: File name as it was added.
        path: The path as it was added, relative to the folder given to ``add`` (dates are read from it).
        size: Bytes.
        kind: What it was recognised as.
        reader: Which list reader takes it, empty for others.
        dataset: The dataset it belongs to; documents belong to ``documents`` unless told otherwise.
        snapshot: The date of the dataset's snapshot (partial ISO), empty for documents.
        snapshot_basis: Where that date was read: ``given``, ``file`` or ``path``.
        part: Which part of a list it is, e.g. ``sdn`` or ``alt``; empty where a list is one file.
        publisher, title, url, published: The origin, as given or as read from the file.
        retrieved: When it was added (ISO date).
    """

    sha256: str
    name: str
    path: str = ""
    size: int = 0
    kind: Kind = "unknown"
    reader: str = ""
    dataset: str = ""
    snapshot: str = ""
    snapshot_basis: str = ""
    part: str = ""
    publisher: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    retrieved: str = ""

    @property
    def doc(self) -> str:
        """The document id of the contract: the file name without its ending."""
        stem, dot, _ = self.name.rpartition(".")
        return stem if dot else self.name

    def as_json(self) -> dict[str, Any]:
        """All fields as plain values."""
        return asdict(self)
