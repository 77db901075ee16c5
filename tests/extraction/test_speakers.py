"""Who says what."""

import pytest
from tests.extraction.reading import claims

FACT = "Harbour Light Group owns Stone Gate Trading"


def speaker(text):
    (claim,) = claims(text, "ownership")
    return claim.speaker


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"{FACT}.", None),
        (f"“{FACT},” said Olena Marchuk.", "Olena Marchuk"),
        (f"Spokesperson Olena Marchuk said: “{FACT}.”", "Olena Marchuk"),
        (f"According to the Panel of Experts, {FACT}.", "Panel of Experts"),
        (f"{FACT}, according to the Panel of Experts.", "Panel of Experts"),
        (f"A report by the Panel of Experts says that {FACT}.", "Panel of Experts"),
        (f"Olena Marchuk said that {FACT}.", "Olena Marchuk"),
    ],
)
def test_the_speaker(text, who):
    assert speaker(text) == who


def test_speech_that_goes_over_paragraphs_has_one_speaker():
    text = f"Olena Marchuk says: “We have followed these companies for years.\n“{FACT}.\n“This has to end.”"
    assert speaker(text) == "Olena Marchuk"


def test_what_follows_the_speech_is_the_authors():
    text = f"“We have followed these companies for years,” said Olena Marchuk.\n{FACT}."
    assert speaker(text) is None


def test_a_short_quotation_is_no_speech():
    assert speaker("The “Harbour Light Group” owns Stone Gate Trading.") is None


def test_a_quotation_that_is_never_closed_ends_somewhere():
    text = f"Olena Marchuk said: “This goes on and on and has no end.\n{'Words stand here.' * 3}\n" * 60 + f"{FACT}."
    assert len(claims(text, "ownership")) == 1


def test_what_was_exposed_by_somebody_is_said_by_them():
    text = "Stone Gate Trading’s business with the Belarus Army has been exposed by the Fair Metals Council."
    found = claims(text, "partnership")
    assert [claim.speaker for claim in found] == ["Fair Metals Council"]


def test_data_of_nobody_say_nothing():
    found = claims("Data show that Belarus sold ten drones to Stone Gate Trading.", "supply")
    assert [claim.speaker for claim in found] == [None]
