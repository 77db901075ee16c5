"""The rough parse: what is a verb, what fills its slots, what hangs on what."""

import pytest

from finemesh.extraction.analysis import analyse


def predicate(text, lemma):
    (sentence,) = analyse(text).sentences
    return next(p for p in sentence.parse.predicates if p.lemma == lemma)


def slot(found, name):
    return [
        " ".join(u.text for u in m.units) or m.pronoun for phrase in found.slots.get(name, []) for m in phrase.each()
    ]


def test_active_and_passive_have_the_same_slots():
    active = predicate("Canada sanctioned Stone Gate Trading.", "sanction")
    passive = predicate("Stone Gate Trading was sanctioned by Canada.", "sanction")
    assert slot(active, "subject") == slot(passive, "subject") == ["Canada"]
    assert slot(active, "object") == slot(passive, "object") == ["Stone Gate Trading"]
    assert passive.passive and not active.passive


def test_lists_are_taken_apart():
    found = predicate("Canada, Japan and the UK sanctioned Ann Gate, Stone Gate Trading and Bo Ray.", "sanction")
    assert slot(found, "subject") == ["Canada", "Japan", "UK"]
    assert slot(found, "object") == ["Ann Gate", "Stone Gate Trading", "Bo Ray"]


def test_negation_and_modals():
    assert predicate("Canada did not sanction Stone Gate Trading.", "sanction").negated
    assert predicate("Canada no longer supplies Stone Gate Trading.", "supply").negated
    assert predicate("Canada should sanction Stone Gate Trading.", "sanction").modal == "should"
    assert predicate("If Canada sanctioned Stone Gate Trading, it would end.", "sanction").conditional


def test_what_is_asked_for_hangs_on_the_asking():
    found = predicate("Activists call on Canada to sanction Stone Gate Trading.", "sanction")
    assert found.parent is not None and found.parent.lemma == "call"
    assert slot(found, "subject") == ["Canada"]


@pytest.mark.parametrize(
    "text",
    [
        "Ye Win Htut, the owner of Stone Gate Trading, left.",
        "Ye Win Htut (the owner of Stone Gate Trading) left.",
        "The owner of Stone Gate Trading, Ye Win Htut, left.",
    ],
)
def test_appositions(text):
    (sentence,) = analyse(text).sentences
    owner = next(p for p in sentence.parse.phrases if p.head == "owner")
    named = {m.name.text for p in owner.same for m in p.each() if m.name is not None}
    others = {p.name.text for p in sentence.parse.phrases if owner in p.same and p.name is not None}
    assert "Ye Win Htut" in named | others


def test_a_relative_clause_belongs_to_its_noun():
    found = predicate("Stone Gate Trading, which supplied radar to Belarus, closed.", "supply")
    assert slot(found, "subject") == ["Stone Gate Trading"]
    assert slot(found, "to") == ["Belarus"]


def test_the_country_of_the_junta():
    analysis = analyse("The Navarian junta fled. The Belarusian junta fell. The Belarusian junta left.")
    assert analysis.home == "Belarus"
    assert analysis.has_junta
