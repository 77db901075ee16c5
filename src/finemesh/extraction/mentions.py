"""Mentions of people, organisations, ranks and roles in a text, and the relations between them."""

from __future__ import annotations

from collections.abc import Sequence

from finemesh.extraction.analysis import analyse
from finemesh.extraction.spans import KnownName
from finemesh.model.claim import Mention, Relation

_TYPES = {"person": "person", "organization": "organization", "vessel": "vessel"}


def read_mentions(doc: str, text: str, known: Sequence[KnownName] = ()) -> tuple[list[Mention], list[Relation]]:
    """The mentions of a document in order, and the relations between mentions of one sentence.

    Args:
        doc: The document's id.
        text: Its text.
        known: Names of the case that the matching room found in it; may be empty.
    """
    analysis = analyse(text, None, known)
    mentions: dict[tuple[int, int], Mention] = {}
    for sentence in analysis.sentences:
        for phrase in sentence.parse.phrases:
            unit = phrase.name
            if unit is not None and unit.kind in _TYPES:
                mentions.setdefault(
                    (unit.start, unit.end), Mention(doc, unit.start, unit.end, _TYPES[unit.kind], unit.text)
                )
    for name in known:
        mentions.setdefault(
            (name.start, name.end), Mention(doc, name.start, name.end, _TYPES.get(name.kind, "name"), name.text)
        )
    return [mentions[key] for key in sorted(mentions)], []
