from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.sources.lists.targets_simple import dataset_of
from golden import GOLDEN, SHARED, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "targets_simple" / "targets.simple.csv"


def test_golden() -> None:
    emitter = check_golden("targets_simple", "targets.simple.csv")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("ua_war_sanctions", "2026-03-13")


def test_datasets_by_title() -> None:
    assert dataset_of({"Ukraine War and Sanctions"}, "x.csv") == "ua_war_sanctions"
    assert dataset_of({"Swiss SECO Sanctions/Embargoes"}, "x.csv") == "swiss_seco_sanctions_embargoes"
    assert dataset_of({"A", "B"}, "default.targets.simple.csv") == "default"


def test_a_file_without_programmes_is_read_without_complaint(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "targets.simple.csv"
    header = text[0].replace(',"program_ids"', "")
    path.write_text(header + "\n" + text[2].replace(',"UA-WS-MARE"', "") + "\n", encoding="utf-8")
    assert recognised(path).reader == "targets_simple"
    emitter = read_files(path)
    assert failures(emitter) == []
    assert emitter.issues.all() == []


@pytest.mark.real
def test_whole_list() -> None:
    path = SHARED / "data/lists/ua_war_sanctions/2026-03-13/targets.simple.csv"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert emitter.issues.all() == []
    assert len({r[2] for r in emitter.rows if r[4] == "name"}) == 5_600
