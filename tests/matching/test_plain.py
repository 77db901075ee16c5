"""The plainest form of a name, under which equal names of several lists meet."""

from __future__ import annotations

import pytest

from finemesh.matching.plain import plain_name


@pytest.mark.parametrize(
    ("left", "right", "schema"),
    [
        ("U Tay Za", "TAY ZA", "Person"),
        ("Dr. Aung Moe Myint", "Aung Moe Myint", "Person"),
        ("Myanmar Chemical & Machinery Co., Ltd.", "Myanmar Chemical and Machinery Company Limited", "Company"),
        ("OOO Sirena", "Sirena LLC", "Company"),
    ],
)
def test_equal_names_meet(left, right, schema):
    assert plain_name(left, schema) == plain_name(right, schema)


@pytest.mark.parametrize("schema", ["LegalEntity", "Organization", "Company", None])
def test_a_group_is_not_the_company_of_its_name(schema):
    assert plain_name("Asia Sun Group", schema) == "asia sun group"
    assert plain_name("Asia Sun Co Ltd", schema) == "asia sun"
    assert plain_name("KT Holdings Limited", schema) != plain_name("KT Limited", schema)


@pytest.mark.parametrize("name", ["Justice For Myanmar", "Minister of Mines"])
def test_before_of_and_for_stands_no_title(name):
    assert plain_name(name) == plain_name(name, "Organization") == name.lower()


def test_a_name_of_nothing_but_titles_keeps_them():
    assert plain_name("General", "Person") == "general"
