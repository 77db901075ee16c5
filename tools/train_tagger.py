#!/usr/bin/env python3
"""Train the tagger for people, ranks, roles and organisations, and say how good it is.

Usage: ``tools/train_tagger.py [--data DIR] [--out FILE] [--folds N] [--seed N]``

Reads BRAT files (``<doc>.txt``, ``<doc>.ann``) as in ``shared/data/security_forces`` (Security Force Monitor; no
licence stated: for training and testing here, its texts are not part of this project). Needs ``python-crfsuite``:
``pip install python-crfsuite``; the running tagger does not.

With ``--folds N`` each document is read by a model that has not seen it, and the pooled predictions are scored:
that is the figure to quote. The model that is written is trained on all documents; the same documents,
options and version of python-crfsuite give the same bytes.

The annotators left many sentences aside that name officers like those they marked. A sentence without any mark in
which a first model (that has not seen its document) finds two spans or more is left out of training.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import pycrfsuite

from finemesh.extraction.sentences import sentences
from finemesh.extraction.tagger.features import features
from finemesh.extraction.tagger.model import Model, read, write
from finemesh.extraction.tagger.spans import Tagged, labels_for, labels_to_spans, mend
from finemesh.extraction.tokens import Token, tokenize

SHARED = Path(os.environ.get("FINEMESH_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
OUT = Path(__file__).resolve().parent.parent / "src/finemesh/data/tagger/security_forces.gz"
TYPES = {"Person": "person", "Organization": "organization", "Rank": "rank", "Title": "role", "Role": "role"}
OPTIONS = {"c1": 0.0, "c2": 1.0, "max_iterations": 100, "feature.possible_transitions": True}
PRUNE = 0.004
"""Weights below this are left out of the model file."""


class Doc:
    """One annotated document: its sentences as tokens, their features and labels."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.text = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")
        self.gold = [trimmed(self.text, span) for span in read_annotations(path)]
        self.tokens: list[list[Token]] = [tokenize(self.text, s.start, s.end) for s in sentences(self.text)]
        seen: dict[str, int] = {}
        self.features = [features(line, seen) for line in self.tokens]
        self.labels = [labels_for(line, self.gold) for line in self.tokens]

    def predict(self, model: Model) -> list[Tagged]:
        """The spans that a model finds."""
        found = [
            s
            for line, row in zip(self.tokens, self.features, strict=True)
            for s in labels_to_spans(line, model.tag(row))
        ]
        return [trimmed(self.text, span) for span in mend(self.text, found)]


def read_annotations(path: Path) -> list[Tagged]:
    """The spans of a BRAT file, Title and Role as one type."""
    found = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if not line.startswith("T"):
            continue
        kind, *offsets = re.split(r"[ ;]", line.split("\t")[1])
        if kind in TYPES:
            found.append(Tagged(int(offsets[0]), int(offsets[-1]), TYPES[kind]))
    return found


def trimmed(text: str, span: Tagged) -> Tagged:
    """A span without surrounding marks, as the scorer compares them."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return Tagged(start, end, span.type)


def fit(docs: list[Doc], leave: set[tuple[str, int]]) -> Model:
    """Train on documents, without the sentences in ``leave`` (document, number)."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(OPTIONS)
    for doc in docs:
        for number, (row, labels) in enumerate(zip(doc.features, doc.labels, strict=True)):
            if row and (doc.name, number) not in leave:
                trainer.append(row, labels)
    with tempfile.TemporaryDirectory() as folder:
        raw, path = Path(folder) / "raw", Path(folder) / "model.gz"
        trainer.train(str(raw))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(raw))
        info = tagger.info()
        weights = {key: value for key, value in info.state_features.items() if abs(value) >= PRUNE}
        write(path, sorted(info.labels), dict(info.transitions), weights)
        fit.last = path.read_bytes()  # type: ignore[attr-defined]
        import gzip

        return read(gzip.decompress(fit.last).decode().split("\n"))  # type: ignore[attr-defined]


def overlooked(docs: list[Doc], folds: int, seed: int) -> set[tuple[str, int]]:
    """Sentences without marks in which a model that has not seen their document finds two spans or more."""
    leave: set[tuple[str, int]] = set()
    for test, train in split(docs, folds, seed):
        model = fit(train, set())
        for doc in test:
            for number, (line, row, labels) in enumerate(zip(doc.tokens, doc.features, doc.labels, strict=True)):
                if row and set(labels) == {"O"} and len(labels_to_spans(line, model.tag(row))) >= 2:
                    leave.add((doc.name, number))
    return leave


def split(docs: list[Doc], folds: int, seed: int) -> list[tuple[list[Doc], list[Doc]]]:
    """(test, train) for each fold; a document's fold depends on its name and the seed only."""
    ordered = sorted(docs, key=lambda d: hashlib.sha256(f"{seed}:{d.name}".encode()).hexdigest())
    return [(ordered[k::folds], [d for d in ordered if d not in ordered[k::folds]]) for k in range(folds)]


def score(pairs: list[tuple[Doc, list[Tagged]]]) -> None:
    """Print precision, recall and F1 of predictions, by type and together."""
    total: collections.Counter[str] = collections.Counter()
    for kind in sorted(set(TYPES.values())):
        gold = {(d.name, s) for d, _ in pairs for s in d.gold if s.type == kind}
        found = {(d.name, s) for d, spans in pairs for s in spans if s.type == kind}
        counts = {"tp": len(gold & found), "fp": len(found - gold), "fn": len(gold - found)}
        total.update(counts)
        show(kind, counts)
    show("micro", total)


def show(name: str, counts: dict[str, int]) -> None:
    precision = counts["tp"] / max(1, counts["tp"] + counts["fp"])
    recall = counts["tp"] / max(1, counts["tp"] + counts["fn"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name:14s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({counts['tp'] + counts['fn']} marked)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED / "data/security_forces")
    parser.add_argument("--out", type=Path, default=OUT, help="where the model goes ('-' for nowhere)")
    parser.add_argument("--folds", type=int, default=0, help="score by cross-validation over documents first")
    parser.add_argument("--pred", type=Path, help="write the cross-validated spans here, for score_security_forces.py")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    docs = [Doc(path) for path in sorted(args.data.glob("*.ann"))]
    print(f"{len(docs)} documents, {sum(len(d.gold) for d in docs)} spans")
    if args.folds:
        pairs = []
        for test, train in split(docs, args.folds, args.seed):
            model = fit(train, overlooked(train, 3, args.seed))
            pairs += [(doc, doc.predict(model)) for doc in test]
        print(f"by models that have not seen the document ({args.folds} folds):")
        score(pairs)
        if args.pred:
            import json

            rows = [
                {"doc": d.name, "start": s.start, "end": s.end, "type": s.type} for d, spans in pairs for s in spans
            ]
            args.pred.write_text("".join(json.dumps(row) + "\n" for row in rows))
    if str(args.out) != "-":
        fit(docs, overlooked(docs, 5, args.seed))
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_bytes(fit.last)  # type: ignore[attr-defined]
        print(
            f"{args.out}: {args.out.stat().st_size} bytes, sha256"
            f" {hashlib.sha256(args.out.read_bytes()).hexdigest()[:16]}"
        )


if __name__ == "__main__":
    main()
