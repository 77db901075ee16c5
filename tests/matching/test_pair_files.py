"""Files of pairs."""

from __future__ import annotations

import json

import pytest

from finemesh.matching.compare import compare_names
from finemesh.matching.pair_files import compare_file
from finemesh.model.errors import SourceError, UserError

ENTITY = {
    "id": "a",
    "schema": "Person",
    "caption": "Soe Win",
    "properties": {"name": ["Soe Win"], "birthDate": ["1960"]},
}


def test_names_in_csv(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("left,right,schema\nSoe Win,Soe Win,Person\nSoe Win,Win Soe,Person\n,,\n", encoding="utf-8")
    found = list(compare_file(path))
    assert [(left, right) for left, right, _ in found] == [("Soe Win", "Soe Win"), ("Soe Win", "Win Soe"), ("", "")]
    assert found[0][2].score == compare_names("Soe Win", "Soe Win", "Person").score > 0.5 > found[1][2].score
    assert found[2][2].score == 0


@pytest.mark.parametrize("lines", [True, False])
def test_entities_in_json(tmp_path, lines):
    other = {**ENTITY, "id": "b", "properties": {"name": ["U Soe Win"], "birthDate": ["1975"]}}
    pairs = [{"left": ENTITY, "right": ENTITY}, {"left": ENTITY, "right": other}]
    path = tmp_path / ("pairs.jsonl" if lines else "pairs.json")
    path.write_text("\n".join(map(json.dumps, pairs)) if lines else json.dumps(pairs), encoding="utf-8")
    same, different = compare_file(path)
    assert (same[0], same[1], different[1]) == ("a", "a", "b")
    assert same[2].score > 0.5
    assert same[2].score > different[2].score
    assert different[2].explanation[-1]["part"] == "date"


@pytest.mark.parametrize(
    ("name", "text", "error", "said"),
    [
        ("p.csv", "a,b\n1,2\n", UserError, "no column 'left'"),
        ("p.csv", "", UserError, "no column 'left'"),
        ("p.json", "[{]", SourceError, "no JSON"),
        ("p.jsonl", '{"left": "x"}\n', UserError, "needs `left` and `right`"),
        ("p.jsonl", "7\n", UserError, "needs `left` and `right`"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, name, text, error, said):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=said):
        list(compare_file(tmp_path / name))


def test_no_file(tmp_path):
    with pytest.raises(UserError, match="no such file"):
        list(compare_file(tmp_path / "none.csv"))


def test_broken_utf8_is_read_as_windows_1252(tmp_path):
    (tmp_path / "p.csv").write_bytes(b"left,right\nJos\xe9 Mu\xf1oz,Jose Munoz\n")
    ((left, _, found),) = compare_file(tmp_path / "p.csv")
    assert left == "José Muñoz"
    assert found.score > 0.5
