"""Who has sanctioned whom, who has not, and who is asked to."""

import pytest
from tests.extraction.reading import claims, sanctioned

GROUP, TRADING = "Harbour Light Group", "Stone Gate Trading"


def test_every_authority_with_every_target():
    text = f"Canada, the UK and the US have sanctioned {GROUP} and its director, Ye Win Htut."
    assert sanctioned(text) == {(a, t) for a in ("Canada", "UK", "US") for t in (GROUP, "Ye Win Htut")}


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} has been sanctioned by the EU.",
        f"The European Union blacklisted {GROUP} last year.",
        f"EU sanctions on {GROUP} came late.",
        f"The EU imposed sanctions on {GROUP}.",
        f"{GROUP} is under EU sanctions.",
        f"The EU placed {GROUP} on its sanctions list.",
        f"The EU-sanctioned company {GROUP} sold parts.",
        f"The EU announced sanctions targeting {GROUP}.",
    ],
)
def test_ways_of_saying_that_somebody_is_sanctioned(text):
    assert sanctioned(text) == {("EU", GROUP)}


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} has not been sanctioned by the EU.",
        f"{GROUP} has never been designated by the EU.",
        f"The EU hasn’t sanctioned {GROUP}.",
        f"The EU has failed to sanction {GROUP}.",
        f"The EU has refused to impose sanctions on {GROUP}.",
        f"{GROUP} has so far escaped EU sanctions.",
    ],
)
def test_denials(text):
    assert sanctioned(text, "denied") == {("EU", GROUP)}
    assert sanctioned(text) == set()


def test_but_not():
    text = f"{GROUP} has been sanctioned by the UK but not by the EU."
    assert sanctioned(text) == {("UK", GROUP)}
    assert sanctioned(text, "denied") == {("EU", GROUP)}


@pytest.mark.parametrize(
    "text",
    [
        f"We call on Japan to sanction {GROUP}.",
        f"Japan must sanction {GROUP}.",
        f"We urge Japan to impose sanctions on {GROUP}.",
        f"Activists demand that Japan sanction {GROUP}.",
        f"We call on Japan to:\n- Impose sanctions on {GROUP}\n- Act now",
    ],
)
def test_calls(text):
    assert sanctioned(text, "called_for") == {("Japan", GROUP)}
    assert sanctioned(text) == set()


def test_plans():
    assert sanctioned(f"Canada plans to sanction {GROUP}.", "planned") == {("Canada", GROUP)}


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} has been sanctioned.",
        f"The EU could sanction {GROUP}.",
        f"If the EU sanctions {GROUP}, it will help.",
        f"{GROUP} met the EU in Brussels.",
        f"{GROUP} was sanctioned by the US, UK and/or Canada.",
    ],
)
def test_what_says_nothing_sure(text):
    assert sanctioned(text) == set()


def test_the_date_and_the_measure():
    (claim,) = claims(f"Switzerland imposed an arms embargo on Belarus in May 2021 ({GROUP}).", "designation")
    assert (claim.args["measure"], claim.start) == ("arms embargo", "2021-05")
    (claim,) = claims(f"{GROUP} was sanctioned by the UK on 3 March 2022.", "designation")
    assert (claim.start, claim.end) == ("2022-03-03", None)


def test_short_forms_and_the_company_are_who_they_stand_for():
    text = f"{GROUP} (HLG) sold radar.\nHLG was sanctioned by the UK.\nThe company was not sanctioned by the EU."
    assert sanctioned(text) == {("UK", GROUP)}
    assert sanctioned(text, "denied") == {("EU", GROUP)}


def test_its_director_and_surnames():
    text = f"{GROUP} is a broker.\nIts director, Ye Win Htut, was sanctioned by the UK.\nHtut was sanctioned by Canada."
    assert sanctioned(text) == {("UK", "Ye Win Htut"), ("Canada", "Ye Win Htut")}


def test_a_repeated_fact_is_one_claim():
    sentence = f"{GROUP} was sanctioned by the UK.\n"
    assert len(claims(sentence * 3, "designation")) == 1
