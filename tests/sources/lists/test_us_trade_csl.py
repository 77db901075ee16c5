from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from finemesh.sources.lists.csl_text import id_facts, source_code
from finemesh.sources.raw.cell import Cell
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "us_trade_csl" / "consolidated.csv"


def test_golden() -> None:
    check_golden("us_trade_csl", "consolidated.csv", date="2022-04-21")


def test_gzip_and_tabs_are_read_too(tmp_path: Path) -> None:
    import csv

    path = tmp_path / "x.tsv.gz"
    with (
        EXCERPT.open(encoding="utf-8", newline="") as source,
        gzip.open(path, "wt", encoding="utf-8", newline="") as target,
    ):
        csv.writer(target, delimiter="\t").writerows(csv.reader(source))
    assert recognised(path).dataset == "us_trade_csl"
    emitter, plain = read_files(path, date="2022"), read_files(EXCERPT, date="2022")
    assert failures(emitter) == []
    assert {r[2:6] for r in emitter.rows} == {r[2:6] for r in plain.rows}


def test_ids() -> None:
    found = id_facts(
        Cell(
            "SA, 2022-06-23, 2017-08-16, D088677, Passport; Male, Gender; a; b, Tax ID No.; 2030-01-01, 7, Passport",
            "row=1",
        )
    )
    assert [(f.label.text, f.value.text) for f in found] == [
        ("Passport", "D088677"),
        ("Gender", "Male"),
        ("Tax ID No.", "a; b"),
        ("Passport", "7"),
    ]
    assert (found[0].country.text, found[0].expires.text, found[0].issued.text) == ("SA", "2022-06-23", "2017-08-16")
    assert [n.text for n in found[3].notes] == ["2030-01-01"]


def test_codes_of_lists() -> None:
    assert source_code("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department") == "ns-mbs"
    assert source_code("Military End User (MEU) List - Bureau of Industry and Security") == "meu"


def test_a_missing_column_and_an_unknown_one_are_said(tmp_path: Path) -> None:
    lines = EXCERPT.read_text(encoding="utf-8").replace("end_date", "final_date", 1)
    path = tmp_path / "x.csv"
    path.write_text(lines, encoding="utf-8")
    emitter = read_files(path, date="2022")
    assert failures(emitter) == []
    codes = {i.code: i.message for i in emitter.issues.all()}
    assert "final_date" in codes["unknown-field"]
    assert "end_date" in codes["missing-column"]


def test_an_open_quote_keeps_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(EXCERPT.read_bytes() + b'x,"Entity List (EL) - BIS,' + b"never closed," * 100_000)
    emitter = read_files(path, date="2022")
    assert failures(emitter) == []
    assert any(r[2] == "ofac-26087" for r in emitter.rows)
    assert {"damaged-file", "bad-row"} & {i.code for i in emitter.issues.all()}


@pytest.mark.real
def test_whole_list() -> None:
    path = SHARED / "data/lists/us_trade_csl/2022-04-21/consolidated.csv.gz"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path, date="2022-04-21")
    assert failures(emitter) == []
    issues = {(i.code, i.severity) for i in emitter.issues.all()}
    assert {c for c, _ in issues} == {"bad-date", "bad-email", "bad-url", "lost-letters", "unresolved-link"}
    dated = {r[2] for r in emitter.rows if r[3] == "Sanction" and r[4] == "startDate"}
    assert len(dated) > 2_500
