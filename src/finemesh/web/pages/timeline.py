"""The timeline of a party: one line downwards, years as headings, partial dates as ranges."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.errors import UserError
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.timeline import Event

_SHOWN = 1500
KINDS = {
    "designation": "designations",
    "delisting": "designations",
    "role": "roles",
    "Directorship": "roles",
    "Employment": "roles",
    "Membership": "roles",
    "Occupancy": "roles",
    "supply": "supplies",
    "meeting": "meetings",
    "payment": "payments",
    "ownership": "ownership",
    "Ownership": "ownership",
    "partnership": "partnerships",
    "family": "family",
    "Family": "family",
    "life": "birth, foundation, end",
}
"""Kind of an event to the group under which it is chosen."""
_OTHERS = "other ties"


def timeline(v: View) -> Response:
    """The page."""
    id = v.one("id")
    if not id:
        raise UserError("no party is named", hint="id=...")
    party = v.case.facts.parties([id]).get(id)
    if party is None:
        raise MissingError(f"no such entity: {id!r}", hint="the search box finds parties by name")
    assert v.opened is not None
    events: list[Event] = v.opened.remember(("timeline", party.id, v.answers), lambda: v.case.timeline(party.id))
    chosen = v.many("kind")
    groups = list(dict.fromkeys([*KINDS.values(), _OTHERS]))
    found = [e for e in events if not chosen or group_of(e) in chosen]
    shown = found[-_SHOWN:]
    return v.render(
        "timeline.html",
        party=party,
        years=[(year, list(own)) for year, own in groupby(shown, key=lambda e: e.date[:4])],
        total=len(found),
        shown=len(shown),
        groups=[group for group in groups if any(group_of(e) == group for e in events)],
        group_of=group_of,
        chosen=chosen,
    )


def group_of(event: Event) -> str:
    """The group under which an event is chosen."""
    return KINDS.get(event.kind, _OTHERS)
