"""Partial dates: ``2021``, ``2021-02`` or ``2021-02-01``, and what can be said with them.

A partial date stays partial. Comparing one with a day can therefore have three answers: yes, no, and
"cannot be said" (``None``).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from finemesh.model.errors import UserError

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def is_date(text: str) -> bool:
    """Whether ``text`` is an ISO partial date that exists in the calendar."""
    match = _ISO.match(text)
    if not match:
        return False
    year, month, day = (int(g) if g else None for g in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or 1 <= day <= calendar.monthrange(year, month or 1)[1]


def parse_date(text: str, formats: Sequence[str]) -> str | None:
    """Read a date in one of some ``strptime`` formats, keeping its precision.

    The precision is that of the format: ``%d/%m/%Y`` gives a day, ``%B %Y`` a month, ``%Y`` a year.
    The OFSI and DFAT habit of zeros for what is not known (``00/05/1964``) gives the shorter date.

    Returns:
        An ISO partial date, or None when no format fits or the day does not exist (31.02.).
    """
    return _parse(text.strip(), tuple(formats))


@lru_cache(maxsize=50_000)
def _parse(text: str, formats: tuple[str, ...]) -> str | None:
    if "%Y-%m-%d" in formats and len(text) == 10 and is_date(text):
        return text
    for form in formats:
        if form == "%d/%m/%Y" and text.startswith("00/"):
            rest = text[3:]
            if rest.startswith("00/"):
                return rest[3:] if is_date(rest[3:]) else None
            return parse_date(rest, ["%m/%Y"])
        try:
            moment = datetime.strptime(text, form)
        except ValueError:
            continue
        if "%d" in form or "%j" in form:
            return moment.strftime("%Y-%m-%d").zfill(10)
        if "%m" in form or "%b" in form or "%B" in form:
            return moment.strftime("%Y-%m").zfill(7)
        return moment.strftime("%Y").zfill(4)
    return None


@lru_cache(maxsize=100_000)
def first_day(text: str) -> date:
    """The earliest day that a partial date can mean."""
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


@lru_cache(maxsize=100_000)
def last_day(text: str) -> date:
    """The latest day that a partial date can mean."""
    parts = [int(p) for p in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1]
    return date(parts[0], month, day)


def by(text: str, as_of: date) -> bool | None:
    """Whether a partial date lies on or before a day: True, False, or None where it cannot be said."""
    if last_day(text) <= as_of:
        return True
    if first_day(text) > as_of:
        return False
    return None


def earliest(dates: Iterable[str]) -> str | None:
    """The earliest of some partial dates (by first possible day; of two equal ones the more exact)."""
    return min(dates, key=lambda d: (first_day(d), -len(d)), default=None)


def as_day(text: str | date | None, *, today: date) -> date:
    """The day meant by an as-of option: None is today, a partial date its last day.

    Raises:
        UserError: ``text`` is not an ISO date.
    """
    if text is None:
        return today
    if isinstance(text, date):
        return text
    if not is_date(text):
        raise UserError(f"not a date: {text!r}", hint="write 2022-09-22, 2022-09 or 2022")
    return last_day(text)
