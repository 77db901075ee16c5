"""The whole row or record in which places lie, as fields, for people to read around a quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from finemesh.model.locator import Locator
from finemesh.sources.raw.jsonl import JsonObject, json_objects, object_key, scalar_text
from finemesh.sources.raw.parquet import plain_grid
from finemesh.sources.raw.table import sheet_grid
from finemesh.sources.raw.text import text_lines
from finemesh.sources.raw.xml import XmlRecords, local_name

MAX_FIELDS = 400
"""Fields of one record that are shown at most."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Field:
    """One filled field of a record.

    Attributes:
        name: Its heading or path; for a table without headings the number of its column.
        text: What stands in it.
        spans: Characters (start, end) in which the places lie, in order and not overlapping; empty elsewhere.
    """

    name: str
    text: str
    spans: tuple[Span, ...] = ()

    def cuts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is one of the places."""
        found, last = [], 0
        for start, end in self.spans:
            found += [(self.text[last:start], False), (self.text[start:end], True)]
            last = end
        return [(text, here) for text, here in [*found, (self.text[last:], False)] if text]


def record(path: Path, locators: Sequence[str], headings: Mapping[int, str] | None = None) -> list[Field]:
    """The filled fields of the row, XML record or JSON object in which the first of some places lies.

    Args:
        path: The artifact's bytes.
        locators: Places in it; those of other records are passed over.
        headings: Names of columns, for a table that gives none.

    Returns:
        Fields in the order of the source; empty for a document, or where there is no such record.

    Raises:
        FinemeshError: The artifact cannot be read.
    """
    places = [Locator.parse(locator) for locator in locators]
    first = places[0]
    if first.element is not None:
        found = _of_xml(path, places)
    elif first.pointer is not None:
        found = _of_json(path, places)
    elif first.row is not None:
        found = _of_table(path, places, dict(headings or {}))
    elif first.line is not None:
        found = _of_lines(path, places)
    else:
        return []
    return list(islice((field for field in found if field.text.strip()), MAX_FIELDS))


def _field(name: str, text: str, places: Sequence[Locator]) -> Field:
    """A field with the parts of it that some places name; places that overlap are joined."""
    spans: list[Span] = []
    for start, end in sorted(place.chars or (0, len(text)) for place in places):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return Field(name, text, tuple(spans))


def _of_table(path: Path, places: Sequence[Locator], known: dict[int, str]) -> Iterator[Field]:
    first = places[0]
    grid = sheet_grid(path, first.sheet) if first.sheet is not None else plain_grid(path, first.member)
    by_column: dict[int, list[Locator]] = {}
    for place in places:
        if place.row == first.row and place.sheet == first.sheet and place.col:
            by_column.setdefault(place.col, []).append(place)
    headings: dict[int, str] = {}
    for number, values in grid:
        if not headings and _is_heading(values, first):
            headings = {n: text.strip() for n, text in enumerate(values, 1) if text.strip()}
        if number == first.row:
            for n, text in enumerate(values, 1):
                own = by_column.get(n, [])
                called = next((p.column for p in own if p.column), None)
                name = called or known.get(n) or headings.get(n) or f"column {n}"
                yield _field(name, text, own)
            return


def _is_heading(values: Sequence[str], place: Locator) -> bool:
    """Whether a row is the one that gives the columns their names: it calls the place's column what the place does."""
    position = (place.col or 1) - 1
    return position < len(values) and values[position].strip() == place.column


def _of_xml(path: Path, places: Sequence[Locator]) -> Iterator[Field]:
    name = (places[0].element or "").split("/", 1)[0]
    by_path: dict[str, list[Locator]] = {}
    for place in places:
        by_path.setdefault(place.element or "", []).append(place)
    for node in XmlRecords(path, {name.partition("[")[0]}, places[0].member, note_shapes=False):
        if node.path == name:
            yield from _leaves(node.element, "", name, by_path)
            return


def _leaves(element: etree._Element, label: str, path: str, wanted: dict[str, list[Locator]]) -> Iterator[Field]:
    """The texts and attributes below an element, in document order."""
    for key, value in element.attrib.items():
        attribute = f"@{local_name(str(key))}"
        yield _field(f"{label} {attribute}".strip(), str(value), wanted.get(f"{path}/{attribute}", []))
    yield _field(label or "text", element.text or "", wanted.get(path, []))
    counts: dict[str, int] = {}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = local_name(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        yield from _leaves(child, f"{label} › {tag}" if label else tag, f"{path}/{tag}[{counts[tag]}]", wanted)


def _of_json(path: Path, places: Sequence[Locator]) -> Iterator[Field]:
    first = places[0]
    key = object_key(first.line, first.pointer)
    wanted: dict[str, list[Locator]] = {}
    for place in places:
        if object_key(place.line, place.pointer) == key:
            wanted.setdefault((place.pointer or "").removeprefix(key[1]), []).append(place)
    for found in json_objects(path, first.member):
        if isinstance(found, JsonObject) and (found.line, found.pointer) == key:
            yield from _values(found.value, "", wanted)
            return


def _of_lines(path: Path, places: Sequence[Locator]) -> Iterator[Field]:
    """The lines of a list that is published as text."""
    wanted: dict[int, list[Locator]] = {}
    for place in places:
        wanted.setdefault(place.line or 0, []).append(place)
    for number, text in text_lines(path, places[0].member):
        if number in wanted:
            yield _field(f"line {number}", text, wanted[number])


def _values(value: Any, pointer: str, wanted: dict[str, list[Locator]]) -> Iterator[Field]:
    if isinstance(value, dict):
        for key, inner in value.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from _values(inner, f"{pointer}/{step}", wanted)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _values(inner, f"{pointer}/{number}", wanted)
    elif value is not None:
        yield _field(pointer.removeprefix("/"), scalar_text(value), wanted.get(pointer, []))
