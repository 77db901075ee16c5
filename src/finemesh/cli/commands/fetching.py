"""``fetch``: bring current official lists."""

from __future__ import annotations

import click

from finemesh.cli.common import json_option, open_case, print_json, progress_bar, say
from finemesh.model.errors import FinemeshError


@click.command()
@click.argument("datasets", metavar="DATASET...", nargs=-1)
@json_option
@click.pass_context
def fetch(ctx: click.Context, datasets: tuple[str, ...], as_json: bool) -> None:
    """Bring current official lists from their publishers, over HTTPS (all that can be fetched, by default).

    Only what changed is downloaded; a download that was cut goes on where it was. Then run `finemesh build`.
    """
    case = open_case(ctx)
    failures: list[FinemeshError] = []
    with progress_bar() as progress:
        for name in datasets or case.fetchable():
            try:
                source = case.fetch(name, progress=progress)
            except FinemeshError as error:
                failures.append(error)
                continue
            if as_json:
                print_json({"dataset": name, "changed": source is not None, **(source.as_json() if source else {})})
            elif source is None:
                click.echo(f"{name}: nothing has changed")
            else:
                click.echo(f"{name}: {source.size:,} bytes, snapshot of {source.snapshot}")
    for failure in failures:
        say(click.style("Error: ", fg="red", bold=True) + str(failure))
    if failures:
        raise click.exceptions.Exit(1)
