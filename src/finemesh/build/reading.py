"""Mentions and claims of the documents, read in worker processes.

The names of the case are found in each document first; the reading of its language builds on them. A document is read
again only when its text, the names found in it or the reading itself changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from finemesh.build.answers import Answers
from finemesh.build.plan import FORMAT, Parts
from finemesh.build.versions import room_version
from finemesh.build.work import document_from_json, read_report, write_report
from finemesh.extraction.claims import read_claims
from finemesh.extraction.language import ENGLISH, UNKNOWN, languages, only, passages
from finemesh.extraction.llm.check import Asked, Checked, check_answer, not_said_already
from finemesh.extraction.llm.questions import Question, method, questions
from finemesh.extraction.mentions import read_mentions
from finemesh.extraction.spans import KnownName
from finemesh.matching.facts import kinds_of
from finemesh.matching.index import Index
from finemesh.matching.scanner import NameHit
from finemesh.model.claim import Claim, Mention
from finemesh.model.endpoint import Endpoint
from finemesh.model.locator import Locator
from finemesh.sources.documents import Document

_KINDS = {1: "person", 2: "organization", 4: "vessel"}

READ_CHARS = 1_000_000
"""Characters of a document that are read as language: a book of 500 pages. Known names are found beyond it too."""


@dataclass(frozen=True, slots=True)
class LanguageTask:
    """A document whose language is to be read.

    Attributes:
        document_key: Key of the piece that holds its text.
        doc: Document id.
        sha256: Its artifact.
        published: Publication date, as the user or the document gives it.
        index: The index of names; its content's hash goes into ``names_version``.
        names_version: Changes when the names of the case change.
        parts: The folder for results.
        llm: The language model whose answers are used where there are any, None where the case names none.
        answers: The folder of these answers.
    """

    document_key: str
    doc: str
    sha256: str
    published: str
    index: Path
    names_version: str
    parts: Path
    llm: Endpoint | None = None
    answers: Path = Path()


@dataclass(frozen=True, slots=True)
class LanguageResult:
    """Where the result of a task is: the key of its report."""

    document_key: str
    key: str


@lru_cache(maxsize=1)
def _open_index(folder: Path, version: str) -> Index:
    return Index.open(folder)


def read_language(task: LanguageTask) -> LanguageResult:
    """Find names, mentions, relations and claims of one document and keep them."""
    parts = Parts(task.parts)
    document = document_from_json(read_report(parts.report(task.document_key))["document"])
    index = _open_index(task.index, task.names_version)
    hits = index.scan(document.text)
    known = [
        KnownName(hit.start, hit.end, document.text[hit.start : hit.end], _kind(hit.schemata), hit.party_ids)
        for hit in hits
    ]
    found = {(hit.start, hit.end): hit for hit in hits}
    answered = _answered(task, document.text[:READ_CHARS])
    key = _key(task, known, answered, [hit.score for hit in hits])
    if not parts.done(key):
        text = document.text[:READ_CHARS]
        cut = passages(text)
        english = only(text, cut)
        within = [k for k in known if k.end <= len(text)]
        mentions, relations = read_mentions(task.doc, text, within)
        mentions += [Mention(task.doc, k.start, k.end, k.kind, k.text) for k in known[len(within) :]]
        claims = read_claims(task.doc, english, published=task.published or None, known=within, sha256=task.sha256)
        checked = _checked(task, text, answered)
        claims += not_said_already(checked.claims, claims)
        claims.sort(key=lambda claim: claim.offset)
        write_report(
            parts.report(key),
            {
                "llm": {
                    "passages": len(answered),
                    "unanswered": sum(answer is None for _, answer in answered),
                    "kept": len(checked.claims),
                    "rejected": checked.rejected,
                    "left_out": checked.left_out,
                },
                "languages": languages(text, cut),
                "unread": sum(p.end - p.start for p in cut if p.language not in (ENGLISH, UNKNOWN)),
                "mentions": [_mention_row(document, m, found.get((m.start, m.end))) for m in mentions],
                "relations": [asdict(r) for r in relations],
                "claims": [_claim_row(document, c) for c in claims],
            },
        )
    return LanguageResult(task.document_key, key)


def _kind(schemata: Iterable[str]) -> str:
    """The kind of a mention of somebody of these schemata; ``name`` where it is not sure."""
    kinds = {_KINDS.get(kinds_of(schema), "name") for schema in schemata}
    return kinds.pop() if len(kinds) == 1 else "name"


_Answered = list[tuple[Question, str | None]]
"""The questions about a document, each with its answer or None."""


def _answered(task: LanguageTask, text: str) -> _Answered:
    """What a language model was to be asked about a document, and what it answered; empty where there is none."""
    if task.llm is None:
        return []
    answers = Answers(task.answers)
    return [(q, answers.read(task.sha256, q.key)) for q in questions(text, task.sha256, task.published, task.llm)]


def _checked(task: LanguageTask, text: str, answered: _Answered) -> Checked:
    """The claims of a model's answers that the document bears out."""
    checked = Checked()
    for question, answer in answered:
        if answer is not None and task.llm is not None:
            place = (question.start, question.end)
            asked = Asked(task.doc, task.sha256, text, *place, task.published, method(task.llm))
            check_answer(answer, asked, checked)
    return checked


def _key(task: LanguageTask, known: list[KnownName], answered: _Answered, scores: list[float]) -> str:
    names = [(k.start, k.end, k.kind, k.entity_ids, score) for k, score in zip(known, scores, strict=True)]
    told = [(question.key, answer) for question, answer in answered]
    code = [room_version("extraction"), room_version("data")]  # patterns and word lists are data
    raw = orjson.dumps([FORMAT, code, task.document_key, task.doc, task.published, names, told])
    return hashlib.sha256(raw).hexdigest()[:32]


def locator(document: Document, start: int, end: int) -> str:
    """The place of a passage: its characters, its page, and where the archived source holds it."""
    return str(
        Locator(
            page=document.page_of(start),
            chars=(start, end),
            source=document.source_span(start, end),
            box=document.box_of(start, end),
            ocr=document.ocr or None,
        )
    )


def _mention_row(document: Document, mention: Mention, hit: NameHit | None) -> dict[str, Any]:
    """A mention with its place and, where it is a name of the case, those who bear it and how sure that is."""
    known = {"known": hit.party_ids, "known_score": hit.score} if hit else {}
    return {**asdict(mention), "locator": locator(document, mention.start, mention.end), **known}


def _claim_row(document: Document, claim: Claim) -> dict[str, Any]:
    method = f"{claim.method} on {document.ocr}" if document.recognised(claim.offset[0]) else claim.method
    placed = replace(claim, page=document.page_of(claim.offset[0]), method=method)
    return {**placed.as_json(), "locator": locator(document, *claim.offset)}
