"""``dossier``: what a case knows of one party, as a file to read."""

from __future__ import annotations

from pathlib import Path

import click

from finemesh.cli.common import as_of_option, json_option, open_case, plural, print_json


@click.command()
@click.argument("entity")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="The file; .html, .pdf, .docx or .md."
)
@as_of_option
@json_option
@click.pass_context
def dossier(ctx: click.Context, entity: str, output: Path, as_of: str | None, as_json: bool) -> None:
    """Write what the case knows of ENTITY (a name or an id) as a research note whose every footnote can be checked.

    Designations as of a day, names and values, relations with their speakers, timeline, network, documents, what is not
    known, and the sources with their hashes. The file's ending says the form.
    """
    from finemesh.reports.dossier import form_of, write_dossier

    form_of(output)  # say what is wrong before the work
    made = open_case(ctx).dossier(entity, as_of=as_of)
    write_dossier(made, output)
    counts = {"sections": len(made.sections), "notes": len(made.notes), "sources": len(made.sources)}
    if as_json:
        print_json({"path": str(output), "party": made.title, **counts})
        return
    told = ", ".join([plural(len(made.notes), "note"), plural(len(made.sources), "source")])
    click.echo(f"{output}: {made.title}, {told}")
