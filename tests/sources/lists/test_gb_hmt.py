from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from workbook import write_workbook

from finemesh.sources.emitter import Emitter
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

OLD = GOLDEN / "gb_hmt" / "2018" / "ConList.csv"
NEW = GOLDEN / "gb_hmt" / "2025" / "ConList.csv"


def test_golden_layout_of_2018() -> None:
    emitter = check_golden("gb_hmt/2018", "ConList.csv")
    assert emitter.snapshot.date == "2018-04-13"


def test_golden_layout_of_2022() -> None:
    emitter = check_golden("gb_hmt/2025", "ConList.csv")
    assert emitter.snapshot.date == "2025-04-14"


def test_a_workbook_says_the_same_as_the_csv(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(NEW.read_text(encoding="utf-8"), newline="")))
    path = write_workbook(tmp_path / "ConList.xlsx", {"Data": rows})
    assert recognised(path).snapshot == "2025-04-14"
    emitter = read_files(path)
    assert failures(emitter) == []
    assert facts(emitter) == facts(read_files(NEW))


def facts(emitter: Emitter) -> set[tuple[str, ...]]:
    return {row[2:7] for row in emitter.rows}


def read_text(tmp_path: Path, text: str) -> tuple[set[str], list[str]]:
    path = tmp_path / "ConList.csv"
    path.write_text(text, encoding="utf-8", newline="")
    emitter = read_files(path)
    assert failures(emitter) == []
    return {row[2] for row in emitter.rows}, [i.code for i in emitter.issues.all()]


def new_text() -> str:
    return NEW.read_text(encoding="utf-8")


def test_a_designation_day_is_not_the_listing_day() -> None:
    rows = {row[2:6] for row in read_files(NEW).rows}
    id_ = "gb-hmt-11241-iran-nuclear"
    assert (id_, "Sanction", "startDate", "2020-12-31") in rows
    assert (id_, "Sanction", "listingDate", "2010-07-27") in rows
    assert ("gb-hmt-11241-syria", "Sanction", "listingDate", "2011-08-24") in rows


def test_a_row_that_was_cut_off_is_said(tmp_path: Path) -> None:
    text = new_text()
    ids, codes = read_text(tmp_path, text[: text.rindex("Russia")])
    assert ids
    assert "bad-row" in codes or "damaged-file" in codes


def test_an_open_quote_keeps_what_stands_before(tmp_path: Path) -> None:
    text = new_text()
    at = text.index("\n", len(text) // 2) + 1
    ids, codes = read_text(tmp_path, text[:at] + '"' + "x" * 1_100_000 + text[at:])
    assert "gb-hmt-11241" in ids
    assert "damaged-file" in codes


def test_strange_values_are_said(tmp_path: Path) -> None:
    text = new_text().replace(",Entity,", ",Robot,", 1).replace(",AKA,", ",ALSO,", 1)
    text = text.replace("27/07/2010", "31/02/2010").replace("Address 1", "Adress 1")
    _, codes = read_text(tmp_path, text)
    assert {"unknown-value", "duplicate-id", "bad-date", "unknown-field", "missing-column", "too-few"} <= set(codes)


def test_a_workbook_that_is_no_zip_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ConList.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    assert recognised(path).reader == ""


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "groups", "dated"),
    [("2018-04-13/ConList.csv", 2106, 0), ("2023-06-05/ConList.xlsx", 3993, 1), ("2025-04-14/ConList.xlsx", 4688, 1)],
)
def test_whole_lists(file: str, groups: int, dated: int) -> None:
    path = SHARED / "data/lists/gb_hmt" / file
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path)
    assert failures(emitter) == []
    codes = {i.code for i in emitter.issues.all()}
    assert codes <= {"two-names", "bad-country"}
    assert sum(i.count for i in emitter.issues.all()) < 10
    assert len({row[5] for row in emitter.rows if row[4] == "entity"}) == groups
    sanctions = {row[2] for row in emitter.rows if row[3] == "Sanction"}
    starts = {row[2] for row in emitter.rows if row[4] == "startDate" and row[3] == "Sanction"}
    assert starts == (sanctions if dated else set())
