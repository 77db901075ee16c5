"""The network around some parties: a picture that grows by choice, and a table of the same ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from finemesh.analysis.network import TieFilter
from finemesh.model.claim import ClaimType
from finemesh.model.dates import is_date
from finemesh.model.errors import UserError
from finemesh.reports.shown.drawing import LEGEND, drawing
from finemesh.reports.shown.picture import picture
from finemesh.reports.shown.speech import said
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.network import Bond, Network

KINDS = ("list", *(kind.value for kind in ClaimType if kind is not ClaimType.DESIGNATION))
_OPENED = 60
_TABLE = 600


def network(v: View) -> Response:
    """The page; a name instead of an id leads to the party that it means best."""
    name = v.one("q", limit=1000)
    if name:
        party = v.case.tied(name)
        if party is None or not party.members:
            return v.render("network.html", 404, unknown=name, net=None)
        return RedirectResponse(v.url("/network", id=party.id), 303)
    if not v.many("id", limit=_OPENED):
        return v.render("network.html", unknown="", net=None)
    opened, found = _network(v)
    bonds = [b for b in found.bonds if len(b.ties)]
    return v.render(
        "network.html",
        unknown="",
        net=found,
        opened=opened,
        names={node.party.id: node.party.caption for node in found.nodes},
        picture=picture(found, opened),
        bonds=[(b, voices(v, b)) for b in bonds[:_TABLE]],
        total=len(bonds),
        chosen=v.many("kind"),
        narrowed=tie_filter(v) != TieFilter(),
        kinds=KINDS,
        without={id: v.again(id=[other for other in opened if other != id]) for id in opened},
        with_={n.party.id: v.again(id=[*opened, n.party.id]) for n in found.nodes if n.party.id not in opened},
    )


def voices(v: View, bond: Bond) -> str:
    """Who says so, each once, with who relays it."""
    found = []
    for t in bond.ties:
        relay = v.publishers.get(t.evidence[0].sha256, "") if t.evidence else ""
        found.append(said(t.speaker, relay).removeprefix("says "))
    return "; ".join(dict.fromkeys(found))


def _network(v: View) -> tuple[list[str], Network]:
    """The opened parties by their own ids, in order, and the network around them.

    Raises:
        MissingError: There is no such party.
        UserError: There is no such kind of tie, or a date is none.
    """
    ids, wanted = v.many("id", limit=_OPENED), tie_filter(v)
    parties = v.case.facts.parties(ids)
    unknown = [id for id in ids if id not in parties]
    if unknown:
        raise MissingError(f"no such entity: {unknown[0]!r}", hint="the search box finds parties by name")
    assert v.opened is not None
    opened = list(dict.fromkeys(parties[id].id for id in ids))
    key = ("network", tuple(opened), wanted, v.day, v.answers)
    found = v.opened.remember(key, lambda: v.case.network(opened, as_of=v.day, wanted=wanted))
    return opened, found


def tie_filter(v: View) -> TieFilter:
    """Which ties the address asks for.

    Raises:
        UserError: There is no such kind of tie, or a date is none.
    """
    kinds, since, until = v.many("kind"), v.one("since"), v.one("until")
    strange = [kind for kind in kinds if kind not in KINDS]
    if strange:
        raise UserError(f"unknown kind of tie: {strange[0][:40]!r}", hint="known: " + ", ".join(KINDS))
    for written in (since, until):
        if written and not is_date(written):
            raise UserError(f"not a date: {written[:40]!r}", hint="write 2021, 2021-02 or 2021-02-01")
    return TieFilter(tuple(kinds), v.one("only") == "accepted", since, until, tuple(v.many("voice")))


def network_svg(v: View) -> Response:
    """The picture as a file of its own."""
    if not v.many("id", limit=_OPENED):
        raise UserError("no party is named", hint="id=...")
    opened, found = _network(v)
    more = f" +{found.left_out} more parties do not fit." if found.left_out else ""
    title = f"Network, {v.site.title}, as of {v.day}"
    svg = drawing(picture(found, opened), title, f"{v.site.title}. Designations as of {v.day}; {LEGEND}.{more}")
    headers = {
        "Content-Disposition": f'attachment; filename="network-{v.day.isoformat()}.svg"',
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(svg, media_type="image/svg+xml", headers=headers)


def tie(v: View) -> Response:
    """What stands behind one line: each list and document that says so, with its words."""
    source, target, kind, stance = (v.one(name) for name in ("source", "target", "kind", "stance"))
    parties = v.case.facts.parties([source, target])
    if source not in parties or target not in parties:
        raise MissingError("no such entity: " + repr(target if source in parties else source))
    found = v.case.network([source], as_of=v.day)
    bonds: list[Bond] = [
        b
        for b in found.bonds
        if b.source == parties[source].id
        and b.target == parties[target].id
        and (not kind or b.kind == kind)
        and (not stance or b.stance == stance)
    ]
    if not bonds:
        raise MissingError("nobody says such a thing of these two")
    return v.render("tie.html", bonds=bonds, source=parties[source], target=parties[target])
