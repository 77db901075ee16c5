"""Switzerland: consolidated list of the State Secretariat for Economic Affairs (SECO), XML.

Publisher: SECO, https://www.seco.admin.ch (Sanctions / Embargoes), file ``consolidated-list_DATE.xml`` of
https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml. Built from the publisher's schema
(``swiss-sanctions-list``), with files written by hand: no whole file was at hand.

The file begins with programmes (ordinances), each with its sets of measures; a target names its sets by number.
Places stand at the end and are named by number too. The file keeps its history: a target that was taken off stays in
it, and each ``modification`` repeats the former state, which is not read.

What its dates mean: a modification has three days, of its enactment (designated), publication and effect. ``listed``
begins a designation, ``de-listed`` ends it on the day of effect, ``amended`` changes it. A target that was listed again
after it had been taken off has two designations.

What is left out: translations of programmes and sets (English is read, else the first language), numbers of parts,
the calendar and quality of birth dates, former states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from finemesh.model.dates import is_date
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.ch_seco_parts import (
    IGNORED,
    Listing,
    Place,
    Programme,
    add_documents,
    add_information,
    add_names,
    birth_date,
    listings,
    place_cells,
    read_place,
    read_programme,
)
from finemesh.sources.lists.common import digest, expect_at_least, kept, known, report_xml
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell, Derived
from finemesh.sources.raw.xml import Node, XmlRecords

DATASET = "ch_seco"
ROOT = "swiss-sanctions-list"
_TAGS = ("sanctions-program", "target", "place")
_KINDS = {"individual": "Person", "entity": "Organization", "object": "Vessel"}
_OBJECTS = {"vessel": "Vessel", "aircraft": "Airplane"}
_LEAST = 2_000


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its root element, which also gives the day."""
    root = probe.xml_root
    if root is None or root[0] != ROOT:
        return None
    day = root[2].get("date", "")[:10]
    return Recognition(DATASET, day if is_date(day) else "")


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        _Reader(emitter.file(file)).read(file, snapshot)


