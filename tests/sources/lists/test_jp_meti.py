from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.sources import verify
from finemesh.sources.lists.jp_meti_text import iso_day
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "jp_meti" / "russia.txt"


def test_golden() -> None:
    emitter = check_golden("jp_meti", "russia.txt")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("jp_meti", "2025-09-12")


def test_days_in_full_width_digits() -> None:
    assert iso_day("２０２２年３月１日") == "2022-03-01"
    assert iso_day("2022 年03月01 日") == "2022-03-01"
    assert iso_day("soon") == ""


def test_a_list_is_verified_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf.txt.bak"
    path.write_bytes(EXCERPT.read_bytes())
    assert recognised(path).dataset == "jp_meti"
    emitter = read_files(path)
    assert failures(emitter) == []
    before, words, after = verify.context(path, path.name, "line=6;chars=0-9")
    assert (before, words, after) == ("", "Admiralty", " Shipyard JSC")


def test_windows_lines_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "russia.txt"
    path.write_bytes(EXCERPT.read_bytes().replace(b"\n", b"\r\n"))
    emitter, plain = read_files(path), read_files(EXCERPT)
    assert failures(emitter) == []
    assert {r[:7] for r in emitter.rows} == {r[:7] for r in plain.rows}


def test_an_entry_that_is_missing_is_said(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    path = tmp_path / "russia.txt"
    path.write_text(text.replace("指定日：2022 年03月01 日", "指定日：未定"), encoding="utf-8")
    assert "bad-date" in {i.code for i in read_files(path).issues.all()}
    assert "too-few" in {i.code for i in read_files(EXCERPT).issues.all()}


@pytest.mark.real
def test_whole_list() -> None:
    path = SHARED / "data/lists/jp_meti/2025-09-12/russia.txt"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert emitter.issues.all() == []
    sanctions = {r[2] for r in emitter.rows if r[3] == "Sanction"}
    assert len(sanctions) == 561
    # Those of the first day: 49, as was announced on 1 March 2022.
    assert len({r[2] for r in emitter.rows if r[3] == "Sanction" and r[4] == "startDate"}) == 49
