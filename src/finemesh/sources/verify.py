"""Re-read the archive and check that each quote stands where its locator says.

This is the second pair of eyes: it knows cells, elements, JSON pointers and characters, but no list, and shares
none of the readers' interpretation.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from finemesh.model.errors import FinemeshError
from finemesh.model.locator import Locator
from finemesh.sources.documents import Document, extract_document
from finemesh.sources.documents.ocr import engine_of
from finemesh.sources.raw.jsonl import JsonObject, json_objects, object_key, scalar_text
from finemesh.sources.raw.parquet import plain_grid
from finemesh.sources.raw.table import sheet_grid
from finemesh.sources.raw.text import text_lines
from finemesh.sources.raw.xml import XmlRecords, local_name

Claimed = tuple[Locator, str]
"""A place and the words that should stand there."""

_STEP = re.compile(r"^(?P<tag>[^\[\]@]+)\[(?P<number>\d+)\]$")


def check(path: Path, name: str, rows: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    """Check evidence rows of one artifact.

    Args:
        path: The artifact's bytes.
        name: Its name as it was added (documents are extracted by it).
        rows: (locator, quote) pairs.

    Returns:
        (position in ``rows``, what is wrong) of each row that fails; empty when all is well.
    """
    failures: list[tuple[int, str]] = []
    groups: dict[tuple[str, str | None, str | None], list[tuple[int, Claimed]]] = defaultdict(list)
    for position, (text, quote) in enumerate(rows):
        try:
            locator = Locator.parse(text)
        except FinemeshError as error:
            failures.append((position, error.message))
            continue
        groups[_kind(locator), locator.member, locator.sheet].append((position, (locator, quote)))
    for (kind, member, sheet), claimed in groups.items():
        try:
            failures += _CHECKS[kind](path, name, member, sheet, claimed)
        except FinemeshError as error:
            failures += [(position, f"the artifact cannot be read: {error.message}") for position, _ in claimed]
    return sorted(failures)


def _kind(locator: Locator) -> str:
    if locator.element is not None:
        return "xml"
    if locator.pointer is not None:
        return "json"
    if locator.row is not None:
        return "sheet" if locator.sheet is not None else "csv"
    return "lines" if locator.line is not None else "text"


Group = list[tuple[int, Claimed]]
Failures = list[tuple[int, str]]


def _compare(position: int, text: str | None, claimed: Claimed) -> Failures:
    locator, quote = claimed
    if text is None:
        return [(position, f"nothing stands there: {locator}")]
    if locator.chars is not None:
        found = text[locator.chars[0] : locator.chars[1]]
    else:
        found = text.strip()
        quote = quote.strip()
    return [] if found == quote else [(position, f"other words stand there: {locator}")]


def _check_csv(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    return _check_grid(plain_grid(path, member), group)


def _check_sheet(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    return _check_grid(sheet_grid(path, sheet or ""), group)


def _check_grid(grid: Iterator[tuple[int, Sequence[str]]], group: Group) -> Failures:
    by_row: dict[int, Group] = defaultdict(list)
    for position, claimed in group:
        by_row[claimed[0].row or 0].append((position, claimed))
    failures: Failures = []
    why = ""
    try:
        for number, values in grid:
            for position, claimed in by_row.pop(number, ()):
                col = claimed[0].col or 0
                text = values[col - 1] if 0 < col <= len(values) else None
                failures += _compare(position, text, claimed)
            if not by_row:
                break
    except FinemeshError as error:  # what stood before the damaged place was read, and is checked, all the same
        why = error.message
    return failures + _left_over(by_row.values(), why)


def _check_xml(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    by_record: dict[str, Group] = defaultdict(list)
    for position, claimed in group:
        by_record[(claimed[0].element or "").split("/", 1)[0]].append((position, claimed))
    tags = {record.partition("[")[0] for record in by_record}
    failures: Failures = []
    why = ""
    try:
        for node in XmlRecords(path, tags, member, note_shapes=False):
            for position, claimed in by_record.pop(node.path, ()):
                if claimed[0].line != node.line:
                    failures.append((position, f"the record begins on line {node.line}: {claimed[0]}"))
                    continue
                failures += _compare(position, _element_text(node.element, claimed[0].element or ""), claimed)
            if not by_record:
                break
    except FinemeshError as error:
        why = error.message
    return failures + _left_over(by_record.values(), why)


def _left_over(groups: Iterable[Group], why: str) -> Failures:
    """Rows whose place was never reached, and why."""
    reason = f"the artifact cannot be read: {why}" if why else "nothing stands there"
    return [(at, f"{reason} ({claimed[0]})") for at, claimed in itertools.chain.from_iterable(groups)]


def _element_text(record: etree._Element, path: str) -> str | None:
    element: Any = record
    for step in path.split("/")[1:]:
        if step.startswith("@"):
            found = [v for k, v in element.attrib.items() if local_name(k) == step[1:]]
            return str(found[0]) if found else None
        match = _STEP.match(step)
        if match is None:
            return None
        children = [c for c in element if local_name(c.tag) == match["tag"]]
        number = int(match["number"])
        if number > len(children):
            return None
        element = children[number - 1]
    return element.text or ""


def _check_json(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    by_object: dict[tuple[int, str], Group] = defaultdict(list)
    for position, claimed in group:
        by_object[object_key(claimed[0].line, claimed[0].pointer)].append((position, claimed))
    failures: Failures = []
    why = ""
    try:
        for found in json_objects(path, member):
            if isinstance(found, JsonObject):
                for position, claimed in by_object.pop((found.line, found.pointer), ()):
                    text = _pointed(found.value, (claimed[0].pointer or "").removeprefix(found.pointer))
                    failures += _compare(position, text, claimed)
    except FinemeshError as error:
        why = error.message
    return failures + _left_over(by_object.values(), why)


def _pointed(value: Any, pointer: str) -> str | None:
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return None if isinstance(value, dict | list) else scalar_text(value)


def _check_lines(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    """Lines of a list that is published as text; the file's own text, whatever a document reader makes of it."""
    by_line: dict[int, Group] = defaultdict(list)
    for position, claimed in group:
        by_line[claimed[0].line or 0].append((position, claimed))
    failures: Failures = []
    why = ""
    try:
        for number, text in text_lines(path, member):
            for position, claimed in by_line.pop(number, ()):
                failures += _compare(position, text, claimed)
            if not by_line:
                break
    except FinemeshError as error:
        why = error.message
    return failures + _left_over(by_line.values(), why)


