"""The FSF reader, over files written by hand after the publisher's schema and the header of its CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden import GOLDEN, check_golden, failures, read_files, recognised

XML = GOLDEN / "eu_fsf" / "xmlFullSanctionsList_1_1.xml"
CSV = GOLDEN / "eu_fsf" / "csvFullSanctionsList_1_1.csv"


@pytest.mark.parametrize("path", [XML, CSV])
def test_golden(path: Path) -> None:
    check_golden("eu_fsf", path.name, expected=f"expected-{path.suffix[1:]}.txt")


def test_the_day_stands_in_the_file() -> None:
    assert [recognised(p).snapshot for p in (XML, CSV)] == ["2022-03-10", "2022-03-10"]
    assert {recognised(p).basis for p in (XML, CSV)} == {"file"}


def test_both_forms_say_the_same_but_for_the_strength_of_names() -> None:
    def facts(path: Path) -> set[tuple[str, ...]]:
        return {(*row[2:4], row[4].replace("weakAlias", "alias"), *row[5:7]) for row in read_files(path).rows}

    assert facts(XML) == facts(CSV)


def test_each_programme_is_a_designation(tmp_path: Path) -> None:
    text = XML.read_text(encoding="utf-8")
    start, end = text.index("<regulation "), text.index("<subjectType")
    second = text[start:end].replace("ZWE", "TAQA").replace("2018-02-16", "2020-02-02")
    path = tmp_path / XML.name
    path.write_text(text[:end] + second + text[end:], encoding="utf-8")
    rows = read_files(path).rows
    listed = {(row[2], row[5]) for row in rows if row[4] == "listingDate" and row[2].startswith("eu-fsf-1-")}
    assert listed == {("eu-fsf-1-zwe", "2018-02-16"), ("eu-fsf-1-taqa", "2020-02-02")}


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (XML, 'designationDate="2003-06-27"', 'designationDate="2003-06-31"', "bad-date"),
        (XML, 'code="person"', 'code="ghost"', "unknown-value"),
        (XML, 'identificationTypeCode="id"', 'identificationTypeCode="library"', "unknown-value"),
        (XML, 'poBox="PO Box 12"', 'poBox="PO Box 12" colour="red"', "unknown-field"),
        (XML, 'logicalId="13"', 'logicalId="1"', "duplicate-id"),
        (XML, 'logicalId="13"', 'logicalId=""', "bad-row"),
        (XML, "</export>", "", "damaged-file"),
        (CSV, "2003-06-27", "2003-06-31", "bad-date"),
        (CSV, "Address_Street", "Address_Lane", "unknown-field"),
        (CSV, "10/03/2022;13;", "10/03/2022;13;one column more;", "bad-row"),
        (CSV, "13;EU.27.28", "1;EU.27.28", "duplicate-id"),
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
    assert "eu-fsf-7000" in {row[2] for row in emitter.rows}


def test_an_empty_line_behind_the_header_is_passed_over(tmp_path: Path) -> None:
    header, rest = CSV.read_bytes().split(b"\n", 1)
    path = tmp_path / CSV.name
    path.write_bytes(header + b"\n\r\n" + rest)
    assert recognised(path).snapshot == "2022-03-10"
    path.write_bytes(header + b"\n\r\n")
    assert recognised(path).snapshot == ""
