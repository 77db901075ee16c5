"""``coverage``, ``gaps``: who is designated by whom, as of a day."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from finemesh.analysis.coverage import CoverageRow
from finemesh.cli.common import as_of_option, json_option, open_case, plural, print_json, say
from finemesh.model.authority import parse_authorities
from finemesh.reports.matrix import matrix_csv, matrix_text, matrix_xlsx

_format = click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "xlsx", "table"]),
    default="table",
    show_default=True,
    help="How the matrix is written.",
)


@click.command()
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="A name or an id; may be given again.")
@click.option("--from", "source", metavar="FILE", help="A text file of names, or a document of the case.")
@click.option("--authority", default="", metavar="A,B", help="Columns [default: those of the case].")
@as_of_option
@_format
@json_option
@click.pass_context
def coverage(
    ctx: click.Context,
    entities: tuple[str, ...],
    source: str | None,
    authority: str,
    as_of: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Who is designated by which authority, as of a day, with the row that proves it."""
    case = open_case(ctx)
    rows = case.coverage(entities, source=source, authorities=parse_authorities(authority), as_of=as_of)
    _write(rows, "json" if as_json else form)


@click.command()
@click.option("--listed-by", required=True, metavar="A,B", help="Listed by all of these ...")
@click.option("--not-by", required=True, metavar="C,D", help="... and by none of these.")
@click.option("--any", "any_of", is_flag=True, help="Listed by at least one of --listed-by.")
@click.option("--country", default="", metavar="CC", help="Tied to this country (ISO code).")
@click.option("--schema", default="", help="Only this kind: Person, Organization, Vessel, ...")
@as_of_option
@_format
@json_option
@click.pass_context
def gaps(
    ctx: click.Context,
    listed_by: str,
    not_by: str,
    any_of: bool,
    country: str,
    schema: str,
    as_of: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Who is listed here and not there."""
    case = open_case(ctx)
    here, there = parse_authorities(listed_by), parse_authorities(not_by)
    unknown = [code for code in (*here, *there) if not case.facts.lists_of.get(code)]
    if unknown:
        say(f"No list is loaded of {', '.join(unknown)}: whether anybody is listed there cannot be known.")
    rows = case.gaps(
        here,
        there,
        as_of=as_of,
        country=country,
        schema=schema,
        any_of=any_of,
    )
    _write(rows, "json" if as_json else form)
    say(plural(len(rows), "party", "parties"))


def _write(rows: Sequence[CoverageRow], form: str) -> None:
    if form == "json":
        print_json(row.as_json() for row in rows)
    elif form == "csv":
        click.echo(matrix_csv(rows), nl=False)
    elif form == "xlsx":
        if sys.stdout.isatty():
            raise click.UsageError("a workbook is no text: write it to a file with > matrix.xlsx")
        sys.stdout.buffer.write(matrix_xlsx(rows))
    else:
        click.echo(matrix_text(rows))
