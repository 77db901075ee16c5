import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.model.errors import DataError
from finemesh.model.locator import Locator

_texts = st.text(min_size=1, max_size=30).filter(lambda t: "\x00" not in t)
_spans = st.tuples(st.integers(0, 10_000), st.integers(0, 10_000))
locators = st.builds(
    Locator,
    member=st.none() | _texts,
    sheet=st.none() | _texts,
    row=st.none() | st.integers(1, 10**7),
    col=st.none() | st.integers(1, 500),
    column=st.none() | _texts,
    line=st.none() | st.integers(1, 10**7),
    element=st.none() | _texts,
    pointer=st.none() | _texts,
    page=st.none() | st.integers(1, 5000),
    chars=st.none() | _spans,
    source=st.none() | _spans,
)


@given(locators)
def test_what_is_written_is_read_back(locator):
    assert Locator.parse(str(locator)) == locator


@pytest.mark.parametrize("text", ["row=x", "nonsense=1", "chars=1", "chars=a-b", "row"])
def test_what_is_no_locator_is_said_to_be_none(text):
    with pytest.raises(DataError, match="not a locator"):
        Locator.parse(text)


def test_a_place_in_words():
    locator = Locator(sheet="Data", row=7134, col=11, column="DOB", chars=(0, 10))
    assert str(locator) == "sheet=Data;row=7134;col=11;column=DOB;chars=0-10"
    assert locator.describe() == "sheet Data, row 7134, column DOB, characters 0–10"
