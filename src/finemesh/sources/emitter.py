"""What readers write to: statements with their evidence, and issues.

A reader names an entity, and adds values with the cells in which they stand. A value that FollowTheMoney's type
does not accept becomes an issue with its place, never a silent loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date, parse_date
from finemesh.model.errors import DataError
from finemesh.model.issue import Issue, Severity
from finemesh.sources.raw.cell import Cell

MAX_NAME = 1000
"""Characters that a name may have; a longer one is a misplaced paragraph."""

PartRow = tuple[str, str, str, str, str, str, str, str, str, str]
"""A row of :data:`finemesh.store.tables.PART`."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One archived file, as readers see it.

    Attributes:
        path: Where its bytes are.
        name: Its name as it was added.
        sha256: Its hash.
        part: Which part of a list it is.
    """

    path: Path
    name: str
    sha256: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dataset as of one date: what a reader is given.

    Attributes:
        dataset: Its name.
        date: The snapshot's date (partial ISO).
        files: Its files, in a fixed order.
    """

    dataset: str
    date: str
    files: tuple[InputFile, ...]

    def part(self, name: str) -> InputFile | None:
        """The file that is a certain part of the list, or None."""
        return next((f for f in self.files if f.part == name), None)


class IssueLog:
    """Issues, with repeats counted."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Issue] = {}

    def add(self, issue: Issue) -> None:
        """Note an issue; of equal ones (but for their place) the first place is kept."""
        key = (issue.code, issue.message, issue.severity, issue.dataset, issue.source, issue.sha256)
        known = self._found.get(key)
        self._found[key] = replace(known, count=known.count + issue.count) if known else issue

    def all(self) -> list[Issue]:
        """All issues in a fixed order."""
        return sorted(self._found.values(), key=lambda i: (i.dataset, i.source, i.code, i.locator, i.message))


class Emitter:
    """Collects what is read from one snapshot.

    Attributes:
        rows: Statement and evidence, one row each.
        issues: What could not be read.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.rows: list[PartRow] = []
        self.issues = IssueLog()

    def file(self, file: InputFile) -> FileEmitter:
        """An emitter whose evidence points into one file."""
        return FileEmitter(self, file)

    def issue(self, code: str, message: str, *, severity: Severity = "warning", source: str = "") -> None:
        """Note an issue about the snapshot as a whole."""
        self.issues.add(Issue(code, message, severity, self.snapshot.dataset, source or self.snapshot.date))


class FileEmitter:
    """Statements and issues of one file."""

    def __init__(self, parent: Emitter, file: InputFile) -> None:
        self.parent = parent
        self.file = file
        self.dataset = parent.snapshot.dataset
        self.snapshot = parent.snapshot.date
        self.sha256 = file.sha256
        self.rows = parent.rows

    def entity(self, schema: str, id: str, *, dataset: str = "", once: bool = False) -> EntityWriter:
        """Begin (or go on with) an entity.

        Args:
            schema: FollowTheMoney schema.
            id: Entity id; the same id in another snapshot is the same entity.
            dataset: Where an entity belongs to another dataset than the file does.
            once: Keep only the first place of each value, for lists that repeat an entry's facts in every row.
        """
        return EntityWriter(self, schema, id, dataset or self.dataset, once)

    def issue(self, code: str, message: str, locator: str = "", *, severity: Severity = "warning") -> None:
        """Note an issue with its place."""
        self.parent.issues.add(Issue(code, message, severity, self.dataset, self.file.name, self.file.sha256, locator))


class EntityWriter:
    """Adds values to one entity.

    Attributes:
        id: Its id.
        schema: Its schema.
        dataset: The dataset that its statements belong to.
    """

    __slots__ = ("_once", "_out", "_seen", "dataset", "id", "schema")

    def __init__(self, out: FileEmitter, schema: str, id: str, dataset: str, once: bool = False) -> None:
        self._out = out
        self.dataset = dataset
        self._once = once
        self._seen: set[tuple[str, str, str, str]] = set()
        self.id = id
        self.schema = schema

    def add(self, prop: str, *cells: Cell, value: str | None = None, lang: str = "") -> bool:
        """Add one value.

        Args:
            prop: FollowTheMoney property.
            cells: Where it stands; several where the list spreads one value over several cells. Empty
                cells are passed over.
            value: The value, where it is not simply the text of the only cell.
            lang: Language of the value, three letters.

        Returns:
            Whether anything was added: False where the cells are empty or the value cannot be read as the
            property's type (which is noted as an issue).
        """
        places = _places(cells)
        if not places:
            return False
        raw = next(c.text for c in cells if c) if value is None else value
        try:
            cleaned = ftm.clean_value(self.schema, prop, raw)
        except DataError:  # a kind of party that has no such property: a damaged or contradictory record
            self._out.issue(
                "unfitting", f"{self.schema} has no {prop}; kept as a note: {_short(raw)!r}", places[0].locator
            )
            return prop != "notes" and self.add("notes", *cells, value=value, lang=lang)
        if not cleaned or cleaned.isspace():
            self._out.issue(
                f"bad-{ftm.get_property(self.schema, prop).type.name}",
                f"{prop}: cannot be read: {_short(raw)!r}",
                places[0].locator,
            )
            return False
        if len(cleaned) > MAX_NAME and ftm.get_property(self.schema, prop).type.name == "name":
            self._out.issue(
                "too-long",
                f"{prop}: {len(cleaned):,} characters are no name: {_short(cleaned)!r}",
                places[0].locator,
            )
            return False
        return self._write(prop, cleaned, lang, places)

    def add_all(self, prop: str, cells: Iterable[Cell], lang: str = "") -> None:
        """Add one value for each cell."""
        for cell in cells:
            self.add(prop, cell, lang=lang)

    def link(self, prop: str, target: str, *cells: Cell) -> bool:
        """Add a value that is another entity's id."""
        places = _places(cells)
        return bool(places) and self._write(prop, target, "", places)

    def date(self, prop: str, cell: Cell, formats: Sequence[str] = ("%Y-%m-%d", "%Y-%m", "%Y")) -> str | None:
        """Add a date written in one of some formats; an unreadable one becomes an issue.

        Returns:
            The partial ISO date, or None.
        """
        if not cell:
            return None
        found = parse_date(cell.text, formats)
        if found is None or not is_date(found):
            self._out.issue("bad-date", f"{prop}: cannot be read: {_short(cell.text)!r}", cell.locator)
            return None
        self._write(prop, found, "", cell.places())
        return found

    def _write(self, prop: str, value: str, lang: str, places: Sequence[Cell]) -> bool:
        out, seen = self._out, self._seen
        snapshot, sha256 = out.snapshot, out.sha256
        if self._once:
            key = (prop, value, lang, "")
            if key in seen:
                return True
            seen.add(key)
        for cell in places:
            locator, file = cell.locator, cell.sha256
            if not self._once:
                key = (prop, value, lang, file + locator)
                if key in seen:
                    continue
                seen.add(key)
            out.rows.append(
                (self.dataset, snapshot, self.id, self.schema, prop, value, lang, file or sha256, locator, cell.text)
            )
        return True


def _places(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The stretches of the artifact that make up some cells (one cell is by far the most frequent)."""
    return cells[0].places() if len(cells) == 1 else [place for c in cells for place in c.places()]


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."
