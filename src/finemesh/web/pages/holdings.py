"""What the case holds: its lists with their snapshots, and what could not be read."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from finemesh.web.view import View

_SHOWN = 500


def lists(v: View) -> Response:
    """Each list with its snapshots, counts, age, and the fields that its reader did not know."""
    datasets = v.case.datasets(today=v.site.today())
    missing = [a for a in v.case.settings.authorities if not v.case.facts.lists_of.get(a)]
    return v.render("lists.html", datasets=datasets, missing=missing)


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
