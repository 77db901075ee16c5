"""One entry of an OFAC list while it is read: the party, its sanctions by programme, and what belongs to which.

OFAC's files say which lists, programmes, measures and legal authorities an entry has, but (the advanced XML apart) not
which of them go together. Three rules put them together:

* An executive order's number ties a measure or a legal authority to a programme
  (``Executive Order 14024 Directive 3`` to ``RUSSIA-EO14024``).
* Some non-SDN lists stand for one programme (the Sectoral Sanctions Identifications List for ``UKRAINE-EO13662``);
  what is left over belongs to the lists that are left over.
* A day on which an entry was published on a list can only be the day of its designation under a programme if the
  programme's order existed in that year: entries of 2018 were later moved to the order of 2021. Such a day is kept as
  the day of publication only.

Source: OFAC, "Sanctions List Service: data formats" (https://ofac.treasury.gov/sanctions-list-service) and the lists
of 2021-2026; numbers of executive orders by year: https://www.federalregister.gov/presidential-documents/executive-orders.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest, sanction, slug
from finemesh.sources.lists.countries import add_countries, countries
from finemesh.sources.raw.cell import Cell

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
"""Schemata by the type that the list gives, in lower case."""
UMBRELLA = "Consolidated List"
"""The list of lists: its day says when an entry joined the combined file (from 2014-10-10), which is no designation."""
OWN_LISTS = {
    "Sectoral Sanctions Identifications List": ("UKRAINE-EO13662",),
    "Non-SDN Palestinian Legislative Council List": ("NS-PLC",),
    "Non-SDN CMIC List": ("CMIC-EO13959",),
    "FSE List": ("FSE-IR", "FSE-SY"),
}
"""Lists that stand for one programme."""
_ORDER = re.compile(r"(?<!\d)(1[2-5]\d{3})(?!\d)")
_FIRST_ORDER = (
    (12945, 1995), (12988, 1996), (13034, 1997), (13072, 1998), (13110, 1999), (13145, 2000), (13186, 2001),
    (13252, 2002), (13283, 2003), (13324, 2004), (13369, 2005), (13395, 2006), (13422, 2007), (13454, 2008),
    (13484, 2009), (13528, 2010), (13563, 2011), (13597, 2012), (13636, 2013), (13656, 2014), (13687, 2015),
    (13716, 2016), (13758, 2017), (13820, 2018), (13857, 2019), (13902, 2020), (13971, 2021), (14062, 2022),
    (14090, 2023), (14115, 2024), (14134, 2025),
)  # fmt: skip
"""The first executive order of each year."""


def order_of(text: str) -> str:
    """The number of the executive order that a text names, or an empty text."""
    match = _ORDER.search(text)
    return match[1] if match else ""


def year_of_order(number: str) -> int:
    """The year in which an executive order was signed; 0 for one before 1995."""
    position = bisect_right(_FIRST_ORDER, (int(number), 9999)) - 1
    return _FIRST_ORDER[position][1] if position >= 0 else 0


def could_begin(programme: str, day: str) -> bool:
    """Whether a designation under a programme can be as old as a day: the programme's order must have existed."""
    number = order_of(programme)
    return not number or year_of_order(number) <= int(day[:4])


class Names:
    """Finds entries by their name as written, also with its words in another order (``AL-TIKRITI, Saddam``)."""

    def __init__(self) -> None:
        self._exact: dict[str, str] = {}
        self._words: dict[frozenset[str], str] = {}

    def add(self, name: str, id: str) -> None:
        """Take up the primary name of an entry; a name that two entries bear finds neither."""
        plain, words = _plain(name), frozenset(_WORD.findall(name.casefold()))
        self._exact[plain] = id if self._exact.get(plain, id) == id else ""
        self._words[words] = id if self._words.get(words, id) == id else ""

    def find(self, name: str) -> str | None:
        """The id of the only entry of that name, or None."""
        exact = self._exact.get(_plain(name))
        return (exact if exact is not None else self._words.get(frozenset(_WORD.findall(name.casefold())))) or None


_WORD = re.compile(r"\w+")


def _plain(name: str) -> str:
    return " ".join(name.split()).strip(" .").casefold()


@dataclass(slots=True)
class Entry:
    """An entry while it is read.

    Attributes:
        out: Where to write.
        party: The listed party.
        key: The cell with the entry's number.
        resolve: Finds the id of another entry by its name as written, or None.
        later: What is read when the names of all entries are known.
        sanctions: Its sanctions by programme.
    """

    out: FileEmitter
    party: EntityWriter
    key: Cell
    resolve: Callable[[str], str | None]
    later: list[Callable[[], object]]
    sanctions: dict[str, EntityWriter] = field(default_factory=dict)

    @property
    def schema(self) -> str:
        """The party's schema."""
        return self.party.schema

    def programme(self, cell: Cell) -> EntityWriter:
        """The sanction under a programme, begun when it is first named."""
        found = self.sanctions.get(cell.text)
        if found is None:
            found = self.sanctions[cell.text] = sanction(self.out, self.party, self.key, cell)
            found.add("authorityId", self.key)
        return found

    def sanctions_of(self, text: str) -> list[EntityWriter]:
        """The sanctions that a measure or legal authority is about: those of the order that it names, else all."""
        number = order_of(text)
        named = [s for programme, s in self.sanctions.items() if number and number in programme]
        return named or list(self.sanctions.values())

    def directive(self, name: Cell) -> EntityWriter:
        """The sanction under a directive (``EO 14024 Directive 3``), or under the programme of that name (``CMIC``)."""
        for programme, known in self.sanctions.items():
            if programme.startswith(f"{name.text}-"):
                return known
        writer = self.out.entity("Sanction", f"{self.party.id}-{slug(name.text)}")
        writer.link("entity", self.party.id, self.key)
        writer.add("program", name)
        writer.add("authorityId", self.key)
        return writer


