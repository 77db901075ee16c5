"""Write one fact of an OFAC entry (``Tax ID No.``: ``7744001497``, issued by ``Russia``) to the party or its sanctions.

All four formats of the list come here: what differs between them is only where label, value and country stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter
from finemesh.sources.lists.common import digest
from finemesh.sources.lists.countries import add_countries, countries
from finemesh.sources.lists.ofac_entry import Entry, add_relation
from finemesh.sources.lists.ofac_vocabulary import Label, label_of
from finemesh.sources.lists.papers import document
from finemesh.sources.lists.prose import add_dates
from finemesh.sources.raw.cell import EMPTY, Cell

DATES = ("%d %b %Y", "%b %Y", "%Y")
_NONE = frozenset(("none", "none identified", "unknown", "undetermined", "n/a", "na", "-0-"))
_IMO = re.compile(r"^IMO\W*(?P<number>\d{7})\b")
_LINK = re.compile(r"https?://[^\s,;]*[^\s,;.]")
_WHOLE_YEAR = re.compile(r"^01 Jan (?P<year>\d{4}) to 31 Dec (?P=year)$")
_LEI = re.compile(r"^[A-Z0-9]{18}\d\d$")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        label: What the list calls it.
        value: Its value.
        whole: The stretch that holds label and value, where they stand together.
        country: Who issued a document.
        issued: Since when a document is valid.
        expires: Until when.
        notes: What else the list says of it.
        also: Further cells in which the value stands (a reference to a table of values).
    """

    label: Cell
    value: Cell
    whole: Cell = EMPTY
    country: Cell = EMPTY
    issued: Cell = EMPTY
    expires: Cell = EMPTY
    notes: tuple[Cell, ...] = ()
    also: tuple[Cell, ...] = ()

    @property
    def text(self) -> str:
        """Label and value as the remarks write them."""
        return self.whole.text or f"{self.label.text.rstrip()} {self.value.text}"

    @property
    def places(self) -> tuple[Cell, ...]:
        """Where label and value stand."""
        return (self.whole,) if self.whole else (self.label, self.value, *self.also)


def add_fact(entry: Entry, fact: Fact) -> bool:
    """Write a fact to where it belongs; one that has no place of its own is kept as a note.

    Returns:
        False where the label is not known (the caller says so).
    """
    found = label_of(fact.label.text)
    if found is None:
        add_note(entry, fact)
        return False
    label, name = found
    if label.kind in ("link", "operator", "measure", "day"):  # these need all names, or all sanctions of the entry
        entry.later.append(lambda: _write(entry, fact, label, name))
        return True
    if fact.value.text.casefold() in _NONE:
        return True
    _write(entry, fact, label, name)
    return True


def _write(entry: Entry, fact: Fact, label: Label, name: str) -> None:
    if not _WRITERS[label.kind](entry, fact, label, name):
        add_note(entry, fact)


def add_note(entry: Entry, fact: Fact) -> None:
    """Keep a fact as it stands."""
    entry.party.add("notes", *fact.places, value=fact.text)


def _property(entry: Entry, label: Label) -> str | None:
    known = ftm.get_schema(entry.schema).properties
    return next((p for p in label.props if p in known), None)


