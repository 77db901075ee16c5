"""Paths, roles and timelines of the small case, each with what proves it."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from finemesh.analysis.path import PathQuestion
from finemesh.analysis.roles import status
from finemesh.case import Case
from finemesh.model.errors import UserError

EVIDENCE = {"sha256", "source", "locator", "quote"}


@pytest.fixture
def case(small_case, tmp_path) -> Case:
    shutil.copytree(small_case.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


def test_a_path_goes_over_lists_and_documents_with_who_says_so(small_case):
    (found,) = small_case.paths("Min Aung Hlaing", "Htoo Group of Companies")
    hops = found.as_json()["hops"]
    assert [(h["from"], h["to"]) for h in hops] == [
        ("Min Aung HLAING", "Tay ZA"),
        ("Tay ZA", "HTOO GROUP OF COMPANIES"),
    ]
    assert all({"relation", "stance", "speaker", "evidence"} <= h.keys() for h in hops)
    assert all(h["stance"] == "asserted" and h["speaker"] for h in hops)
    assert all(e.keys() == EVIDENCE for h in hops for e in h["evidence"])
    assert "met Tay Za" in hops[0]["evidence"][0]["quote"]


def test_a_path_can_be_read_from_either_end(small_case):
    there = small_case.paths("Min Aung Hlaing", "Htoo Group of Companies")[0].hops
    back = small_case.paths("Htoo Group of Companies", "Min Aung Hlaing")[0].hops
    assert [(h.source.id, h.target.id) for h in there] == [(h.target.id, h.source.id) for h in reversed(back)]


def test_hubs_kinds_and_length_are_kept_to(small_case):
    ask = lambda **given: small_case.paths("Min Aung Hlaing", "Htoo Group of Companies", PathQuestion(**given))  # noqa: E731
    assert ask(avoid=("Tay Za",)) == []
    assert ask(hops=1) == []
    assert ask(kinds=("ownership",)) == []
    assert len(ask(kinds=("meeting", "list", "role"))) == 1
    assert small_case.paths("Tay Za", "ofac-34663")[0].hops == ()
    with pytest.raises(UserError, match="no such party"):
        small_case.paths("Tay Za", "Zqxwv Nobody")


def test_a_path_over_accepted_claims_only(case):
    question = PathQuestion(accepted=True)
    assert case.paths("Min Aung Hlaing", "Tay Za", question) == []
    case.accept(next(c.id for c in case.claims() if c.claim.type.value == "meeting"))
    assert len(case.paths("Min Aung Hlaing", "Tay Za", question)[0].hops) == 1
    case.reject(next(c.id for c in case.claims() if c.claim.type.value == "meeting"))
    assert case.paths("Min Aung Hlaing", "Tay Za") == []


def test_roles_of_a_holder_and_within_an_organisation(small_case):
    (role,) = [r.as_json() for r in small_case.roles("Tay Za") if r.role == "chairman"]
    assert (role["holder"], role["organisation"], role["status"]) == ("Tay ZA", "HTOO GROUP OF COMPANIES", "undated")
    assert role["evidence"][0].keys() == EVIDENCE
    assert role["said"] == ["2022-09-23"]
    within = small_case.roles(organisation="Htoo Group of Companies")
    assert {r.holder.name for r in within} == {"Tay ZA"}
    assert small_case.roles("Min Aung Hlaing", organisation="Htoo Group of Companies") == []
    assert len(small_case.roles()) >= 2


def test_roles_follow_corrections(case):
    claim = next(c for c in case.claims() if c.claim.args.get("role") == "chairman")
    case.correct(claim.id, {"start": "2010", "end": "2019-05"})
    (role,) = [r for r in case.roles("Tay Za") if r.role == "chairman"]
    assert (role.start, role.end, role.status) == ("2010", "2019-05", "ended")
    assert not [r for r in case.roles("Tay Za", on="2020-01-01") if r.role == "chairman"]
    (held,) = [r for r in case.roles("Tay Za", on="2015-01-01") if r.role == "chairman"]
    assert held.status == "held"


@pytest.mark.parametrize(
    ("role", "start", "end", "expected"),
    [
        ("director", "", "", "undated"),
        ("former director", "", "", "ended"),
        ("director", "2021", "", "held"),
        ("director", "2023", "", "not begun"),
        ("director", "", "2021-06", "ended"),
        ("director", "", "2022-06-15", "held"),
        ("director", "2022", "", "held"),
    ],
)
def test_the_status_of_a_role_on_a_day(role, start, end, expected):
    assert status(role, start, end, date(2022, 6, 15)) == expected


def test_a_timeline_is_in_order_and_proven(case):
    meeting = next(c for c in case.claims() if c.claim.type.value == "meeting")
    case.correct(meeting.id, {"start": "2022-03", "speaker": "a guest"})
    events = [e.as_json() for e in case.timeline("Tay Za")]
    assert [e["earliest"] for e in events] == sorted(e["earliest"] for e in events)
    born, met = (next(e for e in events if e["kind"] == kind) for kind in ("life", "meeting"))
    assert (born["date"], born["speaker"]) == ("1964-07-18", "US Treasury, Office of Foreign Assets Control")
    assert (met["earliest"], met["latest"]) == ("2022-03-01", "2022-03-31")
    assert (met["speaker"], met["accepted"]) == ("a guest", True)
    assert all(e["evidence"] and e["stance"] == "asserted" for e in events)
