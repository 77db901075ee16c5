"""Text files as lines with places, for lists that are published as running text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from finemesh.model.errors import SourceError
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.files import open_text

MAX_LINE = 1_000_000
"""Characters that one line may have."""


def text_lines(path: Path, member: str | None = None) -> Iterator[tuple[int, str]]:
    """The lines of a text file without their ends, numbered from 1.

    Raises:
        SourceError: A line is too long, or the file cannot be decoded. The lines before were given out.
    """
    with open_text(path, member, newline=None) as stream:
        number = 0
        try:
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    raise SourceError(f"line {number} is too long to be read", where=f"{path.name}, line {number}")
                yield number, line.removesuffix("\n")
        except UnicodeDecodeError as error:
            raise SourceError(f"not readable as text: {error}", where=f"{path.name}, line {number + 1}") from error


def line_cells(path: Path, member: str | None = None) -> Iterator[Cell]:
    """The same as cells (``line=34``; a stretch of one is ``line=34;chars=4-17``)."""
    for number, text in text_lines(path, member):
        yield Cell(text, f"line={number}")
