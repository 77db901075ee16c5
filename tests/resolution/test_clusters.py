"""Which records are one party, which are kept apart, and that the order in which they come plays no part."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolution.records import record

from finemesh.model.entity import EntityRecord
from finemesh.model.schema import identifier_props
from finemesh.resolution.candidates import FAINT
from finemesh.resolution.clusters import contradiction, resolve


def together(*records: EntityRecord) -> bool:
    """Whether all these records are one party."""
    return len(set(resolve(records).clusters.values())) == 1


def sets_of(records: list[EntityRecord]) -> set[frozenset[str]]:
    """The parties as sets of entity ids."""
    groups: dict[str, set[str]] = {}
    for id, cluster in resolve(records).clusters.items():
        groups.setdefault(cluster, set()).add(id)
    return {frozenset(g) for g in groups.values()}


# -- what speaks against one party ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (record("a", "un_sc", "Soe Win"), record("b", "gb_hmt", "Soe Win", schema="Company"), "two kinds"),
        (record("a", "un_sc", "Soe Win"), record("b", "un_sc", "Soe Win"), "two entries of one list"),
        (
            record("a", "un_sc", "Soe Win", birthDate="1960-03-01"),
            record("b", "gb_hmt", "Soe Win", birthDate="1948-05-10"),
            "birthDate",
        ),
        (record("a", "un_sc", "Soe Win", gender="male"), record("b", "gb_hmt", "Soe Win", gender="female"), "gender"),
        (
            record("a", "un_sc", "Petrel 8", schema="Vessel", imoNumber="IMO9562233"),
            record("b", "gb_hmt", "Petrel 8", schema="Vessel", imoNumber="IMO9149900"),
            "imoNumber",
        ),
        (
            record("a", "eu_journal", "Soe Win", sections=("Myanmar", "Haiti")),
            record("b", "eu_journal", "Soe Win", sections=("Myanmar",)),
            "two entries of one list",
        ),
    ],
)
def test_contradictions_keep_records_apart(left, right, why):
    assert why in contradiction(left, right)
    assert why in contradiction(right, left)
    assert not together(left, right)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("1956-07-03", "1956-03-07"),
        ("1956-07-03", "1956-07-08"),
        ("1956-07-03", "1956"),
        ("1956-07", "1956-07-03"),
        ("1956", "1956"),
    ],
)
def test_birth_dates_that_lists_write_differently_are_no_contradiction(ours, theirs):
    left = record("a", "un_sc", "Min Aung Hlaing", birthDate=ours)
    right = record("b", "gb_hmt", "Min Aung Hlaing", birthDate=theirs)
    assert contradiction(left, right) == ""
    assert together(left, right)


def test_one_of_several_birth_dates_is_enough():
    left = record("a", "un_sc", "Tay Za", birthDate=("1964-07-18", "1967-07-18"))
    assert together(left, record("b", "gb_hmt", "Tay Za", birthDate="1967-07-18"))
    assert not together(left, record("b", "gb_hmt", "Tay Za", birthDate="1971-01-01"))


def test_companies_and_organisations_are_of_one_kind():
    left = record("a", "us_ofac_sdn", "Myanma Economic Holdings Limited", schema="Organization")
    assert together(left, record("b", "gb_hmt", "Myanma Economic Holdings Ltd", schema="Company"))


# -- what holds together ----------------------------------------------------------------------------------


def test_a_shared_strong_identifier_is_enough():
    left = record("a", "un_sc", "Petrel 8", schema="Vessel", identifiers=(("imoNumber", "IMO9562233"),))
    right = record("b", "us_ofac_sdn", "Ocean Star", schema="Vessel", identifiers=(("imoNumber", "9562233"),))
    other = record("c", "gb_hmt", "Ocean Star 2", schema="Vessel", identifiers=(("imoNumber", "IMO 9562233"),))
    assert together(left, right, other)
    found = resolve([left, other]).pairs[0]
    assert "imoNumber" in found.reason and "9562233" in found.reason and found.score > 0.95


def test_a_shared_reference_of_the_united_nations_is_enough():
    left = record("a", "un_sc", "Abdul Manan", identifiers=(("unscId", "TAi.042"), ("unscId", "TAi.0421")))
    right = record("b", "au_dfat", "Abd al-Mannan", identifiers=(("unscId", "TAi.0421"),))
    assert together(left, right)


def test_a_shared_passport_needs_a_shared_word_of_the_name():
    left = record("a", "un_sc", "Tay Za", identifiers=(("passportNumber", "306869"),))
    same = record("b", "gb_hmt", "U Tay Zaw Za Tay", identifiers=(("passportNumber", "306869"),))
    other = record("b", "gb_hmt", "Pavel Ivanov", identifiers=(("passportNumber", "306869"),))
    assert together(left, same)
    assert not together(left, other)


def test_a_name_and_a_birth_date_are_enough_even_among_namesakes():
    one = record("a", "gb_hmt", "Maung Maung Kyaw", birthDate="1964-07-23")
    other = record("b", "gb_hmt", "Maung Maung Kyaw", birthDate="1970-01-01")
    third = record("c", "eu_fsf", "Maung Maung Kyaw", birthDate="1964-07-23")
    found = resolve([one, other, third])
    assert found.clusters["c"] == found.clusters["a"] != found.clusters["b"]
    assert "birth date" in next(p for p in found.pairs if {p.left, p.right} == {"a", "c"}).reason


def test_titles_and_legal_forms_do_not_part_a_name():
    assert together(record("a", "un_sc", "U Tay Za"), record("b", "gb_hmt", "TAY ZA"))
    assert together(
        record("a", "us_ofac_sdn", "HTOO GROUP OF COMPANIES", schema="Company", country="mm"),
        record("b", "eu_journal", "Htoo Group of Companies Co., Ltd.", schema="Organization", country="mm"),
    )


def test_a_name_of_few_words_joins_only_with_what_else_is_known():
    """What a shared name proves is what its words tell; what does not suffice waits for a person."""
    exchange = record("gb-1", "gb_hmt", "Al-Kawthar", schema="Organization", country="iq")
    other = record("us-1", "us_ofac_sdn", "AL KAWTHAR", schema="Organization", country="lb")
    found = resolve([exchange, other])
    assert found.clusters["gb-1"] != found.clusters["us-1"]
    assert [(p.left, p.right, p.score) for p in found.doubts] == [("gb-1", "us-1", FAINT)]
    place = "Street of the Tailors 4, Al-Qaim"
    here = record("gb-1", "gb_hmt", "Al-Kawthar Brothers", schema="Organization", country="iq", address=place)
    there = record("un-1", "un_sc", "AL KAWTHAR BROTHERS", schema="Organization", country="iq", address=place)
    assert together(here, there)


def test_a_programme_is_no_identifier():
    assert not {"programId", "kppCode"} & set(identifier_props("Company"))
    assert {"innCode", "registrationNumber", "imoNumber"} <= {*identifier_props("Company"), *identifier_props("Vessel")}


def test_what_has_no_digit_is_no_identifier():
    one = record("a", "un_sc", "Vector Trading", schema="Company", identifiers=(("registrationNumber", "Russia"),))
    other = record("b", "gb_hmt", "Trading Baltic", schema="Company", identifiers=(("registrationNumber", "Russia"),))
    assert not together(one, other)


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (("idNumber", "2110477805507"), ("idNumber", "33204-0405571-7"), "idNumber"),
        (("innCode", "7729520219"), ("innCode", "7710198911"), "innCode"),
        (("idNumber", "2110477805507"), ("idNumber", "2110477805508"), ""),
        (("idNumber", "2110477805507"), ("idNumber", "AB 1234567"), ""),
        (("idNumber", "2110477805507"), ("passportNumber", "3320404055717"), ""),
        (("passportNumber", "A1234567"), ("passportNumber", "B7654321"), ""),
    ],
)
def test_numbers_of_one_register_contradict_each_other(ours, theirs, why):
    """Another number of one kind and form; a typing error, another form and a second passport are none."""
    left = record("a", "un_sc", "Muhammad Naveed Ashtari", identifiers=(ours,), country="pk")
    right = record("b", "gb_hmt", "Muhammad Naveed Ashtari", identifiers=(theirs,), country="pk")
    assert why in contradiction(left, right) and bool(why) == bool(contradiction(left, right))
    assert together(left, right) == (not why)


def test_a_shared_number_counts_more_than_another_that_differs():
    left = record("a", "un_sc", "Tay Za", identifiers=(("idNumber", "12345678"), ("passportNumber", "306869")))
    right = record("b", "gb_hmt", "Tay Za", identifiers=(("idNumber", "87654321"), ("passportNumber", "306869")))
    assert together(left, right)


def test_nobody_is_joined_by_name_who_would_have_been_listed_as_a_child():
    """The spokesman of 2022, whose birth date no list gives, and a director who was born in 2001."""
    director = record("gb-1", "gb_hmt", "Zaw Min Htet", birthDate="2001-07-20", country="mm")
    spokesman = record("eu-1", "eu_journal", "Zaw Min Htet", country="mm")
    spokesman.listed = "2022-02-21"
    found = resolve([director, spokesman])
    assert found.clusters["gb-1"] != found.clusters["eu-1"] and len(found.doubts) == 1
    director.values["birthDate"] = ["1971-07-20"]
    assert together(director, spokesman)


def test_two_entities_of_a_mixed_file_that_stand_on_one_list_wait_for_a_person():
    """The maker of the file kept them apart: that is no contradiction, but a name alone does not join them."""
    one = record(
        "a", "mixed", "Ansar al Charia Brigade", schema="Organization", publisher=("un_list", "fr_list"), sections=()
    )
    other = record("b", "mixed", "Ansar al Charia Brigade", schema="Organization", publisher="fr_list", sections=())
    third = record("c", "mixed", "Ansar al Charia Brigade", schema="Organization", publisher="be_list", sections=())
    found = resolve([one, other])
    assert found.clusters["a"] != found.clusters["b"]
    assert [(p.left, p.right) for p in found.doubts] == [("a", "b")]
    assert together(one, third)


def test_records_of_one_id_are_one_party_from_the_start():
    found = resolve([record("x", "us_ofac_sdn", "One Name"), record("x", "us_trade_csl", "Quite Another")])
    assert found.clusters == {"x": "x"}


def test_a_list_that_repeats_its_parties_joins_them():
    one = record("a", "eu_journal", "Aye Aye Company", schema="Company", sections=("Myanmar",))
    other = record("b", "eu_journal", "Aye Aye Company", schema="Company", sections=("Belarus",))
    assert together(one, other)


# -- namesakes --------------------------------------------------------------------------------------------


def test_order_of_burmese_names_is_kept():
    assert not together(record("a", "un_sc", "Soe Win"), record("b", "gb_hmt", "Win Soe"))


def test_a_name_that_a_list_gives_two_people_joins_nobody_by_itself():
    """The EU lists an election commissioner and a director of that name; the UK lists one Aung Moe Myint."""
    commissioner = record("eu-1", "eu_journal", "Aung Moe Myint", sections=("MMR",))
    director = record("eu-2", "eu_journal", "Aung Moe Myint", sections=("MMR",))
    briton = record("gb-1", "gb_hmt", "Aung Moe Myint")
    found = resolve([commissioner, director, briton])
    assert len(set(found.clusters.values())) == 3
    asked = {(p.left, p.right) for p in found.doubts}
    assert asked == {("eu-1", "gb-1"), ("eu-2", "gb-1")}


def test_a_party_never_grows_over_a_contradiction():
    """A record without a birth date may be either man: it must not tie the two together."""
    old = record("a", "un_sc", "Zaw Min", birthDate="1949-01-10")
    young = record("b", "gb_hmt", "Zaw Min", birthDate="1975-01-01")
    silent = record("c", "ca_sema", "Zaw Min")
    clusters = resolve([old, young, silent]).clusters
    assert clusters["a"] != clusters["b"]


def test_every_merge_says_why_and_doubts_are_not_merged():
    records = [
        record("eu-1", "eu_journal", "Zaw Min", sections=("MMR",)),
        record("eu-2", "eu_journal", "Zaw Min", sections=("MMR",)),
        record("gb-1", "gb_hmt", "Zaw Min"),
        record("un-1", "un_sc", "Tay Za", birthDate="1964-07-18"),
        record("gb-2", "gb_hmt", "U Tay Za", birthDate="1964-07-18"),
    ]
    found = resolve(records)
    assert [(p.left, p.right) for p in found.pairs] == [("gb-2", "un-1")]
    assert all(p.reason and 0 < p.score <= 1 for p in [*found.pairs, *found.doubts])
    for doubt in found.doubts:
        assert found.clusters[doubt.left] != found.clusters[doubt.right]


# -- order ------------------------------------------------------------------------------------------------

_NAMES = ("Soe Win", "Win Soe", "U Soe Win", "Zaw Min", "Htoo Trading", "Min Aung")
_DATES = ("1960-03-01", "1960-01-03", "1948-05-10", "1960", "")
_LISTS = ("un_sc", "gb_hmt", "eu_journal", "ca_sema", "us_ofac_sdn")


@st.composite
def _some_records(draw: st.DrawFn) -> list[EntityRecord]:
    found = []
    for number in range(draw(st.integers(2, 9))):
        date = draw(st.sampled_from(_DATES))
        passport = draw(st.sampled_from(("", "", "306869", "771204")))
        found.append(
            record(
                f"e{number}",
                draw(st.sampled_from(_LISTS)),
                draw(st.sampled_from(_NAMES)),
                schema=draw(st.sampled_from(("Person", "Person", "Company"))),
                sections=(draw(st.sampled_from(("one", "two"))),),
                identifiers=(("passportNumber", passport),) if passport else (),
                **({"birthDate": date} if date else {}),
            )
        )
    return found


@settings(max_examples=150, deadline=None)
@given(_some_records(), st.randoms(use_true_random=False))
def test_the_order_of_records_plays_no_part(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    first, second = resolve(records), resolve(shuffled)
    assert first.clusters == second.clusters
    assert first.pairs == second.pairs
    assert first.doubts == second.doubts


@settings(max_examples=150, deadline=None)
@given(_some_records())
def test_no_party_holds_a_contradiction(records):
    by_id = {r.id: r for r in records}
    for group in sets_of(records):
        for one in group:
            for other in group:
                assert contradiction(by_id[one], by_id[other]) == ""


def test_a_name_whose_last_word_stands_first_meets_by_the_birth_date():
    ours = record("a", "us_ofac_sdn", "Aung Lin Dwe", birthDate="1962-05-31")
    assert together(ours, record("b", "eu_journal", "Dwe Aung Lin", birthDate="1962-05-31"))
    assert not together(ours, record("b", "eu_journal", "Dwe Aung Lin", birthDate="1963-05-31"))
    assert not together(ours, record("b", "eu_journal", "Dwe Aung Lin"))
