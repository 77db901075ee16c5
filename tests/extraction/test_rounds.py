"""The day of a round of sanctions is given to what is told of the round, and to nothing else."""

from tests.extraction.reading import claims

HEADLINE = "Canada and Japan sanction river traders | River Watch\n\n"
LEAD = (
    "River Watch welcomes the latest round of sanctions on the Navarian junta, coordinated between Canada and Japan.\n"
    "The sanctions, announced on 27 February, are a first step.\n"
)


def days(text, published="2024-03-01"):
    """(authority, target) to the start of each designation of a text."""
    return {
        (claim.args["authority"], claim.args["target"]): claim.start
        for claim in claims(text, "designation", published)
        if claim.stance.value == "asserted"
    }


def test_a_day_that_is_told_once_holds_for_the_list():
    text = HEADLINE + LEAD + "Stone Gate Trading and Ye Win Htut: Both were sanctioned by Canada.\n"
    found = days(text)
    assert found[("Canada", "Stone Gate Trading")] == "2024-02-27"
    assert found[("Canada", "Ye Win Htut")] == "2024-02-27"


def test_what_was_before_keeps_no_day():
    text = (
        HEADLINE
        + LEAD
        + (
            "Stone Gate Trading was previously sanctioned by Canada. Harbour Light Group had been sanctioned by Japan.\n"
            "Blue Reef Limited has been sanctioned by Japan. Grey Ford Limited is sanctioned by Canada.\n"
        )
    )
    found = days(text)
    assert len(found) >= 4
    assert {target: day for (_, target), day in found.items() if "junta" not in target} == {
        "Stone Gate Trading": None,
        "Harbour Light Group": None,
        "Blue Reef Limited": None,
        "Grey Ford Limited": None,
    }


def test_each_authority_has_its_own_day():
    text = (
        "On February 24, Canada sanctioned Stone Gate Trading. On February 26, Japan sanctioned Blue Reef Limited.\n"
        "Japan also sanctioned Ye Win Htut, and Canada sanctioned Grey Ford Limited. The UK sanctioned Red Sand Limited."
    )
    found = days(text)
    assert found[("Japan", "Ye Win Htut")] == "2024-02-26"
    assert found[("Canada", "Grey Ford Limited")] == "2024-02-24"
    assert found[("UK", "Red Sand Limited")] is None


def test_a_day_long_ago_is_no_round():
    text = "On 3 May 2019, Canada sanctioned Stone Gate Trading. Canada sanctioned Ye Win Htut."
    assert days(text)[("Canada", "Ye Win Htut")] is None


def test_without_the_day_of_publication_no_round_is_known():
    text = "On 27 February 2024, Canada sanctioned Stone Gate Trading. Canada sanctioned Ye Win Htut."
    assert days(text, None) == {("Canada", "Stone Gate Trading"): "2024-02-27", ("Canada", "Ye Win Htut"): None}


def test_the_body_is_quoted_where_the_headline_says_the_same():
    text = "Canada sanctions Stone Gate Trading | River Watch\nLast week Canada sanctioned Stone Gate Trading.\n"
    quotes = [claim.quote for claim in claims(text, "designation")]
    assert quotes == ["Last week Canada sanctioned Stone Gate Trading."]


def test_a_list_with_parts_and_names_at_the_end_of_its_lines():
    text = (
        "Those sanctioned by Canada on 7 February:\nEntities\nMinistry of Stones\nIndividuals\n"
        "Junta deputy minister for transport and communications Brigadier General Ye Win Htut\n"
        "Deputy planning minister Khin Lay Mon\nMore information:\nThe Belarus junta met."
    )
    assert {target: day for (_, target), day in days(text).items()} == {
        "Ministry of Stones": "2024-02-07",
        "Ye Win Htut": "2024-02-07",
        "Khin Lay Mon": "2024-02-07",
    }
    roles = {(c.args["holder"], c.args["role"]) for c in claims(text, "role")}
    assert ("Ye Win Htut", "deputy minister for transport and communications") in roles
