"""Names by their capitals, and what a document shows about them."""

import pytest

from finemesh.extraction.analysis import analyse
from finemesh.extraction.names import NameFinder
from finemesh.extraction.registry import Registry
from finemesh.extraction.tokens import tokenize


def names(text):
    tokens = tokenize(text)
    first = NameFinder()
    first.find(tokens)
    return [
        (text[tokens[n.first].start : tokens[n.last - 1].end], n.kind) for n in NameFinder(first.learned).find(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Senior General Ye Win Htut.", ("Ye Win Htut", "person")),
        ("They praised Foreign Minister Olena Marchuk.", ("Olena Marchuk", "person")),
        ("It bought Stone Gate Company Limited.", ("Stone Gate Company Limited", "organization")),
        ("It left the Ministry of Hotels and Tourism.", ("Ministry of Hotels and Tourism", "organization")),
        ("It joined the 33rd Light Infantry Division.", ("33rd Light Infantry Division", "organization")),
        ("It is in Blue River Township.", ("Blue River Township", "place")),
        ("It praised the Thai army.", ("Thai", "adjective")),
        ("It left Myanmar.", ("Myanmar", "state")),
    ],
)
def test_names_and_kinds(text, expected):
    assert expected in names(text)


@pytest.mark.parametrize("text", ["However, it was late.", "Yesterday the firm left.", "In May 2021 it closed."])
def test_the_first_word_of_a_sentence_is_no_name(text):
    assert names(text) == []


def test_a_bracketed_short_form_is_the_full_name():
    party = analyse("Harbour Light Group (HLG) sold radar. HLG left.").registry.party("HLG")
    assert party is not None and party.name == "Harbour Light Group"


def test_legal_forms_and_surnames_mean_the_fuller_name():
    registry = Registry()
    for text, kind in (
        ("Stone Gate Trading Company Limited", "organization"),
        ("Stone Gate Trading", "organization"),
        ("Olena Marchuk", "person"),
        ("Marchuk", "name"),
        ("Stone Ridge", "name"),
    ):
        registry.add(text, kind, 0)
    registry.settle()
    assert registry.party("Stone Gate Trading").name == "Stone Gate Trading Company Limited"
    assert registry.party("Marchuk").name == "Olena Marchuk"
    assert registry.party("Stone Ridge").name == "Stone Ridge"
    assert registry.party("Nobody") is None


def test_known_names_of_the_case_are_names():
    from finemesh.extraction.spans import KnownName

    text = "the ship blue heron left."
    analysis = analyse(text, known=[KnownName(9, 19, "blue heron", "vessel", ("V1",))])
    party = analysis.registry.party("blue heron")
    assert party is not None and (party.kind, party.ids) == ("vessel", ("V1",))
