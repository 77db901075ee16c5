"""Statements, evidence, entities and designations from the pieces that were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from finemesh.model import schema as ftm
from finemesh.model.authority import authority_of_country
from finemesh.model.dataset import authority_of
from finemesh.model.dates import earliest
from finemesh.model.entity import COUNTRY_PROPS, NAME_PROPS, EntityRecord
from finemesh.store import tables
from finemesh.store.tables import DESIGNATIONS, EVIDENCE, SNAPSHOTS, STATEMENTS, literal

_SANCTION_FIELDS = {
    "program": "programme",
    "provisions": "measures",
    "authorityId": "reference",
    "summary": "legal_basis",
    "startDate": "designated",
    "date": "effective",
    "listingDate": "published",
    "modifiedAt": "amended",
    "endDate": "delisted",
}
_DATE_FIELDS = ("designated", "effective", "published", "amended", "delisted")


def merge_statements(parts: Sequence[Path], folder: Path) -> tuple[int, int]:
    """Write the tables of statements and evidence from the parts of all snapshots.

    A statement is told apart by dataset, entity, property, value and language; each snapshot and place that holds it
    is one row of evidence.

    Returns:
        The number of statements and of evidence rows.
    """
    scratch = folder / ".scratch"
    with tables.connect(scratch) as connection:
        if parts:
            names = ", ".join(literal(str(p)) for p in parts)
            connection.execute(f"CREATE VIEW raw AS SELECT * FROM read_parquet([{names}])")
        else:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in tables.PART.columns.items())
            connection.execute(f"CREATE TABLE raw ({columns})")
        connection.execute(
            "CREATE TABLE s AS SELECT row_number() OVER (ORDER BY dataset, entity, prop, value, lang) AS n, * FROM ("
            " SELECT dataset, entity, max_by(schema, snapshot || '|' || schema) AS schema, prop, value, lang,"
            " min(snapshot) AS first_seen, max(snapshot) AS last_seen"
            " FROM raw GROUP BY dataset, entity, prop, value, lang)"
        )
        columns = ", ".join(f'"{name}"' for name in STATEMENTS.columns)
        tables.copy_query(connection, f"SELECT {columns} FROM s ORDER BY n", folder / "statements.parquet")
        tables.copy_query(
            connection,
            "SELECT s.n, raw.snapshot, raw.sha256, raw.locator, raw.quote FROM raw"
            " JOIN s USING (dataset, entity, prop, value, lang) ORDER BY ALL",
            folder / f"{EVIDENCE.name}.parquet",
        )
        counts = connection.execute("SELECT (SELECT count(*) FROM s), (SELECT count(*) FROM raw)").fetchone()
    assert counts is not None
    return int(counts[0]), int(counts[1])


_PARTY_PROPS = (
    *NAME_PROPS,
    *COUNTRY_PROPS,
    "birthDate",
    "birthPlace",
    "incorporationDate",
    "gender",
    "address",
    "publicKey",
    "firstName",
    "lastName",
    "publisher",
)


def load_records(folder: Path) -> list[EntityRecord]:
    """Every thing (person, company, vessel, ...) of the statements table, in a fixed order; no edges."""
    records: dict[tuple[str, str], EntityRecord] = {}
    with tables.connect() as connection:
        path = literal(str(folder / "statements.parquet"))
        sections = _sections(connection, path)
        schemata = [r[0] for r in connection.execute(f"SELECT DISTINCT schema FROM {path}").fetchall()]
        things = [s for s in schemata if ftm.is_a(s, "Thing")]
        identifiers = frozenset(p for s in things for p in ftm.identifier_props(s))
        wanted = ", ".join(literal(p) for p in sorted({*_PARTY_PROPS, *identifiers}))
        cursor = connection.execute(
            "SELECT dataset, entity, schema, prop, value, first_seen, last_seen,"
            f" prop IN ({wanted}) AS kept FROM {path}"
            f" WHERE schema IN ({', '.join(literal(s) for s in things) or literal('')}) ORDER BY n"
        )
        while rows := cursor.fetchmany(50_000):
            for row in rows:
                _add_statement(records, row, sections, identifiers)
    return [records[key] for key in sorted(records)]


def _sections(connection: Any, path: str) -> dict[tuple[str, str], tuple[frozenset[str], str]]:
    """Programme and measures of each sanction and the earliest of their dates, by dataset and target."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    listed: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = connection.execute(
        "SELECT dataset, max(value) FILTER (prop = 'entity'),"
        " string_agg(value, '|' ORDER BY prop, value) FILTER (prop IN ('program', 'provisions')),"
        " min(value) FILTER (prop IN ('startDate', 'listingDate'))"
        f" FROM {path} WHERE schema = 'Sanction' GROUP BY dataset, entity"
    ).fetchall()
    for dataset, target, section, day in rows:
        found[dataset, target].add(section or "")
        listed[dataset, target].update([day] if day else [])
    return {key: (frozenset(values), earliest(listed[key]) or "") for key, values in found.items()}


def _add_statement(
    records: dict[tuple[str, str], EntityRecord],
    row: tuple[Any, ...],
    sections: dict[tuple[str, str], tuple[frozenset[str], str]],
    identifiers: frozenset[str],
) -> None:
    dataset, entity, schema, prop, value, first_seen, last_seen, kept = row
    record = records.get((entity, dataset))
    if record is None:
        found = sections.get((dataset, entity))
        record = records[entity, dataset] = EntityRecord(
            entity,
            dataset,
            schema,
            target=found is not None,
            sections=found[0] if found else frozenset(),
            first_seen=first_seen,
            last_seen=last_seen,
            listed=found[1] if found else "",
        )
    if schema != record.schema:
        record.schema = ftm.narrower(schema, record.schema) or min(schema, record.schema)
    record.first_seen = min(record.first_seen, first_seen)
    record.last_seen = max(record.last_seen, last_seen)
    if kept:
        record.values.setdefault(prop, []).append(value)
    if prop in identifiers:
        record.identifiers.append((prop, value))


