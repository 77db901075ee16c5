"""Names in texts, side by side: finemesh and its peers on the same text and names in one run, one process each.

usage: python benchmarks/scanning.py ../shared/data/documents [--data ../shared/data/matching] [--peers DIR] [--write]

The text is that of the web pages below the folder, repeated to ``--megabytes``; the names are those of
``targets.ftm.jsonl``, and from there on made of their parts. Speeds are megabytes of UTF-8 for each second of CPU time
of one process, the best of three passes. The peers are installed from PyPI into an environment of their own; they
search lower-cased text for lower-cased names, letter by letter, so they find no name that a line break, a double
space, an accent or a case ending changes, and judge nothing. ``--write`` puts the tables into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

PACKAGES = ("pyahocorasick", "flashtext", "ahocorasick-rs", "daachorse", "hyperscan", "spacy")
PEERS = ("spacy", "flashtext", "pyahocorasick", "daachorse", "ahocorasick-rs", "hyperscan")
TITLES = {
    "finemesh": "**finemesh**, found and judged",
    "found": "finemesh, found only",
    "spacy": "spaCy PhraseMatcher, blank English",
}
SAMPLED = {"spacy": 20, "flashtext": 4}
"""Slow systems: they read one n-th of the text."""
Search = Callable[[str], int]


def open_finemesh(folder: Path, names: list[str]) -> dict[str, Search]:
    """Our scanner on the table in the folder."""
    from finemesh.matching.scan_find import open_finder
    from finemesh.matching.scan_table import open_table
    from finemesh.matching.scanner import Scanner

    finder, scanner = open_finder(open_table(folder)), Scanner.open(folder)
    return {"finemesh": lambda text: len(scanner.scan(text)), "found": lambda text: len(finder.find(text))}


def open_spacy(folder: Path, names: list[str]) -> dict[str, Search]:
    """The PhraseMatcher on lower-cased tokens."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("NAME", list(nlp.tokenizer.pipe(names)))
    return {"spacy": lambda text: len(matcher(nlp(text)))}


def open_flashtext(folder: Path, names: list[str]) -> dict[str, Search]:
    """The processor, which lower-cases by itself."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for name in names:
        processor.add_keyword(name)
    return {"flashtext": lambda text: len(processor.extract_keywords(text, span_info=True))}


def open_pyahocorasick(folder: Path, names: list[str]) -> dict[str, Search]:
    """The automaton of pyahocorasick."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return {"pyahocorasick": lambda text: sum(1 for _ in automaton.iter(text.lower()))}


def open_daachorse(folder: Path, names: list[str]) -> dict[str, Search]:
    """The double-array automaton."""
    from daachorse import CharwiseDoubleArrayAhoCorasick

    automaton = CharwiseDoubleArrayAhoCorasick(list(dict.fromkeys(names)))  # it takes no pattern twice
    return {"daachorse": lambda text: len(automaton.find(text.lower()))}


