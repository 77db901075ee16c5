"""Files of pairs: names in CSV, FollowTheMoney entities (or names) in JSON Lines or a JSON array."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from finemesh.matching.compare import Comparison, compare_many
from finemesh.matching.party import Name, Party, party_from_ftm
from finemesh.model.errors import SourceError, UserError

BATCH = 2000


class _Side(NamedTuple):
    label: str
    party: Party


def compare_file(
    path: Path, schema: str | None = None, scorer: str | None = None
) -> Iterator[tuple[str, str, Comparison]]:
    """Compare every pair of a file, in order: what is on the left, what is on the right, and how alike they are.

    Args:
        path: CSV with the columns ``left``, ``right`` and maybe ``schema``; or JSON Lines, or a JSON array, of objects
            with an entity (or a name) in ``left`` and ``right``.
        schema: Of names whose row says none.
        scorer: A scheme of :data:`finemesh.matching.scorers.SCORERS`.

    Raises:
        UserError: The file is not there, or has no such columns.
        SourceError: It cannot be read.
    """
    if not path.is_file():
        raise UserError("no such file", where=str(path))
    rows = _json_rows(path) if path.suffix.lower() in (".json", ".jsonl", ".ndjson") else _csv_rows(path)
    pairs = ((_side(row["left"], row.get("schema") or schema), _side(row["right"], row.get("schema") or schema))
             for row in rows)  # fmt: skip
    while batch := list(itertools.islice(pairs, BATCH)):
        compared = compare_many(((left.party, right.party) for left, right in batch), scorer)
        for (left, right), found in zip(batch, compared, strict=True):
            yield left.label, right.label, found


def _side(value: Any, schema: str | None) -> _Side:
    if isinstance(value, dict):
        party = party_from_ftm(value)
        return _Side(party.id or party.caption, party)
    name = "" if value is None else str(value)
    return _Side(name, Party("", schema or "", name, (Name(name),)))


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    missing = [c for c in ("left", "right") if c not in (reader.fieldnames or ())]
    if missing:
        known = ", ".join(map(repr, reader.fieldnames or ())) or "none"
        raise UserError(f"there is no column {missing[0]!r}", where=str(path), hint=f"columns: {known}")
    try:
        yield from reader
    except csv.Error as error:
        raise SourceError(f"the file cannot be read: {error}", where=f"{path}, line {reader.line_num}") from error


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        first = stream.read(1)
        while first.isspace():
            first = stream.read(1)
    try:
        if first == b"[":
            rows = orjson.loads(path.read_bytes())
            yield from (_object(row, path, number) for number, row in enumerate(rows))
            return
        with path.open("rb") as stream:
            for number, line in enumerate(line for line in stream if line.strip()):
                yield _object(orjson.loads(line), path, number)
    except orjson.JSONDecodeError as error:
        raise SourceError(f"the file is no JSON: {error}", where=str(path)) from error


def _object(row: Any, path: Path, number: int) -> dict[str, Any]:
    if not isinstance(row, dict) or "left" not in row or "right" not in row:
        raise UserError("a pair needs `left` and `right`", where=f"{path}, row {number}")
    return row
