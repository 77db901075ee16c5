"""The claim check: its rules, one by one, and what it makes of claims of the small case."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest

from finemesh.analysis.check import check
from finemesh.analysis.check_rules import dates_agree, judge, judge_absence, means_everybody, too_old
from finemesh.analysis.documents import StoredClaim
from finemesh.matching.index import Match
from finemesh.model.claim import Claim, ClaimType, Stance
from finemesh.model.designation import Cell, Designation, State
from finemesh.reports.verdicts import grouped


def cells(**states):
    return {code: Cell(state, f"basis {code}") for code, state in states.items()}


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ({"EU": State.NOT_LISTED, "UK": State.NOT_LISTED}, "confirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.NO_LIST}, "confirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.LISTED}, "contradicted"),
        ({"EU": State.NO_LIST, "UK": State.LISTED_UNDATED}, "contradicted"),
        ({"EU": State.NOT_LISTED, "UK": State.INDETERMINATE}, "unconfirmed"),
        ({"EU": State.NOT_LISTED, "UK": State.DELISTED}, "unconfirmed"),
        ({"EU": State.NO_LIST}, "unconfirmed"),
        ({}, "unconfirmed"),
    ],
)
def test_on_no_list_at_all(found, verdict):
    assert judge_absence(cells(**found))[0] == verdict


def test_the_note_names_the_lists():
    assert judge_absence(cells(EU=State.NOT_LISTED, UK=State.LISTED))[1] == "listed by UK: basis UK"
    assert "EU, UK" in judge_absence(cells(EU=State.NOT_LISTED, UK=State.NOT_LISTED))[1]


@pytest.mark.parametrize(
    ("start", "designated", "others", "agrees"),
    [
        ("2022-03-25", "2022-03-25", (), True),
        ("2022-03", "2022-03-25", (), True),
        ("2022-03-20", "2022-03-25", (), True),
        ("2021", "2022-03-25", (), False),
        ("2021-09-02", "2022-03-25", ("2021-09-02",), True),
        (None, "2022-03-25", (), None),
        ("2022-03-25", None, (), None),
    ],
)
def test_the_dates_of_document_and_list(start, designated, others, agrees):
    further = tuple(Designation("d", "t", "UK", "gb_hmt", designated=day) for day in others)
    assert dates_agree(start, Cell(State.LISTED, designated=designated, others=further)) is agrees


def test_a_date_says_nothing_of_who_is_not_listed():
    assert dates_agree("2022", Cell(State.NOT_LISTED, designated="2020")) is None


@pytest.mark.parametrize(
    ("measure", "plain"),
    [
        ("sanctions", True),
        ("targeted sanctions", True),
        ("new economic sanctions", True),
        ("full sanctions", False),
        ("visa ban", False),
        ("a directive", False),
    ],
)
def test_denied_measures(measure, plain):
    listed = Cell(State.LISTED, "designated 2023", measures=("Directive 1",))
    verdict, note = judge(Stance.DENIED, listed, measure)
    assert verdict == ("contradicted" if plain else "unconfirmed")
    assert plain or "Directive 1" in note


class FewLists:
    """Two lists of one authority, one of them old."""

    snapshots: ClassVar = {"us_ofac_sdn": ("2021-08", "2022-06-28"), "us_ofac_cons": ("2026-01-08",)}

    def main_list(self, authority):
        return "us_ofac_sdn" if authority == "US" else ""


@pytest.mark.parametrize(
    ("day", "start", "old"),
    [
        ("2022-06-28", None, False),
        ("2022-07-29", None, False),
        ("2022-07-30", None, True),
        ("2024-01-01", "2023-05", True),
        ("2024-01-01", "2021", False),
    ],
)
def test_a_list_may_be_too_old_to_know(day, start, old):
    told = too_old(FewLists(), "US", date.fromisoformat(day), start)
    assert bool(told) is old
    assert not old or "2022-06-28" in told
    assert too_old(FewLists(), "CH", date.fromisoformat(day), start) == ""


@pytest.mark.parametrize(
    ("written", "everybody"),
    [("international community", True), ("any country", True), ("Thailand", False), ("ASEAN", False), ("", False)],
)
def test_who_means_everybody(written, everybody):
    assert means_everybody(written) is everybody


def claim_of(authority, target, stance="asserted", measure="sanctions", start=None):
    claim = Claim("d", ClaimType.DESIGNATION, f"{authority} {target} {stance}.",
                  {"authority": authority, "target": target, "measure": measure}, (0, 9), Stance(stance), None, start,
                  sha256="00")  # fmt: skip
    return StoredClaim(f"{authority}{target}{stance}", claim, "chars=0-9", "d.txt", "2022-09-22")


def test_a_foreign_state_without_a_list_is_not_checkable_though_others_list_the_target(small_case):
    (found,) = small_case.check_claims([claim_of("Thailand", "Tay Za", "denied")])
    assert (found.verdict, found.cell) == ("not checkable", None)


def test_what_the_document_says_itself_does_not_contradict_that_no_one_else_lists_it(small_case):
    claims = [claim_of("the US", "Tay Za"), claim_of("international community", "Tay Za", "denied")]
    alone = small_case.check_claims(claims[1:])[0]
    assert alone.verdict == "contradicted"
    beside = small_case.check_claims(claims)[1]
    assert beside.verdict != "contradicted"
    assert "US the document itself says" in beside.note


def test_who_is_on_no_list_is_not_contradicted(small_case):
    (found,) = small_case.check_claims([claim_of("US", "Mega Hill General Trading")])
    assert found.verdict == "unconfirmed"
    assert "nobody of this name" in found.note
    (denied,) = small_case.check_claims([claim_of("US", "Mega Hill General Trading", "denied")])
    assert denied.verdict == "confirmed"


def test_a_call_for_what_is_done_is_something_to_fix(small_case):
    (found,) = small_case.check_claims([claim_of("US", "Tay Za", "called_for")])
    assert found.verdict == "not checkable"
    assert found.fix.startswith("done already")
    (nobody,) = small_case.check_claims([claim_of("US", "Zqxwv Nobody", "called_for")])
    assert (nobody.verdict, nobody.fix) == ("not checkable", "")


def test_the_other_names_of_the_entry_are_told(small_case):
    (found,) = small_case.check_claims([claim_of("US", "Htoo Group of Companies")])
    assert found.verdict == "confirmed"
    assert found.spellings == ("HCG",)
    assert found.as_json()["spellings"] == ["HCG"]


def test_verdicts_are_grouped_by_what_a_writer_does_with_them(small_case):
    claims = [
        claim_of("US", "Tay Za"),
        claim_of("US", "Mega Hill General Trading"),
        claim_of("US", "Tay Za", "denied"),
        claim_of("ASEAN", "Tay Za"),
    ]
    fixes, confirmed, rest = grouped(small_case.check_claims(claims))
    assert [v.verdict for v in fixes] == ["contradicted", "unconfirmed"]
    assert [len(confirmed), len(rest)] == [1, 1]


class OneAnswer:
    """An index that finds one party for every name."""

    def __init__(self, name):
        self.match = Match("ofac-34663", "Tay ZA", "Person", 0.91, ["us_ofac_sdn"], ["US"], name, [])

    def screen(self, query, limit, threshold):
        return [self.match] if self.match.score >= threshold else []


@pytest.mark.parametrize(
    ("met", "verdict"), [("REEF", "confirmed"), ("Revival of Every Earnest Friend", "unconfirmed")]
)
def test_a_name_of_one_word_means_only_who_bears_it(small_case, met, verdict):
    (found,) = check(
        OneAnswer(met), small_case.facts, [claim_of("US", "REEF")], ["US"], as_of=None, today=date(2022, 9, 22)
    )
    assert found.verdict == verdict
