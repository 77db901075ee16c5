"""The parts of an FSF entry: names, addresses, birth dates, documents, citizenships, the same in XML and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rigour.langs import iso_639_alpha3

from finemesh.model.dates import parse_date
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import known, sanction
from finemesh.sources.lists.contacts import add_contacts, add_phones
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.papers import document, number_property
from finemesh.sources.lists.prose import add_dates, is_nothing
from finemesh.sources.lists.relations import add_text
from finemesh.sources.lists.repeats import Done
from finemesh.sources.raw.cell import EMPTY, Cell

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%Y")
NUMBERS = {
    "passport": "passportNumber",
    "travel": "passportNumber",
    "id": "idNumber",
    "ssn": "socialSecurityNumber",
    "fiscalcode": "taxNumber",
    "regnumber": "registrationNumber",
    "tradelic": "registrationNumber",
    "swiftbic": "swiftBic",
    "imo": "imoNumber",
    "birthcert": "idNumber",
    "residentperm": "idNumber",
    "drivinglic": "idNumber",
    "electionid": "idNumber",
    "other": "",
}
"""Codes of documents; an empty property is decided by the description."""
FLAGS = {
    "Diplomatic": "diplomatic",
    "KnownExpired": "known to be expired",
    "KnownFalse": "known to be false",
    "ReportedLost": "reported lost",
    "RevokedByIssuer": "revoked by the issuer",
}
NO_COUNTRY = ("00", "")
_FORMER = re.compile(r"\W*(?:former|formerly|previous)\b", re.IGNORECASE)
_LISTED = re.compile(r"\bdate of (?:listing|designation)\s*:?\s*(?P<day>[\d./-]{8,10})", re.IGNORECASE)
_CONTACT = re.compile(r"(?P<key>[A-Z]+)\[(?P<value>[^\]]*)\]")
COLUMNS = {
    "NameAlias": (
        "LastName",
        "FirstName",
        "MiddleName",
        "WholeName",
        "NameLanguage",
        "Gender",
        "Title",
        "Function",
        "Remark",
    ),
    "Address": (
        *("City", "Street", "PoBox", "ZipCode", "Region", "Place", "ContactInfo", "CountryIso2Code"),
        *("CountryDescription", "Remark"),
    ),
    "BirthDate": (
        *("BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa", "CalendarType", "ZipCode"),
        *("Region", "Place", "City", "CountryIso2Code", "CountryDescription", "Remark"),
    ),
    "Identification": (
        *("Number", *FLAGS, "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo", "LatinNumber", "NameOnDocument"),
        *("TypeCode", "TypeDescription", "Region", "CountryIso2Code", "CountryDescription", "Remark"),
    ),
    "Citizenship": ("Region", "CountryIso2Code", "CountryDescription", "Remark"),
}
"""What belongs to an entry, and the columns of each in the CSV."""

Part = Callable[[str], Cell]
"""Gives the value of a part by the name of its column in the CSV."""


class Entry:
    """One entry: its entity, a sanction for each programme, and the acts that it names."""

    def __init__(self, out: FileEmitter, entity: EntityWriter, get: Part) -> None:
        self.out = out
        self.entity = entity
        self.done: Done = set()
        self.named = False
        self.reference = get("EU_ReferenceNumber").text
        self._own = get
        self._sanctions: dict[str, EntityWriter] = {}
        self._acts: dict[str, list[tuple[str, Cell, Cell]]] = {}
        self._parts: list[tuple[str, Cell, Cell]] = []

    def act(self, get: Part, url: Cell) -> None:
        """Add an act of the entry itself; each programme is a designation of its own."""
        programme = get("Programme")
        writer = self._sanctions.get(programme.text)
        if writer is None:
            writer = sanction(self.out, self.entity, self._own("LogicalId"), programme or None, once=True)
            self._sanctions[programme.text] = writer
            writer.add("authorityId", self._own("EU_ReferenceNumber"))
            writer.add("unscId", self._own("UnitedNationId"))
            writer.add("programId", programme)
            writer.date("startDate", self._own("DesignationDate"), DATES)
            writer.date("endDate", self._own("DelistingDate"), DATES)
            add_text(writer, "description", self._own("DesignationDetails"))
        writer.add("summary", get("NumberTitle"))
        writer.add("programUrl", url)
        self._acts.setdefault(programme.text, []).extend(_days(get))

    def part_act(self, get: Part) -> None:
        """Add an act that a name, address or document comes from."""
        self._parts.extend(_days(get))

    def remark(self, cell: Cell) -> None:
        """Add a remark; where there is no designation date, a ``Date of listing: 25.7.2014`` in it is that."""
        _notes(self, [cell])
        self._complete()
        day = cell.find(_LISTED, "day")
        if day is not None and not self._own("DesignationDate"):
            for writer in self._sanctions.values():
                add_dates(writer, "startDate", day)

    def _complete(self) -> None:
        """An entry that names no act is on the list all the same."""
        if not self._sanctions:
            self.act(lambda key: EMPTY, EMPTY)

    def finish(self) -> None:
        """Write the days of the acts: the oldest is the publication, the others amend.

        The acts of parts do not say their programme in the XML: they count where the entry has one programme.
        """
        self._complete()
        for programme, writer in self._sanctions.items():
            acts = self._acts.get(programme, []) + (self._parts if len(self._sanctions) == 1 else [])
            oldest = min((day for day, _, _ in acts), default="")
            for day, published, force in acts:
                writer.date("listingDate" if day == oldest else "modifiedAt", published, DATES)
                if day == oldest:
                    writer.date("date", force, DATES)


def _days(get: Part) -> list[tuple[str, Cell, Cell]]:
    """Day of publication of an act, its cell, and that of the day of entry into force."""
    published = get("PublicationDate")
    day = parse_date(published.text, DATES) if published else None
    return [] if day is None else [(day, published, get("EntryIntoForceDate"))]


def _name(out: FileEmitter, entry: Entry, get: Part, remarks: Sequence[Cell]) -> None:
    first, middle, last = get("FirstName"), get("MiddleName"), get("LastName")
    whole = get("WholeName")
    parts = [whole] if whole else [c for c in (first, middle, last) if c]
    language = get("NameLanguage")
    lang = (iso_639_alpha3(language.text) or "") if language else ""
    strong = get("Strong").text != "false"
    prop = ("alias" if entry.named else "name") if strong else "weakAlias"
    if strong and entry.named and any(_FORMER.match(c.text) for c in remarks):
        prop = "previousName"
    if parts and entry.entity.add(prop, *parts, value=" ".join(c.text for c in parts), lang=lang):
        entry.named = entry.named or prop == "name"
    person = entry.entity.schema == "Person"
    for key, column in (("firstName", first), ("middleName", middle), ("lastName", last), ("title", get("Title"))):
        entry.entity.add(key if person else "notes", column)
    entry.entity.add("position" if person else "notes", get("Function"))
    entry.entity.add("gender" if person else "notes", get("Gender"))
    _notes(entry, remarks)


def _address(out: FileEmitter, entry: Entry, get: Part, remarks: Sequence[Cell]) -> None:
    country = _country(get)
    keys = ("Street", "Place", "PoBox", "ZipCode", "City", "Region")
    cells = [cell for key in keys if (cell := get(key))]
    if cells:
        place = [*cells, country] if country else cells
        entry.entity.add("address", *place, value=", ".join(c.text.strip(" ,") for c in place))
    _add_country(entry.entity, "country", get)
    contact = get("ContactInfo")
    for match in _CONTACT.finditer(contact.text):
        add_contact(entry.entity, match["key"], contact.group(match, "value"))
    if contact and not _CONTACT.search(contact.text):
        add_contacts(entry.entity, contact)
    _notes(entry, remarks)


def _birth(out: FileEmitter, entry: Entry, get: Part, remarks: Sequence[Cell]) -> None:
    person = entry.entity.schema == "Person"
    prop = "birthDate" if person else "incorporationDate"
    date, year, start, end = get("BirthDate"), get("Year"), get("YearRangeFrom"), get("YearRangeTo")
    get("Day"), get("Month"), get("Circa")
    calendar = get("CalendarType")
    if calendar and calendar.text != "GREGORIAN":
        entry.entity.add(
            "notes", date or year, calendar, value=f"Date of birth {date.text or year.text} {calendar.text}"
        )
    elif date:
        entry.entity.date(prop, date, DATES)
    elif year:
        entry.entity.date(prop, year, ("%Y",))
    else:
        for cell in (start, end):
            entry.entity.date(prop, cell, ("%Y",))
    place = [cell for key in ("Place", "City", "ZipCode", "Region") if (cell := get(key))]
    country = _country(get)
    if person and place:
        cells = [*place, country] if country else place
        entry.entity.add("birthPlace", *cells, value=", ".join(c.text.strip(" ,") for c in cells))
    _add_country(entry.entity, "birthCountry" if person else "country", get)
    _notes(entry, remarks)


def _identification(out: FileEmitter, entry: Entry, get: Part, remarks: Sequence[Cell]) -> None:
    code, description, number = get("TypeCode"), get("TypeDescription"), get("Number")
    known(out, "identification type", code, NUMBERS, "read by its description")
    prop = NUMBERS.get(code.text) or number_property(entry.entity.schema, description.text)
    issued = [cell for key in ("IssuedDate", "IssueDate", "ValidFrom") if (cell := get(key))]
    flags = [(cell, text) for key, text in FLAGS.items() if (cell := get(key)).text == "true"]
    for one in (number, get("LatinNumber")):
        if one and one.text != "-":
            document(
                out,
                entry.entity,
                description,
                one,
                prop=prop,
                country=_country(get),
                issued=issued[0] if issued else EMPTY,
                expires=get("ValidTo"),
                notes=[c for c in (get("IssuedBy"), get("NameOnDocument"), get("Region"), *remarks) if c],
                flags=flags,
            )


def _citizenship(out: FileEmitter, entry: Entry, get: Part, remarks: Sequence[Cell]) -> None:
    _add_country(entry.entity, "nationality" if entry.entity.schema == "Person" else "country", get)
    entry.entity.add("notes", get("Region"))
    _notes(entry, remarks)


def _notes(entry: Entry, remarks: Sequence[Cell]) -> None:
    for cell in remarks:
        if not is_nothing(cell.text):
            add_text(entry.entity, "notes", cell)


def _country(get: Part) -> Cell:
    """The country's name, unless it is the list's word for none."""
    return EMPTY if get("CountryIso2Code").text in NO_COUNTRY else get("CountryDescription")


def _add_country(entity: EntityWriter, prop: str, get: Part) -> None:
    code, name = get("CountryIso2Code"), get("CountryDescription")
    if code.text not in NO_COUNTRY:
        entity.add(prop, code, name, value=code.text.lower())
    elif name.text not in ("UNKNOWN", ""):
        add_countries(entity, prop, name)


def add_contact(entity: EntityWriter, key: str, value: Cell) -> None:
    """Add a value of contact information by its key (PHONE, FAX, EMAIL, WEB)."""
    if key.upper() in ("PHONE", "FAX", "MOBILE"):
        add_phones(entity, value)
    else:
        add_contacts(entity, value)


READERS: dict[str, Callable[[FileEmitter, Entry, Part, Sequence[Cell]], None]] = {
    "NameAlias": _name,
    "Address": _address,
    "BirthDate": _birth,
    "Identification": _identification,
    "Citizenship": _citizenship,
}
"""What reads each part."""
