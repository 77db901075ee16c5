"""What the commands share: finding the case, printing results, showing progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from finemesh.case import Case
from finemesh.model.progress import Progress

F = TypeVar("F", bound=Callable[..., Any])


def json_option(function: F) -> F:
    """The option ``--json`` that every command with a result has."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON: one object, or one object a line.")(
        function
    )


def as_of_option(function: F) -> F:
    """The option ``--as-of``."""
    return click.option("--as-of", metavar="DATE", help="The day that is asked about [default: today].")(function)


def jobs_option(function: F) -> F:
    """The option ``--jobs``."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=0),
        default=0,
        help="Processes that work at a time [default: one a processor].",
    )(function)


def open_case(ctx: click.Context) -> Case:
    """The case that the command line names, or the nearest one upward from here."""
    named: Path | None = ctx.obj["case"]
    return Case.open(named if named is not None else Path.cwd())


def print_json(values: Iterable[Any] | dict[str, Any]) -> None:
    """One object, or one object a line, to stdout."""
    import orjson

    items = [values] if isinstance(values, dict) else values
    for item in items:
        sys.stdout.buffer.write(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def say(text: str = "") -> None:
    """A message for people, to stderr."""
    click.echo(text, err=True)


def plural(count: int, word: str, many: str = "") -> str:
    """``1 file``, ``2 files``, with thousands divided."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress of long work on stderr: a bar on a terminal, one line a stage elsewhere."""
    if not sys.stderr.isatty():
        yield _quiet_progress()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<24}"),
        BarColumn(bar_width=36),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=False) as bar:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                for other in tasks.values():
                    bar.update(other, completed=bar.tasks[other].total or 1, total=bar.tasks[other].total or 1)
                tasks[what] = bar.add_task(what.capitalize(), total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield show
        for task in tasks.values():
            bar.update(task, completed=bar.tasks[task].total or 1, total=bar.tasks[task].total or 1)


def _quiet_progress() -> Progress:
    seen: set[str] = set()

    def show(what: str, done: int, total: int) -> None:
        if what not in seen:
            seen.add(what)
            say(f"{what.capitalize()}{f' ({total:,})' if total else ''} ...")

    return show


def table(title: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> None:
    """A table to stdout.

    Args:
        title: Shown above.
        columns: (heading, ``left`` or ``right``) pairs.
        rows: Texts.
    """
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
    shown = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", header_style="bold", pad_edge=False)
    for heading, side in columns:
        shown.add_column(heading, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(escape(cell) for cell in row))
    console.print(shown)
