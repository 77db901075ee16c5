"""``path``: how one party is tied to another."""

from __future__ import annotations

import click

from finemesh.analysis.path import MAX_HOPS, Hop, PathQuestion
from finemesh.cli.common import json_option, open_case, plural, print_json, say
from finemesh.model.claim import ClaimType, Stance
from finemesh.model.locator import Locator

_KINDS = ["list", *(t.value for t in ClaimType if t is not ClaimType.DESIGNATION)]
_SHOWN = 3


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only ties of this kind; repeatable.")
@click.option(
    "--stance",
    "stances",
    multiple=True,
    type=click.Choice([s.value for s in Stance]),
    help="Ties of this stance too; repeatable [default: what is asserted].",
)
@click.option("--avoid", multiple=True, metavar="PARTY", help="A party through which no path may lead; repeatable.")
@click.option("--accepted", is_flag=True, help="Only what lists state and claims that people have accepted.")
@click.option("--hops", type=click.IntRange(1, MAX_HOPS), default=MAX_HOPS, show_default=True, help="Ties at most.")
@click.option("--limit", type=click.IntRange(min=1), default=1, show_default=True, help="Shortest paths at most.")
@json_option
@click.pass_context
def path(
    ctx: click.Context,
    start: str,
    end: str,
    kinds: tuple[str, ...],
    stances: tuple[str, ...],
    avoid: tuple[str, ...],
    accepted: bool,
    hops: int,
    limit: int,
    as_json: bool,
) -> None:
    """The shortest chain of ties from party A to party B (names or ids), each with who says so.

    It goes over what lists state and what documents assert, either way along a tie.
    """
    asked = tuple(dict.fromkeys(("asserted", *stances)))
    found = open_case(ctx).paths(start, end, PathQuestion(asked, kinds, avoid, accepted, hops, limit))
    if as_json:
        print_json([p.as_json() for p in found] or [{"hops": []}])
        return
    for number, item in enumerate(found):
        if number:
            click.echo()
        for hop in item.hops:
            _show(hop)
    if not found:
        say(f"nothing ties the two within {plural(hops, 'tie')}")


def _show(hop: Hop) -> None:
    first = hop.ties[0]
    arrow = "→" if first.source == hop.source.id else "←"
    stance = "" if first.stance == "asserted" else f" ({first.stance.replace('_', ' ')})"
    click.echo(
        click.style(f"{hop.source.caption} {arrow} {hop.target.caption}", bold=True) + f": {first.label}{stance}"
    )
    for tie in hop.ties[:_SHOWN]:
        proof = tie.evidence[0] if tie.evidence else None
        place = f" — {proof.source}, {Locator.parse(proof.locator).describe()}" if proof else ""
        click.echo(f"    says {tie.speaker}: {tie.label}: “{proof.quote[:160] if proof else ''}”{place}")
    if len(hop.ties) > _SHOWN:
        click.echo(f"    and {len(hop.ties) - _SHOWN} more")
