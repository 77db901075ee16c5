"""One system screens the queries; called by ``matching.py`` with the Python that has what the system needs.

usage: matching_systems.py SYSTEM DATA OUT [EVERY]

Writes ``OUT`` (a line {"qid", "results"} for each query), prints one JSON object with the CPU seconds of making ready
and of screening, and the most memory that was held.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Entity = dict[str, Any]
Results = list[tuple[str, float]]
Screen = Callable[[list[Entity]], Iterator[Results]]
NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")


def fold(text: str) -> str:
    """A name in lower-case Latin letters without accents, by ICU (what peers are usually given)."""
    from normality import ascii_text

    plain = (ascii_text(text) or text).lower()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def names_of(targets: list[Entity]) -> tuple[list[str], list[str]]:
    names, ids = [], []
    for target in targets:
        for prop in NAMES:
            for name in target["properties"].get(prop, ()):
                names.append(name)
                ids.append(target["id"])
    return names, ids


def best_of(pairs: Iterator[tuple[str, float]]) -> Results:
    best: dict[str, float] = {}
    for id, score in pairs:
        if score > best.get(id, -1.0):
            best[id] = score
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:5]


def finemesh(targets: list[Entity]) -> Screen:
    from finemesh.matching.index import Index, Query
    from finemesh.matching.index_build import build_index
    from finemesh.matching.party import party_from_ftm

    folder = Path(tempfile.mkdtemp())
    build_index([party_from_ftm(t) for t in targets], folder)
    index = Index.open(folder)

    def screen(queries: list[Entity]) -> Iterator[Results]:
        for found in index.screen_many((Query(q["name"], q["schema"]) for q in queries), explain=False):
            yield [(m.id, m.score) for m in found]

    return screen


def rapidfuzz(targets: list[Entity]) -> Screen:
    from rapidfuzz import fuzz, process

    names, ids = names_of(targets)
    sorted_names = [" ".join(sorted(fold(n).split())) for n in names]

    def screen(queries: list[Entity]) -> Iterator[Results]:
        for query in queries:
            text = " ".join(sorted(fold(query["name"]).split()))
            found = process.extract(text, sorted_names, scorer=fuzz.ratio, processor=None, limit=25)
            yield best_of((ids[place], score / 100) for _, score, place in found)

    return screen


def tfidf(targets: list[Entity]) -> Screen:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    names, ids = names_of(targets)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype="float32")
    matrix = vectors.fit_transform([fold(n) for n in names]).T.tocsr()

    def screen(queries: list[Entity]) -> Iterator[Results]:
        asked = vectors.transform([fold(q["name"]) for q in queries])
        found = sp_matmul_topn(asked, matrix, top_n=25, sort=True, n_threads=1)
        for row in range(found.shape[0]):
            span = slice(found.indptr[row], found.indptr[row + 1])
            yield best_of((ids[i], float(s)) for i, s in zip(found.indices[span], found.data[span], strict=True))

    return screen


def logic_v2(targets: list[Entity]) -> Screen:
    """The best twenty of :func:`tfidf`, scored by nomenklatura's logic-v2."""
    from followthemoney import EntityProxy, model
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    config = algorithm.default_config()
    candidates = tfidf(targets)
    proxies = {t["id"]: EntityProxy(model.get(t["schema"]), {**t, "referents": []}, cleaned=True) for t in targets}

    def screen(queries: list[Entity]) -> Iterator[Results]:
        for number, (query, found) in enumerate(zip(queries, candidates(queries), strict=True)):
            asked = model.make_entity(query["schema"] if query["schema"] != "LegalEntity" else "LegalEntity")
            asked.id = f"query-{number}"
            asked.add("name", query["name"])
            yield best_of((id, algorithm.compare(asked, proxies[id], config).score) for id, _ in found)

    return screen


SYSTEMS: dict[str, Callable[[list[Entity]], Screen]] = {
    "finemesh": finemesh,
    "rapidfuzz": rapidfuzz,
    "tfidf": tfidf,
    "logic-v2": logic_v2,
}


def main() -> None:
    system, data, out = sys.argv[1:4]
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    lines = (Path(data) / "targets.ftm.jsonl").read_text("utf-8").splitlines()
    targets = [json.loads(line) for line in lines]
    queries = [json.loads(q) for q in (Path(data) / "workload-dev.jsonl").read_text("utf-8").splitlines()][::every]
    begun = time.process_time()
    screen = SYSTEMS[system](targets)
    ready = time.process_time()
    with Path(out).open("w", encoding="utf-8") as stream:
        for query, found in zip(queries, screen(queries), strict=True):
            results = [{"id": id, "score": score} for id, score in found]
            stream.write(json.dumps({"qid": query["qid"], "results": results}) + "\n")
    done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"ready": ready - begun, "seconds": done - ready, "queries": len(queries), "memory": memory}))


if __name__ == "__main__":
    main()
