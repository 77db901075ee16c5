"""Two names, or two parties, side by side."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.matching.compare import Prepared, compare_names, compare_parties
from finemesh.matching.party import Name, Party
from finemesh.matching.scorers import SCORERS, get_scorer
from finemesh.matching.sounds import MAX_CODE
from finemesh.matching.word import MAX_WORDS
from finemesh.matching.words import read_names
from finemesh.model.errors import UserError

NAMES = (
    "Min Aung Hlaing", "မင်းအောင်လှိုင်", "Vladimir Vladimirovich Putin", "Путин Владимир", "Usama bin Muhammad bin Awad",
    "محمد بن سلمان", "Myanma Oil and Gas Enterprise", "OOO Технология", "Bank No. 1", "ACME Trading Co., Ltd.", "김정은",
    "習近平", "สมชาย ใจดี", "Μιχαήλ Παπαδόπουλος", "J. R. Smith-Jones", "José Muñoz", "Dr. Tay Za @ Teza", "X", "", "🙂", "\x00\x07",
)  # fmt: skip
NASTY = (
    "'; DROP TABLE names; --", "<script>alert(1)</script>", "&lt;b&gt;", "\x00", "\x1b[2J", "\u202e\u2066", "\ufeff", "👩‍👩‍👧", "a" * 400,
    "ي" * 400, "မ" * 400, "\ud800", "İıſß", "①Ⅳ½", "Ａｂｃ", "\u0300\u0301", "x", "7", "@ ; |", "%s{0}", "=1+1", "\u1031\u1039\u103a",
)  # fmt: skip
nasty = st.lists(st.sampled_from((*NASTY, *NAMES)), min_size=1, max_size=5).map(" ".join)
texts = st.one_of(
    nasty,
    st.sampled_from(NAMES),
    st.text(max_size=30),
    st.lists(
        st.sampled_from("min aung hlaing ivan ivanov bank of no 1 2 ltd general al masri co".split()), max_size=6
    ).map(" ".join),
)
schemas = st.sampled_from((None, "Person", "Company", "Vessel"))


def score(left: str, right: str, schema: str | None = None) -> float:
    return compare_names(left, right, schema).score


@given(texts, texts, schemas)
@settings(max_examples=300, deadline=None)
def test_score_is_symmetric_and_between_0_and_1(left, right, schema):
    found = score(left, right, schema)
    assert 0.0 <= found <= 1.0
    assert found == score(right, left, schema)


@given(texts, texts, schemas)
@settings(max_examples=200, deadline=None)
def test_score_is_unchanged_by_case_spacing_and_normal_form(left, right, schema):
    found = score(left, right, schema)
    for form in ("NFC", "NFD"):
        assert score(unicodedata.normalize(form, left), right, schema) == found
    assert score("  " + left.replace(" ", "  \t ") + "\u200f", right, schema) == found
    if left.isascii():
        assert score(left.upper(), right, schema) == score(left.lower(), right, schema) == found


MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2066\u2069\ufeff\u00ad"


@given(st.sampled_from(NAMES), texts, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(MARKS)), max_size=5))
@settings(max_examples=200, deadline=None)
def test_invisible_marks_make_no_difference(left, right, marks):
    marked = left
    for place, mark in marks:
        marked = marked[:place] + mark + marked[place:]
    assert score(marked, right, "Person") == score(left, right, "Person")


@given(st.lists(nasty, max_size=30).map(" ".join), schemas)
@settings(max_examples=100, deadline=None)
def test_what_is_compared_of_a_text_is_bounded(text, schema):
    readings = read_names(text * 20, schema)
    assert len(readings) <= 8
    for reading in readings:
        assert len(reading.words) <= MAX_WORDS
        assert all(len(w.code) <= MAX_CODE and 0 <= w.weight < 65536 for w in reading.words)


@given(texts, texts)
@settings(max_examples=100, deadline=None)
def test_a_second_comparison_gives_the_same_result(left, right):
    assert compare_names(left, right) == compare_names(left, right)


@given(texts, texts, schemas)
@settings(max_examples=200, deadline=None)
def test_the_explanation_adds_up_to_the_score(left, right, schema):
    found = compare_names(left, right, schema)
    parts = found.explanation
    if not parts:
        assert found.score == 0.0
        return
    assert all(p["why"] for p in parts)
    figures = [SCORERS[next(reversed(SCORERS))].person, SCORERS[next(reversed(SCORERS))].organisation]
    total = sum(p["weight"] for p in parts)
    mean = sum(p["score"] * p["weight"] for p in parts) / total if total else 0.0
    if any(p["part"] == "order" for p in parts):
        orders = {s for f in figures for s in (f.order, f.order_burmese, f.order_syllable, f.order_father)}
        shares = {mean * share / 1000 for share in orders}
    else:
        shares = {mean}
    expected = {1 / (1 + math.exp(-f.steep * (share - f.middle))) for f in figures for share in shares}
    assert min(abs(found.score - e) for e in expected) < 0.01


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Min Aung Hlaing", "မင်းအောင်လှိုင်"),
        ("မင္းေအာင္လႈိင္", "Min Aung Hlaing"),
        ("Mya Tun Oo", "Mya Htun Oo"),
        ("Maung Maung Kyaw", "Mg Mg Kyaw"),
        ("Min Aung Hlaing", "MinAungHlaing"),
        ("Senior General Min Aung Hlaing", "Min Aung Hlaing"),
        ("Vladimir Putin", "Владимир Путин"),
        ("Yevgeny Shcherbakov", "Evgenij Chtcherbakov"),
        ("Muammar Qadhafi", "Moammar Gaddafi"),
        ("محمد الشريف", "Mohammed al-Sharif"),
        ("Aleksandr Petrov", "Oleksandr Petrov"),
        ("Hsi Chin-p'ing", "Xi Jinping"),
        ("Park Ji Young", "박지영"),
        ("Daw Nancy Khin Hnin Wai", "Nancy Khin Hnin Wai"),
        ("Thidar Win", "Thida Win"),
        ("Vice Senior General Maung Aye", "Maung Aye"),
        ("Bo Hmu Kyaw Thu", "Kyaw Thu"),
        ("Fernando Perez", "فرناندو بيريز"),
    ],
)
def test_spellings_of_one_person(left, right):
    assert score(left, right, "Person") > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Soe Win", "Win Soe"),
        ("Tin Aung San", "San Aung Tin"),
        ("Aung Moe Myint", "Aung Ko Myint"),
        ("Min Aung Hlaing", "Min Aung"),
        ("Ivan Petrov", "Ivan Sidorov"),
        ("Mohammed Ali Hassan", "Mohammed Saleh Omar"),
        ("Ko Aung", "Aung Ko"),
        ("David Tun Naing", "David Tun Aung"),
        ("Noureddine ben Mohamed ben Salah", "Noureddine ben Ali ben Salah"),
        ("Abdullah bin Omar al-Masri", "Omar bin Abdullah al-Masri"),
        ("Raul Castillo", "Raul Castro"),
        ("박지영", "Pak Ji Hun"),
    ],
)
def test_other_people(left, right):
    assert score(left, right, "Person") < 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Technopromexport LLC", "OOO Technopromexport"),
        ("Myanma Economic Holdings Limited", "Myanma Economic Holdings Ltd."),
        ("Kremniy GmbH", "Kremniy Aktiengesellschaft"),
        ("Ural Machine Building Plant No. 5", "Ural Machine Building Plant № 5"),
        ("First Bank", "1st Bank"),
        ("Golden Falcon Group of Companies", "Golden Falcon Group"),
        ("Завод за точна механика", "Precise Mechanics Plant"),
        ("Υπουργείο Άμυνας της Ρωσίας", "Ministry of Defence of Russia"),
        ("မြန်မာ့စီးပွားရေးကော်ပိုရေးရှင်း", "Myanmar Economic Corporation"),
    ],
)
def test_legal_forms_and_numbers_of_one_organisation(left, right):
    assert score(left, right, "Company") > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mining Enterprise No. 1", "Mining Enterprise No. 2"),
        ("Technopromexport LLC", "Kalashnikov LLC"),
        ("Golden Falcon Trading", "Silver Eagle Trading"),
        ("Golden Falcon Trading Company", "Golden Falcon Group"),
        ("Falcon Solutions", "Falcon Solutions II"),
        ("Bank Falcon Chile S.A.", "Bank Falcon Peru S.A."),
    ],
)
def test_other_organisations(left, right):
    assert score(left, right, "Company") < 0.5


def test_a_rank_weighs_less_than_a_name():
    parts = {p["left"]: p for p in compare_names("General Soe Win", "Soe Win", "Person").explanation}
    assert parts["general"]["weight"] < parts["soe"]["weight"]
    assert parts["general"]["part"] == "title"


def test_a_distinctive_word_weighs_more_than_a_common_one():
    parts = {
        p["left"]: p["weight"] for p in compare_names("Zvezdnyy Trading", "Zvezdnyy Trading", "Company").explanation
    }
    assert parts["zvezdnyy"] > parts["trading"]


@pytest.mark.parametrize(
    "text", ["", " ", "🙂🙂", "\x00\x01\x1b", "\u200f\u202e", "!!!", "'; DROP TABLE x; --", "<b></b>"]
)
def test_texts_without_a_name_are_no_error(text):
    assert 0.0 <= score(text, "Min Aung Hlaing") < 0.5


def test_a_name_of_ten_thousand_characters():
    long = "Aleksandr Ivanov " * 600
    assert 0.0 <= score(long, "Aleksandr Ivanov") <= 1.0
    assert 0.0 <= score("a" * 10_000, "b" * 10_000) <= 1.0
    assert 0.0 <= score("မင်းအောင်လှိုင်" * 700, "Min Aung Hlaing", "Person") <= 1.0


def person(name: str, **known) -> Party:
    return Party(name, "Person", name, (Name(name),), **known)


def test_facts_move_the_score():
    name = "Mohammed Ali Hassan"
    alone = compare_parties(person(name), person(name)).score
    same = compare_parties(person(name, birth_dates=("1970-02-03",)), person(name, birth_dates=("1970-02-03",)))
    other = compare_parties(person(name, birth_dates=("1970-02-03",)), person(name, birth_dates=("1951-11-23",)))
    assert other.score < alone < same.score
    assert [p["part"] for p in same.explanation][-1] == "date"


def test_a_shared_identifier_outweighs_another_spelling():
    left = Party("a", "Vessel", "Ocean Star", (Name("Ocean Star"),), identifiers=(("imoNumber", "IMO9187629"),))
    right = Party("b", "Vessel", "Sea Lion", (Name("Sea Lion"),), identifiers=(("imoNumber", "9187629"),))
    named = Party("b", "Vessel", "Sea Lion", (Name("Sea Lion"),))
    assert compare_parties(left, right).score > compare_parties(left, named).score


def test_two_registration_numbers_are_two_companies():
    def company(number: str) -> Party:
        return Party(number, "Company", "Alfa", (Name("Alfa Trading"),), identifiers=(("registrationNumber", number),))

    found = compare_parties(company("12345678"), company("87654321"))
    assert found.score < 0.5
    assert found.explanation[-1]["part"] == "registrationNumber"


def test_a_contradiction_names_both_words():
    (part,) = [
        p for p in compare_names("Alfa Trading", "Alfa Shipping", "Company").explanation if p["part"] == "contradiction"
    ]
    assert (part["left"], part["right"]) == ("trading", "shipping")


def test_a_person_is_no_company():
    company = Party("c", "Company", "Ivan Petrov", (Name("Ivan Petrov"),))
    assert (
        compare_parties(person("Ivan Petrov"), company).score
        < compare_parties(person("Ivan Petrov"), person("Ivan Petrov")).score
    )


def test_scorers_are_known_by_name():
    assert get_scorer() is get_scorer(next(reversed(SCORERS)))
    with pytest.raises(UserError, match="unknown scorer"):
        get_scorer("guess")


def test_prepared_parties_score_as_they_are_compared():
    texts = ("Tay Za", "U Teza", "Min Aung Hlaing", "", "Kim Jong Un")
    parties = [
        Party(str(n) if n else "", "Person", t, (Name(t),), birth_dates=("1964-07-18",)) for n, t in enumerate(texts)
    ]
    prepared = Prepared(parties)
    pairs = [(a, b) for a in range(len(texts)) for b in range(len(texts))]
    explained = list(prepared.compare(pairs))
    assert list(prepared.scores(pairs)) == [found.score for found in explained]
    assert explained == [compare_parties(parties[a], parties[b]) for a, b in pairs]
    assert explained[0].score > 0.9 > 0.5 > explained[2].score
    assert list(prepared.scores([])) == []
