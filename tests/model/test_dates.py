from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.model.dates import as_day, by, earliest, first_day, is_date, last_day, parse_date
from finemesh.model.errors import UserError


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("18/07/1964", ["%d/%m/%Y"], "1964-07-18"),
        ("00/07/1964", ["%d/%m/%Y"], "1964-07"),
        ("00/00/1964", ["%d/%m/%Y"], "1964"),
        ("31.02.2020", ["%d.%m.%Y"], None),
        ("25.6.2018", ["%d.%m.%Y"], "2018-06-25"),
        ("18 Jul 1964", ["%d %b %Y"], "1964-07-18"),
        ("Jul 1964", ["%d %b %Y", "%b %Y"], "1964-07"),
        ("1964", ["%d %b %Y", "%Y"], "1964"),
        ("circa 1964", ["%Y"], None),
        ("", ["%Y"], None),
    ],
)
def test_dates_keep_the_precision_of_their_format(text, formats, expected):
    assert parse_date(text, formats) == expected


@pytest.mark.parametrize("text", ["2021", "2021-02", "2021-02-28", "2024-02-29"])
def test_partial_iso_dates_are_dates(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-02-29", "2021-2-1", "0000", "2021-02-28T00:00", "next week"]
)
def test_what_is_no_date(text):
    assert not is_date(text)


def test_a_partial_date_may_leave_open_whether_it_has_passed():
    assert by("2021-02-01", date(2021, 2, 1)) is True
    assert by("2021-02", date(2021, 2, 10)) is None
    assert by("2021", date(2022, 1, 1)) is True
    assert by("2021-03", date(2021, 2, 28)) is False


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 3))
def test_first_and_last_day_enclose_the_date(day, precision):
    text = "-".join(day.isoformat().split("-")[:precision])
    assert first_day(text) <= day <= last_day(text)
    assert by(text, last_day(text)) is True


def test_the_earliest_of_partial_dates():
    assert earliest(["2022-03-25", "2012-04-24", "2021"]) == "2012-04-24"
    assert earliest([]) is None


def test_as_of_options():
    today = date(2026, 1, 2)
    assert as_day(None, today=today) == today
    assert as_day("2022-09", today=today) == date(2022, 9, 30)
    with pytest.raises(UserError, match="not a date"):
        as_day("yesterday", today=today)
