"""EU: annexes of the sanctions acts in the Official Journal, as tables.

Publisher of the acts: the Council of the European Union, https://eur-lex.europa.eu/oj/direct-access.html; the
tables are transcribed by OpenSanctions (``FORMAT.md`` beside them tells the columns). A consolidated file holds the
annexes of one framework act as they stand, an amendment file what one amending act adds or changes; each file is a
part of the same snapshot, whose day only the path tells. An amendment may be ahead of the consolidated act: both
are read, and what both say of one entry meets in one entity.

An entry has no number of its own beyond its annex, so an id is made of the framework act's CELEX number, the annex,
the printed entry number and the schema; of the name where the annex prints no number. One party under two acts has
two ids.

What its dates mean: ``startDate`` is the date printed beside the entry, the day of the designation. Some annexes (most
of the sectoral ones) print none. Number gaps in an annex are delistings without a date. An asset freeze and a sectoral
measure are separate rows and designations, each with its ``measure``.

What is left out: travel bans, which stand in the CFSP decisions and not in these regulations; nothing of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from finemesh.model import schema as ftm
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import digest, kept, known, report_table, slug
from finemesh.sources.lists.contacts import add_contacts, add_phones
from finemesh.sources.lists.countries import add_countries, country_code
from finemesh.sources.lists.names import add_names
from finemesh.sources.lists.papers import papers, registration_numbers
from finemesh.sources.lists.prose import add_dates, is_nothing, numbered
from finemesh.sources.lists.relations import add_text
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Row, Table, csv_grid

DATASET = "eu_journal"
SCHEMATA = ("Person", "LegalEntity", "Organization", "Company", "Vessel", "Asset")
MEASURES = (
    "Asset freeze",
    "Arms embargo",
    "Dual-use export control",
    "Export control",
    "Financial restrictions",
    "Import restrictions",
    "Investment ban",
    "Sectoral sanctions",
    "Services ban",
    "Trade restrictions",
    "Transaction ban",
    "Transportation restrictions",
    "Travel ban",
)
"""Measures as the tables name them; six occur in the files of 2026."""
SHARED_COLUMNS = ("recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name")
_CELEX = re.compile(r"^3(?P<year>\d{4})(?P<kind>[RD])(?P<number>\d{4})$")
_ELEMENT = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^;]*))\s*(?:;|$)')
_BEFORE_LISBON = 2009


def recognise(probe: Probe) -> Recognition | None:
    """Know both kinds of file by their header; each act is a part of the snapshot."""
    header = set(probe.csv_header)
    if not {"programKey", "annex", "measure", *SHARED_COLUMNS} <= header:
        return None
    act = probe.name.rsplit(".", 1)[0]
    if {"amendedCelex", "amendmentCelex"} <= header:
        return Recognition(DATASET, part=f"amendment-{act}")
    return Recognition(DATASET, part=f"consolidated-{act}") if "celex" in header else None


def elements(cell: Cell) -> list[tuple[Cell, str]]:
    """The values of a cell with several (``"Foo; Bar"; Baz`` holds two), each with its place and text."""
    if ";" not in cell.text and '"' not in cell.text:
        return [(cell, cell.text)] if cell else []
    found, at = [], 0
    while at < len(cell.text) and (match := _ELEMENT.match(cell.text, at)) and match.end() > at:
        quoted = match["quoted"] is not None
        part = cell.group(match, "quoted" if quoted else "plain").strip()
        if part:
            found.append((part, part.text.replace('""', '"') if quoted else part.text))
        at = match.end()
    if at < len(cell.text):
        found.append((cell.cut(at, len(cell.text)).strip(), cell.text[at:].strip()))
    return found


def act_title(celex: str) -> str:
    """A CELEX number as the act is cited: ``32013R0401`` is Regulation (EU) No 401/2013.

    Numbers have come behind the year since 2015, https://eur-lex.europa.eu/content/help/eurlex-content/celex-number.html.
    """
    match = _CELEX.match(celex)
    if match is None:
        return celex
    year, number = int(match["year"]), int(match["number"])
    regulation = match["kind"] == "R"
    if year >= 2015:
        return f"Regulation (EU) {year}/{number}" if regulation else f"Decision (CFSP) {year}/{number}"
    if not regulation:
        return f"Decision {year}/{number}/CFSP"
    return f"Regulation ({'EU' if year > _BEFORE_LISBON else 'EC'}) No {number}/{year}"


Add = Callable[[FileEmitter, EntityWriter, Cell, str], object]


def _simple(prop: str) -> Add:
    return lambda _, entity, cell, value: entity.add(prop, cell, value=value)


def _positions(out: FileEmitter, entity: EntityWriter, cell: Cell, value: str) -> None:
    for part in numbered(cell):
        add_text(entity, "position", part)


def _address(out: FileEmitter, entity: EntityWriter, cell: Cell, value: str) -> None:
    """An address; a country alone is no address."""
    for part in numbered(cell):
        if country_code(part.text) is not None:
            add_countries(entity, "country", part)
        else:
            entity.add("address", part, value=value if part is cell else None)


COLUMNS: dict[str, Add] = {
    "alias": lambda _, entity, cell, __: add_names(entity, cell, "alias"),
    "weakAlias": lambda _, entity, cell, __: add_names(entity, cell, "weakAlias"),
    "previousName": lambda _, entity, cell, __: add_names(entity, cell, "previousName"),
    "country": lambda _, entity, cell, __: add_countries(entity, "country", cell),
    "nationality": lambda _, entity, cell, __: add_countries(entity, "nationality", cell),
    "jurisdiction": lambda _, entity, cell, __: add_countries(entity, "jurisdiction", cell),
    "flag": lambda _, entity, cell, __: add_countries(entity, "flag", cell),
    "birthDate": lambda _, entity, cell, __: add_dates(entity, "birthDate", cell),
    "incorporationDate": lambda _, entity, cell, __: add_dates(entity, "incorporationDate", cell),
    "birthPlace": lambda _, entity, cell, __: [entity.add("birthPlace", p) for p in numbered(cell)],
    "position": _positions,
    "address": _address,
    "gender": lambda _, entity, cell, __: entity.add("gender", cell.strip(" .")),
    "passportNumber": lambda out, entity, cell, __: papers(out, entity, cell, prop="passportNumber"),
    "idNumber": lambda out, entity, cell, __: papers(out, entity, cell, prop="idNumber"),
    "taxNumber": lambda _, entity, cell, __: registration_numbers(entity, cell, "taxNumber"),
    "registrationNumber": lambda _, entity, cell, __: registration_numbers(entity, cell, "registrationNumber"),
    "swiftBic": lambda _, entity, cell, __: [entity.add("swiftBic", p) for p in cell.split(r"\s+and\s+")],
    "phone": lambda _, entity, cell, __: add_phones(entity, cell),
    "email": lambda _, entity, cell, __: add_contacts(entity, cell),
    "website": lambda _, entity, cell, __: add_contacts(entity, cell),
    **{
        prop: _simple(prop)
        for prop in (
            *("appearance", "ethnicity", "fatherName", "motherName", "legalForm", "sector", "innCode", "ogrnCode"),
            *("kppCode", "okpoCode", "leiCode", "ticker", "imoNumber", "mmsi", "notes"),
        )
    },
}
"""What becomes of each column of the entity; the column's name is that of the property."""


