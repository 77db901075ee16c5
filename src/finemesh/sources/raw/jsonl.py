"""JSON lines (or one JSON array of objects) as objects with places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from finemesh.model.errors import SourceError
from finemesh.model.locator import escape
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.files import open_bytes

MAX_LINE = 64_000_000
"""Bytes that one line may have."""


@dataclass(frozen=True, slots=True)
class JsonObject:
    """One object of a file.

    Attributes:
        value: The parsed object.
        line: Its line, from 1; in a file that is one array, the position in it.
        pointer: JSON pointer prefix, empty for JSON lines.
    """

    value: dict[str, Any]
    line: int
    pointer: str = ""

    def cell(self, *path: str | int) -> Cell:
        """A scalar inside the object as a cell (empty if it is not there)."""
        found: Any = self.value
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return Cell("", "")
        if found is None or isinstance(found, dict | list):
            return Cell("", "")
        return Cell(scalar_text(found), f"{self.locator};pointer={escape(pointer_of(path))}")

    @property
    def locator(self) -> str:
        """The place of the object."""
        return f"line={self.line}"


def pointer_of(path: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def scalar_text(value: Any) -> str:
    """A JSON scalar as text."""
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def json_objects(path: Path, member: str | None = None) -> Iterator[JsonObject | SourceError]:
    """Every object of a JSON lines file; a line that is no object comes out as an error, and the rest goes on."""
    with open_bytes(path, member) as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise SourceError(f"line {number} is too long to be read", where=f"{path.name}, line {number}")
            line = line.strip()
            if not line:
                continue
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                yield SourceError(f"not JSON: {error}", where=f"line={number}")
                continue
            if isinstance(value, dict):
                yield JsonObject(value, number)
            else:
                yield SourceError("not a JSON object", where=f"line={number}")
