"""``facts``: which claims speak of one fact, who says so, where they differ."""

from __future__ import annotations

import click

from finemesh.analysis.claim_words import dates, words
from finemesh.analysis.corroboration import Fact
from finemesh.analysis.documents import StoredClaim
from finemesh.cli.common import json_option, open_case, plural, print_json, say
from finemesh.model.claim import ClaimType


@click.command()
@click.argument("entity", required=False)
@click.option("--doc", "docs", multiple=True, metavar="DOC", help="Only facts that this document speaks of.")
@click.option("--type", "kind", type=click.Choice([t.value for t in ClaimType]), help="Only facts of this type.")
@click.option("--voices", type=click.IntRange(min=0), default=0, help="Independent voices at least.")
@click.option("--documents", type=click.IntRange(min=1), default=1, help="Documents at least.", show_default=True)
@click.option("--differing", is_flag=True, help="Only facts of which claims tell something differently.")
@click.option("--denied", is_flag=True, help="Only facts that somebody denies and somebody asserts.")
@click.option("--limit", type=click.IntRange(min=0), default=0, help="Facts at most; 0 means all.")
@json_option
@click.pass_context
def facts(
    ctx: click.Context,
    entity: str | None,
    docs: tuple[str, ...],
    kind: str | None,
    voices: int,
    documents: int,
    differing: bool,
    denied: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Claims that speak of one fact, best corroborated first: who says so, where they differ, who denies it.

    A report that ten documents relay is one voice. A difference is a lead, not a verdict.
    """
    found = [
        f
        for f in open_case(ctx).corroborate(entity, docs)
        if kind in (None, f.type.value)
        and len(f.asserted) >= voices
        and f.documents >= documents
        and (f.differences or not differing)
        and ((f.denied and f.asserted) or not denied)
    ]
    shown = found[: limit or None]
    if as_json:
        print_json(f.as_json() for f in shown)
        return
    for fact in shown:
        _show(fact)
    say(
        f"{len(shown):,} of {plural(len(found), 'fact')} shown"
        if len(shown) < len(found)
        else plural(len(found), "fact")
    )


def _show(fact: Fact) -> None:
    head = click.style(f"{fact.type.value}: {words(fact.claim.claim)}{dates(fact.claim.claim)}", bold=True)
    click.echo(f"{head}  ({plural(len(fact.asserted), 'independent voice')}, {plural(fact.documents, 'document')})")
    for voice in fact.asserted:
        relayed = f", relayed by {', '.join(voice.relayed_by)}" if voice.relayed_by else ""
        places = ", ".join(source_of(c) for c in voice.claims[:4]) + (" …" if len(voice.claims) > 4 else "")
        click.echo(f"    says {voice.speaker}{relayed}: {places}")
    for difference in fact.differences:
        told = "; ".join(f"{value} ({', '.join(source_of(c) for c in said[:3])})" for value, said in difference.values)
        click.echo(f"    differs in {difference.detail}: {told}")
    for word, claims in (("denied", fact.denied), ("planned", fact.planned), ("called for", fact.called_for)):
        if claims:
            later = " (later)" if word == "denied" and fact.later_denied else ""
            click.echo(f"    {word}{later} by " + ", ".join(f"{source_of(c)}{dates(c.claim)}" for c in claims[:4]))
    click.echo()


def source_of(item: StoredClaim) -> str:
    """The document of a claim with its date."""
    return f"{item.claim.doc[:48]} {item.published}".rstrip()
