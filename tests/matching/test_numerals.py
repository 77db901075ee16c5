"""Numbers of several words."""

from __future__ import annotations

import pytest

from finemesh.matching.compare import compare_names
from finemesh.matching.knowledge import lexicon
from finemesh.matching.numerals import joined_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forty four", (44, 2)),
        ("twenty first brigade", (21, 2)),
        ("forty 4", (44, 2)),
        ("one hundred and five", (105, 4)),
        ("three hundred", (300, 2)),
        ("two hundred and co", (200, 2)),
        ("hundred twenty four", (124, 3)),
    ],
)
def test_numbers_of_several_words(text, expected):
    assert joined_number(text.split(), 0, lexicon().number_words) == expected


@pytest.mark.parametrize(
    "text", ["forty", "four forty", "forty ii", "44", "4 hundred", "bank four", "zero hundred", "ten eleven"]
)
def test_what_is_none(text):
    assert joined_number(text.split(), 0, lexicon().number_words) is None


def test_a_number_is_one_however_it_is_written():
    assert compare_names("Brigade Forty-Four", "44th Brigade", "Organization").score > 0.5
    assert compare_names("Brigade Forty-Four", "Brigade 45", "Organization").score < 0.5
