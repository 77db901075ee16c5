"""Documents of a case with their mentions, relations and claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from finemesh.analysis.claim_log import ClaimDecision, Decided
from finemesh.model.claim import Claim, ClaimType, Mention, Relation, Stance
from finemesh.model.decision import Answer
from finemesh.model.errors import UserError
from finemesh.model.evidence import Evidence
from finemesh.store.reader import Reader


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document without its text.

    Attributes:
        doc: Document id (file name without its ending).
        sha256: Its artifact.
        name, title, author, publisher, url, published, published_basis: Its origin.
        language: Its languages (ISO 639 codes joined by ``;``), the main one first; empty where it is not known.
        ocr: What read those of its pages that are pictures; empty where nothing did.
        characters: Length of its text.
        claims, mentions: How many were read.
    """

    doc: str
    sha256: str
    name: str
    title: str
    author: str
    publisher: str
    url: str
    published: str
    published_basis: str
    language: str
    ocr: str
    characters: int
    claims: int
    mentions: int


def list_documents(reader: Reader, doc: str = "", sha256: str = "") -> list[DocumentInfo]:
    """Every document (or one of them), in the order of their ids."""
    rows = reader.rows(
        "SELECT d.doc, d.sha256, d.name, d.title, d.author, d.publisher, d.url, d.published, d.published_basis,"
        " d.language, d.ocr, length(d.text) AS characters,"
        " (SELECT count(*) FROM claims c WHERE c.doc = d.doc AND c.sha256 = d.sha256) AS claims,"
        " (SELECT count(*) FROM mentions m WHERE m.doc = d.doc AND m.sha256 = d.sha256) AS mentions"
        " FROM documents d WHERE $doc = '' OR (d.doc = $doc AND d.sha256 = $sha256) ORDER BY d.doc, d.sha256",
        {"doc": doc, "sha256": sha256},
    )
    return [DocumentInfo(**row) for row in rows]


def resolve_documents(reader: Reader, names: Sequence[str]) -> list[tuple[str, str]]:
    """(doc, sha256) of the documents that are named by id, file name or the beginning of a hash; all without names.

    Raises:
        UserError: A name fits no document.
    """
    known = [
        (r["doc"], r["sha256"], r["name"]) for r in reader.rows("SELECT doc, sha256, name FROM documents ORDER BY ALL")
    ]
    if not names:
        return [(doc, sha256) for doc, sha256, _ in known]
    found: list[tuple[str, str]] = []
    for wanted in names:
        stem = wanted.rsplit("/", 1)[-1]
        hits = [(d, s) for d, s, n in known if stem in (d, n)]
        if not hits and len(wanted) >= 8:
            hits = [(d, s) for d, s, _ in known if s.startswith(wanted)]
        if not hits:
            near = [d for d, _, _ in known if stem.casefold() in d.casefold()][:3]
            hint = "perhaps: " + ", ".join(near) if near else "`finemesh status` tells which documents there are"
            raise UserError(f"no such document: {wanted!r}", hint=hint)
        found += [hit for hit in hits if hit not in found]
    return found


def document_text(reader: Reader, doc: str, sha256: str) -> dict[str, Any]:
    """The row of a document, its text included."""
    rows = reader.rows("SELECT * FROM documents WHERE doc = ? AND sha256 = ?", [doc, sha256])
    if not rows:
        raise UserError(f"no such document: {doc!r}")
    return rows[0]


