"""The tables of documents, mentions, relations and claims."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from finemesh.build.background import Background
from finemesh.build.linking import LinkedDocument, Linker, entity_rows
from finemesh.build.parties import INDEX
from finemesh.build.plan import Parts, Piece
from finemesh.build.reading import READ_CHARS, LanguageTask, read_language
from finemesh.build.relinking import LINKS, link_rows
from finemesh.build.way import Way
from finemesh.build.work import document_from_json, read_report
from finemesh.build.workers import run_tasks
from finemesh.extraction.language import ENGLISH
from finemesh.matching.index import Index
from finemesh.model.endpoint import Endpoint
from finemesh.model.issue import Issue
from finemesh.model.locator import Locator
from finemesh.model.source import Source
from finemesh.sources.documents import Document
from finemesh.store import tables
from finemesh.store.tables import CLAIMS, DOCUMENTS, MENTIONS, RELATIONS

_BASE_SECONDS = 60.0
_SECONDS_PER_MB = 60.0


@dataclass(frozen=True, slots=True)
class Language:
    """What came of the documents.

    Attributes:
        counts: Rows by table.
        keys: Keys of the pieces.
        issues: Documents that could not be read.
        entities: Rows of the table of entities for parties that only documents name.
        died: Whether a process died that read one.
    """

    counts: dict[str, int]
    keys: list[str]
    issues: list[Issue]
    entities: list[tuple[Any, ...]]
    died: bool


def write_documents(
    way: Way,
    plan: Sequence[Piece],
    sources: Sequence[Source],
    clusters: Mapping[str, str],
    llm: Endpoint | None,
    answers: Path,
) -> Language:
    """Read the language of every document and write its tables.

    Args:
        way: Where and how the build works; the index of names and the statements are there already.
        plan: The documents that have a text.
        sources: Where they come from.
        clusters: The party of each listed entity.
        llm: The language model whose answers are used, None where the case names none.
        answers: The folder of its answers.
    """
    work, parts, jobs, progress = way.work, way.parts, way.jobs, way.progress
    index_folder = work / INDEX
    known = (index_folder, _folder_hash(index_folder), parts.root)
    documents = _gathered(plan, sources, parts)
    tasks = [
        LanguageTask(key, source.doc, source.sha256, source.published or document.published, *known, llm, answers)
        for key, (source, document) in documents.items()
    ]
    sizes = {key: len(document.text) for key, (_, document) in documents.items()}
    rows: dict[str, list[tuple[Any, ...]]] = {"documents": [], "mentions": [], "relations": [], "claims": []}
    issues: list[Issue] = []
    keys: list[str] = []
    died = False
    linker = Linker(Index.open(index_folder), Background(work / "statements.parquet", clusters), clusters)
    progress("reading documents", 0, len(tasks))
    outcomes = run_tasks(
        read_language,
        tasks,
        jobs,
        lambda task: _BASE_SECONDS + _SECONDS_PER_MB * sizes[task.document_key] / 1e6,
    )
    for number, outcome in enumerate(outcomes, 1):
        progress("reading documents", number, len(tasks))
        source, document = documents[outcome.task.document_key]
        died = died or outcome.died
        if outcome.result is None:
            rows["documents"].append(_document_row(source, document, ()))
            issues.append(Issue("not-read", outcome.failure, "error", source.dataset, source.name, source.sha256))
            continue
        if len(document.text) > READ_CHARS:
            issues.append(_cut(source, document))
        keys.append(outcome.result.key)
        report = read_report(parts.report(outcome.result.key))
        rows["documents"].append(_document_row(source, document, report["languages"]))
        issues += [*_not_english(source, report), *_by_model(source, report["llm"])]
        _language_rows(rows, report, source, linker.open(source.doc, source.sha256, document.text, report))
    tables.write_sorted(LINKS, link_rows(linker.links), work / f"{LINKS.name}.parquet")
    for table in (DOCUMENTS, MENTIONS, RELATIONS, CLAIMS):
        tables.write_sorted(table, rows[table.name], work / f"{table.name}.parquet")
    return Language(
        {name: len(found) for name, found in rows.items()}, keys, issues, entity_rows(linker.unlisted()), died
    )


def _gathered(plan: Sequence[Piece], sources: Sequence[Source], parts: Parts) -> dict[str, tuple[Source, Document]]:
    """Where each document comes from and its text, by the key of its piece."""
    origins = {(s.sha256, s.name): s for s in reversed(sources) if s.kind == "document"}
    found = {}
    for piece in plan:
        document = document_from_json(read_report(parts.report(piece.key))["document"])
        found[piece.key] = (origins[piece.files[0].sha256, piece.files[0].name], document)
    return found


def _cut(source: Source, document: Document) -> Issue:
    """What is said of a document too long to be read as language to its end."""
    where = f"the first {READ_CHARS:,} of {len(document.text):,} characters"
    message = f"claims are read in {where}, names of the case everywhere"
    locator = str(Locator(chars=(READ_CHARS, len(document.text))))
    return Issue("read-in-part", message, "warning", source.dataset, source.name, source.sha256, locator)


def _not_english(source: Source, report: dict[str, Any]) -> list[Issue]:
    """What is said of a document that is, as a whole or in part, in another language than English."""
    others = [code for code in report["languages"] if code != ENGLISH]
    if not others:
        return []
    whole = ENGLISH not in report["languages"]
    what = "the document is" if whole else f"{report['unread']:,} characters of the document are"
    message = f"{what} not in English ({', '.join(others)}): names are found there, claims are not read"
    return [Issue("not-english", message, "info", source.dataset, source.name, source.sha256)]


def _by_model(source: Source, told: dict[str, Any]) -> list[Issue]:
    """What is said of a language model's answers about a document: what was not answered, what was not kept."""
    issues = []
    if told["unanswered"]:
        what = f"{told['unanswered']} of {told['passages']} passages are not read by the language model"
        issues.append(
            Issue(
                "llm-not-asked", f"{what} (`finemesh build --llm`)", "info", *_place(source), count=told["unanswered"]
            )
        )
    if rejected := told["rejected"]:
        why = "; ".join(f"{reason} ({count})" for reason, count in sorted(rejected.items()))
        what = f"{sum(rejected.values())} claims of the language model are rejected, {told['kept']} are kept: {why}"
        issues.append(Issue("llm-rejected", what, "info", *_place(source), count=sum(rejected.values())))
    if left_out := told["left_out"]:
        what = ", ".join(f"{arg} ({count})" for arg, count in sorted(left_out.items()))
        issues.append(
            Issue(
                "llm-left-out",
                f"left out of its claims, for the document does not say it: {what}",
                "info",
                *_place(source),
            )
        )
    return issues