def _check_text(path: Path, name: str, member: str | None, sheet: str | None, group: Group) -> Failures:
    readings: dict[str, Group] = defaultdict(list)
    for position, claimed in group:
        readings[claimed[0].ocr or ""].append((position, claimed))
    failures: Failures = []
    for label, claims in readings.items():
        try:
            failures += _check_document(_document(path, name, label), claims)
        except FinemeshError as error:
            failures += [(position, f"the artifact cannot be read: {error.message}") for position, _ in claims]
    return failures


def _check_document(document: Document, group: Group) -> Failures:
    failures: Failures = []
    for position, claimed in group:
        locator = claimed[0]
        if locator.chars is None:
            failures.append((position, f"no characters are named: {locator}"))
            continue
        wrong = _compare(position, document.text, claimed)
        if not wrong and locator.source is not None and document.source_span(*locator.chars) != locator.source:
            wrong = [(position, f"the archived source holds it elsewhere: {locator}")]
        if not wrong and locator.page is not None and document.page_of(locator.chars[0]) != locator.page:
            wrong = [(position, f"it stands on another page: {locator}")]
        if not wrong and locator.box is not None and document.box_of(*locator.chars) != locator.box:
            wrong = [(position, f"it stands elsewhere on the page: {locator}")]
        failures += wrong
    return failures


def _document(path: Path, name: str, ocr: str) -> Document:
    """The document in which a place lies; pictures of pages are read again by what read them, or not at all."""
    return extract_document(path, name, engine_of(ocr).languages if ocr else "")


_CHECKS = {
    "csv": _check_csv,
    "sheet": _check_sheet,
    "xml": _check_xml,
    "json": _check_json,
    "lines": _check_lines,
    "text": _check_text,
}


def context(path: Path, name: str, locator: str) -> tuple[str, str, str]:
    """The words before, at and behind a place, for people to read.

    Returns:
        Three texts; before and after are of the same cell, element or document.

    Raises:
        FinemeshError: The artifact cannot be read.
    """
    place = Locator.parse(locator)
    whole = whole_text(path, name, place)
    return ("", "", "") if whole is None else around(whole, place)


def around(whole: str, place: Locator, reach: int = 240) -> tuple[str, str, str]:
    """The words before, at and behind a place in the text in which it lies."""
    start, end = place.chars or (0, len(whole))
    return whole[max(0, start - reach) : start], whole[start:end], whole[end : end + reach]


def whole_text(path: Path, name: str, place: Locator) -> str | None:
    """The whole cell, element or document text in which a place lies, or None where there is none."""
    kind = _kind(place)
    if kind == "text":
        return _document(path, name, place.ocr or "").text
    if kind == "lines":
        return next((text for number, text in text_lines(path, place.member) if number == place.line), None)
    if kind == "xml":
        record = (place.element or "").split("/", 1)[0]
        for node in XmlRecords(path, {record.partition("[")[0]}, place.member, note_shapes=False):
            if node.path == record:
                return _element_text(node.element, place.element or "")
        return None
    if kind == "json":
        for found in json_objects(path, place.member):
            if isinstance(found, JsonObject) and (found.line, found.pointer) == object_key(place.line, place.pointer):
                return _pointed(found.value, (place.pointer or "").removeprefix(found.pointer))
        return None
    grid = sheet_grid(path, place.sheet) if place.sheet is not None else plain_grid(path, place.member)
    for number, values in grid:
        if number == place.row:
            return values[(place.col or 1) - 1] if (place.col or 1) <= len(values) else None
    return None
