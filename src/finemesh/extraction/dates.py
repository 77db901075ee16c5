"""Dates in English text, relative ones resolved against the day the text was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from finemesh.extraction.tokens import Token
from finemesh.model.dates import is_date

Role = Literal["at", "since", "until", "range"]

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_COUNT = {
    word: i for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
)
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_N = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an"

_DATE = re.compile(
    rf"""
    (?P<iso>\b{_YEAR}-[01]\d-[0-3]\d\b)
  | \b(?:{_DAY},?\s+)?(?P<mdy_m>{_MONTH})\s+(?P<mdy_d>[0-3]?\d)(?:st|nd|rd|th)?
    (?:,?\s+(?P<mdy_y>{_YEAR})\b)?(?!\d|[.,]\d)
  | \b(?:{_DAY},?\s+)?(?P<dmy_d>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmy_m>{_MONTH})(?:,?\s+(?P<dmy_y>{_YEAR})\b)?
  | \b(?P<my_m>{_MONTH})(?:,?\s+|\s+of\s+)(?P<my_y>{_YEAR})\b
  | \b(?P<yy_a>{_YEAR})\s?[-–—]\s?(?P<yy_b>{_YEAR}|\d\d)\b(?![-\d])
  | \b(?P<rel>last|this|next|past|coming|current|previous)\s+(?P<rel_unit>year|month|week|quarter|{_DAY}|{_MONTH})\b
  | \b(?P<month_rel>{_MONTH})\s+(?P<month_rel_y>last|this|next)\s+year\b
  | \b(?P<ago_n>{_N})\s+(?P<ago_unit>year|month|week|day)s?\s+ago\b(?:\s+(?P<ago_today>today))?
  | \b(?P<day>yesterday|today|tomorrow|tonight)\b
  | \b(?:on\s+|since\s+)(?P<weekday>{_DAY})\b
  | (?<=\bin\s)(?P<early>early|late|mid)[-\s](?P<early_y>{_YEAR})\b
  | (?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\btill\s)|(?<=\bby\s)|(?<=\blate\s)|(?<=\bearly\s)|(?<=\bmid-))
    (?P<month>{_MONTH})(?!\s+\d)
  | (?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\btill\s)|(?<=\bfrom\s)|(?<=\bduring\s)
    |(?<=\bafter\s)|(?<=\bbefore\s)
    |(?<=\bto\s)|(?<=\bby\s)|(?<=\band\s)|(?<=\bbetween\s)|(?<=\bof\s)|(?<=\(|,)\s?)
    (?P<year>{_YEAR})\b(?!-\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(since|from|until|till|by|between|through|to|and|after|before|dated?|due)\s+(?:at least\s+)?"
    r"(?:the\s+)?(?:(?:early|late|end of|beginning of|middle of|start of)\s+|mid-)?$",
    re.IGNORECASE,
)
_PERIOD = re.compile(rf"\s+(?:for|over)\s+(?:a\s+period\s+of\s+)?(?P<n>{_N})\s+(?P<unit>year|month)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text.

    Attributes:
        start, end: Characters of the text.
        iso: The partial ISO date (of a range: its start).
        role: ``at``, ``since``, ``until``, or ``range`` with :attr:`iso_end`.
        iso_end: The end of a range, else None.
        relative: Whether the text names the date only relative to its own ("last week").
    """

    start: int
    end: int
    iso: str
    role: Role = "at"
    iso_end: str | None = None
    relative: bool = False


_WORDS = (
    frozenset(_MONTHS)
    | {f"{month}." for month in _MONTHS}
    | frozenset(_DAYS)
    | frozenset("year years month months week weeks day days quarter yesterday today tomorrow tonight".split())
)


def may_hold_date(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a word or number that a date is made of; a quick look that saves the search."""
    return any(token.low in _WORDS or token.low[0].isdigit() or "-" in token.low for token in tokens)


def find_dates(text: str, published: str | None, start: int = 0, end: int | None = None) -> list[DateSpan]:
    """The dates of a stretch of text, in order; relative ones only where ``published`` says the day.

    Args:
        text: The document's text.
        published: Its date (partial ISO), or None.
        start: Where the stretch starts.
        end: Where it ends, None for the text's end.
    """
    found: list[DateSpan] = []
    base = _base(published)
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        iso, iso_end, relative = _resolve(match, base)
        if iso is None or not is_date(iso):
            continue
        before = _BEFORE.search(text, max(start, match.start() - 28), match.start())
        word = before.group(1).lower() if before else ""
        role: Role = "at"
        if iso_end is not None:
            role = "range"
        elif word in ("since", "from") or match.group().lower().startswith("since"):
            role = "since"
        elif word in ("until", "till", "through", "by"):
            role = "until"
        elif word == "between":
            role = "since"
        elif word in ("to", "and") and found and found[-1].role == "since" and match.start() - found[-1].end < 18:
            last = found.pop()
            found.append(DateSpan(last.start, match.end(), last.iso, "range", iso, last.relative))
            continue
        elif word == "and" and found and _two_years(found[-1], iso) and match.start() - found[-1].end < 6:
            last = found.pop()  # "in 2023 and 2024"
            found.append(DateSpan(last.start, match.end(), last.iso, "range", iso))
            continue
        elif word in ("after", "before"):
            continue
        period = _PERIOD.match(text, match.end())
        if role == "since" and period:
            iso_end, role = _add_period(iso, period), "range"
        found.append(DateSpan(match.start(), match.end(), iso, role, iso_end, relative))
    return found


def _two_years(first: DateSpan, second: str) -> bool:
    """Whether two dates are years, the second right after the first."""
    return first.role == "at" and len(first.iso) == len(second) == 4 and int(second) == int(first.iso) + 1


def _base(published: str | None) -> date | None:
    if not published or not is_date(published):
        return None
    parts = [int(p) for p in published.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _resolve(match: re.Match[str], base: date | None) -> tuple[str | None, str | None, bool]:
    """(ISO date, end of a range, whether it is relative) of one match."""
    g = match.groupdict()
    if g["iso"]:
        return g["iso"], None, False
    for kind in ("mdy", "dmy"):
        if g[kind + "_m"]:
            return _day_of(g[kind + "_y"], _month(g[kind + "_m"]), int(g[kind + "_d"]), base)
    if g["my_m"]:
        return f"{g['my_y']}-{_month(g['my_m']):02d}", None, False
    if g["yy_a"]:
        last = g["yy_b"] if len(g["yy_b"]) == 4 else g["yy_a"][:2] + g["yy_b"]
        return (g["yy_a"], last, False) if last > g["yy_a"] else (None, None, False)
    if g["year"] or g["early_y"]:
        return g["year"] or g["early_y"], None, False
    if base is None:
        return None, None, True
    if g["month_rel"]:
        year = base.year + {"last": -1, "this": 0, "next": 1}[g["month_rel_y"].lower()]
        return f"{year}-{_month(g['month_rel']):02d}", None, True
    if g["rel"]:
        return _relative(g["rel"].lower(), g["rel_unit"].lower().rstrip("."), base), None, True
    if g["ago_n"]:
        return _ago(g["ago_n"].lower(), g["ago_unit"].lower(), bool(g["ago_today"]), base), None, True
    if g["day"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(g["day"].lower(), 0)
        return (base + timedelta(days=shift)).isoformat(), None, True
    if g["weekday"]:
        back = (base.weekday() - _DAYS[g["weekday"].lower()]) % 7
        return (base - timedelta(days=back)).isoformat(), None, True
    month = _month(g["month"])
    year = base.year if month <= base.month else base.year - 1
    return f"{year}-{month:02d}", None, True


def _month(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _day_of(year: str | None, month: int, day: int, base: date | None) -> tuple[str | None, str | None, bool]:
    if year:
        return f"{year}-{month:02d}-{day:02d}", None, False
    if base is None:
        return None, None, True
    try:
        this = date(base.year, month, day)
    except ValueError:
        return None, None, True
    if this - base > timedelta(days=120):  # "December 15" read in January
        this = date(base.year - 1, month, day)
    return this.isoformat(), None, True


def _relative(word: str, unit: str, base: date) -> str | None:
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[word]
    if unit == "year":
        return str(base.year + step)
    if unit == "month":
        months = base.year * 12 + base.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    if unit == "week":
        return (base + timedelta(weeks=step)).isoformat()[:7]
    if unit in _DAYS:
        gap = (base.weekday() - _DAYS[unit]) % 7
        if step >= 0:
            return (base + timedelta(days=(-gap) % 7 or 7)).isoformat()
        return (base - timedelta(days=gap or 7)).isoformat()
    if unit in _MONTHS:
        month = _MONTHS[unit]
        year = base.year + (
            0 if (step < 0 and month < base.month) or (step >= 0 and month >= base.month) else step or 0
        )
        return f"{year}-{month:02d}"
    return None


def _ago(count: str, unit: str, exactly: bool, base: date) -> str | None:
    number = int(count) if count.isdigit() else _COUNT[count]
    if unit == "day":
        return (base - timedelta(days=number)).isoformat()
    if unit == "week":
        return (base - timedelta(weeks=number)).isoformat()[:7]
    months = base.year * 12 + base.month - 1 - number * (12 if unit == "year" else 1)
    if exactly:
        day = min(base.day, calendar.monthrange(months // 12, months % 12 + 1)[1])
        return f"{months // 12}-{months % 12 + 1:02d}-{day:02d}"
    return f"{months // 12}" if unit == "year" else f"{months // 12}-{months % 12 + 1:02d}"


def _add_period(iso: str, period: re.Match[str]) -> str | None:
    count = period.group("n").lower()
    number = int(count) if count.isdigit() else _COUNT[count]
    parts = [int(p) for p in iso.split("-")]
    if period.group("unit").lower() == "year":
        return "-".join([str(parts[0] + number), *iso.split("-")[1:]])
    if len(parts) == 1:
        return None
    months = parts[0] * 12 + parts[1] - 1 + number
    return f"{months // 12}-{months % 12 + 1:02d}"
