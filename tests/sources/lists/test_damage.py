"""Damaged files of the formats that are no single list, and of the American, Swiss, Japanese and New Zealand lists."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from test_fuzz import EDITS, Edit, mutate, read_damaged

from golden import GOLDEN

EXCERPTS = [
    "ftm_entities/entities.ftm.json",
    "ftm_entities/targets.nested.json",
    "ftm_entities/array.json",
    "ftm_statements/statements.csv",
    "us_ofac_sdn/sdn.csv",
    "us_ofac_sdn/sdn_advanced.xml",
    "us_ofac_cons/consolidated.xml",
    "us_ofac_cons/CONS_ENHANCED.XML",
    "us_trade_csl/consolidated.csv",
    "jp_meti/russia.txt",
    "ch_seco/consolidated-list.xml",
    "targets_simple/targets.simple.csv",
]


@pytest.mark.parametrize("excerpt", EXCERPTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_damage_is_said_never_raised(excerpt: str, edits: list[Edit]) -> None:
    path = GOLDEN / excerpt
    read_damaged(mutate(path.read_bytes(), edits), path.name)


@pytest.mark.slow
@pytest.mark.parametrize("excerpt", EXCERPTS)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_much_damage_is_said_never_raised(excerpt: str, edits: list[Edit]) -> None:
    path = GOLDEN / excerpt
    read_damaged(mutate(path.read_bytes(), edits), path.name)
