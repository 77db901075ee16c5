"""The strip of an entity: its designations by authority along the years, as places on a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from finemesh.model.dates import first_day, last_day
from finemesh.model.designation import Designation

WIDTH, LEFT, RIGHT = 1000, 52, 14
ROW, BAR, HEAD = 30, 12, 24
_YEARS_AT_LEAST = 4
_LABELS_AT_MOST = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One designation on the line.

    Attributes:
        x, width, y: Its place.
        sure_start, sure_end: Whether the list tells the day; else the bar begins or ends with a snapshot.
        open: Whether it is still in force in the newest snapshot.
        text: All this in words.
        designation: The designation.
    """

    x: float
    width: float
    y: float
    sure_start: bool
    sure_end: bool
    open: bool
    text: str
    designation: Designation


@dataclass(frozen=True, slots=True)
class Strip:
    """What the picture shows.

    Attributes:
        rows: Authority, y of the row's middle, its bars.
        years: (x, label) of the years that are named.
        as_of: x of the asked day, None where it lies outside.
        height: Of the picture.
    """

    rows: tuple[tuple[str, float, tuple[Bar, ...]], ...]
    years: tuple[tuple[float, str], ...]
    as_of: float | None
    height: int


def strip(
    designations: Sequence[Designation],
    order: Sequence[str],
    newest: dict[str, str],
    day: date,
    today: date,
) -> Strip | None:
    """The strip of some designations, or None where there are none.

    Args:
        designations: Of one party.
        order: Authorities in the order of the rows; others follow.
        newest: The newest snapshot of each dataset.
        day: The asked day.
        today: The right end, if no date is later.
    """
    by_authority: dict[str, list[Designation]] = {code: [] for code in order}
    for d in designations:
        by_authority.setdefault(d.authority, []).append(d)
    codes = [code for code, found in by_authority.items() if found]
    if not codes:
        return None
    first = min(first_day(_start(d)) for d in designations)
    last = max([today, day, *(last_day(d.delisted) for d in designations if d.delisted)])
    axis = _Axis(min(first.year, last.year + 1 - _YEARS_AT_LEAST), last)
    rows, y = [], float(HEAD)
    for code in codes:
        bars = []
        for d in sorted(by_authority[code], key=lambda d: (_start(d), d.id)):
            bars.append(_bar(d, axis, y, newest, today))
            y += BAR + 4
        middle = (bars[0].y + bars[-1].y + BAR) / 2
        rows.append((code, middle, tuple(bars)))
        y += ROW - BAR - 4
    as_of = axis.x(day) if axis.start <= day <= axis.end else None
    return Strip(tuple(rows), axis.labels(), as_of, int(y) + 4)


class _Axis:
    """Days to places from left to right."""

    def __init__(self, year: int, last: date) -> None:
        self.start, self.end = date(year, 1, 1), date(last.year + 1, 1, 1)

    def x(self, day: date) -> float:
        share = (day - self.start).days / (self.end - self.start).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def labels(self) -> tuple[tuple[float, str], ...]:
        years = range(self.start.year, self.end.year)
        step = -(-len(years) // _LABELS_AT_MOST)
        return tuple((self.x(date(year, 1, 1)), str(year)) for year in years if (year - self.start.year) % step == 0)


def _start(d: Designation) -> str:
    return d.designated or d.published or d.effective or d.first_seen


def _bar(d: Designation, axis: _Axis, y: float, newest: dict[str, str], today: date) -> Bar:
    start = _start(d)
    dated = bool(d.designated or d.published or d.effective)
    gone = not d.delisted and d.last_seen < newest.get(d.dataset, d.last_seen)
    end = last_day(d.delisted) if d.delisted else last_day(d.last_seen) if gone else max(today, last_day(d.last_seen))
    x = axis.x(max(axis.start, first_day(start)))
    width = max(4.0, axis.x(min(axis.end, end)) - x)
    return Bar(x, round(width, 1), y, dated, bool(d.delisted), not d.delisted and not gone, _words(d, gone), d)


def _words(d: Designation, gone: bool) -> str:
    if d.designated or d.published or d.effective:
        word = "designated" if d.designated else "published" if d.published else "effective"
        text = f"{d.authority}: {word} {d.designated or d.published or d.effective}"
    else:
        text = f"{d.authority}: seen since the snapshot of {d.first_seen}, date not published"
    if d.delisted:
        text += f", delisted {d.delisted}"
    elif gone:
        text += f", last in the snapshot of {d.last_seen}"
    return f"{text}; {d.programme}" if d.programme else text
