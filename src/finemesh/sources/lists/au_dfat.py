"""Australia: Consolidated List of the Department of Foreign Affairs and Trade (``regulation8_consolidated``).

Publisher: Department of Foreign Affairs and Trade,
https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list; the list that regulation 8 of the
Charter of the United Nations (Dealing with Assets) Regulations 2008 asks for. It joins Australia's own (autonomous)
sanctions with those of the UN, which Australia takes over with their UN reference. The workbook does not say its day.
The layouts of 2024 and of 2026 are read; the newer has alias strength, IMO numbers, instruments and measures.

Rows belong together by their number: ``2`` is the primary name, ``2a``, ``2b`` are its other names, which repeat the
rest.

What its dates mean: ``Listing Information`` is prose. ``Listed on 25 Jan. 2001 (amended on 3 Sep. 2003, ...)`` is the
designation and its amendments; for a UN listing the day is the UN's. Where only an instrument is named, its year is
the date, and stays partial. ``Control Date`` is the last check of the entry by the department, no designation.

What is left out: nothing; what no rule knows stays in the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from finemesh.model.locator import escape
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.au_dfat_text import add_information, add_listing, reference
from finemesh.sources.lists.common import expect_at_least, kept, known, report_table, sanction
from finemesh.sources.lists.countries import add_countries, country_code
from finemesh.sources.lists.names import add_names
from finemesh.sources.lists.prose import add_dates, is_nothing, numbered
from finemesh.sources.lists.relations import UN_REFERENCE, add_text, mentions
from finemesh.sources.lists.repeats import Done, Fact, Facts
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.files import open_bytes
from finemesh.sources.raw.table import Row, Table, csv_grid, sheet_grid, sheet_names, sniff_delimiter

DATASET = "au_dfat"
LEAST_GROUPS = 2_000
NAME = "Name of Individual or Entity"
SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel"}
NAME_TYPES = {
    "primary name": "name",
    "original script": "name",
    "aka": "alias",
    "alias": "alias",
    "previously listed as": "alias",
    "formerly known as": "previousName",
}
STRENGTHS = ("Strong", "Weak")
MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
NEW_COLUMNS = ("Alias Strength", "IMO Number", "Instrument of Designation", *MEASURES)
_NUMBER = re.compile(r"^(?P<group>\d+)\s*(?P<name>[a-z]{0,2}\d*)$", re.IGNORECASE)
_REFERENCES = re.compile(UN_REFERENCE)
_PLACES = re.compile(r";\s*(?:alt\.? POB:\s*)?|\balt\.? POB:\s*")
_ADDRESSES = re.compile(r";\s+|(?<=\w)\n+(?=\S)")


def recognise(probe: Probe) -> Recognition | None:
    """Know the list by its columns; its day stands only in the path."""
    header = set(probe.csv_header) or {c for rows in probe.sheets.values() for c in (rows[0] if rows else ())}
    return Recognition(DATASET) if {"Reference", NAME, "Name Type", "Control Date", "Committees"} <= header else None


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot (there is one)."""
    for file in snapshot.files:
        out = emitter.file(file)
        reader = _Reader(out)
        for table in _tables(out, file):
            reader.table(table)
        reader.finish()


def _tables(out: FileEmitter, file: InputFile) -> Iterator[Table]:
    with open_bytes(file.path) as stream:
        workbook = stream.read(2) == b"PK"
    if not workbook:
        yield Table(csv_grid(file.path, None, sniff_delimiter(file.path)))
        return
    for sheet in kept(out, sheet_names(file.path)):
        found = Table(sheet_grid(file.path, sheet), prefix=f"sheet={escape(sheet)};")
        if "Reference" in found.places:
            yield found


class _Group:
    """One party and what was already read of it."""

    __slots__ = ("done", "entity", "kind", "listed", "primary", "sanction")

    def __init__(self, entity: EntityWriter, sanction: EntityWriter, kind: str) -> None:
        self.entity = entity
        self.sanction = sanction
        self.kind = kind
        self.done: Done = set()
        self.primary: list[str] = []
        self.listed = False


