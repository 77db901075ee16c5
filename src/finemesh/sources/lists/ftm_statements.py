"""FollowTheMoney statements: one value of one entity in each row, as CSV (also packed) or JSON lines.

Format: https://followthemoney.tech/docs/statements/ (``ftm statements``, OpenSanctions' ``statements.csv``): columns
``entity_id``, ``canonical_id``, ``prop``, ``schema``, ``value``, ``dataset``, ``lang``, ``original_value``,
``external``, ``first_seen``, ``last_seen``, ``origin``, ``id``. In the packed form ``prop`` is ``Person:name`` and
there is no ``schema``.

Ids: ``entity_id``, the id that the source gave. ``canonical_id`` is what somebody else took to be one party; finemesh
judges that itself. Each statement keeps its dataset, unless the user gives one.

What its dates mean: ``last_seen`` is the day of the export; the latest one is the snapshot's date.

What is left out: rows of the property ``id`` (checksums of entities), and ``external`` statements, which an enrichment
suggested and nobody has confirmed (their number is said).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date
from finemesh.model.errors import DataError, SourceError
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import kept
from finemesh.sources.lists.ftm_entities import neutral_name
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.files import open_bytes
from finemesh.sources.raw.jsonl import JsonObject, json_objects
from finemesh.sources.raw.table import Table, csv_grid, sniff_delimiter

FORMAT = "ftm_statements"
_NEEDED = frozenset(("entity_id", "prop", "value", "dataset"))
_FIELDS = _NEEDED | frozenset(
    "id canonical_id prop_type schema lang original_value external first_seen last_seen origin target".split()
)
_LOOK = 50_000
_TRUE = frozenset(("t", "true", "1", "yes"))


@dataclass(frozen=True, slots=True)
class Statement:
    """One row.

    Attributes:
        entity, schema, prop, dataset, lang, seen: As the row says.
        external: Whether nobody has confirmed it.
        value: The cell of the value.
        locator: The place of the row.
    """

    entity: str
    schema: str
    prop: str
    dataset: str
    lang: str
    seen: str
    external: bool
    value: Cell
    locator: str


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its columns, or the keys of its first object."""
    keys = set(probe.csv_header) if not probe.text.lstrip().startswith(("{", "[")) else set(probe.json_object or ())
    if not keys >= _NEEDED:
        return None
    try:
        return Recognition(*look(probe.path, probe.name))
    except SourceError:
        return None


def look(path: Path, name: str) -> tuple[str, str]:
    """Dataset and date of a file, as its first statements tell them."""
    datasets: set[str] = set()
    latest = ""
    try:
        for found in islice(_statements(path), _LOOK):
            if isinstance(found, Statement):
                datasets.add(found.dataset)
                day = found.seen[:10]
                latest = day if day > latest and is_date(day) else latest
    except SourceError:
        pass  # said when the file is read
    return (datasets.pop() if len(datasets) == 1 and "" not in datasets else neutral_name(name)), latest


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every statement of every file."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file, snapshot)


def _read_file(out: FileEmitter, file: InputFile, snapshot: Snapshot) -> None:
    given = look(file.path, file.name)[0] != snapshot.dataset
    writer: EntityWriter | None = None
    count = 0
    for found in kept(out, _statements(file.path)):
        if isinstance(found, SourceError):
            out.issue("bad-row", found.message, found.where or "", severity="error")
            continue
        count += 1
        if found.external:
            message = "statements that an enrichment suggested and nobody has confirmed are not read"
            out.issue("external", message, found.locator, severity="info")
            continue
        if found.prop == "id" or not found.entity:
            if not found.entity:
                out.issue("bad-row", "a statement without entity is not read", found.locator, severity="error")
            continue
        if not _known(out, found):
            continue
        dataset = "" if given else found.dataset
        if (
            writer is None
            or (writer.id, writer.schema) != (found.entity, found.schema)
            or dataset not in ("", writer.dataset)
        ):
            writer = out.entity(found.schema, found.entity, dataset=dataset)
        if ftm.get_property(found.schema, found.prop).type.name == "entity":
            writer.link(found.prop, found.value.text, found.value)
        else:
            writer.add(found.prop, found.value, lang=found.lang)
    if not count:
        out.issue("empty", "no statement could be read", severity="error")


def _known(out: FileEmitter, found: Statement) -> bool:
    try:
        prop = ftm.find_property(found.schema, found.prop)
    except DataError:
        message = f"the schema {found.schema!r} is not known; its statements are not read"
        out.issue("unknown-schema", message, found.locator, severity="error")
        return False
    if prop is None or prop.stub:
        message = f"{found.schema} has no property {found.prop!r}; its values are not read"
        out.issue("unknown-property", message, found.locator)
        return False
    return True


def _statements(path: Path) -> Iterator[Statement | SourceError]:
    with open_bytes(path) as stream:
        head = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"{", b"[")):
        for found in json_objects(path):
            yield _of_object(found) if isinstance(found, JsonObject) else found
        return
    table = Table(csv_grid(path, None, sniff_delimiter(path)))
    for name in table.header:
        if name and name not in _FIELDS:
            yield SourceError(f"the column {name!r} is not known and was not read", where=table.column_locator(name))
    known = [name for name in table.header if name in _FIELDS and name != "value"]
    for row in table:
        yield _statement({name: row.text(name) for name in known}, row["value"], row.locator)


def _of_object(found: JsonObject) -> Statement | SourceError:
    fields = {k: v for k, v in found.value.items() if isinstance(v, str | bool)}
    if not fields.keys() >= {"entity_id", "prop"}:
        return SourceError("an object that is no statement is not read", where=found.locator)
    return _statement({k: str(v) for k, v in fields.items()}, found.cell("value") or EMPTY, found.locator)


def _statement(fields: dict[str, str], value: Cell, locator: str) -> Statement:
    schema, prop = fields.get("schema", ""), fields.get("prop", "")
    if not schema and ":" in prop:
        schema, _, prop = prop.partition(":")
    return Statement(
        fields.get("entity_id", ""),
        schema,
        prop,
        fields.get("dataset", ""),
        fields.get("lang", "") if fields.get("lang", "") != "None" else "",
        fields.get("last_seen", ""),
        fields.get("external", "").casefold() in _TRUE,
        value,
        locator,
    )


READER = ListReader(FORMAT, 1, recognise, read)
