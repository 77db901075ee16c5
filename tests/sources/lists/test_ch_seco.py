from __future__ import annotations

from pathlib import Path

from finemesh.sources.emitter import Emitter
from golden import GOLDEN, check_golden, failures, read_files, recognised

EXCERPT = GOLDEN / "ch_seco" / "consolidated-list.xml"


def facts(emitter: Emitter, entity: str, prop: str) -> set[str]:
    return {row[5] for row in emitter.rows if row[2] == entity and row[4] == prop}


def test_golden() -> None:
    emitter = check_golden("ch_seco", "consolidated-list.xml")
    assert (emitter.snapshot.dataset, emitter.snapshot.date) == ("ch_seco", "2026-08-27")


def test_former_states_of_a_target_are_not_read() -> None:
    emitter = read_files(EXCERPT)
    assert not [r for r in emitter.rows if "Oldname" in r[5]]


def test_a_party_that_was_listed_again_has_two_designations() -> None:
    emitter = read_files(EXCERPT)
    first, second = "ch-seco-5142-4387-2012-03-16", "ch-seco-5142-4387-2022-03-16"
    assert (facts(emitter, first, "startDate"), facts(emitter, first, "endDate")) == ({"2012-03-15"}, {"2016-03-01"})
    assert (facts(emitter, second, "startDate"), facts(emitter, second, "endDate")) == ({"2022-03-15"}, set())


def test_other_xml_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("<sanctions-list date='2024-01-01'/>")
    assert recognised(path).reader == ""


def test_a_file_that_breaks_off_keeps_what_stands_before(tmp_path: Path) -> None:
    text = EXCERPT.read_text(encoding="utf-8")
    path = tmp_path / "list.xml"
    path.write_text(text[: text.index('<target ssid="34461">') + 30], encoding="utf-8")
    emitter = read_files(path)
    assert failures(emitter) == []
    assert {i.code for i in emitter.issues.all()} == {"damaged-file", "orphan", "too-few"}
    assert facts(emitter, "ch-seco-5142", "name") == {"Dzmitry Aliaksandravich Exampleka"}
