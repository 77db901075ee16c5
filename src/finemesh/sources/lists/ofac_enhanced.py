"""OFAC's lists as the enhanced XML (``SDN_ENHANCED.XML``, ``CONS_ENHANCED.XML``, also in a ZIP).

Schema: https://ofac.treasury.gov/sdn-list-data-formats-data-schemas. The newest and richest format: names in their own
script, documents with dates, relations between entries with their kind, programmes, measures, legal authorities,
and the day on which the entry was published on each list (``datePublished``).

What its dates mean: ``datePublished`` is the day of publication on a list, and OFAC designates by publishing, so it is
the day of the designation under the programmes of that list (:mod:`finemesh.sources.lists.ofac_entry` says which these
are, and when it cannot be so). That of the "Consolidated List" is only the day on which the entry joined the combined
file. The non-SDN file also says which of its entries are on the SDN list, and since when.

What is left out: the tables of values (texts are written out in the entries), numbers of parts, the flags that
mark the main name, and the name that stands on a document.
"""

from __future__ import annotations

from collections.abc import Callable

from finemesh.model.dates import is_date
from finemesh.sources.emitter import FileEmitter, InputFile
from finemesh.sources.lists.common import kept, report_xml
from finemesh.sources.lists.ofac_classic import add_person_or_name
from finemesh.sources.lists.ofac_entry import (
    SCHEMATA,
    UMBRELLA,
    Entry,
    Names,
    add_address,
    add_authorities,
    add_listing,
    add_measure,
    add_relation,
    programmes_of_lists,
)
from finemesh.sources.lists.ofac_facts import Fact, add_fact
from finemesh.sources.lists.ofac_remarks import read_remarks
from finemesh.sources.lists.ofac_vocabulary import is_company
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.xml import Node, XmlRecords

RECORD = "entity"
_ALIASES = {"A.K.A.": "alias", "F.K.A.": "previousName", "N.K.A.": "alias"}
_PLACE_PARTS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE")
_PERSON_PARTS = {"First Name": "firstName", "Last Name": "lastName", "Middle Name": "middleName"}
_FEATURE = f"{RECORD}/features/feature"
_DOCUMENT = f"{RECORD}/identityDocuments/identityDocument"
_NAME = f"{RECORD}/names/name"
_ADDRESS = f"{RECORD}/addresses/address"
_IGNORED = frozenset(
    f"{RECORD}/{shape}"
    for shape in (
        "generalInfo/identityId",
        "generalInfo/entityType/@refId",
        "sanctionsLists/sanctionsList/@refId",
        "sanctionsLists/sanctionsList/@id",
        "sanctionsPrograms/sanctionsProgram/@refId",
        "sanctionsPrograms/sanctionsProgram/@id",
        "sanctionsTypes/sanctionsType/@refId",
        "sanctionsTypes/sanctionsType/@id",
        "legalAuthorities/legalAuthority/@refId",
        "legalAuthorities/legalAuthority/@id",
        "relationships/relationship/@id",
        "relationships/relationship/type/@refId",
        "relationships/relationship/quality/@refId",
    )
) | frozenset(
    (
        f"{_NAME}/@id",
        f"{_NAME}/isPrimary",
        f"{_NAME}/aliasType/@refId",
        f"{_NAME}/translations/translation/@id",
        f"{_NAME}/translations/translation/isPrimary",
        f"{_NAME}/translations/translation/script/@refId",
        f"{_NAME}/translations/translation/formattedFullName",
        f"{_NAME}/translations/translation/nameParts/namePart/@id",
        f"{_NAME}/translations/translation/nameParts/namePart/type/@refId",
        f"{_ADDRESS}/@id",
        f"{_ADDRESS}/country/@refId",
        f"{_ADDRESS}/translations/translation/@id",
        f"{_ADDRESS}/translations/translation/isPrimary",
        f"{_ADDRESS}/translations/translation/script",
        f"{_ADDRESS}/translations/translation/script/@refId",
        f"{_ADDRESS}/translations/translation/addressParts/addressPart/@id",
        f"{_ADDRESS}/translations/translation/addressParts/addressPart/type/@refId",
        f"{_FEATURE}/@id",
        f"{_FEATURE}/isPrimary",
        f"{_FEATURE}/type/@featureTypeId",
        f"{_FEATURE}/valueRefId",
        f"{_FEATURE}/versionId",
        f"{_FEATURE}/reliability/@refId",
        *(f"{_FEATURE}/valueDate/{t}" for t in ("@id", "fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")),
        f"{_FEATURE}/valueDate/isApproximate",
        f"{_FEATURE}/valueDate/isDateRange",
        f"{_DOCUMENT}/@id",
        f"{_DOCUMENT}/type/@refId",
        f"{_DOCUMENT}/name",
        f"{_DOCUMENT}/name/@nameId",
        f"{_DOCUMENT}/name/@nameTranslationId",
        f"{_DOCUMENT}/issuingCountry/@refId",
    )
)
"""Numbers of parts and of values; dates also stand as text; full names are made of first and last names here."""


