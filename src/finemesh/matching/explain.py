"""Why a score is what it is, part by part, as JSON that a reader can add up."""

from __future__ import annotations

from typing import Any

from finemesh.matching.figures import Figures
from finemesh.matching.similarity import Alignment
from finemesh.matching.word import Kind, Reading

Part = dict[str, Any]

_LABELS = {
    Kind.WORD: "word",
    Kind.PARTICLE: "particle",
    Kind.HONORIFIC: "title",
    Kind.LEGAL: "legal form",
    Kind.GENERIC: "common word",
    Kind.NUMBER: "number",
    Kind.INITIAL: "initial",
}


def part(label: str, score: float | None, weight: float, left: str | None, right: str | None) -> Part:
    """One part of an explanation."""
    return {"part": label, "score": score, "weight": weight, "left": left, "right": right}


def explain_names(left: Reading, right: Reading, alignment: Alignment, figures: Figures) -> list[Part]:
    """The parts of a comparison of two names.

    The mean of the parts' scores by their weights, put on the scale on which 0.5 is the best dividing line, is
    the score of the names (docs/matching.md).
    """
    parts = []
    for pair in sorted(alignment.pairs, key=lambda p: (not p.likeness, p.left, p.right)):
        first = left.words[pair.left[0]] if pair.left else right.words[pair.right[0]]
        found = part(
            _LABELS[first.kind],
            figures.effect[pair.likeness] / 1000,
            pair.weight / 100,
            " ".join(left.words[i].text for i in pair.left) or None,
            " ".join(right.words[j].text for j in pair.right) or None,
        )
        if pair.likeness:
            found["likeness"] = pair.likeness / 1000
        parts.append(found)
    if alignment.against:
        parts.append(part("contradiction", 0.0, alignment.against / 100, *_facing(left, right, alignment)))
    rest = alignment.total - alignment.against - sum(pair.weight for pair in alignment.pairs)
    if rest:
        parts.append(part("not told by names", 0.0, rest / 100, None, None))
    if not alignment.ordered:
        parts.append(part("order", 0.0, 0.0, _order(left), _order(right)))
    return parts


def _facing(left: Reading, right: Reading, alignment: Alignment) -> tuple[str, str]:
    """The words of each name that the other has not."""
    lost_left = [left.words[i] for pair in alignment.pairs if not pair.likeness for i in pair.left]
    lost_right = [right.words[j] for pair in alignment.pairs if not pair.likeness for j in pair.right]
    return " ".join(w.text for w in lost_left if w.kind in _TELLING), " ".join(
        w.text for w in lost_right if w.kind in _TELLING
    )


_TELLING = (Kind.WORD, Kind.NUMBER, Kind.GENERIC)


def _order(reading: Reading) -> str:
    return " ".join(w.text for w in reading.words)
