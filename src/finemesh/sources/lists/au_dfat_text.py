"""The prose of DFAT's list: listing information with its dates and instruments, and labelled additional information."""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.contacts import add_contacts
from finemesh.sources.lists.papers import papers, registration_numbers
from finemesh.sources.lists.prose import date_spans, is_nothing, numbered
from finemesh.sources.lists.relations import add_text
from finemesh.sources.raw.cell import EMPTY, Cell

_KEYWORD = re.compile(
    r"(?P<other>in effect\b|received on or after|\bto\s*$|until|expire\w*|lapse\w*)"
    r"|(?P<amended>amended|\bre-?list\w*|last listed|afresh|continued? (?:in|to)\b|declared|updated|varied"
    r"|re-?designat\w*)|(?P<published>Gazette)|(?P<designated>\blisted|designated|\badded)",
    re.IGNORECASE,
)
_NUMBERED = r"(?:\s*\(No\.? ?\d+\))?"
_INSTRUMENT = re.compile(
    r"(?:Autonomous Sanctions|Charter of (?:the )?United Nations)\b[^.;\[:]*?(?:(?:Amendment )?(?:\(No\.? ?\d+\)\s+)?"
    rf"(?:Instrument|List|Listing|Designation)\s+(?:19|20)\d\d{_NUMBERED}"
    r"|(?:Regulations?|Act)\s+(?:19|20)\d\d(?!\s+(?:List|on\b)))"
)
_INSTRUMENT_YEAR = re.compile(r"\b(?:Instrument|List|Listing|Designation|Amendment)\s+(?P<year>(?:19|20)\d\d)\b")
_REFERENCE = re.compile(r"^\W*(?P<ref>[A-Z]{2}[ie]\.\s?\d{3}|[QT][IE]\.[A-Z]\.\d+\.\d\d)\b")
_LABEL = re.compile(
    r"(?<!\w)(?P<label>Title|Designation|Last known (?:rank and )?position|Military rank|Political party|Gender|DOB|POB"
    r"|(?:Good|Low) quality a\.k\.a\.|Nationality|(?:[A-Z]\w+ )?Passport (?:information|details|numbers?|nos?)?\.?"
    r"|National identification no\.?|(?:[A-Z]\w+ )?ID (?:number|Card No)\.?|Address|Listed on|Other information"
    r"|(?:State )?[Rr]egistration (?:[Nn]umber|ID)|Tax(?:payer)? (?:ID|number|Identification Number)|INN|OGRN"
    r"|IMO(?: number)?|Website|Email(?: address)?)\s*[‑–:]\s*"
)
_STOP = re.compile(r"\.\s+(?=[A-Z][a-z])|[.;]?\s*\n\s*|\xa0\s+(?=[A-Z])")
_DIGITS = re.compile(r"\b(?P<label>Passport|Registration|ID) [Nn]umber (?P<value>[A-Z]{0,3}\d{5,})")
_GENDER = re.compile(r"^((?:fe)?male)\b", re.IGNORECASE)
_LONGEST = 400


def reference(cell: Cell) -> Cell | None:
    """The UN reference with which the additional information of a UN listing begins."""
    return cell.find(_REFERENCE, "ref")


@lru_cache(maxsize=5_000)
def listing_dates(text: str) -> tuple[tuple[str, int, int, str], ...]:
    """The dates in listing information: kind, start, end, partial ISO date.

    ``Listed on 25 Jan. 2001 (amended on 3 Sep. 2003, 20 Dec. 2005)`` is one designation and two amendments: a date is
    of the kind of the last keyword before it, or of the date before it. Kinds are ``designated``, ``amended`` (also
    listed again or continued), ``published`` (gazetted) and ``other``. Years alone are parts of titles, not dates.
    """
    found: list[tuple[str, int, int, str]] = []
    kind, at = "designated", 0
    for start, end, values in date_spans(text):
        if len(values) != 1 or len(values[0]) < 7:
            continue
        last = max(_KEYWORD.finditer(text, at, start), key=lambda m: m.start(), default=None)
        if last is not None:
            kind = str(last.lastgroup)
        found.append((kind, start, end, values[0]))
        at = end
    return tuple(found)


