"""What several list readers share: ids, sanctions, links, and saying what was left unread."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from finemesh.model.errors import SourceError
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Table
from finemesh.sources.raw.xml import XmlRecords

T = TypeVar("T")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def slug(text: str) -> str:
    """A text as a part of an id: ``RUSSIA-EO14024`` becomes ``russia-eo14024``."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return _NOT_WORD.sub("-", folded).strip("-") or digest(text)


def digest(*parts: str) -> str:
    """A short stable id made of some texts, for records that carry no number of their own."""
    return hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()[:12]


def sanction(
    out: FileEmitter,
    target: EntityWriter,
    key: Cell,
    programme: Cell | None = None,
    suffix: str = "",
    *,
    once: bool = False,
) -> EntityWriter:
    """Begin the ``Sanction`` of a target under one programme.

    Args:
        out: Where to write.
        target: The listed party.
        key: The cell that makes the entry one (its number or name): evidence of the link.
        programme: The programme as the list writes it.
        suffix: What tells this sanction of the target from its others; the programme by default.
        once: Keep only the first place of each value.
    """
    tail = suffix or (programme.text if programme else "")
    writer = out.entity("Sanction", f"{target.id}-{slug(tail)}" if tail else f"{target.id}-sanction", once=once)
    writer.link("entity", target.id, key)
    if programme is not None:
        writer.add("program", programme)
    return writer


def link(out: FileEmitter, subject: str, object_: str, role: Cell, *, key: str = "") -> EntityWriter:
    """An ``UnknownLink`` that the list states between two of its entries."""
    writer = out.entity("UnknownLink", f"{subject}-link-{digest(object_, key or role.text)}")
    writer.link("subject", subject, role)
    writer.link("object", object_, role)
    return writer


def report_table(out: FileEmitter, table: Table, ignored: Collection[str] = (), optional: Collection[str] = ()) -> None:
    """Say which columns were not read, and which were looked for and are not there."""
    for name in table.unexplained(ignored):
        out.issue("unknown-field", f"the column {name!r} is not known and was not read", table.column_locator(name))
    for name in sorted(table.absent.difference(optional)):
        out.issue("missing-column", f"the column {name!r} is not there", f"row={table.header_row or 1}")


def report_xml(out: FileEmitter, records: XmlRecords, ignored: Collection[str] = ()) -> None:
    """Say which elements and attributes were not read."""
    for shape, place in records.unexplained(ignored).items():
        out.issue("unknown-field", f"the element {shape} is not known and was not read", place)


def kept(out: FileEmitter, records: Iterable[T]) -> Iterator[T]:
    """The records of a file up to the place where it is damaged; the damage becomes an issue.

    What was read before that place stays in the case: half a list, said to be half, is worth more than none.
    """
    try:
        yield from records
    except SourceError as error:
        where = f" ({error.where})" if error.where else ""
        out.issue("damaged-file", f"{error.message}{where}", severity="error")


def expect_at_least(out: FileEmitter, what: str, found: int, least: int, basis: str) -> None:
    """Say that a list is shorter than it can be: a sign that the file was cut off.

    Args:
        out: Where to write.
        what: What is counted, in the plural.
        found: How many there are.
        least: How many there must be.
        basis: Where that bound comes from.
    """
    if found < least:
        out.issue("too-few", f"{found:,} {what}, where at least {least:,} are expected ({basis}): is the file cut off?")


def known(out: FileEmitter, what: str, cell: Cell, vocabulary: Collection[str], read_as: str) -> str:
    """A cell's text if it is of the list's vocabulary, else an issue and an empty text."""
    if not cell or cell.text in vocabulary:
        return cell.text
    out.issue("unknown-value", f"{what} {cell.text!r} is not known; {read_as}", cell.locator)
    return ""