def add_measure(entry: Entry, measure: Cell, listed_as_sdn: Sequence[str] = ()) -> None:
    """Put a type of sanction (``Block``, ``13662 Sectoral Directive 1``) to the programmes that it belongs to.

    Args:
        entry: The entry.
        measure: The cell.
        listed_as_sdn: Programmes that the SDN list stands for: blocking belongs to these only.
    """
    text = measure.text
    named = [s for p, s in entry.sanctions.items() if (number := order_of(text)) and number in p]
    if not named and "CMIC" in text:
        named = [s for p, s in entry.sanctions.items() if p.startswith("CMIC")]
    if not named and text == "Block":
        named = [entry.sanctions[p] for p in listed_as_sdn if p in entry.sanctions]
    if not named and text == "Reject":
        named = [s for p, s in entry.sanctions.items() if p.startswith(("NS-PLC", "FSE"))]
    for writer in named or entry.sanctions.values():
        writer.add("provisions", measure)


def add_authorities(entry: Entry, authorities: Sequence[Cell]) -> None:
    """Put legal authorities to programmes: by the number of the order, then one by one if as many of both are left."""
    left = dict(entry.sanctions)
    others: list[Cell] = []
    for authority in authorities:
        number = order_of(authority.text)
        named = [p for p in entry.sanctions if number and number in p]
        for programme in named:
            entry.sanctions[programme].add("summary", authority)
            left.pop(programme, None)
        if not named:
            others.append(authority)
    if len(others) == len(left):
        for authority, writer in zip(others, left.values(), strict=True):
            writer.add("summary", authority)
        return
    for authority in others:
        for writer in left.values() or entry.sanctions.values():
            writer.add("summary", authority)


def programmes_of_lists(lists: Iterable[str], programmes: Sequence[str]) -> dict[str, list[str]]:
    """Which programmes stand on which list, for files that do not say so.

    A list that stands for one programme takes it; the programmes left over go to each list left over.
    """
    names = [n for n in lists if n != UMBRELLA]
    found = {name: [p for p in programmes if p in OWN_LISTS.get(name, ())] for name in names}
    taken = {p for own in found.values() for p in own}
    left = [p for p in programmes if p not in taken]
    for own in found.values():
        if not own:
            own += left or programmes
    return found


def add_listing(entry: Entry, programme: str, cells: Sequence[Cell], day: str) -> None:
    """Write the day on which an entry was published on the list that stands for a programme.

    OFAC designates by publishing, so the day is that of the designation too, unless the programme's order is younger.
    """
    writer = entry.sanctions[programme]
    writer.add("listingDate", *cells, value=day)
    if could_begin(programme, day):
        writer.add("startDate", *cells, value=day)
        return
    entry.out.issue(
        "older-than-order",
        f"entries of {programme} were published before its order was signed: the day is kept as that of publication,"
        " the day of the designation under this programme is not known",
        cells[0].locator,
        severity="info",
    )


def add_address(party: EntityWriter, parts: Sequence[Cell], country: Cell) -> None:
    """Add an address, from the narrowest part to the widest, and its country."""
    cells = [c for c in (*parts, country) if c]
    if any(parts):
        party.add("address", *cells, value=", ".join(c.text for c in cells))
    add_region(party, country)


def add_region(party: EntityWriter, country: Cell) -> None:
    """Add the country of an address; ``Region: Crimea`` names a region of none, or of a country that is added."""
    region = country.find(r"^Region: (.+)$")
    if region is None:
        add_countries(party, "country", country)
    elif all(code for _, code in countries(region)):
        add_countries(party, "country", region)


RELATIONS: dict[str, tuple[str, str, str]] = {
    "Owned or Controlled By": ("Ownership", "asset", "owner"),
    "Owns, controls, or operates": ("Ownership", "owner", "asset"),
    "Family member of": ("Family", "person", "relative"),
    "Associate Of": ("UnknownLink", "subject", "object"),
    "Acting for or on behalf of": ("Representation", "agent", "client"),
    "Providing support to": ("UnknownLink", "subject", "object"),
    "playing a significant role in": ("UnknownLink", "subject", "object"),
    "Leader or official of": ("Directorship", "director", "organization"),
    "Principal Executive Officer": ("Directorship", "director", "organization"),
    "Property in the interest of": ("UnknownLink", "subject", "object"),
    "Linked To": ("UnknownLink", "subject", "object"),
}
"""What the list calls a relation: schema, the property of the entry itself, and that of the other one."""


def add_relation(
    out: FileEmitter, subject: str, related: str, kind: Cell, places: Sequence[Cell], notes: Sequence[Cell] = ()
) -> None:
    """Write a relation that the list states between two of its entries.

    Args:
        out: Where to write.
        subject: Entity id of the entry that states it.
        related: Entity id of the other one.
        kind: What the list calls it.
        places: Cells that name the other entry.
        notes: What else the list says of it.
    """
    found = next((r for name, r in RELATIONS.items() if name.casefold() == kind.text.casefold()), None)
    if found is None:
        out.issue("unknown-value", f"the relation {kind.text!r} is not known; kept as a link", kind.locator)
    schema, own, other = found or RELATIONS["Linked To"]
    prefix = "link" if schema == "UnknownLink" else schema.lower()
    key = (related,) if kind.text == "Linked To" else (related, kind.text)
    writer = out.entity(schema, f"{subject}-{prefix}-{digest(*key)}")
    writer.link(own, subject, *places)
    writer.link(other, related, *places)
    writer.add("relationship" if schema == "Family" else "role", kind)
    for note in notes:
        writer.add("summary", note)