def add_listing(sanction: EntityWriter, *cells: Cell, first: bool) -> None:
    """Add dates, instruments and the prose of listing information.

    The earliest date of designation is the start; further ones are amendments. Where only the instrument of first
    designation is named, its year is the (partial) date.

    Args:
        sanction: Where to write.
        cells: Listing information, instrument.
        first: Whether it is that of the entry's first row; a name that was added later has a date of its own, which
            amends the entry.
    """
    designated: list[tuple[str, Cell]] = []
    for cell in cells:
        for kind, start, end, value in listing_dates(cell.text):
            part = cell.cut(start, end).strip()
            if kind == "designated":
                designated.append((value, part))
            elif kind != "other":
                sanction.add("modifiedAt" if kind == "amended" else "listingDate", part, value=value)
        for match in _INSTRUMENT.finditer(cell.text):
            add_text(sanction, "summary", cell.group(match))
    earliest, place = min(designated, key=lambda d: d[0], default=("", EMPTY))
    if first and earliest:
        sanction.add("startDate", place, value=earliest)
    for value, part in designated:
        if not first or value != earliest:
            sanction.add("modifiedAt", part, value=value)
    if first and not earliest:
        year = next((c.group(m, "year") for c in cells for m in _INSTRUMENT_YEAR.finditer(c.text)), None)
        if year is not None:
            sanction.add("startDate", year)
    add_text(sanction, "description", cells[0])


def add_information(out: FileEmitter, entity: EntityWriter, cell: Cell) -> None:
    """Add additional information: all of it as a note, and what stands behind a label as what it is."""
    if is_nothing(cell.text):
        return
    add_text(entity, "notes", cell)
    marks = list(_LABEL.finditer(cell.text))
    ends = [*(m.start() for m in marks[1:]), len(cell.text)][: len(marks)]
    for mark, end in zip(marks, ends, strict=True):
        part = cell.cut(mark.end(), end)
        stop = _STOP.search(part.text)
        part = (part.cut(0, stop.start()) if stop else part).strip(" .;,\n")
        if part and not is_nothing(part.text) and len(part.text) <= _LONGEST:
            _labelled(out, entity, mark["label"].casefold(), part)
    for match in _DIGITS.finditer(cell.text):
        _labelled(out, entity, match["label"].casefold() + " number", cell.group(match, "value"))


def _labelled(out: FileEmitter, entity: EntityWriter, label: str, part: Cell) -> None:
    person = entity.schema == "Person"
    if person and label in ("title", "military rank"):
        for title in numbered(part):
            add_text(entity, "title", title)
    elif person and (label == "designation" or "position" in label):
        for position in numbered(part):
            add_text(entity, "position", position)
    elif person and label == "gender":
        entity.add_all("gender", part.finditer(_GENDER))
    elif "passport" in label:
        papers(out, entity, part, prop="passportNumber")
    elif "identification no" in label or label.endswith(("id number", "id card no", "id card no.")):
        papers(out, entity, part, prop="idNumber")
    elif label.startswith("imo") and "imoNumber" in ftm.get_schema(entity.schema).properties:
        entity.add_all("imoNumber", part.finditer(r"\b(\d{7})\b"))
    elif "registration" in label or label.startswith(("tax", "inn", "ogrn")):
        registration_numbers(entity, part, _register(label))
    elif label.startswith(("website", "email")):
        add_contacts(entity, part)


def _register(label: str) -> str:
    return {"inn": "innCode", "ogrn": "ogrnCode"}.get(
        label, "taxNumber" if label.startswith("tax") else "registrationNumber"
    )
