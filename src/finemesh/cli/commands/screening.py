"""``screen``: who may a name mean?"""

from __future__ import annotations

import click

from finemesh.case import ScreenOptions
from finemesh.cli.common import as_of_option, json_option, open_case, print_json


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--schema", default=None, help="Only this kind: Person, Organization, Vessel, ...")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(min=1), help="Candidates at most.")
@click.option(
    "--threshold", default=0.5, show_default=True, type=click.FloatRange(0, 1), help="The lowest score, 0 to 1."
)
@as_of_option
@json_option
@click.pass_context
def screen(
    ctx: click.Context,
    names: tuple[str, ...],
    schema: str | None,
    limit: int,
    threshold: float,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Candidates for names, best first, with explained scores.

    A score is a lead for a person to judge, never a verdict.
    """
    case = open_case(ctx)
    found = case.screen(names, ScreenOptions(schema, limit, threshold, as_of))
    if as_json:
        print_json(
            {"qid": str(number), "query": name, "results": [c.as_json() for c in candidates]}
            for number, (name, candidates) in enumerate(zip(names, found, strict=True))
        )
        return
    for name, candidates in zip(names, found, strict=True):
        click.echo(click.style(name, bold=True))
        if not candidates:
            click.echo(f"  nobody above {threshold:.2f}")
        for candidate in candidates:
            match = candidate.match
            standing = (
                ", ".join(
                    f"{code} {cell.state.value} {cell.designated or ''}".strip()
                    for code, cell in candidate.standing.items()
                )
                or "not designated"
            )
            click.echo(f"  {match.score:.3f}  {match.caption}  [{match.schema}]  {match.id}")
            click.echo(f"         {standing}; in {', '.join(candidate.datasets)}")
            for part in match.as_json()["explanation"]:
                click.echo(
                    f"         {part['part']:<14} {part['left'] or '-'} ~ {part['right'] or '-'}"
                    f"  {part['score']:.2f} x {part['weight']:.2f}  {part.get('why', '')}".rstrip()
                )
