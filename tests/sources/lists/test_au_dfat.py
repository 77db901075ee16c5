from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from workbook import Value, write_workbook

from finemesh.sources.lists.au_dfat_text import listing_dates
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

NAME = "regulation8_consolidated.csv"
NEW = GOLDEN / "au_dfat" / "2026" / NAME


def test_golden_layout_of_2024() -> None:
    check_golden("au_dfat/2024", NAME, date="2024-12")


def test_golden_layout_of_2026() -> None:
    check_golden("au_dfat/2026", NAME, date="2026-08")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Listed on 25 Jan. 2001 (amended on 3 Sep. 2003)", ["designated 2001-01-25", "amended 2003-09-03"]),
        ("Listed by UN 1267 Committee on 8 October 2001.", ["designated 2001-10-08"]),
        (
            "Listed on 2 Sep. 2014 (relisted on 1 Sep. 2017 and 27 Aug 2020)",
            ["designated 2014-09-02", "amended 2017-09-01", "amended 2020-08-27"],
        ),
        (
            "The Minister for Foreign Affairs listed this entity on 21 December 2001 under the Act 1945. The Minister declared"
            " on 07 November 2019 that this listing would continue to have effect. Relisted on 13/09/2025",
            ["designated 2001-12-21", "amended 2019-11-07", "amended 2025-09-13"],
        ),
        (
            "Instrument of first listing: List 2001 (No. 2) [F2021L00643, Gazette No. S 500, 21 December 2001]. Re-listed on:"
            " 16/09/2022, 13/09/2025",
            ["published 2001-12-21", "amended 2022-09-16", "amended 2025-09-13"],
        ),
        ("The Minister listed this entity afresh on 11 October 2023.", ["amended 2023-10-11"]),
        (
            "a designation that was in effect from 27 November 2013 to 2 December 2019",
            ["other 2013-11-27", "other 2019-12-02"],
        ),
        ("Autonomous Sanctions (Designated Persons) Amendment (No. 4) Instrument 2022", []),
        ("22 Apr. 2010 (amended 15 Apr 2014)", ["designated 2010-04-22", "amended 2014-04-15"]),
    ],
)
def test_dates_in_listing_information(text: str, dates: list[str]) -> None:
    found = listing_dates(text)
    assert [f"{kind} {value}" for kind, _, _, value in found] == dates
    assert all(text[start:end].strip() for _, start, end, _ in found)


def facts(path: Path) -> set[tuple[str, ...]]:
    emitter = read_files(path, date="2026-08")
    assert failures(emitter) == []
    return {row[2:7] for row in emitter.rows}


def typed(text: str, column: str) -> Value:
    if text in ("TRUE", "FALSE"):
        return text == "TRUE"
    if column == "Control Date":
        return dt.date.fromisoformat(text)
    return float(text) if text.isdigit() and column in ("Reference", "IMO Number") else text


def test_a_workbook_says_the_same_as_the_csv(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(NEW.read_text(encoding="utf-8"), newline="")))
    table = [rows[0]] + [[typed(v, c) for v, c in zip(row, rows[0], strict=True)] for row in rows[1:]]
    path = write_workbook(tmp_path / "regulation8_consolidated.xlsx", {"Consolidated List": table})
    assert recognised(path, "au_dfat/2026-08/" + path.name).snapshot == "2026-08"
    assert facts(path) == facts(NEW)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",Vessel,", ",Submarine,", "unknown-value"),
        (",Weak,", ",Frail,", "unknown-value"),
        (",TRUE,", ",PERHAPS,", "unknown-value"),
        ("Committees", "Committee", "recognised"),
        ("Travel Ban", "Ban", "unknown-field"),
        ("\r\n2,", "\r\ntwo,", "bad-row"),
        (",Individual,Alias", ",Entity,Alias", "duplicate-id"),
    ],
)
def test_strange_values_are_said(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = NEW.read_bytes().decode()
    assert old in text
    path = tmp_path / NAME
    path.write_bytes(text.replace(old, new, 1).encode())
    if code == "recognised":
        assert recognised(path).reader == ""
        return
    emitter = read_files(path, date="2026-08")
    assert failures(emitter) == []
    assert code in {i.code for i in emitter.issues.all()}


@pytest.mark.real
@pytest.mark.parametrize(("folder", "groups", "undated"), [("2024-12", 3062, 93), ("2026-08", 3846, 81)])
def test_whole_lists(folder: str, groups: int, undated: int) -> None:
    path = SHARED / "data/lists/au_dfat" / folder / "regulation8_consolidated.xlsx"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path, date=folder)
    assert failures(emitter) == []
    assert {i.code for i in emitter.issues.all()} == {"bad-date"}
    assert sum(i.count for i in emitter.issues.all()) < 5
    starts = [row[2] for row in emitter.rows if row[3] == "Sanction" and row[4] == "startDate"]
    assert len(starts) == len(set(starts)) == groups - undated
    assert len({row[5] for row in emitter.rows if row[4] == "entity"}) == groups
