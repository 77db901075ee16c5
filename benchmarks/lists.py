"""How fast official lists are read, beside the bare parse of the same files in the same run.

Run from the project's folder, with real lists below a folder (``dataset/date/file``):

    python benchmarks/lists.py ../shared/data/lists               readers against lxml, csv, openpyxl, calamine, orjson
    python benchmarks/lists.py ../shared/data/lists --whole       one case of all of them: wall, CPU, peak memory

Times are CPU seconds (user and system) of one process, the least of ``--runs`` runs: other work on the machine moves
them less than wall time. "Bare" is the plain loop over the file's records with the named library, each value touched
once. The peak is the resident memory of a process that does nothing but read that snapshot; ``--whole`` adds up all
processes of the build.
"""

from __future__ import annotations

import argparse
import csv
import gc
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from finemesh.sources.emitter import Emitter, InputFile, Snapshot
from finemesh.sources.probe import Probe
from finemesh.sources.raw.files import only_xml_member, open_bytes, open_text
from finemesh.sources.registry import Recognised, readers, recognise

RECORD_TAGS = {
    "consolidated.xml": {"sdnEntry", "INDIVIDUAL", "ENTITY"},
    "sema-lmes.xml": {"record"},
    "cons_enhanced.zip": {"entity"},
}
"""What counts as a record in the XML files of the shared lists."""
SAMPLE_SECONDS = 0.1


def main() -> None:
    """Read the options and do what they say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="a folder of official lists")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="only datasets whose name begins so")
    parser.add_argument("--whole", action="store_true", help="build one case of everything")
    parser.add_argument("--peak", nargs="+", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        read(*snapshot_of(options.peak, options.folder))
        print(peak_of_this_process())
    elif options.whole:
        whole(options.folder)
    else:
        compare(options.folder, options.runs, options.only)


def compare(folder: Path, runs: int, only: str) -> None:
    """Print one line a snapshot."""
    print(
        f"{'snapshot':34} {'records':>9} {'reader':>9} {'/s':>9}   {'bare':>8} {'with':11} {'times':>6} {'peak MB':>8}"
    )
    for group in snapshots(folder):
        _, found = snapshot_of(group, folder)
        if not found[0].dataset.startswith(only):
            continue
        label = f"{found[0].dataset} {found[0].snapshot}" + (f" ({len(group)} files)" if len(group) > 1 else "")
        took = least(lambda group=group: read(*snapshot_of(group, folder)), runs)  # type: ignore[misc]
        peak = int(
            subprocess.run(
                [sys.executable, __file__, str(folder), "--peak", *map(str, group)],
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
        for name, parse in bare_parsers(group[0]):
            records = sum(parse(path) for path in group)
            bare = least(lambda parse=parse, group=group: [parse(p) for p in group], runs)  # type: ignore[misc]
            print(
                f"{label:34} {records:9,} {took:8.2f}s {records / took:9,.0f}   {bare:7.2f}s {name:11}"
                f" {took / bare:6.1f} {peak / 1e6:8.0f}"
            )


def snapshots(folder: Path) -> list[list[Path]]:
    """The files of each snapshot, those that a list reader takes."""
    found: dict[tuple[str, str, str], list[Path]] = defaultdict(list)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        known = recognised(path, folder)
        if known.kind == "list":
            found[known.reader, known.dataset, known.snapshot].append(path)
    return [found[key] for key in sorted(found)]


def recognised(path: Path, folder: Path) -> Recognised:
    """What a file is, by content and path below the folder."""
    return recognise(Probe(path, path.name, str(path.relative_to(folder))))


def snapshot_of(paths: list[Path], folder: Path) -> tuple[Snapshot, list[Recognised]]:
    """Files as a reader takes them."""
    found = [recognised(path, folder) for path in paths]
    files = tuple(
        InputFile(p, p.name, hashlib.sha256(p.read_bytes()).hexdigest(), f.part)
        for p, f in zip(paths, found, strict=True)
    )
    return Snapshot(found[0].dataset, found[0].snapshot, files), found


def read(snapshot: Snapshot, found: list[Recognised]) -> Emitter:
    """Read a snapshot with its reader."""
    emitter = Emitter(snapshot)
    readers()[found[0].reader].read(snapshot, emitter)
    return emitter


def least(work: Callable[[], Any], runs: int) -> float:
    """CPU seconds of the quickest run."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peak_of_this_process() -> int:
    """Bytes of resident memory at most; of this program only, not of the one that started it."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) * 1024


def bare_parsers(path: Path) -> Iterator[tuple[str, Callable[[Path], int]]]:
    """The plain ways to read a file of this kind."""
    name = path.name.lower()
    if name.endswith(".xlsx"):
        yield "openpyxl", openpyxl_rows
        yield "calamine", calamine_rows
    elif name.endswith((".xml", ".zip")):
        yield "lxml", xml_records
    elif name.endswith(".json"):
        yield "orjson", json_lines
    elif name.endswith((".csv", ".csv.gz")):
        yield "csv", csv_rows
    else:
        yield "lines", text_lines


def xml_records(path: Path) -> int:
    """Elements with their texts by lxml's iterparse; returns the records."""
    from lxml import etree

    tags, records = RECORD_TAGS[path.name.lower()], 0
    member = only_xml_member(path) if zipfile.is_zipfile(path) else None
    with open_bytes(path, member) as stream:
        for _, element in etree.iterparse(stream, events=("end",)):
            _ = element.text
            if element.tag.rpartition("}")[2] in tags:
                records += 1
                element.clear()
    return records


