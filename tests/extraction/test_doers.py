"""Who sanctions, where it is not said beside the verb."""

import pytest
from tests.extraction.reading import claims, sanctioned

from finemesh.extraction.analysis import analyse
from finemesh.extraction.nearby import nearest_states, stance_nearby
from finemesh.model.claim import Stance

GROUP = "Harbour Light Group"


@pytest.mark.parametrize(
    ("text", "stance", "pairs"),
    [
        (f"No country has sanctioned {GROUP}.", "denied", {("international community", GROUP)}),
        (f"{GROUP} is not sanctioned in any jurisdiction.", "denied", {("international community", GROUP)}),
        (f"Canada should join the EU in sanctioning {GROUP}.", "asserted", {("EU", GROUP)}),
        (f"The report wrongly stated that {GROUP} is not sanctioned by Canada.", "denied", set()),
        (f"We welcome Canada’s decision to sanction {GROUP}.", "asserted", {("Canada", GROUP)}),
        (f"Japan is the first country to impose sanctions on {GROUP}.", "asserted", {("Japan", GROUP)}),
    ],
)
def test_who_sanctions_and_who_does_not(text, stance, pairs):
    assert sanctioned(text, stance) == pairs


def test_a_fact_told_again_without_its_day_is_one_claim():
    text = f"Canada sanctioned {GROUP} on April 1, 2021. {GROUP} has an office. {GROUP} is sanctioned by Canada."
    assert [(c.args["target"], c.start) for c in claims(text, "designation")] == [(GROUP, "2021-04-01")]


def test_a_letter_turns_to_the_state_in_its_title():
    text = f"Open letter to the Japanese foreign minister | Some Group\nWe ask you to sanction {GROUP}.\n"
    assert sanctioned(text, "called_for") == {("Japan", GROUP)}


@pytest.mark.parametrize(
    ("text", "states", "stance"),
    [
        ("Canada must act and, at last, sanctions", ["Canada"], Stance.CALLED_FOR),
        ("Canada did not act on sanctions", ["Canada"], Stance.DENIED),
        ("The firm in Canada could fear sanctions", [], None),
        ("We ask whether Canada wants sanctions", [], Stance.ASSERTED),
    ],
)
def test_the_nearest_states_and_how_it_is_put(text, states, stance):
    parse = analyse(text, None).sentences[0].parse
    start = text.index("sanctions")
    found = [m.name.name for np in nearest_states(parse, start) for m in np.each() if m.name is not None]
    assert (found, stance_nearby(parse, start)) == (states, stance)
