"""Any table with a mapping file: CSV, workbook or Parquet (see :mod:`finemesh.sources.mapping`).

Mappings come from three places: those in this package (``data/mappings``), which know their tables by their columns;
one that is added to the case together with its table; and one that the user names. A mapping in the case goes before
those of the package.

What its dates mean, and what is left out: the mapping says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date, parse_date
from finemesh.model.errors import SourceError, UserError
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import kept, report_table, slug
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.prose import add_dates
from finemesh.sources.mapping import PROSE, LabelRule, Mapping, PropertyRule, TableRule, load_mapping, parse_mapping
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.parquet import begins_as_parquet, parquet_columns, parquet_grid
from finemesh.sources.raw.table import Row, Table, csv_grid, sheet_grid, sheet_names, sniff_delimiter

FORMAT = "mapped_table"
ENDING = ".mapping.yml"
"""What the name of a mapping file ends in: ``suppliers.csv.mapping.yml`` belongs to ``suppliers.csv``."""
MAPPING, TABLE = "mapping", "table"
"""Parts of a snapshot."""
_COUNTRY_PROPS = frozenset("country nationality citizenship jurisdiction flag birthCountry mainCountry".split())


@cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings of this package."""
    folder = files("finemesh").joinpath("data", "mappings")
    paths = sorted((p for p in folder.iterdir() if p.name.endswith(".yml")), key=lambda p: p.name)
    return tuple(parse_mapping(p.read_text(encoding="utf-8"), p.name) for p in paths)


def recognise(probe: Probe) -> Recognition | None:
    """Know a mapping file by its name, and a table by a mapping of this package for its columns."""
    if probe.name.lower().endswith(ENDING):
        try:
            return Recognition(load_mapping(probe.path).dataset, part=MAPPING)
        except UserError:
            return None
    for mapping in shipped():
        if (found := recognise_with(probe, mapping)) is not None:
            return found
    return None


def recognise_with(probe: Probe, mapping: Mapping) -> Recognition | None:
    """Say whether a mapping fits a table; the date stands in the path, if at all.

    The command line calls this for a mapping that the user names.
    """
    for header, sheet in _headers(probe):
        if mapping.rules_for(header, sheet):
            return Recognition(mapping.dataset, part=TABLE)
    return None


