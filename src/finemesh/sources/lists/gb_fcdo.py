"""UK: the UK Sanctions List of the Foreign, Commonwealth and Development Office (XML, ODS and CSV, format of 2022).

Publisher: FCDO, https://www.gov.uk/government/publications/the-uk-sanctions-list, files ``UK-Sanctions-List`` at
https://sanctionslist.fcdo.gov.uk; format guide
https://www.gov.uk/government/publications/uk-sanctions-list-change-in-format. Since 28 January 2026 it is the UK's only
list. Built from the format guide and the headings, with files written by hand: no whole file was at hand. Every
form says when it was made (``DateGenerated``, ``Report Date``).

A party has a unique id (``AFG0006``) that begins with its regime. The XML has an element for each; ODS and CSV have a
row for each of its names, addresses and birth dates. Names are divided as in OFSI's list.

What its dates mean: ``Date Designated`` is the day of the designation (for a UN designation that of the UN),
``Last Updated`` that of the entry's last change. Removed parties are gone without a date.

What is left out: the column that names a script, and ``SanctionsImposedIndicators``, which says ``SanctionsImposed``
again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from finemesh.model.dates import is_date, parse_date
from finemesh.model.locator import escape
from finemesh.sources.emitter import Emitter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import kept, report_table, report_xml
from finemesh.sources.lists.gb_fcdo_parts import Parties, Party
from finemesh.sources.lists.repeats import Fact, Facts
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.table import Grid, Row, Table, csv_grid, sheet_grid, sheet_names, sniff_delimiter
from finemesh.sources.raw.xml import Node, XmlRecords

DATASET = "gb_fcdo"
NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
LINES = (*(f"Address Line {n}" for n in range(1, 7)), "Address Postal Code")
PREAMBLE = 5
"""Rows in which the heading may stand."""
_REPORT_DATES = ("%d-%b-%Y", "%d/%m/%Y", "%d %B %Y", "%Y-%m-%d")
_GENERATED = re.compile(r"<DateGenerated>\s*([^<]{8,40}?)\s*</")
_REPORT = re.compile(r"Report Date:?\s*(\S.*)", re.IGNORECASE)
_FOLD = re.compile(r"[^a-z0-9]")
SIMPLE = {
    "Phone number": ("PhoneNumbers/PhoneNumber", "Phone number"),
    "Website": ("Websites/Website", "Website"),
    "Email address": ("EmailAddresses/EmailAddress", "Email address"),
    "Gender": ("IndividualDetails/Individual/Genders/Gender", "Gender"),
    "Type of entity": ("EntityDetails/Entity/TypeOfEntities/TypeOfEntity", "Type of entity"),
    "Business registration number (s)": (
        "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber",
        "Business Reg No",
    ),
    "IMO number": ("ShipDetails/Ship/IMONumbers/IMONumber", "IMO number"),
    "Current believed flag of ship": (
        "ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip",
        "Flag of ship",
    ),
    "Previous flags": ("ShipDetails/Ship/PreviousFlags/PreviousFlag", "Previous flags"),
    "Type of ship": ("ShipDetails/Ship/TypeOfShipDetails/TypeOfShip", "Type of ship"),
    "Tonnage of ship": ("ShipDetails/Ship/TonnageOfShipDetails/TonnageOfShip", "Tonnage of ship"),
    "Length of ship": ("ShipDetails/Ship/LengthOfShipDetails/LengthOfShip", "Length of ship"),
    "Year Built": ("ShipDetails/Ship/YearsBuilt/YearBuilt", "Year built"),
    "Hull identification number (HIN)": (
        "ShipDetails/Ship/HullIdentificationNumbers/HullIdentificationNumber",
        "Hull identification number",
    ),
}
"""Fields of one value by their column: where they stand in the XML, and what :class:`Prose` calls them."""
RELATED = {
    "Parent company": ("EntityDetails/Entity/ParentCompanies/ParentCompany", "Parent company"),
    "Subsidiaries": ("EntityDetails/Entity/Subsidiaries/Subsidiary", "Subsidiaries"),
    "Current owner/operator (s)": (
        "ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator",
        "Current owners",
    ),
    "Previous owner/operator (s)": (
        "ShipDetails/Ship/PreviousOwnerOperators/PreviousOwnerOperator",
        "Previous owners",
    ),
}
PERSONAL = {
    "Title": ("Titles/Title", "title"),
    "Position": ("IndividualDetails/Individual/Positions/Position", "position"),
    "D.O.B": ("IndividualDetails/Individual/DOBs/DOB", "birthDate"),
    "Town of birth": ("IndividualDetails/Individual/BirthDetails/Location/TownOfBirth", "birthPlace"),
    "Country of birth": ("IndividualDetails/Individual/BirthDetails/Location/CountryOfBirth", "birthCountry"),
    "Nationality(/ies)": ("IndividualDetails/Individual/Nationalities/Nationality", "nationality"),
}
PAPERS = {
    "Passport": ("IndividualDetails/Individual/PassportDetails", "passportNumber"),
    "National Identifier": ("IndividualDetails/Individual/NationalIdentifierDetails", ""),
}
OTHER_NAMES = {"Designation Type": "Individual, Entity, Ship"}
"""Headings that changed their name."""
IGNORED = ("Non-latin script type",)
IGNORED_XML = ("Designation/NonLatinNames/NonLatinName/NonLatinScriptType",)


def recognise(probe: Probe) -> Recognition | None:
    """Know the XML by its root and first elements, the tables by their columns; each tells its day."""
    root = probe.xml_root
    if root is not None:
        found = _GENERATED.search(probe.xml_text)
        if root[0] != "Designations" or not (found or "<OFSIGroupID" in probe.xml_text):
            return None
        return Recognition(DATASET, _day(found[1] if found else ""))
    if probe.text.lstrip().startswith("<"):
        return None
    for rows in list(probe.sheets.values()) or [probe.csv_rows(PREAMBLE)]:
        for number, row in enumerate(rows):
            if _is_header(row):
                return Recognition(DATASET, next(filter(None, (_report_day(r) for r in rows[:number])), ""))
    return None


def _is_header(row: Sequence[str]) -> bool:
    return {"Unique ID", "Regime Name", "Name 6"} <= {c.strip() for c in row}


def _report_day(row: Sequence[str]) -> str:
    found = _REPORT.match(" ".join(c.strip() for c in row).strip())
    return _day(found[1].strip()) if found else ""


def _day(text: str) -> str:
    found = parse_date(text, _REPORT_DATES) or parse_date(text[:10], _REPORT_DATES) or ""
    return found if is_date(found) else ""


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        out = emitter.file(file)
        with file.path.open("rb") as stream:
            head = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
        parties = Parties(out)
        if head.startswith(b"<"):
            _read_xml(out, parties, file)
        else:
            for table in _tables(out, file, workbook=head.startswith(b"PK")):
                _read_table(out, parties, table)
        parties.finish()


def _read_xml(out: FileEmitter, parties: Parties, file: InputFile) -> None:
    records = XmlRecords(file.path, ("Designation",))
    for record in kept(out, records):
        key = record.cell("UniqueID")
        if not key:
            out.issue("bad-row", "a designation without UniqueID is not read", record.locator, severity="error")
            continue
        if key.text in parties.parties:
            out.issue("duplicate-id", f"UniqueID {key.text} stands here again; both are kept", key.locator)
        company = any(record.all(*RELATED[c][0].split("/")) for c in ("Parent company", "Subsidiaries"))
        party = parties.party(key, record.cell("IndividualEntityShip"), company=company)
        _read_record(parties, party, record, key)
    report_xml(out, records, IGNORED_XML)


def _read_record(parties: Parties, party: Party, record: Node, key: Cell) -> None:
    days = [record.cell("DateDesignated"), record.cell("LastUpdated")]
    parties.sanction(party, key, record.cell("RegimeName"), days)
    about = [record.cell(t) for t in ("OFSIGroupID", "UNReferenceNumber", "DesignationSource", "SanctionsImposed")]
    parties.about(party, *about)
    for name in record.all("Names", "Name"):
        cells = [cell for n in range(1, 7) if (cell := name.cell(f"Name{n}"))]
        parties.name(party, cells, name.cell("NameType"), name.cell("AliasStrength"))
    for name in record.all("NonLatinNames", "NonLatinName"):
        parties.original(party, name.cell("NameNonLatinScript"), name.cell("NonLatinScriptLanguage"))
    parties.prose_of(party, record.cell("OtherInformation"), record.cell("UKStatementofReasons"))
    for address in record.all("Addresses", "Address"):
        tags = (*(f"AddressLine{n}" for n in range(1, 7)), "AddressPostalCode")
        parties.address(party, [c for tag in tags if (c := address.cell(tag))], address.cell("AddressCountry"))
    for fields, write in _writers(parties):
        for path, label in fields.values():
            for cell in record.cells(*path.split("/")):
                write(party, label, cell)
    for what, (path, prop) in PAPERS.items():
        stem = what.replace(" ", "")
        for paper in [n for tag in (stem, f"{stem}Detail") for n in record.all(*path.split("/"), tag)]:
            details = paper.cell(f"{stem}AdditionalInformation")
            parties.document(party, paper.cell(f"{stem}Number"), details, prop)
    for measure in record.all("SanctionsImposedIndicators"):
        for element in measure.element:
            if isinstance(element.tag, str):
                measure.cells(element.tag.rpartition("}")[2])


Write = Callable[[Party, str, Cell], None]


def _writers(parties: Parties) -> list[tuple[dict[str, tuple[str, str]], Write]]:
    return [(SIMPLE, parties.simple), (RELATED, parties.relative), (PERSONAL, parties.personal)]


def _tables(out: FileEmitter, file: InputFile, *, workbook: bool) -> Iterator[Table]:
    """The table of a CSV file, or of each worksheet that has the list's columns."""
    if not workbook:
        yield _table(csv_grid(file.path, None, sniff_delimiter(file.path)), "")
        return
    for sheet in kept(out, sheet_names(file.path)):
        found = _table(sheet_grid(file.path, sheet), f"sheet={escape(sheet)};")
        if "Unique ID" in found.places:
            yield found


