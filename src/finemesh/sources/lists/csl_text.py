"""What stands inside the cells of the Consolidated Screening List: ids, names with additions, and the lists' titles."""

from __future__ import annotations

import re

from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.ofac_facts import Fact
from finemesh.sources.lists.ofac_vocabulary import label_of
from finemesh.sources.raw.cell import EMPTY, Cell

_MEASURES = {
    "sdn": ("Blocking of property",),
    "ssi": ("Sectoral sanctions (31 CFR 589, directives under E.O. 13662)",),
    "cap": ("Correspondent and payable-through account sanctions",),
    "plc": ("Rejection of transactions",),
    "cmic": ("Prohibition on dealing in publicly traded securities (E.O. 14032)",),
    "ns-mbs": ("Menu-based sanctions",),
    "fse": ("Prohibition of transactions (E.O. 13608)",),
    "el": ("Licence requirement for exports (15 CFR 744.11, Supplement No. 4 to Part 744)",),
    "meu": ("Licence requirement for military end users (15 CFR 744.21, Supplement No. 7 to Part 744)",),
    "uvl": ("No licence exceptions, statement required (15 CFR 744.15, Supplement No. 6 to Part 744)",),
    "dpl": ("Denial of export privileges (15 CFR 764.3)",),
    "dtc": ("Debarment from exports of defence articles (22 CFR 127.7)",),
    "isn": ("Nonproliferation sanctions",),
}
"""What being on a list means, by the abbreviation in the list's title.

Source: https://www.trade.gov/consolidated-screening-list, and the regulations named.
"""
_CODE = re.compile(r"\((?P<code>[A-Z]{2,5}(?:-[A-Z]{2,4})?)(?: List)?\)")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_PART = re.compile(r"; ")
_ALSO = re.compile(r"\s*[,;]?\s*[(\[]\s*(?:a\.?k\.?a\.?|f\.?k\.?a\.?)[\s:,]", re.IGNORECASE)
_THEREOF = re.compile(r",? and (?:any|its) (?:successors?|sub-units?|subsidiar)\b.*$", re.IGNORECASE)
_WITHIN = re.compile(
    r"^(?P<parent>.+?)\.?,?\s+(?P<role>Subordinate Institutions?|Affiliated Entit(?:y|ies))\s*[-:]\s*(?P<name>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHORT = re.compile(r"^(?P<name>.+?)\s+\((?P<short>[^()]{2,40})\)$", re.DOTALL)
_LEAD = re.compile(
    r"^(?P<former>(?:f\.?k\.?a\.?|formerly(?: known as)?)[:,]?\s+)|^(?:and|a\.?k\.?a\.?)[:,]?\s+", re.IGNORECASE
)


def source_code(title: str) -> str:
    """The abbreviation of a list: ``el`` of ``Entity List (EL) - Bureau of Industry and Security``."""
    match = _CODE.search(title)
    return match["code"].lower() if match else re.sub(r"[^a-z]+", "-", title.casefold()).strip("-")


def measures_of(code: str) -> tuple[str, ...]:
    """What being on a list means; empty for a list that is not known."""
    return _MEASURES.get(code, ())


_OWN = {"ssi": ("UKRAINE-EO13662",), "plc": ("NS-PLC",), "cmic": ("CMIC-",), "fse": ("FSE-",)}


def belongs(code: str, programme: str, programmes: list[str]) -> bool:
    """Whether a list's measure is about a programme: Treasury's rows name all programmes of an entry on each list."""
    own = _OWN.get(code)
    if own is not None:
        return programme.startswith(own) or not any(p.startswith(own) for p in programmes)
    others = tuple(prefix for prefixes in _OWN.values() for prefix in prefixes)
    return not programme.startswith(others) or all(p.startswith(others) for p in programmes)


def id_facts(ids: Cell) -> list[Fact]:
    """The ids of an entry: ``SA, 2022-06-23, 2017-08-16, D088677, Passport`` (country, expiry, issue, number, kind).

    Of two days the first is that of expiry; a single day may be either, and is kept as a note.
    """
    facts, begin = [], 0
    ends = [m.start() for m in _PART.finditer(ids.text)] + [len(ids.text)]
    for end in ends:
        part = ids.cut(begin, end).strip()
        label = part.text.rfind(", ")
        if label < 0 or label_of(part.text[label + 2 :]) is None:
            if end != len(ids.text):
                continue  # a semicolon inside the value
            label = label if label >= 0 else len(part.text)
        begin = end + 2
        if part:
            facts.append(_id_fact(part, label))
    return facts


def _id_fact(part: Cell, label: int) -> Fact:
    kind, rest = part.cut(label + 2, len(part.text)), part.cut(0, label)
    found = label_of(kind.text)
    if found is None or found[0].kind != "number":
        return Fact(kind, rest)
    country = days = EMPTY
    if match := re.match(r"^([A-Z]{2}), ", rest.text):
        country, rest = rest.group(match, 1), rest.cut(match.end(), len(rest.text))
    found_days: list[Cell] = []
    while match := re.match(r"^(\d{4}-\d\d-\d\d), ", rest.text):
        found_days.append(rest.group(match, 1))
        rest = rest.cut(match.end(), len(rest.text))
    if len(found_days) == 2:
        return Fact(kind, rest, country=country, expires=found_days[0], issued=found_days[1])
    days = found_days[0] if found_days else EMPTY
    return Fact(kind, rest, country=country, notes=(days,) if days else ())


def add_other_names(out: FileEmitter, party: EntityWriter, name: Cell, alt: Cell) -> tuple[Cell, Cell] | None:
    """Add the names of a party on a list of Commerce or State.

    Returns:
        What the name says of its parent: role and name, if it does.
    """
    if "?" in name.text:
        message = "letters of a name were lost before it was published (they are question marks)"
        out.issue("lost-letters", message, name.locator, severity="info")
    parent = None
    plain = name
    if within := _WITHIN.match(name.text):
        parent = name.group(within, "role"), name.group(within, "parent")
        plain = name.group(within, "name")
        party.add("notes", name)
    for pattern in (_THEREOF, _ALSO):
        if (match := pattern.search(plain.text)) and match.start():
            party.add("notes", name)
            plain = plain.cut(0, match.start()).strip(" ,;")
    party.add("name", plain)
    if short := _SHORT.match(plain.text):
        party.add("alias", plain.group(short, "name"))
        inside = plain.group(short, "short")
        if " " not in inside.text and inside.text.upper() == inside.text:
            party.add("weakAlias", inside)
    for alias in alt.split(";"):
        lead = _LEAD.match(alias.text)
        cell = alias.cut(lead.end(), len(alias.text)) if lead else alias
        party.add("previousName" if lead and lead["former"] else "alias", cell)
    return parent
