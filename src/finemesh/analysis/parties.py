"""The parties that documents name."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from finemesh.model.claim import PARTIES, ClaimType
from finemesh.store.reader import Reader


def named_in(reader: Reader, docs: Sequence[tuple[str, str]]) -> list[str]:
    """Names of the parties of some documents, in the order in which they are first named.

    Those of designation claims come first, then linked mentions; each linked party once, by the id of the record.
    """
    names: list[str] = []
    linked: set[str] = set()
    for doc, sha256 in docs:
        rows = reader.rows(
            "SELECT type, args, entities FROM claims WHERE doc = ? AND sha256 = ? ORDER BY offset_start, id",
            [doc, sha256],
        )
        for row in sorted(rows, key=lambda r: r["type"] != "designation"):
            args, entities = orjson.loads(row["args"]), orjson.loads(row["entities"])
            for arg in PARTIES[ClaimType(row["type"])]:
                for name, entity in zip(_list(args.get(arg)), _list(entities.get(arg)), strict=False):
                    if not name or entity in linked or (row["type"] != "designation" and not entity):
                        continue
                    linked.update([entity] if entity else [])
                    names.append(name)
        rows = reader.rows(
            "SELECT text, entity FROM mentions WHERE doc = ? AND sha256 = ? AND entity <> '' ORDER BY start",
            [doc, sha256],
        )
        for row in rows:
            if row["entity"] not in linked:
                linked.add(row["entity"])
                names.append(row["text"])
    return list(dict.fromkeys(names))


def _list(value: object) -> list[str | None]:
    return value if isinstance(value, list) else [value if isinstance(value, str) else None]