def _number(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    value = fact.value.strip(" #:.,")
    properties = ftm.get_schema(entry.schema).properties
    imo = _IMO.match(value.text)
    if imo and "imoNumber" in properties:
        return entry.party.add("imoNumber", value, value="IMO" + imo["number"])
    prop = _russian(entry.schema, fact, label) or _property(entry, label)
    if prop == "leiCode" and not _LEI.match(value.text):
        prop = "registrationNumber"
    if prop == "imoNumber" or not value:
        prop = "registrationNumber" if "registrationNumber" in properties else None
    if prop is None:
        return False
    country, notes = fact.country, fact.notes
    if country and any(code is None for _, code in countries(country)):
        country, notes = EMPTY, (country, *notes)  # a city, or an office
    if any((country, fact.issued, fact.expires, *notes)) and ftm.is_a(entry.schema, "LegalEntity"):
        document(
            entry.out,
            entry.party,
            fact.label,
            value,
            prop=prop,
            country=country,
            issued=fact.issued,
            expires=fact.expires,
            notes=notes,
        )
        return True
    for cell in (country, *notes):
        entry.party.add("notes", cell)
    return entry.party.add(prop, value)


def _russian(schema: str, fact: Fact, label: Label) -> str | None:
    """Russian tax and registration numbers have properties of their own (INN 10 or 12 digits, OGRN 13 or 15)."""
    if fact.country.text.casefold() not in ("russia", "russian federation", "ru"):
        return None
    text = fact.value.text.strip(" #:.,")
    if not text.isdigit() or not ftm.is_a(schema, "LegalEntity"):
        return None
    if label.props[0] == "taxNumber" and len(text) in (10, 12):
        return "innCode"
    if label.props[0] == "registrationNumber" and len(text) in (13, 15):
        return "ogrnCode"
    return None


def _text(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    prop = _property(entry, label)
    return prop is not None and entry.party.add(prop, fact.value, *fact.also, value=fact.value.text)


def phone_number(text: str) -> str | None:
    """An international number, also where its plus sign is missing (``0097282851500``, ``(98)(21)(66153220)``)."""
    digits = re.sub(r"\D", "", text).removeprefix("00")
    candidates = (text, "+" + digits) if "ext" not in text and "/" not in text else (text,)
    return next((c for c in candidates if ftm.clean_value("LegalEntity", "phone", c)), None)


def _phone(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    number = phone_number(fact.value.text)
    return (
        number is not None and _property(entry, label) == "phone" and entry.party.add("phone", fact.value, value=number)
    )


def _country(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    prop = _property(entry, label)
    if prop is None:
        return False
    add_countries(entry.party, prop, fact.value)
    return True


def _date(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    prop = _property(entry, label)
    if prop is not None and (year := _WHOLE_YEAR.match(fact.value.text)):
        return entry.party.add(prop, fact.value, value=year["year"])
    return prop is not None and add_dates(entry.party, prop, fact.value) > 0


def _measure(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    link = _LINK.search(fact.value.text) if "following link" in fact.value.text else None
    for writer in entry.sanctions_of(fact.text):
        if link:
            writer.add("programUrl", fact.value.group(link))
        else:
            writer.add("provisions", *fact.places, value=fact.text)
    return bool(entry.sanctions)


def _day(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    """``Listing Date (EO 14024 Directive 3)``: the day of a designation of its own, under a directive."""
    start = fact.label.text.find("(")
    writer = entry.directive(fact.label.cut(start + 1, start + 1 + len(name)))
    prop = "startDate" if fact.label.text.casefold().startswith("listing") else "date"
    return _one_day(writer, prop, fact.value.strip(" ."))


def _one_day(writer: EntityWriter, prop: str, cell: Cell) -> bool:
    return writer.date(prop, cell, DATES) is not None


def _wallet(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    address = fact.value.find(r"^(\S+)")
    if address is None:
        return False
    wallet = entry.out.entity("CryptoWallet", f"ofac-wallet-{digest(address.text)}")
    wallet.link("holder", entry.party.id, entry.key)
    start = fact.label.text.rfind(" ") + 1
    wallet.add("currencySymbol", fact.label.cut(start, start + len(name)))
    return wallet.add("publicKey", address)


def _related(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    """Another entry, named by its name: ``Linked To: HAMAS``, ``Aircraft Operator MAHAN AIR``."""
    other = entry.resolve(fact.value.text)
    if other is None:
        if label.kind == "link":
            entry.out.issue(
                "unresolved-link",
                "an entry is linked to a name that stands on no entry of this snapshot; kept as a note",
                fact.value.locator,
                severity="info",
            )
        return False
    add_relation(entry.out, entry.party.id, other, fact.label, [fact.value])
    return True


def _operator(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    """Who runs an aircraft or owns a vessel: another entry where the name is one, else a note."""
    other = entry.resolve(fact.value.text)
    if other is None or not ftm.is_a(entry.schema, "Vehicle"):
        return False
    prop = "owner" if "owner" in fact.label.text.casefold() else "operator"
    return entry.party.link(prop, other, fact.value)


def _note(entry: Entry, fact: Fact, label: Label, name: str) -> bool:
    return False


_WRITERS = {
    "number": _number,
    "text": _text,
    "gender": _text,
    "phone": _phone,
    "country": _country,
    "date": _date,
    "measure": _measure,
    "day": _day,
    "wallet": _wallet,
    "operator": _operator,
    "link": _related,
    "note": _note,
}
