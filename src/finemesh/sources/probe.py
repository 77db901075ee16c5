"""A first look at a file: enough to tell what it is, without reading it all."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.emitter import Emitter, Snapshot
from finemesh.sources.raw.files import only_xml_member, open_bytes, zip_members
from finemesh.sources.raw.table import sheet_grid, sheet_names, sniff_delimiter
from finemesh.sources.raw.xml import root_of

_HEAD = 256 * 1024
_DATE_IN_PATH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])(?:[-_.]?(?P<d>[0-2]\d|3[01]))?(?!\d)"
    r"|(?<![A-Za-z0-9])(?P<year>(?:19|20)\d\d)(?![A-Za-z0-9])"
)
"""A day, a month, or a year that stands alone (not the 1998 of ``32020R1998``)."""


class Probe:
    """What can be seen of a file at a glance; each look is taken once, when it is asked for.

    Args:
        path: Where the bytes are.
        name: The file's name as it was added.
        rel: Its path as it was added, from which dates are read.
    """

    def __init__(self, path: Path, name: str, rel: str = "") -> None:
        self.path, self.name, self.rel = path, name, rel or name

    @property
    def suffix(self) -> str:
        """The lower-case ending, ``.gz`` taken off: ``.csv``."""
        pure = PurePosixPath(self.name.lower())
        return PurePosixPath(pure.stem).suffix if pure.suffix == ".gz" else pure.suffix

    @cached_property
    def head(self) -> bytes:
        """The first bytes, gzip undone."""
        try:
            with open_bytes(self.path) as stream:
                return stream.read(_HEAD)
        except SourceError:
            return b""

    @cached_property
    def tail(self) -> bytes:
        """The last bytes as they are stored."""
        with self.path.open("rb") as stream:
            stream.seek(max(0, self.path.stat().st_size - _HEAD))
            return stream.read()

    @cached_property
    def text(self) -> str:
        """The first bytes as text; empty where they are binary."""
        head = self.head
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return head.decode("utf-16", "replace")
        if b"\0" in head[:4096]:
            return ""
        return head.decode("utf-8", "replace").lstrip("\ufeff")

    @cached_property
    def members(self) -> list[str]:
        """Names of the files inside, where it is a ZIP."""
        return [i.filename for i in zip_members(self.path)] if self.head.startswith(b"PK") else []

    @cached_property
    def csv_header(self) -> list[str]:
        """The first record read as CSV, stripped; empty where it is no text of several columns."""
        if not self.text or self.text.lstrip().startswith(("<", "{", "[")):
            return []
        rows = self.csv_rows(1)
        return [c.strip() for c in rows[0]] if rows and len(rows[0]) > 1 else []

    def csv_rows(self, count: int) -> list[list[str]]:
        """The first records read as CSV, up to one that cannot be read (a quote that stays open)."""
        rows: list[list[str]] = []
        try:
            lines = self.text.splitlines(keepends=True)[: count * 50]
            reader = csv.reader(lines, delimiter=sniff_delimiter(self.path))
            rows.extend(row for row, _ in zip(reader, range(count), strict=False))
        except (csv.Error, SourceError):
            return rows
        return rows

    @cached_property
    def xml_root(self) -> tuple[str, str, dict[str, str]] | None:
        """Local name, namespace and attributes of the root, where it is XML (also as the one XML file of a ZIP)."""
        if self.xml_member is not None:
            return root_of(self.path, self.xml_member)
        return root_of(self.path) if self.text.lstrip().startswith("<") else None

    @cached_property
    def xml_member(self) -> str | None:
        """The one XML file inside, where it is a ZIP."""
        return only_xml_member(self.path) if self.head.startswith(b"PK") else None

    @cached_property
    def xml_text(self) -> str:
        """The first characters of the XML."""
        if self.xml_member is None:
            return self.text
        try:
            with open_bytes(self.path, self.xml_member) as stream:
                return stream.read(_HEAD).decode("utf-8", "replace").lstrip("\ufeff")
        except SourceError:
            return ""

    @cached_property
    def sheets(self) -> dict[str, list[list[str]]]:
        """The first three rows of each worksheet, where it is a workbook."""
        if not any(m.startswith("xl/") or m == "content.xml" for m in self.members):
            return {}
        found: dict[str, list[list[str]]] = {}
        try:
            for sheet in sheet_names(self.path):
                rows = zip(sheet_grid(self.path, sheet), range(3), strict=False)
                found[sheet] = [[v.strip() for v in values] for (_, values), _ in rows]
        except SourceError:
            return found
        return found

    @cached_property
    def json_object(self) -> dict[str, Any] | None:
        """The first line's object, where it is JSON lines."""
        line = self.text.lstrip().split("\n", 1)[0].strip()
        if not line.startswith("{"):
            return None
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            return None
        return value if isinstance(value, dict) else None

    def date_in_path(self) -> str:
        """The date nearest to the file in its path (``2021-07-15/sdn.csv``), partial ISO, or empty."""
        for part in reversed(PurePosixPath(self.rel.replace("\\", "/")).parts):
            for match in reversed(list(_DATE_IN_PATH.finditer(part))):
                date = "-".join(p for p in match.group("y", "m", "d") if p) or match["year"]
                if is_date(date):
                    return date
        return ""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a reader says of a file that it knows.

    Attributes:
        dataset: The dataset.
        snapshot: The snapshot's date if the file tells it, else empty.
        part: Which part of the list it is, empty where the list is one file.
    """

    dataset: str
    snapshot: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class ListReader:
    """One official list: how to know its files and how to read a snapshot.

    Attributes:
        dataset: Name of the dataset (or of the format, where a format serves many datasets).
        version: Raised when the same bytes would be read differently; older parts are then read again.
        recognise: Says whether a file belongs to the list.
        read: Reads one snapshot into an emitter.
    """

    dataset: str
    version: int
    recognise: Callable[[Probe], Recognition | None]
    read: Callable[[Snapshot, Emitter], None]
