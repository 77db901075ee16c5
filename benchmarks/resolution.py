"""How fast and how well the records of a built case are resolved.

    python benchmarks/resolution.py CASE                       wall and CPU time of each part, pairs, the queue
    python benchmarks/resolution.py CASE --judged PAIRS.csv    precision and recall on judged pairs of entries
    python benchmarks/resolution.py CASE --grow 0.1 0.3 1      time on a part of the records (by a hash of the id)

PAIRS.csv has left_id, right_id and judgement (positive or negative).
"""

from __future__ import annotations

import argparse
import csv
import resource
import tempfile
import time
import zlib
from functools import partial
from pathlib import Path
from typing import Any


def timed(what: str, run: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    print(f"{what:<36} wall {time.perf_counter() - wall:7.1f} s   CPU {time.process_time() - cpu:7.1f} s", flush=True)
    return found


def load(case: Path) -> list[Any]:
    from finemesh.build.merge import load_records

    return [r for r in load_records(case / "derived") if r.values or r.target]


def resolve(records: list[Any]) -> tuple[Any, Any]:
    from finemesh.build.parties import index_parties
    from finemesh.matching.index import Index
    from finemesh.matching.index_build import build_index
    from finemesh.resolution import alike
    from finemesh.resolution.clusters import gather, settle

    asked = {"queries": 0}
    plain = alike._queries

    def counted(*args: Any) -> Any:
        for item in plain(*args):
            asked["queries"] += 1
            yield item

    alike._queries = counted
    with tempfile.TemporaryDirectory() as folder:
        timed("index", lambda: build_index(index_parties(records), Path(folder)))
        wall = time.perf_counter()
        gathered = timed("gather", lambda: gather(records, partial(alike.find_alike, Index.open(Path(folder)))))
        gathering = time.perf_counter() - wall
    alike._queries = plain
    found = timed("settle", lambda: settle(gathered))
    ids = len({r.id for r in records})
    print(f"{len(records):,} records, {ids:,} entities, {len(set(found.clusters.values())):,} parties")
    print(f"{len(gathered.candidates):,} candidate pairs kept; {asked['queries']:,} names screened, each against the")
    print(f"whole index: {asked['queries'] / gathering:,.0f} a second of gathering")
    print(f"queue: {len(found.doubts):,} pairs of records; memory at most {_peak():.0f} MB")
    return gathered, found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def judge(found: Any, pairs: Path) -> None:
    clusters = found.clusters
    waiting = {tuple(sorted((clusters[p.left], clusters[p.right]))): p.score for p in found.doubts}
    right = wrong = queued = positives = skipped = 0
    bands: dict[float, list[bool]] = {}
    with pairs.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            left, right_id, positive = row["left_id"], row["right_id"], row["judgement"] == "positive"
            if left not in clusters or right_id not in clusters:
                skipped += 1
                continue
            positives += positive
            pair = tuple(sorted((clusters[left], clusters[right_id])))
            if pair[0] == pair[1]:
                right, wrong = right + positive, wrong + (not positive)
            elif pair in waiting:
                queued += positive
                bands.setdefault(round(waiting[pair], 1), []).append(positive)
    print(f"judged pairs: {positives} positive, {skipped} of entries that are not loaded left out")
    print(f"automatic: precision {right / (right + wrong):.4f} ({wrong} wrong), recall {right / positives:.4f}")
    print(f"with the queue: recall {(right + queued) / positives:.4f}")
    for score, answers in sorted(bands.items(), reverse=True):
        print(f"  queue, score about {score:.1f}: {len(answers)} judged, {sum(answers) / len(answers):.0%} the same")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--grow", type=float, nargs="+")
    options = parser.parse_args()
    records = timed("load", lambda: load(options.case))
    for share in options.grow or [1.0]:
        part = [r for r in records if zlib.crc32(r.id.encode()) / 2**32 < share]
        print(f"\n{share:.0%} of the records")
        _, found = resolve(part)
    if options.judged:
        judge(found, options.judged)


if __name__ == "__main__":
    main()
