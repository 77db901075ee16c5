"""Lists of targets that descriptions break up."""

import pytest
from tests.extraction.reading import sanctioned

from finemesh.extraction.analysis import analyse
from finemesh.extraction.listing import further_names


def _after_first(text: str, verb: str) -> list[str]:
    parse = analyse(text, "2024-03-01").sentences[0].parse
    predicate = next(p for p in parse.predicates if p.lemma == verb)
    return [np.name.text for np in further_names(parse, predicate.slots["object"][0]) if np.name is not None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Canada sanctioned Ye Win Htut, the minister of trade, Aung Lin, and Tin Moe Kyaw.",
            ["Aung Lin", "Tin Moe Kyaw"],
        ),
        ("Canada sanctioned Ye Win Htut for his business with Aung Lin, Tin Moe Kyaw and Min Zaw.", []),
        ("Canada sanctioned Stone Gate Trading, a subsidiary of Harbour Light Group and Red Kite Bank.", []),
        ("Canada sanctioned Ye Win Htut, and Aung Lin welcomed it.", []),
    ],
)
def test_names_that_go_on_a_list_and_names_that_do_not(text, names):
    assert [n for n in _after_first(text, "sanction") if n in ("Aung Lin", "Tin Moe Kyaw", "Red Kite Bank")] == names


def test_everybody_on_a_broken_list_is_sanctioned():
    text = (
        "The EU sanctioned the junta’s leader, Ye Win Htut, the junta’s trade minister, Aung Lin, and other officials."
    )
    assert sanctioned(text) == {("EU", "Ye Win Htut"), ("EU", "Aung Lin")}


def test_lines_below_a_heading_are_those_just_spoken_of():
    text = (
        "Canada has designated two Belarus companies.\nThe companies are:\nHarbour Light Group sells radar to the army.\n"
        "Stone Gate Trading ships fuel.\nThe campaign said that more is needed. Red Kite Bank was not named.\n"
    )
    assert sanctioned(text) == {("Canada", "Harbour Light Group"), ("Canada", "Stone Gate Trading")}
