"""Claims that somebody is on no list at all."""

import pytest

from finemesh.analysis.check_rules import judge_absence
from finemesh.model.designation import Cell, State


def cells(**states):
    return {code: Cell(state, f"basis {code}") for code, state in states.items()}


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({"EU": State.NOT_LISTED, "UK": State.NOT_LISTED}, "confirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.NO_LIST}, "confirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.LISTED}, "contradicted"),
        ({"EU": State.NO_LIST, "UK": State.LISTED_UNDATED}, "contradicted"),
        ({"EU": State.NOT_LISTED, "UK": State.INDETERMINATE}, "unconfirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.DELISTED}, "unconfirmed"),
        ({"EU": State.NO_LIST}, "unconfirmed"),
        ({}, "unconfirmed"),
    ],
)
def test_on_no_list_at_all(found, verdict):
    assert judge_absence(cells(**found))[0] == verdict


def test_the_note_names_the_lists():
    assert judge_absence(cells(EU=State.NOT_LISTED, UK=State.LISTED))[1] == "listed by UK: basis UK"
    assert "EU, UK" in judge_absence(cells(EU=State.NOT_LISTED, UK=State.NOT_LISTED))[1]
