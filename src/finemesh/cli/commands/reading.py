"""``mentions``, ``claims``, ``check``: what documents say, and whether it is so."""

from __future__ import annotations

from collections import Counter

import click

from finemesh.analysis.claim_log import claim_told
from finemesh.analysis.documents import StoredClaim
from finemesh.cli.common import as_of_option, json_option, open_case, plural, print_json, say
from finemesh.model.claim import ClaimType, Mention
from finemesh.model.decision import Answer
from finemesh.reports.verdicts import GROUPS, grouped, verdict_lines


@click.command()
@click.argument("docs", metavar="DOC...", nargs=-1)
@json_option
@click.pass_context
def mentions(ctx: click.Context, docs: tuple[str, ...], as_json: bool) -> None:
    """People, organisations, ranks, roles and known names in documents, with their relations."""
    found = open_case(ctx).mentions(docs)
    if as_json:
        print_json(item.as_json() for item in found)
        return
    for item in found:
        if isinstance(item, Mention):
            click.echo(f"{item.doc}  {item.start:>7}-{item.end:<7} {item.type:<13} {item.text}  {item.entity or ''}")
        else:
            click.echo(
                f"{item.doc}  {item.relation}  {item.person[0]}-{item.person[1]} {item.other[0]}-{item.other[1]}"
            )


@click.command()
@click.argument("docs", metavar="DOC...", nargs=-1)
@click.option("--type", "kind", type=click.Choice([t.value for t in ClaimType]), help="Only claims of this type.")
@click.option(
    "--decision",
    type=click.Choice([*(a.value for a in Answer), "open", "lost"]),
    help="Only claims of which people say so; open: nobody has decided; lost: decided once, but read no more.",
)
@json_option
@click.pass_context
def claims(ctx: click.Context, docs: tuple[str, ...], kind: str | None, decision: str | None, as_json: bool) -> None:
    """Claims read from documents: who says what of whom, with the sentence, and what people say of each."""
    case = open_case(ctx)
    lost = [item for item in case.lost_decisions(docs) if kind in (None, item.claim.type.value)]
    if decision == "lost":
        if as_json:
            print_json(item.as_json() for item in lost)
        for item in () if as_json else lost:
            click.echo(f"{item.decision.number}  {claim_told(item.decision)}")
        return
    found = [
        item
        for item in case.claims(docs)
        if kind in (None, item.claim.type.value) and decision in (None, item.answer.value if item.answer else "open")
    ]
    if as_json:
        print_json(item.as_json() for item in found)
        return
    for stored in found:
        _show(stored)
    say(plural(len(found), "claim"))
    if lost and decision is None:
        say(f"{plural(len(lost), 'decision')} about claims that are read no more: `finemesh claims --decision lost`")


def _show(item: StoredClaim) -> None:
    claim = item.claim
    args = ", ".join(f"{k}: {', '.join(v) if isinstance(v, list) else v}" for k, v in claim.args.items() if v)
    said = f" — says {claim.speaker}" if claim.speaker else ""
    dates = f" [{claim.start or ''}–{claim.end or ''}]" if claim.start or claim.end else ""
    head = click.style(f"{claim.type.value} ({claim.stance.value.replace('_', ' ')})", bold=True)
    answer = f"  [{item.answer.value} by {item.decision.last.who}]" if item.answer and item.decision else ""
    click.echo(f"{item.id[:10]}  {head} {args}{dates}{said}{answer}")
    click.echo(f"            “{claim.quote}”  {claim.doc}:{claim.offset[0]}")


_COLOURS = {"confirmed": "green", "contradicted": "red", "unconfirmed": "yellow", "not checkable": None}


@click.command()
@click.argument("doc", metavar="DOC")
@as_of_option
@json_option
@click.pass_context
def check(ctx: click.Context, doc: str, as_of: str | None, as_json: bool) -> None:
    """Each designation claim of a document against the lists, as they stood on its date: first what to look at."""
    verdicts = open_case(ctx).check(doc, as_of=as_of)
    if as_json:
        print_json(v.as_json() for v in verdicts)
        return
    groups = grouped(verdicts)
    for (heading, _), found in zip(GROUPS, groups, strict=True):
        if found:
            click.echo(click.style(f"{heading} ({len(found)})", underline=True) + "\n")
        for verdict in found:
            first, *rest = verdict_lines(verdict)
            click.echo(click.style(first, fg=_COLOURS[verdict.verdict], bold=True))
            click.echo("\n".join(rest) + "\n")
    counts = Counter(v.verdict for v in verdicts)
    told = ", ".join(f"{counts[v]} {v}" for v in _COLOURS)
    say(f"{plural(len(verdicts), 'designation claim')}: {told}; {len(groups[0])} to look at")
