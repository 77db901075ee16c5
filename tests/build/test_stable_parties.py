"""Parties of a case do not depend on the order in which lists and snapshots came, and keep their ids."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from tests.namesakes import person

from finemesh.build.intake import Origin
from finemesh.case import Case

FILES: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("eu_fsf", "2022-01-24"): [
        *person("fsf-1", "Zaw Min Tut", birthDate="1949-01-10"),
        *person("fsf-2", "Zaw Min Tut", birthDate="1970-05-05"),
    ],
    ("eu_fsf", "2024-05-03"): [
        *person("fsf-1", "U Zaw Min Tut", birthDate="1949-01-10"),
        *person("fsf-3", "Soe Naing Lwin"),
    ],
    ("ch_seco", "2023-03-01"): [
        *person("seco-1", "ZAW MIN TUT", birthDate="1949-01-10"),
        *person("seco-3", "Soe Naing Lwin", gender="male"),
    ],
    ("un_sc", "2025-04-19"): [
        *person("un-1", "Zaw Min Tut", birthDate="1949-01-10"),
        *person("un-2", "Zaw Min Tut", birthDate="1970-05-05"),
    ],
}


def build(folder: Path, keys: list[tuple[str, str]], case: Case | None = None) -> Case:
    """A case of some files, added in this order."""
    folder.mkdir()
    case = case or Case.init(folder / "case", "Stable")
    for dataset, snapshot in keys:
        file = folder / f"{dataset}-{snapshot}.ftm.json"
        file.write_text("".join(json.dumps(e) + "\n" for e in FILES[dataset, snapshot]), encoding="utf-8")
        case.add([file], Origin(dataset=dataset, snapshot=snapshot))
    case.build(jobs=1)
    return case


def parties(case: Case) -> dict[str, str]:
    return {r["entity"]: r["cluster"] for r in case.reader.rows("SELECT entity, cluster FROM entities")}


def told(case: Case) -> list[list[dict[str, Any]]]:
    """Everything that tells of parties."""
    return [case.reader.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in ("entities", "clusters", "proposals")]


def test_the_order_of_lists_and_snapshots_plays_no_part(tmp_path):
    orders = list(itertools.permutations(FILES))
    found = [told(build(tmp_path / str(n), list(orders[n]))) for n in (0, 9, 23)]
    assert found[0] == found[1] == found[2]
    assert found[0][1], "nothing was joined"


def test_ids_stay_when_snapshots_and_younger_lists_come_and_find_the_party_when_an_older_one_does(tmp_path):
    first, newer, other, youngest = FILES
    case = build(tmp_path / "a", [other])
    before = parties(case)
    assert before["seco-1"] == "seco-1"
    after = parties(build(tmp_path / "b", [youngest, newer], case))
    assert {id: after[id] for id in before} == before
    assert after["un-1"] == after["fsf-1"] == "seco-1"
    case.decide("seco-3", "un-2", "same")
    kept = parties(case)
    older = parties(build(tmp_path / "c", [first], case))
    assert older["seco-1"] == older["un-1"] == older["fsf-1"] == "fsf-1"
    assert case.entity("seco-1").party.id == "fsf-1"
    same = {frozenset(i for i in kept if kept[i] == kept[id]) for id in kept}
    assert same == {frozenset(i for i in kept if older[i] == older[id]) for id in kept}
    assert older["seco-3"] == older["un-2"] == older["fsf-2"] != older["fsf-1"]
