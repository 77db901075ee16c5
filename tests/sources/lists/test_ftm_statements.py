from __future__ import annotations

import csv
import json
from pathlib import Path

from finemesh.sources.emitter import Emitter, InputFile, Snapshot
from finemesh.sources.registry import readers
from golden import GOLDEN, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "ftm_statements" / "statements.csv"


def statements(emitter: Emitter) -> set[tuple[str, ...]]:
    return {(r[0], *r[2:7]) for r in emitter.rows}


def test_csv() -> None:
    emitter = check_golden("ftm_statements", "statements.csv")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("statements", "2024-02-03")
    assert {r[0] for r in emitter.rows} == {"xy_list", "other_list"}


def rows() -> list[dict[str, str]]:
    with EXCERPT.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "statements.json"
    lines = [json.dumps({**r, "external": r["external"] == "t", "lang": r["lang"] or None}) for r in rows()]
    path.write_text("\n".join([*lines, "[]", '{"prop": "name"}']), encoding="utf-8")
    assert recognised(path).reader == "ftm_statements"
    emitter = read_files(path)
    assert failures(emitter) == []
    assert statements(emitter) == statements(read_files(EXCERPT))
    assert "bad-row" in {i.code for i in emitter.issues.all()}


def test_the_packed_form_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "statements.csv"
    columns = ["entity_id", "prop", "value", "dataset", "lang", "external", "last_seen"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        for r in rows():
            writer.writerow({c: r[c] for c in columns} | {"prop": f"{r['schema']}:{r['prop']}"})
    emitter = read_files(path)
    assert failures(emitter) == []
    assert statements(emitter) == statements(read_files(EXCERPT))


def test_a_dataset_given_by_the_user_goes_before_those_of_the_file() -> None:
    snapshot = Snapshot("mine", "2024", (InputFile(EXCERPT, EXCERPT.name, "0" * 64),))
    emitter = Emitter(snapshot)
    readers()["ftm_statements"].read(snapshot, emitter)
    assert {r[0] for r in emitter.rows} == {"mine"}
