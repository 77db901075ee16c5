"""``changes``: what happened to a list between two snapshots."""

from __future__ import annotations

from collections import Counter

import click

from finemesh.cli.common import json_option, open_case, print_json, say, table


@click.command()
@click.argument("dataset")
@click.option("--from", "start", metavar="DATE", help="The last snapshot on or before this day [default: the first].")
@click.option("--to", "end", metavar="DATE", help="The last snapshot on or before this day [default: the last].")
@json_option
@click.pass_context
def changes(ctx: click.Context, dataset: str, start: str | None, end: str | None, as_json: bool) -> None:
    """Who was added, removed and amended between two snapshots of a list."""
    found = open_case(ctx).changes(dataset, start, end)
    if as_json:
        print_json(c.as_json() for c in found.changes)
    else:
        rows = [
            (c.change, c.designated or "-", c.caption, c.id, "; ".join(_told(name, *v) for name, v in c.fields.items()))
            for c in found.changes
        ]
        headings = ("change", "designated", "party", "id", "what")
        table(f"{dataset} from {found.start} to {found.end}", [(h, "left") for h in headings], rows)
    counts = Counter(c.change for c in found.changes)
    say(f"{found.start} to {found.end}: " + ", ".join(f"{counts[k]:,} {k}" for k in ("added", "removed", "amended")))
    for part in found.left_out:
        say(f"Not compared: {part}, which only one of the two snapshots has.")


def _told(name: str, gone: tuple[str, ...], new: tuple[str, ...]) -> str:
    parts = [f"-{value}" for value in gone] + [f"+{value}" for value in new]
    return f"{name}: " + ", ".join(p if len(p) <= 80 else p[:77] + "..." for p in parts)