def read_enhanced(out: FileEmitter, file: InputFile, member: str | None) -> None:
    """Read one file."""
    records = XmlRecords(file.path, (RECORD,), member)
    names, later, seen = Names(), list[Callable[[], object]](), set[str]()
    for node in kept(out, records):
        number = node.attribute("id")
        if not number.text.isdigit():
            out.issue("bad-row", "an entry without number is not read", node.locator, severity="error")
            continue
        if number.text in seen:
            out.issue("duplicate-id", f"entry {number.text} stands here again; both are kept", node.locator)
        seen.add(number.text)
        entry = Entry(out, out.entity(_schema(out, node), f"ofac-{number.text}"), number, names.find, later)
        _read_sanctions(entry, node)
        _read_names(entry, node, names)
        _read_addresses(entry, node)
        for feature in node.all("features", "feature"):
            _read_feature(entry, feature)
        for document in node.all("identityDocuments", "identityDocument"):
            _read_document(entry, document)
        for relation in node.all("relationships", "relationship"):
            _read_relation(entry, relation)
        read_remarks(entry, node.cell("generalInfo", "remarks"))
        entry.party.add("position" if entry.schema == "Person" else "notes", node.cell("generalInfo", "title"))
    for read in later:
        read()
    if not seen:
        out.issue("empty", "no entry could be read", severity="error")
    report_xml(out, records, _IGNORED)


def _schema(out: FileEmitter, node: Node) -> str:
    kind = node.cell("generalInfo", "entityType")
    schema = SCHEMATA.get(kind.text.casefold())
    if schema is None:
        out.issue("unknown-value", f"entityType {kind.text!r} is not known; read as an organisation", node.locator)
        schema = "Organization"
    if schema == "Organization":
        for feature in node.all("features", "feature"):
            if is_company(feature.cell("type").text, feature.cell("value").text):
                return "Company"
    return schema


def _read_sanctions(entry: Entry, node: Node) -> None:
    for programme in node.cells("sanctionsPrograms", "sanctionsProgram"):
        entry.programme(programme)
    if not entry.sanctions:
        entry.out.issue("no-programme", "an entry has no programme, so no designation is read", node.locator)
        return
    lists = node.all("sanctionsLists", "sanctionsList")
    belonging = programmes_of_lists([n.own.text for n in lists], list(entry.sanctions))
    for list_ in lists:
        day, name = list_.attribute("datePublished"), list_.own
        if name.text == UMBRELLA or not day:
            continue
        if not is_date(day.text):
            entry.out.issue("bad-date", f"datePublished: cannot be read: {day.text!r}", day.locator)
            continue
        for member in belonging.get(name.text, ()):
            add_listing(entry, member, [day, name], day.text)
    for measure in node.cells("sanctionsTypes", "sanctionsType"):
        add_measure(entry, measure, belonging.get("SDN List", ()))
    add_authorities(entry, node.cells("legalAuthorities", "legalAuthority"))


