"""Who has which rank and role, and is posted where: by what stands between two spans of one sentence.

* a rank belongs to the person that it touches ("Major General X"), or that it follows as an apposition;
* a role belongs to the nearest person, whom it follows ("X, the commander") or precedes ("the commander, Colonel X");
* a person is posted to the organisation of that role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from finemesh.extraction.tagger.spans import Tagged

_NEXT_PERSON = re.compile(r"[;\n]|\bwhile\b|\bwhereas\b|\bbut\b", re.IGNORECASE)
_APART = re.compile(r"[.!?]\s+[A-Z]")
_TAKES_OVER = re.compile(
    r"\b(?:took over from|takes over from|take over from|replaces?d?|replacing|succeed(?:s|ed|ing)?|handed over"
    r" to|relieved)\b",
    re.IGNORECASE,
)
_FAR = 160
"""Characters between a person and a role beyond which they are not tied."""

Relation = tuple[str, Tagged, Tagged]


def relations(text: str, spans: Sequence[Tagged]) -> list[Relation]:
    """The relations between the spans of one sentence, in order: (kind, person, other).

    Args:
        text: The document's text.
        spans: The sentence's spans, sorted.
    """
    people = [s for s in spans if s.type == "person"]
    if not people:
        return []
    found: list[Relation] = []
    ranked: set[Tagged] = set()
    for rank in (s for s in spans if s.type == "rank"):
        found += [("has_rank", person, rank) for person in _ranked(text, rank, people, spans)]
        ranked.add(rank)
    holders: dict[Tagged, list[Tagged]] = {}
    for role in (s for s in spans if s.type == "role"):
        person = _holder(text, role, people, spans)
        if person is not None:
            found.append(("has_role", person, role))
            holders.setdefault(role, []).append(person)
    for organisation in (s for s in spans if s.type == "organization"):
        found += [("is_posted", person, organisation) for person in _posted(text, organisation, spans, holders, people)]
    return sorted(found, key=lambda r: (r[1], r[0], r[2]))


def _ranked(text: str, rank: Tagged, people: Sequence[Tagged], spans: Sequence[Tagged]) -> list[Tagged]:
    """Whose rank it is: of the person right after it (or of several after a plural), else of one before it."""
    after = [p for p in people if p.start >= rank.end and not text[rank.end : p.start].strip(" .,-–\n\t\xa0")]
    if after:
        return after[:1]
    before = [p for p in people if p.end <= rank.start and rank.start - p.end < 8 and "," in text[p.end : rank.start]]
    return before[-1:]


def _holder(text: str, role: Tagged, people: Sequence[Tagged], spans: Sequence[Tagged]) -> Tagged | None:
    """Who holds a role: the nearest person not cut off from it."""
    before = next((p for p in reversed(people) if p.end <= role.start), None)
    after = next((p for p in people if p.start >= role.end), None)
    cost_before = _cost(text, before.end, role.start, role, before, spans) if before is not None else None
    cost_after = _cost(text, role.end, after.start, role, after, spans) if after is not None else None
    if cost_before is None and cost_after is None:
        return None
    if cost_after is None or (cost_before is not None and cost_before <= cost_after):
        return before
    return after


def _cost(text: str, start: int, end: int, role: Tagged, person: Tagged, spans: Sequence[Tagged]) -> int | None:
    """How far apart a role and a person are; None where they are cut off."""
    between = text[start:end]
    others = [s for s in spans if start <= s.start and s.end <= end and s.type in ("person", "role")]
    if len(between) > _FAR or any(s.type == "person" for s in others):
        return None
    cost = len(between)
    for span in spans:  # names in between do not part them
        if start <= span.start and span.end <= end:
            cost -= span.end - span.start
    if _NEXT_PERSON.search(between) or _APART.search(between):
        cost += 80
    cost += 25 * sum(s.type == "role" for s in others)
    if _TAKES_OVER.search(between):
        cost += 60
    after = person.start >= role.end
    if after and re.fullmatch(r"[\s,:–-]*(?:\([^)]*\))?[\s,:–-]*", _without(text, start, end, spans)):
        cost -= 20
    if not after and re.match(r"\s*,?\s*(?:is|as|was|who|the|an?|now|formerly|has|becomes?|to|,)\b", between):
        cost -= 20
    return cost


def _without(text: str, start: int, end: int, spans: Sequence[Tagged]) -> str:
    """The text between, without ranks and organisations and the small words around them."""
    kept = text[start:end]
    for span in reversed(spans):
        if start <= span.start and span.end <= end:
            kept = kept[: span.start - start] + kept[span.end - start :]
    return re.sub(r"\b(?:of|the|at|in|for|to|and|state|command)\b", "", kept, flags=re.IGNORECASE)


def _posted(
    text: str,
    organisation: Tagged,
    spans: Sequence[Tagged],
    holders: dict[Tagged, list[Tagged]],
    people: Sequence[Tagged],
) -> list[Tagged]:
    """Who is posted to an organisation: the holders of the role beside it."""
    best: tuple[int, Tagged] | None = None
    for role, persons in holders.items():
        gap = (
            text[role.end : organisation.start]
            if role.end <= organisation.start
            else text[organisation.end : role.start]
        )
        if (
            len(gap) > 60
            or _APART.search(gap)
            or ";" in gap
            or any(
                p.start >= min(role.end, organisation.end) and p.end <= max(role.start, organisation.start)
                for p in persons
            )
        ):
            continue
        cost = len(gap) + (0 if role.end <= organisation.start else 15)
        if best is None or cost < best[0]:
            best = (cost, role)
    if best is not None:
        return holders[best[1]]
    near = [
        p
        for p in people
        if p.end <= organisation.start
        and re.fullmatch(r",?\s*(?:of|from|at)\s+(?:the\s+)?", text[p.end : organisation.start])
    ]
    return near[-1:]
