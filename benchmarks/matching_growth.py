"""How the cost of matching grows with the number of target names: 10 thousand to a million.

usage: python benchmarks/matching_growth.py [--data ../shared/data/matching] [--sizes 10000,100000,1000000] [--write]

Beyond the names that there are, targets are made of the words of real names, drawn anew with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from finemesh.matching.index import Index, Query
from finemesh.matching.index_build import INDEX_FILE, build_index
from finemesh.matching.party import Name, Party, party_from_ftm
from matching import HERE, write


def targets(data: Path, size: int) -> Iterator[Party]:
    """Parties with about so many names."""
    lines = (data / "targets.ftm.jsonl").read_text("utf-8").splitlines()
    real = [party_from_ftm(json.loads(line)) for line in lines]
    count = 0
    for party in real:
        if count >= size:
            return
        count += len(party.names)
        yield party
    chance = random.Random(1)
    people = [n.text.split() for p in real if p.schema == "Person" for n in p.names]
    firms = [n.text.split() for p in real if p.schema != "Person" for n in p.names]
    for number in range(count, size):
        schema, pool = ("Person", people) if chance.random() < 0.55 else ("Company", firms)
        a, b = chance.choice(pool), chance.choice(pool)
        name = " ".join([*a[: max(1, len(a) // 2)], *b[len(b) // 2 :]])
        yield Party(f"made-{number}", schema, name, (Name(name),))


def measure(data: Path, size: int) -> str:
    queries = [json.loads(q) for q in (data / "workload-dev.jsonl").read_text("utf-8").splitlines()]
    asked = [Query(q["name"], q["schema"]) for q in queries]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.process_time()
        build_index(targets(data, size), folder)
        built = time.process_time() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        begun = time.perf_counter()
        index = Index.open(folder)
        opened = time.perf_counter() - begun
        begun = time.process_time()
        for _ in index.screen_many(asked, threshold=0.5, explain=False):
            pass
        speed = len(asked) / (time.process_time() - begun)
        singles = []
        for query in asked[::10]:
            begun = time.process_time()
            index.screen(query, threshold=0.5)
            singles.append(time.process_time() - begun)
        middle = sorted(singles)[len(singles) // 2]
        disk = (folder / INDEX_FILE).stat().st_size / 1e6
    figures = (f"{size:,}", f"{built:.1f}", f"{memory:,}", f"{disk:.0f}", f"{opened * 1000:.0f}", f"{speed:,.0f}")
    return "| " + " | ".join((*figures, f"{middle * 1000:.2f}")) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data" / "matching")
    parser.add_argument("--sizes", default="10000,30000,100000,300000,1000000")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lines = [
        "| target names | build, CPU s | memory so far, MB | index, MB | open, ms | names/s | one name, p50 ms |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for size in map(int, args.sizes.split(",")):
        lines.append(measure(args.data, size))
        print(lines[-1], flush=True)
    if args.write:
        write("growth", "\n".join(lines))


if __name__ == "__main__":
    main()
