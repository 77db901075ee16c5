"""Mentions of people, organisations, ranks and roles in a text, and the relations between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from finemesh.extraction.lexicon import classes
from finemesh.extraction.reading import Words, read_words
from finemesh.extraction.registry import Registry
from finemesh.extraction.spans import KnownName, Span
from finemesh.extraction.tagger.model import default_lookup, default_model
from finemesh.extraction.tagger.relations import relations
from finemesh.extraction.tagger.spans import Tagged, labels_to_spans, mend
from finemesh.extraction.tokens import Token
from finemesh.model.claim import Mention, Relation

_COMPANY = classes("grammar")["company"]
_SANCTIONS = "sanction"
_HARDLY = 8
"""A text in which the tagger finds fewer than one mention for so many names is not of the kind that it knows.

In texts about security forces it finds 0.24 and more for each name, in press releases about companies 0.06 and less.
"""


def read_mentions(doc: str, text: str, known: Sequence[KnownName] = ()) -> tuple[list[Mention], list[Relation]]:
    """The mentions of a document in order, without overlap, and the relations between mentions of one sentence.

    The tagger finds people, ranks, roles and units in texts about security forces. In texts of another kind, in which
    it finds hardly any of those who are named and that speak of sanctions or of known names, or that name more
    companies than ranks, people and organisations found by their capital letters are added, where no known name stands.
    Known names are always mentions; where one overlaps what the tagger found, the longer stays.

    Args:
        doc: The document's id.
        text: Its text.
        known: Names of the case that the matching room found in it; may be empty.
    """
    words = read_words(text)
    spans = words.spans
    tagged = _tagged(text, words.tokens)
    names, companies = _named(text, words)
    ranks = sum(t.type == "rank" for t in tagged)
    different = len({text[t.start : t.end] for t in names})
    given = [
        Tagged(k.start, k.end, k.kind if k.kind in ("person", "organization", "vessel") else "name") for k in known
    ]
    speaks = bool(given) or _SANCTIONS in text.casefold()
    if companies > ranks or (speaks and len(tagged) * _HARDLY < different):
        beside = [n for n in names if all(n.end <= k.start or k.end <= n.start for k in given)]
        tagged = _without_overlap([*tagged, *beside])
    kept = _without_overlap([*given, *tagged])
    found = [Mention(doc, t.start, t.end, t.type, text[t.start : t.end]) for t in kept]
    return found, list(_relations(doc, text, spans, kept))


def _tagged(text: str, tokens: Sequence[Sequence[Token]]) -> list[Tagged]:
    """What the tagger finds."""
    lookup = default_lookup()
    seen: dict[str, int] = {}
    rows = [lookup.rows_of(line, seen) for line in tokens]
    found: list[Tagged] = []
    for line, labels in zip(tokens, default_model().tag_rows(rows), strict=True):
        found += labels_to_spans(line, labels)
    return [_trimmed(text, span) for span in mend(text, found)]


def _trimmed(text: str, span: Tagged) -> Tagged:
    """A span without marks around it."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ").’'"):
        end -= 1
    return Tagged(start, end, span.type)


def _named(text: str, words: Words) -> tuple[list[Tagged], int]:
    """People and organisations by their capitals, and how many different companies there are."""
    registry = Registry()
    places: list[tuple[int, int, str]] = []
    for line, names in zip(words.tokens, words.names, strict=True):
        for name in names:
            if name.kind in ("state", "adjective"):
                continue
            start, end = line[name.first].start, line[name.last - 1].end
            places.append((start, end, text[start:end]))
            registry.add(text[start:end], name.kind, start)
    registry.settle()
    found: list[Tagged] = []
    companies: set[str] = set()
    for start, end, name_text in places:
        party = registry.party(name_text)
        if party is None or party.kind not in ("person", "organization"):
            continue
        found.append(Tagged(start, end, party.kind))
        if party.name.split()[-1].lower().rstrip(".") in _COMPANY:
            companies.add(party.name)
    return found, len(companies)


def _without_overlap(spans: Iterable[Tagged]) -> list[Tagged]:
    """The spans in order; of two that overlap the longer stays, of two equally long the one given first."""
    kept: list[Tagged] = []
    cluster: list[tuple[int, Tagged]] = []
    reach = -1
    ordered = sorted(
        ((i, s) for i, s in enumerate(spans) if s.end > s.start), key=lambda pair: (pair[1].start, pair[0])
    )
    for number, span in ordered:
        if span.start >= reach:
            kept += _longest(cluster)
            cluster = []
        cluster.append((number, span))
        reach = max(reach, span.end)
    return kept + _longest(cluster)


def _longest(cluster: Sequence[tuple[int, Tagged]]) -> list[Tagged]:
    """Of spans that hang together by overlap, those that stay."""
    kept: list[Tagged] = []
    for _, span in sorted(cluster, key=lambda pair: (pair[1].start - pair[1].end, pair[0])):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)


def _relations(doc: str, text: str, spans: Sequence[Span], tagged: Sequence[Tagged]) -> Iterable[Relation]:
    starts = [t.start for t in tagged]
    for span in spans:
        inside = tagged[bisect_left(starts, span.start) : bisect_right(starts, span.end)]
        if len(inside) > 1:
            for kind, person, other in relations(text, inside):
                yield Relation(doc, kind, (person.start, person.end), (other.start, other.end))
