"""``status``, ``datasets``, ``issues``: what a case holds."""

from __future__ import annotations

from dataclasses import asdict

import click

from finemesh.cli.common import json_option, open_case, print_json, table
from finemesh.model.locator import Locator


@click.command()
@json_option
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """What the case holds."""
    case = open_case(ctx)
    found = case.status()
    documents = case.documents()
    if as_json:
        print_json(
            {
                "title": found.title,
                "case": str(case.folder.root),
                "counts": found.counts,
                "lists": {name: {"snapshot": date, "age_days": age} for name, (date, age) in found.lists.items()},
                "authorities": found.authorities,
                "issues": found.issues,
                "documents": [asdict(d) for d in documents],
            }
        )
        return
    click.echo(f"{found.title}  ({case.folder.root})")
    table("", [("table", "left"), ("rows", "right")], [(k, f"{v:,}") for k, v in sorted(found.counts.items())])
    rows = [(name, date, f"{age:,} days") for name, (date, age) in found.lists.items()]
    table("", [("list", "left"), ("last snapshot", "left"), ("age", "right")], rows)
    missing = [code for code, loaded in found.authorities.items() if not loaded]
    if missing:
        click.echo(f"No list is loaded of: {', '.join(missing)}")
    shown = [(d.published or "-", d.doc[:70], f"{d.claims:,}", f"{d.mentions:,}") for d in documents[:20]]
    if shown:
        table("", [("published", "left"), ("document", "left"), ("claims", "right"), ("mentions", "right")], shown)
        if len(documents) > len(shown):
            click.echo(f"... and {len(documents) - len(shown):,} more documents (--json tells all)")


@click.command()
@json_option
@click.pass_context
def datasets(ctx: click.Context, as_json: bool) -> None:
    """Each list with its snapshots, counts and what is not known of it."""
    found = open_case(ctx).datasets()
    if as_json:
        print_json(d.as_json() for d in found)
        return
    rows = []
    for dataset in found:
        for snapshot in dataset.snapshots:
            types = ", ".join(f"{count:,} {schema}" for schema, count in list(snapshot.schemata.items())[:3])
            unread = len(snapshot.unknown_fields)
            rows.append(
                (
                    dataset.name,
                    dataset.authority or "-",
                    f"{snapshot.date} ({snapshot.basis})",
                    f"{snapshot.entries:,}",
                    f"{snapshot.designations:,}",
                    f"{snapshot.dated:.0%}",
                    f"{len(snapshot.programmes):,}",
                    f"{snapshot.issues:,}",
                    f"{unread:,}" if unread else "none",
                    types,
                )
            )
    headings = ("dataset", "authority", "snapshot", "entries", "designations", "dated", "programmes", "issues")
    sides = ("left", "left", "left", *["right"] * 6, "left")
    table("", list(zip((*headings, "unknown fields", "types"), sides, strict=True)), rows)


@click.command()
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only these.")
@click.option("--dataset", default="", help="Only of this dataset.")
@json_option
@click.pass_context
def issues(ctx: click.Context, severity: str | None, dataset: str, as_json: bool) -> None:
    """What could not be read, and where."""
    found = [
        i
        for i in open_case(ctx).issues()
        if (severity is None or i.severity == severity) and (not dataset or i.dataset == dataset)
    ]
    if as_json:
        print_json(asdict(i) for i in found)
        return
    if not found:
        click.echo("No issues.")
        return
    rows = [
        (i.severity, i.dataset or "-", i.source, i.code, i.message, _place(i.locator), f"{i.count:,}") for i in found
    ]
    headings = ("severity", "dataset", "file", "code", "what", "first place", "times")
    table("", [(h, "right" if h == "times" else "left") for h in headings], rows)


def _place(locator: str) -> str:
    return Locator.parse(locator).describe() if locator else "-"