def mentions(reader: Reader, docs: Sequence[tuple[str, str]]) -> list[Mention | Relation]:
    """Mentions of some documents in the order of the text, each document's relations behind them."""
    found: list[Mention | Relation] = []
    for doc, sha256 in docs:
        rows = reader.rows(
            'SELECT * FROM mentions WHERE doc = ? AND sha256 = ? ORDER BY start, "end", type', [doc, sha256]
        )
        found += [
            Mention(r["doc"], r["start"], r["end"], r["type"], r["text"], r["entity"] or None, r["score"]) for r in rows
        ]
        rows = reader.rows(
            "SELECT * FROM relations WHERE doc = ? AND sha256 = ? ORDER BY person_start, other_start, relation",
            [doc, sha256],
        )
        found += [
            Relation(
                r["doc"],
                r["relation"],
                (r["person_start"], r["person_end"]),
                (r["other_start"], r["other_end"]),
            )
            for r in rows
        ]
    return found


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it is kept: with its id and its place.

    Attributes:
        id: Hash of what it says and where.
        claim: The claim.
        locator: Its place in the artifact.
        source: File name of the document.
        published: Publication date of the document.
        decision: What people say of it; a correction stands in :attr:`claim`.
    """

    id: str
    claim: Claim
    locator: str
    source: str
    published: str
    decision: ClaimDecision | None = None

    @property
    def answer(self) -> Answer | None:
        """What people say of it, or None where nobody has looked at it."""
        return self.decision.answer if self.decision else None

    @property
    def accepted(self) -> bool:
        """Whether a person stands for it: accepted as it was read, or corrected."""
        return self.answer in (Answer.ACCEPTED, Answer.CORRECTED)

    @property
    def rejected(self) -> bool:
        """Whether people say that the document does not say so."""
        return self.answer is Answer.REJECTED

    @property
    def evidence(self) -> Evidence:
        """The sentence that proves it."""
        return Evidence(self.claim.sha256, self.source, self.locator, self.claim.quote)

    def as_json(self) -> dict[str, Any]:
        """The contract's claim object with its id, its evidence and what people say of it."""
        return {
            **self.claim.as_json(),
            "id": self.id,
            "evidence": [self.evidence.as_json()],
            "decision": self.decision.as_json() if self.decision else None,
        }


def claims(reader: Reader, docs: Sequence[tuple[str, str]] | None = None) -> list[StoredClaim]:
    """Claims of some documents (of all where None), in the order of the texts."""
    where, params = "", {}
    if docs is not None:
        where = "WHERE (c.doc || ' ' || c.sha256) IN (SELECT unnest($keys))"
        params = {"keys": [f"{doc} {sha256}" for doc, sha256 in docs]}
    rows = reader.rows(
        "SELECT c.*, d.name AS source, d.published FROM claims c JOIN documents d USING (doc, sha256)"
        f" {where} ORDER BY c.doc, c.sha256, c.offset_start, c.offset_end, c.type, c.id",
        params,
    )
    return [stored_claim(row) for row in rows]


def claims_by_id(reader: Reader, start: str) -> list[StoredClaim]:
    """The claims whose ids begin so, as they were read."""
    rows = reader.rows(
        "SELECT c.*, d.name AS source, d.published FROM claims c JOIN documents d USING (doc, sha256)"
        " WHERE starts_with(c.id, ?) ORDER BY c.id, c.doc LIMIT 100",
        [start],
    )
    return [stored_claim(row) for row in rows]


def told(decided: Decided, claims: Iterable[StoredClaim], *, rejected: bool = False) -> list[StoredClaim]:
    """Claims with what people say of them: corrections take the place of what was read.

    Args:
        decided: The decisions.
        claims: As they were read.
        rejected: Whether those that were rejected stay among them.
    """
    found = []
    for item in claims:
        decision = decided.by_claim.get(item.id)
        if decision is not None:
            item = replace(item, claim=decision.told, decision=decision)
        if rejected or not item.rejected:
            found.append(item)
    return found


def stored_claim(row: dict[str, Any]) -> StoredClaim:
    """A claim from its table row (with ``source`` and ``published`` of its document)."""
    claim = Claim(
        doc=row["doc"],
        type=ClaimType(row["type"]),
        quote=row["quote"],
        args=orjson.loads(row["args"]),
        offset=(row["offset_start"], row["offset_end"]),
        stance=Stance(row["stance"]),
        speaker=row["speaker"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        page=row["page"] or None,
        sha256=row["sha256"],
        method=row["method"],
        entities=orjson.loads(row["entities"]),
    )
    return StoredClaim(row["id"], claim, row["locator"], row["source"], row["published"])
