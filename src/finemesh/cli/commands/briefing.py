"""``dossier``: what a case knows of one party, as a file to read."""

from __future__ import annotations

from pathlib import Path

import click

from finemesh.cli.common import as_of_option, json_option, open_case, plural, print_json
from finemesh.model.errors import UserError


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
    from finemesh.reports.dossier import FORMS, write_dossier

    if output.suffix.lstrip(".").lower() not in FORMS:
        endings = ", ".join("." + form for form in FORMS)
        raise UserError(f"no form of a dossier has the ending {output.suffix!r}", hint=f"use one of {endings}")
    made = open_case(ctx).dossier(entity, as_of=as_of)
    write_dossier(made, output)
    counts = {"sections": len(made.sections), "notes": len(made.notes), "sources": len(made.sources)}
    if as_json:
        print_json({"path": str(output), "party": made.title, **counts})
        return
    told = ", ".join([plural(len(made.notes), "note"), plural(len(made.sources), "source")])
    click.echo(f"{output}: {made.title}, {told}")
