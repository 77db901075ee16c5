"""Country values as the lists write them, cut down to what FollowTheMoney's country type reads.

A cell may hold several countries (``1) Saudi Arabia 2) Qatar``, ``Russia;Ukraine``, ``Ukrainian and Russian``), a
qualification (``Afghanistan (since 2009)``, ``Possibly Ethiopian``), or a name that no code list has
(``Myanmar/Burma``). The quote of each value keeps the qualification that stands beside it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter
from finemesh.sources.raw.cell import Cell

ALIASES = {
    "african union member states": "",
    "ajaria": "ge",
    "belarussian": "by",
    "belorussian": "by",
    "bosnia-herzegovina": "ba",
    "burma / myanmar": "mm",
    "chechen republic of ichkeria": "ru",
    "congo (democratic republic of the)": "cd",
    "congo (democratic republic)": "cd",
    "congolese (drc)": "cd",
    "congo, democratic republic of the": "cd",
    "democratic people's republic of korea (north korea)": "kp",
    "dprk and china": "kp",
    "drc": "cd",
    "equatorial guinean": "gq",
    "gaza strip": "ps",
    "kazakhstani": "kz",
    "korean (dprk)": "kp",
    "luhansk people's republic": "ua-lpr",
    "luhansk people’s republic": "ua-lpr",
    "myanmar (burma)": "mm",
    "myanmar/burma": "mm",
    "occupied palestinian territories": "ps",
    "occupied palestinian territory": "ps",
    "qatarian": "qa",
    "repubic of moldova": "md",
    "republic of türkiye": "tr",
    "russian sfsr": "suhh",
    "russian soviet federative socialist republic": "suhh",
    "slovak republic": "sk",
    "southern lebanon": "lb",
    "soviet union": "suhh",
    "the gambia": "gm",
    "the republic of moldova": "md",
    "trinadad and tobago": "tt",
    "türkiyish": "tr",
    "ukrainian soviet socialist republic": "suhh",
    "union of soviet socialist republics": "suhh",
    "union of the comoros": "km",
    "us national": "us",
    "uzbekistani": "uz",
    "yugoslavian": "yucs",
}
"""What lists write and FollowTheMoney's country type does not read, folded to lower case; empty means no country."""
NOTHING = frozenset("|-|--|na|n/a|n/d|none|none known|not known|unknown|undetermined|nk|null|stateless".split("|"))
"""What stands in a cell that says nothing."""

_NUMBER = r"\(?(?:\d{1,2}(?:-\d{1,2})?|[a-h])\)"
_NUMBERED = re.compile(rf"(?:^|(?<=[\s.,;)])|(?<=\w)(?=\()){_NUMBER}(?:\s*(?:to|-|–|and|&)?\s*{_NUMBER})*")
_DIVIDED = re.compile(r"\s*;\s*|,?\s*\(?\b(?:currently|now)(?: known as)?\s+|\.\s+(?=[A-Z])", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:/(?:or\b)?|,|&|\band/or\b|\band\b|\bor\b)\s*", re.IGNORECASE)
_GONE = re.compile(r"\b(?:withdrawn|revoked|renounced|stripped)\b", re.IGNORECASE)
_OTHER = re.compile(r"[,.]?\s*(?:national identification|passport n)", re.IGNORECASE)
_SOVIET = re.compile(r"^[\w\s,-]*\b(?:[AU]?SSR|RSFSR)$")
_TAIL = re.compile(
    r"\s*(?:\(.*|\[.*|(?:as (?:at|of)|since|until|from|between|by birth|presumed)\b.*|(?<=\w )\d{5,6}"
    r"|(?:citizenship|citizen|nationality|nationalities|nationals?|passport|origin)(?:/citizen)?)$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:also |possibly |allegedly |assumed |presumed |presumably |believed to (?:be|hold) |former |formerly |in "
    r"|of the |of |the |now |branch office \d+: )+",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def country_code(text: str) -> str | None:
    """The code of one country exactly as written; empty for a word that means none, None if it cannot be read."""
    folded = " ".join(text.casefold().split())
    if folded in NOTHING:
        return ""
    if folded in ALIASES:
        return ALIASES[folded]
    return "suhh" if _SOVIET.search(text) else ftm.clean_value("Thing", "country", text)


def _qualified(text: str) -> str | None:
    """The code of one country, whatever qualifies it taken off."""
    for _ in range(4):
        text = text.strip(" .,:;-–\t\n\u00a0")
        if "(" not in text:
            text = text.rstrip(" )")
        code = country_code(text)
        if code is not None:
            return code
        shorter = _TAIL.sub("", text)
        if shorter == text:
            shorter = _LEAD.sub("", text)
        if shorter == text:
            break
        text = shorter
    return None


@lru_cache(maxsize=20_000)
def _spans(text: str) -> tuple[tuple[int, int, str | None], ...]:
    """Stretches of a text that are one country each, with its code (None: unreadable)."""
    other = _OTHER.search(text)
    if other and other.start():
        text = text[: other.start()]
    code = country_code(text.strip())
    if code is not None:
        return ((0, len(text), code),)
    for pattern in (_NUMBERED, _DIVIDED):
        pieces = _pieces(pattern, text)
        if len(pieces) > 1:
            return tuple((a + x, a + y, code) for a, b in pieces for x, y, code in _spans(text[a:b]))
    code = _qualified(text)
    if code is None:
        found = [(a, b, _qualified(text[a:b])) for a, b in _pieces(_LISTED, text)]
        if len(found) > 1 and all(code is not None for _, _, code in found):
            return tuple(found)
        code = found[-1][2]
    return ((0, len(text), code),)


def _pieces(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for match in pattern.finditer(text):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(text)))
    return found


def countries(cell: Cell) -> list[tuple[Cell, str | None]]:
    """The countries that a cell names, each with its stretch of the cell; None for what cannot be read."""
    if not cell:
        return []
    return [(_tidy(cell.cut(start, end)), code) for start, end, code in _spans(cell.text) if code != ""]


def _tidy(cell: Cell) -> Cell:
    return cell.strip() if "(" in cell.text else cell.strip(" )\t\n\u00a0")


def add_countries(writer: EntityWriter, prop: str, cell: Cell) -> None:
    """Add every country of a cell.

    A nationality that the list itself calls withdrawn is kept as a note; a stretch that cannot be read becomes an
    issue.
    """
    if prop in ("nationality", "citizenship") and _GONE.search(cell.text):
        writer.add("notes", cell)
        return
    for part, code in countries(cell):
        writer.add(prop, part, value=code if code is not None else part.text)
