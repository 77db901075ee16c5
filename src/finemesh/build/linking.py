"""Names of mentions and claims linked to parties, where the evidence of the document allows it.

A name that one listed party bears is linked to it. Where several bear it, or come as near, what the document says must
choose: the roles and organisations it ties the name to, the countries it speaks of, the other parties it names. Where
it does not choose, or speaks of other countries than a person's, the name stays unlinked.

A party that no list knows gets an id of its own (``doc-...``), made of its folded name, so that the graph holds it too.
Nothing from a document changes a listed entity's data. Each name of a document is a *record* (``doc-...@DOCUMENT``)
that people can judge like any other (:mod:`finemesh.build.relinking`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finemesh.build.background import Background, Context, context_of
from finemesh.extraction.lexicon import states
from finemesh.matching.index import Index, Match, Query
from finemesh.matching.knowledge import latin
from finemesh.matching.plain import plain_name
from finemesh.matching.scan_forms import countries, is_generic, is_ordinary
from finemesh.matching.word import Kind
from finemesh.matching.words import read_name
from finemesh.model.claim import PARTIES, ClaimType
from finemesh.model.dataset import DOCUMENTS
from finemesh.model.entity import document_party_id

SURE = 0.75
"""Score from which a name is linked."""
NEAR = 0.02
"""Who is so near to the best score may be meant as well."""
_NEARLY = 0.9
_LIMIT = 12
_SCHEMATA = {
    "person": "Person", "organization": "Organization", "unit": "Organization", "vessel": "Vessel", "name": None,
}  # fmt: skip
_PERSON_ARGS = frozenset({"person", "relative"})

Asked = tuple[str, str | None]
"""A name as written, and the schema of who bears it, where it is known."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a name of a document means.

    Attributes:
        record: Id of the name in that document.
        party: Id of the listed entity, or of the party that only documents name.
        score: How well the name fits; 0 where nobody is listed.
        reason: Why, in words.
    """

    record: str
    party: str
    score: float
    reason: str


class Linker:
    """Links names to the parties of an index, and keeps account of the parties that only documents name.

    Args:
        index: The index of names.
        background: What lists say of entities.
        clusters: The party of each listed entity, decisions left aside; two entities of one party are no rivals.
    """

    def __init__(self, index: Index, background: Background | None = None, clusters: Mapping[str, str] = {}) -> None:
        self._index = index
        self._background = background or Background()
        self._clusters = clusters
        self._bearers: dict[Asked, list[Match]] = {}
        self._unlisted: dict[str, Counter[str]] = defaultdict(Counter)
        self.links: dict[tuple[str, str, str, str | None], Link] = {}

    def open(self, doc: str, sha256: str, text: str, report: Mapping[str, Any]) -> LinkedDocument:
        """Look up every name of a document together, and choose whom each means.

        Args:
            doc: The document's id.
            sha256: Its artifact.
            text: Its text.
            report: What was read from it: ``mentions`` and ``claims``.
        """
        asked = dict.fromkeys(a for m in report["mentions"] if (a := asked_by(m)) is not None)
        asked.update(dict.fromkeys(a for claim in report["claims"] for _, a in asked_in(claim)))
        self._look_up(asked)
        context = context_of(text, report)
        certain = {a: found[0] for a in asked if len(found := self._fitting(a)) == 1}
        context.parties = frozenset(m.id for m in certain.values())
        for name, schema in asked:
            self.links[doc, sha256, name, schema] = self._choose(doc, (name, schema), context)
        return LinkedDocument(self, doc, sha256)

    def _look_up(self, asked: Mapping[Asked, None]) -> None:
        self._bearers.update({a: [] for a in asked if a not in self._bearers and not _may_name(a[0])})
        new = [a for a in asked if a not in self._bearers]
        queries = (Query(name=name, schema=schema) for name, schema in new)
        for key, matches in zip(new, self._index.screen_many(queries, _LIMIT, SURE, explain=False), strict=True):
            self._bearers[key] = [m for m in matches if _fits(m, *key)]

    def _fitting(self, asked: Asked) -> list[Match]:
        """The best entity of each party that the name may mean: those who bear it, else those who come nearest."""
        name, schema = asked
        best: dict[str, Match] = {}
        for match in self._bearers[asked]:
            best.setdefault(self._clusters.get(match.id, match.id), match)
        found = list(best.values())
        bearers = [m for m in found if _bears(m, name, schema)]
        return bearers or [m for m in found if m.score >= found[0].score - NEAR]

    def _choose(self, doc: str, asked: Asked, context: Context) -> Link:
        name, schema = asked
        unlisted = document_party_id(plain_name(name, schema or "LegalEntity"))
        record = f"{unlisted}@{doc}"
        fitting = self._fitting(asked)
        weak = not all(_bears(m, name, schema) for m in fitting) or " " not in name or is_generic(latin(name))
        chosen, reason = self._background.choose(fitting, name, context, weak=weak)
        if chosen is None:
            return Link(record, unlisted, 0.0, reason)
        return Link(record, chosen.id, chosen.score, reason)

    def is_unknown(self, asked: Asked) -> bool:
        """Whether no listed name comes near a name."""
        return not self._bearers[asked]

    def are_one(self, ids: Sequence[str]) -> bool:
        """Whether some entities are one party."""
        return len({self._clusters.get(id, id) for id in ids}) == 1

    def name_unlisted(self, id: str, name: str) -> None:
        """Count a spelling of a party that only documents name."""
        self._unlisted[id][name] += 1

    def unlisted(self) -> list[tuple[str, str]]:
        """(id, caption) of every party that only documents name; the caption is its most frequent spelling."""
        return [(id, min(names, key=lambda n: (-names[n], n))) for id, names in sorted(self._unlisted.items())]


class LinkedDocument:
    """The links of one document."""

    def __init__(self, linker: Linker, doc: str, sha256: str) -> None:
        self._linker = linker
        self._key = doc, sha256

    def link(self, asked: Asked) -> Link:
        """What a name of the document means."""
        return self._linker.links[(*self._key, *asked)]

    def mention(self, mention: Mapping[str, Any]) -> tuple[str, float]:
        """The listed entity of a mention and the score; empty where none is sure.

        A name of the case that fits only with what stands around it (an abbreviation, an inflected form) means the one
        party that bears it.
        """
        asked = asked_by(mention)
        link = self.link(asked) if asked else None
        if link and link.score:
            return link.party, link.score
        known: Sequence[str] = mention.get("known") or ()
        if asked and self._linker.is_unknown(asked) and self._linker.are_one(known):
            return str(known[0]), float(mention["known_score"])
        return "", 0.0

    def claim(self, claim: Mapping[str, Any]) -> dict[str, Any]:
        """The entity id of each party of a claim; a list of ids where the arg is a list."""
        linked: dict[str, Any] = {}
        for arg, asked in asked_in(claim):
            link = self.link(asked)
            if not link.score:
                self._linker.name_unlisted(link.party, asked[0])
            if isinstance(claim["args"].get(arg), list):
                linked.setdefault(arg, []).append(link.party)
            else:
                linked[arg] = link.party
        return linked


def _bears(match: Match, name: str, schema: str | None) -> bool:
    """Whether a party bears the very name; a name of one word always resembles some other."""
    return plain_name(match.name, match.schema) == plain_name(name, schema)


def _fits(match: Match, name: str, schema: str | None) -> bool:
    """Whether a party may be meant by a name that resembles its own.

    A name of one word always resembles some other, and so do organisations' names that share only common words: they
    must be the very name, or nearly so.
    """
    if _bears(match, name, schema):
        return True
    if " " not in name:
        return False
    return match.score >= _NEARLY or match.schema == "Person" or bool(_own_words(name) & _own_words(match.name))


def _own_words(name: str) -> set[str]:
    """The words of a name that few organisations share, without those of countries."""
    return {w.text for w in read_name(name, "Company").words if w.kind is Kind.WORD and w.text not in countries()}


def _may_name(name: str) -> bool:
    """Whether a name can mean a listed party: "Israel", "Army" and "it" mean something else, whoever is called so."""
    return len(name) > 2 and name not in states() and not is_ordinary(name.casefold())


def asked_by(mention: Mapping[str, Any]) -> Asked | None:
    """What is looked up for a mention; None for ranks, roles and the like."""
    return (" ".join(mention["text"].split()), _SCHEMATA[mention["type"]]) if mention["type"] in _SCHEMATA else None


def asked_in(claim: Mapping[str, Any]) -> list[tuple[str, Asked]]:
    """What is looked up for each party of a claim, by arg."""
    found: list[tuple[str, Asked]] = []
    for arg in PARTIES[ClaimType(claim["type"])]:
        value = claim["args"].get(arg)
        for name in value if isinstance(value, list) else [value] if value else []:
            asked = " ".join(name.split()), "Person" if arg in _PERSON_ARGS else None
            found.append((arg, asked))
    return found


def entity_rows(unlisted: list[tuple[str, str]]) -> list[tuple[Any, ...]]:
    """Rows of the table of entities for parties that only documents name."""
    return [(id, id, DOCUMENTS, "LegalEntity", caption, "", False, "", "") for id, caption in unlisted]
