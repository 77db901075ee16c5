"""Decisions about claims outlive the reader that found them, and never speak for what they were not made about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.analysis.claim_log import claim_of, correction, decided, reading
from finemesh.model.claim import Claim, ClaimType, Stance
from finemesh.model.decision import Answer, Decision

CLAIM = Claim(
    "note",
    ClaimType.SUPPLY,
    "Blue Heron sold fuel to the army in May.",
    {"supplier": "Blue Heron", "recipient": "army", "goods": "fuel", "value": None, "via": None},
    (100, 140),
    start="2022-05",
    sha256="ab" * 32,
)


def said(claim: Claim, value: str, who: str = "ann", number: int = 1, kind: str = "claim") -> Decision:
    return Decision(f"{number:032x}", number, kind, *reading(claim), value, who, f"2026-01-01T00:00:{number:02d}")


def undo(number: int, of: int) -> Decision:
    return Decision(f"{number:032x}", number, "undo", f"{of:032x}", "", "", "ann", f"2026-01-01T00:00:{number:02d}")


def answer(decisions, claim=CLAIM):
    found = decided(decisions, [("id", claim)]).by_claim.get("id")
    return found.answer if found else None


def test_a_reading_survives_its_decision():
    assert claim_of(said(CLAIM, "accepted")) == CLAIM


@pytest.mark.parametrize(
    "now",
    [
        replace(CLAIM, args={**CLAIM.args, "value": "$4 million"}),
        replace(CLAIM, args={**CLAIM.args, "goods": "jet fuel"}, start=None, speaker="a trader"),
        replace(CLAIM, offset=(90, 141), quote="It is known that Blue Heron sold fuel to the army in May."),
        replace(CLAIM, args={**CLAIM.args, "supplier": "BLUE  Heron"}),
        replace(CLAIM, offset=(900, 940)),
    ],
    ids=["one more detail", "other details", "sentence cut elsewhere", "other spelling", "text moved"],
)
def test_a_changed_reader_loses_nothing(now):
    found = decided([said(CLAIM, "accepted")], [("id", now)])
    assert found.by_claim["id"].answer is Answer.ACCEPTED
    assert not found.lost


@pytest.mark.parametrize(
    "now",
    [
        replace(CLAIM, stance=Stance.DENIED),
        replace(CLAIM, args={**CLAIM.args, "recipient": "navy"}),
        replace(CLAIM, type=ClaimType.PAYMENT, args={"payer": "Blue Heron", "beneficiary": "army", "amount": None}),
        replace(CLAIM, sha256="cd" * 32),
        replace(CLAIM, offset=(900, 930), quote="Blue Heron sold more fuel."),
    ],
    ids=["stance", "party", "type", "document", "another sentence"],
)
def test_what_was_not_decided_stays_open_and_the_decision_is_shown(now):
    found = decided([said(CLAIM, "accepted")], [("id", now)])
    assert found.by_claim == {}
    assert [item.claim for item in found.lost] == [CLAIM]


def test_details_that_changed_since_are_told():
    same, other = CLAIM, replace(CLAIM, args={**CLAIM.args, "value": "$4 million"})
    assert not decided([said(CLAIM, "accepted")], [("id", same)]).by_claim["id"].since_changed
    assert decided([said(CLAIM, "accepted")], [("id", other)]).by_claim["id"].since_changed


def test_two_claims_of_one_sentence_do_not_share_a_decision():
    other = replace(CLAIM, args={**CLAIM.args, "goods": "arms"})
    found = decided([said(CLAIM, "rejected")], [("one", CLAIM), ("two", other)])
    assert set(found.by_claim) == {"one"}


def test_a_correction_takes_the_place_of_what_was_read():
    right = replace(CLAIM, args={**CLAIM.args, "goods": "jet fuel"}, stance=Stance.PLANNED, start=None)
    decision = decided([said(CLAIM, correction(right))], [("id", CLAIM)]).by_claim["id"]
    assert decision.answer is Answer.CORRECTED
    assert decision.told == right
    assert decision.read == CLAIM
    assert decision.as_json()["read"]["args"]["goods"] == "fuel"


def test_the_last_word_of_each_person_counts_and_two_persons_may_disagree():
    yes, no = said(CLAIM, "accepted", "ann", 1), said(CLAIM, "rejected", "ann", 2)
    assert answer([yes, no]) is Answer.REJECTED
    assert answer([yes, no, undo(3, 2)]) is Answer.ACCEPTED
    assert answer([yes, no, undo(3, 2), undo(4, 1)]) is None
    assert answer([yes, said(CLAIM, "rejected", "bob", 2)]) is Answer.DISPUTED
    assert answer([yes, said(CLAIM, "accepted", "bob", 2)]) is Answer.ACCEPTED


@given(st.lists(st.tuples(st.sampled_from(["accepted", "rejected"]), st.sampled_from("abc")), max_size=8), st.randoms())
def test_the_order_of_the_log_does_not_matter(answers, chance):
    log = [said(CLAIM, value, who, number) for number, (value, who) in enumerate(answers, 1)]
    mixed = list(log)
    chance.shuffle(mixed)
    assert answer(log) == answer(mixed)
    last = {who: value for value, who in answers}
    expected = None if not last else Answer(next(iter(last.values()))) if len(set(last.values())) == 1 else "disputed"
    assert answer(log) == expected
