"""``accept``, ``reject``, ``correct``: what people say of claims."""

from __future__ import annotations

from collections.abc import Sequence

import click

from finemesh.analysis.claim_log import claim_told
from finemesh.case.deciding import decision_json
from finemesh.cli.commands.deciding import _note, _who
from finemesh.cli.common import json_option, open_case, print_json
from finemesh.model.decision import Decision


@click.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@_note
@_who
@json_option
@click.pass_context
def accept(ctx: click.Context, claims: tuple[str, ...], note: str, who: str, as_json: bool) -> None:
    """Say of claims (by the ids that `claims` shows) that the document says so."""
    _tell(open_case(ctx).accept(*claims, note=note, who=who), as_json)


@click.command()
@click.argument("claims", metavar="CLAIM...", nargs=-1, required=True)
@_note
@_who
@json_option
@click.pass_context
def reject(ctx: click.Context, claims: tuple[str, ...], note: str, who: str, as_json: bool) -> None:
    """Say of claims that the document does not say so: they are left out of every answer."""
    _tell(open_case(ctx).reject(*claims, note=note, who=who), as_json)


@click.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("changes", metavar="NAME=VALUE...", nargs=-1, required=True)
@_note
@_who
@json_option
@click.pass_context
def correct(ctx: click.Context, claim: str, changes: tuple[str, ...], note: str, who: str, as_json: bool) -> None:
    """Say what the document says in truth: `correct 1f00c4 target="Htoo Group" stance=denied start=2021-02`.

    NAME is an arg of the claim, `stance`, `speaker`, `start` or `end`. An empty VALUE takes one out; several names
    stand parted by `;`.
    """
    pairs = [item.partition("=") for item in changes]
    if strange := [name for name, sign, _ in pairs if not sign]:
        raise click.UsageError(f"not NAME=VALUE: {strange[0]!r}")
    decision = open_case(ctx).correct(claim, {name: value for name, _, value in pairs}, note=note, who=who)
    _tell([decision], as_json)


def _tell(decisions: Sequence[Decision], as_json: bool) -> None:
    if as_json:
        print_json(decision_json(d) for d in decisions)
        return
    for decision in decisions:
        click.echo(f"{decision.number}  {claim_told(decision)}")
