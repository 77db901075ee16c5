import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.extraction.dates import find_dates
from finemesh.model.dates import is_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on 3 May 2021", "2021-05-03"),
        ("on May 3, 2021", "2021-05-03"),
        ("on Monday, 3rd May 2021", "2021-05-03"),
        ("on 2021-05-03", "2021-05-03"),
        ("in May 2021", "2021-05"),
        ("in 2021", "2021"),
        ("in early 2021", "2021"),
    ],
)
def test_dates_as_they_are_written(text, iso):
    assert [d.iso for d in find_dates(text, None)] == [iso]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("last year", "2023"),
        ("last month", "2024-02"),
        ("last week", "2024-02"),
        ("next month", "2024-04"),
        ("yesterday", "2024-02-29"),
        ("two years ago", "2022"),
        ("three weeks ago", "2024-02"),
        ("in December", "2023-12"),
        ("in February", "2024-02"),
        ("on Tuesday", "2024-02-27"),
        ("on December 15", "2023-12-15"),
        ("February last year", "2023-02"),
        ("three years ago today", "2021-03-01"),
    ],
)
def test_relative_dates_are_counted_from_the_publication(text, iso):
    assert [d.iso for d in find_dates(text, "2024-03-01")] == [iso]
    assert find_dates(text, None) == []


@pytest.mark.parametrize(
    ("text", "role", "iso", "iso_end"),
    [
        ("since May 2021", "since", "2021-05", None),
        ("until 2023", "until", "2023", None),
        ("from 2021 to 2023", "range", "2021", "2023"),
        ("between May 2021 and June 2022", "range", "2021-05", "2022-06"),
        ("in 2021-2023", "range", "2021", "2023"),
        ("since 2021 for three years", "range", "2021", "2024"),
    ],
)
def test_spans_of_time(text, role, iso, iso_end):
    assert [(d.role, d.iso, d.iso_end) for d in find_dates(text, None)] == [(role, iso, iso_end)]


@pytest.mark.parametrize("text", ["on 31 February 2021", "2021 drones", "may sell", "32 May 2021 x", "after 2019"])
def test_what_is_no_date(text):
    assert [d.iso for d in find_dates(text, "2024-03-01") if d.iso.startswith("2021-02-3")] == []
    assert all(is_date(d.iso) for d in find_dates(text, "2024-03-01"))


@given(st.text(alphabet=st.sampled_from("0123456789 -,May lastyear2021of"), max_size=80))
def test_what_is_found_is_a_date_and_stands_there(text):
    for date in find_dates(text, "2024-03-01"):
        assert is_date(date.iso)
        assert 0 <= date.start < date.end <= len(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("deliveries in 2023 and 2024", "2023", "2024"),
        ("from January 2021 to the end of 2023", "2021-01", "2023"),
    ],
)
def test_ranges_in_words(text, start, end):
    (found,) = find_dates(text, None)
    assert (found.iso, found.iso_end, found.role) == (start, end, "range")


def test_until_at_least():
    (found,) = find_dates("a shareholder until at least June 30, 2024", None)
    assert (found.iso, found.role) == ("2024-06-30", "until")