def _headers(probe: Probe) -> Iterator[tuple[Sequence[str], str]]:
    """The header of each table in a file."""
    if begins_as_parquet(probe.path):
        try:
            yield parquet_columns(probe.path), ""
        except SourceError:
            return
    elif probe.sheets:
        for sheet, rows in probe.sheets.items():
            yield next((row for row in rows if any(row)), []), sheet
    elif probe.csv_header:
        yield probe.csv_header, ""


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every table of the snapshot, by the mappings in it and those of this package."""
    own: list[Mapping] = []
    for file in snapshot.files:
        if file.part == MAPPING:
            try:
                own.append(load_mapping(file.path))
            except UserError as error:
                emitter.file(file).issue("bad-mapping", f"{error.message}", severity="error")
    for file in snapshot.files:
        if file.part != MAPPING:
            read_table(emitter.file(file), file, (*own, *shipped()))


def read_table(out: FileEmitter, file: InputFile, mappings: Sequence[Mapping]) -> None:
    """Read one file by the first mapping that fits any of its tables.

    Raises:
        SourceError: The file cannot be read at all.
    """
    tables = list(_tables(file))
    mapping = next((m for m in mappings if any(m.rules_for(t.header, s) for t, s in tables)), None)
    if mapping is None:
        out.issue("no-mapping", "no mapping fits the columns of this table; it is not read", severity="error")
        return
    for table, sheet in tables:
        rules = mapping.rules_for(table.header, sheet)
        if rules:
            _read_rows(out, table, rules)
        elif sheet not in mapping.ignore_sheets:
            message = f"the mapping {mapping.name} has no rule for the sheet {sheet!r}; it is not read"
            out.issue("unknown-sheet", message, f"sheet={sheet}" if sheet else "")


def _tables(file: InputFile) -> Iterator[tuple[Table, str]]:
    if begins_as_parquet(file.path):
        yield Table(parquet_grid(file.path), parquet_columns(file.path)), ""
        return
    with file.path.open("rb") as stream:
        workbook = stream.read(2) == b"PK"
    if workbook:
        for sheet in sheet_names(file.path):
            yield Table(sheet_grid(file.path, sheet), prefix=f"sheet={sheet};"), sheet
        return
    yield Table(csv_grid(file.path, None, sniff_delimiter(file.path))), ""


def _read_rows(out: FileEmitter, table: Table, rules: Sequence[TableRule]) -> None:
    seen: dict[str, str] = {}
    for row in kept(out, table):
        rule = next((r for r in rules if _is_for(r, row)), None)
        if rule is None:
            out.issue("no-rule", "the mapping has no rule for a row; it is not read", row.locator)
            continue
        RowReader(out, rule, row, seen).read()
    for rule in rules:
        for columns in _columns_of(rule):
            table.expect(columns)
    report_table(out, table, {name for rule in rules for name in rule.ignore})


def _columns_of(rule: TableRule) -> Iterator[Sequence[str]]:
    yield rule.id_columns
    every = (*rule.properties, *(rule.sanction.properties if rule.sanction else ()))
    yield from (r.columns for r in every)
    yield [r.column for r in rule.labelled]


def _is_for(rule: TableRule, row: Row) -> bool:
    return rule.where is None or row.text(rule.where[0]).casefold() in rule.where[1]


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads one row.

    Attributes:
        out: Where to write.
        rule: How.
        row: The row.
        seen: Ids of the table with the rows in which they first stood.
    """

    out: FileEmitter
    rule: TableRule
    row: Row
    seen: dict[str, str]

    def read(self) -> None:
        """Write the entity of the row, and its designations."""
        keys = [self.row[column] for column in self.rule.id_columns]
        schema = self._schema()
        if schema is None or not all(keys):
            message = "a row without id is not read" if schema else "a row of no known kind is not read"
            self.out.issue("bad-row", message, self.row.locator, severity="error")
            return
        id_ = self._id(keys)
        if id_ in self.seen:
            self.out.issue("duplicate-id", "a row has the id of another; both are kept as one entity", self.row.locator)
        self.seen.setdefault(id_, self.row.locator)
        party = self.out.entity(schema, id_)
        named = False
        for rule in self.rule.properties:
            added = self.add(party, rule)
            named = named or (added and rule.properties[0] in ("name", "lastName", "full"))
        for labels in self.rule.labelled:
            self._labelled(party, labels)
        if not named:
            which = f" ({self.rule.where[0]}: {self.row.text(self.rule.where[0])})" if self.rule.where else ""
            message = f"no name stands in the row{which}; the entity is kept without one"
            self.out.issue("no-name", message, self.row.locator)
        if self.rule.sanction is not None:
            self._sanctions(party, keys[0])

    def _schema(self) -> str | None:
        choice = self.rule.schema
        cell = self.row[choice.column] if choice.column else EMPTY
        found = choice.pick(cell.text)
        if found is None:
            self.out.issue("unknown-value", f"{choice.column}: {cell.text!r} is not in the mapping", cell.locator)
        return found or None

    def _id(self, keys: Sequence[Cell]) -> str:
        choice = self.rule.prefix
        prefix = choice.pick(self.row.text(choice.column) if choice.column else "") or ""
        texts = [k.text for k in keys]
        return prefix + ("-".join(texts) if self.rule.exact else "-".join(slug(t) for t in texts))

    def add(self, writer: EntityWriter, rule: PropertyRule) -> bool:
        """Add the values of a rule; says whether there was any."""
        cells = [cell for column in rule.columns if (cell := self.row[column])]
        if len(rule.columns) > 1:
            prop = self._property(writer, rule)
            return (
                bool(cells)
                and prop is not None
                and writer.add(prop, *cells, value=rule.join.join(c.text for c in cells))
            )
        added = False
        for cell in cells:
            for part in cell.split(rule.split) if rule.split else (cell,):
                added = self.value(writer, rule, part) or added
        return added

    def _property(self, writer: EntityWriter, rule: PropertyRule) -> str | None:
        known = ftm.get_schema(writer.schema).properties
        return next((p for p in rule.properties if p in known), None)

    def value(self, writer: EntityWriter, rule: PropertyRule, cell: Cell) -> bool:
        """Add one value."""
        prop = self._property(writer, rule)
        if rule.match:
            found = re.search(rule.match, cell.text)
            cell = cell.group(found, 1 if found.re.groups else 0) if found else EMPTY
        cell = cell.strip()
        if not cell or prop is None:
            return False
        if rule.values is not None:
            value = rule.values.get(cell.text.casefold())
            if value is None:
                self.out.issue("unknown-value", f"{rule.columns[0]}: {cell.text!r} is not in the mapping", cell.locator)
                return False
            return not value or writer.add(prop, cell, value=value)
        if rule.dates == PROSE:
            return add_dates(writer, prop, cell) > 0
        if rule.dates:
            day = parse_date(cell.text, rule.dates)
            if day is None or not is_date(day):
                self.out.issue("bad-date", f"{prop}: cannot be read: {cell.text!r}", cell.locator)
                return False
            return writer.add(prop, cell, value=day)
        if prop in _COUNTRY_PROPS:
            add_countries(writer, prop, cell)
            return True
        value = cell.text
        if rule.last_first and writer.schema == "Person" and ", " in value:
            last, _, first = value.partition(", ")
            value = f"{first} {last}"
        if prop == "imoNumber" and (digits := re.sub(r"\D", "", value)):
            value = f"IMO{digits}"
        return writer.add(prop, cell, value=value, lang=rule.lang)

    def _labelled(self, writer: EntityWriter, rule: LabelRule) -> None:
        column = self.row[rule.column]
        for pair in column.split(rule.split) if rule.split else [column]:
            label, divider, _ = pair.text.partition(rule.label)
            inner = rule.rules.get(label.strip().casefold()) if divider else None
            value = pair.cut(len(label) + len(divider), len(pair.text)).strip() if divider else EMPTY
            if inner is None or self._property(writer, inner) is None:
                writer.add(rule.other, pair)
            else:
                self.value(writer, inner, value)

    def _sanctions(self, party: EntityWriter, key: Cell) -> None:
        rule = self.rule.sanction
        assert rule is not None
        column = self.row[rule.each.columns[0]] if rule.each else EMPTY
        programmes = (column.split(rule.each.split) if rule.each.split else [column]) if rule.each and column else []
        if not programmes and not any(self.row[c] for inner in rule.properties for c in inner.columns):
            return
        for programme in programmes or [EMPTY]:
            tail = slug(programme.text) if programme else "sanction"
            writer = self.out.entity("Sanction", f"{party.id}-{tail}")
            writer.link("entity", party.id, key)
            if programme and rule.each:
                self.value(writer, rule.each, programme)
            for inner in rule.properties:
                self.add(writer, inner)


READER = ListReader(FORMAT, 1, recognise, read)
