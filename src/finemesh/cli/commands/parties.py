"""``entity``: everything known of one party."""

from __future__ import annotations

import click

from finemesh.cli.common import json_option, open_case, print_json
from finemesh.model.locator import Locator


@click.command()
@click.argument("id", metavar="ID")
@json_option
@click.pass_context
def entity(ctx: click.Context, id: str, as_json: bool) -> None:
    """Everything known of a party: values, relations, claims, each with its sources."""
    case = open_case(ctx)
    found = case.entity(id)
    if as_json:
        print_json(found.as_json())
        return
    party = found.party
    click.echo(click.style(party.caption, bold=True) + f"  [{party.schema}]  {party.id}")
    click.echo(f"records: {', '.join(party.members)}\n")
    last = ""
    for value in found.values:
        heading = value.prop if value.prop != last else ""
        last = value.prop
        source = value.evidence[0]
        place = Locator.parse(source.locator).describe()
        click.echo(f"{heading:<20} {value.value}")
        click.echo(f"{'':<20}   {', '.join(value.datasets)}: {source.source}, {place}")
    for edge in found.edges:
        role = ", ".join(edge.values.get("role", [])) or edge.kind
        click.echo(f"\n{edge.source.caption} — {role} → {edge.target.caption}  ({edge.evidence[0].source})")
    if found.claims:
        click.echo("\nClaims of documents:")
    for item in found.claims:
        click.echo(f"  {item.claim.type.value} ({item.claim.stance.value}): “{item.claim.quote}”  {item.claim.doc}")
    for left, right, reason, _ in found.reasons:
        click.echo(f"\none party: {left} and {right}: {reason}")
