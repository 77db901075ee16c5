"""Records as the matching room compares them: one party an entity id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from finemesh.matching.party import NAME_PROPERTIES, Name, Party
from finemesh.model.dataset import authority_of
from finemesh.model.entity import EntityRecord


def index_parties(records: Iterable[EntityRecord]) -> list[Party]:
    """The parties of some records that have a name, by id; its records of several datasets are one party."""
    by_id: dict[str, list[EntityRecord]] = defaultdict(list)
    for record in records:
        by_id[record.id].append(record)
    return [party for id in sorted(by_id) if (party := _party(id, by_id[id])).names]


def _party(id: str, records: Sequence[EntityRecord]) -> Party:
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