def csv_rows(path: Path) -> int:
    """Rows by the standard library."""
    with open_text(path) as stream:
        return sum(1 for row in csv.reader(stream) if row)


def json_lines(path: Path) -> int:
    """Lines by orjson."""
    import orjson

    with open_bytes(path) as stream:
        return sum(1 for line in stream if orjson.loads(line))


def text_lines(path: Path) -> int:
    """Lines of text."""
    with open_text(path) as stream:
        return sum(1 for line in stream if line.split())


def openpyxl_rows(path: Path) -> int:
    """Rows by openpyxl in its read-only mode."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    rows = sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) if any(row))
    book.close()
    return rows


def calamine_rows(path: Path) -> int:
    """Rows by python-calamine."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows() if any(row))


def whole(folder: Path) -> None:
    """One case of everything, in one job: wall, CPU and memory of all processes together."""
    place = Path(tempfile.mkdtemp(prefix="finemesh-lists-"))
    command = [sys.executable, "-m", "finemesh", "-c", str(place / "case")]
    subprocess.run([*command[:-2], "init", str(place / "case")], check=True, capture_output=True)
    try:
        for step in (["add", str(folder)], ["build", "--jobs", "1"]):
            start, peak = time.monotonic(), Peak()
            process = subprocess.Popen([*command, *step], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            peak.watch(process.pid)
            code = process.wait()
            taken = time.monotonic() - start
            cpu = peak.stop()
            print(
                f"{step[0]:6} exit {code}  wall {taken:.1f}s  CPU {cpu:.1f}s  all processes {peak.bytes / 1e6:,.0f} MB"
            )
    finally:
        shutil.rmtree(place)


class Peak:
    """The most memory that a tree of processes had at once (proportional share of shared pages), and its CPU time.

    Attributes:
        bytes: The peak so far.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._cpu: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._root = 0

    def watch(self, pid: int) -> None:
        """Begin to look at a process and all below it."""
        self._root = pid
        self._thread.start()

    def stop(self) -> float:
        """End; returns CPU seconds of all processes that were seen (to the last look at each)."""
        self._over.set()
        self._thread.join()
        return sum(self._cpu.values())

    def _run(self) -> None:
        tick = os.sysconf("SC_CLK_TCK")
        while not self._over.wait(SAMPLE_SECONDS):
            total = 0
            for pid in below(self._root):
                try:
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    self._cpu[pid] = (int(fields[11]) + int(fields[12])) / tick
                    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                    total += (
                        int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) * 1024
                    )
                except (OSError, StopIteration, IndexError):
                    continue
            self.bytes = max(self.bytes, total)


def below(root: int) -> list[int]:
    """A process and all that descend from it."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


if __name__ == "__main__":
    main()
