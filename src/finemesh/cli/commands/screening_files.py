"""``screen-file``: who may the names of a whole table mean?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from finemesh.case import Case
from finemesh.cli.common import jobs_option, json_option, open_case, plural, print_json, progress_bar, say


@click.command("screen-file")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", "columns", multiple=True, help="A column of names; several may be given.")
@click.option("--id-column", help="The column that names a row [default: its number, from 0].")
@click.option("--schema-column", help="The column with the kind: Person, Company, Vessel, ...")
@click.option("--country-column", help="The column with countries, ISO 3166 codes parted by ';'.")
@click.option("--birth-column", help="The column with dates of birth or foundation, ISO.")
@click.option("--schema", default=None, help="The kind of every row that does not say its own.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(min=1), help="Candidates at most.")
@click.option(
    "--threshold", default=0.5, show_default=True, type=click.FloatRange(0, 1), help="The lowest score, 0 to 1."
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The result: .csv .xlsx .jsonl .parquet",
)
@jobs_option
@json_option
@click.pass_context
def screen_file(ctx: click.Context, /, file: Path, out: Path | None, jobs: int, as_json: bool, **options: Any) -> None:
    """Candidates for every name of a table: CSV, XLSX, JSON Lines or Parquet of any length.

    With -o the rows are written again with their best candidate (all of them in JSON Lines), in the form of the
    ending. Stopped? The same command goes on where it was. Without -o one JSON object a name goes to stdout.
    """
    from finemesh.analysis.screen_rows import RowOptions

    case = open_case(ctx)
    wanted = RowOptions(**options)
    if out is None:
        _print(case, file, wanted, jobs)
        return
    with progress_bar() as progress:
        done = case.screen_file(file, out, wanted, jobs=jobs, progress=progress)
    _tell(done.problems)
    if as_json:
        print_json({"rows": done.rows, "found": done.found, "resumed": done.resumed, "output": str(out),
                    "problems": list(done.problems)})  # fmt: skip
        return
    before = f" ({done.resumed:,} of them before)" if done.resumed else ""
    click.echo(f"{plural(done.rows, 'row')}{before}, {done.found:,} with a candidate: {out}")


def _print(case: Case, file: Path, options: Any, jobs: int) -> None:
    problems: list[str] = []
    with progress_bar() as progress:
        for chunk in case.screen_rows(file, options, jobs=jobs, progress=progress, problems=problems):
            print_json(answer for _, answers in chunk for answer in answers)
    _tell(problems)


def _tell(problems: Sequence[str]) -> None:
    for problem in problems[:10]:
        say(f"not read: {problem}")
    if len(problems) > 10:
        say(f"and {len(problems) - 10:,} more that could not be read")
