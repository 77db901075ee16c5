"""Two names, or two parties, side by side: a score with its reasons."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from finemesh.matching.explain import Part, explain_names, part
from finemesh.matching.facts import facts
from finemesh.matching.figures import Scheme
from finemesh.matching.kernel import KernelComparer, library
from finemesh.matching.party import Party
from finemesh.matching.scorers import get_scorer
from finemesh.matching.similarity import Met, align, points_of, score_of
from finemesh.matching.word import Reading
from finemesh.matching.words import read_names

BATCH = 1000
"""Pairs that are compared together."""
NAMELESS = -4.0
"""Points where one of two parties has no name that can be read."""


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
    names = read_names(left, schema, scheme.edition), read_names(right, schema, scheme.edition)
    (met,) = open_comparer(scheme).compare([names])
    if met is None:
        return Comparison(0.0)
    return Comparison(score_of(met.points), _explained(met, scheme))


def compare_parties(left: Party, right: Party, scorer: str | None = None) -> Comparison:
    """Compare two parties by their names and everything else that both state."""
    return next(compare_many([(left, right)], scorer))


def compare_many(pairs: Iterable[tuple[Party, Party]], scorer: str | None = None) -> Iterator[Comparison]:
    """Compare many pairs of parties, in order, with constant memory."""
    scheme = get_scorer(scorer)
    comparer = open_comparer(scheme)
    remaining = iter(pairs)
    while batch := list(itertools.islice(remaining, BATCH)):
        edition = scheme.edition
        names = [(_party_readings(left, edition), _party_readings(right, edition)) for left, right in batch]
        for (left, right), met in zip(batch, comparer.compare(names), strict=True):
            found = facts(left, right, edition=edition)
            if left.id and right.id:
                found.insert(0, (part("two entries", 0.0, scheme.entries, None, None), -scheme.entries))
            points = (NAMELESS if met is None else met.points) + sum(p for _, p in found)
            parts = _explained(met, scheme) if met else []
            score = score_of(points) if met or found else 0.0
            yield Comparison(score, [*parts, *(p for p, _ in found)])


class PlainComparer:
    """Compares the names of two parties, in plain Python."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme

    def compare(self, pairs: Sequence[tuple[Sequence[Reading], Sequence[Reading]]]) -> list[Met | None]:
        """For each pair of parties the two names that meet best, None where one has no name."""
        return [self._best(left, right) for left, right in pairs]

    def _best(self, left: Sequence[Reading], right: Sequence[Reading]) -> Met | None:
        best: Met | None = None
        for a in left:
            for b in right:
                alignment = align(a, b, self._scheme)
                points = points_of(alignment.raw, self._scheme.figures(a, b))
                if best is None or points > best.points:
                    best = Met(points, a, b, alignment)
        return best


@lru_cache(maxsize=4)
def open_comparer(scheme: Scheme) -> PlainComparer | KernelComparer:
    """The fastest comparer there is."""
    return PlainComparer(scheme) if library() is None else KernelComparer(scheme)


def _explained(met: Met, scheme: Scheme) -> list[Part]:
    return explain_names(met.left, met.right, met.alignment, scheme.figures(met.left, met.right))


@lru_cache(maxsize=4096)
def _party_readings(party: Party, edition: int) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(r for name in party.names for r in read_names(name.text, party.schema, edition)))
