from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from finemesh.sources.emitter import Emitter
from finemesh.sources.lists.eu_journal import act_title, elements
from finemesh.sources.raw.cell import Cell
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

FOLDER = GOLDEN / "eu_journal"
FILES = sorted(str(p.relative_to(FOLDER)) for p in FOLDER.glob("*/*.csv"))
MYANMAR = FOLDER / "consolidated" / "32013R0401.csv"


def test_golden() -> None:
    check_golden("eu_journal", *FILES, date="2026-08")


def test_each_act_is_a_part() -> None:
    parts = {recognised(FOLDER / f, "lists/eu_journal/2026-08/" + f).part for f in FILES}
    assert len(parts) == len(FILES)
    found = recognised(MYANMAR, "lists/eu_journal/2026-08/consolidated/32013R0401.csv")
    assert (found.dataset, found.snapshot, found.basis) == ("eu_journal", "2026-08", "path")


def test_two_men_of_one_name_stay_two() -> None:
    rows = read_files(MYANMAR, date="2026-08").rows
    assert len({row[2] for row in rows if row[4] == "name" and row[5] == "Aung Moe Myint"}) == 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Foo; Bar", ["Foo", "Bar"]),
        ('"Foo; Bar"; Baz', ["Foo; Bar", "Baz"]),
        ('"say ""no"""; x', ['say "no"', "x"]),
        ('an "inner" quote', ['an "inner" quote']),
        ("", []),
        ("a;;b", ["a", "b"]),
    ],
)
def test_values_of_a_cell(text: str, values: list[str]) -> None:
    assert [value for _, value in elements(Cell(text, "row=1;col=1"))] == values
    for cell, value in elements(Cell(text, "row=1;col=1")):
        assert text[cell.at : cell.at + len(cell.text)] == cell.text
        assert cell.text.replace('""', '"') == value


def test_acts_are_cited_as_they_are() -> None:
    assert act_title("32013R0401") == "Regulation (EU) No 401/2013"
    assert act_title("32002R0881") == "Regulation (EC) No 881/2002"
    assert act_title("32026R1848") == "Regulation (EU) 2026/1848"
    assert act_title("32011D0173") == "Decision 2011/173/CFSP"


def changed(tmp_path: Path, changes: dict[str, str]) -> Emitter:
    """The Myanmar excerpt with cells of its first row changed."""
    rows = list(csv.reader(io.StringIO(MYANMAR.read_text(encoding="utf-8"), newline="")))
    for column, value in changes.items():
        rows[1][rows[0].index(column)] = value
    path = tmp_path / MYANMAR.name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    emitter = read_files(path, date="2026-08")
    assert failures(emitter) == []
    return emitter


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"schema": "Robot"}, "unknown-value"),
        ({"measure": "Stern words"}, "unknown-value"),
        ({"startDate": "31.2.2021"}, "bad-date"),
        ({"imoNumber": "9290397"}, "misplaced-value"),
        ({"nationality": "Atlantean"}, "bad-country"),
        ({"celex": "anything"}, "bad-row"),
        ({"recordId": "12", "annex": "IV.B", "schema": "LegalEntity"}, "id-changes-name"),
    ],
)
def test_strange_values_are_said(tmp_path: Path, changes: dict[str, str], code: str) -> None:
    emitter = changed(tmp_path, changes)
    assert code in {i.code for i in emitter.issues.all()}
    assert any("-97-person" in row[2] for row in emitter.rows)


@pytest.mark.real
def test_whole_list() -> None:
    paths = sorted((SHARED / "data/lists/eu_journal/2026-08").glob("*/*.csv"))
    if not paths:
        pytest.skip("no shared lists")
    emitter = read_files(*paths, date="2026-08")
    assert failures(emitter) == []
    counts = {i.code: 0 for i in emitter.issues.all()}
    for issue in emitter.issues.all():
        counts[issue.code] += issue.count
    assert set(counts) == {"bad-date", "duplicate-id"}
    assert counts["bad-date"] < 12
    assert counts["duplicate-id"] == 2
    sanctions = {row[2] for row in emitter.rows if row[3] == "Sanction"}
    assert 8_400 < len(sanctions) < 8_434
