"""Parts of OFAC's advanced XML: what the numbers mean, addresses, documents and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from finemesh.sources.emitter import FileEmitter
from finemesh.sources.lists.common import kept
from finemesh.sources.lists.ofac_facts import Fact
from finemesh.sources.raw.cell import EMPTY, Cell, Derived
from finemesh.sources.raw.xml import Node, XmlRecords

_PLACE_PARTS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE")

IGNORED = frozenset(
    (
        "Location/FeatureVersionReference/@FeatureVersionID",
        "Location/LocationCountry/@CountryRelevanceID",
        "Location/LocationPart/LocationPartValue/@LocPartValueTypeID",
        "Location/LocationPart/LocationPartValue/@LocPartValueStatusID",
        "Location/LocationPart/LocationPartValue/Comment",
        "Location/IDRegDocumentReference/@DocumentID",
        "IDRegDocument/@ID",
        "IDRegDocument/DocumentedNameReference/@DocumentedNameID",
        "DistinctParty/@DeltaAction",
        "DistinctParty/Profile/Identity/@FixedRef",
        "DistinctParty/Profile/Identity/@Primary",
        "DistinctParty/Profile/Identity/Alias/@FixedRef",
        "DistinctParty/Profile/Identity/Alias/@Primary",
        "DistinctParty/Profile/Identity/Alias/DocumentedName/@ID",
        "DistinctParty/Profile/Identity/Alias/DocumentedName/@FixedRef",
        "DistinctParty/Profile/Identity/Alias/DocumentedName/@DocNameStatusID",
        "DistinctParty/Profile/Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue/@ScriptStatusID",
        "DistinctParty/Profile/Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue/@Acronym",
        "DistinctParty/Profile/Feature/@ID",
        "DistinctParty/Profile/Feature/FeatureVersion/@ID",
        "DistinctParty/Profile/Feature/FeatureVersion/@ReliabilityID",
        "DistinctParty/Profile/Feature/FeatureVersion/VersionDetail/@DetailTypeID",
        "DistinctParty/Profile/Feature/IdentityReference/@IdentityID",
        "DistinctParty/Profile/Feature/IdentityReference/@IdentityFeatureLinkTypeID",
        "DistinctParty/Profile/SanctionsEntryReference/@SanctionsEntryID",
        "ProfileRelationship/@ID",
        "ProfileRelationship/@RelationQualityID",
        "ProfileRelationship/@SanctionsEntryID",
        "SanctionsEntry/@ID",
        "SanctionsEntry/EntryEvent/@ID",
        "SanctionsEntry/EntryEvent/Date/@CalendarTypeID",
        "SanctionsEntry/SanctionsMeasure/@ID",
        "SanctionsEntry/SanctionsMeasure/DatePeriod/@CalendarTypeID",
        *(
            f"{period}{end}/@{name}"
            for period in (
                "IDRegDocument/DocumentDate/DatePeriod",
                "DistinctParty/Profile/Feature/FeatureVersion/DatePeriod",
                "SanctionsEntry/SanctionsMeasure/DatePeriod",
            )
            for end in ("", "/Start", "/End")
            for name in ("CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed", "Approximate")
        ),
    )
)
"""Numbers of parts, references among parts, and which parts of a date are exact (a whole year is read as a year)."""


class References:
    """The tables of values: what each number means.

    Args:
        out: Where numbers that mean nothing are said.
        path: The file.
        member: File inside a ZIP.
    """

    def __init__(self, out: FileEmitter, path: Path, member: str | None) -> None:
        self.out = out
        self._texts: dict[tuple[str, str], Cell] = {}
        self._attributes: dict[tuple[str, str, str], Cell] = {}
        for node in kept(out, XmlRecords(path, ("ReferenceValueSets",), member, note_shapes=False)):
            for tag in {child.tag.rpartition("}")[2] for child in node.element if isinstance(child.tag, str)}:
                kind = tag.removesuffix("Values")
                for value in node.all(tag, kind):
                    number = value.attribute("ID").text
                    self._texts[kind, number] = value.own
                    for name in ("PartyTypeID", "ScriptCode", "Description"):
                        if cell := value.attribute(name):
                            self._attributes[kind, number, name] = cell
            break

    def text(self, kind: str, number: str) -> str:
        """What a number of a kind means; empty where it is not explained."""
        return self._texts.get((kind, number), EMPTY).text

    def attribute(self, kind: str, number: str, name: str) -> Cell:
        """An attribute of the explanation."""
        return self._attributes.get((kind, number, name), EMPTY)

    def look_up(self, kind: str, number: Cell) -> Cell:
        """What the number in a cell means; the evidence is the number and its explanation."""
        found = self._texts.get((kind, number.text), EMPTY)
        if number and not found:
            self.out.issue("unknown-value", f"{kind} {number.text} is not explained in the file", number.locator)
        return Derived(found.text, number, found) if found else EMPTY


@dataclass(frozen=True, slots=True)
class Location:
    """A place.

    Attributes:
        addresses: The parts of the address, once for each script.
        country: Its country.
        unknown: A text that the list did not divide into parts.
    """

    addresses: tuple[Sequence[Cell], ...]
    country: Cell
    unknown: Cell


def read_location(refs: References, node: Node) -> Location:
    """Read a place; parts that have another reading (another script) give another address."""
    main: dict[str, Cell] = {}
    other: dict[str, Cell] = {}
    for part in node.children("LocationPart"):
        kind = refs.look_up("LocPartType", part.attribute("LocPartTypeID")).text
        for value in part.children("LocationPartValue"):
            target = other if value.attribute("Primary").text == "false" and kind in main else main
            target.setdefault(kind, value.cell("Value"))
            if kind not in (*_PLACE_PARTS, "Unknown"):
                refs.out.issue("unknown-value", f"the part of address {kind!r} is not known", part.locator)
    for child in node.children("LocationAreaCode"):
        child.attribute("AreaCodeID")
    country = EMPTY
    for child in node.children("LocationCountry"):
        country = refs.look_up("Country", child.attribute("CountryID"))
    if not country:
        for child in node.children("LocationAreaCode"):
            number = child.attribute("AreaCodeID")
            name = refs.attribute("AreaCode", number.text, "Description")
            country = Derived(name.text, number, name) if name else EMPTY
    texts = [main] + ([{**main, **other}] if other else [])
    addresses = tuple([t.get(p, EMPTY) for p in _PLACE_PARTS] for t in texts)
    return Location(addresses, country, main.get("Unknown", EMPTY))


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        identity: Number of the identity that it belongs to.
        fact: Kind, number, country and dates.
        valid: False where the list says that it is not.
    """

    identity: str
    fact: Fact
    valid: bool


