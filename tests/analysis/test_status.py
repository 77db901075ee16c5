"""The state of a designation on a day, case by case."""

from datetime import date

import pytest

from finemesh.analysis.combine import combine
from finemesh.analysis.status import standing
from finemesh.model.designation import Designation, State

SNAPSHOTS = ("2021-08-18", "2022-06-28", "2023-06-29", "2024-05-03")


def designation(seen="2022-06-28;2023-06-29;2024-05-03", **values) -> Designation:
    held = tuple(seen.split(";"))
    return Designation("s", "t", "US", "us_ofac_sdn", first_seen=held[0], last_seen=held[-1], snapshots=held, **values)


@pytest.mark.parametrize(
    ("what", "day", "state", "said"),
    [
        (designation(designated="2022-03-25"), "2022-09-22", State.LISTED, "designated 2022-03-25"),
        (designation(designated="2022-03-25"), "2022-03-25", State.LISTED, "designated 2022-03-25"),
        (designation(designated="2022-03-25"), "2022-03-24", State.NOT_LISTED, "designated only on 2022-03-25"),
        (designation(designated="2022-03"), "2022-03-10", State.INDETERMINATE, "not published"),
        (designation(published="2022-03-26"), "2022-09-22", State.LISTED, "published 2022-03-26"),
        (designation(), "2022-09-22", State.LISTED_UNDATED, "since 2022-06-28"),
        (designation(), "2021-09-01", State.INDETERMINATE, "not in the snapshot of 2021-08-18, in that of 2022-06-28"),
        (designation(), "2021-08-18", State.NOT_LISTED, "not yet in the snapshot of 2021-08-18"),
        (designation("2021-08-18"), "2020-01-01", State.INDETERMINATE, "the first snapshot loaded is of 2021-08-18"),
        (designation("2021-08-18"), "2021-12-01", State.INDETERMINATE, "gone between the snapshots of 2021-08-18 and"),
        (designation("2021-08-18"), "2022-06-28", State.DELISTED, "gone from the snapshot of 2022-06-28"),
        (designation("2021-08-18"), "2025-01-01", State.DELISTED, "gone from the snapshot of 2022-06-28"),
        (designation(designated="2020-01-01", delisted="2022-12-31"), "2022-12-30", State.LISTED, "designated 2020"),
        (
            designation(designated="2020-01-01", delisted="2022-12-31"),
            "2023-01-01",
            State.DELISTED,
            "delisted 2022-12-31",
        ),
        (designation(designated="2020-01-01", delisted="2022"), "2022-07-01", State.INDETERMINATE, "ended 2022"),
        (designation(designated="2020-01-01", delisted="2030-01-01"), "2024-01-01", State.LISTED, "designated 2020"),
        (designation("2024-05-03", designated="2021-09-02"), "2022-01-01", State.LISTED, "in the later snapshot"),
        (designation(designated="2022-03-25"), "2024-06-02", State.LISTED, "30 days before"),
    ],
)
def test_a_designation_on_a_day(what, day, state, said):
    found = standing(what, SNAPSHOTS, date.fromisoformat(day))
    assert found.state is state
    assert said in found.basis


def cell(standings, day="2022-09-22", lists=None):
    return combine(standings, {"us_ofac_sdn": SNAPSHOTS} if lists is None else lists, date.fromisoformat(day))[0]


def stand(day="2022-09-22", **values):
    return standing(designation(**values), SNAPSHOTS, date.fromisoformat(day))


def test_the_earliest_designation_in_force_is_shown_and_the_others_go_with_it():
    found = cell(
        [stand(designated="2022-03-25", programme="B"), stand(designated="2012-04-24", programme="A"), stand()]
    )
    assert (found.state, found.designated, found.programme) == (State.LISTED, "2012-04-24", "A")
    assert [d.designated for d in found.others] == ["2022-03-25", ""]


