"""UN: Security Council Consolidated List (XML).

Publisher: the Security Council's sanctions committees, https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list;
file https://scsanctions.un.org/resources/xml/en/consolidated.xml, schema https://www.un.org/sc/resources/sc-sanctions.xsd.
The file says when it was made (``dateGenerated``).

What its dates mean: ``LISTED_ON`` is the day on which the committee put the party on the list (designated),
``LAST_DAY_UPDATED`` every day on which the entry was amended. Delistings are not published here: an entry is gone.
A few comments tell of a second measure with a day of its own; they are kept as the legal basis.

What is left out: ``VERSIONNUM`` (always 1), sort keys (always empty), the flag that there is an INTERPOL notice
(the notice's own address is kept). FIRST_NAME to FOURTH_NAME are the parts of a name in their order, not given
and family names, so only the whole name is taken over.
"""

from __future__ import annotations

import re
from collections import Counter

from finemesh.model.dates import is_date
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists import un_sc_text as text
from finemesh.sources.lists.common import expect_at_least, kept, known, report_xml, sanction
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.papers import document
from finemesh.sources.lists.prose import add_dates, is_nothing, numbered
from finemesh.sources.lists.relations import UN_REFERENCE, add_text, mentions
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.xml import Node, XmlRecords

DATASET = "un_sc"
NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
QUALITIES = {"Good": "alias", "Low": "weakAlias", "a.k.a.": "alias", "f.k.a.": "previousName"}
DATE_TYPES = ("EXACT", "APPROXIMATELY", "BETWEEN")
LEAST = {"INDIVIDUAL": 500, "ENTITY": 150}
_REFERENCE = re.compile(UN_REFERENCE)
IGNORED = tuple(
    f"{tag}/{field}"
    for tag in LEAST
    for field in ("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "HAS_INTERPOL_LINK", "SUBMITTED_ON")
)


def recognise(probe: Probe) -> Recognition | None:
    """Know the list by its root element, and its day by ``dateGenerated``."""
    if probe.xml_root is None or probe.xml_root[0] != "CONSOLIDATED_LIST":
        return None
    day = probe.xml_root[2].get("dateGenerated", "")[:10]
    return Recognition(DATASET, day if is_date(day) else "")


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot (there is one)."""
    for file in snapshot.files:
        _Reader(emitter.file(file), file).read()


class _Reader:
    """One file: its records, and the links between them, which are written when every reference is known."""

    def __init__(self, out: FileEmitter, file: InputFile) -> None:
        self.out = out
        self.records = XmlRecords(file.path, tuple(LEAST))
        self.ids: dict[str, str] = {}
        self.schemata: dict[str, str] = {}
        self.references: dict[str, str] = {}
        self.mentions: list[tuple[str, Cell]] = []

    def read(self) -> None:
        for record in kept(self.out, self.records):
            self._entry(record)
        for entity, cell in self.mentions:
            mentions(self.out, entity, cell, _REFERENCE, self.references, self.schemata)
        report_xml(self.out, self.records, IGNORED)
        counts = Counter(self.records.counts)
        for tag, least in LEAST.items():
            what = "individuals" if tag == "INDIVIDUAL" else "entities"
            expect_at_least(self.out, what, counts[tag], least, "the list has held more since 2020")

    def _entry(self, record: Node) -> None:
        key = record.cell("DATAID")
        if not key.text.isdigit():
            self.out.issue("bad-row", "an entry without DATAID is not read", record.locator, severity="error")
            return
        schema = "Person" if record.tag == "INDIVIDUAL" else "Organization"
        entity = self.out.entity(schema, f"unsc-{key.text}")
        names = [cell for tag in NAMES if (cell := record.cell(tag)) and cell.text != "na"]
        self._once(entity, key, " ".join(c.text for c in names))
        entity.add("name", *names, value=" ".join(c.text for c in names))
        entity.add("name", record.cell("NAME_ORIGINAL_SCRIPT"))
        for alias in record.children(f"{record.tag}_ALIAS"):
            self._alias(entity, alias)
        for address in record.children(f"{record.tag}_ADDRESS"):
            self._address(entity, address)
        if schema == "Person":
            self._person(entity, record)
        self._sanction(entity, key, record)
        comments = record.cell("COMMENTS1")
        add_text(entity, "notes", comments)
        link = record.cell("INTERPOL_LINK")
        if "#" in link.text:
            entity.add("sourceUrl", link)
        self.mentions += [(entity.id, cell) for cell in (comments, *record.cells("DESIGNATION", "VALUE"))]

    def _once(self, entity: EntityWriter, key: Cell, name: str) -> None:
        """Note an id that stands twice, with the same name or another."""
        if entity.id in self.ids:
            same = self.ids[entity.id] == name
            message = f"DATAID {key.text} stands here again" + ("" if same else f" for {name!r}") + "; both are kept"
            self.out.issue("duplicate-id", message, key.locator)
        self.ids[entity.id] = name
        self.schemata[entity.id] = entity.schema

    def _sanction(self, entity: EntityWriter, key: Cell, record: Node) -> None:
        programme, reference = record.cell("UN_LIST_TYPE"), record.cell("REFERENCE_NUMBER")
        writer = sanction(self.out, entity, key, programme)
        reference = reference.strip(" .")
        if reference:
            self.references.setdefault(reference.text, entity.id)
        writer.add("authorityId", reference)
        writer.add("unscId", reference)
        writer.date("startDate", text.day(record.cell("LISTED_ON")))
        for updated in record.cells("LAST_DAY_UPDATED", "VALUE"):
            writer.date("modifiedAt", text.day(updated))
        writer.add("description", record.cell("SUBMITTED_BY"))
        for cell in record.cells("LIST_TYPE", "VALUE"):
            known(self.out, "LIST_TYPE", cell, ("UN List",), "kept as an entry of this list")
        text.basis(writer, record.cell("COMMENTS1"))

    def _person(self, entity: EntityWriter, record: Node) -> None:
        entity.add_all("title", [t.strip('"') for t in record.cells("TITLE", "VALUE")])
        for cell in record.cells("DESIGNATION", "VALUE"):
            for position in numbered(cell):
                add_text(entity, "position", position)
        for cell in record.cells("NATIONALITY", "VALUE"):
            add_countries(entity, "nationality", cell)
        gender = record.cell("GENDER")
        if gender.text.casefold() != "unknown":
            entity.add("gender", gender)
        text.comment_facts(entity, record.cell("COMMENTS1"))
        for birth in record.children("INDIVIDUAL_DATE_OF_BIRTH"):
            self._birth(entity, birth)
        for place in record.children("INDIVIDUAL_PLACE_OF_BIRTH"):
            cells = _place(place)
            entity.add("birthPlace", *cells, value=", ".join(" ".join(c.text.split()) for c in cells))
            add_countries(entity, "birthCountry", place.cell("COUNTRY"))
            add_text(entity, "notes", place.cell("NOTE"))
        for paper in record.children("INDIVIDUAL_DOCUMENT"):
            self._paper(entity, paper)

    def _address(self, entity: EntityWriter, address: Node) -> None:
        note = address.cell("NOTE")
        country = address.cell("COUNTRY")
        cells = _place(address)
        if len(cells) > 1 or not country:
            entity.add("address", *cells, value=", ".join(" ".join(c.text.split()) for c in cells))
        add_countries(entity, "country", country)
        if not cells and text.is_address(note):
            entity.add("address", note)
        elif note:
            value = ", ".join(c.text for c in cells)
            add_text(entity, "notes", *cells, note, value=f"{value}: {note.text}" if value else note.text)

    def _alias(self, entity: EntityWriter, alias: Node) -> None:
        name, note = alias.cell("ALIAS_NAME"), alias.cell("NOTE")
        quality = known(self.out, "QUALITY", alias.cell("QUALITY"), QUALITIES, "read as an alias")
        prop = QUALITIES.get(quality, "alias")
        text.add_alias(entity, prop, name, note)
        born, city = alias.cell("DATE_OF_BIRTH"), alias.cell("CITY_OF_BIRTH")
        country = alias.cell("COUNTRY_OF_BIRTH")
        if entity.schema == "Person":
            add_dates(entity, "birthDate", born)
            place = [c for c in (city, country) if c]
            entity.add("birthPlace", *place, value=", ".join(c.text for c in place))
            if place or born:
                facts = [c for c in (name, born, *place) if c]
                add_text(entity, "notes", *facts, value=f"{name.text}: born " + ", ".join(c.text for c in facts[1:]))

    def _birth(self, entity: EntityWriter, birth: Node) -> None:
        kind, note = birth.cell("TYPE_OF_DATE"), birth.cell("NOTE")
        known(self.out, "TYPE_OF_DATE", kind, DATE_TYPES, "the date is read as it stands")
        date, year = text.day(birth.cell("DATE")), birth.cell("YEAR")
        first, last = birth.cell("FROM_YEAR"), birth.cell("TO_YEAR")
        entity.date("birthDate", date)
        if first and last:
            for value in text.years(first.text, last.text):
                entity.add("birthDate", first, last, value=value)
        else:
            for cell in (first, last):
                entity.date("birthDate", cell, ("%Y",))
        if not text.add_month(entity, year, note):
            entity.date("birthDate", year, ("%Y",))
            if note and note.text.casefold() != "approximately":
                where = [c for c in (date, year, first, last) if c]
                value = ", ".join(c.text for c in where)
                add_text(entity, "notes", *where, note, value=f"Date of birth {value}: {note.text}")

    def _paper(self, entity: EntityWriter, paper: Node) -> None:
        kind, special = paper.cell("TYPE_OF_DOCUMENT"), paper.cell("TYPE_OF_DOCUMENT2")
        number, note = paper.cell("NUMBER"), paper.cell("NOTE")
        country = paper.cell("ISSUING_COUNTRY") or paper.cell("COUNTRY_OF_ISSUE")
        paper.cell("COUNTRY_OF_ISSUE")
        document(
            self.out,
            entity,
            special or kind,
            text.document_number(number),
            country=country,
            issued=text.day(paper.cell("DATE_OF_ISSUE")),
            expires=text.day(paper.cell("DATE_OF_EXPIRY")),
            notes=[c for c in (paper.cell("CITY_OF_ISSUE"), note) if c],
        )


def _place(place: Node) -> list[Cell]:
    """The parts of an address or a place, without placeholders."""
    return [cell for tag in PLACE if (cell := place.cell(tag)) and not is_nothing(cell.text)]


READER = ListReader(DATASET, 1, recognise, read)
