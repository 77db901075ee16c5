from __future__ import annotations

from pathlib import Path

import pytest

from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "un_sc" / "consolidated.xml"


def test_golden() -> None:
    emitter = check_golden("un_sc", "consolidated.xml")
    assert emitter.snapshot.date == "2026-08-01"


def test_recognised_by_content(tmp_path: Path) -> None:
    path = tmp_path / "anything.bin"
    path.write_bytes(EXCERPT.read_bytes())
    found = recognised(path)
    assert (found.dataset, found.snapshot, found.basis) == ("un_sc", "2026-08-01", "file")


def read_text(tmp_path: Path, text: str) -> tuple[set[str], list[str]]:
    path = tmp_path / "consolidated.xml"
    path.write_text(text, encoding="utf-8")
    emitter = read_files(path)
    assert failures(emitter) == []
    return {row[2] for row in emitter.rows}, [i.code for i in emitter.issues.all()]


def test_what_stands_before_a_damaged_place_is_kept(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    ids, codes = read_text(tmp_path, text[: text.index("</INDIVIDUAL>") + 400])
    assert any(i.startswith("unsc-") for i in ids)
    assert "damaged-file" in codes


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = EXCERPT.read_text(encoding="utf-8")
    text = text.replace("<CONSOLIDATED_LIST", bomb + "<CONSOLIDATED_LIST", 1).replace("<DATAID>", "<DATAID>&b;", 1)
    ids, codes = read_text(tmp_path, text)
    assert ids == set()
    assert "damaged-file" in codes


def test_an_external_entity_is_not_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    text = EXCERPT.read_text(encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    text = text.replace("<CONSOLIDATED_LIST", doctype + "<CONSOLIDATED_LIST", 1)
    ids, codes = read_text(tmp_path, text.replace("<COMMENTS1>", "<COMMENTS1>&e;", 1))
    assert ids == set()
    assert "damaged-file" in codes


def test_strange_values_are_said(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    text = text.replace("<QUALITY>Good<", "<QUALITY>Excellent<", 1)
    text = text.replace("<LISTED_ON>2012-12-31<", "<LISTED_ON>2012-02-31<", 1)
    text = text.replace("<SORT_KEY/>", "<SORT_KEY/><HAIR>brown</HAIR>", 1)
    _, codes = read_text(tmp_path, text)
    assert {"unknown-value", "bad-date", "unknown-field", "too-few"} <= set(codes)


def test_an_id_that_stands_twice_is_said(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    first = text.index("<DATAID>")
    id_ = text[first + 8 : text.index("<", first + 8)]
    second = text.index("<DATAID>", first + 8)
    other = text[second + 8 : text.index("<", second + 8)]
    _, codes = read_text(tmp_path, text.replace(f"<DATAID>{other}<", f"<DATAID>{id_}<"))
    assert "duplicate-id" in codes


@pytest.mark.real
@pytest.mark.parametrize("folder", ["2020", "2024", "2025-04-19", "2026-01-28", "2026-08-01"])
def test_whole_lists(folder: str) -> None:
    path = SHARED / "data/lists/un_sc" / folder / "consolidated.xml"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert [i for i in emitter.issues.all() if i.code != "unknown-value"] == []
    sanctions = {row[2] for row in emitter.rows if row[3] == "Sanction"}
    dated = {row[2] for row in emitter.rows if row[3] == "Sanction" and row[4] == "startDate"}
    assert 850 < len(sanctions) == len(dated) < 1100
