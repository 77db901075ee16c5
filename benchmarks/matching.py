"""Name matching, side by side: finemesh and its peers on the same queries in one run, one process each.

usage: python benchmarks/matching.py [--data ../shared/data/matching] [--peers /tmp/finemesh-peers] [--write]

The peers are installed from PyPI into an environment of their own. Speeds are queries for each second of CPU time of a
process, because a shared machine's clock says little. ``--write`` puts the tables into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from finemesh.matching.compare import Prepared, compare_names
from finemesh.matching.party import party_from_ftm

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PEERS = ("rapidfuzz", "tfidf", "logic-v2")
PACKAGES = ("rapidfuzz", "scikit-learn", "sparse_dot_topn", "nomenklatura")
TITLES = {
    "finemesh": "**finemesh**",
    "sample": "**finemesh**, the same queries as",
    "rapidfuzz": "rapidfuzz, brute force over sorted tokens",
    "tfidf": "character n-grams, TF-IDF, sparse_dot_topn",
    "logic-v2": "the n-grams' best, scored by nomenklatura logic-v2",
}
KINDS = ("realvariant", "xscript", "translit", "typo1", "typo2", "nospace", "dropmid", "combo", "swap", "suffix",
         "honorific", "exact")  # fmt: skip
SAMPLED = {"logic-v2": 8}
"""Systems that are too slow for all queries: every n-th is asked."""
AGAIN = 5
"""Times that pairs are scored, for they are few."""
MARK = "<!-- matching: {} -->"


def evaluator(tools: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_screening", tools / "score_screening.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def peer_python(folder: Path) -> Path | None:
    """The Python of the peers' environment, made if it is not there; None where it cannot be."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=False)
        if done.returncode:
            print("the peers could not be installed", file=sys.stderr)
            return None
    return python