class _Reader:
    """Reads rows into groups."""

    def __init__(self, out: FileEmitter) -> None:
        self.out = out
        self.groups: dict[str, _Group] = {}
        self.references: dict[str, str] = {}
        self.mentions: list[tuple[str, Cell]] = []
        self.facts: tuple[Fact[_Group], ...] = (
            ((NAME, "Name Type", "Alias Strength"), self._name),
            (("Date of Birth",), self._birth_date),
            (("Place of Birth",), self._birth_place),
            (("Citizenship",), self._citizenship),
            (("Address",), self._address),
            (("IMO Number",), self._imo),
            (("Additional Information",), self._information),
            (("Committees",), self._committee),
            (("Listing Information", "Instrument of Designation"), self._listing),
            (("Control Date",), lambda row, group: group.sanction.date("modifiedAt", row["Control Date"])),
            (MEASURES, self._measures),
        )

    def table(self, table: Table) -> None:
        """Read one table."""
        facts = Facts(table, self.facts)
        table.expect(("Reference", "Type"))
        for row in kept(self.out, table):
            if len(row.values) != len(table.header) and not table.prefix:
                message = f"{len(row.values)} columns where {len(table.header)} are expected; the row is not read"
                self.out.issue("bad-row", message, row.locator, severity="error")
            elif (group := self._group(row)) is not None:
                facts.read(row, group, group.done)
        report_table(self.out, table, (), NEW_COLUMNS)

    def finish(self) -> None:
        """Write the links, and check the whole."""
        schemata = {group.entity.id: group.entity.schema for group in self.groups.values()}
        for entity, cell in self.mentions:
            mentions(self.out, entity, cell, _REFERENCES, self.references, schemata)
        for group in self.groups.values():
            if len(set(group.primary)) > 1:
                names = ", ".join(group.primary)
                self.out.issue("two-names", f"{group.entity.id} has several primary names: {names}", severity="info")
        basis = "the list has held more than 3,000 since 2024"
        expect_at_least(self.out, "references", len(self.groups), LEAST_GROUPS, basis)

    def _group(self, row: Row) -> _Group | None:
        number, kind = row["Reference"], row["Type"]
        match = _NUMBER.match(number.text)
        if match is None:
            message = f"the reference {number.text!r} is no number; the row is not read"
            self.out.issue("bad-row", message, row.locator, severity="error")
            return None
        group = self.groups.get(match["group"])
        folded = kind.text.casefold()
        if group is None:
            if folded not in SCHEMATA:
                known(self.out, "Type", kind, SCHEMATA, "read as an entity")
            entity = self.out.entity(SCHEMATA.get(folded, "Organization"), f"au-dfat-{match['group']}", once=True)
            digits = number.group(match, "group")
            writer = sanction(self.out, entity, digits, suffix="listing", once=True)
            writer.add("authorityId", digits)
            group = self.groups[match["group"]] = _Group(entity, writer, folded)
        elif group.kind != folded:
            message = f"reference {number.text} is {kind.text!r} here and was {group.kind!r} above; kept as that"
            self.out.issue("duplicate-id", message, kind.locator)
        return group

    def _name(self, row: Row, group: _Group) -> None:
        name, kind = row[NAME], row["Name Type"]
        folded = kind.text.casefold()
        if folded not in NAME_TYPES:
            known(self.out, "Name Type", kind, NAME_TYPES, "read as an alias")
        strength = known(self.out, "Alias Strength", row["Alias Strength"], STRENGTHS, "read as strong")
        prop = "weakAlias" if strength == "Weak" else NAME_TYPES.get(folded, "alias")
        add_names(group.entity, name, prop)
        if folded == "primary name":
            group.primary.append(name.text)

    def _birth_date(self, row: Row, group: _Group) -> None:
        prop = {"individual": "birthDate", "vessel": "buildDate"}.get(group.kind, "incorporationDate")
        add_dates(group.entity, prop, row["Date of Birth"])

    def _birth_place(self, row: Row, group: _Group) -> None:
        for part in numbered(row["Place of Birth"]):
            for place in part.split(_PLACES):
                add_text(group.entity, "birthPlace" if group.kind == "individual" else "notes", place.strip(" ;,."))

    def _citizenship(self, row: Row, group: _Group) -> None:
        prop = {"individual": "nationality", "vessel": "flag"}.get(group.kind, "country")
        add_countries(group.entity, prop, row["Citizenship"])

    def _address(self, row: Row, group: _Group) -> None:
        for part in numbered(row["Address"]):
            for address in part.split(_ADDRESSES):
                address = address.strip(" ;,.")
                if country_code(address.text) is not None:
                    add_countries(group.entity, "country", address)
                elif not is_nothing(address.text):
                    add_text(group.entity, "address", address)

    def _imo(self, row: Row, group: _Group) -> None:
        group.entity.add("notes" if group.kind == "individual" else "imoNumber", row["IMO Number"])

    def _information(self, row: Row, group: _Group) -> None:
        cell = row["Additional Information"]
        own = reference(cell)
        if own is not None:
            value = own.text.replace(" ", "")
            self.references.setdefault(value, group.entity.id)
            group.sanction.add("unscId", own, value=value)
        add_information(self.out, group.entity, cell)
        self.mentions.append((group.entity.id, cell))

    def _committee(self, row: Row, group: _Group) -> None:
        group.sanction.add("program", row["Committees"])

    def _listing(self, row: Row, group: _Group) -> None:
        add_listing(
            group.sanction, row["Listing Information"], row["Instrument of Designation"], first=not group.listed
        )
        group.listed = True

    def _measures(self, row: Row, group: _Group) -> None:
        for measure in MEASURES:
            cell = row[measure]
            if known(self.out, measure, cell, ("TRUE", "FALSE"), "not taken over") == "TRUE":
                group.sanction.add("provisions", cell, value=measure)


READER = ListReader(DATASET, 1, recognise, read)
