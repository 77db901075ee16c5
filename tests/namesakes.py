"""A case full of namesakes: each name stands twice on one list and once on another, so that somebody must decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from finemesh.build.intake import Origin
from finemesh.case import Case

_FIRST = ("Zaw", "Soe", "Maung", "Thein", "Kyaw", "Hla", "Tun", "Win", "Myint", "Aung")
_LAST = ("Min Tut", "Naing Lwin", "Htay Kyi", "Moe Shwe", "Nyunt Pe", "Sein Ohn")
NAMES = tuple(f"{first} {last}" for first in _FIRST for last in _LAST)
"""Sixty names that share no more than a word."""


def person(id: str, name: str, **values: str) -> list[dict[str, Any]]:
    """A listed person of Myanmar, with the sanction, as FollowTheMoney entities."""
    properties = {"name": [name], "country": ["mm"]} | {prop: [value] for prop, value in values.items()}
    sanction = {"entity": [id], "program": ["Myanmar"], "startDate": ["2021-03-22"]}
    return [
        {"id": id, "schema": "Person", "properties": properties},
        {"id": f"{id}-s", "schema": "Sanction", "properties": sanction},
    ]


def make_namesakes(folder: Path, count: int = 60) -> Case:
    """A built case; ``fsf-N`` and ``fsf-N-2`` are two people of one name, ``seco-N`` may be either."""
    lists: dict[str, list[dict[str, Any]]] = {"eu_fsf": [], "ch_seco": []}
    for number, name in enumerate(NAMES[:count]):
        lists["eu_fsf"] += person(f"fsf-{number}", name, birthDate=f"19{40 + number % 50}-01-10", gender="male")
        lists["eu_fsf"] += person(f"fsf-{number}-2", name)
        lists["ch_seco"] += person(f"seco-{number}", name, birthDate=f"19{40 + number % 50}")
    case = Case.init(folder / "case", "Namesakes")
    for dataset, entities in lists.items():
        file = folder / f"{dataset}.ftm.json"
        file.write_text("".join(json.dumps(e) + "\n" for e in entities), encoding="utf-8")
        case.add([file], Origin(dataset=dataset, snapshot="2024-05-03"))
    case.build(jobs=1)
    return case
