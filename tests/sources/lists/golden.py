"""Reading a list file in tests: recognise it, read it, check every quote, and write the result for people to read."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from pathlib import Path

from finemesh.sources import verify
from finemesh.sources.emitter import Emitter, InputFile, Snapshot
from finemesh.sources.probe import Probe
from finemesh.sources.registry import Recognised, readers, recognise

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
SHARED = Path(os.environ.get("FINEMESH_SHARED", Path(__file__).resolve().parents[4] / "shared"))


def recognised(path: Path, rel: str = "") -> Recognised:
    """What the registry says of a file."""
    return recognise(Probe(path, path.name, rel or path.name))


def read_files(*paths: Path, date: str = "", rel: str = "") -> Emitter:
    """Read files as one snapshot of the list that they are recognised as."""
    found = [recognised(p, rel) for p in paths]
    assert {f.dataset for f in found} == {found[0].dataset}, found
    files = tuple(
        InputFile(p, p.name, hashlib.sha256(p.read_bytes()).hexdigest(), f.part)
        for p, f in zip(paths, found, strict=True)
    )
    emitter = Emitter(Snapshot(found[0].dataset, date or found[0].snapshot, files))
    readers()[found[0].reader].read(emitter.snapshot, emitter)
    return emitter


def failures(emitter: Emitter) -> list[tuple[str, str, str]]:
    """Every evidence row that does not verify: what is wrong, locator, quote."""
    found = []
    for file in emitter.snapshot.files:
        rows = [(row[8], row[9]) for row in emitter.rows if row[7] == file.sha256]
        found += [(wrong, *rows[position]) for position, wrong in verify.check(file.path, file.name, rows)]
    return found


def readable(emitter: Emitter) -> str:
    """The statements by entity, and the issues, as sorted text."""
    entities: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, _, id_, schema, prop, value, lang, *_ in emitter.rows:
        entities[id_, schema].add(f"  {prop}: {value}" + (f" [{lang}]" if lang else ""))
    lines = [f"{emitter.snapshot.dataset} {emitter.snapshot.date}"]
    for (id_, schema), facts in sorted(entities.items()):
        lines += ["", f"{id_} ({schema})", *sorted(facts)]
    lines += ["", "issues"]
    lines += [f"  {i.severity} {i.code}: {i.message} ({i.count}) {i.locator}".rstrip() for i in emitter.issues.all()]
    return "\n".join(lines) + "\n"


def check_golden(dataset: str, *names: str, expected: str = "expected.txt", date: str = "") -> Emitter:
    """Read an excerpt and compare with what must come out (written anew where FINEMESH_GOLDEN=write)."""
    folder = GOLDEN / dataset
    emitter = read_files(*(folder / n for n in names), date=date)
    assert failures(emitter) == []
    text, path = readable(emitter), folder / expected
    if os.environ.get("FINEMESH_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    return emitter
