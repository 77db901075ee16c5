"""UK: OFSI Consolidated List of Financial Sanctions Targets (``ConList`` as CSV or XLSX, layouts of 2018 to 2025).

Publisher: HM Treasury, Office of Financial Sanctions Implementation,
https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets (closed on 28 January
2026; the UK Sanctions List, :mod:`finemesh.sources.lists.gb_fcdo`, is its successor). The first row says when the
list was last updated. The layout changed in February 2022,
https://www.gov.uk/government/publications/uk-sanctions-list-change-in-format: passport and identity numbers and
names in other scripts got columns, ``Other Information`` got labels, ships a group type of their own.

A group (``Group ID``) is one party; it takes one row for each name, address, birth date and regime. Names are
divided over ``Name 1`` to ``Name 5`` and ``Name 6``, the last part of the name or the whole name of an entity.

What its dates mean: ``UK Sanctions List Date Designated`` is the day of the designation. ``Listed On`` is the day on
which OFSI put the party on this list; until 2020 the freeze itself came from EU and UN acts with days of their own,
and for almost half of the groups the two differ. So only the first is written as the start. ``Last Updated`` is the
last change of the entry.

What is left out: the column that names the script of a name; the asset freeze that every group is subject to is
not written where the list does not say it. Removed groups are gone without a date.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from finemesh.model.dates import parse_date
from finemesh.model.locator import escape
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists import gb_hmt_text as text
from finemesh.sources.lists.common import expect_at_least, kept, known, report_table, sanction
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.papers import papers
from finemesh.sources.lists.prose import add_dates, numbered
from finemesh.sources.lists.relations import add_text
from finemesh.sources.lists.repeats import Done, Fact, Facts, texts_of
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Grid, Row, Table, csv_grid, sheet_grid, sheet_names, sniff_delimiter

DATASET = "gb_hmt"
LEAST_GROUPS = 1_500
SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Ship": "Vessel"}
NAME_TYPES = {
    "Primary name": "name",
    "Prime Alias": "name",
    "Primary name variation": "alias",
    "AKA": "alias",
    "FKA": "previousName",
}
QUALITIES = {"Good quality": "", "Low quality": "weakAlias"}
LANGUAGES = {
    "Arabic": "ara",
    "Belarusian": "bel",
    "Bosnian": "bos",
    "Bulgarian": "bul",
    "Burmese": "mya",
    "Chinese": "zho",
    "Cyrillic": "",
    "Georgian": "kat",
    "Greek": "ell",
    "Hebrew": "heb",
    "Japanese": "jpn",
    "Kazakh": "kaz",
    "Korean": "kor",
    "Persian": "fas",
    "Persian/Farsi": "fas",
    "Romanian": "ron",
    "Russia": "rus",
    "Russian": "rus",
    "Serbian": "srp",
    "Spanish": "spa",
    "Thai": "tha",
    "Turkish": "tur",
    "Ukraine": "ukr",
    "Ukrainian": "ukr",
}
"""Languages as the list writes them; two of its words are a script and a country."""
DATE_FORMATS = ("%d/%m/%Y", "%m/%Y", "%Y", "%Y-%m-%d")
NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country")
NEW_COLUMNS = (
    "Name Non-Latin Script",
    "Non-Latin Script Language",
    "Passport Number",
    "National Identification Number",
    "National Identification Details",
    "Alias Quality",
    "UK Sanctions List Date Designated",
)
OLD_COLUMNS = ("NI Number",)
IGNORED = ("Non-Latin Script Type",)


def recognise(probe: Probe) -> Recognition | None:
    """Know the list by its columns; the day stands in the row above them (``Last Updated,13/04/2018``)."""
    tops = list(probe.sheets.values()) or [probe.csv_rows(2)] if not probe.text.lstrip().startswith("<") else []
    for rows in tops:
        for number, row in enumerate(rows[:2]):
            if {"Group ID", "Regime", "Name 6"} <= {c.strip() for c in row}:
                return Recognition(DATASET, _updated(rows[0]) if number else "")
    return None


def _updated(row: list[str]) -> str:
    if len(row) < 2 or row[0].strip() != "Last Updated":
        return ""
    return parse_date(row[1], DATE_FORMATS) or ""


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot (there is one)."""
    for file in snapshot.files:
        out = emitter.file(file)
        reader = _Reader(out)
        for table in _tables(out, file):
            reader.table(table)
        reader.finish()


