"""Two names, or two parties, side by side: a score with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from finemesh.matching.explain import Part, explain_names
from finemesh.matching.facts import combine, facts
from finemesh.matching.party import Party
from finemesh.matching.scorers import get_scorer
from finemesh.matching.similarity import Alignment, Scheme, align, points_of, score_of
from finemesh.matching.words import Reading, read_names


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names or parties are.

    Attributes:
        score: 0 to 1; 0.5 is the best dividing line.
        explanation: The parts, as in the contract.
    """

    score: float
    explanation: list[Part] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The score and the explanation."""
        return {"score": round(self.score, 4), "explanation": self.explanation}


def compare_names(left: str, right: str, schema: str | None = None, scorer: str | None = None) -> Comparison:
    """Compare two names as written.

    Args:
        left: A name; several parted by ``@`` or ``a.k.a.`` are tried each.
        right: The other.
        schema: What they name, if known.
        scorer: A scheme of :data:`finemesh.matching.scorers.SCORERS`.
    """
    scheme = get_scorer(scorer)
    best = _best(read_names(left, schema), read_names(right, schema), scheme)
    if best is None:
        return Comparison(0.0)
    points, first, second, alignment = best
    return Comparison(score_of(points), explain_names(first, second, alignment, scheme.figures(first, second)))


def compare_parties(left: Party, right: Party, scorer: str | None = None) -> Comparison:
    """Compare two parties by their names and everything else that both state."""
    scheme = get_scorer(scorer)
    best = _best(_party_readings(left), _party_readings(right), scheme)
    found = facts(left, right)
    if best is None:
        score, parts = 0.0, []
    else:
        points, first, second, alignment = best
        score, parts = score_of(points), explain_names(first, second, alignment, scheme.figures(first, second))
    return Comparison(combine(score, found), [*parts, *(p for p, _ in found)])


def compare_many(pairs: Iterable[tuple[Party, Party]], scorer: str | None = None) -> Iterator[Comparison]:
    """Compare many pairs of parties, in order."""
    for left, right in pairs:
        yield compare_parties(left, right, scorer)


@lru_cache(maxsize=4096)
def _party_readings(party: Party) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(r for name in party.names for r in read_names(name.text, party.schema)))


def _best(
    left: tuple[Reading, ...], right: tuple[Reading, ...], scheme: Scheme
) -> tuple[float, Reading, Reading, Alignment] | None:
    best: tuple[float, Reading, Reading, Alignment] | None = None
    for a in left:
        for b in right:
            alignment = align(a, b, scheme)
            points = points_of(alignment.raw, scheme.figures(a, b))
            if best is None or points > best[0]:
                best = (points, a, b, alignment)
    return best