def merge_designations(folder: Path) -> int:
    """Write the table of designations: one row for each ``Sanction`` of a dataset.

    Where a value changed from snapshot to snapshot (an authority re-dates an item), that of the latest
    snapshot counts; of several in one snapshot the earliest date.

    Returns:
        The number of designations.
    """
    with tables.connect() as connection:
        statements = literal(str(folder / "statements.parquet"))
        evidence = literal(str(folder / "evidence.parquet"))
        rows = connection.execute(
            f"SELECT s.dataset, s.entity, s.prop, s.value, list_sort(list(DISTINCT e.snapshot)) AS snapshots"
            f" FROM {statements} s JOIN {evidence} e USING (n) WHERE s.schema = 'Sanction'"
            " GROUP BY s.n, s.dataset, s.entity, s.prop, s.value ORDER BY s.n"
        ).fetchall()
    groups: dict[tuple[str, str], list[tuple[str, str, list[str]]]] = defaultdict(list)
    for dataset, entity, prop, value, snapshots in rows:
        groups[dataset, entity].append((prop, value, snapshots))
    designations = [row for key, group in groups.items() if (row := _designation(*key, group)) is not None]
    tables.write_sorted(DESIGNATIONS, designations, folder / "designations.parquet")
    return len(designations)


def _designation(dataset: str, id: str, group: list[tuple[str, str, list[str]]]) -> tuple[Any, ...] | None:
    targets = [(value, snapshots) for prop, value, snapshots in group if prop == "entity"]
    if not targets:
        return None
    target, _ = max(targets, key=lambda t: (t[1][-1], t[0]))
    seen = sorted({s for _, found in targets for s in found})
    latest: dict[str, tuple[str, set[str]]] = {}
    for prop, value, found in group:
        name = _SANCTION_FIELDS.get(prop)
        if name is None:
            continue
        last, values = latest.get(name, ("", set()))
        if found[-1] > last:
            latest[name] = (found[-1], {value})
        elif found[-1] == last:
            values.add(value)
    texts = {name: _joined(name, values) for name, (_, values) in latest.items()}
    authority = authority_of(dataset) or _authority_of_sanction(group)
    ordered = [n for n in DESIGNATIONS.columns if n in set(_SANCTION_FIELDS.values())]
    return (
        id,
        target,
        authority,
        dataset,
        *(texts.get(name, "") for name in ordered),
        seen[0],
        seen[-1],
        ";".join(seen),
    )


def _joined(name: str, values: set[str]) -> str:
    if name in _DATE_FIELDS:
        return earliest(values) or ""
    return "\n".join(sorted(values))


def _authority_of_sanction(group: Iterable[tuple[str, str, list[str]]]) -> str:
    """The authority that a ``Sanction`` of mixed data names by its country, empty where it names none."""
    for prop, value, _ in group:
        if prop == "country" and (code := authority_of_country(value)):
            return code
    return ""


def merge_snapshots(folder: Path) -> int:
    """Write the table of snapshots with their counts; the tables of statements, evidence and entities are there.

    Returns:
        The number of snapshots.
    """
    path = {name: literal(str(folder / f"{name}.parquet")) for name in ("statements", "evidence", "entities")}
    with tables.connect(folder / ".scratch") as connection:
        connection.execute(
            "CREATE TABLE held AS SELECT DISTINCT s.dataset, s.entity, s.prop, s.value, e.snapshot"
            f" FROM {path['statements']} s JOIN {path['evidence']} e USING (n) WHERE s.schema = 'Sanction'"
        )
        counts = connection.execute(
            "SELECT dataset, snapshot, count(DISTINCT value) FILTER (prop = 'entity'), count(DISTINCT entity),"
            " count(DISTINCT entity) FILTER (prop IN ('startDate', 'listingDate', 'date')) FROM held GROUP BY ALL"
        ).fetchall()
        programmes = connection.execute(
            "SELECT dataset, snapshot, value, count(DISTINCT entity) AS found FROM held"
            " WHERE prop = 'program' GROUP BY ALL ORDER BY found DESC, value"
        ).fetchall()
        schemata = connection.execute(
            "SELECT h.dataset, h.snapshot, t.schema, count(DISTINCT h.value) AS found FROM held h"
            f" JOIN {path['entities']} t ON t.entity = h.value AND t.dataset = h.dataset"
            " WHERE h.prop = 'entity' GROUP BY ALL ORDER BY found DESC, t.schema"
        ).fetchall()
    grouped: dict[str, dict[tuple[str, str], dict[str, int]]] = {"programmes": {}, "schemata": {}}
    for name, rows in (("programmes", programmes), ("schemata", schemata)):
        for dataset, snapshot, value, found in rows:
            grouped[name].setdefault((dataset, snapshot), {})[value] = found
    rows = [
        (*row, *(orjson.dumps(grouped[name].get(row[:2], {})).decode() for name in ("schemata", "programmes")))
        for row in counts
    ]
    tables.write_sorted(SNAPSHOTS, rows, folder / "snapshots.parquet")
    return len(rows)