def _table(grid: Grid, prefix: str) -> Table:
    """The table, whose heading is among the first rows."""
    first = list(itertools.islice(grid, PREAMBLE))
    skip = next((n for n, (_, row) in enumerate(first) if _is_header(row)), 0)
    return Table(itertools.chain(first, grid), skip=skip, prefix=prefix)


def _read_table(out: FileEmitter, parties: Parties, table: Table) -> None:
    column = _Columns(table)
    facts = Facts(table, _facts(parties, column))
    table.expect([column("Unique ID"), column("Designation Type")])
    width = len(table.header)
    for row in kept(out, table):
        if len(row.values) != width and not table.prefix:
            message = f"{len(row.values)} columns where {width} are expected; the row is not read"
            out.issue("bad-row", message, row.locator, severity="error")
            continue
        key, kind = row[column("Unique ID")], row[column("Designation Type")]
        if not key:
            out.issue("bad-row", "a row without Unique ID is not read", row.locator, severity="error")
            continue
        party = parties.parties.get(key.text)
        if party is None:
            company = bool(row[column("Parent company")] or row[column("Subsidiaries")])
            party = parties.party(key, kind, company=company)
        elif party.kind != kind.text:
            message = f"{key.text} is {kind.text!r} here and was {party.kind!r} above; kept as that"
            out.issue("duplicate-id", message, kind.locator or row.locator)
        facts.read(row, party, party.done)
    report_table(out, table, [column(name) for name in IGNORED])


