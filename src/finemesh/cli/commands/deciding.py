"""``decide``, ``decisions``, ``undo``, ``review``: what people say of who is who."""

from __future__ import annotations

from pathlib import Path

import click

from finemesh.analysis.claim_log import claim_told
from finemesh.analysis.review import ReviewFilter
from finemesh.case import Case
from finemesh.case.deciding import Outcome, decision_json
from finemesh.cli.common import json_option, open_case, plural, print_json, say, table
from finemesh.model.decision import Decision


def _who(function: click.decorators.FC) -> click.decorators.FC:
    return click.option("--who", default="", metavar="NAME", help="Who decides [default: the user here].")(function)


def _note(function: click.decorators.FC) -> click.decorators.FC:
    return click.option("--note", default="", metavar="TEXT", help="Why.")(function)


@click.command()
@click.argument("left")
@click.argument("right")
@click.argument("judgement", type=click.Choice(["same", "not-same", "unsure"]))
@_note
@_who
@click.option("--anyway", is_flag=True, help="Write it though it contradicts other decisions.")
@json_option
@click.pass_context
def decide(
    ctx: click.Context, left: str, right: str, judgement: str, note: str, who: str, anyway: bool, as_json: bool
) -> None:
    """Say whether two records (by their ids) are one party: same, not-same or unsure."""
    case = open_case(ctx)
    outcome = case.decide(left, right, judgement, note=note, who=who, anyway=anyway)
    _tell(outcome, as_json)


@click.command()
@click.argument("number", type=click.IntRange(min=1), metavar="N")
@_note
@_who
@json_option
@click.pass_context
def undo(ctx: click.Context, number: int, note: str, who: str, as_json: bool) -> None:
    """Take back decision N; taking back an undo brings back what it took back."""
    _tell(open_case(ctx).undo(number, note=note, who=who), as_json)


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json(outcome.as_json())
        return
    for decision in outcome.decisions:
        click.echo(_line(decision, {}))
    if not outcome.settled:
        say("It is written. The parties follow with the next `finemesh build`.")


def _line(decision: Decision, numbers: dict[str, int]) -> str:
    what = f"{decision.left} {decision.value} {decision.right}"
    if decision.kind == "claim":
        what = claim_told(decision)
    if decision.kind == "undo":
        number = numbers.get(decision.left)
        what = f"undo of {number}" if number else f"undo of the decision {decision.left[:8]}"
    note = f": {decision.note}" if decision.note else ""
    return f"{decision.number}  {decision.when[:19].replace('T', ' ')}  {decision.who}  {what}{note}"


@click.group(invoke_without_command=True)
@click.option("--conflicts", is_flag=True, help="Only decisions that contradict each other.")
@json_option
@click.pass_context
def decisions(ctx: click.Context, conflicts: bool, as_json: bool) -> None:
    """The log of what people decided, oldest first; `decisions merge OTHER` joins it with another."""
    if ctx.invoked_subcommand is not None:
        return
    case = open_case(ctx)
    if conflicts:
        _conflicts(case, as_json)
        return
    found = case.decisions()
    if as_json:
        print_json(decision_json(d) for d in found)
        return
    numbers = {d.id: d.number for d in found}
    for decision in found:
        click.echo(_line(decision, numbers))
    if open_ones := case.conflicts():
        say(f"{plural(len(open_ones), 'conflict')}: `finemesh decisions --conflicts` tells them")


def _conflicts(case: Case, as_json: bool) -> None:
    found = case.conflicts()
    if as_json:
        print_json(c.as_json() for c in found)
        return
    for conflict in found:
        click.echo(conflict.text)
    say(f"{plural(len(found), 'conflict')}; `finemesh undo N` takes a decision back")


@decisions.command()
@click.argument("other", type=click.Path(path_type=Path, exists=True))
@json_option
@click.pass_context
def merge(ctx: click.Context, other: Path, as_json: bool) -> None:
    """Take in the decisions of a copy of this case (a case folder, or its decisions.db)."""
    joined = open_case(ctx).merge_decisions(other)
    if as_json:
        print_json(
            {
                "added": len(joined.added),
                "settled": joined.settled,
                "conflicts": [c.as_json() for c in joined.conflicts],
            }
        )
        return
    click.echo(f"{plural(len(joined.added), 'decision')} taken in.")
    for conflict in joined.conflicts:
        click.echo(f"conflict: {conflict.text}")


@click.command()
@click.option("--schema", default="", help="Only pairs with a record of this schema.")
@click.option("--dataset", default="", help="Only pairs with a record of this list.")
@click.option("--country", default="", help="Only pairs with a record of this country (ISO code).")
@click.option("--reason", default="", metavar="TEXT", help="Only pairs whose reason holds these words.")
@click.option("--from", "low", type=click.FloatRange(0, 1), default=0.0, help="The lowest score.")
@click.option("--to", "high", type=click.FloatRange(0, 1), default=1.0, help="The highest score.")
@click.option("--limit", type=click.IntRange(min=0), default=20, help="Pairs at most; 0 means all.", show_default=True)
@click.option("--accept", is_flag=True, help="Judge every pair that is shown the same.")
@_note
@_who
@json_option
@click.pass_context
def review(
    ctx: click.Context,
    schema: str,
    dataset: str,
    country: str,
    reason: str,
    low: float,
    high: float,
    limit: int,
    accept: bool,
    note: str,
    who: str,
    as_json: bool,
) -> None:
    """The pairs that wait for a person, the most telling first (the page is at `finemesh serve`, /review)."""
    case = open_case(ctx)
    queue = case.review(ReviewFilter(schema, dataset, country, reason, low, high))
    shown = queue.proposals[: limit or None]
    if accept:
        outcome = case.decide_all([(p.left, p.right) for p in shown], "same", note=note, who=who)
        if as_json:
            print_json({"decisions": [decision_json(d) for d in outcome.decisions], "settled": outcome.settled})
        else:
            click.echo(f"{plural(len(outcome.decisions), 'pair')} judged the same.")
        return
    if as_json:
        print_json(p.as_json() for p in shown)
        return
    table(
        "",
        [("score", "right"), ("left", "left"), ("right", "left"), ("because", "left")],
        [(f"{p.score:.2f}", f"{p.captions[0]}\n{p.left}", f"{p.captions[1]}\n{p.right}", p.reason) for p in shown],
    )
    say(f"{len(shown):,} of {plural(len(queue.proposals), 'pair')} shown; {queue.waiting:,} wait in all")
