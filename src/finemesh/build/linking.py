"""Names of mentions and claims linked to parties, where one party clearly fits better than all others.

A party that no list knows gets an id of its own (``doc-...``), made of its folded name, so that the graph holds it too.
Nothing from a document changes a listed entity's data.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from finemesh.matching.index import Index, Query
from finemesh.matching.plain import plain_name
from finemesh.model.claim import PARTIES, ClaimType
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.entity import document_party_id

SURE = 0.75
"""Score from which a name is linked."""
SURE_OF_ONE_WORD = 0.95
"""The same for a name of one word, which some other name always resembles."""
_SCHEMATA = {
    "person": "Person", "organization": "Organization", "unit": "Organization", "vessel": "Vessel", "name": None,
}  # fmt: skip
_PERSON_ARGS = frozenset({"person", "relative"})


class Linker:
    """Links names to the parties of an index, and keeps account of the parties that only documents name.

    Args:
        index: The index of names.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._linked: dict[tuple[str, str | None], tuple[str, float]] = {}
        self._unlisted: dict[str, Counter[str]] = defaultdict(Counter)

    def mention(self, mention: dict[str, Any]) -> tuple[str, float]:
        """The entity id and score of a mention; empty where none is sure.

        Of those who bear a name of the case that was found at the place, it is the one whose names fit best; a name
        that fits only with what stands around it (an abbreviation, an inflected form) means the first of them.
        """
        if mention.get("entity"):
            return str(mention["entity"]), float(mention.get("score") or 1.0)
        if mention["type"] not in _SCHEMATA:
            return "", 0.0
        found, score = self.name(mention["text"], _SCHEMATA[mention["type"]])
        known = mention.get("known")
        if known and found not in known:
            return str(known[0]), float(mention["known_score"])
        return found, score

    def claim(self, claim: dict[str, Any]) -> dict[str, Any]:
        """The entity id of each party of a claim; a list of ids where the arg is a list."""
        linked: dict[str, Any] = {}
        for arg in PARTIES[ClaimType(claim["type"])]:
            value = claim["args"].get(arg)
            schema = "Person" if arg in _PERSON_ARGS else None
            if isinstance(value, list):
                linked[arg] = [self._party(name, schema) for name in value]
            elif value:
                linked[arg] = self._party(value, schema)
        return linked

    def name(self, name: str, schema: str | None) -> tuple[str, float]:
        """The listed entity that a name means, and the score; empty where none is sure."""
        key = (" ".join(name.split()), schema)
        if key not in self._linked:
            least = SURE if " " in key[0] else SURE_OF_ONE_WORD
            matches = self._index.screen(Query(name=key[0], schema=schema), limit=5, threshold=least)
            self._linked[key] = (matches[0].id, matches[0].score) if matches and len(key[0]) > 2 else ("", 0.0)
        return self._linked[key]

    def _party(self, name: str, schema: str | None) -> str:
        listed, _ = self.name(name, schema)
        if listed:
            return listed
        id = document_party_id(plain_name(name, schema or "LegalEntity"))
        self._unlisted[id][" ".join(name.split())] += 1
        return id

    def unlisted(self) -> list[tuple[str, str]]:
        """(id, caption) of every party that only documents name; the caption is its most frequent spelling."""
        return [(id, min(names, key=lambda n: (-names[n], n))) for id, names in sorted(self._unlisted.items())]


def entity_rows(unlisted: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
    """Rows of the table of entities for parties that only documents name."""
    return [(id, id, DOCUMENTS, "LegalEntity", caption, "", False, "", "") for id, caption in unlisted]