def _read_names(entry: Entry, node: Node, names: Names) -> None:
    for name in node.all("names", "name"):
        kind, weak = name.cell("aliasType"), name.cell("isLowQuality").text == "true"
        prop = "name"
        if kind:
            prop = _ALIASES.get(kind.text, "alias")
            if kind.text not in _ALIASES:
                message = f"the kind of alias {kind.text!r} is not known; read as an alias"
                entry.out.issue("unknown-value", message, kind.locator)
            if weak and prop != "previousName":
                prop = "weakAlias"
        for text in name.all("translations", "translation"):
            first, last = text.cell("formattedFirstName"), text.cell("formattedLastName")
            if prop == "name":
                names.add(f"{last.text}, {first.text}" if first else last.text, entry.party.id)
            _read_name(entry, prop, text, first, last)


def _read_name(entry: Entry, prop: str, text: Node, first: Cell, last: Cell) -> None:
    script = text.cell("script").text
    if first and script in ("Chinese Simplified", "Chinese Traditional", "Japanese", "Hangul", "Korean"):
        entry.party.add(prop, last, first, value=last.text + first.text)
    else:
        add_person_or_name(entry.party, prop, first, last)
    for part in text.all("nameParts", "namePart"):
        kind, value = part.cell("type").text, part.cell("value")
        if prop == "name" and script == "Latin" and entry.schema == "Person" and kind in _PERSON_PARTS:
            entry.party.add(_PERSON_PARTS[kind], value)


def _read_addresses(entry: Entry, node: Node) -> None:
    for address in node.all("addresses", "address"):
        country = address.cell("country")
        for text in address.all("translations", "translation"):
            parts: dict[str, Cell] = {}
            for part in text.all("addressParts", "addressPart"):
                kind, value = part.cell("type"), part.cell("value")
                if kind.text not in _PLACE_PARTS:
                    entry.out.issue("unknown-value", f"the part of address {kind.text!r} is not known", kind.locator)
                    entry.party.add("notes", value)
                parts[kind.text] = value
            add_address(entry.party, [parts.get(p, EMPTY) for p in _PLACE_PARTS], country)


def _read_feature(entry: Entry, feature: Node) -> None:
    label, value = feature.cell("type"), feature.cell("value")
    comment, reliability = feature.cell("comments"), feature.cell("reliability")
    if reliability.text == "False":
        entry.party.add("notes", label, value, value=f"{label.text} {value.text} (false)")
        return
    if not label or not value:
        for cell in (label, value, comment):
            entry.party.add("notes", cell)
        return
    if not add_fact(entry, Fact(label, value)):
        entry.out.issue("unknown-value", f"the feature {label.text!r} is not known; kept as a note", label.locator)
    if comment:
        entry.party.add("notes", label, value, comment, value=f"{label.text} {value.text}: {comment.text}")


def _read_document(entry: Entry, document: Node) -> None:
    label, value = document.cell("type"), document.cell("documentNumber")
    notes = [document.cell(tag) for tag in ("issuingAuthority", "comments")]
    if document.cell("isValid").text == "false":
        entry.party.add("notes", label, value, value=f"{label.text} {value.text} (not valid)")
        return
    country = document.cell("issuingCountry") or document.cell("issuingLocation")
    document.cell("issuingLocation")
    fact = Fact(
        label,
        value,
        country=country,
        issued=document.cell("issueDate"),
        expires=document.cell("expirationDate"),
        notes=tuple(n for n in notes if n),
    )
    if not label or not value:
        for cell in (label, value, country, *notes):
            entry.party.add("notes", cell)
        return
    if not add_fact(entry, fact):
        entry.out.issue("unknown-value", f"the document {label.text!r} is not known; kept as a note", label.locator)


def _read_relation(entry: Entry, relation: Node) -> None:
    kind, other = relation.cell("type"), relation.child("relatedEntity")
    quality, comment = relation.cell("quality"), relation.cell("comments")
    if other is None or not (number := other.attribute("entityId")):
        entry.out.issue("bad-row", "a relation without the other entry is not read", relation.locator)
        return
    notes = [c for c in (comment, quality if quality.text == "Low" else EMPTY) if c]
    add_relation(entry.out, entry.party.id, f"ofac-{number.text}", kind, [number, other.own], notes)
