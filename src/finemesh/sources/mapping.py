"""Mapping files: what the columns of a table mean, written by hand in YAML. See ``docs/mapping.md``.

A mapping says nothing that the table does not: every value has a cell as its evidence. What is fixed for a whole table
(its dataset, the kinds of entities) is no statement.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from finemesh.model import schema as ftm
from finemesh.model.errors import DataError, UserError

MAX_SIZE = 1_000_000
"""Bytes that a mapping file may have."""
PROSE = ("prose",)
"""Instead of date formats: dates in words, also several, or a span (``circa 1955``, ``2011 to 2012``)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A text that depends on a cell.

    Attributes:
        column: The column; empty where there is none.
        values: What each text of the column stands for, without regard to case.
        default: What any other text stands for; None where that is to be said as an issue.
    """

    column: str = ""
    values: AnyMapping[str, str] | None = None
    default: str | None = None

    def pick(self, text: str) -> str | None:
        """What a text stands for."""
        found = (self.values or {}).get(text.strip().casefold())
        return found if found is not None else self.default


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """One column (or several that make one value), and the property of its values.

    Attributes:
        columns: The columns.
        properties: Properties, the first that the schema has is taken.
        split: A pattern that divides the values of one cell.
        join: What stands between the values of several columns.
        dates: ``strptime`` formats, or ``prose``, where the values are dates.
        values: What each text stands for; a text that is not among them is an issue.
        match: A pattern; its first group is the value, and what does not match is passed over.
        lang: Language of the values, three letters.
        last_first: Whether names of people are written family name first, with a comma.
    """

    columns: tuple[str, ...]
    properties: tuple[str, ...]
    split: str = ""
    join: str = ", "
    dates: tuple[str, ...] = ()
    values: AnyMapping[str, str] | None = None
    match: str = ""
    lang: str = ""
    last_first: bool = False


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A column of ``label: value`` pairs.

    Attributes:
        column: The column.
        split: A pattern that divides the pairs.
        label: What stands between label and value.
        rules: A rule for each label, in lower case.
        other: Property of pairs with another label (the whole pair).
    """

    column: str
    split: str
    label: str
    rules: AnyMapping[str, PropertyRule]
    other: str


@dataclass(frozen=True, slots=True)
class SanctionRule:
    """What of a row is a designation.

    Attributes:
        each: A rule for the programme, where there is a designation for each of its values.
        properties: The other rules.
    """

    each: PropertyRule | None
    properties: tuple[PropertyRule, ...]


@dataclass(frozen=True, slots=True)
class TableRule:
    """How the rows of a table are read.

    Attributes:
        sheet: The worksheet; empty for a CSV or Parquet file, or any worksheet.
        columns: Columns that a table must have to be this one.
        where: Which rows the rule is for: texts of a column, in lower case.
        schema: The kind of entity.
        prefix: What ids begin with.
        id_columns: The columns that make the id.
        exact: Whether the id is kept as it stands (else it is put in lower case, with hyphens).
        properties, labelled: The rules for columns.
        sanction: The designation, if a row is one.
        ignore: Columns that are left out.
    """

    sheet: str
    columns: tuple[str, ...]
    where: tuple[str, frozenset[str]] | None
    schema: Choice
    prefix: Choice
    id_columns: tuple[str, ...]
    exact: bool
    properties: tuple[PropertyRule, ...]
    labelled: tuple[LabelRule, ...]
    sanction: SanctionRule | None
    ignore: tuple[str, ...]

    def fits(self, header: Sequence[str], sheet: str = "") -> bool:
        """Whether a table has the columns that this rule wants."""
        return (not self.sheet or self.sheet == sheet) and set(self.columns) <= set(header)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file.

    Attributes:
        name: Where it comes from, for messages.
        dataset: The dataset of the tables.
        tables: The rules, in the order in which they are asked.
        ignore_sheets: Worksheets that are left out.
    """

    name: str
    dataset: str
    tables: tuple[TableRule, ...]
    ignore_sheets: tuple[str, ...] = ()

    def rules_for(self, header: Sequence[str], sheet: str = "") -> tuple[TableRule, ...]:
        """The rules for a table with these columns."""
        return tuple(rule for rule in self.tables if rule.fits(header, sheet))


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        UserError: It cannot be read, or says something that it must not; the message names the place.
    """
    try:
        if path.stat().st_size > MAX_SIZE:
            raise UserError("a mapping file of this size is none", where=str(path))
        return parse_mapping(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"the mapping cannot be read: {error}", where=str(path)) from error


