"""``compare``: how alike are two names, or two entities?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from finemesh.cli.common import json_option, print_json
from finemesh.matching.compare import Comparison, compare_names
from finemesh.matching.pair_files import compare_file


@click.command()
@click.argument("names", nargs=-1, metavar="[LEFT RIGHT]")
@click.option("--schema", default=None, help="What both are: Person, Company, Vessel, ...")
@click.option(
    "--pairs",
    type=click.Path(path_type=Path),
    help="A file of pairs: CSV (left, right, schema), or JSON Lines or a JSON array with entities in left and right.",
)
@click.option("--scorer", default=None, help="A scoring scheme by name [default: the newest].")
@json_option
def compare(names: tuple[str, ...], schema: str | None, pairs: Path | None, scorer: str | None, as_json: bool) -> None:
    """Compare two names, or every pair of a file. Needs no case.

    0.5 is the best dividing line between the same and another party.
    """
    if (pairs is None) == (len(names) == 0) or (names and len(names) != 2):
        raise click.UsageError("Give two names, or a file with --pairs.")
    if pairs is not None:
        results = _rows(pairs, schema, scorer)
    else:
        left, right = names
        found = compare_names(left, right, schema, scorer)
        results = iter([_row(0, left, right, found)])
    if as_json:
        print_json(results)
        return
    for row in results:
        click.echo(f"{row['score']:.3f}  {row['left']}  ~  {row['right']}")
        if pairs is None:
            for part in row["explanation"]:
                click.echo(
                    f"       {part['part']:<20} {part['left'] or '-'} ~ {part['right'] or '-'}"
                    f"  {part['score']:.2f} x {part['weight']:.2f}  {part.get('why', '')}".rstrip()
                )


def _rows(path: Path, schema: str | None, scorer: str | None) -> Iterator[dict[str, Any]]:
    for number, (left, right, found) in enumerate(compare_file(path, schema, scorer)):
        yield _row(number, left, right, found)


def _row(number: int, left: str, right: str, found: Comparison) -> dict[str, Any]:
    return {"row": number, "left": left, "right": right, **found.as_json()}
