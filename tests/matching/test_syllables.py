"""Chinese and Korean syllables in Latin letters."""

from __future__ import annotations

import pytest

from finemesh.matching.scripts import Latin
from finemesh.matching.syllables import from_wade_giles, korean_class


@pytest.mark.parametrize(
    "spellings",
    [
        "park pak bak",
        "lee ri yi rhee i",
        "choi choe",
        "jong chong jeong",
        "young yeong yong",
        "un eun",
        "hyok hyeok",
        "ryu yu",
    ],
)
def test_spellings_of_one_korean_syllable(spellings):
    assert len({korean_class(s) for s in spellings.split()}) == 1
    assert korean_class(spellings.split()[0])


@pytest.mark.parametrize(
    ("one", "other"), [("jun", "jong"), ("il", "in"), ("kim", "kin"), ("sik", "sok"), ("min", "mun")]
)
def test_two_korean_syllables(one, other):
    assert korean_class(one) != korean_class(other)


@pytest.mark.parametrize("text", ["smith", "ivan", "strand", "", "1"])
def test_what_is_no_korean_syllable(text):
    assert korean_class(text) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hsi chin ping", "xi jin ping"),
        ("chiang chieh shih", "jiang jie shi"),
        ("hsueh wei", "xue wei"),
        ("ssu ma chung", "si ma zhong"),
        ("wang wei", "wang wei"),
        ("hsu smith", "hsu smith"),
        ("min su", "min su"),
    ],
)
def test_wade_giles(old, new):
    assert " ".join(w.text for w in from_wade_giles([Latin(w) for w in old.split()])) == new


def test_names_of_other_scripts_are_left_alone():
    words = [Latin("hsi", True), Latin("chin", True)]
    assert from_wade_giles(words) is words
