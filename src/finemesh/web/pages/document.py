"""A document: its text with what was seen in it, and its claims beside their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from finemesh.model.claim import ARGS, Mention, Stance
from finemesh.model.decision import Answer
from finemesh.model.errors import UserError
from finemesh.reports.shown.speech import said
from finemesh.reports.shown.words import VERDICTS
from finemesh.web.desk import desk_of
from finemesh.web.pages.claim import field_text
from finemesh.web.shown import textcut
from finemesh.web.shown.textcut import Piece, Span
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.check import Verdict
    from finemesh.analysis.corroboration import Fact
    from finemesh.analysis.documents import StoredClaim
    from finemesh.analysis.lookup import DocumentText


@dataclass(frozen=True, slots=True)
class Card:
    """The claims that rest on one sentence.

    Attributes:
        number: From 1, in the order of the text.
        start, end: The sentence.
        claims: The claims, each with its verdict where it is one about a designation.
        voice: Who says all of them, empty where several do.
    """

    number: int
    start: int
    end: int
    claims: tuple[tuple[StoredClaim, Verdict | None], ...]
    voice: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the cards that stand beside it.

    Attributes:
        page: Number of the page that begins here, or 0.
        pieces: The text.
        cards: Those whose sentence begins here.
    """

    page: int
    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]


def document(v: View) -> Response:
    """One document, or the part of a long one that was asked for."""
    name = v.request.path_params["doc"]
    try:
        found = v.case.look.documents(name)
    except UserError as error:
        raise MissingError(error.message, hint=error.hint) from error
    doc = found[0]
    cuts = textcut.parts(doc.text)
    hit = _hit(v, len(doc.text))
    number = textcut.part_at(cuts, hit[0]) if hit else v.number("part", 1, 1, len(cuts)) - 1
    start, end = cuts[number]
    mentions = [m for m in v.case.mentions([doc.info.sha256]) if isinstance(m, Mention) and m.doc == doc.info.doc]
    shown = [m for m in mentions if m.start < end and m.end > start]
    cards = cards_of(v, doc)
    linked = sorted({m.entity for m in shown if m.entity})
    sentences = [sum(a <= c.start < b for c in cards) for a, b in cuts]
    blocks = _blocks(doc, start, end, shown, cards, hit)
    return v.render(
        "document.html",
        doc=doc,
        namesakes=[d.info for d in found[1:]],
        blocks=blocks,
        first_hit=next((p.start for b in blocks for p in b.pieces if p.hit), -1),
        mentions=shown,
        standing=v.case.look.standing(linked, v.day),
        cards=cards,
        verdicts=_counts(cards),
        designations=sum(verdict is not None for card in cards for _, verdict in card.claims),
        claims=sum(len(card.claims) for card in cards),
        checked_on=_checked_on(cards),
        **_desk(v, doc, cards),
        part=number + 1,
        parts=sentences,
        elsewhere=[n for n, found in enumerate(sentences, 1) if found and n != number + 1],
        linked=len({m.entity for m in mentions if m.entity}),
        mentioned=len(mentions),
    )


def _desk(v: View, doc: DocumentText, cards: Sequence[Card]) -> dict[str, Any]:
    """What the page needs to take answers about claims."""
    return {
        "answers": _answers(cards),
        "lost": [item for item in v.case.lost_decisions([doc.info.sha256]) if item.claim.doc == doc.info.doc],
        "token": desk_of(v).token,
        "args_of": ARGS,
        "stances": [stance.value for stance in Stance],
        "field_text": field_text,
        "fact_of": _facts(v, cards),
    }


def _facts(v: View, cards: Sequence[Card]) -> dict[str, Fact]:
    """The fact of each claim that other documents speak of too, or that somebody denies, by claim id."""
    assert v.opened is not None
    every: list[Fact] = v.opened.remember(("facts", v.answers), v.case.corroborate)
    wanted = {stored.id for card in cards for stored, _ in card.claims}
    return {c.id: f for f in every if f.documents > 1 or f.denied for c in f.claims if c.id in wanted}


def _hit(v: View, length: int) -> tuple[int, int] | None:
    """The characters that were asked for with ``at=START-END``."""
    raw = v.one("at")
    if not raw:
        return None
    first, _, second = raw.partition("-")
    if not (first.isascii() and first.isdigit() and (not second or (second.isascii() and second.isdigit()))):
        raise UserError(f"not a place in a text: {raw[:40]!r}", hint="write at=120-162")
    start = min(int(first[:12]), length)
    return start, max(start + 1, min(int(second[:12]) if second else start + 1, length))


