"""Claims of one fact: independent voices, differences, denials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.analysis.amounts import Amount, amount, share
from finemesh.analysis.corroboration import agree, corroborate
from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.voices import words_of
from finemesh.model.claim import Claim, ClaimType, Stance


class FewFacts:
    """Just enough of a case: ids are parties, documents have publishers."""

    def __init__(self, publishers):
        self.publishers = publishers

    def parties(self, ids):
        return {}

    def speaker_of(self, claim, source):
        return claim.speaker or self.publishers.get(claim.sha256) or source


FACTS = FewFacts({"a": "Paper One", "b": "Paper Two", "c": "Paper One"})


def said(sha, kind="supply", stance="asserted", speaker=None, start=None, published="2024-01-01", **args):
    parties = {k: v for k, v in args.items() if k in ("supplier", "recipient", "owner", "asset", "target", "holder",
               "organisation", "person", "relative", "payer", "beneficiary", "via")}  # fmt: skip
    claim = Claim(sha, ClaimType(kind), f"words {args}", args, (0, 5), Stance(stance), speaker, start, None, sha256=sha)
    claim.entities.update(parties)
    return StoredClaim(f"{sha}{len(repr(claim))}{speaker}{stance}{start}", claim, "chars=0-5", f"{sha}.txt", published)


def one(*claims):
    (fact,) = corroborate(FACTS, claims)
    return fact


def test_a_report_that_two_papers_relay_is_one_voice():
    fact = one(
        said("a", speaker="a new UN report", supplier="X", recipient="Y", goods="arms"),
        said("b", speaker="The United Nations", supplier="X", recipient="Y", goods="arms"),
        said("c", speaker="UN Special Rapporteur", supplier="X", recipient="Y", goods="arms and fuel"),
    )
    assert [v.speaker for v in fact.asserted] == ["UN Special Rapporteur"]
    assert fact.asserted[0].relayed_by == ("Paper One", "Paper Two")
    assert fact.documents == 3


def test_a_paper_that_says_so_itself_is_a_voice_once():
    args = {"supplier": "X", "recipient": "Y", "goods": "arms"}
    fact = one(said("a", **args), said("c", **args), said("b", **args), said("b", speaker="leaked documents", **args))
    assert [v.speaker for v in fact.asserted] == ["Paper One", "Paper Two"]
    assert fact.as_json()["independent"] == 2


def test_a_spokesperson_speaks_for_the_organisation():
    role = said("b", kind="role", holder="Ann Lee", role="spokesperson", organisation="Paper One")
    facts = corroborate(FACTS, [role, *(said(s, speaker=w, supplier="X", recipient="Y") for s, w in
                                        (("a", None), ("b", "Ann Lee")))])  # fmt: skip
    (supply,) = [f for f in facts if f.type is ClaimType.SUPPLY]
    assert [v.speaker for v in supply.asserted] == ["Paper One"]
    assert "Ann Lee" in supply.asserted[0].forms


def test_other_goods_are_another_fact():
    found = corroborate(
        FACTS,
        [
            said("a", supplier="X", recipient="Y", goods="jet fuel"),
            said("b", supplier="X", recipient="Y", goods="fuel for aircraft"),
            said("c", supplier="X", recipient="Y", goods="helicopters"),
        ],
    )
    assert sorted(f.documents for f in found) == [1, 2]


def test_amounts_that_are_not_one_number_differ_with_who_says_so():
    fact = one(
        said("a", supplier="X", recipient="Y", value="US$406 million"),
        said("b", supplier="X", recipient="Y", value="$406m"),
        said("c", supplier="X", recipient="Y", value="US$267 million"),
    )
    (difference,) = fact.differences
    assert difference.detail == "value"
    assert [(value, len(claims)) for value, claims in difference.values] == [
        ("US$406 million", 2),
        ("US$267 million", 1),
    ]


def test_denials_are_later_only_where_their_document_is():
    claims = [
        said("a", kind="designation", authority="the EU", target="X", published="2022-05-01"),
        said("b", kind="designation", authority="European Union", target="X", stance="denied", published="2021-01-01"),
    ]
    assert (len(one(*claims).denied), one(*claims).later_denied) == (1, ())
    later = said("c", kind="designation", authority="EU", target="X", stance="denied", published="2023-01-01")
    fact = one(*claims, later)
    assert [c.published for c in fact.later_denied] == ["2023-01-01"]
    assert [c["later"] for c in fact.as_json()["denied"]] == [False, True]


def test_calls_and_plans_assert_nothing():
    fact = one(
        said("a", kind="designation", authority="EU", target="X", stance="called_for"),
        said("b", kind="designation", authority="EU", target="X", stance="planned"),
    )
    assert (fact.asserted, len(fact.called_for), len(fact.planned)) == ((), 1, 1)


@pytest.mark.parametrize(
    ("detail", "left", "right", "same"),
    [
        ("start", "2022", "2022-03", True),
        ("start", "2022-04", "2022-03", False),
        ("share", "51 percent", "51%", True),
        ("share", "half", "49 %", False),
        ("role", "director", "Executive Director", True),
        ("role", "founder", "chair", False),
        ("relation", "child", "son", True),
        ("relation", "wife", "sister", False),
        ("amount", "large sums", "tens", True),
        ("value", "$4 million", "€4 million", False),
    ],
)
def test_values_that_agree(detail, left, right, same):
    assert agree(detail, left, right) is same
    assert agree(detail, right, left) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$406 million", Amount(406e6, "USD")),
        ("$1.5bn", Amount(1.5e9, "$")),
        ("S$5.57M", Amount(5.57e6, "SGD")),
        ("3,200 euros", Amount(3200, "EUR")),
        ("45.57 billion MMK", Amount(45.57e9, "MMK")),
        ("12 helicopters", Amount(12, "")),
        ("large sums", None),
    ],
)
def test_amounts(text, expected):
    assert amount(text) == expected


def test_shares():
    assert (share("51 per cent of it"), share("half"), share("a stake")) == (51.0, 50.0, None)


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text):
    found = amount(text)
    assert found is None or (found.number >= 0 and found.agrees(found))
    assert share(text) is None or share(text) >= 0
    assert words_of(text) == words_of(text.strip())
