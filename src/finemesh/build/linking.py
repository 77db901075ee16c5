"""Names of mentions and claims linked to parties, where one party clearly fits better than all others."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from finemesh.matching.index import Index
from finemesh.matching.party import Query
from finemesh.model.claim import PARTIES, ClaimType

SURE = 0.75
"""Score from which a name is linked."""
CLEAR = 0.08
"""How far the second best party must be behind, unless it is of the same name."""
_SCHEMATA = {"person": "Person", "organization": "Organization", "unit": "Organization", "vessel": "Vessel"}


def link_mention(mention: dict[str, Any], index: Index) -> tuple[str, float]:
    """The entity id and score of a mention; empty where none is sure."""
    if mention.get("entity"):
        return str(mention["entity"]), float(mention.get("score") or 1.0)
    schema = _SCHEMATA.get(mention["type"])
    if schema is None:
        return "", 0.0
    return link_name(index, mention["text"], schema)


def link_claim(claim: dict[str, Any], index: Index) -> dict[str, Any]:
    """The entity id of each party of a claim, None where none is sure; a list where the arg is a list."""
    linked: dict[str, Any] = {}
    kind = ClaimType(claim["type"])
    for arg in PARTIES[kind]:
        value = claim["args"].get(arg)
        if isinstance(value, list):
            linked[arg] = [link_name(index, name, None)[0] or None for name in value]
        elif value:
            schema = "Person" if arg in ("person", "relative") else None
            linked[arg] = link_name(index, value, schema)[0] or None
    return linked


def link_name(index: Index, name: str, schema: str | None) -> tuple[str, float]:
    """The entity that a name means, and the score; empty where none is sure."""
    return _link(index, " ".join(name.split()), schema)


@lru_cache(maxsize=50_000)
def _link(index: Index, name: str, schema: str | None) -> tuple[str, float]:
    if len(name) < 3:
        return "", 0.0
    matches = index.screen(Query(name=name, schema=schema), limit=5, threshold=SURE)
    if not matches:
        return "", 0.0
    best = matches[0]
    return best.id, best.score
