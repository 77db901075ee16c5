"""Why a score is what it is, part by part, as JSON that a reader can add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finemesh.matching.figures import Figures
from finemesh.matching.similarity import Alignment
from finemesh.matching.word import ABJAD, ORDINARY, STRICT, Kind, Reading, Word

Part = dict[str, Any]

_LABELS = ("word", "particle", "title", "legal form", "common word", "number", "initial")
"""What each kind of word is called, in the order of :class:`finemesh.matching.word.Kind`."""


def part(label: str, score: float | None, weight: float, left: str | None, right: str | None) -> Part:
    """One part of an explanation."""
    return {"part": label, "score": score, "weight": weight, "left": left, "right": right}


def explain_names(left: Reading, right: Reading, alignment: Alignment, figures: Figures) -> list[Part]:
    """The parts of a comparison of two names, each with the reason for its score (``why``).

    The mean of the parts' scores by their weights, put on the scale on which 0.5 is the best dividing line, is
    the score of the names (docs/matching.md).
    """
    parts = []
    for _, mine, other, likeness, weight in sorted([(not p[2], *p) for p in alignment.pairs]):
        ours, theirs = [left.words[i] for i in mine], [right.words[j] for j in other]
        label = _LABELS[(ours or theirs)[0].kind]
        found = part(label, figures.effect[likeness] / 1000, weight / 100, _written(ours), _written(theirs))
        if likeness:
            found["likeness"] = likeness / 1000
        found["why"] = _why(ours, theirs)
        parts.append(found)
    if alignment.against:
        facing = (_facing(left, [p.left for p in alignment.pairs if not p.likeness]),
                  _facing(right, [p.right for p in alignment.pairs if not p.likeness]))  # fmt: skip
        parts.append(
            {**part("contradiction", 0.0, alignment.against / 100, *facing), "why": "each has words the other has not"}
        )
    rest = alignment.total - alignment.against - sum(pair.weight for pair in alignment.pairs)
    if rest:
        unsure = "how much names like these leave open"
        parts.append({**part("not told by names", 0.0, rest / 100, None, None), "why": unsure})
    if not alignment.ordered:
        agreed = sum(figures.effect[p.likeness] * p.weight for p in alignment.pairs if p.likeness) / 1000
        kept = f"another order keeps {alignment.agreed / agreed:.0%} of what agrees"
        parts.append({**part("order", 0.0, 0.0, _written(left.words), _written(right.words)), "why": kept})
    return parts


_MISSING = {
    Kind.PARTICLE: "a particle tells little",
    Kind.HONORIFIC: "a title may be left out",
    Kind.LEGAL: "a legal form may be left out",
    Kind.GENERIC: "a common word that the other has not",
    Kind.NUMBER: "a number that the other has not",
}


def _why(ours: Sequence[Word], theirs: Sequence[Word]) -> str:
    """Why words meet, or what it means that they do not."""
    if not ours or not theirs:
        return _MISSING.get((ours or theirs)[0].kind, "a word that the other has not")
    a, b = ours[0], theirs[0]
    if len(ours) + len(theirs) > 2:
        return "written together" if len(ours[0].code) > 1 or len(theirs[0].code) > 1 else "first letters"
    if a.text == b.text:
        return "the same"
    if a.key and a.key == b.key:
        return "the same number" if a.kind is Kind.NUMBER else "the same meaning"
    if a.traits & b.traits & STRICT:
        return "spellings of one syllable"
    if (a.kind is Kind.INITIAL) is not (b.kind is Kind.INITIAL):
        return "an initial"
    if a.code == b.code:
        return "sounds the same"
    if a.group and a.group == b.group:
        return "forms of one name"
    return "sounds alike, one without its vowels" if (a.traits ^ b.traits) & ABJAD else "sounds alike"


def _facing(reading: Reading, lost: Iterable[tuple[int, ...]]) -> str:
    """The telling words of a name that the other has not."""
    words = [reading.words[i] for places in lost for i in places]
    return _written([w for w in words if w.kind in ORDINARY]) or ""


def _written(words: Sequence[Word]) -> str | None:
    """Words as a text, None where there are none."""
    if len(words) == 1:
        return words[0].text
    return " ".join([w.text for w in words]) or None
