"""``roles``, ``timeline``, ``ownership``: what a party does and did, dated."""

from __future__ import annotations

import click

from finemesh.analysis.roles import Role
from finemesh.cli.common import json_option, open_case, plural, print_json, say, table
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator


@click.command()
@click.argument("entity", required=False)
@click.option("--organisation", metavar="O", help="Only roles in this organisation (a name or an id).")
@click.option("--on", metavar="DATE", help="Only roles that may be held on this day.")
@json_option
@click.pass_context
def roles(ctx: click.Context, entity: str | None, organisation: str | None, on: str | None, as_json: bool) -> None:
    """Who holds which role where, from when to when: of a party (a name or an id), an organisation, or everybody."""
    found = open_case(ctx).roles(entity, organisation=organisation, on=on)
    if as_json:
        print_json(r.as_json() for r in found)
        return
    headings = [(word, "left") for word in ("holder", "role", "organisation", "from", "to", "status", "says", "where")]
    table("", headings, [_row(role) for role in found])
    say(plural(len(found), "role"))


def _row(role: Role) -> tuple[str, ...]:
    stance = "" if role.stance == "asserted" else f" ({role.stance.replace('_', ' ')})"
    where = role.organisation.name + (f", for {role.counterpart.name}" if role.counterpart.name else "")
    said = f", said {role.said[-1]}" if role.status == "undated" and role.said else ""
    return (
        role.holder.name,
        role.role + stance,
        where,
        role.start,
        role.end,
        role.status + said,
        "; ".join(role.speakers),
        _place(role.evidence),
    )


@click.command()
@click.argument("entity")
@json_option
@click.pass_context
def timeline(ctx: click.Context, entity: str, as_json: bool) -> None:
    """What is dated of a party (a name or an id), in order: designations, roles, supplies, meetings, payments."""
    found = open_case(ctx).timeline(entity)
    if as_json:
        print_json(e.as_json() for e in found)
        return
    for event in found:
        when = f"{event.date}–{event.end}" if event.end else event.date
        stance = "" if event.stance == "asserted" else f" ({event.stance.replace('_', ' ')})"
        click.echo(f"{when:<21}  " + click.style(event.what, bold=True) + stance)
        click.echo(f"{'':<21}  says {event.speaker or 'a list'}: {_place(event.evidence)}")
    say(plural(len(found), "event"))


@click.command()
@click.argument("entity")
@json_option
@click.pass_context
def ownership(ctx: click.Context, entity: str, as_json: bool) -> None:
    """Who owns a party (a name or an id) and what it owns, with who says so."""
    case = open_case(ctx)
    found = case.ownership(entity)
    parties = case.facts.parties({id for tie in found for id in (tie.source, tie.target)})
    names = {id: party.caption for id, party in parties.items()}
    if as_json:
        ends = [{"owner": names.get(t.source, t.source), "asset": names.get(t.target, t.target)} for t in found]
        print_json({**tie.as_json(), **both} for tie, both in zip(found, ends, strict=True))
        return
    for tie in found:
        stance = "" if tie.stance == "asserted" else f" ({tie.stance.replace('_', ' ')})"
        owner, asset = (names.get(id, id) for id in (tie.source, tie.target))
        click.echo(click.style(f"{owner} {tie.label} {asset}", bold=True) + stance)
        relayed = f", relayed by {tie.relayed_by}" if tie.relayed_by else ""
        click.echo(f"    says {tie.speaker or 'a list'}{relayed}: {_place(tie.evidence)}")
    say(plural(len(found), "tie"))


def _place(evidence: tuple[Evidence, ...]) -> str:
    if not evidence:
        return ""
    first = evidence[0]
    more = f" and {len(evidence) - 1} more" if len(evidence) > 1 else ""
    return f"{first.source}, {Locator.parse(first.locator).describe()}{more}"
