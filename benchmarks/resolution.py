"""How fast and how well the records of a built case are resolved.

    python benchmarks/resolution.py CASE                       wall and CPU time of each part, pairs, the queue
    python benchmarks/resolution.py CASE --judged PAIRS.csv    precision and recall on judged pairs of entries
    python benchmarks/resolution.py CASE --grow 0.1 0.3 1      time on a part of the records (by a hash of the id)
    python benchmarks/resolution.py CASE --grow 0.3 --peer PYTHON   nomenklatura's xref on the same entities besides

PAIRS.csv has left_id, right_id and judgement (positive or negative), or is a JSON file of judged pairs of whole
entities (then CASE is a case made of these entities). PYTHON is one that has nomenklatura.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
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
    from finemesh.resolution.alike import find_alike
    from finemesh.resolution.clusters import gather, settle

    with tempfile.TemporaryDirectory() as folder:
        timed("index", lambda: build_index(index_parties(records), Path(folder)))
        gathered = timed("gather", lambda: gather(records, partial(find_alike, Index.open(Path(folder)))))
    found = timed("settle", lambda: settle(gathered))
    ids = len({r.id for r in records})
    print(f"{len(records):,} records, {ids:,} entities, {len(set(found.clusters.values())):,} parties")
    print(f"{len(gathered.candidates):,} candidate pairs kept")
    print(f"queue: {len(found.doubts):,} pairs of records; memory at most {_peak():.0f} MB")
    return gathered, found


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def judged_pairs(path: Path) -> list[tuple[str, str, bool]]:
    if path.suffix == ".json":
        pairs = json.loads(path.read_text(encoding="utf-8"))
        return [(p["left"]["id"], p["right"]["id"], p["judgement"] == "positive") for p in pairs]
    with path.open(encoding="utf-8") as stream:
        return [(r["left_id"], r["right_id"], r["judgement"] == "positive") for r in csv.DictReader(stream)]


def judge(found: Any, pairs: list[tuple[str, str, bool]], name: str) -> None:
    clusters = found.clusters
    waiting = {tuple(sorted((clusters[p.left], clusters[p.right]))): p.score for p in found.doubts}
    right = wrong = queued = positives = skipped = 0
    bands: dict[float, list[bool]] = {}
    for left, right_id, positive in pairs:
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
    print(f"{name}: {positives} positive, {skipped} of entries that are not loaded left out")
    print(f"  automatic: precision {right / (right + wrong):.4f} ({wrong} wrong), recall {right / positives:.4f}")
    print(f"  with the queue: recall {(right + queued) / positives:.4f}")
    for score, answers in sorted(bands.items(), reverse=True):
        print(f"  queue, score about {score:.1f}: {len(answers)} judged, {sum(answers) / len(answers):.0%} the same")


def half(pairs: list[tuple[str, str, bool]], which: int) -> list[tuple[str, str, bool]]:
    """One half of the pairs, by a hash of their ids: thresholds were chosen on half 0."""
    return [p for p in pairs if zlib.crc32("".join(sorted(p[:2])).encode()) % 2 == which]


def peer(records: list[Any], gathered: Any, python: str) -> None:
    """The xref of nomenklatura on the same entities, and the rate of pairs of both scorers on the same pairs."""
    from finemesh.build.parties import index_parties
    from finemesh.matching.compare import compare_many

    parties = {p.id: p for p in index_parties(records)}
    pairs = sorted({(c.left, c.right) for c in gathered.candidates})[:20_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "e.ftm.json").open("w", encoding="utf-8") as out:
            for r in records:
                properties: dict[str, list[str]] = {p: list(v) for p, v in r.values.items()}
                for prop, value in r.identifiers:
                    properties.setdefault(prop, []).append(value)
                entity = {"id": r.id, "schema": r.schema, "properties": properties, "datasets": [r.dataset]}
                out.write(json.dumps(entity) + "\n")
        with (folder / "pairs.csv").open("w", encoding="utf-8") as out:
            csv.writer(out).writerows(pairs)
        cpu = time.process_time()
        sum(1 for _ in compare_many((parties[a], parties[b]) for a, b in pairs if a in parties and b in parties))
        cpu = time.process_time() - cpu
        command = [python, str(Path(__file__).with_name("resolution_xref.py")), str(folder / "e.ftm.json")]
        done = subprocess.run([*command, str(folder / "pairs.csv")], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"ours: {len(pairs):,} pairs at {len(pairs) / cpu:,.0f} a CPU second")
    print(f"nomenklatura ({told['algorithm']}): load {told['load']:.1f} s, xref {told['xref']:.1f} s CPU;", end=" ")
    print(f"{told['pairs']:,} pairs at {told['pairs'] / told['scoring']:,.0f} a CPU second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path)
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--peer", metavar="PYTHON")
    parser.add_argument("--grow", type=float, nargs="+")
    options = parser.parse_args()
    records = timed("load", lambda: load(options.case))
    for share in options.grow or [1.0]:
        part = [r for r in records if zlib.crc32(r.id.encode()) / 2**32 < share]
        print(f"\n{share:.0%} of the records")
        gathered, found = resolve(part)
        if options.peer:
            peer(part, gathered, options.peer)
    if options.judged:
        pairs = judged_pairs(options.judged)
        judge(found, pairs, "all judged pairs")
        judge(found, half(pairs, 0), "half on which thresholds were chosen")
        judge(found, half(pairs, 1), "other half")


if __name__ == "__main__":
    main()
