"""The command line: thin commands over :mod:`finemesh.case`.

Commands are loaded when they are called, so that ``finemesh screen`` does not pay for ``finemesh serve``.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from finemesh import __version__
from finemesh.model.errors import FinemeshError

_COMMANDS = {
    "init": "filling:init",
    "add": "filling:add",
    "fetch": "fetching:fetch",
    "build": "filling:build",
    "verify": "filling:verify",
    "status": "holding:status",
    "datasets": "holding:datasets",
    "issues": "holding:issues",
    "screen": "screening:screen",
    "screen-file": "screening_files:screen_file",
    "compare": "comparing:compare",
    "coverage": "covering:coverage",
    "gaps": "covering:gaps",
    "changes": "history:changes",
    "mentions": "reading:mentions",
    "claims": "reading:claims",
    "check": "reading:check",
    "facts": "corroborating:facts",
    "entity": "parties:entity",
    "roles": "living:roles",
    "timeline": "living:timeline",
    "ownership": "living:ownership",
    "path": "tracing:path",
    "dossier": "briefing:dossier",
    "export": "exporting:export",
    "accept": "claim_deciding:accept",
    "reject": "claim_deciding:reject",
    "correct": "claim_deciding:correct",
    "review": "deciding:review",
    "decide": "deciding:decide",
    "decisions": "deciding:decisions",
    "undo": "deciding:undo",
    "serve": "showing:serve",
    "demo": "example:demo",
}
"""Command to module and function, in the order in which help lists them."""


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the house's order."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        place = _COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command = getattr(import_module(f"finemesh.cli.commands.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Help along where a command is misspelt."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " `finemesh --help` lists them."
            raise click.UsageError(f"No such command: {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "-c",
    "--case",
    "case",
    type=click.Path(path_type=Path),
    default=None,
    help="The case folder [default: the nearest one upward from here].",
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.version_option(__version__, prog_name="finemesh")
@click.pass_context
def cli(ctx: click.Context, case: Path | None, debug: bool) -> None:
    """Who is tied to whom, and who is designated by whom, with the sentence or row that proves it.

    Start with `finemesh init my-case`, `finemesh -c my-case add FILES`, `finemesh -c my-case build`; or see it all at
    once with `finemesh demo`.

    Results go to stdout, progress and messages to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage.
    """
    ctx.obj = {"case": case, "debug": debug}


def main() -> None:
    """Run the command line and exit; no traceback reaches a user unless ``--debug`` is given."""
    debug = "--debug" in sys.argv
    try:
        result = cli.main(standalone_mode=False)  # the exit code where a command asked for one
        code = result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo("\nStopped. What was done so far is kept; the same command goes on from there.", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2 if isinstance(error, click.UsageError) else 1
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except FinemeshError as error:
        if debug:
            raise
        click.echo(click.style("Error: ", fg="red", bold=True) + str(error), err=True)
        code = error.exit_code
    except KeyboardInterrupt:
        click.echo("\nStopped. What was done so far is kept; the same command goes on from there.", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:
        if debug:
            raise
        click.echo(
            click.style("Error: ", fg="red", bold=True)
            + f"{type(error).__name__}: {error}\n  hint:  this is a fault in finemesh; --debug shows where",
            err=True,
        )
        code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
