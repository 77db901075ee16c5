"""JSON lines (or one JSON array of objects) as objects with places."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from finemesh.model.errors import SourceError
from finemesh.model.locator import escape
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.files import open_bytes

MAX_LINE = 64_000_000
"""Bytes that one line (characters that one member of an array) may have."""
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class JsonObject:
    """One object of a file.

    Attributes:
        value: The parsed object.
        line: Its line, from 1; 0 in a file that is one array.
        pointer: JSON pointer of the object in a file that is one array (``/12``), empty for JSON lines.
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
                return EMPTY
        if found is None or isinstance(found, dict | list):
            return EMPTY
        return Cell(scalar_text(found), self.prefix + escape(pointer_of(path)))

    @property
    def prefix(self) -> str:
        """What comes before the pointer of a value inside the object."""
        return f"line={self.line};pointer=" if self.line else f"pointer={self.pointer}"

    @property
    def locator(self) -> str:
        """The place of the object."""
        return f"line={self.line}" if self.line else f"pointer={self.pointer}"


def pointer_of(path: tuple[str | int, ...]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def object_key(line: int | None, pointer: str | None) -> tuple[int, str]:
    """Line and pointer of the object in which a place lies.

    ``line=3;pointer=/id`` lies in line 3; ``pointer=/2/id`` in the third member of a file that is one array.
    """
    if line:
        return line, ""
    return 0, "/" + (pointer or "").split("/", 2)[1] if pointer else ""


def scalar_text(value: Any) -> str:
    """A JSON scalar as text."""
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode()


def json_objects(path: Path, member: str | None = None) -> Iterator[JsonObject | SourceError]:
    """Every object of a JSON lines file, or of a file that is one array of objects.

    What is no object comes out as an error whose ``where`` is its locator, and the rest goes on; an array that breaks
    off or is damaged ends with such an error.

    Raises:
        SourceError: The file is not UTF-8, cannot be unpacked, or has a line too long to be read.
    """
    with open_bytes(path, member) as stream:
        head = stream.read(_CHUNK)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise SourceError("JSON has to be UTF-8 (RFC 8259); this file is UTF-16", where=path.name)
        if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"["):
            yield from _members(stream, head, path.name)
            return
    with open_bytes(path, member) as stream:
        yield from _lines(stream, path.name)


def _lines(stream: BinaryIO, name: str) -> Iterator[JsonObject | SourceError]:
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise SourceError(f"line {number} is too long to be read", where=f"{name}, line {number}")
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        line = line.strip()
        if line:
            yield _parsed(line, number)


def _parsed(text: bytes, line: int, pointer: str = "") -> JsonObject | SourceError:
    where = f"line={line}" if line else f"pointer={pointer}"
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return SourceError(f"not JSON: {error}", where=where)
    return (
        JsonObject(value, line, pointer) if isinstance(value, dict) else SourceError("not a JSON object", where=where)
    )


def _members(stream: BinaryIO, head: bytes, name: str) -> Iterator[JsonObject | SourceError]:
    """The members of an array, read piece by piece: memory grows with the largest member only."""
    decoder, scan = codecs.getincrementaldecoder("utf-8-sig")(), json.JSONDecoder().raw_decode
    try:
        text, at, number = decoder.decode(head).lstrip()[1:], 0, 0
        while True:
            text, at = text[at:].lstrip(" \t\r\n,"), 0
            while not text or text[0] != "]":
                try:
                    _, at = scan(text)
                    if at < len(text):
                        break
                except (ValueError, RecursionError) as error:
                    if len(text) > MAX_LINE or isinstance(error, RecursionError):
                        yield SourceError(f"not JSON: {error}", where=f"pointer=/{number}")
                        return
                if not (more := stream.read(max(_CHUNK, len(text)))):
                    message = "the array breaks off or is damaged; the members before this one are kept"
                    yield SourceError(message, where=f"pointer=/{number}")
                    return
                text = (text + decoder.decode(more)).lstrip(" \t\r\n,")
            if text[0] == "]":
                return
            yield _parsed(text[:at].encode("utf-8", "surrogatepass"), 0, f"/{number}")
            number += 1
    except UnicodeDecodeError as error:
        raise SourceError(f"not UTF-8: {error}; what stands before is kept", where=name) from error
