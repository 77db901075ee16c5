"""Owned by listed parties: the shares, each authority's rule, and what the cell says."""

from __future__ import annotations

from datetime import date

import pytest
from tests.small_case import write_small_case

from finemesh.analysis.ownership_rules import make_rule, ownership_rules, percent, percent_of_sentence, rule_of
from finemesh.case import Case
from finemesh.model.errors import DataError

AS_OF = "2024-05-03"
STORY = """A note on owners
4 May 2024

Tay Za owns {} of Golden Heron Trading Company Limited. Min Aung Hlaing owns {} of Golden Heron Trading Company Limited.
Golden Heron Trading Company Limited owns 80% of Silver Egret Shipping Company Limited.
Tay Za owns Quiet Lake Company Limited.
"""


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("51% stake", 51.0),
        ("49.5 per cent of the shares", 49.5),
        ("wholly owned", 100.0),
        ("a majority stake", 50.01),
        ("shares", None),
        ("310 shares", None),
        ("0%", None),
        ("150%", None),
    ],
)
def test_a_share_is_read_only_where_the_words_say_how_much(words, share):
    assert percent(words) == share


def test_a_sentence_of_several_shares_tells_of_none():
    assert percent_of_sentence("Red Kite is 51% owned by Blue Heron.") == 51.0
    assert percent_of_sentence("Red Kite is a wholly owned subsidiary of Blue Heron.") == 100.0
    assert percent_of_sentence("Blue Heron owns 30%, and 20 per cent went to the staff.") is None
    assert percent_of_sentence("Blue Heron owns Red Kite.") is None


@pytest.mark.parametrize(
    ("authority", "day", "shares", "owned"),
    [
        ("US", "2022-01-01", [50.0], True),
        ("US", "2022-01-01", [25.0, 25.0], True),
        ("US", "2012-01-01", [25.0, 25.0], False),
        ("EU", "2022-01-01", [50.0], False),
        ("EU", "2022-01-01", [26.0, 25.0], True),
        ("EU", "2025-01-01", [50.0], True),
        ("UK", "2025-01-01", [50.0], False),
        ("UK", "2025-01-01", [30.0, 30.0], False),
        ("UK", "2025-01-01", [51.0], True),
        ("CA", "2024-01-01", [50.0], True),
        ("US", "2022-01-01", [], False),
    ],
)
def test_each_authority_has_its_own_rule(authority, day, shares, owned):
    assert rule_of(authority, date.fromisoformat(day)).met_by(shares) is owned


def test_where_there_is_no_rule_nothing_is_computed():
    assert rule_of("UN", date(2024, 1, 1)) is None
    assert rule_of("CA", date(2020, 1, 1)) is None


def test_the_rules_of_one_authority_do_not_overlap():
    rules = ownership_rules()
    for one in rules:
        for other in rules:
            if one is not other and one.authority == other.authority:
                first, second = sorted((one, other), key=lambda r: r.since)
                assert first.until is not None and first.until < second.since
    assert all(r.source_url.startswith("https://") for r in rules)


@pytest.mark.parametrize(
    "change", [{"share": 0}, {"authority": "XX"}, {"since": "soon"}, {"enough": "much"}, {"more": 1}]
)
def test_a_rule_that_cannot_be_is_refused(change):
    good = {"authority": "US", "since": "2014-08-13", "share": 50, "enough": "at-least", "together": True}
    good |= {"rule": "x", "source_url": "https://example.org"}
    assert make_rule(good, 1).share == 50
    with pytest.raises(DataError, match=r"ownership|value|authority"):
        make_rule(good | change, 1)


def cells(tmp_path, first: str, second: str, as_of: str = AS_OF):
    """The US cells of three companies, by name."""
    files = write_small_case(tmp_path)
    (files / "documents" / "owners.txt").write_text(STORY.format(first, second), encoding="utf-8")
    case = Case.init(tmp_path / "case")
    case.add([files])
    case.build(jobs=1)
    names = (
        "Golden Heron Trading Company Limited",
        "Silver Egret Shipping Company Limited",
        "Quiet Lake Company Limited",
    )
    return {row.query.split()[0]: row.cells["US"] for row in case.coverage(list(names), as_of=as_of)}


def test_shares_of_listed_owners_are_added_up_and_followed_down(tmp_path):
    found = cells(tmp_path, "30%", "20%")
    heron, egret, lake = found["Golden"], found["Silver"], found["Quiet"]
    assert heron.state.value == "owned"
    assert "30 % owned by Tay Z" in heron.basis and "50 % or more, added up" in heron.basis
    quotes = [e.quote for e in heron.evidence]
    assert "owns" in quotes[0]
    assert any("owns 30% of Golden Heron" in q for q in quotes)
    assert "ZA, Tay" in quotes
    assert egret.state.value == "owned"
    assert "not listed, but 20 % owned by Min Aung" in egret.basis
    assert lake.state.value == "not listed"
    assert "an unstated share owned by Tay Z" in lake.basis and "is not known" in lake.basis
    assert any("owns Quiet Lake" in e.quote for e in lake.evidence)


def test_too_small_a_share_owns_nothing(tmp_path):
    found = cells(tmp_path, "30%", "19%")
    assert found["Golden"].state.value == "not listed"
    assert found["Silver"].state.value == "not listed"


def test_owners_who_are_not_listed_yet_do_not_count(tmp_path):
    found = cells(tmp_path, "30%", "20%", as_of="2021-08-18")
    assert found["Golden"].state.value == "not listed"
