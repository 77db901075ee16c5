"""OFAC's lists as the advanced XML (``sdn_advanced.xml``, ``cons_advanced.xml``).

Schema: the UN's "Advanced Sanctions Data Model" (https://www.un.org/sc/resources/sanctions-data-model), with OFAC's
notes (https://home.treasury.gov/system/files/126/sdn_advanced_notes.pdf). Almost everything is a number that is
explained in ``ReferenceValueSets`` at the beginning, addresses and documents stand before the parties, and designations
(``SanctionsEntry``) behind them. The evidence of a looked-up value is both: the number, and the words that explain it.

What its dates mean: the date of an ``EntryEvent`` is the day on which the entry was published on the list of its
``SanctionsEntry``, which also names the programmes and measures; see :mod:`finemesh.sources.lists.ofac_entry`.

What is left out: numbers of parts, the status of scripts and names, and which document bears which name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from finemesh.model.dates import is_date
from finemesh.sources.emitter import FileEmitter, InputFile
from finemesh.sources.lists.common import kept, report_xml
from finemesh.sources.lists.ofac_advanced_parts import (
    IGNORED,
    Document,
    Location,
    References,
    day_of,
    period_of,
    read_document,
    read_location,
)
from finemesh.sources.lists.ofac_entry import (
    SCHEMATA,
    UMBRELLA,
    Entry,
    Names,
    add_address,
    add_listing,
    add_relation,
    order_of,
)
from finemesh.sources.lists.ofac_facts import Fact, add_fact
from finemesh.sources.lists.ofac_remarks import read_remarks
from finemesh.sources.lists.ofac_vocabulary import is_company
from finemesh.sources.raw.cell import EMPTY, Cell, Derived
from finemesh.sources.raw.xml import Node, XmlRecords

_TAGS = ("Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry")
_ALIASES = {"Name": "name", "A.K.A.": "alias", "F.K.A.": "previousName", "N.K.A.": "alias"}
_NAME_PARTS = {"First Name": "firstName", "Last Name": "lastName", "Middle Name": "middleName"}
_LAST = frozenset(("Last Name", "Maiden Name"))
_TOGETHER = frozenset(("Hans", "Hant", "Jpan", "Hang", "Kore"))
"""Scripts in which the family name comes first and no space stands behind it."""


@dataclass(slots=True)
class _File:
    """What one file has told so far.

    Attributes:
        out: Where to write.
        refs: What the numbers mean.
        locations: Addresses by number.
        documents: Documents by the number of the identity.
        entries: Parties by the number of the profile.
        names: Parties by name.
        later: What is read at the end.
    """

    out: FileEmitter
    refs: References
    locations: dict[str, Location] = field(default_factory=dict)
    documents: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, Entry] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    later: list[Callable[[], object]] = field(default_factory=list)


def read_advanced(out: FileEmitter, file: InputFile, member: str | None) -> None:
    """Read one file."""
    data = _File(out, References(out, file.path, member))
    records = XmlRecords(file.path, _TAGS, member)
    for node in kept(out, records):
        match node.tag:
            case "Location":
                data.locations[node.attribute("ID").text] = read_location(data.refs, node)
            case "IDRegDocument":
                document = read_document(data.refs, node)
                data.documents[document.identity].append(document)
            case "DistinctParty":
                _read_party(data, node)
            case "ProfileRelationship":
                _read_relation(data, node)
            case _:
                _read_entry(data, node)
    for read in data.later:
        read()
    undated = sum(not entry.sanctions for entry in data.entries.values())
    if undated:
        out.issue("no-programme", f"{undated:,} parties have no sanctions entry with a programme: is the file cut off?")
    if not data.entries:
        out.issue("empty", "no party could be read", severity="error")
    report_xml(out, records, IGNORED)


def _read_party(data: _File, node: Node) -> None:
    number, profile = node.attribute("FixedRef"), node.child("Profile")
    if profile is None or not number.text.isdigit():
        data.out.issue("bad-row", "a party without number or profile is not read", node.locator, severity="error")
        return
    key = profile.attribute("ID").text
    if key in data.entries:
        data.out.issue("duplicate-id", f"party {number.text} stands here again; both are kept", node.locator)
    features = [_fact(data, feature) for feature in profile.children("Feature")]
    schema = _schema(data, profile)
    if schema == "Organization" and any(is_company(f.label.text, f.value.text) for f, _ in features):
        schema = "Company"
    party = data.out.entity(schema, f"ofac-{number.text}")
    entry = data.entries[key] = Entry(data.out, party, number, data.names.find, data.later)
    for identity in profile.children("Identity"):
        _read_identity(data, entry, identity)
        for document in data.documents.pop(identity.attribute("ID").text, ()):
            _read_document(entry, document)
    for fact, location in features:
        _read_feature(entry, fact, location)
    read_remarks(entry, node.cell("Comment"))


def _schema(data: _File, profile: Node) -> str:
    """``PartySubType`` says vessel or aircraft; where it is unknown, its ``PartyType`` says person or entity."""
    number = profile.attribute("PartySubTypeID")
    kind = data.refs.text("PartySubType", number.text)
    if kind.casefold() not in SCHEMATA:
        kind = data.refs.text("PartyType", data.refs.attribute("PartySubType", number.text, "PartyTypeID").text)
    schema = SCHEMATA.get(kind.casefold())
    if schema is None:
        data.out.issue(
            "unknown-value", f"the kind of party {kind!r} is not known; read as an organisation", number.locator
        )
    return schema or "Organization"


def _read_identity(data: _File, entry: Entry, identity: Node) -> None:
    groups = {
        group.attribute("ID").text: data.refs.text("NamePartType", group.attribute("NamePartTypeID").text)
        for group in identity.all("NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
    }
    false = identity.attribute("False").text == "true"
    for alias in identity.children("Alias"):
        kind = data.refs.look_up("AliasType", alias.attribute("AliasTypeID"))
        prop = _ALIASES.get(kind.text, "alias")
        if kind.text not in _ALIASES:
            message = f"the kind of alias {kind.text!r} is not known; read as an alias"
            data.out.issue("unknown-value", message, alias.locator)
        if (alias.attribute("LowQuality").text == "true" and prop != "previousName") or false:
            prop = "weakAlias"
        for name in alias.children("DocumentedName"):
            values = name.all("DocumentedNamePart", "NamePartValue")
            parts = [(groups.get(v.attribute("NamePartGroupID").text, ""), v.own) for v in values]
            script = (
                data.refs.attribute("Script", values[0].attribute("ScriptID").text, "ScriptCode").text if values else ""
            )
            _read_name(data, entry, prop, script, [(kind, cell) for kind, cell in parts if cell])


def _read_name(data: _File, entry: Entry, prop: str, script: str, parts: list[tuple[str, Cell]]) -> None:
    """The parts of a name stand family name first; they are turned round except where the script writes it so."""
    last = [cell for kind, cell in parts if kind in _LAST]
    first = [cell for kind, cell in parts if kind not in _LAST]
    if not parts:
        return
    if prop == "name":
        written = ", ".join(" ".join(c.text for c in cells) for cells in (last, first) if cells)
        data.names.add(written, entry.party.id)
    cells = [*last, *first] if script in _TOGETHER else [*first, *last]
    entry.party.add(prop, *cells, value=("" if script in _TOGETHER else " ").join(c.text for c in cells))
    for kind, cell in parts:
        if prop == "name" and script == "Latn" and entry.schema == "Person" and kind in _NAME_PARTS:
            entry.party.add(_NAME_PARTS[kind], cell)


def _fact(data: _File, feature: Node) -> tuple[Fact, Location | None]:
    """A feature as a fact; its place, where it is one."""
    label = data.refs.look_up("FeatureType", feature.attribute("FeatureTypeID"))
    value, comment, location = EMPTY, EMPTY, None
    for version in feature.children("FeatureVersion"):
        comment = version.cell("Comment") or comment
        if (period := version.child("DatePeriod")) is not None:
            value = period_of(period)
        if (detail := version.child("VersionDetail")) is not None:
            number = detail.attribute("DetailReferenceID")
            value = detail.own or (data.refs.look_up("DetailReference", number) if number else EMPTY)
        if (place := version.child("VersionLocation")) is not None:
            location = data.locations.get(place.attribute("LocationID").text)
            if location is None:
                data.out.issue("orphan", "a feature names a location that the file does not have", feature.locator)
            else:
                value = location.country or location.unknown
    return Fact(label, value, notes=(comment,) if comment else ()), location


def _read_feature(entry: Entry, fact: Fact, location: Location | None) -> None:
    if location is not None and fact.label.text == "Location":
        for parts in location.addresses:
            add_address(entry.party, parts, location.country or location.unknown)
        return
    if not fact.value:
        entry.out.issue("no-value", f"a feature {fact.label.text!r} has no value", fact.label.locator)
        return
    if not add_fact(entry, Fact(fact.label, fact.value)):
        message = f"the feature {fact.label.text!r} is not known; kept as a note"
        entry.out.issue("unknown-value", message, fact.label.locator)
    for note in fact.notes:
        entry.party.add("notes", fact.label, fact.value, note, value=f"{fact.text}: {note.text}")


def _read_document(entry: Entry, document: Document) -> None:
    if not document.fact.value:
        for cell in (document.fact.label, *document.fact.notes):
            entry.party.add("notes", cell)
    elif not document.valid:
        text = f"{document.fact.text} (not valid)"
        entry.party.add("notes", *document.fact.places, value=text)
    elif not add_fact(entry, document.fact):
        message = f"the document {document.fact.label.text!r} is not known; kept as a note"
        entry.out.issue("unknown-value", message, document.fact.label.locator)


def _read_relation(data: _File, node: Node) -> None:
    own, other = node.attribute("From-ProfileID"), node.attribute("To-ProfileID")
    kind = data.refs.look_up("RelationType", node.attribute("RelationTypeID"))
    former = node.attribute("Former")
    notes = [node.cell("Comment")]
    if former.text == "true":
        notes.append(Derived("former", former))
    subject, related = data.entries.get(own.text), data.entries.get(other.text)
    if subject is None:
        data.out.issue("orphan", "a relation of a party that the file does not have is not read", node.locator)
        return
    id_ = related.party.id if related is not None else f"ofac-{other.text}"
    add_relation(data.out, subject.party.id, id_, kind, [other], [n for n in notes if n])


def _read_entry(data: _File, node: Node) -> None:
    """One list's entry of a party: programmes, measures, and the day of publication."""
    entry = data.entries.get(node.attribute("ProfileID").text)
    list_ = data.refs.look_up("List", node.attribute("ListID"))
    if entry is None:
        data.out.issue("orphan", "a sanctions entry of a party that the file does not have is not read", node.locator)
        return
    programmes: list[str] = []
    measures: list[Cell] = []
    for measure in node.children("SanctionsMeasure"):
        kind = data.refs.look_up("SanctionsType", measure.attribute("SanctionsTypeID"))
        comment = measure.cell("Comment")
        if kind.text == "Program" and comment:
            entry.programme(comment)
            programmes.append(comment.text)
        else:
            measures.append(kind)
    for programme in programmes:
        for kind in measures:
            number = order_of(kind.text)
            if not number or number in programme or not any(number in p for p in programmes):
                entry.sanctions[programme].add("provisions", kind)
    for event in node.children("EntryEvent"):
        _read_event(data, entry, event, programmes, list_)


def _read_event(data: _File, entry: Entry, event: Node, programmes: list[str], list_: Cell) -> None:
    kind = data.refs.look_up("EntryEventType", event.attribute("EntryEventTypeID"))
    basis = data.refs.look_up("LegalBasis", event.attribute("LegalBasisID"))
    comment, date = event.cell("Comment"), event.child("Date")
    number = order_of(basis.text)
    about = [p for p in programmes if number and number in p] or programmes
    for programme in about:
        if basis.text.casefold() != "unknown":
            entry.sanctions[programme].add("summary", basis)
        entry.sanctions[programme].add("reason", comment)
    day = day_of(date) if date is not None else EMPTY
    if list_.text == UMBRELLA or not day:
        return
    if not is_date(day.text):
        data.out.issue("bad-date", f"the date of an entry event cannot be read: {day.text!r}", event.locator)
    elif kind.text and kind.text not in ("Created", "Added", "Listed"):
        data.out.issue("unknown-value", f"the event {kind.text!r} is not known; its day is not read", event.locator)
    else:
        for programme in about:
            add_listing(entry, programme, [day, list_], day.text)