def _tables(out: FileEmitter, file: InputFile) -> Iterator[Table]:
    """The table of a CSV file, or of each worksheet that has the list's columns."""
    with file.path.open("rb") as stream:
        workbook = stream.read(2) == b"PK"
    if not workbook:
        yield _table(csv_grid(file.path, None, sniff_delimiter(file.path)), "")
        return
    for sheet in kept(out, sheet_names(file.path)):
        found = _table(sheet_grid(file.path, sheet), f"sheet={escape(sheet)};")
        if "Group ID" in found.places:
            yield found


def _table(grid: Grid, prefix: str) -> Table:
    """The table; its header is the first or the second row."""
    first = next(grid, (1, ()))
    has_date = "Group ID" not in [c.strip() for c in first[1]]
    return Table(itertools.chain([first], grid), skip=1 if has_date else 0, prefix=prefix)


class _Group:
    """One party, and what was already read of it: most rows repeat most of it."""

    __slots__ = ("done", "entity", "kind", "other", "primary", "regimes", "sanctions")

    def __init__(self, entity: EntityWriter, kind: str) -> None:
        self.entity = entity
        self.kind = kind
        self.done: Done = set()
        self.other: list[Cell] = []
        self.primary: set[str] = set()
        self.sanctions: dict[Cell, EntityWriter] = {}
        self.regimes: dict[str, EntityWriter] = {}