def test_a_designation_in_force_goes_before_one_that_ended():
    ended = stand(designated="2010-01-01", delisted="2015-01-01")
    assert cell([ended, stand(designated="2022-03-25")]).designated == "2022-03-25"
    assert cell([ended]).state is State.DELISTED
    assert cell([ended]).delisted == "2015-01-01"


def test_nobody_of_that_name():
    found = cell([])
    assert found.state is State.NOT_LISTED
    assert found.snapshot == "2022-06-28"
    assert "not in the snapshot of 2022-06-28" in found.basis


def test_a_list_that_is_older_or_younger_than_the_day_says_so():
    assert "3165 days before" in cell([], "2033-01-01").basis
    assert "no earlier one is loaded" in cell([], "2020-01-01").basis


def test_without_a_list_nothing_can_be_known():
    assert cell([], lists={}).state is State.NO_LIST


def test_a_listing_that_came_later_is_told():
    found = cell([stand(designated="2023-02-20")])
    assert found.state is State.NOT_LISTED
    assert found.basis == "designated only on 2023-02-20"


def listed_in(dataset, snapshots, day, id="s", authority="US", **values):
    seen = tuple(values.pop("held", snapshots))
    d = Designation(id, "t", authority, dataset, first_seen=seen[0], last_seen=seen[-1], snapshots=seen, **values)
    return standing(d, snapshots, date.fromisoformat(day))


def test_a_copy_of_a_list_cannot_outlive_what_it_copies():
    lists = {"us_ofac_sdn": ("2021-08-18", "2022-06-28"), "us_trade_csl": ("2022-04-21",)}

    def at(day):
        gone = listed_in("us_ofac_sdn", lists["us_ofac_sdn"], day, held=["2021-08-18"])
        return combine([gone, listed_in("us_trade_csl", lists["us_trade_csl"], day)], lists, date.fromisoformat(day))[0]

    assert at("2022-04-21").state is State.LISTED_UNDATED
    assert (at("2022-06-28").state, at("2022-06-28").dataset) == (State.DELISTED, "us_ofac_sdn")
    lists["us_trade_csl"] = ("2023-01-01",)  # the copy is newer: the party may be listed again
    assert at("2023-01-02").state is State.LISTED_UNDATED


def test_another_designation_in_an_older_list_goes_on():
    lists = {"us_ofac_sdn": ("2021-08-18", "2022-06-28"), "us_trade_csl": ("2022-04-21",)}
    gone = listed_in("us_ofac_sdn", lists["us_ofac_sdn"], "2023-01-01", held=["2021-08-18"])
    entity_list = listed_in("us_trade_csl", lists["us_trade_csl"], "2023-01-01", id="entity-list")
    assert combine([gone, entity_list], lists, date(2023, 1, 1))[0].state is State.LISTED_UNDATED


def test_who_is_not_found_in_the_newer_list_of_other_ids_is_in_doubt():
    lists = {"eu_fsf": ("2022-01-24",), "eu_journal": ("2026-08",)}

    def at(day, *more):
        old = listed_in("eu_fsf", lists["eu_fsf"], day, authority="EU", designated="2013-07-31")
        return combine([old, *more], lists, date.fromisoformat(day))[0]

    assert at("2026-08-30").state is State.LISTED  # August 2026 is not over: that snapshot may be of the 31st
    doubt = at("2026-09-01")
    assert doubt.state is State.INDETERMINATE
    assert "not found in eu_journal of 2026-08, which is newer" in doubt.basis
    new = listed_in("eu_journal", lists["eu_journal"], "2026-09-01", id="n", authority="EU", designated="2013-07-31")
    assert (at("2026-09-01", new).state, at("2026-09-01", new).dataset) == (State.LISTED, "eu_journal")


def test_of_equal_days_the_newest_official_list_is_shown():
    lists = {"eu_fsf": ("2022-01-24",), "eu_journal": ("2026-08",)}
    day, values = "2026-09-01", {"authority": "EU", "designated": "2021-03-22"}
    found = [
        listed_in("a_workbook", ("2026-08-15",), day, id="w", **values),
        listed_in("eu_fsf", lists["eu_fsf"], day, id="f", **values),
        listed_in("eu_journal", lists["eu_journal"], day, id="j", **values),
    ]
    cell = combine(found, lists, date.fromisoformat(day))[0]
    assert cell.dataset == "eu_journal"
    assert [d.dataset for d in cell.others] == ["eu_fsf", "a_workbook"]


