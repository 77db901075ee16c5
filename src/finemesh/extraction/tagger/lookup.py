"""The rows of a model's weights for the features of a sentence, without writing the features out.

:func:`~finemesh.extraction.tagger.features.features` names each feature by a text, which the training needs. Here
the same features are looked up part by part: what depends on one word alone is found once for that word. A test
holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from finemesh.extraction.tagger.features import Sight, see, word_features
from finemesh.extraction.tokens import Token

_STEPS = (-3, -2, -1, 1, 2, 3)
_MEMORY = 1 << 15
"""Words whose rows are kept."""


class Lookup:
    """Finds the rows of features.

    Args:
        rows: The row of each feature, by the feature's text.
    """

    def __init__(self, rows: dict[str, int]) -> None:
        self._rows = rows
        self._by_template: dict[str, dict[str, int]] = {}
        for name, row in rows.items():
            template, mark, value = name.partition("=")
            self._by_template.setdefault(template + mark, {})[value] = row
        self._pairs = {key: self._template(key) for key in ("<=", ">=", "<<=", ">>=", "<s=", ">s=")}
        self._outside = tuple(self._some(f"{step}#") for step in _STEPS)
        self._word = lru_cache(maxsize=_MEMORY)(self._find_word)

    def _template(self, key: str) -> dict[str, int]:
        return self._by_template.get(key, {})

    def _some(self, *names: str) -> tuple[int, ...]:
        return tuple(self._rows[name] for name in names if name in self._rows)

    def _find_word(self, text: str, low: str, mark: str) -> tuple[list[int], tuple[tuple[int, ...], ...]]:
        """The rows of a word for itself, and for its neighbours in the order of ``_STEPS``."""
        own, beside = word_features(text, low, mark)
        return list(self._some(*own)), tuple(self._some(*beside[step]) for step in _STEPS)

    def rows_of(self, tokens: Sequence[Token], seen: dict[str, int]) -> list[list[int]]:
        """The rows of each token of a sentence, those that the model does not know left out.

        Args:
            tokens: The sentence.
            seen: How often each capitalised word stood in the document before; brought up to date here.
        """
        sight = see(tokens)
        words = [self._word(t.text, t.low, mark) for t, mark in zip(tokens, sight.marks, strict=True)]
        found = [self._alone(i, sight, seen, words) for i in range(len(words))]
        self._add_pairs(found, sight)
        for token, capital in zip(tokens, sight.capital, strict=True):
            if capital:
                seen[token.low] = seen.get(token.low, 0) + 1
        return found

    def _alone(
        self, i: int, sight: Sight, seen: dict[str, int], words: Sequence[tuple[list[int], tuple[tuple[int, ...], ...]]]
    ) -> list[int]:
        row = words[i][0].copy()
        rows = self._rows
        row += [rows[name] for name in sight.features_at(i, seen) if name in rows]
        count = len(words)
        for k, step in enumerate(_STEPS):
            j = i + step
            row += words[j][1][k] if 0 <= j < count else self._outside[k]
        return row

    def _add_pairs(self, found: list[list[int]], sight: Sight) -> None:
        """Add what depends on two neighbours."""
        last = len(found) - 1
        for i in range(last):
            words = f"{sight.lows[i]}|{sight.lows[i + 1]}"
            shapes = f"{sight.shapes[i]}|{sight.shapes[i + 1]}"
            for at, key, value in (
                (i + 1, "<=", words),
                (i, ">=", words),
                (i + 2, "<<=", words),
                (i - 1, ">>=", words),
                (i + 1, "<s=", shapes),
                (i, ">s=", shapes),
            ):
                if 0 <= at <= last:
                    row = self._pairs[key].get(value)
                    if row is not None:
                        found[at].append(row)
