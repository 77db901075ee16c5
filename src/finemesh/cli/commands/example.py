"""``demo``: the example case, from nothing to its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

import finemesh
from finemesh.analysis.check import Verdict
from finemesh.case import Case
from finemesh.cli.common import jobs_option, json_option, plural, print_json, progress_bar, say
from finemesh.model.errors import DataError
from finemesh.model.progress import Progress
from finemesh.reports.matrix import matrix_text
from finemesh.reports.verdicts import MARKS, verdict_line, verdict_lines
from finemesh.store.folder import CASE_FILE

PUBLISHER = "The finemesh founders"
BROKERS = "arms-brokers"
"""Document of the example whose parties and claims are shown."""
AS_OF = "2022-09-23"


def example_folder() -> Path:
    """The example's files: beside the sources in a checkout, inside the package when installed.

    Raises:
        DataError: They are in neither place.
    """
    package = Path(finemesh.__file__).parent
    for place in (package / "example", package.parents[1] / "examples"):
        if (place / "documents").is_dir():
            return place
    raise DataError("the files of the example are not there", where=str(package), hint="install finemesh anew")


@click.command()
@click.option(
    "--dir",
    "folder",
    default="demo-case",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to make the case.",
)
@click.option("--serve/--no-serve", default=True, help="Serve the pages when the case is built.")
@click.option("--port", default=8765, show_default=True, help="Port of the pages on this machine.")
@jobs_option
@json_option
def demo(folder: Path, serve: bool, port: int, jobs: int, as_json: bool) -> None:
    """Build the example case, verify its evidence, show what it says, and serve its pages."""
    case = (
        Case.open(folder) if (folder / CASE_FILE).exists() else Case.init(folder, "Example: a coordinator for Russia")
    )
    with progress_bar() as progress:
        _fill(case, progress)
        report = case.build(jobs=jobs, progress=progress)
        verified = case.verify(jobs=jobs, progress=progress)
    rows = case.coverage(source=BROKERS, as_of=AS_OF)
    verdicts = [v for document in case.documents() for v in case.check(document.doc)]
    if as_json:
        print_json(
            {
                "case": str(case.folder.root),
                "counts": report.counts,
                "verify": verified.as_json(),
                "coverage": [row.as_json() for row in rows],
                "check": [v.as_json() for v in verdicts],
            }
        )
    else:
        click.echo(matrix_text(rows))
        click.echo()
        _show_verdicts(verdicts)
        click.echo(f"{plural(verified.checked, 'evidence row')} checked, {verified.failed} failed.")
    if verified.failed:
        raise click.exceptions.Exit(1)
    if serve:
        from finemesh.web.server import serve as serve_pages

        serve_pages(case, port=port)
    else:
        say(f"The case is in {case.folder.root}; `finemesh -c {folder} serve` shows its pages.")


def _show_verdicts(verdicts: Sequence[Verdict]) -> None:
    """Every document's verdicts, a line each; those that need a look in full."""
    for doc, group in groupby(verdicts, key=lambda v: v.claim.claim.doc):
        found = list(group)
        click.echo(click.style(f"What {doc} says about sanctions, checked on {found[0].as_of}", bold=True))
        for verdict in found:
            if verdict.verdict in ("contradicted", "unconfirmed"):
                click.echo("\n".join(verdict_lines(verdict)))
            else:
                click.echo(verdict_line(verdict))
        counts = Counter(v.verdict for v in found)
        click.echo(", ".join(f"{counts[v]} {v}" for v in MARKS if counts[v]) + "\n")


def _fill(case: Case, progress: Progress) -> None:
    from finemesh.build.intake import Origin

    examples = example_folder()
    case.add([examples / "lists"], progress=progress)
    case.add([examples / "documents"], Origin(publisher=PUBLISHER), progress=progress)
