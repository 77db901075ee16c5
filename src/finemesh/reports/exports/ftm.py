"""FollowTheMoney: entities (one JSON object a line) and statements (CSV), with the parties as they are joined.

Ids are those of parties; a record's own id stands in the statements as ``entity_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts
from finemesh.model.claim import linked_ids
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.schema import find_property, get_schema
from finemesh.reports.exports.claim_entities import ENDS, as_entities

_CHUNK = 4000
Row = tuple[str, str, str, str, str, str, str, str, str]
"""canonical id, entity id, schema, property, value, dataset, language, first and last seen."""


def _rows(facts: Facts, chosen: Sequence[StoredClaim]) -> Iterator[Row]:
    """Every statement, those of one party or relation together, in the order of canonical ids."""
    clusters = {r["entity"]: r["cluster"] for r in facts.reader.rows("SELECT DISTINCT entity, cluster FROM entities")}
    claimed: dict[str, list[Row]] = {}
    for row in _claim_rows(facts, chosen, clusters):
        claimed.setdefault(row[0], []).append(row)
    ids = sorted({r["id"] for r in facts.reader.rows(
        "SELECT DISTINCT coalesce(e.cluster, s.entity) AS id FROM statements s"
        " LEFT JOIN (SELECT DISTINCT entity, cluster FROM entities) e USING (entity)")} | set(claimed))  # fmt: skip
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        found: dict[str, list[Row]] = {id: [] for id in chunk}
        for r in facts.reader.rows(
            "SELECT coalesce(e.cluster, s.entity) AS id, s.* FROM statements s"
            " LEFT JOIN (SELECT DISTINCT entity, cluster FROM entities) e USING (entity)"
            " WHERE coalesce(e.cluster, s.entity) BETWEEN $first AND $last ORDER BY 1, s.n",
            {"first": chunk[0], "last": chunk[-1]},
        ):
            prop = find_property(r["schema"], r["prop"])
            value = (
                clusters.get(r["value"], r["value"]) if prop is not None and prop.type.name == "entity" else r["value"]
            )
            found[r["id"]].append((r["id"], r["entity"], r["schema"], r["prop"], value, r["dataset"], r["lang"],
                                   r["first_seen"], r["last_seen"]))  # fmt: skip
        for id in chunk:
            yield from (*found[id], *claimed.get(id, ()))


def write_entities(facts: Facts, chosen: Sequence[StoredClaim], path: Path) -> dict[str, int]:
    """Entities as JSON Lines, as ``ftm`` reads them."""
    counts = {"entities": 0, "statements": 0}
    with path.open("wb") as file:
        for id, group in groupby(_rows(facts, chosen), key=lambda row: row[0]):
            rows = list(group)
            file.write(orjson.dumps(_entity(id, rows), option=orjson.OPT_APPEND_NEWLINE))
            counts["entities"] += 1
            counts["statements"] += len(rows)
    return counts


def _entity(id: str, rows: Sequence[Row]) -> dict[str, Any]:
    schema = rows[0][2]
    for row in rows[1:]:
        schema = row[2] if get_schema(row[2]).is_a(schema) else schema
    properties: dict[str, list[str]] = {}
    for row in rows:
        if (
            row[3] != "id"
            and find_property(schema, row[3]) is not None
            and row[4] not in properties.setdefault(row[3], [])
        ):
            properties[row[3]].append(row[4])
    caption = next((properties[p][0] for p in get_schema(schema).caption if properties.get(p)), id)
    referents = sorted({row[1] for row in rows} - {id})
    return {
        "id": id,
        "caption": caption,
        "schema": schema,
        "properties": {name: values for name, values in sorted(properties.items()) if values},
        "datasets": sorted({row[5] for row in rows}),
        "referents": referents,
        "first_seen": min((row[7] for row in rows if row[7]), default=None),
        "last_seen": max((row[8] for row in rows if row[8]), default=None),
    }


def write_statements(facts: Facts, chosen: Sequence[StoredClaim], path: Path) -> dict[str, int]:
    """Statements as CSV, as ``ftm`` and nomenklatura read them."""
    from followthemoney import Statement
    from followthemoney.statement.serialize import CSVStatementWriter

    counts = {"statements": 0}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = CSVStatementWriter(file)
        for canonical, entity, schema, prop, value, dataset, lang, first, last in _rows(facts, chosen):
            writer.write(
                Statement(entity, prop, schema, value, dataset, lang=lang or None, first_seen=first or None,
                          last_seen=last or None, canonical_id=canonical)
            )  # fmt: skip
            counts["statements"] += 1
        writer.close()
    return counts


def _claim_rows(facts: Facts, chosen: Iterable[StoredClaim], clusters: dict[str, str]) -> Iterator[Row]:
    """The statements of claims, and of parties that only claims name."""
    named: dict[str, str] = {}
    known = facts.parties({id for item in chosen for id in linked_ids(item.claim)})
    for item in chosen:
        for id in linked_ids(item.claim):
            party = known.get(id)
            if party is not None and set(party.datasets) <= {DOCUMENTS}:
                named[party.id] = party.caption
        for number, (schema, values) in enumerate(as_entities(facts, item, set(known))):
            entity = f"claim-{item.id}" + (f"-{number}" if number else "")
            for prop, value in values:
                if value and find_property(schema, prop) is not None:
                    value = clusters.get(value, value) if prop in ENDS else value
                    yield (entity, entity, schema, prop, value, DOCUMENTS, "", item.published, item.published)
    for id, caption in sorted(named.items()):
        yield (id, id, "LegalEntity", "name", caption, DOCUMENTS, "", "", "")
