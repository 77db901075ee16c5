"""A scheme that was used is never changed: its scores stay what they were when it was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finemesh.matching.compare import compare_names, compare_parties
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.matching.party import Name, Party
from finemesh.matching.scorers import DEFAULT_SCORER, SCORERS
from finemesh.model.errors import UserError

ROWS = [json.loads(line) for line in Path(__file__).with_name("scores.jsonl").read_text("utf-8").splitlines()]


def registered(number: str) -> Party:
    return Party(number, "Company", "Alfa", (Name("Alfa Trading"),), identifiers=(("registrationNumber", number),))


@pytest.mark.parametrize(("scorer", "left", "right", "schema", "expected"), ROWS)
def test_an_old_scheme_gives_its_old_scores(scorer, left, right, schema, expected):
    if left == "registrationNumber":
        found = compare_parties(registered("12345678"), registered("87654321"), scorer)
    else:
        found = compare_names(left, right, schema, scorer)
    assert found.score == pytest.approx(expected, abs=1e-9)


def test_every_old_scheme_is_held_to_its_scores():
    assert {row[0] for row in ROWS} == set(SCORERS) - {DEFAULT_SCORER}


def test_an_index_cannot_be_asked_with_a_scheme_that_reads_names_in_another_way(tmp_path):
    build_index([Party("p", "Person", "Soe Win", (Name("Soe Win"),))], tmp_path)
    assert len(Index.open(tmp_path, DEFAULT_SCORER)) == 1
    with pytest.raises(UserError, match="finemesh-2"):
        Index.open(tmp_path, "finemesh-2")
