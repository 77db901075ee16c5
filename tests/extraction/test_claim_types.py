"""The other seven types, in sentences of our own."""

import pytest
from tests.extraction.reading import claims, pairs

GROUP, TRADING = "Harbour Light Group", "Stone Gate Trading"


def only(text, kind):
    found = claims(text, kind)
    assert len(found) == 1, [c.args for c in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "holder", "role", "organisation"),
    [
        (f"Ye Win Htut, chairperson of {GROUP}, spoke.", "Ye Win Htut", "chairperson", GROUP),
        (f"{GROUP} director Ye Win Htut spoke.", "Ye Win Htut", "director", GROUP),
        (f"Ye Win Htut is the deputy chief executive of {GROUP}.", "Ye Win Htut", "deputy chief executive", GROUP),
        (f"{GROUP} is led by Dr Ye Win Htut.", "Ye Win Htut", "leader", GROUP),
        ("Khin Lay Mon sits on the board of Stone Gate Bank.", "Khin Lay Mon", "board member", "Stone Gate Bank"),
        (f"The firm {GROUP} hired Ye Win Htut as its accountant.", "Ye Win Htut", "accountant", GROUP),
    ],
)
def test_roles(text, holder, role, organisation):
    claim = only(text, "role")
    assert (claim.args["holder"], claim.args["role"], claim.args["organisation"]) == (holder, role, organisation)


def test_supply_with_goods():
    claim = only(f"{GROUP} sold ten drones to {TRADING} in 2021.", "supply")
    assert claim.args == {"supplier": GROUP, "recipient": TRADING, "goods": "ten drones"}
    assert claim.start == "2021"


def test_supply_through_a_broker():
    claim = only(f"{TRADING} imported engines from Belarus for the Vietnamese navy.", "supply")
    assert claim.args["supplier"] == "Belarus"
    assert claim.args["recipient"] == "Vietnamese Navy"
    assert claim.args["via"] == TRADING


def test_supply_in_a_list_of_buyers():
    text = f"Belarus has supplied {GROUP}, {TRADING} and Ye Win Htut with ammunition."
    assert pairs(text, "supply", "supplier", "recipient") == {
        ("Belarus", GROUP),
        ("Belarus", TRADING),
        ("Belarus", "Ye Win Htut"),
    }


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} owns {TRADING}.",
        f"{TRADING} is owned by {GROUP}.",
        f"{TRADING} is a subsidiary of {GROUP}.",
        f"{GROUP}’s subsidiary {TRADING} closed.",
        f"{GROUP} holds a 40% stake in {TRADING}.",
        f"{TRADING} is part of the {GROUP}.",
    ],
)
def test_ownership(text):
    assert pairs(text, "ownership", "owner", "asset") == {(GROUP, TRADING)}


def test_the_share_is_kept():
    assert "40%" in str(only(f"{GROUP} holds a 40% stake in {TRADING}.", "ownership").args["share"])


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Ye Win Htut’s son Aung Ko Lin owns it.", "son"),
        ("Ye Win Htut and his wife Aung Ko Lin own it.", "wife"),
        ("Aung Ko Lin is the sister of Ye Win Htut.", "sister"),
        ("General Ye Win Htut’s daughter, Daw Aung Ko Lin, owns it.", "daughter"),
    ],
)
def test_families(text, relation):
    claim = only(text, "family")
    assert claim.args == {"person": "Ye Win Htut", "relative": "Aung Ko Lin", "relation": relation}


def test_meetings():
    claim = only("Olena Marchuk met General Ivan Petrov in Geneva in June 2021.", "meeting")
    assert claim.args["participants"] == ["Olena Marchuk", "Ivan Petrov"]
    assert (claim.args["place"], claim.start) == ("Geneva", "2021-06")


def test_payments():
    claim = only(f"{GROUP} paid US$3 million to {TRADING} in 2022.", "payment")
    assert claim.args == {"payer": GROUP, "beneficiary": TRADING, "amount": "US$3 million"}
    assert claim.start == "2022"


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} has a long partnership with {TRADING}.",
        f"{GROUP} is a partner of {TRADING}.",
        f"The joint venture between {GROUP} and {TRADING} failed.",
        f"{GROUP} partnered with {TRADING}.",
    ],
)
def test_partnerships(text):
    found = claims(text, "partnership")
    assert [set(claim.args["parties"]) for claim in found] == [{GROUP, TRADING}]


@pytest.mark.parametrize(
    ("text", "kind", "stance"),
    [
        (f"{GROUP} will supply drones to {TRADING}.", "supply", "planned"),
        (f"{GROUP} plans to supply drones to {TRADING}.", "supply", "planned"),
        (f"{GROUP} has not supplied drones to {TRADING}.", "supply", "denied"),
        (f"{GROUP} must stop supplying drones to {TRADING}.", "supply", "asserted"),
        (f"{GROUP} must not supply drones to {TRADING}.", "supply", "called_for"),
        (f"{GROUP} does not own {TRADING}.", "ownership", "denied"),
        (f"{GROUP} may own {TRADING}.", "ownership", None),
    ],
)
def test_stances(text, kind, stance):
    assert [claim.stance.value for claim in claims(text, kind)] == ([stance] if stance else [])


def test_names_side_by_side_are_no_claim():
    assert claims(f"{GROUP} and {TRADING} are in Yangon, near the house of Ye Win Htut.") == []
