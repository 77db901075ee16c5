"""FollowTheMoney entities: JSON lines, one JSON array, and targets with their neighbours nested inside them.

Format: https://followthemoney.tech/docs/ ("entity files") and
https://www.opensanctions.org/docs/bulk/json/ (``entities.ftm.json``, ``targets.nested.json``). The file may come
from anybody; finemesh takes over the ids and values as they stand.

Datasets: an entity names the datasets that it was made of. Where a file is of one dataset throughout, the file
is a snapshot of that dataset. Where it mixes datasets, it gets a neutral name (that of the file), and each entity
that names exactly one dataset keeps it; one that names several was merged by the file's maker, and belongs to
the neutral name, as nobody can tell its values apart any more. A dataset given by the user goes before all of this.
Where a file mixes datasets, those of each entity are its ``publisher``: two entities that stand on one list are
hardly one party.

What its dates mean: ``last_seen`` is the day of the export, so the latest one is the snapshot's date. The dates of
designations stand in the file's ``Sanction`` entities.

What is left out: ``caption`` (one of the names), ``referents`` (ids of other makers), ``target``, and the maker's own
``first_seen``, ``last_seen`` and ``last_change``, which say when the maker saw something, not when it was so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date
from finemesh.model.errors import DataError, SourceError
from finemesh.model.locator import escape
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import slug
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.jsonl import JsonObject, json_objects, pointer_of, scalar_text

FORMAT = "ftm_entities"
_LOOK = 50_000
"""Objects that are looked at to tell whether a file mixes datasets."""
_FIELDS = frozenset(
    "id schema properties datasets dataset caption referents target first_seen last_seen last_change origin".split()
)
_ENDINGS = (
    ".gz",
    ".json",
    ".jsonl",
    ".ndjson",
    ".ijson",
    ".ftm",
    ".nested",
    ".csv",
    ".simple",
    ".targets",
    ".statements",
)
_MAX_NESTING = 20


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its first object: an id, a schema and properties."""
    if not probe.text.lstrip().startswith(("{", "[")):
        return None
    try:
        first = next((o for o in islice(json_objects(probe.path), 20) if isinstance(o, JsonObject)), None)
        if first is None or not _is_entity(first.value):
            return None
        dataset, snapshot = look(probe.path, probe.name)
    except SourceError:
        return None
    return Recognition(dataset, snapshot)


def look(path: Path, name: str) -> tuple[str, str]:
    """Dataset and date of a file, as its entities tell them."""
    datasets: set[str] = set()
    latest = ""
    try:
        for found in islice(json_objects(path), _LOOK):
            if isinstance(found, JsonObject):
                datasets.update(_datasets(found.value))
                seen = found.value.get("last_seen")
                if isinstance(seen, str) and seen > latest and is_date(seen[:10]):
                    latest = seen[:10]
    except SourceError:
        pass  # said when the file is read
    return (datasets.pop() if len(datasets) == 1 else neutral_name(name)), latest


def neutral_name(name: str) -> str:
    """The dataset of a file that names none, or several: ``my targets.ftm.json`` becomes ``my_targets``."""
    stem = PurePosixPath(name).name
    while PurePosixPath(stem.lower()).suffix in _ENDINGS:
        stem = stem.rpartition(".")[0]
    return slug(stem or name).replace("-", "_")


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every entity of every file."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file, snapshot)


def _read_file(out: FileEmitter, file: InputFile, snapshot: Snapshot) -> None:
    given = look(file.path, file.name)[0] != snapshot.dataset
    seen: set[str] = set()
    entities = 0
    for found in json_objects(file.path):
        if isinstance(found, SourceError):
            out.issue("bad-row", found.message, found.where or "", severity="error")
            continue
        if not _is_entity(found.value):
            out.issue("bad-row", "an object without id, schema and properties is no entity", found.locator)
            continue
        Reader(out, found, keep=not given, snapshot=snapshot.dataset).read(found.value, ())
        if found.value["id"] in seen:
            out.issue("duplicate-id", f"entity {found.value['id']} stands here again; both are kept", found.locator)
        seen.add(found.value["id"])
        entities += 1
    if not entities:
        out.issue("empty", "no entity could be read", severity="error")


def _is_entity(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str)
        and bool(value["id"].strip())
        and isinstance(value.get("schema"), str)
        and isinstance(value.get("properties"), dict)
    )


