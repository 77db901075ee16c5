"""Names of ordinary words are read as all names are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.matching.fold import fold
from finemesh.matching.knowledge import lexicon
from finemesh.matching.plain_people import plain_person
from finemesh.matching.words import _read, read_name

WORDS = (
    "Ivan Petrov Dr. General U Ko Aung Tun Min Nancy Thida bin Omar al abu J. R. jr. Sheikh haji co ltd s.a. llc group "
    "trading bank No. 1 22 second Hsi Chin ping Kim Jong Un julien Путин محمد الله 習近平 김정은 မင်း 東 · é Ünal d'Arc"
).split()


def slowly(text: str, kind: bool | None, edition: int):
    return _read(fold(text).split()[:48], kind, lexicon(edition))


@given(
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), st.sampled_from((None, False)), st.sampled_from((1, 2))
)
def test_the_quick_reading_is_the_reading(text, kind, edition):
    quick = plain_person(fold(text).split(), lexicon(edition), kind is None)
    assert quick is None or quick == slowly(text, kind, edition)


@given(st.text(max_size=30), st.sampled_from((None, "Person")))
def test_any_text_is_read_as_without_the_quick_reading(text, schema):
    if "," not in text and "،" not in text and len(max(fold(text).split(), key=len, default="")) <= 40:
        assert read_name(text, schema) == slowly(text, None if schema is None else False, 2)


@pytest.mark.parametrize("text", ["ivan petrov", "maria da silva", "иван петров", "mohammed al masri"])
def test_ordinary_names_are_read_quickly(text):
    assert plain_person(fold(text).split(), lexicon(), False) is not None


@pytest.mark.parametrize(
    "text", ["", "dr ivan petrov", "aung min", "kim jong un", "omar bin ahmed", "haji", "hsi chin"]
)
def test_other_names_are_not(text):
    assert plain_person(fold(text).split(), lexicon(), False) is None