@dataclass(slots=True)
class _Seen:
    """What was met in the files before: names by entity id, and the rows of each file by their key."""

    names: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[tuple[str, ...], str] = field(default_factory=dict)


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every act of the snapshot."""
    seen = _Seen()
    for file in snapshot.files:
        _read_act(emitter.file(file), file, seen)


def _read_act(out: FileEmitter, file: InputFile, seen: _Seen) -> None:
    table = Table(csv_grid(file.path))
    amendment = "amendmentCelex" in table.places
    own = ("amendedCelex", "amendmentCelex") if amendment else ("celex",)
    table.expect((*own, *SHARED_COLUMNS, *COLUMNS))
    columns = [(table.places[name][0], name) for name in COLUMNS if name in table.places]
    for row in kept(out, table):
        if len(row.values) != len(table.header):
            message = f"{len(row.values)} columns where {len(table.header)} are expected; the row is not read"
            out.issue("bad-row", message, row.locator, severity="error")
            continue
        _read_row(out, row, columns, "amendedCelex" if amendment else "celex", seen)
    report_table(out, table)


def _read_row(out: FileEmitter, row: Row, columns: list[tuple[int, str]], act: str, seen: _Seen) -> None:
    celex, annex, number, name = row[act], row["annex"], row["recordId"], row["name"]
    if not name or not _CELEX.match(celex.text):
        out.issue("bad-row", "a row without a name or a CELEX number is not read", row.locator, severity="error")
        return
    schema = known(out, "schema", row["schema"], SCHEMATA, "read as a legal entity") or "LegalEntity"
    key = slug(number.text) if number else digest(name.text)
    entity = out.entity(schema, "-".join(("eu-oj", celex.text.lower(), slug(annex.text), key, schema.lower())))
    _check(out, row, entity, add_names(entity, name), seen)
    for position, column in columns:
        if row.values[position]:
            _read_cell(out, entity, column, row[column])
    _sanction(out, entity, row, celex)


def _read_cell(out: FileEmitter, entity: EntityWriter, column: str, cell: Cell) -> None:
    if column not in ftm.get_schema(entity.schema).properties:
        message = f"{column} of a {entity.schema} is not known to the data model; kept as a note"
        out.issue("misplaced-value", message, cell.locator, severity="info")
        entity.add("notes", cell)
        return
    for part, value in elements(cell):
        if not is_nothing(value):
            COLUMNS[column](out, entity, part, value)


def _check(out: FileEmitter, row: Row, entity: EntityWriter, names: set[str], seen: _Seen) -> None:
    """Say what stands twice, and an entry whose number was another's."""
    key = (out.file.sha256, entity.id, row.text("programKey"), row.text("measure"))
    if key in seen.rows:
        out.issue("duplicate-id", f"the entry stands here again ({seen.rows[key]}); both are kept", row.locator)
    seen.rows.setdefault(key, row.locator)
    before = seen.names.setdefault(entity.id, names)
    if not before & names:
        message = f"entry {row.text('recordId')} of annex {row.text('annex')} bears the name {row.text('name')!r} here"
        out.issue("id-changes-name", f"{message} and another in a second act or row; both are kept", row.locator)
    before |= names


def _sanction(out: FileEmitter, entity: EntityWriter, row: Row, celex: Cell) -> None:
    programme, measure, annex, number = row["programKey"], row["measure"], row["annex"], row["recordId"]
    known(out, "measure", measure, MEASURES, "kept as it stands")
    writer = out.entity("Sanction", f"{entity.id}-{slug(programme.text)}-{slug(measure.text)}")
    writer.link("entity", entity.id, number or row["name"])
    writer.add("program", programme)
    writer.add("programId", programme)
    writer.add("provisions", measure)
    place = [c for c in (celex, annex, number) if c]
    reference = f"{celex.text}, annex {annex.text}" if annex else celex.text
    writer.add("authorityId", *place, value=f"{reference}, {number.text}" if number else reference)
    for act in (celex, row["amendmentCelex"] if "amendmentCelex" in row.table.places else None):
        if act:
            writer.add("summary", act, value=act_title(act.text))
            writer.add("programUrl", act, value=_url(act.text))
    add_dates(writer, "startDate", row["startDate"])
    add_text(writer, "reason", row["reason"])


def _url(celex: str) -> str:
    return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{celex}"


READER = ListReader(DATASET, 1, recognise, read)
