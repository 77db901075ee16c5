"""Identity documents: which property a number belongs to, and what else a list says of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.prose import add_dates, date_spans
from finemesh.sources.raw.cell import EMPTY, Cell

_KINDS = (
    (re.compile(r"pass?port|pasaporte|travel document|reiseausweis", re.IGNORECASE), "passportNumber"),
    (re.compile(r"fiscal|tax|\bTIN\b|\bVAT\b|steuer", re.IGNORECASE), "taxNumber"),
    (re.compile(r"social security|\bSSN\b|national insurance", re.IGNORECASE), "socialSecurityNumber"),
    (re.compile(r"\bINN\b"), "innCode"),
    (re.compile(r"\bOGRN\b|main state registration", re.IGNORECASE), "ogrnCode"),
    (re.compile(r"\bKPP\b"), "kppCode"),
    (re.compile(r"\bOKPO\b"), "okpoCode"),
    (re.compile(r"\bIMO\b"), "imoNumber"),
    (re.compile(r"\bMMSI\b"), "mmsi"),
    (re.compile(r"\bLEI\b|legal entity identifier", re.IGNORECASE), "leiCode"),
    (re.compile(r"\bSWIFT\b|\bBIC\b", re.IGNORECASE), "swiftBic"),
    (re.compile(r"regist|company number|business number|licen[cs]e|trade", re.IGNORECASE), "registrationNumber"),
)
"""What a document's kind is called in the lists, and the property of its number, most special first."""

_EXPIRES = re.compile(r"\b(?:expir\w*|valid until)(?: date)?(?: on)?:?\s+(?P<day>\S.*)$", re.IGNORECASE | re.DOTALL)


def number_property(schema: str, kind: str) -> str:
    """The property of a document's number, among those that the schema has; ``idNumber`` by default."""
    properties = ftm.get_schema(schema).properties
    for pattern, prop in _KINDS:
        if prop in properties and pattern.search(kind):
            return prop
    return "idNumber" if "idNumber" in properties else "registrationNumber"


def document(
    out: FileEmitter,
    holder: EntityWriter,
    kind: Cell,
    number: Cell,
    *,
    prop: str = "",
    country: Cell = EMPTY,
    issued: Cell = EMPTY,
    expires: Cell = EMPTY,
    notes: Sequence[Cell] = (),
) -> None:
    """Write a document's number, and a document of its own where the list says more than the number.

    Args:
        out: Where to write.
        holder: Whose document it is.
        kind: What the list calls it.
        number: Its number.
        prop: The property of the number, where the list's form decides it; by default the kind decides.
        country: Who issued it.
        issued: Since when it is valid.
        expires: Until when.
        notes: What else the list says of it.
    """
    prop = prop or number_property(holder.schema, kind.text)
    if not number or not holder.add(prop, number):
        for cell in (kind, country, issued, expires, *notes) if any(notes) else ():
            holder.add("notes", cell)
        return
    if not (country or issued or expires or any(notes)):
        return
    schema = "Passport" if prop == "passportNumber" else "Identification"
    paper = out.entity(schema, f"{holder.id}-document-{digest(prop, number.text)}", once=True)
    paper.link("holder", holder.id, number)
    paper.add("number", number)
    paper.add("type", kind)
    add_countries(paper, "country", country)
    add_dates(paper, "startDate", issued)
    add_dates(paper, "endDate", expires)
    for note in notes:
        paper.add("summary", note, value=" ".join(note.text.split()))
        until = note.find(_EXPIRES, "day")
        if until is not None and (spans := date_spans(until.text)):
            add_dates(paper, "endDate", until.cut(0, spans[0][1]))
