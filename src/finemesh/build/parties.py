"""Entities, clusters and the index of names from the merged statements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from finemesh.build.merge import load_records
from finemesh.build.settling import keep
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.resolution.alike import find_alike
from finemesh.resolution.clusters import Gathered, gather, settle
from finemesh.resolution.parties import index_parties

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

    def clusters(self) -> dict[str, str]:
        """The party of each listed entity by the lists alone; what people decide of them has no part in it."""
        return settle(self.gathered).clusters


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
