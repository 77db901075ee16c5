"""The UK Sanctions List, over files written by hand after its format guide and headings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from workbook import write_ods

from golden import GOLDEN, check_golden, failures, read_files, recognised

XML = GOLDEN / "gb_fcdo" / "UK-Sanctions-List.xml"
CSV = GOLDEN / "gb_fcdo" / "UK-Sanctions-List.csv"


def facts(path: Path) -> set[tuple[str, ...]]:
    emitter = read_files(path)
    assert failures(emitter) == []
    return {row[2:7] for row in emitter.rows}


def ods(folder: Path) -> Path:
    with CSV.open(newline="", encoding="utf-8") as stream:
        return write_ods(folder / "UK-Sanctions-List.ods", {"UK_Sanctions_List": list(csv.reader(stream))})


def test_golden() -> None:
    check_golden("gb_fcdo", XML.name)


def test_every_form_says_the_same(tmp_path: Path) -> None:
    assert facts(XML) == facts(CSV) == facts(ods(tmp_path))


def test_the_day_stands_in_the_file(tmp_path: Path) -> None:
    for path in (XML, CSV, ods(tmp_path)):
        found = recognised(path)
        assert (found.dataset, found.snapshot, found.basis) == ("gb_fcdo", "2026-02-13", "file")


def test_headings_of_an_older_file(tmp_path: Path) -> None:
    text = CSV.read_bytes().decode("utf-8")
    for new, old in (
        ("Designation Type", '"Individual, Entity, Ship"'),
        ("Parent company", "Parent Company"),
        ("Report Date: 13-Feb-2026\r\n", ""),
    ):
        assert new in text
        text = text.replace(new, old, 1)
    path = tmp_path / CSV.name
    path.write_bytes(text.encode("utf-8"))
    assert recognised(path).dataset == "gb_fcdo"
    assert facts(path) == facts(CSV)
    assert [i.code for i in read_files(path).issues.all()] == ["too-few"]


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (XML, "<DateDesignated>25/01/2001<", "<DateDesignated>31/02/2001<", "bad-date"),
        (XML, "<DOB>dd/mm/1945<", "<DOB>15/08/19yy<", "bad-date"),
        (XML, "<NameType>ALias<", "<NameType>Pseudonym<", "unknown-value"),
        (XML, "Low quality a.k.a", "Middling quality", "unknown-value"),
        (XML, "EntityShip>Ship<", "EntityShip>Aircraft<", "unknown-value"),
        (XML, "<UniqueID>AFG0006</UniqueID>", "", "bad-row"),
        (XML, "<UniqueID>AFG0006<", "<UniqueID>RUS9002<", "duplicate-id"),
        (XML, "<OFSIGroupID>7172<", "<Colour>red</Colour><OFSIGroupID>7172<", "unknown-field"),
        (XML, "TAi.002", "see above", "bad-reference"),
        (XML, "</Designations>", "", "damaged-file"),
        (CSV, "Town of birth", "Village of birth", "missing-column"),
        (CSV, "Town of birth", "Village of birth", "unknown-field"),
        (CSV, ",AFG0006,", ",,", "bad-row"),
        (CSV, ",AFG0006,", ",RUS9002,", "duplicate-id"),
        (CSV, "26,RUS9001,", "26,RUS9001,,,,", "bad-row"),
        (CSV, "10/01/2026,RUS9002", '"10/01/2026,RUS9002', "bad-row"),
    ],
)
def test_strange_values_are_said(tmp_path: Path, path: Path, old: str, new: str, code: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    copy = tmp_path / path.name
    copy.write_bytes(text.replace(old, new, 1).encode("utf-8"))
    emitter = read_files(copy)
    assert failures(emitter) == []
    assert code in {i.code for i in emitter.issues.all()}
    assert len(emitter.rows) > 40


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "UK-Sanctions-List.ods"
    path.write_bytes(b"PK\x03\x04 no workbook")
    assert recognised(path).dataset == ""
