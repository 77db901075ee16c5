"""New Zealand: register of sanctions under the Russia Sanctions Act 2022 (XLSX).

Publisher: Ministry of Foreign Affairs and Trade, https://www.mfat.govt.nz (Russia sanctions register), file
``Russia-Sanctions-Register.xlsx``. Built from the publisher's columns, with a workbook written by hand: no whole file
was at hand. Other sheets than the register are passed over, and so are lines above its header.

What its dates mean: ``Date of Sanction`` is the day on which the party was designated, ``Date of Additional Sanction``
one on which measures were added (an amendment). There is no day for an end: where ``Sanction Status`` says that a
sanction ended, the row is no designation any more; the party is kept with a note.

Ids: ``nz-russia-<Unique Identifier>``. Where a number stands twice with two names, the second party gets an id that is
made of its name too, and this is said.

What is left out: rows of kind ``Asset`` (classes of assets such as "all aircraft of ...", which are no party) and the
row of totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date, parse_date
from finemesh.model.errors import SourceError
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import digest, expect_at_least, kept, report_table, slug
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.prose import add_dates, is_nothing
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.table import Row, Table, csv_grid, sheet_grid, sheet_names, sniff_delimiter

DATASET = "nz_russia"
_MARKS = {"Unique Identifier", "Date of Sanction", "Sanction Status"}
_KINDS = {"individual": "Person", "entity": "Organization", "bank": "Company"}
_PASSED_OVER = frozenset(("asset", "total", ""))
_SCOPES = (
    "Travel Ban",
    "Asset Freeze",
    "Dealing with Securities",
    "Service Prohibition",
    "Ship Ban",
    "Aircraft Ban",
)
_CITIZENSHIPS = ("Citizenship", "Citizenship 2", "Citizenship 3")
_OPTIONAL = ("Citizenship 2", "Citizenship 3", "Additional Information", "Associates/Relatives", *_SCOPES)
_YES = frozenset(("y", "yes", "true", "x", "1", "✓", "✔"))
_NO = frozenset(("", "n", "no", "false", "0", "-", "n/a"))
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%m/%Y", "%B %Y", "%Y")
_UNKNOWN_DAY = re.compile(r"^(?:(?:dd|xx)/)+", re.IGNORECASE)
_ALIASES = re.compile(
    r"\s*;\s*|\s*,\s+(?!(?:Ltd|Limited|LLC|Inc|JSC|OAO|OOO|PAO|AO|ZAO|PJSC|OJSC|Co)\b)", re.IGNORECASE
)
_RELATION = re.compile(r"^(?P<kind>[\w -]+?)\s+of\s+(?P<name>.+)$")
_KIN = re.compile(
    r"^(?:(?:step|half|ex|former)[- ])?(?:relative|wife|husband|spouse|partner|son|daughter|brother|sister|mother"
    r"|father|nephew|niece|cousin|uncle|aunt)(?:[- ]in[- ]law)?$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\b(?:revoked|removed|expired|ceased|de-?listed|lapsed|ended|terminated)\b", re.IGNORECASE)
_LEAST = 500
_HEADER_WITHIN = 50


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its columns, which may stand below a heading; the date stands only in the path."""
    if any(set(row) >= _MARKS for rows in probe.sheets.values() for row in rows) or set(probe.csv_header) >= _MARKS:
        return Recognition(DATASET)
    if probe.sheets and "russia" in probe.name.lower() and "sanction" in probe.name.lower():
        try:
            found = any(_find(probe_file(probe), sheet) is not None for sheet in probe.sheets)
        except SourceError:
            return None
        return Recognition(DATASET) if found else None
    return None


def probe_file(probe: Probe) -> InputFile:
    """The probed file as readers see it."""
    return InputFile(probe.path, probe.name, "")


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file)


def _read_file(out: FileEmitter, file: InputFile) -> None:
    seen: dict[str, str] = {}
    found = False
    for table in _tables(file):
        found = True
        title = _title(table)
        for row in kept(out, table):
            _read_row(out, row, seen, title)
        report_table(out, table, (), _OPTIONAL)
    if not found:
        out.issue("no-table", "no sheet has the columns of the register", severity="error")
    expect_at_least(out, "parties", len(seen), _LEAST, "the register has had more than 1,400 since 2023")


def _tables(file: InputFile) -> Iterator[Table]:
    with file.path.open("rb") as stream:
        workbook = stream.read(2) == b"PK"
    if not workbook:
        yield Table(csv_grid(file.path, None, sniff_delimiter(file.path)))
        return
    for sheet in sheet_names(file.path):
        table = _find(file, sheet)
        if table is not None:
            yield table


def _find(file: InputFile, sheet: str) -> Table | None:
    """The table of a sheet from its header on, or None where there is none near its top."""
    grid = sheet_grid(file.path, sheet)
    above: list[tuple[int, Sequence[str]]] = []
    for number, values in grid:
        above.append((number, values))
        header = [" ".join(v.split()) for v in values]
        if set(header) >= _MARKS:
            table = Table(grid, header, prefix=f"sheet={sheet};")
            table.header_row = number
            table.preamble = above[:-1]
            return table
        if number > _HEADER_WITHIN:
            return None
    return None


def _title(table: Table) -> Cell:
    """The heading above the table, which names the programme."""
    for number, values in table.preamble:
        for column, text in enumerate(values, 1):
            if re.search(r"russia.*sanction", text, re.IGNORECASE):
                return Cell(text, f"{table.prefix}row={number};col={column}").strip()
    return EMPTY