def cards_of(v: View, doc: DocumentText) -> list[Card]:
    """The claims of a document by sentence, those about designations with their verdict.

    Without a chosen as-of date each is checked for the document's own date, as the command line does.
    """
    assert v.opened is not None
    sha256 = doc.info.sha256
    claims = [c for c in v.case.claims([sha256]) if c.claim.doc == doc.info.doc]
    as_of = v.day if v.as_of else None
    corrected = tuple((c.id, c.decision.last.id) for c in claims if c.decision and c.answer is Answer.CORRECTED)
    key = ("check", doc.info.doc, sha256, as_of or v.site.today(), corrected)
    verdicts = v.opened.remember(key, lambda: {x.claim.id: x for x in v.case.check_claims(claims, as_of=as_of)})
    if v.one("only") == "accepted":
        claims = [c for c in claims if c.accepted]
    by_sentence: dict[tuple[int, int], list[tuple[StoredClaim, Verdict | None]]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.claim.offset, []).append((claim, verdicts.get(claim.id)))
    cards = []
    for number, ((start, end), found) in enumerate(sorted(by_sentence.items()), 1):
        voices = {said(c.claim.speaker, v.publishers.get(sha256, ""), c.source) for c, _ in found}
        cards.append(Card(number, start, end, tuple(found), voices.pop() if len(voices) == 1 else ""))
    return cards


def _blocks(
    doc: DocumentText,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    cards: Sequence[Card],
    hit: tuple[int, int] | None,
) -> list[Block]:
    paragraphs = textcut.paragraphs(doc.text, start, end)
    spans = [Span(m.start, m.end, "mention", n) for n, m in enumerate(mentions)]
    spans += [Span(c.start, c.end, "claim", c.number) for c in cards if c.start < end and c.end > start]
    spans += [Span(*hit, "hit", 0)] if hit else []
    touching = textcut.touching(spans, paragraphs)
    blocks = []
    page = _page_at(doc.pages, start) if start else 0
    left = [c for c in cards if start <= c.start < end]
    for number, ((a, b), own) in enumerate(zip(paragraphs, touching, strict=True)):
        until = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else end
        beside = tuple(c for c in left if c.start < until)
        left = left[len(beside) :]
        now = _page_at(doc.pages, a)
        blocks.append(Block(now if now != page else 0, tuple(textcut.pieces(doc.text, a, b, own)), beside))
        page = now
    return blocks


def _page_at(pages: Sequence[int], offset: int) -> int:
    """The page (from 1) on which a character stands, 0 in a document without pages."""
    return sum(start <= offset for start in pages)


def _counts(cards: Sequence[Card]) -> dict[str, tuple[int, int]]:
    """Each verdict with its count and the number of the first card that bears it."""
    found = [
        (verdict.verdict, card.number) for card in cards for c, verdict in card.claims if verdict and not c.rejected
    ]
    counts = Counter(word for word, _ in found)
    return {word: (counts[word], next(n for w, n in found if w == word)) for word in VERDICTS if counts[word]}


def _answers(cards: Sequence[Card]) -> dict[str, int]:
    """How many claims people have accepted, corrected, rejected and disagree about, and how many wait (``open``)."""
    found = Counter(stored.answer.value if stored.answer else "open" for card in cards for stored, _ in card.claims)
    return {word: found[word] for word in (*(a.value for a in Answer), "open") if found[word]}


def _checked_on(cards: Sequence[Card]) -> str:
    days = {verdict.as_of.isoformat() for card in cards for _, verdict in card.claims if verdict}
    return days.pop() if len(days) == 1 else ""


def documents(v: View) -> Response:
    """Every document, filtered by words and sorted as asked."""
    from finemesh.web.pages.search import found_documents

    assert v.opened is not None
    every = v.documents()
    words = v.one("q")
    order = v.one("order") or "published"
    shown = found_documents(v, words, len(every)) if words else list(every)
    keys = {
        "published": lambda d: (d.published, d.doc),
        "claims": lambda d: (d.claims, d.mentions, d.doc),
        "mentions": lambda d: (d.mentions, d.claims, d.doc),
        "characters": lambda d: (d.characters, d.doc),
    }
    if order not in keys:
        raise UserError(f"unknown order: {order[:40]!r}", hint="known: " + ", ".join(keys))
    shown.sort(key=keys[order], reverse=True)
    page = v.number("page", 1, 1, max(1, -(-len(shown) // _PAGE)))
    return v.render(
        "documents.html",
        documents=shown[(page - 1) * _PAGE : page * _PAGE],
        total=len(shown),
        every=len(every),
        words=words,
        order=order,
        page=page,
        pages=max(1, -(-len(shown) // _PAGE)),
    )


_PAGE = 200
"""Documents on one page of the index."""
