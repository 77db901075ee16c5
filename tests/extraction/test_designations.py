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


@pytest.mark.parametrize("bullet", ["- ", "• ", "1. ", ""])
def test_a_list_under_a_heading(bullet):
    items = ("Ye Win Htut, minister of trade", "General Khin Lay Mon", f"{TRADING} Limited")
    text = "Individuals sanctioned by Canada on 7 March 2021:\n" + "\n".join(bullet + item for item in items)
    found = claims(f"{text}\nOlena Marchuk spoke. The firm left.", "designation")
    assert [c.args["target"] for c in found] == ["Ye Win Htut", "Khin Lay Mon", f"{TRADING} Limited"]
    assert {(c.args["authority"], c.start) for c in found} == {("Canada", "2021-03-07")}
    assert found[0].quote == items[0]


@pytest.mark.parametrize("verb", ["are", "include"])
def test_those_sanctioned_are(verb):
    assert sanctioned(f"Those sanctioned by Canada {verb} Ye Win Htut and Khin Lay Mon.") == {
        ("Canada", "Ye Win Htut"),
        ("Canada", "Khin Lay Mon"),
    }


def test_states_that_sanction_do_not_own():
    text = f"It bought parts from {GROUP}, a US, UK and Canadian sanctioned state-owned enterprise."
    assert sanctioned(text) == {("US", GROUP), ("UK", GROUP), ("Canada", GROUP)}
    assert claims(text, "ownership") == []


def test_both_before_the_verb_and_earlier_sanctions():
    text = f"Canada and the UK both sanctioned {GROUP}, following earlier sanctions by the EU."
    assert sanctioned(text) == {("Canada", GROUP), ("UK", GROUP), ("EU", GROUP)}


def test_what_was_done_lies_before_the_publication():
    (claim,) = claims(f"Canada sanctioned {GROUP} on March 7.", "designation")
    assert claim.start == "2023-03-07"
    (claim,) = claims(f"Canada sanctioned {GROUP} on February 7.", "designation")
    assert claim.start == "2024-02-07"


@pytest.mark.parametrize(
    "text",
    [
        f"{GROUP} and {TRADING} sold radar. Neither has been sanctioned by the EU.",
        f"{GROUP} and {TRADING} sold radar.\nNone of them has been sanctioned by the EU.",
        f"Neither {GROUP} nor {TRADING} has been sanctioned by the EU.",
        f"{GROUP} and {TRADING} sold radar. Neither company is on the EU sanctions list.",
    ],
)
def test_neither_and_none(text):
    assert sanctioned(text, "denied") == {("EU", GROUP), ("EU", TRADING)}
    assert sanctioned(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"Of {GROUP} and {TRADING}, only {GROUP} has been sanctioned by the EU.",
        f"{GROUP} and {TRADING} sold radar. Only {GROUP} has been sanctioned by the EU.",
    ],
)
def test_only_one_means_not_the_others(text):
    assert sanctioned(text) == {("EU", GROUP)}
    assert sanctioned(text, "denied") == {("EU", TRADING)}


def test_only_without_others_named_denies_nothing():
    assert sanctioned(f"Of the five brokers, only {GROUP} has been sanctioned by the EU.", "denied") == set()


@pytest.mark.parametrize(
    "text",
    [
        f"The EU has yet to sanction {GROUP}.",
        f"No sanctions have been imposed on {GROUP} by the EU.",
        f"{GROUP} is not on the EU sanctions list.",
        f"{GROUP} remains unsanctioned by the EU.",
        f"The UK has sanctioned {GROUP}, but the EU has not.",
        f"While {GROUP} has been sanctioned by the UK, the EU has not followed suit.",
    ],
)
def test_more_denials(text):
    assert sanctioned(text, "denied") == {("EU", GROUP)}


def test_not_only_is_no_denial():
    text = f"The EU has not only sanctioned {GROUP} but also {TRADING}."
    assert sanctioned(text) == {("EU", GROUP), ("EU", TRADING)}
