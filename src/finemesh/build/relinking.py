"""What people decide about a name in one document: "the Zaw Min of this report is not the listed one".

Each name of each document is a record (``doc-zaw-min-...@REPORT``) with the party that it was linked to. The records
on which somebody has decided take part when the parties are settled; where one is no longer of the party that it was
linked to, the mentions and claims of its document name the record instead. All of it follows from the links and the
log, so an undo brings back what was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from finemesh.build.linking import Link, asked_by, asked_in
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.decision import Decision
from finemesh.resolution.candidates import Candidate, Step
from finemesh.resolution.judgements import JUDGEMENT, in_force, two
from finemesh.store import tables
from finemesh.store.tables import CLAIMS, LINKS, MENTIONS, literal

__all__ = ["LINKS", "Relinking", "link_rows", "load_relinking"]

_Place = tuple[str, str, str, str]


def link_rows(links: Mapping[tuple[str, str, str, str | None], Link]) -> list[tuple[Any, ...]]:
    """Rows of the table of links."""
    return [
        (doc, sha256, name, schema or "", link.record, link.party, link.score, link.reason)
        for (doc, sha256, name, schema), link in links.items()
    ]


@dataclass(frozen=True, slots=True)
class Relinking:
    """The names of documents on which somebody has decided.

    Attributes:
        links: Rows of the table of links of these records.
        placed: Records that somebody has joined with another; no machine joins them besides.
    """

    links: tuple[dict[str, Any], ...]
    placed: frozenset[str]

    def entities(self) -> list[tuple[Any, ...]]:
        """Rows of the table of entities for these records; the name in the document is their caption."""
        captions = {link["record"]: link["name"] for link in reversed(self.links)}
        return [(id, id, DOCUMENTS, "LegalEntity", name, "", False, "", "") for id, name in sorted(captions.items())]

    def candidates(self) -> list[Candidate]:
        """Each record with the party that it was linked to, for the last step of settling."""
        found: dict[tuple[str, str], Candidate] = {}
        for link in self.links:
            if link["record"] not in self.placed:
                left, right = two(link["record"], link["party"])
                reason = f"named in {link['doc']}: {link['reason']}"
                found.setdefault((left, right), Candidate(Step.LINK, "", left, right, reason, link["score"] or 0.5))
        return sorted(found.values())

    def names(self, clusters: Mapping[str, str]) -> dict[_Place, str]:
        """What stands for each name of these records now: the party that it was linked to, or the record itself."""
        return {
            (link["doc"], link["sha256"], link["name"], link["schema"]): (
                link["party"] if clusters.get(link["record"]) == clusters.get(link["party"]) else link["record"]
            )
            for link in self.links
        }


def load_relinking(links: Path, decisions: Sequence[Decision]) -> Relinking:
    """The names of documents that the decisions in force speak of."""
    judged = [d for d in in_force(decisions) if d.kind == JUDGEMENT]
    ids = sorted({id for d in judged for id in (d.left, d.right) if "@" in id})
    placed = frozenset(id for d in judged if d.value == "same" for id in (d.left, d.right))
    if not ids:
        return Relinking((), placed)
    with tables.connect() as connection:
        cursor = connection.execute(
            f"SELECT * FROM {literal(str(links))} WHERE record IN (SELECT unnest($ids)) ORDER BY ALL", {"ids": ids}
        )
        rows = [dict(zip(LINKS.columns, row, strict=True)) for row in cursor.fetchall()]
    return Relinking(tuple(rows), placed)


def relink(relinking: Relinking, clusters: Mapping[str, str], source: Path, folder: Path) -> None:
    """Write the tables of mentions and claims anew where names of documents stand for somebody else now.

    Args:
        relinking: What people have decided of names of documents.
        clusters: The party of each entity now.
        source: Folder of the tables as they are.
        folder: Where they go, if they change.
    """
    if not relinking.links and not _relinked(source):
        return
    names = {**_linked(source), **relinking.names(clusters)}
    for table, change in ((MENTIONS, _mention), (CLAIMS, _claim)):
        rows = [tuple(change(row, names).values()) for row in _rows(source, table)]
        tables.write_sorted(table, rows, folder / f"{table.name}.parquet")


def _rows(folder: Path, table: tables.Table) -> list[dict[str, Any]]:
    with tables.connect() as connection:
        path = literal(str(folder / f"{table.name}.parquet"))
        found = connection.execute(f"SELECT * FROM {path}").fetchall()
    return [dict(zip(table.columns, row, strict=True)) for row in found]


def _linked(folder: Path) -> dict[_Place, str]:
    """What each name of a document was linked to."""
    return {(r["doc"], r["sha256"], r["name"], r["schema"]): r["party"] for r in _rows(folder, LINKS)}


def _relinked(folder: Path) -> bool:
    """Whether some name of the tables stands for its record, as a decision has it that may be taken back by now."""
    with tables.connect() as connection:
        found = [
            connection.execute(
                f"SELECT 1 FROM {literal(str(folder / f'{table.name}.parquet'))} WHERE contains({column}, '@') LIMIT 1"
            ).fetchone()
            for table, column in ((MENTIONS, "entity"), (CLAIMS, "entities"))
        ]
    return any(found)


def _mention(row: dict[str, Any], names: Mapping[_Place, str]) -> dict[str, Any]:
    """A mention of somebody who is on no list names nobody, unless somebody has decided on it."""
    asked = asked_by(row)
    if asked is None:
        return row
    now = names[row["doc"], row["sha256"], asked[0], asked[1] or ""]
    return {**row, "entity": now if row["score"] or "@" in now else ""}


def _claim(row: dict[str, Any], names: Mapping[_Place, str]) -> dict[str, Any]:
    entities = orjson.loads(row["entities"])
    places: Counter[str] = Counter()
    for arg, asked in asked_in({"type": row["type"], "args": orjson.loads(row["args"])}):
        now = names[row["doc"], row["sha256"], asked[0], asked[1] or ""]
        if isinstance(entities.get(arg), list):
            entities[arg][places[arg]] = now
            places[arg] += 1
        else:
            entities[arg] = now
    return {**row, "entities": orjson.dumps(entities, option=orjson.OPT_SORT_KEYS).decode()}