def read_document(refs: References, node: Node) -> Document:
    """Read a document."""
    dates = {"Issue Date": EMPTY, "Expiration Date": EMPTY}
    for date in node.children("DocumentDate"):
        kind = refs.look_up("IDRegDocDateType", date.attribute("IDRegDocDateTypeID"))
        period = date.child("DatePeriod")
        if kind.text in dates and period is not None:
            dates[kind.text] = period_of(period)
        else:
            refs.out.issue("unknown-value", f"a document's date of the kind {kind.text!r} is not read", date.locator)
    notes = (node.cell("IssuingAuthority"), node.cell("Comment"))
    number = node.attribute("ValidityID")
    fact = Fact(
        refs.look_up("IDRegDocType", node.attribute("IDRegDocTypeID")),
        node.cell("IDRegistrationNo"),
        country=refs.look_up("Country", node.attribute("IssuedBy-CountryID")),
        issued=dates["Issue Date"],
        expires=dates["Expiration Date"],
        notes=tuple(n for n in notes if n),
    )
    return Document(
        node.attribute("IdentityID").text, fact, refs.text("Validity", number.text) not in ("Invalid", "False")
    )


def day_of(node: Node) -> Cell:
    """A date in three elements, as ISO text; shorter where day or month is missing."""
    cells = [node.cell(tag) for tag in ("Year", "Month", "Day")]
    known: list[Cell] = []
    for cell in cells:
        if not cell.text.isdigit() or int(cell.text) == 0:
            break
        known.append(cell)
    if not known:
        return EMPTY
    return Derived("-".join(f"{int(c.text):0{4 if n == 0 else 2}}" for n, c in enumerate(known)), *known)


def period_of(node: Node) -> Cell:
    """A period as a date: a whole year or month as such, a longer one as ``1950 to 1955``."""
    found: dict[tuple[str, str], Cell] = {}
    for end in ("Start", "End"):
        for edge in ("From", "To"):
            child = node.child(end, edge)
            found[end, edge] = day_of(child) if child is not None else EMPTY
    begin = found["Start", "From"] or found["Start", "To"]
    until = found["End", "To"] or found["End", "From"] or found["Start", "To"] or begin
    if not begin or begin.text == until.text:
        return begin
    if begin.text[:7] == until.text[:7] and begin.text.endswith("-01"):
        return Derived(begin.text[:7], begin, until)
    if begin.text[:4] == until.text[:4]:
        return Derived(begin.text[:4], begin, until)
    return Derived(f"{begin.text[:4]} to {until.text[:4]}", begin, until)
