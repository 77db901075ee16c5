"""How fast documents are read into mentions and claims, beside spaCy's blank pipeline on the same texts.

Run from the project's folder, with web pages below a folder:

    python benchmarks/extraction.py ../shared/data/documents --names ../shared/data/matching/targets.ftm.jsonl

Times are CPU seconds (user and system) of one process, the least of ``--runs`` runs: other work on the machine moves
them less than wall time. A figure for two cores is twice that of one; pages are read apart from each other.

spaCy is installed by this script into an environment of its own (``--peer``, below the temporary folder) and does
what its blank English pipeline can: words, sentences (sentencizer) and, with a PhraseMatcher, the names that it is
given. It finds no unknown names, no ranks and roles, and makes no claims; so it is a lower bound, not a rival.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

PEER = """
import json, resource, sys
import spacy
from spacy.matcher import PhraseMatcher
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
texts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
names = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
nlp = spacy.blank("en")
nlp.max_length = 10_000_000
nlp.add_pipe("sentencizer")
matcher = PhraseMatcher(nlp.vocab)
started = cpu()
matcher.add("NAME", list(nlp.tokenizer.pipe(names)))
prepared = cpu() - started
best, found = None, 0
for _ in range(int(sys.argv[3])):
    started, found = cpu(), 0
    for text in texts:
        doc = nlp(text)
        found += sum(1 for _ in doc.sents) and len(matcher(doc))
    best = min(best or 1e9, cpu() - started)
print(json.dumps({"version": spacy.__version__, "seconds": best, "prepared": prepared, "found": found}))
"""


def main() -> None:
    """Read the options, measure, print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="a folder with web pages")
    parser.add_argument("--names", type=Path, help="entities (FollowTheMoney JSON lines) whose names spaCy looks for")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--every", type=int, default=1, help="read each N-th page only")
    parser.add_argument("--peer", type=Path, default=Path(tempfile.gettempdir()) / "finemesh-bench-spacy")
    parser.add_argument("--no-peer", action="store_true", help="do not install or run spaCy")
    options = parser.parse_args()
    pages = sorted(p for p in options.folder.rglob("*.ht*") if p.is_file())[:: options.every]
    texts = measure(pages, options.runs)
    if not options.no_peer:
        compare(texts, names_of(options.names), options.runs, options.peer)


def measure(pages: Sequence[Path], runs: int) -> list[str]:
    """Measure finemesh on the pages; returns their texts."""
    from finemesh.extraction.claims import read_claims
    from finemesh.extraction.mentions import read_mentions
    from finemesh.extraction.reading import read_words
    from finemesh.sources.documents import extract_document

    documents = [extract_document(page, f"{page.stem}.html") for page in pages]
    read_mentions("warm", "A word."), read_claims("warm", "A word.")
    source, length = sum(page.stat().st_size for page in pages), sum(len(d.text) for d in documents)
    print(f"{len(pages)} pages, {source / 1e6:.1f} MB of HTML, {length / 1e6:.2f} million characters of text")

    def everything() -> int:
        found = 0
        for page in pages:
            document = extract_document(page, f"{page.stem}.html")
            found += len(read_claims(page.stem, document.text, document.published))
            found += len(read_mentions(page.stem, document.text)[0])
        return found

    def words() -> int:
        return sum(len(read_words(d.text).spans) for d in documents)

    def claims() -> int:
        return sum(len(read_claims("doc", d.text, d.published)) for d in documents)

    def mentions() -> int:
        return sum(len(read_mentions("doc", d.text)[0]) for d in documents)

    def pages_only() -> int:
        return sum(len(extract_document(page, f"{page.stem}.html").text) for page in pages)

    print(f"{'step':34s} {'CPU s':>8s} {'pages/s':>8s} {'MB text/s':>10s} {'found':>9s}")
    for name, step in (
        ("page to text", pages_only),
        ("words, sentences, names", words),
        ("the same and claims", claims),
        ("the same and mentions", mentions),
        ("all: page to mentions and claims", everything),
    ):
        seconds, found = least(step, runs)
        print(f"{name:34s} {seconds:8.2f} {len(pages) / seconds:8.1f} {length / 1e6 / seconds:10.3f} {found:9,}")
    return [d.text for d in documents]


def least(step: Callable[[], int], runs: int) -> tuple[float, int]:
    """The least CPU seconds of several runs, and what the last one found."""
    best, found = 1e9, 0
    for _ in range(runs):
        started = cpu()
        found = step()
        best = min(best, cpu() - started)
    return best, found


def cpu() -> float:
    """CPU seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def names_of(path: Path | None) -> list[str]:
    """The captions and names of entities."""
    found: dict[str, None] = {}
    if path is not None:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                entity = json.loads(line)
                found |= dict.fromkeys(entity.get("properties", {}).get("name", [entity.get("caption", "")]))
    return [name for name in found if name and name.strip()]


def compare(texts: list[str], names: list[str], runs: int, peer: Path) -> None:
    """Run spaCy's blank pipeline over the same texts in a process of its own."""
    python = peer / "bin" / "python"
    if not python.exists():
        venv.create(peer, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-q", "--disable-pip-version-check", "spacy"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("texts", texts), ("names", names)):
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (Path(folder) / name).write_text(lines, encoding="utf-8")
        command = [str(python), "-c", PEER, f"{folder}/texts", f"{folder}/names", str(runs)]
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    told = json.loads(done.stdout)
    seconds, length = told["seconds"], sum(map(len, texts))
    label = f"spaCy {told['version']} blank + {len(names):,} names"
    print(f"{label:34s} {seconds:8.2f} {len(texts) / seconds:8.1f} {length / 1e6 / seconds:10.3f} {told['found']:9,}")
    print(f"(its names took {told['prepared']:.1f} s to prepare)", file=sys.stderr)


if __name__ == "__main__":
    main()