def _read_row(out: FileEmitter, row: Row, seen: dict[str, str], title: Cell) -> None:
    kind, number = row["Type"], row["Unique Identifier"]
    if kind.text.casefold() in _PASSED_OVER:
        if kind and number:
            out.issue("passed-over", f"rows of the kind {kind.text!r} are no party", row.locator, severity="info")
        return
    schema = _KINDS.get(kind.text.casefold())
    if schema is None:
        out.issue("unknown-value", f"Type {kind.text!r} is not known; read as an organisation", kind.locator)
        schema = "Organization"
    names = [c for c in (row["First name"], row["Middle name(s)"], row["Last name"]) if c and not is_nothing(c.text)]
    name = " ".join(c.text for c in names)
    if not number or not name:
        out.issue("bad-row", "a row without number or name is not read", row.locator, severity="error")
        return
    id_ = f"nz-russia-{slug(number.text)}"
    if seen.setdefault(id_, name) != name:
        message = "a number stands again with another name; the second party gets an id of its own"
        out.issue("duplicate-id", message, number.locator)
        id_ = f"{id_}-{digest(name)}"
        seen.setdefault(id_, name)
    party = out.entity(schema, id_)
    party.add("name", *names, value=name)
    _read_party(party, row)
    _read_sanction(out, party, number, row, title)


def _read_party(party: EntityWriter, row: Row) -> None:
    person = party.schema == "Person"
    for column, prop in (("First name", "firstName"), ("Middle name(s)", "middleName"), ("Last name", "lastName")):
        if person and not is_nothing(row.text(column)):
            party.add(prop, row[column])
    for alias in row["Alias/Alternate Spellings"].split(_ALIASES):
        party.add("alias", alias.strip(" '\"“”"))
    party.add("position" if person else "notes", row["Title"])
    party.add("notes", row["Additional Information"])
    if not is_nothing(row.text("Address")):
        party.add("address", row["Address"])
    _birth(party, row["DOB"])
    for column in _CITIZENSHIPS:
        add_countries(party, "citizenship" if person else "country", row[column])
    for column, prop in (("Place of Birth", "birthPlace"), ("Passport Number", "passportNumber")):
        if not is_nothing(row.text(column)):
            party.add(prop if person else "notes", row[column])


def _birth(party: EntityWriter, cell: Cell) -> None:
    """``dd/mm/1964`` and ``XX/05/1964`` are the year and the month; other forms are read as prose."""
    prop = "birthDate" if party.schema == "Person" else "incorporationDate"
    if not cell or is_nothing(cell.text):
        return
    text = _UNKNOWN_DAY.sub("", cell.text.lower().replace("mm/", "xx/"))
    day = parse_date(text, _DATES)
    if day is not None and is_date(day):
        party.add(prop, cell, value=day)
    else:
        add_dates(party, prop, cell)


def _read_sanction(out: FileEmitter, party: EntityWriter, number: Cell, row: Row, title: Cell) -> None:
    _read_relations(out, party, row["Associates/Relatives"])
    if _ENDED.search(row.text("Sanction Status")):
        message = "a sanction has ended on a day that the register does not give; the row is no designation"
        out.issue("ended", message, row["Sanction Status"].locator, severity="info")
        party.add("notes", row["Sanction Status"], row["Date of Sanction"], value=_ended(row))
        return
    writer = out.entity("Sanction", f"{party.id}-sanction")
    writer.link("entity", party.id, number)
    writer.add("authorityId", number)
    writer.add("program", title)
    writer.date("startDate", row["Date of Sanction"], _DATES)
    added = row["Date of Additional Sanction"]
    if not is_nothing(added.text):
        for part in added.split(r"\s*[;,&]\s*|\s+and\s+"):
            writer.date("modifiedAt", part, _DATES)
    writer.add("status", row["Sanction Status"])
    writer.add("reason", row["General Rationale for Sanction"])
    for scope in _SCOPES:
        cell = row[scope]
        if cell.text.casefold() in _YES:
            writer.add("provisions", cell, value=scope)
        elif cell.text.casefold() not in _NO:
            out.issue("unknown-value", f"{scope}: {cell.text!r} is neither yes nor no; kept as it stands", cell.locator)
            writer.add("provisions", cell, value=f"{scope}: {cell.text}")


def _ended(row: Row) -> str:
    since = row.text("Date of Sanction")
    return f"Sanction status: {row.text('Sanction Status')}" + (f" (date of sanction: {since})" if since else "")


def _read_relations(out: FileEmitter, party: EntityWriter, cell: Cell) -> None:
    """``Wife of Ivan Petrov``: a relative or associate, who is named only here."""
    for part in cell.split(r"\s*;\s*"):
        match = _RELATION.match(part.text)
        if match is None:
            party.add("notes", part)
            continue
        kind, name = part.group(match, "kind"), part.group(match, "name").strip(" '\"‘’“”.")
        family = bool(_KIN.match(kind.text)) and party.schema == "Person"
        other = out.entity("Person" if family else "LegalEntity", f"nz-russia-named-{digest(name.text.casefold())}")
        other.add("name", name)
        schema = "Family" if family else "UnknownLink"
        own, far = ("person", "relative") if family else ("subject", "object")
        link = out.entity(schema, f"{party.id}-{schema.lower()}-{digest(other.id)}")
        link.link(own, party.id, part)
        link.link(far, other.id, name)
        role = "relationship" if ftm.find_property(schema, "relationship") else "role"
        link.add(role, kind)


READER = ListReader(DATASET, 1, recognise, read)
