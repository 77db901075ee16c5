"""Put further rows into the derived tables of a built case, so that pages can be tested without every reader.

Lists and claims that come in this way rest on archived bytes like all others: the list is a CSV file in the archive, a
claim's quote is looked up in its document's text.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import Any

import orjson

from finemesh.case import Case
from finemesh.model.dataset import DATASETS
from finemesh.model.source import Source
from finemesh.store import tables
from finemesh.store.tables import Table

COLUMNS = ("reference", "name", "alias", "designated", "delisted", "programme", "measure", "country")


@dataclass
class Entry:
    """One entry of an overlaid list; ``entity`` ties it to a party of the case."""

    reference: str
    name: str
    entity: str = ""
    schema: str = "Company"
    alias: str = ""
    designated: str = ""
    delisted: str = ""
    programme: str = ""
    measure: str = "asset freeze"
    country: str = ""


@dataclass
class Overlay:
    """Rows to be added to a case."""

    case: Case
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    numbers: int = 0

    def __post_init__(self) -> None:
        reader = self.case.reader
        self.rows = {table.name: reader.rows(f"SELECT * FROM {table.name}") for table in tables.ALL}
        self.numbers = max((r["n"] for r in self.rows["statements"]), default=0)

    def add_list(self, dataset: str, snapshot: str, entries: list[Entry]) -> None:
        """A list of one snapshot, as a CSV file with a heading."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(e, c) for c in COLUMNS] for e in entries)
        sha256, size = self.case.archive.put(io.BytesIO(out.getvalue().encode()))
        known = DATASETS[dataset]
        source = Source(
            sha256, f"{dataset}.csv", f"{dataset}/{snapshot}/{dataset}.csv", size, "list", dataset, dataset, snapshot,
            "given", "", known.publisher, known.title, known.url, "", "2026-11-01",
        )  # fmt: skip
        self.case.archive.record([source])
        self.rows["sources"].append(source.as_json())
        for row, entry in enumerate(entries, 2):
            self._entry(known.authority, dataset, snapshot, sha256, row, entry)
        self.rows["snapshots"].append(
            {
                "dataset": dataset,
                "snapshot": snapshot,
                "entries": len(entries),
                "designations": len(entries),
                "dated": sum(bool(e.designated) for e in entries),
                "schemata": orjson.dumps({"Company": len(entries)}).decode(),
                "programmes": orjson.dumps({entries[0].programme: len(entries)}).decode(),
            }
        )

    def _entry(self, authority: str, dataset: str, snapshot: str, sha256: str, row: int, entry: Entry) -> None:
        record = f"{dataset}-{entry.reference}"
        sanction = f"{record}-sanction"
        seen = {"first_seen": snapshot, "last_seen": snapshot}
        for entity, schema, prop, column in (
            (record, entry.schema, "name", "name"),
            (record, entry.schema, "alias", "alias"),
            (record, entry.schema, "country", "country"),
            (sanction, "Sanction", "entity", "name"),
            (sanction, "Sanction", "startDate", "designated"),
            (sanction, "Sanction", "endDate", "delisted"),
            (sanction, "Sanction", "program", "programme"),
            (sanction, "Sanction", "provisions", "measure"),
            (sanction, "Sanction", "authorityId", "reference"),
        ):
            value = record if prop == "entity" else getattr(entry, column)
            if value:
                names = {
                    "dataset": dataset,
                    "entity": entity,
                    "schema": schema,
                    "prop": prop,
                    "value": value,
                    "lang": "",
                }
                self._statement(names | seen, sha256, row, column, getattr(entry, column))
        cluster = self._cluster(entry) or record
        if cluster != record:
            self.rows["clusters"].append(
                {"left": cluster, "right": record, "cluster": cluster, "reason": "same name", "score": 0.98}
            )
        names = {"entity": record, "cluster": cluster, "dataset": dataset, "schema": entry.schema}
        self.rows["entities"].append(names | seen | {"caption": entry.name, "countries": entry.country, "target": True})
        told = {"programme": entry.programme, "measures": entry.measure, "reference": entry.reference}
        dates = {"designated": entry.designated, "delisted": entry.delisted, "snapshots": snapshot}
        empty = dict.fromkeys(("legal_basis", "effective", "published", "amended"), "")
        names = {"id": sanction, "target": record, "authority": authority, "dataset": dataset}
        self.rows["designations"].append(names | told | dates | empty | seen)

    def _statement(self, names: dict[str, str], sha256: str, row: int, column: str, quote: str) -> None:
        self.numbers += 1
        self.rows["statements"].append({"n": self.numbers, **names})
        locator = f"row={row};col={COLUMNS.index(column) + 1};column={column}"
        place = {"sha256": sha256, "locator": locator, "quote": quote}
        self.rows["evidence"].append({"n": self.numbers, "snapshot": names["first_seen"], **place})

    def _cluster(self, entry: Entry) -> str:
        return next((r["cluster"] for r in self.rows["entities"] if r["entity"] == entry.entity), "")

    def add_party(self, id: str, caption: str, schema: str = "LegalEntity") -> None:
        """A party that only documents name."""
        self.rows["entities"] = [r for r in self.rows["entities"] if r["entity"] != id]
        self.rows["entities"].append(
            {
                "entity": id,
                "cluster": id,
                "dataset": "documents",
                "schema": schema,
                "caption": caption,
                "countries": "",
                "target": False,
                "first_seen": "",
                "last_seen": "",
            }
        )

    def link(self, name: str) -> str:
        """The id of the record with that caption."""
        return next(r["entity"] for r in self.rows["entities"] if r["caption"] == name)

    def add_claims(self, doc: str, claims: list[dict[str, Any]], entities: dict[str, str]) -> None:
        """Claims of one document in place of those that were read; ``entities`` ties names to entity ids."""
        document = next(r for r in self.rows["documents"] if r["doc"] == doc)
        self.rows["claims"] = [r for r in self.rows["claims"] if r["doc"] != doc]
        for claim in claims:
            start = document["text"].find(claim["quote"])
            assert start >= 0, claim["quote"]
            end = start + len(claim["quote"])
            args = orjson.dumps(claim["args"], option=orjson.OPT_SORT_KEYS).decode()
            linked = {
                arg: [entities.get(v) for v in value] if isinstance(value, list) else entities.get(value or "")
                for arg, value in claim["args"].items()
            }
            told = f"{doc} {claim['type']} {start} {args} {claim.get('stance')} {claim.get('speaker')}"
            self.rows["claims"].append(
                {
                    "id": hashlib.sha256(told.encode()).hexdigest()[:24],
                    "doc": doc,
                    "sha256": document["sha256"],
                    "type": claim["type"],
                    "quote": claim["quote"],
                    "args": args,
                    "stance": claim.get("stance") or "asserted",
                    "speaker": claim.get("speaker") or "",
                    "start": claim.get("start") or "",
                    "end": claim.get("end") or "",
                    "offset_start": start,
                    "offset_end": end,
                    "page": 0,
                    "entities": orjson.dumps(linked, option=orjson.OPT_SORT_KEYS).decode(),
                    "method": "test",
                    "locator": f"chars={start}-{end}",
                }
            )

    def add_mentions(self, doc: str, found: list[tuple[int, int, str, str]]) -> None:
        """Mentions (start, end, type, entity id or empty) of one document in place of those that were read."""
        document = next(r for r in self.rows["documents"] if r["doc"] == doc)
        self.rows["mentions"] = [r for r in self.rows["mentions"] if r["doc"] != doc]
        for start, end, kind, entity in found:
            self.rows["mentions"].append(
                {
                    "doc": doc,
                    "sha256": document["sha256"],
                    "start": start,
                    "end": end,
                    "type": kind,
                    "text": document["text"][start:end],
                    "entity": entity,
                    "score": 1.0 if entity else 0.0,
                    "locator": f"chars={start}-{end}",
                }
            )

    def write(self) -> None:
        """Write the tables and the manifest, as a build would put them in place."""
        self.case.close()
        derived = self.case.folder.derived
        for table in tables.ALL:
            write_table(table, self.rows[table.name], self.case)
        manifest = orjson.loads((derived / "build.json").read_bytes())
        manifest["counts"] |= {
            name: len(rows) for name, rows in self.rows.items() if name in manifest["counts"] and name != "clusters"
        }
        temporary = derived / ".build.json.new"
        temporary.write_bytes(orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS))
        temporary.replace(derived / "build.json")


def write_table(table: Table, rows: list[dict[str, Any]], case: Case) -> None:
    """One derived table, written anew."""
    tuples = [tuple(row[column] for column in table.columns) for row in rows]
    tables.write_sorted(table, tuples, case.folder.derived / f"{table.name}.parquet")
