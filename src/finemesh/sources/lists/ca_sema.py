"""Canada: Consolidated Canadian Autonomous Sanctions List (XML).

Publisher: Global Affairs Canada,
https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx;
file ``sema-lmes.xml``. The file does not say its day. It joins the schedules of the regulations under the Special
Economic Measures Act, one for each country or theme, and under the Justice for Victims of Corrupt Foreign Officials
Act.

A record is an item of a schedule. An item keeps its number while it is in force, and the number of a repealed item is
not given away, so regulation, schedule and item make the id. Canada lists some people under both acts, or under two
parts of one schedule with different measures: these are records of their own.

What its dates mean: ``DateOfListing`` is the day on which the item was put into the schedule, the designation. An item
that is replaced or moved gets a new date, so the date can be later than the party's first listing. Repealed items are
gone without a date.

What is left out: the French half of values that stand in both languages; names of people are not in two languages.
The country or theme is the programme, not the party's country.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import expect_at_least, kept, report_xml, sanction, slug
from finemesh.sources.lists.countries import country_code
from finemesh.sources.lists.names import add_names
from finemesh.sources.lists.prose import add_dates
from finemesh.sources.lists.relations import add_text
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.xml import Node, XmlRecords

DATASET = "ca_sema"
LEAST = 3_000
_FORM = r"(?:LLC|LLP|JSC|PJSC|OJSC|CJSC|Ltd|Limited|Inc|Co|GmbH|S\.?A|PLC|[АA][ОO]|ПАО|ООО|ОАО|ЗАО)\b"
_ALIASES = re.compile(
    rf";\s*|\s+/\s+|\n\s*|,\s+(?!{_FORM})|\s+or\s+(?=[А-Я])|(?<=\w)\s+(?=(?:Arabic|Russian|Belarusian)\s*:)"
)
_FRENCH = re.compile(r"^(?P<english>[^/]+?)\s*/\s*(?P<french>[^/]*\b(?:des|de la|du|les|pour)\b[^/]*)$")
_BRACKET = re.compile(r"^(?P<outer>[^()]*[^()\s])\s*\((?P<inner>[^()]+)\)$")
_ALIKE = 0.55


def recognise(probe: Probe) -> Recognition | None:
    """Know the list by its root and its elements; its day stands only in the path."""
    if probe.xml_root is None or probe.xml_root[0] != "data-set":
        return None
    return Recognition(DATASET) if "<DateOfListing>" in probe.text and "<Item>" in probe.text else None


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot (there is one)."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file)


def _read_file(out: FileEmitter, file: InputFile) -> None:
    records = XmlRecords(file.path, ("record",))
    seen: dict[str, str] = {}
    for record in kept(out, records):
        _read_record(out, record, seen)
    report_xml(out, records)
    expect_at_least(out, "records", records.counts["record"], LEAST, "the list has held more than 4,000 since 2024")


def _read_record(out: FileEmitter, record: Node, seen: dict[str, str]) -> None:
    programme, schedule, item = record.cell("Country"), record.cell("Schedule"), record.cell("Item")
    last, given, other = record.cell("LastName"), record.cell("GivenName"), record.cell("EntityOrShip")
    imo = record.cell("ShipIMONumber")
    if not item or not programme or not (last or given or other):
        out.issue("bad-row", "a record without an item number or a name is not read", record.locator, severity="error")
        return
    programme = english(programme)
    schema = "Person" if last or given else "Vessel" if imo else "Organization"
    place = "-".join(slug(c.text) for c in (schedule, item) if c)
    entity = out.entity(schema, f"ca-sema-{regulation(programme.text)}-{place}")
    name = " ".join(c.text for c in (given, last, other) if c)
    if entity.id in seen:
        same = "again" if seen[entity.id] == name else f"for {name!r}, and above for {seen[entity.id]!r}"
        out.issue("duplicate-id", f"item {item.text} stands {same}; both are kept", item.locator)
    seen[entity.id] = name
    _names(entity, given, last, other)
    for alias in record.cell("Aliases").split(_ALIASES):
        _alias(entity, alias, given, last)
    entity.add("imoNumber" if schema in ("Vessel", "Organization") else "notes", imo)
    _title(entity, record.cell("TitleOrShip"))
    dated = {"Person": "birthDate", "Vessel": "buildDate"}.get(schema, "incorporationDate")
    add_dates(entity, dated, record.cell("DateOfBirthOrShipBuildDate"))
    _sanction(out, entity, record, programme, schedule, item)


def regulation(programme: str) -> str:
    """A regulation's country or theme as a short part of an id, whatever the country is called at the time."""
    short = re.search(r"\(([A-Z]{4,})\)", programme)
    return country_code(programme) or slug(short[1] if short else programme)


def english(cell: Cell) -> Cell:
    """The English half of ``Russia / Russie`` or ``Colonel/colonel``."""
    return cell.split(r"\s*/\s*")[0] if "/" in cell.text else cell


def _names(entity: EntityWriter, given: Cell, last: Cell, other: Cell) -> None:
    both = _FRENCH.match(other.text)
    if both is not None:
        entity.add("name", other.group(both, "english"))
        entity.add("alias", other.group(both, "french"), lang="fra")
    else:
        add_names(entity, other)
    if not (given or last):
        return
    bracket = _BRACKET.match(last.text)
    if bracket is None:
        entity.add("name", given, last, value=_joined(given.text, last.text))
        entity.add("lastName", last)
    else:
        entity.add("name", given, last, value=_joined(given.text, bracket["outer"]))
        entity.add("alias", given, last, value=_joined(given.text, bracket["inner"]))
        entity.add("lastName", last.group(bracket, "outer"))
    entity.add("firstName", given)


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def _alias(entity: EntityWriter, alias: Cell, given: Cell, last: Cell) -> None:
    """An alias; a single word that is like the family or the first name is that name spelled otherwise."""
    alias = alias.strip(" ,;")
    if alias.text[:1] in "\"“'" and alias.text[-1:] in "\"”'":
        alias = alias.strip("\"“”'")
    word = alias.text.casefold()
    if entity.schema != "Person" or " " in alias.text or not alias:
        add_names(entity, alias, "alias")
    elif _alike(word, last.text):
        entity.add("alias", given, alias, value=_joined(given.text, alias.text))
    elif given and _alike(word, given.text.split()[0]):
        rest = given.text.split()[1:]
        entity.add("alias", alias, last, value=_joined(alias.text, *rest, last.text))
    else:
        entity.add("weakAlias", alias)


def _alike(word: str, name: str) -> bool:
    return bool(name) and SequenceMatcher(None, word, name.casefold()).ratio() >= _ALIKE


def _title(entity: EntityWriter, cell: Cell) -> None:
    """The rank of a person, or the type of a ship (which may hold a slash)."""
    if entity.schema == "Vessel":
        entity.add("type", cell)
    else:
        entity.add("title" if entity.schema == "Person" else "notes", english(cell))


def _sanction(
    out: FileEmitter, entity: EntityWriter, record: Node, programme: Cell, schedule: Cell, item: Cell
) -> None:
    writer = sanction(out, entity, item, programme, suffix="listing")
    within = schedule.text if schedule.text.startswith("Part") else f"Schedule {schedule.text}"
    reference = f"{within}, item {item.text}" if schedule else f"Item {item.text}"
    writer.add("authorityId", *(c for c in (schedule, item) if c), value=reference)
    if "Regulations" in programme.text:
        add_text(writer, "summary", programme)
    writer.date("startDate", record.cell("DateOfListing"))


READER = ListReader(DATASET, 1, recognise, read)
