import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.extraction.tokens import tokenize


def words(text):
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. and P.E.I.", ["U.S.", "and", "P.E.I."]),
        ("US$406 million, 3.5%", ["US$406", "million", ",", "3.5%"]),
        ("the 33rd Division", ["the", "33rd", "Division"]),
        ("the UK-sanctioned dealer", ["the", "UK", "-", "sanctioned", "dealer"]),
        ("a well-known firm", ["a", "well-known", "firm"]),
        ("the junta’s firm", ["the", "junta", "’s", "firm"]),
        ("it hasn't paid", ["it", "has", "n't", "paid"]),
        ("Stone Gate Co. Ltd.", ["Stone", "Gate", "Co.", "Ltd."]),
        ("Commander-in-Chief Dr. Ba", ["Commander-in-Chief", "Dr.", "Ba"]),
        ("AT&T paid", ["AT&T", "paid"]),
    ],
)
def test_words_numbers_and_marks(text, expected):
    assert words(text) == expected


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text):
    found = tokenize(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_stretch_is_read_by_itself():
    text = "One two three"
    assert [(t.text, t.start) for t in tokenize(text, 4, 7)] == [("two", 4)]
