"""Who says a claim and when it was, in words."""

from __future__ import annotations

from finemesh.analysis.claim_words import Part, sentence
from finemesh.analysis.entity import Edge
from finemesh.model.claim import ClaimType
from finemesh.reports.shown.words import EDGES

__all__ = ["Part", "edge_words", "said", "sentence", "when"]


def said(speaker: str | None, publisher: str, document: str = "") -> str:
    """Who says it: "says the UN Special Rapporteur, relayed by Justice For Myanmar"."""
    relay = publisher or document
    if speaker and relay and speaker.casefold() != relay.casefold():
        return f"says {speaker}, relayed by {relay}"
    return f"says {speaker or relay}" if speaker or relay else ""


_EVENTS = frozenset({ClaimType.DESIGNATION, ClaimType.MEETING, ClaimType.PAYMENT})


def when(start: str | None, end: str | None, kind: ClaimType | None = None) -> str:
    """The dates of a claim or relation in words, empty where there are none; an event has one date only."""
    if start and end:
        return start if start == end else f"{start} to {end}"
    if start and kind in _EVENTS:
        return f"on {start}" if len(start) == 10 else f"in {start}"
    if start:
        return f"since {start}"
    return f"until {end}" if end else ""


def edge_words(edge: Edge) -> str:
    """What a list calls a relation, or our word for its kind."""
    own = edge.values.get("role") or edge.values.get("relationship")
    return f"“{own[0]}”" if own else EDGES.get(edge.kind, edge.kind)
