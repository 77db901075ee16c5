"""What the case holds: its lists with their snapshots, and what could not be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.dates import last_day
from finemesh.web.view import View

if TYPE_CHECKING:
    from finemesh.analysis.inventory import DatasetInfo, SnapshotInfo

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A list with its newest snapshots of which something could be read: only those say anything.

    Attributes:
        dataset: The list with all its snapshots.
        newest, before: The newest snapshot that was read and the one before it, or None.
        age_days: Days from the newest one to today.
    """

    dataset: DatasetInfo
    newest: SnapshotInfo | None
    before: SnapshotInfo | None
    age_days: int


def held_lists(v: View) -> list[Held]:
    """Every list of the case."""
    today = v.site.today()
    found = []
    for dataset in v.case.datasets(today=today):
        read = [s for s in dataset.snapshots if s.entries and s.date]
        newest = read[-1] if read else None
        age = (today - last_day(newest.date)).days if newest else 0
        found.append(Held(dataset, newest, read[-2] if len(read) > 1 else None, max(0, age)))
    return found


def lists(v: View) -> Response:
    """Each list with its snapshots, counts, age, and the fields that its reader did not know."""
    missing = [a for a in v.case.settings.authorities if not v.case.facts.lists_of.get(a)]
    return v.render("lists.html", held=held_lists(v), missing=missing)


def issues(v: View) -> Response:
    """What could not be read, and where; filtered by severity, dataset, kind and words."""
    assert v.opened is not None
    every = v.opened.remember("issues", v.case.issues)
    chosen = {name: v.one(name) for name in ("severity", "dataset", "code")}
    words = v.one("q").casefold()
    found = [
        i
        for i in every
        if all(not wanted or getattr(i, name) == wanted for name, wanted in chosen.items())
        and (not words or words in f"{i.message} {i.source}".casefold())
    ]
    choices = {name: sorted(Counter(getattr(i, name) for i in every).items()) for name in chosen}
    return v.render(
        "issues.html",
        issues=found[:_SHOWN],
        total=len(found),
        every=len(every),
        chosen=chosen,
        words=v.one("q"),
        choices=choices,
    )
