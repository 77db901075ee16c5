"""Two names, or two parties, side by side: a score with its reasons."""

from __future__ import annotations

import itertools
import math
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
    comparer = open_comparer(scheme, [read_names(name, schema, scheme.edition) for name in (left, right)])
    (met,) = comparer.compare([(0, 1)])
    if met is None:
        return Comparison(0.0)
    return Comparison(score_of(met.points), _explained(met, scheme))


def compare_parties(left: Party, right: Party, scorer: str | None = None) -> Comparison:
    """Compare two parties by their names and everything else that both state."""
    return next(compare_many([(left, right)], scorer))


def compare_many(pairs: Iterable[tuple[Party, Party]], scorer: str | None = None) -> Iterator[Comparison]:
    """Compare many pairs of parties, in order, with constant memory."""
    remaining = iter(pairs)
    while batch := list(itertools.islice(remaining, BATCH)):
        prepared = Prepared(itertools.chain.from_iterable(batch), scorer)
        yield from prepared.compare([(place, place + 1) for place in range(0, 2 * len(batch), 2)])


class Prepared:
    """Parties that are read once and compared many times.

    Args:
        parties: In an order; pairs of them are named by their places in it.
        scorer: A scheme of :data:`finemesh.matching.scorers.SCORERS`.
    """

    def __init__(self, parties: Iterable[Party], scorer: str | None = None) -> None:
        self._scheme = get_scorer(scorer)
        self.parties = tuple(parties)
        edition = self._scheme.edition
        self._comparer = open_comparer(self._scheme, (_party_readings(p, edition) for p in self.parties))

    def compare(self, pairs: Sequence[tuple[int, int]]) -> Iterator[Comparison]:
        """Each pair with its explanation, in order."""
        for (left, right), met in zip(pairs, self._comparer.compare(pairs), strict=True):
            a, b = self.parties[left], self.parties[right]
            found = self._facts(a, b)
            parts = _explained(met, self._scheme) if met else []
            yield Comparison(_score(met.points if met else -math.inf, found), [*parts, *(p for p, _ in found)])

    def scores(self, pairs: Iterable[tuple[int, int]]) -> Iterator[float]:
        """The score of each pair, in order, as :meth:`compare` gives it; several times as fast."""
        remaining = iter(pairs)
        while batch := list(itertools.islice(remaining, BATCH)):
            for (left, right), points in zip(batch, self._comparer.points(batch), strict=True):
                yield _score(points, self._facts(self.parties[left], self.parties[right]))

    def _facts(self, left: Party, right: Party) -> list[tuple[Part, float]]:
        """What else is known of two parties, with its points."""
        found = facts(left, right, edition=self._scheme.edition)
        if left.id and right.id:
            entries = self._scheme.entries
            found.insert(0, (part("two entries", 0.0, entries, None, None), -entries))
        return found


def _score(names: float, found: Sequence[tuple[Part, float]]) -> float:
    """The score of two parties: the points of their names (-infinity: one has none) and of what else is known."""
    if names == -math.inf:
        if not found:
            return 0.0
        names = NAMELESS
    return score_of(names + sum(points for _, points in found))


class PlainComparer:
    """Compares the names of parties, in plain Python.

    Args:
        scheme: How.
        parties: Each by its names.
    """

    def __init__(self, scheme: Scheme, parties: Iterable[Sequence[Reading]]) -> None:
        self._scheme = scheme
        self._parties = tuple(parties)

    def compare(self, pairs: Sequence[tuple[int, int]]) -> list[Met | None]:
        """For each pair of parties, by their places, the two names that meet best; None where one has no name."""
        return [self._best(self._parties[left], self._parties[right]) for left, right in pairs]

    def points(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """The points of :meth:`compare`; -infinity where a party has no name."""
        return [-math.inf if met is None else met.points for met in self.compare(pairs)]

    def _best(self, left: Sequence[Reading], right: Sequence[Reading]) -> Met | None:
        best: Met | None = None
        for a in left:
            for b in right:
                alignment = align(a, b, self._scheme)
                points = points_of(alignment.raw, self._scheme.figures(a, b))
                if best is None or points > best.points:
                    best = Met(points, a, b, alignment)
        return best


def open_comparer(scheme: Scheme, parties: Iterable[Sequence[Reading]]) -> PlainComparer | KernelComparer:
    """The fastest comparer there is."""
    return PlainComparer(scheme, parties) if library() is None else KernelComparer(scheme, parties)


def _explained(met: Met, scheme: Scheme) -> list[Part]:
    return explain_names(met.left, met.right, met.alignment, scheme.figures(met.left, met.right))


@lru_cache(maxsize=4096)
def _party_readings(party: Party, edition: int) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(r for name in party.names for r in read_names(name.text, party.schema, edition)))
