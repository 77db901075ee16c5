"""Small grammars that several lists share: numbered values in one cell, and dates in prose."""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.model.dates import is_date
from finemesh.sources.emitter import EntityWriter
from finemesh.sources.lists.countries import NOTHING
from finemesh.sources.raw.cell import Cell

_MARK = re.compile(r"(?:(?<=^)|(?<=[\s.,;:)]))\(?(?P<mark>[a-z]{1,2}|\d{1,2}|[ivx]{1,4})\)[\s.:]*")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:r?u?ary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_QUALIFIER = (
    r"(?:(?:approximately|approx\.?|apprx\.?|circa|cca\.?|ca\.?|c\.?|around|about|between|estimated|possibly|probably"
    r"|presumably|allegedly|either|early|late|mid|beginning of|end of|in|from|born)[\s-]*)*"
)
_DATE = re.compile(
    rf"\b{_QUALIFIER}(?:"
    rf"(?P<iso>{_YEAR}-\d\d(?:-\d\d)?)(?!\d)"
    rf"|(?P<d1>\d{{1,2}})\s?[./-]\s?(?P<m1>\d{{1,2}})\s?[./-]\s?(?P<y1>\d{{4}})(?!\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s.,-]*(?P<m2>{_MONTH})[\s,-]*(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{_MONTH})\s*(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y3>\d{{4}})(?!\d)"
    rf"|(?P<m4>{_MONTH})[\s,-]*(?:of\s+)?(?P<y4>\d{{4}})(?!\d)"
    rf"|(?P<m5>\d{{1,2}})[./](?P<y5>\d{{4}})(?!\d)"
    rf"|(?P<from>{_YEAR})\s*(?:-|–|/|to|and|or between)\s*(?P<to>{_YEAR})(?!\d)"
    rf"|(?P<decade>{_YEAR})'?s\b"
    rf"|(?P<y6>{_YEAR})(?!\d))",
    re.IGNORECASE,
)
_SPAN = 15
"""A range of at most this many years is written out year by year; of a longer one only the ends."""


@lru_cache(maxsize=20_000)
def _marks(text: str) -> tuple[tuple[int, int], ...]:
    """Where the marks of a numbered list stand: consecutive, and beginning with a, i or 1."""
    found: list[tuple[int, int]] = []
    wanted: tuple[str, ...] = ("a", "1", "i")
    roman = False
    for match in _MARK.finditer(text):
        mark = match["mark"]
        if mark in wanted:
            found.append(match.span())
            roman = roman or (mark == "i" and len(found) == 1)
            wanted = _ROMAN[len(found) : len(found) + 1] if roman else (_next(mark),)
    return tuple(found)


def _next(mark: str) -> str:
    if mark.isdigit():
        return str(int(mark) + 1)
    if len(mark) == 1 and mark != "z":
        return chr(ord(mark) + 1)
    return {"z": "aa"}.get(mark, mark[:-1] + chr(ord(mark[-1]) + 1))


def numbered(cell: Cell, *, keep: bool = False) -> list[Cell]:
    """The values of ``a) Mullah b) Haji`` or ``(1) Kabul (2) Herat``; the whole cell where nothing is numbered.

    What stands before the first mark is a value of its own. Placeholders (``na``, ``-``) are left out unless ``keep``.
    """
    if ")" not in cell.text:
        whole = cell.strip(" ;,\t\n\u00a0")
        return [whole] if whole and (keep or not is_nothing(whole.text)) else []
    marks = _marks(cell.text)
    edges = [(0, 0), *marks]
    ends = [start for start, _ in marks] + [len(cell.text)]
    parts = [cell.cut(begin, end).strip(" ;,\t\n\u00a0") for (_, begin), end in zip(edges, ends, strict=True)]
    return [p for p in parts if p and (keep or not is_nothing(p.text))]


def is_nothing(text: str) -> bool:
    """Whether a text is a placeholder for nothing (``na``, ``-``, ``unknown``)."""
    return text.strip(" .\u00a0").casefold() in NOTHING


@lru_cache(maxsize=50_000)
def date_spans(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The dates in a text: start, end, and the partial ISO dates meant (empty where the day does not exist).

    ``Approximately 1963, 30/01/1972`` gives 1963 and 1972-01-30; ``between 1955 and 1958`` the four years. The
    stretch includes the word that qualifies the date. Years before 1800 are other calendars and are not read.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _DATE.finditer(text):
        values = _values(match)
        found.append((match.start(), match.end(), values))
    return tuple(found)


def _values(match: re.Match[str]) -> tuple[str, ...]:
    part = match.groupdict()
    if part["from"]:
        first, last = int(part["from"]), int(part["to"])
        years = range(first, last + 1) if 0 <= last - first <= _SPAN else (first, last)
        return tuple(str(y) for y in years)
    if part["decade"]:
        return tuple(str(int(part["decade"]) + n) for n in range(10))
    iso = part["iso"]
    if iso is None:
        if part["y6"]:
            iso = part["y6"]
        elif part["m5"]:
            iso = f"{part['y5']}-{int(part['m5']):02}"
        elif part["m4"]:
            iso = f"{part['y4']}-{_month(part['m4'])}"
        elif part["m1"]:
            iso = _day_month(part["y1"], part["m1"], part["d1"])
        else:
            n = "2" if part["m2"] else "3"
            iso = f"{part['y' + n]}-{_month(part['m' + n])}-{int(part['d' + n]):02}"
    return (iso,) if is_date(iso) and iso >= "1800" else ()


def _day_month(year: str, month: str, day: str) -> str:
    """``00/05/1964`` is May 1964, ``00/00/1964`` the year."""
    if int(month) == 0:
        return year
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if int(day) else "")


def _month(name: str) -> str:
    return f"{_MONTHS.index(name[:3].lower()) + 1:02}"


def add_dates(writer: EntityWriter, prop: str, cell: Cell) -> int:
    """Add every date of a cell written in prose; a cell without a readable one becomes an issue.

    Returns:
        How many dates were added.
    """
    if not cell or is_nothing(cell.text):
        return 0
    count = 0
    for start, end, values in date_spans(cell.text):
        part = cell.cut(start, end).strip()
        for value in values or (part.text,):
            count += writer.add(prop, part, value=value)
    if not count and not date_spans(cell.text):
        writer.add(prop, cell)
    return count
