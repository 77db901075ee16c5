"""Parts of Switzerland's list: programmes, places, names in parts and spellings, listings and their days."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import known
from finemesh.sources.lists.contacts import add_contacts, add_phones
from finemesh.sources.lists.papers import document, number_property
from finemesh.sources.raw.cell import EMPTY, Cell, Derived
from finemesh.sources.raw.xml import Node

NAME_TYPES = {"primary-name": "name", "alias": "alias", "formerly-known-as": "previousName"}
PARTS = {
    "given-name": "firstName",
    "further-given-name": "secondName",
    "father-name": "fatherName",
    "grand-father-name": "",
    "family-name": "lastName",
    "maiden-name": "",
    "tribal-name": "",
    "title": "title",
    "suffix": "nameSuffix",
    "whole-name": "",
    "other": "",
}
"""Kinds of parts of a name, and the property that one goes to besides the whole name."""
_GIVEN = ("given-name", "further-given-name", "father-name", "grand-father-name")
_MAX_SPELLINGS = 12
"""Whole names that are made of the spellings of the parts of one name, in one language and script."""
_NUMBERS = re.compile(
    r"^(?P<kind>[^:]*\b(?:number|No\.?|passport|INN|OGRN|OKPO|KPP|UNP|TIN|ID|IMO|code)\b[^:]*)\s*:"
    r"\s*(?P<value>[A-Z0-9][\w./ -]*\d\w*)\.?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?P<kind>[A-Za-z(). -]{2,40}?)\s*:\s*(?P<value>\S.*)$", re.DOTALL)
_TEXTS = {
    "function": "position",
    "position": "position",
    "position(s)": "position",
    "rank": "title",
    "title": "title",
    "designation": "position",
    "callsign": "callSign",
    "type of entity": "classification",
    "place of registration": "notes",
}

IGNORED = (
    frozenset(f"sanctions-program/{name}" for name in ("@ssid", "@version-date", "@predecessor-version-date"))
    | frozenset(
        f"target/{kind}/{shape}"
        for kind in ("individual", "entity", "object")
        for shape in (
            "identity/@ssid",
            "identity/name/@ssid",
            "identity/name/@lang",
            "identity/name/name-part/spelling-variant/@spelling-variant-type",
            "identity/day-month-year/@ssid",
            "identity/day-month-year/@calendar",
            "identity/day-month-year/@quality",
            "identity/nationality/@ssid",
            "identity/place-of-birth/@ssid",
            "identity/place-of-birth/@quality",
            "identity/address/@ssid",
            "identity/address/@main",
            "identity/address/@quality",
            "identity/identification-document/@ssid",
            "justification/@ssid",
            "relation/@ssid",
            "other-information/@ssid",
            "generic-attribute/@ssid",
            "generic-attribute/@lang",
        )
    )
    | {"target/generic-attribute/@ssid", "place/country/@iso-code", "sanctions-program/sanctions-set/@ssid"}
)
"""Numbers of parts, the calendar and quality of dates and addresses, and codes of what also stands in words."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A set of measures, with the programme that it belongs to.

    Attributes:
        key: The programme's short name.
        name: The ordinance.
        measures: The set in words.
        origin: Who decided first (``UN``, ``EU``).
    """

    key: Cell
    name: Cell
    measures: Cell
    origin: Cell


def read_programme(node: Node) -> dict[str, Programme]:
    """The sets of measures of a programme by their numbers."""
    key, name, origin = _english(node, "program-key"), _english(node, "program-name"), node.cell("origin")
    texts: dict[str, list[Node]] = defaultdict(list)
    for set_ in node.children("sanctions-set"):
        texts[set_.attribute("ssid").text].append(set_)
    return {number: Programme(key, name, _preferred(nodes), origin) for number, nodes in texts.items()}


def _english(node: Node, tag: str) -> Cell:
    return _preferred(node.children(tag))


def _preferred(nodes: Sequence[Node]) -> Cell:
    texts = [(n.attribute("lang").text, n.own) for n in nodes]
    return next((cell for lang, cell in texts if lang == "eng"), texts[0][1] if texts else EMPTY)


@dataclass(frozen=True, slots=True)
class Place:
    """A place.

    Attributes:
        cells: Its parts, the country last.
        country: Its country.
    """

    cells: tuple[Cell, ...]
    country: Cell


def read_place(node: Node) -> Place:
    """Read a place; other spellings of it are passed over."""
    country = node.cell("country")
    for tag in ("location-variant", "area-variant"):
        for variant in node.children(tag):
            _ = variant.own, [variant.attribute(name) for name in ("variant-type", "lang", "script")]
    return Place(tuple(c for c in (node.cell("location"), node.cell("area"), country) if c), country)


def place_cells(node: Node) -> list[Cell]:
    """What stands beside the number of a place."""
    box = node.cell("p-o-box")
    cells = [node.cell("c-o"), node.cell("address-details"), box, node.cell("zip-code"), node.cell("remarks")]
    return [c for c in cells if c]


def add_names(out: FileEmitter, party: EntityWriter, node: Node, main: bool) -> None:
    """Add a name: its parts in order, and once more with the spellings of each language and script.

    Names of people are given first name first; the order of the list is kept as an alias where it is another.
    """
    kind, quality = node.attribute("name-type"), node.attribute("quality")
    known(out, "name-type", kind, NAME_TYPES, "read as an alias")
    known(out, "quality", quality, ("good", "low"), "read as good")
    prop = NAME_TYPES.get(kind.text, "alias")
    if quality.text == "low" and prop != "previousName":
        prop = "weakAlias"
    if not main and prop == "name":
        prop = "alias"
    parts = sorted(node.children("name-part"), key=_order)
    values: list[tuple[str, Cell]] = []
    spellings: dict[tuple[str, str], dict[int, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for place, part in enumerate(parts):
        type_ = part.attribute("name-part-type")
        known(out, "name-part-type", type_, PARTS, "read as a part of the name")
        values.append((type_.text, part.cell("value")))
        for spelling in part.children("spelling-variant"):
            language, script = spelling.attribute("lang").text.lower(), spelling.attribute("script").text
            spellings[language if len(language) == 3 else "", script][place].append(spelling.own)
    _whole(party, prop, values, "")
    for type_text, cell in values:
        extra = PARTS.get(type_text, "")
        if extra and prop == "name" and party.schema == "Person":
            party.add(extra, cell)
    for (language, script), variants in sorted(spellings.items()):
        kept = EMPTY if script != "LATN" else None  # a part without a spelling in another script is left out
        choices = [variants.get(place) or [cell if kept is None else kept] for place, (_, cell) in enumerate(values)]
        for combination in itertools.islice(itertools.product(*choices), _MAX_SPELLINGS):
            spelled = [(type_, cell) for (type_, _), cell in zip(values, combination, strict=True)]
            _whole(party, "alias" if prop == "name" else prop, spelled, language)


def _order(part: Node) -> int:
    text = part.attribute("order").text
    return int(text) if text.isdigit() else 0


def _whole(party: EntityWriter, prop: str, parts: Sequence[tuple[str, Cell]], language: str) -> None:
    named = [(kind, cell) for kind, cell in parts if cell and kind != "title"]
    if not named:
        return
    given = [c for k, c in named if k in _GIVEN]
    rest = [c for k, c in named if k not in _GIVEN]
    cells = [c for _, c in named]
    if party.schema == "Person" and given and named[0][0] == "family-name":
        party.add(prop, *given, *rest, value=" ".join(c.text for c in (*given, *rest)), lang=language)
        party.add("alias" if prop == "name" else prop, *cells, value=" ".join(c.text for c in cells), lang=language)
        return
    party.add(prop, *cells, value=" ".join(c.text for c in cells), lang=language)


def birth_date(node: Node) -> Cell:
    """A date in three attributes, as ISO text; shorter where day or month is missing."""
    known_parts: list[Cell] = []
    for name in ("year", "month", "day"):
        cell = node.attribute(name)
        if not cell.text.isdigit() or not int(cell.text):
            for left in ("month", "day"):
                node.attribute(left)
            break
        known_parts.append(cell)
    text = "-".join(f"{int(c.text):0{4 if n == 0 else 2}}" for n, c in enumerate(known_parts))
    return Derived(text, *known_parts) if known_parts else EMPTY


def add_documents(out: FileEmitter, party: EntityWriter, node: Node) -> None:
    """Add the identity documents."""
    for paper in node.children("identification-document"):
        kind, issuer = paper.attribute("document-type"), paper.child("issuer")
        remarks = [c for tag in ("remark", "place-of-issue") for c in paper.cells(tag)]
        country = EMPTY
        if issuer is not None:
            country = issuer.own or issuer.attribute("code")
            issuer.attribute("code")
        document(
            out,
            party,
            kind,
            paper.cell("number"),
            prop=number_property(party.schema, kind.text.replace("-", " ")),
            country=country,
            issued=paper.cell("date-of-issue"),
            expires=paper.cell("expiry-date"),
            notes=remarks,
        )


def add_information(party: EntityWriter, cell: Cell) -> None:
    """Add what the list has no element for (``IMO Number: 8405270``); prose is kept as a note."""
    properties = ftm.get_schema(party.schema).properties
    if numbered := _NUMBERS.match(cell.text):
        kind, value = numbered["kind"], cell.group(numbered, "value").strip()
        if "imo" in kind.casefold().split() and "imoNumber" in properties:
            party.add("imoNumber", value, value="IMO" + re.sub(r"\D", "", value.text))
            return
        if not re.search(r"\b(?:tel|phone|telephone|fax)\b", kind, re.IGNORECASE):
            party.add(number_property(party.schema, kind), value)
            return
    labelled = _LABELLED.match(cell.text)
    label = labelled["kind"].casefold().strip() if labelled else ""
    value = cell.group(labelled, "value").strip() if labelled else EMPTY
    if labelled and re.search(r"website|e-?mail", label):
        add_contacts(party, value)
    elif labelled and re.match(r"(?:company )?(?:tel|phone)", label):
        add_phones(party, value)
    elif labelled and _TEXTS.get(label, "") in properties:
        party.add(_TEXTS[label], value)
    else:
        party.add("notes", cell)


@dataclass(slots=True)
class Listing:
    """One time on the list.

    Attributes:
        key: What tells it from the others of a target: the day on which it began, empty where that is not known.
        days: Cells of its days by property of ``Sanction``.
    """

    key: str = ""
    days: dict[str, list[Cell]] = field(default_factory=lambda: defaultdict(list))


def listings(out: FileEmitter, node: Node) -> list[Listing]:
    """The times that a target was on the list, in order; one without days where the file tells none."""
    events: list[tuple[str, int, Node]] = []
    for change in node.children("modification"):
        kind = change.attribute("modification-type")
        days = [change.attribute(n).text for n in ("effective-date", "publication-date", "enactment-date")]
        known(out, "modification-type", kind, ("listed", "amended", "de-listed"), "not read")
        order = {"listed": 0, "amended": 1, "de-listed": 2}.get(kind.text, 3)
        events.append((next((d for d in days if d), ""), order, change))
    found: list[Listing] = []
    for day, order, change in sorted(events, key=lambda e: e[:2]):
        enacted, published = change.attribute("enactment-date"), change.attribute("publication-date")
        effective = change.attribute("effective-date")
        if order == 0 or (not found and order < 3):
            found.append(Listing(day if order == 0 else ""))
        if order == 0:
            for prop, cell in (("startDate", enacted), ("listingDate", published), ("date", effective)):
                if cell:
                    found[-1].days[prop].append(cell)
        elif order == 1:
            found[-1].days["modifiedAt"].append(effective or published or enacted)
        elif order == 2:
            found[-1].days["endDate"].append(effective or published or enacted)
    return found or [Listing()]