def _place(source: Source) -> tuple[str, str, str]:
    return source.dataset, source.name, source.sha256


def _document_row(source: Source, document: Document, languages: Sequence[str]) -> tuple[Any, ...]:
    published = source.published or document.published
    return (
        source.doc,
        source.sha256,
        source.name,
        source.title or document.title,
        document.author,
        source.publisher or document.publisher,
        source.url or document.url,
        published,
        "given" if source.published else document.published_basis,
        ";".join(languages),
        ",".join(map(str, document.pages)),
        orjson.dumps(document.links).decode(),
        document.ocr,
        document.text,
    )


def _language_rows(
    rows: dict[str, list[tuple[Any, ...]]], report: dict[str, Any], source: Source, linked: LinkedDocument
) -> None:
    for mention in report["mentions"]:
        entity, score = linked.mention(mention)
        rows["mentions"].append(
            (
                source.doc,
                source.sha256,
                mention["start"],
                mention["end"],
                mention["type"],
                mention["text"],
                entity,
                score,
                mention["locator"],
            )
        )
    for relation in report["relations"]:
        (a, b), (c, d) = relation["person"], relation["other"]
        rows["relations"].append((source.doc, source.sha256, relation["relation"], a, b, c, d))
    for claim in report["claims"]:
        rows["claims"].append(_claim_row(claim, source, linked))


def _claim_row(claim: dict[str, Any], source: Source, linked: LinkedDocument) -> tuple[Any, ...]:
    args = orjson.dumps(claim["args"], option=orjson.OPT_SORT_KEYS).decode()
    entities = orjson.dumps(linked.claim(claim), option=orjson.OPT_SORT_KEYS).decode()
    told = orjson.dumps([source.sha256, claim["type"], claim["offset"], args, claim["stance"], claim["speaker"]])
    return (
        hashlib.sha256(told).hexdigest()[:24],
        source.doc,
        source.sha256,
        claim["type"],
        claim["quote"],
        args,
        claim["stance"],
        claim["speaker"] or "",
        claim["start"] or "",
        claim["end"] or "",
        claim["offset"][0],
        claim["offset"][1],
        claim["page"] or 0,
        entities,
        claim["method"],
        claim["locator"],
    )


def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
