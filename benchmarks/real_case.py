#!/usr/bin/env python3
"""Build the real case, and say how long each step of the main job takes and how much memory.

Usage: ``benchmarks/real_case.py SHARED [--keep DIR] [--jobs N] [--all-lists]``

SHARED is the folder with ``data/lists`` and ``data/documents``. The case holds seven snapshots of OFAC's SDN list, five
of the UN's, three of OFSI's, the EU's journal tables and all press releases. Every step is a process of its own, as a
user runs it; memory is the largest sum of the resident sets of the step's processes, looked at twenty times a second.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LISTS = ("us_ofac_sdn", "un_sc", "gb_hmt", "eu_journal")
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


def look(root: int, ticks: dict[int, int]) -> int:
    """Bytes of memory of a process and all below it; ``ticks`` takes the processor time of each."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    spent: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            number = int(entry.name)
            try:
                after = (entry / "stat").read_text().rpartition(")")[2].split()
                sizes[number] = int((entry / "statm").read_text().split()[1]) * PAGE
            except (OSError, IndexError):
                continue
            parents[number] = int(after[1])
            spent[number] = int(after[11]) + int(after[12])
    total = 0
    for process in sizes:
        at = process
        while at not in (root, 0) and at in parents:
            at = parents[at]
        if at == root:
            total += sizes[process]
            ticks[process] = spent[process]
    return total


def measure(*command: str) -> tuple[float, float, int, str]:
    """Wall seconds, seconds of processor (of all its processes), peak bytes and output of a command."""
    start = time.perf_counter()
    ticks: dict[int, int] = {}
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            peak = max(peak, look(process.pid, ticks))
            time.sleep(0.05)
        wall = time.perf_counter() - start
        output.seek(0)
        said = output.read()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return wall, sum(ticks.values()) / TICKS, peak, said


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every derived table and of the index of names."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".parquet", ".index") and "parts" not in path.parts
    }


def main() -> None:
    """Run every step and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--keep", type=Path, help="make the case here and keep it")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all-lists", action="store_true", help="every list of SHARED instead of four")
    args = parser.parse_args()
    root = args.keep or Path(tempfile.mkdtemp(prefix="finemesh-"))
    case = root / "case"
    finemesh = [sys.executable, "-m", "finemesh", "-c", str(case)]
    data = args.shared / "data"
    lists = [data / "lists"] if args.all_lists else [data / "lists" / name for name in LISTS]
    subprocess.run([*finemesh[:3], "init", str(case)], check=True, capture_output=True)

    def row(name: str, wall: float, used: float, peak: int, note: str = "") -> None:
        print(f"{name:<28} {wall:8.2f} s  {used:8.2f} s  {peak / 1e6:8.0f} MB  {note}", flush=True)

    print(f"{'step':<28} {'wall':>10}  {'processor':>10}  {'memory':>11}")
    sources = [*map(str, lists), str(data / "documents" / "jfm" / "press-releases")]
    row("add", *measure(*finemesh, "add", *sources)[:3])
    *figures, _ = measure(*finemesh, "build", "--jobs", str(args.jobs))
    counts = json.loads(measure(*finemesh, "status", "--json")[3])["counts"]
    row("build", *figures, ", ".join(f"{counts[k]:,} {k}" for k in ("designations", "statements", "claims")))
    first = hashes(case / "derived")
    row("build, nothing changed", *measure(*finemesh, "build")[:3])
    runs = [measure(*finemesh, "screen", "Rosoboronexport", "--json") for _ in range(7)]
    wall = statistics.median(r[0] for r in runs)
    row("screen one name (median)", wall, statistics.median(r[1] for r in runs), max(r[2] for r in runs))
    *figures, said = measure(*finemesh, "verify", "--json")
    checked = json.loads(said.splitlines()[0])
    row("verify", *figures, f"{checked['checked']:,} rows of evidence, {checked['failed']} failed")
    shutil.rmtree(case / "derived")
    row("build anew from the archive", *measure(*finemesh, "build", "--jobs", "1")[:3], "one job")
    same = hashes(case / "derived") == first
    print(f"derived tables byte-identical: {'yes' if same else 'NO'} ({len(first)} files)")
    if not args.keep:
        shutil.rmtree(root)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
