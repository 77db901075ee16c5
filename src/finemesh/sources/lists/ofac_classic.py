"""OFAC's lists as the classic XML (``sdn.xml``, ``consolidated.xml``).

Schema: https://www.treasury.gov/resource-center/sanctions/SDN-List/Documents/sdn.xsd. ``publshInformation`` gives the
day and the number of entries. It has what the CSV files have, better divided: documents with country and dates, weak
and strong aliases, the parts of addresses. It has no dates of designation but those of directives among the ids.
"""

from __future__ import annotations

from collections.abc import Callable

from finemesh.sources.emitter import EntityWriter, FileEmitter, InputFile
from finemesh.sources.lists.common import kept, report_xml
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.ofac_entry import SCHEMATA, Entry, Names, add_address
from finemesh.sources.lists.ofac_facts import Fact, add_fact
from finemesh.sources.lists.ofac_remarks import read_remarks
from finemesh.sources.lists.ofac_vocabulary import is_company
from finemesh.sources.lists.prose import add_dates
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.xml import Node, XmlRecords

RECORD = "sdnEntry"
_HEAD = "publshInformation"
_ALIASES = {"a.k.a.": "alias", "f.k.a.": "previousName", "n.k.a.": "alias"}
_VESSEL = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
_IGNORED = (
    f"{_HEAD}/Publish_Date",
    *(
        f"{RECORD}/{list_}/{item}/{field}"
        for list_, item, fields in (
            ("akaList", "aka", ("uid",)),
            ("addressList", "address", ("uid",)),
            ("idList", "id", ("uid",)),
            ("nationalityList", "nationality", ("uid", "mainEntry")),
            ("citizenshipList", "citizenship", ("uid", "mainEntry")),
            ("dateOfBirthList", "dateOfBirthItem", ("uid", "mainEntry")),
            ("placeOfBirthList", "placeOfBirthItem", ("uid", "mainEntry")),
        )
        for field in fields
    ),
)
"""Numbers of the parts, which part is the main one, and the day (read when the file is recognised)."""


def read_classic(out: FileEmitter, file: InputFile, member: str | None) -> None:
    """Read one file."""
    records = XmlRecords(file.path, (_HEAD, RECORD), member)
    names, later, seen = Names(), list[Callable[[], object]](), set[str]()
    stated = ""
    for node in kept(out, records):
        if node.tag == _HEAD:
            stated = node.cell("Record_Count").text
            continue
        uid, last = node.cell("uid"), node.cell("lastName")
        if not uid.text.isdigit() or not last:
            out.issue("bad-row", "an entry without number or name is not read", node.locator, severity="error")
            continue
        if uid.text in seen:
            out.issue("duplicate-id", f"entry {uid.text} stands here again; both are kept", node.locator)
        seen.add(uid.text)
        entry = Entry(out, out.entity(_schema(out, node), f"ofac-{uid.text}"), uid, names.find, later)
        first = node.cell("firstName")
        names.add(f"{last.text}, {first.text}" if first else last.text, entry.party.id)
        _read_entry(entry, node, first, last)
    for read in later:
        read()
    if stated.isdigit() and int(stated) != records.counts[RECORD]:
        out.issue("count", f"the file says that it has {stated} entries; {records.counts[RECORD]} were found")
    report_xml(out, records, _IGNORED)


def _schema(out: FileEmitter, node: Node) -> str:
    kind = node.cell("sdnType")
    schema = SCHEMATA.get(kind.text.casefold())
    if schema is None:
        out.issue("unknown-value", f"sdnType {kind.text!r} is not known; read as an organisation", node.locator)
        schema = "Organization"
    ids = node.all("idList", "id") if schema == "Organization" else ()
    return "Company" if any(is_company(i.cell("idType").text, i.cell("idNumber").text) for i in ids) else schema


def _read_entry(entry: Entry, node: Node, first: Cell, last: Cell) -> None:
    party = entry.party
    for programme in node.cells("programList", "program"):
        entry.programme(programme)
    add_person_or_name(party, "name", first, last)
    if party.schema == "Person":
        party.add("firstName", first)
        party.add("lastName", last)
    party.add("position" if party.schema == "Person" else "notes", node.cell("title"))
    for aka in node.all("akaList", "aka"):
        _read_alias(entry, aka)
    for address in node.all("addressList", "address"):
        parts = [address.cell(f"address{n}") for n in (1, 2, 3)]
        parts += [address.cell(tag) for tag in ("city", "stateOrProvince", "postalCode")]
        add_address(party, parts, address.cell("country"))
    for tag, prop in (("nationality", "nationality"), ("citizenship", "citizenship")):
        for cell in node.cells(f"{tag}List", tag, "country"):
            add_countries(party, prop if party.schema == "Person" else "country", cell)
    if party.schema == "Person":
        for cell in node.cells("dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
            add_dates(party, "birthDate", cell)
        party.add_all("birthPlace", node.cells("placeOfBirthList", "placeOfBirthItem", "placeOfBirth"))
    for id_ in node.all("idList", "id"):
        _read_id(entry, id_)
    vessel = node.child("vesselInfo")
    for tag, label in _VESSEL.items() if vessel is not None else ():
        if vessel is not None and (value := vessel.cell(tag)):
            add_fact(entry, Fact(Cell(label, ""), value, value))
    read_remarks(entry, node.cell("remarks"))


def add_person_or_name(party: EntityWriter, prop: str, first: Cell, last: Cell) -> None:
    """Add a name whose parts stand in two cells."""
    party.add(prop, last, first, value=" ".join(c.text for c in (first, last) if c))


def _read_alias(entry: Entry, aka: Node) -> None:
    kind, quality = aka.cell("type"), aka.cell("category")
    prop = _ALIASES.get(kind.text)
    if prop is None or quality.text not in ("strong", "weak"):
        entry.out.issue(
            "unknown-value", f"alias of type {kind.text!r}, {quality.text!r}: read as an alias", aka.locator
        )
    if prop != "previousName" and quality.text == "weak":
        prop = "weakAlias"
    add_person_or_name(entry.party, prop or "alias", aka.cell("firstName"), aka.cell("lastName"))


def _read_id(entry: Entry, id_: Node) -> None:
    label, value = id_.cell("idType"), id_.cell("idNumber")
    country, issued, expires = id_.cell("idCountry"), id_.cell("issueDate"), id_.cell("expirationDate")
    if not label or not value:
        for cell in (label, value, country, issued, expires):
            entry.party.add("notes", cell)
        return
    if not add_fact(entry, Fact(label, value, country=country, issued=issued, expires=expires)):
        entry.out.issue("unknown-value", f"the kind of id {label.text!r} is not known; kept as a note", label.locator)
