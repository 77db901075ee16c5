"""Who in an index may be meant by a name: similar words, the names that hold them, the best of these word by word.

This is the reference; the compiled kernel (:mod:`finemesh.matching.kernel`) finds the same names with the same points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from finemesh.matching.columns import WEAK, Asked, Columns, Found
from finemesh.matching.figures import Figures, Scheme
from finemesh.matching.retrieval import exact_key, meaning_keys, search_keys
from finemesh.matching.similarity import align, are_far, code_mask, join_codes, joined_likeness, likeness, points_of
from finemesh.matching.word import Kind, Reading, Word

MAX_CODE, MAX_SIMILAR = 32, 4096
CANDIDATES = 100
"""Names that are compared word by word, after the first look."""
_EXACT = 990
_FULL, _NEAR = 5.0, 0.8
"""The rank of a name that agrees in full, and how near it a name must come to be worth a comparison."""
_LIGHT = (Kind.HONORIFIC, Kind.LEGAL, Kind.PARTICLE)


class _Similar(NamedTuple):
    likeness: int
    word: int


class PlainSearch:
    """A search in plain Python."""

    def __init__(self, columns: Columns, scheme: Scheme) -> None:
        self._columns = columns
        self._scheme = scheme

    def search_many(
        self, asked: Sequence[Asked], limit: int, least: float = -math.inf, explain: bool = True
    ) -> list[list[Found]]:
        """For each name the best name of each of at most ``limit`` parties, best first.

        Args:
            asked: Names.
            limit: Parties at most.
            least: Points below which nothing is wanted.
            explain: Whether the pairs of each alignment are needed.
        """
        level = self._scheme.level(least)
        return [[found for found in self._search(one, limit, level) if found.points >= least] for one in asked]

    def _search(self, asked: Asked, limit: int, least: float) -> list[Found]:
        reading, columns = asked.reading, self._columns
        own = sum(w.weight for w in reading.words)
        sums = self._credit(reading)
        ranks = sorted((-(total / (own + columns.name_weight[name])), name) for name, total in sums.items())
        best: dict[int, Found] = {}
        ordered: list[Found] = []
        for less_rank, name in ranks[:CANDIDATES]:
            wanted = max(least, ordered[-1].level) if len(ordered) == limit else least
            if -less_rank < _FULL * _NEAR * wanted:
                break
            found = self._found(asked, name)
            if 0 < least > found.level:
                continue
            old = best.get(found.party)
            if old is None or _rank(found) < _rank(old):
                best[found.party] = found
                ordered = sorted(best.values(), key=_rank)[:limit]
                best = {f.party: f for f in ordered}
        return ordered

    def _found(self, asked: Asked, name: int) -> Found:
        columns = self._columns
        reading = columns.reading(name)
        alignment = align(asked.reading, reading, self._scheme)
        figures = self._scheme.figures(asked.reading, reading)
        party = columns.name_party[name]
        cost = figures.weak if columns.name_kind[name] == WEAK else 0
        if not asked.kinds & columns.party_kinds[party]:
            cost += figures.other_kind
        level = alignment.raw - cost / 1000.0
        return Found(party, name, points_of(level, figures), level, alignment)

    def _credit(self, reading: Reading) -> dict[int, int]:
        """What each name that holds similar words has of the words asked for."""
        figures = self._scheme.person if reading.person else self._scheme.organisation
        sums: dict[int, int] = {}
        heavy = any(w.kind not in _LIGHT for w in reading.words)
        for word in reading.words:
            if heavy and word.kind in _LIGHT:
                continue
            similar = self._similar_words(word, figures)
            self._credit_names(sums, similar, word.weight)
            if not (similar and similar[0].likeness == -1000):
                self._credit_split(sums, word)
        for size in (2, 3):
            for i in range(len(reading.words) - size + 1):
                self._credit_joined(sums, reading.words[i : i + size], figures)
        return sums

    def _credit_names(self, sums: dict[int, int], similar: Iterable[_Similar], weight: int) -> None:
        seen: set[int] = set()
        for less, word in similar:
            gain = -less * weight // 100
            for name in self._columns.names[self._columns.names_end[word] : self._columns.names_end[word + 1]]:
                if name not in seen:
                    seen.add(name)
                    sums[name] = sums.get(name, 0) + gain

    def _find(self, code: bytes, meanings: Iterable[int], judge: Callable[[Word], int]) -> list[_Similar]:
        seen: set[int] = set()
        found: list[_Similar] = []
        for number in self._filed(code, meanings):
            if number not in seen and len(found) < MAX_SIMILAR:
                seen.add(number)
                alike = judge(self._columns.word(number))
                if alike:
                    found.append(_Similar(-alike, number))
        return sorted(found)

    def _filed(self, code: bytes, meanings: Iterable[int]) -> Iterator[int]:
        """The words that sound or mean much the same; what differs too much in consonants is passed by."""
        mask = code_mask(code)
        for key in search_keys(code):
            for number in self._columns.words_of_key(key):
                if not are_far(mask, code_mask(self._columns.word(number).code)):
                    yield number
        for key in meanings:
            yield from self._columns.words_of_key(key)

    def _similar_words(self, word: Word, figures: Figures) -> list[_Similar]:
        meanings = meaning_keys(word.key, word.group)
        return self._find(word.code, meanings, lambda other: likeness(word, other, figures))

    def _credit_joined(self, sums: dict[int, int], parts: tuple[Word, ...], figures: Figures) -> None:
        """Words written together in the index and apart in the query."""
        code = join_codes(parts)
        if code is not None and len(code) <= MAX_CODE:
            similar = self._find(code, (), lambda other: joined_likeness(parts, other, figures))
            self._credit_names(sums, similar, sum(w.weight for w in parts))

    def _exact(self, code: bytes) -> list[_Similar]:
        filed = self._columns.words_of_key(exact_key(code))
        return [_Similar(-_EXACT, n) for n in filed if self._columns.word(n).code == code][:MAX_SIMILAR]

    def _credit_split(self, sums: dict[int, int], word: Word) -> None:
        """Words written together in the query and apart in the index: both halves, exactly."""
        code, size = word.code, len(word.code)
        if size < 6:
            return
        for cut in range(2, size - 1):
            first = self._exact(code[:cut])
            if not first:
                continue
            for again in (0, 1):  # a letter may have been doubled where the words met
                rest = code[cut - again :]
                second = self._exact(rest)
                if second:
                    self._credit_names(sums, second, word.weight * len(rest) // size)
                    self._credit_names(sums, first, word.weight * cut // size)


def _rank(found: Found) -> tuple[float, int, int]:
    return -found.points, found.party, found.name