def _datasets(value: dict[str, Any]) -> list[str]:
    named = value.get("datasets", value.get("dataset"))
    names = [named] if isinstance(named, str) else named
    return sorted({n for n in names if isinstance(n, str) and n}) if isinstance(names, list) else []


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one object and the entities nested in it.

    Attributes:
        out: Where to write.
        object: The object.
        keep: Whether entities keep the dataset that they name.
        snapshot: Dataset of the file.
    """

    out: FileEmitter
    object: JsonObject
    keep: bool
    snapshot: str = ""

    def read(self, value: dict[str, Any], path: tuple[str | int, ...], dataset: str = "") -> EntityWriter | None:
        """Read an entity at a path of the object; None where its schema is not known.

        Args:
            value: The entity.
            path: Where it stands in the object.
            dataset: Its dataset if it names none itself.
        """
        for field in value.keys() - _FIELDS:
            self.out.issue("unknown-field", f"the field {field!r} is not known and was not read", self.object.locator)
        try:
            ftm.get_schema(value["schema"])
        except DataError:
            message = f"the schema {value['schema']!r} is not known; its entities are not read"
            self.out.issue("unknown-schema", message, self.object.locator, severity="error")
            return None
        named = _datasets(value) if self.keep else []
        dataset = dataset if not named else named[0] if len(named) == 1 else ""
        writer = self.out.entity(value["schema"], value["id"], dataset=dataset)
        self._lists(writer, value, path)
        for prop, values in value["properties"].items():
            for step, item in self._items(values):
                self._value(writer, value, prop, item, (*path, "properties", prop, *step), path)
        return writer

    def _lists(self, writer: EntityWriter, value: dict[str, Any], path: tuple[str | int, ...]) -> None:
        """State the datasets that an entity names, where they are not that of the file."""
        if not isinstance(value.get("datasets"), list) or _datasets(value) == [self.snapshot]:
            return
        if ftm.find_property(writer.schema, "publisher") is not None:
            for number, name in enumerate(value["datasets"]):
                writer.add("publisher", self._cell(name, (*path, "datasets", number)))

    @staticmethod
    def _items(values: Any) -> Iterator[tuple[tuple[int, ...], Any]]:
        if isinstance(values, list):
            yield from (((number,), item) for number, item in enumerate(values))
        else:
            yield (), values

    def _value(
        self,
        writer: EntityWriter,
        owner: dict[str, Any],
        prop: str,
        item: Any,
        path: tuple[str | int, ...],
        owner_path: tuple[str | int, ...],
    ) -> None:
        cell = self._cell(item, path)
        known = ftm.find_property(writer.schema, prop)
        if known is None:
            message = f"{writer.schema} has no property {prop!r}; its values are not read"
            self.out.issue("unknown-property", message, cell.locator or self.object.locator)
        elif isinstance(item, dict):
            self._nested(writer, owner, prop, item, path, owner_path)
        elif isinstance(item, list):
            self.out.issue("bad-value", f"{prop}: a list inside a list is not read", self.object.locator)
        elif known.stub:
            message = f"{prop} is the far side of a relation, which is read from its own entity"
            self.out.issue("far-side", message, cell.locator, severity="info")
        elif known.type.name == "entity":
            writer.link(prop, cell.text.strip(), cell)
        else:
            writer.add(prop, cell)

    def _nested(
        self,
        writer: EntityWriter,
        owner: dict[str, Any],
        prop: str,
        item: dict[str, Any],
        path: tuple[str | int, ...],
        owner_path: tuple[str | int, ...],
    ) -> None:
        """Read an entity inside another, and the relation between them (stated on whichever side has it)."""
        known = ftm.get_property(writer.schema, prop)
        if not _is_entity(item) or known.type.name != "entity" or len(path) > 3 * _MAX_NESTING:
            self.out.issue("bad-value", f"{prop}: an object that is no entity is not read", self.object.locator)
            return
        inner = self.read(item, path, writer.dataset)
        if inner is None:
            return
        if not known.stub:
            writer.link(prop, inner.id, self._cell(item["id"], (*path, "id")))
        elif known.reverse is not None and ftm.find_property(inner.schema, known.reverse.name) is not None:
            inner.link(known.reverse.name, writer.id, self._cell(owner["id"], (*owner_path, "id")))

    def _cell(self, item: Any, path: tuple[str | int, ...]) -> Cell:
        if item is None or isinstance(item, dict | list):
            return EMPTY
        return Cell(scalar_text(item), self.object.prefix + escape(pointer_of(path)))


READER = ListReader(FORMAT, 2, recognise, read)