class _Columns:
    """The headings as a file writes them: ``Parent company`` or ``Parent Company``, ``Alias strength`` or not."""

    def __init__(self, table: Table) -> None:
        self._found = {_FOLD.sub("", name.casefold()): name for name in reversed(table.header)}

    def __call__(self, name: str) -> str:
        for one in (name, OTHER_NAMES.get(name, name)):
            found = self._found.get(_FOLD.sub("", one.casefold()))
            if found is not None:
                return found
        return name


def _facts(parties: Parties, column: _Columns) -> list[Fact[Party]]:
    facts: list[Fact[Party]] = []

    def fact(names: Sequence[str], read: Callable[[Party, list[Cell]], object]) -> None:
        columns = [column(n) for n in names]
        facts.append((tuple(columns), lambda row, party: read(party, [row[c] for c in columns])))

    def sanction(row: Row, party: Party) -> None:
        days = [row[column("Date Designated")], row[column("Last Updated")]]
        parties.sanction(party, row[column("Unique ID")], row[column("Regime Name")], days)

    facts.append((tuple(map(column, ("Regime Name", "Date Designated", "Last Updated", "Unique ID"))), sanction))
    about = ("OFSI Group ID", "UN Reference Number", "Designation source", "Sanctions Imposed")
    fact(about, lambda party, cells: parties.about(party, *cells))
    names = (*NAMES, "Name type", "Alias strength")
    fact(names, lambda party, cells: parties.name(party, [c for c in cells[:-2] if c], cells[-2], cells[-1]))
    original = ("Name non-latin script", "Non-latin script language")
    fact(original, lambda party, cells: parties.original(party, *cells))
    fact(("Other Information",), lambda party, cells: parties.prose_of(party, cells[0], EMPTY))
    fact(("UK Statement of Reasons",), lambda party, cells: parties.prose_of(party, EMPTY, cells[0]))
    address = (*LINES, "Address Country")
    fact(address, lambda party, cells: parties.address(party, [c for c in cells[:-1] if c], cells[-1]))
    for fields, write in _writers(parties):
        for name, (_, label) in fields.items():
            fact((name,), _field(write, label))
    for what, (_, prop) in PAPERS.items():
        paper = (f"{what} number", f"{what} additional information")
        fact(paper, _paper(parties, prop))
    return facts


def _field(write: Write, label: str) -> Callable[[Party, list[Cell]], None]:
    return lambda party, cells: write(party, label, cells[0])


def _paper(parties: Parties, prop: str) -> Callable[[Party, list[Cell]], None]:
    return lambda party, cells: parties.document(party, cells[0], cells[1], prop)


READER = ListReader(DATASET, 1, recognise, read)
