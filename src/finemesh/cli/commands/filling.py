"""``init``, ``add``, ``build``, ``verify``: fill a case and keep it sound."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finemesh.case import Case
from finemesh.cli.common import jobs_option, json_option, open_case, plural, print_json, progress_bar, say, table
from finemesh.model.errors import UserError

if TYPE_CHECKING:
    from finemesh.build.asking import Consulted


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", default="", help="Shown on pages and dossiers [default: the folder's name].")
@json_option
def init(folder: Path, title: str, as_json: bool) -> None:
    """Make a new case folder."""
    case = Case.init(folder, title)
    if as_json:
        print_json({"case": str(case.folder.root)})
    else:
        click.echo(f"Made the case {case.folder.root}")
        say(f"Next: finemesh -c {folder} add FILES, then finemesh -c {folder} build")


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dataset", default="", help="The dataset that the files belong to.")
@click.option("--snapshot", default="", metavar="DATE", help="The date of the snapshot.")
@click.option("--published", default="", metavar="DATE", help="When the document was published.")
@click.option("--publisher", default="", metavar="TEXT", help="Who published it.")
@click.option("--url", default="", help="Where it was published.")
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    paths: tuple[Path, ...],
    dataset: str,
    snapshot: str,
    published: str,
    publisher: str,
    url: str,
    as_json: bool,
) -> None:
    """Take files or folders into the case.

    Official lists are recognised by their content; the snapshot's date is read from the file, else from a date in
    its path.
    """
    from finemesh.build.intake import Origin

    case = open_case(ctx)
    origin = Origin(dataset, snapshot, published, publisher, url)
    with progress_bar() as progress:
        added = case.add(paths, origin, progress=progress)
    if as_json:
        print_json(s.as_json() for s in added.sources)
    else:
        groups = Counter((s.kind, s.dataset, s.snapshot) for s in added.sources)
        table(
            "",
            [("kind", "left"), ("dataset", "left"), ("snapshot", "left"), ("files", "right")],
            [(kind, name or "-", date or "-", f"{count:,}") for (kind, name, date), count in sorted(groups.items())],
        )
    for issue in added.issues[:10]:
        say(f"{issue.severity}: {issue.source}: {issue.message}")
    if len(added.issues) > 10:
        say(f"... and {len(added.issues) - 10:,} more")
    say(f"{plural(len(added.sources), 'file')} in the case, {added.new:,} of them new. Next: finemesh build")


@click.command()
@click.option("--llm", is_flag=True, help="Also ask the language model that case.toml names about the documents.")
@jobs_option
@json_option
@click.pass_context
def build(ctx: click.Context, llm: bool, jobs: int, as_json: bool) -> None:
    """Make everything derived: read, resolve, index. What was read before is not read again.

    With --llm the passages that the language model has not read yet are sent to it. Its answers are kept in the case
    and used by every later build, with or without --llm; what does not stand in the document is rejected.
    """
    case = open_case(ctx)
    if llm and case.settings.llm is None:
        hint = "write [llm] with url and model into case.toml (docs/language-model.md)"
        raise UserError("the case names no language model", where=str(case.folder.root), hint=hint)
    consulted = None
    with progress_bar() as progress:
        report = case.build(jobs=jobs, progress=progress)
        if llm:
            consulted = case.consult(progress=progress)
            report = case.build(jobs=jobs, progress=progress) if consulted.answered else report
    severities = Counter({"error": 0, "warning": 0, "info": 0})
    for issue in report.issues:
        severities[issue.severity] += issue.count
    if as_json:
        print_json(
            {
                "unchanged": report.unchanged,
                "read": report.read,
                "kept": report.kept,
                "counts": report.counts,
                "issues": dict(severities),
                **({"llm": consulted.as_json()} if consulted else {}),
            }
        )
        return
    if consulted:
        say(_consulted(consulted))
    if report.unchanged:
        click.echo("Nothing has changed since the last build.")
    else:
        click.echo(f"Read {plural(report.read, 'piece')}; {plural(report.kept, 'piece')} had been read before.")
    table("", [("table", "left"), ("rows", "right")], [(k, f"{v:,}") for k, v in sorted(report.counts.items())])
    click.echo(
        f"Issues: {severities['error']:,} errors, {severities['warning']:,} warnings, {severities['info']:,} notes"
        " (`finemesh issues` tells them)"
    )


def _consulted(found: Consulted) -> str:
    """What came of asking the language model, in words."""
    told = f"{found.model} was asked about {plural(found.passages - found.known, 'passage')}"
    if found.known:
        told += f" ({found.known:,} had an answer before)"
    why = "; ".join(f"{count:,} {reason}" for reason, count in sorted(found.failed.items()))
    return f"{told}: {plural(found.answered, 'answer')}" + (f", without answer: {why}" if why else "")


@click.command()
@jobs_option
@json_option
@click.pass_context
def verify(ctx: click.Context, jobs: int, as_json: bool) -> None:
    """Check every evidence row, and every archived file, against the archived bytes."""
    case = open_case(ctx)
    with progress_bar() as progress:
        result = case.verify(jobs=jobs, progress=progress)
    if as_json:
        print_json(result.as_json())
    else:
        for failure in result.failures[:20]:
            place = f" {failure.locator}" if failure.locator else f" ({plural(failure.count, 'evidence row')})"
            click.echo(f"FAILED {failure.source}{place}: {failure.why}\n       {failure.sha256}")
        click.echo(
            f"{plural(result.checked, 'evidence row')} in {plural(result.artifacts, 'archived file')} checked,"
            f" {result.failed:,} failed"
        )
    if result.failed:
        raise click.exceptions.Exit(1)
