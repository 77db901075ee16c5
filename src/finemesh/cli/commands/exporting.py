"""``export``: the resolved case for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from finemesh.cli.common import as_of_option, json_option, open_case, plural, print_json, say

_FORMATS = ["ftm", "statements", "csv", "xlsx", "gexf", "graphml", "cypher"]


@click.command()
@click.option("--format", "kind", type=click.Choice(_FORMATS), required=True, help="The format.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file (for csv, a folder).")
@click.option(
    "--claims",
    type=click.Choice(["accepted", "all", "none"]),
    default="accepted",
    show_default=True,
    help="Which claims go in: those that people have accepted or corrected, all but the rejected, or none.",
)
@as_of_option
@json_option
@click.pass_context
def export(ctx: click.Context, kind: str, output: Path, claims: str, as_of: str | None, as_json: bool) -> None:
    """Write the resolved case for other tools; claims go with speaker, stance and sentence.

    ftm: entities as JSON Lines. statements: FollowTheMoney statements as CSV. csv, xlsx: parties and ties. gexf,
    graphml, cypher: the graph.
    """
    done = open_case(ctx).export(output, kind, claims=claims, as_of=as_of)
    if as_json:
        print_json(
            {"path": str(done.path), "counts": done.counts, "claims": done.claims, "open": done.open,
             "rejected": done.rejected}
        )  # fmt: skip
        return
    click.echo(f"{done.path}: " + ", ".join(f"{count:,} {name}" for name, count in done.counts.items()))
    say(f"{plural(done.claims, 'claim')} in it ({claims}).")
    if done.open and claims == "accepted":
        say(f"{plural(done.open, 'claim')} left out that nobody has decided about; --claims all takes them too.")
    if done.rejected:
        say(f"{plural(done.rejected, 'claim')} left out that people rejected or disagree about.")
