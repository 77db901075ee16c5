"""Write docs/commands.md from the commands' own help. `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finemesh.cli import _COMMANDS, cli

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

`finemesh [-c CASE] COMMAND`. CASE is the case folder; without `-c` it is the nearest one upward from the current
folder.
Results go to stdout, progress and messages to stderr. `--json` prints one JSON object, or one object a line where the
result is a list. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped with Ctrl-C. No command touches the network
but `fetch` and a language model that you configured. Completion for your shell:
`_FINEMESH_COMPLETE=bash_source finemesh` (or `zsh_source`, `fish_source`) prints the
script to source.

This page is written by `python tools/commands_page.py`.
"""


def page() -> str:
    """The page as Markdown."""
    context = click.Context(cli)
    parts = [HEAD]
    for name in _COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=f"finemesh {name}")
        usage = " ".join(command.collect_usage_pieces(inner))
        text = (command.help or "").replace("\b", "").strip()
        parts.append(f"## finemesh {name}\n\n`finemesh {name} {usage}`\n\n{text}\n")
        rows = [p.get_help_record(inner) for p in command.get_params(inner)]
        options = [row for row in rows if row and "--help" not in row[0]]
        if options:
            lines = [
                f"| `{flag.replace('|', chr(92) + '|')}` | {told.replace('|', chr(92) + '|')} |"
                for flag, told in options
            ]
            parts.append("\n".join(["| option | |", "| --- | --- |", *lines]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
