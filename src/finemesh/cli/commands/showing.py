"""``serve``: the pages and the API on loopback."""

from __future__ import annotations

import click

from finemesh.cli.common import open_case, say


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help="The port on 127.0.0.1; 0 takes any free one [default: 8787, or the next free one].",
)
@click.pass_context
def serve(ctx: click.Context, port: int | None) -> None:
    """Serve the pages and the JSON API on loopback, until Ctrl-C.

    Only this computer can reach them. A build that is made meanwhile is shown as soon as it is complete.
    """
    case = open_case(ctx)
    from finemesh.web.server import serve as run

    def announce(address: str) -> None:
        click.echo(address)
        say("Open it in a browser; Ctrl-C stops. Only this computer can reach it.")

    run(case, port, announce=announce)
