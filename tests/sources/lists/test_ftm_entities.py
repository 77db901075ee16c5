from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.sources.emitter import Emitter, InputFile, Snapshot
from finemesh.sources.registry import readers
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

FOLDER = GOLDEN / "ftm_entities"


def test_json_lines() -> None:
    emitter = check_golden("ftm_entities", "entities.ftm.json")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("xy_list", "2024-02-03")


def test_neighbours_nested_in_targets() -> None:
    emitter = check_golden("ftm_entities", "targets.nested.json", expected="expected-nested.txt", date="2024-01-01")
    assert {row[0] for row in emitter.rows if row[2] == "ab-1"} == {"targets"}  # merged of two datasets
    assert {row[0] for row in emitter.rows if row[2] == "ab-s"} == {"list_a"}
    assert {row[0] for row in emitter.rows if row[2] == "ab-3"} == {"list_b"}


def test_one_array() -> None:
    emitter = check_golden("ftm_entities", "array.json", expected="expected-array.txt")
    assert {row[8] for row in emitter.rows if row[2] == "cd-2"} == {"pointer=/2/properties/name/0"}


def test_a_dataset_given_by_the_user_goes_before_those_of_the_file() -> None:
    path = FOLDER / "targets.nested.json"
    snapshot = Snapshot("mine", "2024", (InputFile(path, path.name, "0" * 64),))
    emitter = Emitter(snapshot)
    readers()["ftm_entities"].read(snapshot, emitter)
    assert {row[0] for row in emitter.rows} == {"mine"}


def test_other_json_is_not_taken(tmp_path: Path) -> None:
    for text in ('{"id": 1, "schema": "x"}\n', '[{"name": "x"}]', "[]", "[1, 2", "{", '{"id": "x"}', "[[[["):
        path = tmp_path / "x.json"
        path.write_text(text)
        assert recognised(path).reader == "", text


def test_an_array_that_breaks_off_keeps_its_first_members(tmp_path: Path) -> None:
    path = tmp_path / "array.json"
    path.write_bytes((FOLDER / "array.json").read_bytes()[:-40])
    emitter = read_files(path)
    assert failures(emitter) == []
    assert {row[2] for row in emitter.rows} == {"cd-1"}
    assert "breaks off" in " ".join(i.message for i in emitter.issues.all())


def test_a_mark_at_the_beginning_and_wrong_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.ftm.json"
    lines = (FOLDER / "entities.ftm.json").read_bytes().splitlines()[:3]
    path.write_bytes(b"\xef\xbb\xbf" + lines[0] + b"\n" + lines[1].replace(b"Pagoda", b"Pa\xffgoda") + b"\n" + lines[2])
    emitter = read_files(path)
    assert failures(emitter) == []
    assert {row[2] for row in emitter.rows} == {"xy-1", "xy-s-1"}
    assert "bad-row" in {i.code for i in emitter.issues.all()}


def test_an_array_larger_than_one_read(tmp_path: Path) -> None:
    entity = '{"id": "e-%d", "schema": "Person", "datasets": ["big"], "properties": {"name": ["%s"]}}'
    path = tmp_path / "big.json"
    path.write_text("[" + ",\n".join(entity % (n, "ö" * 300_000 if n == 7 else "Aye") for n in range(5000)) + "]\n")
    emitter = read_files(path, date="2024")
    assert len({row[2] for row in emitter.rows}) == 4999
    assert [i.code for i in emitter.issues.all()] == ["too-long"]


@pytest.mark.real
def test_whole_files() -> None:
    eu, targets = (
        SHARED / "data" / p for p in ("lists/eu_fsf/2022-01-24/entities.ftm.json", "matching/targets.ftm.jsonl")
    )
    if not eu.exists():
        pytest.skip("no shared lists")
    emitter = read_files(eu)
    assert failures(emitter) == []
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("eu_fsf", "2022-01-24")
    assert {i.code for i in emitter.issues.all()} == {"bad-email", "bad-url"}
    assert len({row[2] for row in emitter.rows}) == 6280
    emitter = read_files(targets, date="2021")
    assert failures(emitter) == []
    assert emitter.issues.all() == []
    assert len({row[2] for row in emitter.rows}) == 13_645
    assert {row[0] for row in emitter.rows} == {"ofac", "eu", "un"}