@dataclass(slots=True)
class _Reader:
    """What one file has told so far.

    Attributes:
        out: Where to write.
        programmes: Programmes by the number of the set.
        places: Places by number.
        later: Addresses, which need the places at the end of the file.
        seen: Numbers of targets.
    """

    out: FileEmitter
    programmes: dict[str, Programme] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    later: list[Callable[[], object]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def read(self, file: InputFile, snapshot: Snapshot) -> None:
        """Read one file."""
        records = XmlRecords(file.path, _TAGS)
        for node in kept(self.out, records):
            if node.tag == "sanctions-program":
                self.programmes.update(read_programme(node))
            elif node.tag == "place":
                self.places[node.attribute("ssid").text] = read_place(node)
            else:
                self.target(node)
        for read in self.later:
            read()
        expect_at_least(self.out, "targets", len(self.seen), _LEAST, "the list has had more than 8,000 since 2024")
        history = {s for s in records.seen if s.startswith("target/modification/")} - _MODIFICATION
        report_xml(self.out, records, IGNORED | history)

    def target(self, node: Node) -> None:
        """Read one target."""
        number = node.attribute("ssid")
        body = next((c for kind in _KINDS for c in node.children(kind)), None)
        if body is None or not number:
            self.out.issue("bad-row", "a target without number or kind is not read", node.locator, severity="error")
            return
        if number.text in self.seen:
            self.out.issue("duplicate-id", f"target {number.text} stands here again; both are kept", node.locator)
        self.seen.add(number.text)
        party = self.out.entity(self.schema(body), f"ch-seco-{number.text}")
        for identity in body.children("identity"):
            self.identity(party, identity)
        if party.schema == "Person":
            party.add("gender", body.attribute("sex"))
        else:
            party.add("notes", body.attribute("sex"))
        for information in body.cells("other-information"):
            add_information(party, information)
        for attribute in (*body.children("generic-attribute"), *node.children("generic-attribute")):
            name, value = attribute.attribute("name"), attribute.own
            party.add("notes", name, value, value=f"{name.text}: {value.text}")
        for relation in body.children("relation"):
            self.relation(party, relation)
        self.sanctions(node, party, number, body.cells("justification"))

    def schema(self, body: Node) -> str:
        """The schema of a target; objects say which kind they are."""
        kind = body.attribute("object-type")
        if body.tag == "object":
            known(self.out, "object-type", kind, _OBJECTS, "read as a vessel")
            return _OBJECTS.get(kind.text, "Vessel")
        return _KINDS[body.tag]

    def identity(self, party: EntityWriter, node: Node) -> None:
        """Names, birth, nationality, addresses and documents; an identity that is not the main one gives aliases."""
        main = node.attribute("main").text != "false"
        for name in node.children("name"):
            add_names(self.out, party, name, main)
        for day in node.children("day-month-year"):
            cell = birth_date(day)
            if not cell or not is_date(cell.text):
                message = f"a date of birth cannot be read: {cell.text!r}"
                self.out.issue("bad-date", message, day.locator)
            else:
                party.add("birthDate" if party.schema == "Person" else "incorporationDate", cell)
        for nationality in node.children("nationality"):
            for country in nationality.children("country"):
                code, text = country.attribute("iso-code"), country.own
                prop = "nationality" if party.schema == "Person" else "country"
                if text:
                    add_countries(party, prop, text)
                else:
                    party.add(prop, code)
        for birth in node.children("place-of-birth"):
            self.later.append(partial(self.birth_place, party, birth.attribute("place-id"), place_cells(birth)))
        for address in node.children("address"):
            self.later.append(partial(self.address, party, address.attribute("place-id"), place_cells(address)))
        add_documents(self.out, party, node)

    def address(self, party: EntityWriter, number: Cell, cells: list[Cell]) -> None:
        """Write an address: what stands with the target, then what stands with the place."""
        place = self.known_place(number)
        found = [c for c in (*cells, *(place.cells if place else ())) if c]
        party.add("address", *found, value=", ".join(c.text for c in found))
        if place is not None and place.country:
            add_countries(party, "country", Derived(place.country.text, number, place.country))

    def birth_place(self, party: EntityWriter, number: Cell, cells: list[Cell]) -> None:
        """Write a place of birth."""
        place = self.known_place(number)
        found = [c for c in (*cells, *(place.cells if place else ())) if c]
        prop = "birthPlace" if party.schema == "Person" else "notes"
        party.add(prop, *found, value=", ".join(c.text for c in found))
        if place is not None and place.country and party.schema == "Person":
            add_countries(party, "birthCountry", Derived(place.country.text, number, place.country))

    def known_place(self, number: Cell) -> Place | None:
        """The place of that number; one that is not there is an issue."""
        place = self.places.get(number.text)
        if place is None and number:
            self.out.issue("orphan", "a place that the file does not have", number.locator)
        return place

    def relation(self, party: EntityWriter, node: Node) -> None:
        """Write a relation between two targets; the list says only that they are related."""
        number, kind = node.attribute("target-id"), node.attribute("relation-type")
        if not number:
            return
        writer = self.out.entity("UnknownLink", f"{party.id}-link-{digest(number.text, kind.text)}")
        writer.link("subject", party.id, number)
        writer.link("object", f"ch-seco-{number.text}", number)
        writer.add("role", kind, value=kind.text.replace("-", " "))
        for remark in node.cells("remark"):
            writer.add("summary", remark)

    def sanctions(self, node: Node, party: EntityWriter, number: Cell, reasons: list[Cell]) -> None:
        """Write the designations: one for each set of measures and each time that the target was listed."""
        sets, foreign = node.cells("sanctions-set-id"), node.cells("foreign-identifier")
        if attribute := node.attribute("sanctions-set-id"):
            sets.append(attribute)
        found = listings(self.out, node)
        if not sets:
            self.out.issue("no-programme", "a target names no set of measures", node.locator)
        for set_ in sets:
            programme = self.programmes.get(set_.text)
            if programme is None:
                self.out.issue("orphan", "a target names a set of measures that the file does not have", set_.locator)
            for listing in found:
                self.sanction(party, number, set_, programme, listing, foreign, reasons if listing is found[-1] else [])

    def sanction(
        self,
        party: EntityWriter,
        number: Cell,
        set_: Cell,
        programme: Programme | None,
        listing: Listing,
        foreign: list[Cell],
        reasons: list[Cell],
    ) -> None:
        """Write one designation."""
        suffix = "-".join(p for p in (set_.text, listing.key) if p)
        writer = self.out.entity("Sanction", f"{party.id}-{suffix}")
        writer.link("entity", party.id, number)
        writer.add("authorityId", number)
        if programme is not None:
            title = programme.name or programme.key
            writer.add("program", Derived(title.text, set_, title) if title else set_)
            writer.add("programId", programme.key)
            writer.add("provisions", programme.measures)
            writer.add("summary", programme.name)
        for identifier in foreign:
            united_nations = programme is not None and programme.origin.text == "UN"
            writer.add("unscId" if united_nations else "recordId", identifier)
        for reason in reasons:
            writer.add("reason", reason)
        for prop, cells in listing.days.items():
            for cell in cells:
                writer.date(prop, cell)


_MODIFICATION = {
    f"target/modification/@{name}"
    for name in ("modification-type", "enactment-date", "publication-date", "effective-date")
}
READER = ListReader(DATASET, 1, recognise, read)