@pytest.mark.parametrize(
    ("day", "state", "since"),
    [
        ("2021-02-17", State.NOT_LISTED, "2021-04-29"),
        ("2021-02-18", State.LISTED, "2021-02-18"),
        ("2021-04-28", State.LISTED, "2021-02-18"),
        ("2021-04-29", State.LISTED, "2021-04-29"),
    ],
)
def test_who_was_designated_anew_was_listed_before(day, state, since):
    values = {"designated": "2021-04-29", "published": "2021-02-18"}
    found = listed_in("gb_hmt", ("2023-06-05",), day, authority="UK", **values)
    assert (found.state, found.since) == (state, since)
    assert ("designated anew on 2021-04-29" in found.basis) is (state is State.LISTED and since == "2021-02-18")
    act = listed_in("eu_fsf", ("2023-06-05",), "2021-04-28", authority="EU", **values)  # the act before it is in force
    assert act.state is State.NOT_LISTED


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2021-08-18", State.LISTED_UNDATED),  # the day of the snapshot that holds it
        ("2021-08-19", State.INDETERMINATE),
    ],
)
def test_on_the_day_of_a_snapshot_there_is_no_doubt(day, state):
    assert standing(designation("2021-08-18"), SNAPSHOTS, date.fromisoformat(day)).state is state


def test_what_one_list_cannot_know_of_a_designation_another_may():
    lists = {"us_ofac_sdn": SNAPSHOTS, "us_trade_csl": ("2022-04-21",)}

    def at(day):
        own = listed_in("us_ofac_sdn", SNAPSHOTS, day, held=SNAPSHOTS[1:])
        return combine([own, listed_in("us_trade_csl", ("2022-04-21",), day)], lists, date.fromisoformat(day))[0]

    assert at("2021-08-18").state is State.NOT_LISTED
    assert at("2021-08-18").snapshot == "2021-08-18"
    assert at("2021-12-31").state is State.INDETERMINATE
    assert (at("2022-05-01").state, at("2022-05-01").dataset) == (State.LISTED_UNDATED, "us_trade_csl")


def test_a_newer_table_of_a_third_party_is_not_outdone_by_an_older_list():
    lists = {"us_ofac_sdn": ("2021-08-18", "2022-06-28")}
    gone = listed_in("us_ofac_sdn", lists["us_ofac_sdn"], "2026-05-01", held=["2021-08-18"])
    again = listed_in("a_workbook", ("2026-04-22",), "2026-05-01")
    assert combine([gone, again], lists, date(2026, 5, 1))[0].state is State.LISTED_UNDATED
    old = listed_in("a_workbook", ("2021-01-01",), "2026-05-01")
    assert combine([gone, old], lists, date(2026, 5, 1))[0].state is State.DELISTED


def test_a_party_whose_programme_changed_between_two_snapshots_was_on_the_list():
    lists = {"us_ofac_sdn": ("2021-08-18", "2022-06-28")}
    parts = [("old", ["2021-08-18"], "BELARUS-EO"), ("new", ["2022-06-28"], "BELARUS-EO14038")]

    def at(day):
        found = [listed_in("us_ofac_sdn", lists["us_ofac_sdn"], day, id=i, held=h, programme=p) for i, h, p in parts]
        return combine(found, lists, date.fromisoformat(day))[0]

    assert (at("2021-12-31").state, at("2021-12-31").programme) == (State.LISTED_UNDATED, "BELARUS-EO")
    assert "its programmes changed between two snapshots" in at("2021-12-31").basis
    assert (at("2022-06-28").state, at("2022-06-28").programme) == (State.LISTED_UNDATED, "BELARUS-EO14038")
    assert at("2021-01-01").state is State.INDETERMINATE
