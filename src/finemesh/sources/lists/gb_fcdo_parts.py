"""What the UK Sanctions List says of a designated party, in whichever of its forms: one method for each field."""

from __future__ import annotations

from collections.abc import Sequence

from finemesh.model.dates import parse_date
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import expect_at_least, known, sanction
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.gb_hmt import LANGUAGES
from finemesh.sources.lists.gb_hmt_text import Prose
from finemesh.sources.lists.papers import papers
from finemesh.sources.lists.prose import add_dates, is_nothing, numbered
from finemesh.sources.lists.relations import add_text
from finemesh.sources.lists.repeats import Done
from finemesh.sources.raw.cell import Cell

LEAST = 2_000
SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Ship": "Vessel"}
NAME_TYPES = {"primary name": "name", "primary name variation": "alias", "alias": "alias"}
STRENGTHS = {"good quality a.k.a": "", "low quality a.k.a": "weakAlias"}
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y 00:00:00", "%m/%Y", "%Y")
BIRTH_DATES = (*DATES, "dd/mm/%Y", "dd/%m/%Y")
"""Unknown days and months of a birth date stand as letters (``dd/mm/1945``)."""


class Party:
    """One designated party."""

    __slots__ = ("done", "entity", "kind", "primary", "sanctions")

    def __init__(self, entity: EntityWriter, kind: str) -> None:
        self.entity = entity
        self.kind = kind
        self.done: Done = set()
        self.primary: set[str] = set()
        self.sanctions: dict[Cell, EntityWriter] = {}


class Parties:
    """The parties of one file."""

    def __init__(self, out: FileEmitter) -> None:
        self.out = out
        self.prose = Prose(out)
        self.parties: dict[str, Party] = {}

    def party(self, key: Cell, kind: Cell, *, company: bool) -> Party:
        """Begin a party.

        Args:
            key: Its unique id (``AFG0006``).
            kind: Individual, Entity or Ship.
            company: Whether it is told to have a parent or subsidiaries: only a company can be owned.
        """
        known(self.out, "kind of party", kind, SCHEMATA, "read as an entity")
        schema = SCHEMATA.get(kind.text, "Organization")
        if company and schema == "Organization":
            schema = "Company"
        entity = self.out.entity(schema, f"gb-fcdo-{key.text}", once=True)
        self.prose.references.setdefault(key.text, entity.id)
        self.prose.schemata[entity.id] = schema
        party = self.parties[key.text] = Party(entity, kind.text)
        return party

    def sanction(self, party: Party, key: Cell, regime: Cell, days: Sequence[Cell]) -> None:
        """Add a designation: the day of designation, and that of the last change."""
        writer = next((w for cell, w in party.sanctions.items() if cell.text == regime.text), None)
        if writer is None:
            writer = party.sanctions[regime] = sanction(self.out, party.entity, key, regime or None, once=True)
            writer.add("authorityId", key)
            writer.add("summary", regime)
        for prop, day in zip(("startDate", "modifiedAt"), days, strict=True):
            writer.date(prop, day, DATES)

    def about(self, party: Party, group: Cell, reference: Cell, source: Cell, imposed: Cell) -> None:
        """Add what the list says of the designation: references, who decided it, its measures."""
        if reference and not is_nothing(reference.text):
            self.prose.reference("UN Ref", reference, party.entity, party.sanctions)
        for writer in party.sanctions.values():
            writer.add("authorityId", group)
            writer.add("authority", source)
            for measure in imposed.split(r"\s*\|\s*"):
                add_text(writer, "provisions", measure.strip(" ."))

    def name(self, party: Party, cells: Sequence[Cell], kind: Cell, strength: Cell) -> None:
        """Add a name divided over cells, in their natural order."""
        prop = NAME_TYPES.get(kind.text.casefold())
        weak = STRENGTHS.get(strength.text.casefold())
        if prop is None:
            known(self.out, "Name type", kind, NAME_TYPES, "read as an alias")
        if weak is None:
            known(self.out, "Alias strength", strength, STRENGTHS, "read as a good one")
        if not cells:
            return
        value = " ".join(c.text for c in cells)
        if prop == "name":
            party.primary.add(value)
        party.entity.add(weak or prop or "alias", *cells, value=value)
        self.prose.named(party.entity, value)

    def original(self, party: Party, name: Cell, language: Cell) -> None:
        """Add a name in its own script."""
        known(self.out, "Non-latin script language", language, LANGUAGES, "the language is not taken over")
        for part in numbered(name):
            one = part.strip(" .,")
            party.entity.add("name", one, value=" ".join(one.text.split()), lang=LANGUAGES.get(language.text, ""))

    def prose_of(self, party: Party, other: Cell, reasons: Cell) -> None:
        """Add the prose: other information, and the statement of reasons."""
        if other:
            self.prose.free(other, party.entity, party.sanctions)
        if reasons:
            self.prose.reasons(reasons, party.entity, party.sanctions)

    def address(self, party: Party, cells: Sequence[Cell], country: Cell) -> None:
        """Add an address; a country alone is none."""
        if cells:
            whole = [*cells, country] if country else cells
            party.entity.add("address", *whole, value=", ".join(c.text.strip(" ,") for c in whole))
        add_countries(party.entity, "country", country)

    def simple(self, party: Party, label: str, cell: Cell) -> None:
        """Add a field of one value: contacts, and what a ship or an entity is."""
        if cell and not is_nothing(cell.text):
            self.prose.simple[label](party.entity, cell)

    def relative(self, party: Party, label: str, cell: Cell) -> None:
        """Take up a parent company, subsidiary or owner; it is linked when every name is known."""
        if cell and not is_nothing(cell.text):
            self.prose.company(party.entity, label, cell)

    def personal(self, party: Party, prop: str, cell: Cell) -> None:
        """Add a title, a position, a place or a day of birth; what is no person has them as notes."""
        if party.entity.schema != "Person":
            add_text(party.entity, "notes", cell)
        elif prop == "birthDate":
            if parse_date(cell.text, BIRTH_DATES):
                party.entity.date("birthDate", cell, BIRTH_DATES)
            else:
                add_dates(party.entity, "birthDate", cell)
        elif prop in ("nationality", "birthCountry"):
            add_countries(party.entity, prop, cell)
        else:
            for part in numbered(cell):
                add_text(party.entity, prop, part)

    def document(self, party: Party, number: Cell, details: Cell, prop: str = "") -> None:
        """Add a passport or another identity document."""
        papers(self.out, party.entity, number, details, prop)

    def finish(self) -> None:
        """Write what needs every party, and check the whole."""
        for party in self.parties.values():
            if len(party.primary) > 1:
                names = ", ".join(sorted(party.primary))
                message = f"{party.entity.id} has several primary names: {names}"
                self.out.issue("two-names", message, severity="info")
        self.prose.finish()
        basis = "the list has held more than 3,000 since 2022"
        expect_at_least(self.out, "parties", len(self.parties), LEAST, basis)
