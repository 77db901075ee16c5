import pytest

from finemesh.extraction.morphology import inflect, singular, verb_forms


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("companies", "company"),
        ("boxes", "box"),
        ("ships", "ship"),
        ("sons-in-law", "son-in-law"),
        ("business", "business"),
        ("analysis", "analysis"),
        ("wives", "wife"),
        ("spokesmen", "spokesman"),
        ("aircraft", "aircraft"),
    ],
)
def test_singular(plural, expected):
    assert singular(plural) == expected


@pytest.mark.parametrize(
    ("form", "lemma", "letter"),
    [
        ("sanctioned", "sanction", "d"),
        ("supplies", "supply", "s"),
        ("supplying", "supply", "g"),
        ("banned", "ban", "n"),
        ("bought", "buy", "d"),
        ("sold", "sell", "n"),
        ("travelled", "travel", "d"),
        ("targeting", "target", "g"),
        ("focussed", "focus", "n"),
    ],
)
def test_verb_forms_go_back_to_their_verb(form, lemma, letter):
    verb = verb_forms()[form]
    assert verb.lemma == lemma
    assert letter in verb.forms


def test_regular_forms():
    assert inflect("carry") == {"b": "carry", "s": "carries", "d": "carried", "n": "carried", "g": "carrying"}
    assert inflect("agree")["g"] == "agreeing"
    assert inflect("ban")["d"] == "banned"


def test_auxiliaries_are_no_verbs_of_their_own():
    assert not {"has", "was", "did"} & set(verb_forms())
