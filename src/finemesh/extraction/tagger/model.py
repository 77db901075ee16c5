"""The tagger's weights, and the search for the best labels of a sentence.

The model file is text, compressed: a line of labels, the transition weights, then one feature a line with its
weights in thousandths. It is written by ``tools/train_tagger.py`` and read once.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from finemesh.extraction.tagger.lookup import Lookup
from finemesh.model.errors import DataError

SCALE = 1000
_HEADER = "finemesh-tagger 1"
_TOGETHER = 64
"""Sentences that are labelled at a time; bounds the memory."""
MAX_TOKENS = 600
"""Tokens that are labelled together; a longer sentence is taken in pieces."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear-chain model.

    Attributes:
        labels: The labels, in the order of the columns.
        rows: The row of each feature in :attr:`weights`.
        weights: Feature by label.
        transitions: Label by label: from the row's to the column's.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: NDArray[np.float32]
    transitions: NDArray[np.float32]

    def tag(self, sentence: Sequence[Sequence[str]]) -> list[str]:
        """The best labels for the features of a sentence's tokens (Viterbi)."""
        rows = self.rows
        return self.tag_rows([[[rows[f] for f in features if f in rows] for features in sentence]])[0]

    def tag_rows(self, sentences: Sequence[Sequence[Sequence[int]]]) -> list[list[str]]:
        """The best labels of many sentences, given the rows of their tokens' features."""
        pieces = [
            (number, sentence[at : at + MAX_TOKENS])
            for number, sentence in enumerate(sentences)
            for at in range(0, len(sentence), MAX_TOKENS)
        ]
        found: list[list[str]] = [[] for _ in sentences]
        for at in range(0, len(pieces), _TOGETHER):
            batch = pieces[at : at + _TOGETHER]
            for (number, _), labels in zip(batch, self._tag([piece for _, piece in batch]), strict=True):
                found[number] += labels
        return found

    def _tag(self, sentences: Sequence[Sequence[Sequence[int]]]) -> list[list[str]]:
        """Viterbi over several sentences at once, the longest first, so that those still open stand in front."""
        order = sorted(range(len(sentences)), key=lambda k: -len(sentences[k]))
        lengths = [len(sentences[k]) for k in order]
        scores = self._scores([row for k in order for row in sentences[k]])
        starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
        best = scores[starts]
        back = np.zeros((lengths[0], len(order), len(self.labels)), dtype=np.int8)
        for i in range(1, lengths[0]):
            still = sum(length > i for length in lengths)
            paths = best[:still, :, None] + self.transitions
            back[i, :still] = paths.argmax(axis=1)
            best[:still] = paths.max(axis=1) + scores[starts[:still] + i]
        found: list[list[str]] = [[] for _ in order]
        for place, k in enumerate(order):
            at = int(best[place].argmax())
            labels = [at]
            for i in range(lengths[place] - 1, 0, -1):
                at = int(back[i, place, at])
                labels.append(at)
            found[k] = [self.labels[label] for label in reversed(labels)]
        return found

    def _scores(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """The weight of each label at each token, from its features alone."""
        flat: list[int] = []
        starts: list[int] = []
        for rows in tokens:
            starts.append(len(flat))
            flat += rows or (0,)  # the empty row
        scores: NDArray[np.float32] = np.add.reduceat(self.weights[flat], starts, axis=0)
        return scores


def write(
    path: Path, labels: Sequence[str], transitions: dict[tuple[str, str], float], weights: dict[tuple[str, str], float]
) -> None:
    """Write a model; the same weights always give the same bytes.

    Args:
        path: The file.
        labels: The labels.
        transitions: (from, to) to weight.
        weights: (feature, label) to weight; those that round to zero are left out.
    """
    lines = [_HEADER, "\t".join(labels)]
    lines += ("\t".join(str(round(SCALE * transitions.get((one, two), 0.0))) for two in labels) for one in labels)
    rows: dict[str, dict[str, int]] = {}
    for (feature, label), weight in weights.items():
        value = round(SCALE * weight)
        if value:
            rows.setdefault(feature, {})[label] = value
    for feature, row in sorted(rows.items()):
        cells = (f"{labels.index(label)}:{value}" for label, value in sorted(row.items()))
        lines.append("\t".join((feature, *cells)))
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as packed:
        packed.write("\n".join(lines).encode())


def read(lines: Iterable[str]) -> Model:
    """Read a model's lines.

    Raises:
        DataError: They are no model of this version.
    """
    source = iter(lines)
    if next(source, "").rstrip("\n") != _HEADER:
        raise DataError("the tagger's model is not of this version", hint="train it anew: tools/train_tagger.py")
    labels = tuple(next(source).rstrip("\n").split("\t"))
    transitions = np.array([[int(v) for v in next(source).split("\t")] for _ in labels], dtype=np.float32) / np.float32(
        SCALE
    )
    rows: dict[str, int] = {}
    table: list[list[int]] = [[0] * len(labels)]
    for line in source:
        feature, *cells = line.rstrip("\n").split("\t")
        row = [0] * len(labels)
        for cell in cells:
            label, _, value = cell.partition(":")
            row[int(label)] = int(value)
        rows[feature] = len(table)
        table.append(row)
    weights = np.array(table, dtype=np.float32) / np.float32(SCALE)
    return Model(labels, rows, weights, transitions)


@cache
def default_lookup() -> Lookup:
    """The lookup of features for :func:`default_model`."""
    return Lookup(default_model().rows)


@cache
def default_model() -> Model:
    """The model that comes with the package."""
    packed = (files("finemesh") / "data" / "tagger" / "security_forces.gz").read_bytes()
    return read(gzip.decompress(packed).decode().split("\n"))
