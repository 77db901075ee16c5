"""The SDN list and the non-SDN list of the US, in each of their four formats."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from finemesh.sources.emitter import Emitter
from finemesh.sources.lists.ofac_entry import could_begin, programmes_of_lists
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

SDN, CONS = GOLDEN / "us_ofac_sdn", GOLDEN / "us_ofac_cons"
LISTS = SHARED / "data/lists"


def facts(emitter: Emitter, entity: str, prop: str) -> set[str]:
    return {row[5] for row in emitter.rows if row[2] == entity and row[4] == prop}


def codes(emitter: Emitter) -> set[str]:
    return {i.code for i in emitter.issues.all()}


def test_csv_files() -> None:
    check_golden("us_ofac_sdn", "sdn.csv", "alt.csv", "add.csv", date="2021-07-15")


def test_classic_xml() -> None:
    emitter = check_golden("us_ofac_cons", "consolidated.xml", expected="expected-classic.txt")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("us_ofac_cons", "2026-01-08")


def test_enhanced_xml() -> None:
    emitter = check_golden("us_ofac_cons", "CONS_ENHANCED.XML", expected="expected-enhanced.txt")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("us_ofac_cons", "2025-01-10")


def test_advanced_xml() -> None:
    emitter = check_golden("us_ofac_sdn", "sdn_advanced.xml", expected="expected-advanced.txt")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("us_ofac_sdn", "2024-05-03")


def test_a_zip_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "CONS_ENHANCED.ZIP"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(CONS / "CONS_ENHANCED.XML", "../../etc/CONS_ENHANCED.XML")
    emitter, plain = read_files(path), read_files(CONS / "CONS_ENHANCED.XML")
    assert failures(emitter) == []
    assert {r[:7] for r in emitter.rows} == {r[:7] for r in plain.rows}
    assert all(r[8].startswith("member=../../etc/CONS_ENHANCED.XML;line=") for r in emitter.rows)
    assert not (tmp_path.parent.parent / "etc").exists()


def test_an_entry_has_the_same_sanctions_in_every_format() -> None:
    enhanced, classic = read_files(CONS / "CONS_ENHANCED.XML"), read_files(CONS / "consolidated.xml")
    for entity in ("ofac-17014", "ofac-23559", "ofac-46072"):
        names = [{r[2] for r in e.rows if r[4] == "entity" and r[5] == entity} for e in (enhanced, classic)]
        assert names[0] & names[1], entity


def test_which_day_belongs_to_which_programme() -> None:
    emitter = read_files(CONS / "CONS_ENHANCED.XML")
    assert facts(emitter, "ofac-17014-ukraine-eo13662", "startDate") == {"2014-07-29"}
    assert facts(emitter, "ofac-17014-russia-eo14024", "startDate") == {"2022-02-24"}
    assert facts(emitter, "ofac-9647-sdgt", "startDate") == {"2023-11-14"}
    assert facts(emitter, "ofac-9647-ns-plc", "startDate") == {"2006-04-12"}
    # On the SDN list since 2018, and only later moved to the order of 2021.
    assert facts(emitter, "ofac-23559-russia-eo14024", "startDate") == set()
    assert facts(emitter, "ofac-23559-russia-eo14024", "listingDate") == {"2018-01-26"}
    assert "older-than-order" in codes(emitter)


def test_orders_and_lists() -> None:
    assert could_begin("RUSSIA-EO14024", "2021-04-15")
    assert not could_begin("RUSSIA-EO14024", "2018-08-15")
    assert could_begin("SDGT", "1995-01-23")
    assert programmes_of_lists(["SDN List", "Consolidated List", "FSE List"], ["SYRIA", "FSE-SY"]) == {
        "SDN List": ["SYRIA"],
        "FSE List": ["FSE-SY"],
    }


def test_remarks_that_go_on_in_the_comments(tmp_path: Path) -> None:
    remarks = "DOB 1970; " + "a.k.a. 'X'; " * 80
    remarks = (remarks + " " * 1000)[:966] + "; Listing Date (EO 14024 Directive"
    assert len(remarks) == 1000
    row = f'5,"ABC BANK",-0- ,"RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{remarks}"\r\n'
    (tmp_path / "sdn.csv").write_text(row, newline="")
    cut = read_files(tmp_path / "sdn.csv", date="2024")
    assert "cut-off" in codes(cut)
    assert facts(cut, "ofac-5-eo-14024-directive-3", "startDate") == set()
    (tmp_path / "sdn_comments.csv").write_text('5," 3): 24 Feb 2022; Registration Number 77 (Russia)."\r\n', newline="")
    whole = read_files(tmp_path / "sdn.csv", tmp_path / "sdn_comments.csv", date="2024")
    assert failures(whole) == []
    assert "cut-off" not in codes(whole)
    assert facts(whole, "ofac-5-eo-14024-directive-3", "startDate") == {"2022-02-24"}
    assert facts(whole, "ofac-5", "registrationNumber") == {"77"}
    quotes = [r[9] for r in whole.rows if r[2] == "ofac-5-eo-14024-directive-3" and r[4] == "program"]
    assert sorted(quotes) == [" 3", "EO 14024 Directive"]


def test_side_files_of_a_day_without_the_main_one_are_said() -> None:
    emitter = read_files(SDN / "alt.csv", SDN / "add.csv", date="2026-08-02")
    assert emitter.rows == []
    assert [i.severity for i in emitter.issues.all()] == ["error"]


def test_the_non_sdn_csv_files_are_told_from_the_sdn_ones(tmp_path: Path) -> None:
    row = '9639,"HANIYA, Ismail","individual","NS-PLC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1962; POB Shati."\r\n'
    for name in ("cons_prim.csv", "renamed.csv"):
        (tmp_path / name).write_text(row)
        assert recognised(tmp_path / name).dataset == "us_ofac_cons"
    (tmp_path / "cons_alt.csv").write_text('9639,9150,"aka","HANIYA, Ismaeel",-0- \r\n')
    found = recognised(tmp_path / "cons_alt.csv")
    assert (found.dataset, found.part) == ("us_ofac_cons", "alt")


def test_xml_of_others_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("<Sanctions><Person>Somebody</Person></Sanctions>")
    assert recognised(path).reader == ""


def test_strange_values_are_said(tmp_path: Path) -> None:
    text = (CONS / "CONS_ENHANCED.XML").read_text(encoding="utf-8")
    text = text.replace('datePublished="2006-04-12"', 'datePublished="2006-13-12"', 1)
    text = text.replace(">F.K.A.<", ">P.K.A.<", 1).replace(">Individual<", ">Robot<", 1)
    text = text.replace("<isLowQuality>", "<mood>good</mood><isLowQuality>", 1)
    path = tmp_path / "x.xml"
    path.write_text(text, encoding="utf-8")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert {"bad-date", "unknown-value", "unknown-field"} <= codes(emitter)


def test_a_file_that_breaks_off_keeps_what_stands_before(tmp_path: Path) -> None:
    for name, end in (("consolidated.xml", "</sdnEntry>"), ("CONS_ENHANCED.XML", "</entity>")):
        text = (CONS / name).read_text(encoding="utf-8")
        path = tmp_path / name
        path.write_text(text[: text.rindex(end)], encoding="utf-8")
        emitter = read_files(path)
        assert failures(emitter) == []
        assert "damaged-file" in codes(emitter)
        assert facts(emitter, "ofac-17014", "name")


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "designations", "dated"),
    [
        ("2025-03-28/consolidated.xml", 552, 95),
        ("2026-01-08/consolidated.xml", 561, 95),
        ("2025-01_enhanced/CONS_ENHANCED.ZIP", 552, 531),
    ],
)
def test_whole_non_sdn_lists(name: str, designations: int, dated: int) -> None:
    path = LISTS / "us_ofac_cons" / name
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert codes(emitter) <= {"bad-email", "older-than-order"}
    sanctions = {r[2] for r in emitter.rows if r[3] == "Sanction"}
    assert len(sanctions) == designations
    assert len({r[2] for r in emitter.rows if r[3] == "Sanction" and r[4] == "startDate"}) == dated


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("day", ["2021-07-15", "2022-06-28", "2024-05-03"])
def test_whole_sdn_lists(day: str) -> None:
    folder = LISTS / "us_ofac_sdn" / day
    if not folder.exists():
        pytest.skip("no shared lists")
    emitter = read_files(*sorted(folder.glob("*.csv")), date=day)
    assert failures(emitter) == []
    assert codes(emitter) <= {"bad-url", "bad-email", "cut-off", "missing-file", "unresolved-link"}
    assert len({r[2] for r in emitter.rows if r[4] == "name" and r[2].startswith("ofac-")}) > 8_000