def parse_mapping(text: str, name: str) -> Mapping:
    """Read a mapping from its text.

    Raises:
        UserError: It is not YAML, or says something that it must not.
    """
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UserError(f"the mapping is not YAML: {error}", where=name) from error
    return _Reader(name).mapping(raw)


class _Reader:
    """Turns plain values into a mapping, and says where they cannot be."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, place: str, message: str, hint: str = "") -> UserError:
        return UserError(f"{place}: {message}", where=self.name, hint=hint or "see docs/mapping.md")

    def block(self, raw: Any, place: str, allowed: str, required: str = "") -> dict[str, Any]:
        if not isinstance(raw, dict):
            raise self.wrong(place, "a block of keys is expected here")
        for key in raw:
            if key not in allowed.split():
                close = difflib.get_close_matches(str(key), allowed.split(), 1)
                raise self.wrong(f"{place}.{key}", "no such key", f"did you mean {close[0]!r}?" if close else "")
        for key in required.split():
            if key not in raw:
                raise self.wrong(place, f"the key {key!r} is missing")
        return raw

    def text(self, raw: Any, place: str) -> str:
        if not isinstance(raw, str | int | float) or isinstance(raw, bool):
            raise self.wrong(place, "a text is expected here")
        return str(raw)

    def texts(self, raw: Any, place: str) -> tuple[str, ...]:
        items = raw if isinstance(raw, list) else [raw]
        return tuple(self.text(item, f"{place}[{n}]") for n, item in enumerate(items))

    def pairs(self, raw: Any, place: str) -> dict[str, str]:
        if not isinstance(raw, dict):
            raise self.wrong(place, "pairs of texts are expected here")
        return {self.text(k, place).casefold(): self.text(v, f"{place}.{k}") for k, v in raw.items()}

    def pattern(self, raw: Any, place: str) -> str:
        text = self.text(raw, place)
        try:
            re.compile(text)
        except re.error as error:
            raise self.wrong(place, f"not a pattern: {error}") from error
        return text

    def mapping(self, raw: Any) -> Mapping:
        top = self.block(raw, "mapping", "dataset title tables ignore_sheets", "dataset tables")
        dataset = self.text(top["dataset"], "dataset")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", dataset):
            raise self.wrong("dataset", f"not a name: {dataset!r}", "lower case letters, digits and underscores")
        if not isinstance(top["tables"], list) or not top["tables"]:
            raise self.wrong("tables", "a list of at least one table is expected here")
        tables = tuple(self.table(t, f"tables[{n}]") for n, t in enumerate(top["tables"]))
        return Mapping(self.name, dataset, tables, self.texts(top.get("ignore_sheets", []), "ignore_sheets"))

    def table(self, raw: Any, place: str) -> TableRule:
        keys = "sheet columns where schema id properties labelled sanction ignore"
        block = self.block(raw, place, keys, "columns schema id properties")
        schema = self.choice(block["schema"], f"{place}.schema")
        schemata = [s for s in ((schema.values or {}).values()) if s] + ([schema.default] if schema.default else [])
        for name in schemata:
            self.known_schema(name, f"{place}.schema")
        id_ = self.block(block["id"], f"{place}.id", "prefix columns exact", "columns")
        where = None
        if "where" in block:
            pairs = self.block(block["where"], f"{place}.where", "column is", "column is")
            texts = frozenset(t.casefold() for t in self.texts(pairs["is"], f"{place}.where.is"))
            where = self.text(pairs["column"], f"{place}.where.column"), texts
        rules = self.rules(block["properties"], f"{place}.properties", schemata)
        labelled = block.get("labelled", [])
        if not isinstance(labelled, list):
            raise self.wrong(f"{place}.labelled", "a list is expected here")
        return TableRule(
            sheet=self.text(block.get("sheet", ""), f"{place}.sheet"),
            columns=self.texts(block["columns"], f"{place}.columns"),
            where=where,
            schema=schema,
            prefix=self.choice(id_.get("prefix", ""), f"{place}.id.prefix"),
            id_columns=self.texts(id_["columns"], f"{place}.id.columns"),
            exact=id_.get("exact") is True,
            properties=rules,
            labelled=tuple(self.labels(v, f"{place}.labelled[{n}]", schemata) for n, v in enumerate(labelled)),
            sanction=self.sanction(block["sanction"], f"{place}.sanction") if "sanction" in block else None,
            ignore=self.texts(block.get("ignore", []), f"{place}.ignore"),
        )

    def known_schema(self, name: str, place: str) -> None:
        try:
            ftm.get_schema(name)
        except DataError:
            raise self.wrong(place, f"{name!r} is no FollowTheMoney schema") from None

    def choice(self, raw: Any, place: str) -> Choice:
        if isinstance(raw, str | int):
            return Choice(default=str(raw))
        block = self.block(raw, place, "column values default", "column values")
        default = self.text(block["default"], f"{place}.default") if "default" in block else None
        return Choice(self.text(block["column"], place), self.pairs(block["values"], f"{place}.values"), default)

    def rules(self, raw: Any, place: str, schemata: Sequence[str]) -> tuple[PropertyRule, ...]:
        if not isinstance(raw, list):
            raise self.wrong(place, "a list is expected here")
        return tuple(self.rule(r, f"{place}[{n}]", schemata) for n, r in enumerate(raw))

    def rule(self, raw: Any, place: str, schemata: Sequence[str], column: str = "") -> PropertyRule:
        keys = "column columns property split join dates values match lang names"
        block = self.block(raw, place, keys, "property")
        if "value" in block or not (column or "column" in block or "columns" in block):
            raise self.wrong(place, "a column is missing: a value needs a cell as its evidence")
        columns = self.texts(block.get("columns", block.get("column", column)), f"{place}.column")
        properties = self.texts(block["property"], f"{place}.property")
        for schema in schemata:
            known = ftm.get_schema(schema).properties
            if not any(p in known for p in properties):
                close = difflib.get_close_matches(properties[0], known, 1)
                hint = f"did you mean {close[0]!r}?" if close else "name a second property for this schema"
                raise self.wrong(f"{place}.property", f"{schema} has no property {' or '.join(properties)}", hint)
        names = self.text(block.get("names", ""), f"{place}.names")
        if names not in ("", "last-first"):
            raise self.wrong(f"{place}.names", f"not known: {names!r}", "last-first")
        return PropertyRule(
            columns,
            properties,
            split=self.pattern(block.get("split", ""), f"{place}.split"),
            join=self.text(block.get("join", ", "), f"{place}.join"),
            dates=self.texts(block.get("dates", []), f"{place}.dates"),
            values=self.pairs(block["values"], f"{place}.values") if "values" in block else None,
            match=self.pattern(block.get("match", ""), f"{place}.match"),
            lang=self.text(block.get("lang", ""), f"{place}.lang"),
            last_first=bool(names),
        )

    def labels(self, raw: Any, place: str, schemata: Sequence[str]) -> LabelRule:
        block = self.block(raw, place, "column split label properties other", "column label properties other")
        if not isinstance(block["properties"], dict):
            raise self.wrong(f"{place}.properties", "a property for each label is expected here")
        column = self.text(block["column"], f"{place}.column")
        rules: dict[str, PropertyRule] = {}
        for label, value in block["properties"].items():
            inner = value if isinstance(value, dict) else {"property": value}
            rules[self.text(label, place).casefold()] = self.rule(inner, f"{place}.properties.{label}", (), column)
        return LabelRule(
            column,
            self.pattern(block.get("split", ""), f"{place}.split"),
            self.text(block["label"], f"{place}.label"),
            rules,
            self.text(block["other"], f"{place}.other"),
        )

    def sanction(self, raw: Any, place: str) -> SanctionRule:
        block = self.block(raw, place, "each properties", "properties")
        each = None
        if "each" in block:
            each = self.rule({"property": "program", **block["each"]}, f"{place}.each", ("Sanction",))
        return SanctionRule(each, self.rules(block["properties"], f"{place}.properties", ("Sanction",)))