def run(system: str, python: Path | str, data: Path, score: Any, every: int) -> dict[str, Any] | None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        command = [str(python), str(HERE / "matching_systems.py"), system, str(data), str(out), str(every)]
        env = {**os.environ, "OMP_NUM_THREADS": "1"}
        if system != "finemesh":
            env.pop("PYTHONPATH", None)
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        if done.returncode:
            print(f"{system}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return None
        figures = json.loads(done.stdout.splitlines()[-1])
        queries = score.load(data / "workload-dev.jsonl")[::every]
        return {**figures, **score.evaluate(queries, score.load(out))}


def screening_table(rows: dict[str, dict[str, Any]]) -> str:
    heads = ("system", "queries", "names/s", "ready in s", "memory MB", "recall@1", "recall@5", "best F1")
    lines = [
        "| " + " | ".join((*heads, "recall at 1 % FPR", "tied at the top")) + " |",
        "| --- |" + " --- |" * (len(heads) + 1),
    ]
    for system, r in rows.items():
        speed = r["queries"] / r["seconds"]
        shares = (r[k] for k in ("recall@1", "recall@5", "best_f1", "recall@fpr1%", "tied_at_maximum"))
        lines.append(
            f"| {TITLES[system]} | {r['queries']:,} | {speed:,.0f} | {r['ready']:.1f} | {r['memory']:,} | "
            + " | ".join(f"{share:.3f}" for share in shares)
            + " |"
        )
    lines += ["", "Recall@1 by kind of query:", ""]
    lines += ["| system | " + " | ".join(KINDS) + " |", "| --- |" + " --- |" * len(KINDS)]
    for system, r in rows.items():
        shown = (f"{r['by_kind'][k]:.3f}" if k in r["by_kind"] else "-" for k in KINDS)
        lines.append(f"| {TITLES[system]} | " + " | ".join(shown) + " |")
    return "\n".join(lines)


def area(scores: list[float], truth: list[bool]) -> float:
    """Area under the ROC curve."""
    positive = sorted(s for s, y in zip(scores, truth, strict=True) if y)
    negative = sorted(s for s, y in zip(scores, truth, strict=True) if not y)
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def pairs_table(data: Path) -> str:
    pairs = json.loads((data / "entity_pairs_dev.json").read_text("utf-8"))
    parties = [(party_from_ftm(p["left"]), party_from_ftm(p["right"])) for p in pairs]
    truth = [p["judgement"] == "positive" for p in pairs]
    begun = time.process_time()
    for pair in pairs:
        party_from_ftm(pair["left"]), party_from_ftm(pair["right"])
    prepared = Prepared(party for pair in parties for party in pair)
    places = [(place, place + 1) for place in range(0, 2 * len(pairs), 2)]
    preparing = time.process_time() - begun
    begun = time.process_time()
    for _ in range(AGAIN):
        scores = list(prepared.scores(places))
    scoring = (time.process_time() - begun) / AGAIN
    begun = time.process_time()
    explained = list(prepared.compare(places))
    explaining = time.process_time() - begun
    assert scores == [c.score for c in explained]
    meetings = sum(len(left.names) * len(right.names) for left, right in parties) / len(pairs)
    speeds = [len(pairs) / t for t in (preparing, scoring, explaining)]
    hits = sum(s >= 0.5 and y for s, y in zip(scores, truth, strict=True))
    f1 = 2 * hits / (sum(s >= 0.5 for s in scores) + sum(truth))
    names = list(csv.DictReader((data / "name_pairs_dev.csv").open(encoding="utf-8")))
    right = sum(
        (compare_names(r["name1"], r["name2"], r["schema"]).score >= 0.5) == (r["is_match"] == "true") for r in names
    )
    burmese = list(csv.DictReader((data / "burmese-dev.csv").open(encoding="utf-8")))
    fits = sum((compare_names(r["left"], r["right"]).score >= 0.5) == (r["same"] == "true") for r in burmese)
    judged = f"AUC {area(scores, truth):.3f}, F1 at 0.5 {f1:.3f}"
    return "\n".join(
        [
            "| pairs | how many | finemesh |",
            "| --- | --- | --- |",
            f"| entities judged by analysts | {len(pairs)} | {judged} |",
            f"| names, hand-labelled | {len(names)} | accuracy at 0.5 {right / len(names):.3f} |",
            f"| Burmese names | {len(burmese)} | accuracy at 0.5 {fits / len(burmese):.3f} |",
            "",
            f"| pairs of entities, {meetings:.0f} pairs of names each | pairs/s |",
            "| --- | --- |",
            f"| reading both parties from their JSON form, once | {speeds[0]:,.0f} |",
            f"| scores of parties that were read | {speeds[1]:,.0f} |",
            f"| the same with the parts of each score | {speeds[2]:,.0f} |",
        ]
    )


def write(mark: str, table: str) -> None:
    """Put a table between its marks in docs/benchmarks.md."""
    text = PAGE.read_text("utf-8")
    begin, end = MARK.format(mark), MARK.format("end of " + mark)
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data" / "matching")
    parser.add_argument("--peers", type=Path, default=Path("/tmp/finemesh-peers"))
    parser.add_argument("--systems", default="finemesh," + ",".join(PEERS))
    parser.add_argument("--every", type=int, default=1, help="only every n-th query")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    score = evaluator(args.data.parents[1] / "tools")
    rows = {}
    for system in args.systems.split(","):
        python = sys.executable if system == "finemesh" else peer_python(args.peers)
        every = args.every * SAMPLED.get(system, 1)
        found = run(system, python, args.data, score, every) if python else None
        if found:
            if system in SAMPLED:
                ours = run("finemesh", sys.executable, args.data, score, every)
                rows |= {"sample": ours} if ours else {}
            rows[system] = found
            print(f"{system}: {found['queries'] / found['seconds']:.0f} names/s, F1 {found['best_f1']:.3f}", flush=True)
    tables = {"screening": screening_table(rows), "pairs": pairs_table(args.data)}
    for mark, table in tables.items():
        print(f"\n{table}")
        if args.write:
            write(mark, table)


if __name__ == "__main__":
    main()