def open_ahocorasick_rs(folder: Path, names: list[str]) -> dict[str, Search]:
    """ahocorasick-rs, leftmost longest."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    automaton = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
    return {"ahocorasick-rs": lambda text: len(automaton.find_matches_as_indexes(text.lower()))}


def open_hyperscan(folder: Path, names: list[str]) -> dict[str, Search]:
    """Literals in bytes."""
    import hyperscan

    database = hyperscan.Database()
    patterns = [name.encode() for name in names]
    database.compile(expressions=patterns, ids=list(range(len(patterns))), elements=len(patterns), literal=True)

    def search(text: str) -> int:
        found: list[int] = []
        database.scan(text.lower().encode(), match_event_handler=lambda number, *_: found.append(number))
        return len(found)

    return {"hyperscan": search}


OPEN = {
    "finemesh": open_finemesh,
    "spacy": open_spacy,
    "flashtext": open_flashtext,
    "pyahocorasick": open_pyahocorasick,
    "daachorse": open_daachorse,
    "ahocorasick-rs": open_ahocorasick_rs,
    "hyperscan": open_hyperscan,
}


def run_here(system: str, folder: Path) -> list[dict[str, Any]]:
    """Measure one system in this process."""
    names = json.loads((folder / "names.json").read_text("utf-8"))
    texts: list[str] = json.loads((folder / "texts.json").read_text("utf-8"))[:: SAMPLED.get(system, 1)]
    size = sum(len(text.encode()) for text in texts)
    begun = time.process_time()
    searches = OPEN[system](folder, names)
    ready = time.process_time() - begun
    rows = []
    for title, search in searches.items():
        search(texts[0])
        best, found = 1e9, 0
        for _ in range(3):
            begun = time.process_time()
            found = sum(map(search, texts))
            best = min(best, time.process_time() - begun)
        rows.append({"title": title, "speed": size / best / 1e6, "ready": ready, "found": found / size * 1e6})
    return rows


def run(system: str, python: str, folder: Path) -> list[dict[str, Any]]:
    """Measure one system in a process of its own; nothing where it fails."""
    command = [python, str(Path(__file__).resolve()), "--run", system, str(folder)]
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        print(f"{system}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return []
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def texts_of(folder: Path, megabytes: float) -> list[str]:
    """The texts of the pages, over and over."""
    from finemesh.sources.documents import extract_document

    pages = [extract_document(p, f"{p.stem}.html").text for p in sorted(folder.rglob("*.ht*")) if p.is_file()]
    size = sum(len(page.encode()) for page in pages)
    return pages * max(1, round(megabytes * 1e6 / size))


def prepare(folder: Path, parties: Iterable[Any]) -> float:
    """Write the names and our table of them; the CPU seconds that the table took."""
    from finemesh.matching.scan_table import ScanTable

    found = list(parties)
    names = sorted(
        {" ".join(name.text.lower().split()) for party in found for name in party.names if len(name.text) > 3}
    )
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    begun = time.process_time()
    table = ScanTable()
    for party in found:
        table.add(party)
    table.write(folder)
    return time.process_time() - begun


def peers_table(folder: Path, python: str | None, systems: Iterable[str]) -> str:
    """Everyone on the same names and text."""
    lines = [
        "| system | MB/s | ready in s | found in a MB |",
        "| --- | --- | --- | --- |",
    ]
    for system in systems:
        if system != "finemesh" and python is None:
            continue
        for row in run(system, sys.executable if system == "finemesh" else str(python), folder):
            figures = (f"{row['speed']:.1f}", f"{row['ready']:.2f}", f"{row['found']:,.0f}")
            lines.append(f"| {TITLES.get(row['title'], row['title'])} | " + " | ".join(figures) + " |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def growth_table(folder: Path, data: Path, sizes: Iterable[int]) -> str:
    """How our cost grows with the number of names."""
    from matching_growth import targets

    from finemesh.matching.scan_table import SCAN_FILE

    lines = [
        "| names | table, CPU s | table, MB | open, ms | found, MB/s | found and judged, MB/s |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for size in sizes:
        built = prepare(folder, targets(data, size))
        rows = {row["title"]: row for row in run("finemesh", sys.executable, folder)}
        disk = (folder / SCAN_FILE).stat().st_size / 1e6
        ready = rows["finemesh"]["ready"] * 1000
        lines.append(
            f"| {size:,} | {built:.1f} | {disk:.1f} | {ready:.0f} | {rows['found']['speed']:.1f} "
            f"| {rows['finemesh']['speed']:.1f} |"
        )
        print(lines[-1], flush=True)
    return "\n".join(lines)


def write(mark: str, table: str) -> None:
    """Put a table between its marks in docs/benchmarks.md."""
    page = Path(__file__).parents[1] / "docs" / "benchmarks.md"
    before, begin, rest = page.read_text("utf-8").partition(f"<!-- scanning: {mark} -->")
    _, end, after = rest.partition(f"<!-- scanning: end of {mark} -->")
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", encoding="utf-8")


def main() -> None:
    """Read the options, measure, print the tables."""
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run_here(sys.argv[2], Path(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder with web pages")
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data" / "matching")
    parser.add_argument("--peers", type=Path, default=Path(tempfile.gettempdir()) / "finemesh-bench-scanning")
    parser.add_argument("--systems", default="finemesh," + ",".join(PEERS))
    parser.add_argument("--names", type=int, default=56_000)
    parser.add_argument("--megabytes", type=float, default=20.0)
    parser.add_argument("--sizes", default="5000,20000,56000,200000,500000")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    from matching_growth import targets

    python = options.peers / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(options.peers)], check=True)
        for package in PACKAGES:  # one by one: some have no wheel for every platform
            subprocess.run([python, "-m", "pip", "install", "-q", package], check=False)
    texts = texts_of(options.folder, options.megabytes)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        prepare(folder, targets(options.data, options.names))
        peers = peers_table(folder, str(python), options.systems.split(","))
        if options.write:
            write("peers", peers)
        growth = growth_table(folder, options.data, map(int, options.sizes.split(",")))
        if options.write:
            write("growth", growth)


if __name__ == "__main__":
    main()
