"""OpenSanctions' ``targets.simple.csv``: one row for each target of a dataset. Read for Ukraine's War and Sanctions.

Format: https://www.opensanctions.org/docs/bulk/csv/. A cell may hold several values, itself a line of CSV divided by
semicolons. The maker's ids are kept.

Datasets: the column ``dataset`` gives titles, not names. Ukraine's "War and Sanctions" (Defence Intelligence of
Ukraine, https://war-sanctions.gur.gov.ua) is known as ``ua_war_sanctions``; any other title becomes a name of its own,
and a file that mixes titles takes the file's name, unless the user says otherwise.

What its dates mean: ``last_seen`` is the day of the export. A sanction is one text of programme, reason, status, first
and last day, divided by ``" - "``; days at its end are read as such (the first day is that of the designation).
Ukraine's list publishes none.

What is left out: ``first_seen`` and ``last_change``, which say when the maker saw something, not when it was so.
Identifiers come without their kind; it is told by their form (IMO, MMSI, and Russian tax and registration numbers
by their check digits), and what has no such form is a number of identity or registration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rigour.ids import INN, ISIN, LEI, OGRN

from finemesh.model import schema as ftm
from finemesh.model.dates import is_date
from finemesh.model.errors import DataError
from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import digest, kept, report_table, sanction, slug
from finemesh.sources.lists.ftm_entities import neutral_name
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Row, Table, csv_grid, sniff_delimiter

FORMAT = "targets_simple"
_COLUMNS = {"id", "schema", "name", "aliases", "birth_date", "countries", "identifiers", "sanctions", "dataset"}
_IGNORED = ("first_seen", "last_seen", "last_change")
_OPTIONAL = ("program_ids",)
_TITLES = {"Ukraine War and Sanctions": "ua_war_sanctions"}
_VALUE = re.compile(r'(?:^|;)(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^;"][^;]*|))(?=;|$)')
_DAYS = re.compile(r"(?:^| - )(?P<day>\d{4}(?:-\d\d){0,2})$")


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its columns; titles and the date of the export stand in its rows."""
    header = probe.csv_header
    if not set(header) >= _COLUMNS:
        return None
    rows = [dict(zip(header, row, strict=False)) for row in probe.csv_rows(200)[1:]]
    titles = {title for row in rows for title in row.get("dataset", "").split(";") if title}
    seen = max((row.get("last_seen", "")[:10] for row in rows), default="")
    return Recognition(dataset_of(titles, probe.name), seen if is_date(seen) else "")


def dataset_of(titles: set[str], name: str) -> str:
    """The dataset of a file, by the titles in it."""
    if len(titles) != 1:
        return neutral_name(name)
    title = next(iter(titles))
    return _TITLES.get(title) or slug(title).replace("-", "_")


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file)


def _read_file(out: FileEmitter, file: InputFile) -> None:
    table = Table(csv_grid(file.path, None, sniff_delimiter(file.path)))
    seen: set[str] = set()
    for row in kept(out, table):
        if len(row.values) != len(table.header):
            message = f"{len(row.values)} columns where {len(table.header)} are expected; the row is not read"
            out.issue("bad-row", message, row.locator, severity="error")
            continue
        _read_row(out, row, seen)
    if not seen:
        out.issue("empty", "no target could be read", severity="error")
    report_table(out, table, _IGNORED, _OPTIONAL)


def _read_row(out: FileEmitter, row: Row, seen: set[str]) -> None:
    key, schema = row["id"], row["schema"]
    try:
        ftm.get_schema(schema.text)
    except DataError:
        message = f"the schema {schema.text!r} is not known; its targets are not read"
        out.issue("unknown-schema", message, row.locator, severity="error")
        return
    if not key:
        out.issue("bad-row", "a target without id is not read", row.locator, severity="error")
        return
    if key.text in seen:
        out.issue("duplicate-id", f"target {key.text} stands here again; both are kept", row.locator)
    seen.add(key.text)
    party = out.entity(schema.text, key.text)
    party.add("name", row["name"])
    countries = {value for _, value in _values(row["countries"])}
    for column, prop in (
        ("aliases", "alias"),
        ("birth_date", "birthDate"),
        ("countries", "country"),
        ("addresses", "address"),
        ("phones", "phone"),
        ("emails", "email"),
    ):
        for cell, value in _values(row[column]):
            if ftm.find_property(party.schema, prop) is None:
                party.add("notes", cell, value=value)
            else:
                party.add(prop, cell, value=value)
    for cell, value in _values(row["identifiers"]):
        party.add(identifier_property(party.schema, value, "ru" in countries), cell, value=value)
    _read_sanctions(out, row, party, key)
    row["dataset"]


def _values(cell: Cell) -> Iterator[tuple[Cell, str]]:
    """The values of a cell that is a line of CSV, each with its stretch; empty ones are left out."""
    for match in _VALUE.finditer(cell.text):
        group = "quoted" if match["quoted"] is not None else "plain"
        stretch = cell.group(match, group).strip()
        if stretch:
            text = stretch.text
            yield stretch, text.replace('""', '"') if group == "quoted" else text


def identifier_property(schema: str, value: str, russian: bool) -> str:
    """The property of a number that comes without its kind, by its form."""
    properties = ftm.get_schema(schema).properties
    if re.fullmatch(r"IMO\d{7}", value) and "imoNumber" in properties:
        return "imoNumber"
    if "mmsi" in properties:
        return "mmsi" if re.fullmatch(r"\d{9}", value) else "callSign"
    forms: list[tuple[str, Any]] = [("leiCode", LEI), ("isinCode", ISIN)]
    if russian:
        forms += [("innCode", INN), ("ogrnCode", OGRN)]
    for prop, form in forms:
        if prop in properties and form.is_valid(value):
            return prop
    if schema == "Person":
        return "idNumber"
    return "registrationNumber" if "registrationNumber" in properties else "notes"


def _read_sanctions(out: FileEmitter, row: Row, party: EntityWriter, key: Cell) -> None:
    """A sanction for each programme; reasons go to all of them, as the file does not say which is whose."""
    whole, programmes = row["sanctions"], [cell for cell, _ in _values(row["program_ids"])]
    texts = list(_values(whole))
    if not whole and not programmes:
        return
    writers = [sanction(out, party, key, programme) for programme in programmes] or [sanction(out, party, key)]
    for writer, programme in zip(writers, programmes, strict=False):
        writer.add("programId", programme)
    if not texts:
        writers[0].link("entity", party.id, whole)
    for cell, value in texts:
        days: list[Cell] = []
        rest = cell
        while (match := _DAYS.search(rest.text)) and is_date(match["day"]) and len(days) < 2:
            days.insert(0, rest.group(match, "day"))
            rest = rest.cut(0, match.start()).strip()
        if days and (len(texts) > 1 or len(writers) > 1):
            own = sanction(out, party, key, suffix=digest(value))
            writers = [*writers, own]
            targets = [own]
        else:
            targets = writers[: max(len(programmes), 1)]
        for writer in targets:
            writer.add("reason", rest, value=rest.text.replace('""', '"') if rest else None)
            for prop, day in zip(("startDate", "endDate"), days, strict=False):
                writer.add(prop, day)


READER = ListReader(FORMAT, 1, recognise, read)
