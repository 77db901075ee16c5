"""``compare`` and ``screen-file`` as their users meet them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from finemesh.cli import cli


def run(*args: str):
    return CliRunner().invoke(cli, list(map(str, args)))


def test_compare_two_names():
    (row,) = map(json.loads, run("compare", "Tay Za", "U Tayza", "--schema", "Person", "--json").output.splitlines())
    assert (row["row"], row["left"], row["right"]) == (0, "Tay Za", "U Tayza")
    assert 0.5 < row["score"] <= 1
    assert all({"part", "score", "weight", "left", "right"} <= p.keys() for p in row["explanation"])
    assert "word" in run("compare", "Tay Za", "U Tayza").output


def test_compare_pairs(tmp_path):
    (tmp_path / "p.csv").write_text("left,right\nSoe Win,Soe Win\nSoe Win,Win Soe\n", encoding="utf-8")
    rows = [json.loads(line) for line in run("compare", "--pairs", tmp_path / "p.csv", "--json").output.splitlines()]
    assert [row["row"] for row in rows] == [0, 1]
    assert rows[0]["score"] > 0.5 > rows[1]["score"]


@pytest.mark.parametrize("args", [["compare"], ["compare", "one"], ["compare", "a", "b", "--pairs", "x.csv"]])
def test_compare_wants_two_names_or_a_file(args):
    assert run(*args).exit_code == 2


def test_screen_file(small_case, tmp_path):
    (tmp_path / "rows.csv").write_text("nr,name\n5,Tay Za\n6,Somebody Else\n", encoding="utf-8")
    shown = run("-c", small_case.folder.root, "screen-file", tmp_path / "rows.csv", "--id-column", "nr", "--json")
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [(row["qid"], row["query"], bool(row["results"])) for row in rows] == [
        ("5", "Tay Za", True),
        ("6", "Somebody Else", False),
    ]
    out = tmp_path / "out.csv"
    shown = run("-c", small_case.folder.root, "screen-file", tmp_path / "rows.csv", "-o", out)
    assert "2 rows, 1 with a candidate" in shown.stdout
    assert out.read_text("utf-8").startswith("nr,name,match score,match id")


def test_what_cannot_be_read_of_a_file_is_told(small_case, tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"name": "Tay Za"}\n{"name": \n', encoding="utf-8")
    shown = run("-c", small_case.folder.root, "screen-file", tmp_path / "rows.jsonl")
    assert shown.exit_code == 0
    assert len(shown.stdout.splitlines()) == 1
    assert "not read: not JSON" in shown.stderr
