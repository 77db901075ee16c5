"""What several list readers share: ids, sanctions, links, and saying what was left unread."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Table
from finemesh.sources.raw.xml import XmlRecords

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """A text as a part of an id: ``RUSSIA-EO14024`` becomes ``russia-eo14024``."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return _NOT_WORD.sub("-", folded).strip("-") or digest(text)


def digest(*parts: str) -> str:
    """A short stable id made of some texts, for records that carry no number of their own."""
    return hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()[:12]


def sanction(
    out: FileEmitter, target: EntityWriter, key: Cell, programme: Cell | None = None, suffix: str = ""
) -> EntityWriter:
    """Begin the ``Sanction`` of a target under one programme.

    Args:
        out: Where to write.
        target: The listed party.
        key: The cell that makes the entry one (its number or name): evidence of the link.
        programme: The programme as the list writes it.
        suffix: What tells this sanction of the target from its others; the programme by default.
    """
    tail = suffix or (programme.text if programme else "")
    writer = out.entity("Sanction", f"{target.id}-{slug(tail)}" if tail else f"{target.id}-sanction")
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
