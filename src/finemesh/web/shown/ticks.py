"""The line of dates below the as-of control: a tick for each day on which a shown party was designated or delisted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from finemesh.model.dates import last_day
from finemesh.model.designation import Designation

_MARGIN = timedelta(days=45)
_TICKS = 400


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on which something changed.

    Attributes:
        day: The day (the last one that a partial date can mean).
        x: Its place from the left, in per cent.
        text: What happened, in words.
    """

    day: date
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of days.

    Attributes:
        first, last: Its ends.
        ticks: In order.
        years: (x, label).
        position: Days from the first to the asked one.
        length: Days from end to end.
        before, after: The nearest days with a change around the asked one, or None.
    """

    first: date
    last: date
    ticks: tuple[Tick, ...]
    years: tuple[tuple[float, str], ...]
    position: int
    length: int
    before: date | None
    after: date | None


def dates(designations: Iterable[Designation]) -> dict[date, list[str]]:
    """Days on which designations began or ended, with what happened."""
    found: dict[date, list[str]] = {}
    for d in designations:
        for word, text in (("designated", d.designated or d.published), ("delisted", d.delisted)):
            if text:
                found.setdefault(last_day(text), []).append(f"{d.authority} {word} {text}")
    return found


def scale(changes: dict[date, list[str]], day: date, today: date) -> Scale:
    """The line from the first change to today (or to the asked day, where that is later)."""
    days = sorted(changes)
    first = min([*days[:1], day, today - timedelta(days=365)]) - _MARGIN
    last = max([today, day, *days[-1:]])
    length = max(1, (last - first).days)

    def x(when: date) -> float:
        return round((when - first).days / length * 100, 2)

    ticks = tuple(Tick(d, x(d), _told(changes[d])) for d in days[:_TICKS])
    return Scale(first, last, ticks, _years(first, last, x), (day - first).days, length, *_around(days, day))


def _around(days: Sequence[date], day: date) -> tuple[date | None, date | None]:
    before, after = bisect_left(days, day), bisect_right(days, day)
    return (days[before - 1] if before else None), (days[after] if after < len(days) else None)


def _years(first: date, last: date, x: Callable[[date], float]) -> tuple[tuple[float, str], ...]:
    years = range(first.year + 1, last.year + 1)
    step = max(1, -(-len(years) // 12))
    return tuple((x(date(year, 1, 1)), str(year)) for year in years if (last.year - year) % step == 0)


def _told(changes: Sequence[str]) -> str:
    unique = list(dict.fromkeys(changes))
    return ", ".join(unique[:6]) + (f" and {len(unique) - 6} more" if len(unique) > 6 else "")