class _Reader:
    """Reads rows into groups."""

    def __init__(self, out: FileEmitter) -> None:
        self.out = out
        self.groups: dict[str, _Group] = {}
        self.prose = text.Prose(out)
        self.facts: tuple[Fact[_Group], ...] = (
            ((*NAMES, "Alias Type", "Alias Quality"), self._name),
            (("Name Non-Latin Script", "Non-Latin Script Language"), self._original),
            (("Regime", "Listed On", "UK Sanctions List Date Designated", "Last Updated"), self._sanction),
            (("Other Information",), self._other),
            (ADDRESS, self._address),
            (("Title",), self._title),
            (("Position",), self._position),
            (("DOB",), self._birth_date),
            (("Town of Birth",), self._birth_place),
            (("Country of Birth",), self._birth_country),
            (("Nationality",), self._nationality),
            (("Passport Number", "Passport Details"), self._passport),
            (("National Identification Number", "National Identification Details", "NI Number"), self._identity),
        )

    def table(self, table: Table) -> None:
        """Read one table; a row of another width was cut off."""
        facts = Facts(table, self.facts)
        width, both = len(table.header), texts_of(table, ("Group ID", "Group Type"))
        for row in kept(self.out, table):
            if len(row.values) != width and not table.prefix:
                message = f"{len(row.values)} columns where {width} are expected; the row is not read"
                self.out.issue("bad-row", message, row.locator, severity="error")
                continue
            group = self._group(row, both(row.values))
            if group is None:
                continue
            facts.read(row, group, group.done)
        old = "NI Number" in table.places
        report_table(self.out, table, IGNORED, NEW_COLUMNS if old else OLD_COLUMNS)

    def finish(self) -> None:
        """Write what needs every group, and check the whole."""
        for group in self.groups.values():
            self._check_names(group)
            for cell in group.other:
                self.prose.read(cell, group.entity, group.sanctions)
        self.prose.finish()
        basis = "the list has held 2,000 to 5,000 since 2018"
        expect_at_least(self.out, "groups", len(self.groups), LEAST_GROUPS, basis)

    def _group(self, row: Row, id_and_kind: Sequence[str]) -> _Group | None:
        """The group of a row; the fast way where nothing is new."""
        group = self.groups.get(id_and_kind[0])
        if group is not None and group.kind == id_and_kind[1]:
            return group
        key, kind = row["Group ID"], row["Group Type"]
        if not key.text.isdigit():
            self.out.issue("bad-row", "a row without Group ID is not read", row.locator, severity="error")
            return None
        group = self.groups.get(key.text)
        schema = SCHEMATA.get(kind.text, "Organization")
        if schema == "Organization" and text.is_company(row.text("Other Information")):
            schema = "Company"
        if group is None:
            known(self.out, "Group Type", kind, SCHEMATA, "read as an entity")
            entity = self.out.entity(schema, f"gb-hmt-{key.text}", once=True)
            group = self.groups[key.text] = _Group(entity, kind.text)
        elif group.kind != kind.text:
            message = f"group {key.text} is {kind.text!r} here and was {group.kind!r} above; kept as that"
            self.out.issue("duplicate-id", message, kind.locator)
        return group

    def _check_names(self, group: _Group) -> None:
        if len(group.primary) > 1:
            names = ", ".join(sorted(group.primary))
            self.out.issue("two-names", f"{group.entity.id} has several primary names: {names}", severity="info")

    def _name(self, row: Row, group: _Group) -> None:
        kind = row["Alias Type"]
        known(self.out, "Alias Type", kind, NAME_TYPES, "read as an alias")
        quality = known(self.out, "Alias Quality", row["Alias Quality"], QUALITIES, "read as a good one")
        prop = QUALITIES.get(quality) or NAME_TYPES.get(kind.text, "alias")
        cells = [cell for cell in (row[name] for name in NAMES) if cell]
        value = " ".join(c.text for c in cells)
        group.entity.add(prop, *cells, value=value)
        if NAME_TYPES.get(kind.text) == "name":
            group.primary.add(value)
        self.prose.named(group.entity, value)

    def _original(self, row: Row, group: _Group) -> None:
        language = row["Non-Latin Script Language"]
        known(self.out, "Non-Latin Script Language", language, LANGUAGES, "the language is not taken over")
        for name in numbered(row["Name Non-Latin Script"]):
            add = name.strip(" .,")
            group.entity.add("name", add, value=" ".join(add.text.split()), lang=LANGUAGES.get(language.text, ""))

    def _sanction(self, row: Row, group: _Group) -> None:
        regime = row["Regime"]
        writer = group.regimes.get(regime.text)
        if writer is None:
            writer = sanction(self.out, group.entity, row["Group ID"], regime)
            group.regimes[regime.text] = group.sanctions[regime] = writer
            writer.add("authorityId", row["Group ID"])
        writer.date("startDate", row["UK Sanctions List Date Designated"], DATE_FORMATS)
        writer.date("listingDate", row["Listed On"], DATE_FORMATS)
        writer.date("modifiedAt", row["Last Updated"], DATE_FORMATS)

    def _other(self, row: Row, group: _Group) -> None:
        group.other.append(row["Other Information"])

    def _address(self, row: Row, group: _Group) -> None:
        cells = [cell for cell in (row[name] for name in ADDRESS) if cell]
        country = row["Country"]
        if len(cells) > 1 or not country:
            group.entity.add("address", *cells, value=", ".join(c.text.strip(" ,") for c in cells))
        add_countries(group.entity, "country", country)

    def _title(self, row: Row, group: _Group) -> None:
        for part in numbered(row["Title"]):
            for title in part.split("/"):
                self._add(group, "title", title)

    def _position(self, row: Row, group: _Group) -> None:
        for part in numbered(row["Position"]):
            add_text(group.entity, "position" if group.entity.schema == "Person" else "notes", part)

    def _add(self, group: _Group, prop: str, cell: Cell) -> None:
        """Personal facts of what is no person are kept as notes."""
        group.entity.add(prop if group.entity.schema == "Person" else "notes", cell)

    def _birth_date(self, row: Row, group: _Group) -> None:
        cell = row["DOB"]
        if group.entity.schema != "Person":
            self._add(group, "notes", cell)
        elif parse_date(cell.text, DATE_FORMATS):
            group.entity.date("birthDate", cell, DATE_FORMATS)
        else:
            add_dates(group.entity, "birthDate", cell)

    def _birth_place(self, row: Row, group: _Group) -> None:
        for place in numbered(row["Town of Birth"]):
            self._add(group, "birthPlace", place)

    def _birth_country(self, row: Row, group: _Group) -> None:
        if group.entity.schema == "Person":
            add_countries(group.entity, "birthCountry", row["Country of Birth"])

    def _nationality(self, row: Row, group: _Group) -> None:
        person = group.entity.schema == "Person"
        add_countries(group.entity, "nationality" if person else "country", row["Nationality"])

    def _passport(self, row: Row, group: _Group) -> None:
        papers(self.out, group.entity, row["Passport Number"], row["Passport Details"], "passportNumber")

    def _identity(self, row: Row, group: _Group) -> None:
        papers(self.out, group.entity, row["National Identification Number"], row["National Identification Details"])
        papers(self.out, group.entity, row["NI Number"])


READER = ListReader(DATASET, 1, recognise, read)
