"""Phone numbers and addresses on the web, in whatever form a list prints them."""

from __future__ import annotations

import re

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter
from finemesh.sources.lists.prose import numbered
from finemesh.sources.raw.cell import Cell

_STOPS = re.compile(r"\.\s+|[;,]\s*|\s+(?=\(?\+)|\s+(?=www\.|https?:)")


def add_contacts(entity: EntityWriter, cell: Cell) -> None:
    """Addresses on the web: whatever has an @ is an e-mail address, under either label."""
    for part in numbered(cell):
        for one in part.split(_STOPS):
            one = one.strip(" .,;")
            prop = "email" if "@" in one.text else "website"
            if "." in one.text:
                _readable(entity, prop, one)
            elif one:
                entity.add("notes", one)


def add_phones(entity: EntityWriter, cell: Cell) -> None:
    """Phone numbers; one without a country's code is kept as a note."""
    for part in numbered(cell):
        for one in part.split(_STOPS):
            _readable(entity, "phone", one.strip(" .,;"))


def _readable(entity: EntityWriter, prop: str, cell: Cell) -> None:
    """Add a value in a strict form; what does not have it is kept as a note, as it stands."""
    if not cell:
        return
    value = cell.text
    if prop == "phone":
        digits = re.sub(r"\D", "", value)
        value = "+" + digits.removeprefix("00") if len(digits) > 9 else value
    if prop in ftm.get_schema(entity.schema).properties and ftm.clean_value(entity.schema, prop, value) is not None:
        entity.add(prop, cell, value=value)
    else:
        entity.add("notes", cell)
