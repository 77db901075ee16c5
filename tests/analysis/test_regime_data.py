"""Reading the curated files: a sound entry is read, a slip is a message that names its file and entry."""

import pytest

from finemesh.analysis import regimes as api
from finemesh.analysis.regime_data import read_programmes, read_regimes, read_targets
from finemesh.model.errors import DataError

ENTRY = """
authority: EU
regimes:
  - id: eu-mm-arms
    country: mm
    title: Arms embargo
    measures: [arms embargo]
    since: 1991-07-29
    legal_basis: Decision 2013/184/CFSP
    source_url: https://eur-lex.europa.eu/
"""


def broken(old, new):
    assert ENTRY.count(old) == 1
    return ENTRY.replace(old, new)


def test_a_sound_entry_is_read():
    (found,) = read_regimes("eu.yml", ENTRY)
    assert (found.country_wide, found.until) == (True, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (broken("authority: EU", "authority: XX"), "unknown"),
        (broken("authority: EU", "authority: US"), "does not fit"),
        (broken("id: eu-mm-arms", "id: mm-arms"), "begin with"),
        (broken("country: mm", "country: Myanmar"), "ISO country code"),
        (broken("1991-07-29", "1991-02-29"), "partial ISO date"),
        (broken("1991-07-29", "1991-07-29\n    until: 1990"), "is not after"),
        (broken("[arms embargo]", "[arms embargo, arms embargo]"), "twice"),
        (broken("[arms embargo]", "[weapons ban]"), "is none of"),
        (broken("[arms embargo]", "arms embargo"), "must be a list"),
        (broken("https://", "http://"), "not a URL"),
        (broken("    title: Arms embargo\n", ""), "missing or empty: title"),
        (broken("title: Arms embargo\n", "title: Arms embargo\n    colour: red\n"), "unknown key: colour"),
        (ENTRY + ENTRY.split("regimes:\n")[1], "stands there twice"),
        ("authority: EU\nregimes: [}", "not YAML"),
        ("authority: EU\nauthority: EU\nregimes: []", "not YAML"),
        ("- a list", "mapping is expected"),
    ],
)
def test_a_slip_in_a_file_is_a_message_that_names_it(text, message):
    with pytest.raises(DataError) as caught:
        read_regimes("eu.yml", text)
    assert message in str(caught.value)
    assert "eu.yml" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("A: {title: A, countries: [mm], regimes: [eu-mm-nothing]}", "there is no regime"),
        ("A: {title: A, countries: [ru], regimes: [eu-mm-arms]}", "another country"),
        ("A: {title: A, countries: [mm], regimes: [us-mm-arms]}", "another authority"),
        ("A: {countries: [mm]}", "missing or empty: title"),
        ("{A: {title: A}, B: {title: B, also: [a]}}", "two programmes"),
    ],
)
def test_a_slip_in_a_programme_is_a_message_that_names_it(line, message):
    with pytest.raises(DataError) as caught:
        read_programmes("eu_fsf.yml", f"dataset: eu_fsf\nprogrammes:\n  {line}\n", api.regime)
    assert message in str(caught.value)


def test_a_name_stands_for_one_country():
    text = "epithets: [x]\nnouns: {government: [junta]}\ntargets:\n  mm: {state: [A]}\n  ru: {state: [a]}\n"
    with pytest.raises(DataError, match="two countries"):
        read_targets("targets.yml", text)


def test_no_country_is_read_as_a_truth_value():
    text = ENTRY.replace("eu-mm-arms", "eu-no-arms").replace("country: mm", "country: no")
    (found,) = read_regimes("eu.yml", text)
    assert found.country == "no"
