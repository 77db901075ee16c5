"""Entities, clusters and the index of names from the merged statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from finemesh.build.merge import load_records
from finemesh.build.settling import keep
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.matching.party import NAME_PROPERTIES, Name, Party
from finemesh.model.dataset import authority_of
from finemesh.model.entity import EntityRecord
from finemesh.resolution.alike import find_alike
from finemesh.resolution.clusters import Gathered, gather

INDEX = "index"
"""Folder of the index of names, within ``derived/``."""


@dataclass(frozen=True, slots=True)
class Parties:
    """What came of gathering.

    Attributes:
        rows: Rows of the table of entities (parties that only documents name come to them); the column of the cluster
            is empty until the parties are settled.
        gathered: What settling needs.
    """

    rows: list[tuple[Any, ...]]
    gathered: Gathered


def write_parties(work: Path) -> Parties:
    """Gather what is needed to resolve the records of the statements table; write it, and the index of names."""
    records = [r for r in load_records(work) if r.values or r.target]
    build_index(index_parties(records), work / INDEX)
    gathered = gather(records, partial(find_alike, Index.open(work / INDEX)))
    rows = [
        (r.id, "", r.dataset, r.schema, r.caption, ";".join(r.countries), r.target, r.first_seen, r.last_seen)
        for r in records
    ]
    keep(gathered, work)
    return Parties(rows, gathered)


def index_parties(records: Sequence[EntityRecord]) -> list[Party]:
    """The parties of the index: one an entity id, its records of several datasets taken together."""
    by_id: dict[str, list[EntityRecord]] = defaultdict(list)
    for record in records:
        by_id[record.id].append(record)
    return [party for id in sorted(by_id) if (party := _party(id, by_id[id])).names]


def _party(id: str, records: list[EntityRecord]) -> Party:
    names = {
        (kind, value): Name(value, kind)
        for prop, kind in NAME_PROPERTIES.items()
        for record in records
        for value in record.values.get(prop, ())
    }
    first = records[0]
    identifiers = {pair for record in records for pair in record.identifiers}
    datasets = sorted({r.dataset for r in records})

    def gathered(*props: str) -> tuple[str, ...]:
        return tuple(sorted({v for r in records for p in props for v in r.values.get(p, ())}))

    return Party(
        id=id,
        schema=first.schema,
        caption=first.caption,
        names=tuple(names.values()),
        countries=tuple(sorted({c for r in records for c in r.countries})),
        birth_dates=gathered("birthDate", "incorporationDate"),
        genders=gathered("gender"),
        identifiers=tuple(sorted(identifiers)),
        addresses=gathered("address"),
        birth_places=gathered("birthPlace"),
        datasets=tuple(datasets),
        authorities=tuple(sorted({a for d in datasets if (a := authority_of(d))})),
    )
