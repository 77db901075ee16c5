from __future__ import annotations

from pathlib import Path

import pytest

from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "ca_sema" / "sema-lmes.xml"


def test_golden() -> None:
    check_golden("ca_sema", "sema-lmes.xml", date="2025-05")


def test_the_day_stands_only_in_the_path() -> None:
    found = recognised(EXCERPT, "lists/ca_sema/2025-05/sema-lmes.xml")
    assert (found.dataset, found.snapshot, found.basis) == ("ca_sema", "2025-05", "path")


def test_one_person_under_two_acts_is_two_records() -> None:
    rows = read_files(EXCERPT, date="2025-05").rows
    ids = {row[2] for row in rows if row[4] == "name" and row[5].casefold() == "min aung hlaing"}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<DateOfListing>2021-02-18<", "<DateOfListing>2021-02-31<", "bad-date"),
        ("<Item>46</Item>", "<Item></Item>", "bad-row"),
        ("<Item>46</Item>", "<Item>46</Item><Colour>red</Colour>", "unknown-field"),
        ("<Item>46</Item>", "<Item>40</Item>", "duplicate-id"),
        ("</data-set>", "", "damaged-file"),
    ],
)
def test_strange_values_are_said(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / EXCERPT.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    emitter = read_files(path, date="2025-05")
    assert failures(emitter) == []
    assert code in {i.code for i in emitter.issues.all()}
    assert len({row[2] for row in emitter.rows}) > 20


@pytest.mark.real
def test_whole_list() -> None:
    path = SHARED / "data/lists/ca_sema/2025-05/sema-lmes.xml"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path, date="2025-05")
    assert failures(emitter) == []
    assert [(i.code, i.count) for i in emitter.issues.all()] == [("bad-date", 1)]
    assert len({row[2] for row in emitter.rows if row[4] == "startDate"}) == 4759
