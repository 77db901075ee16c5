"""The examples beside the patterns are tests, and the files say what is wrong with them."""

import pytest

from finemesh.extraction.claims import read_claims
from finemesh.extraction.frames import frame_set, stance_words, word_lists
from finemesh.model.claim import CORE, ClaimType, Stance
from finemesh.model.errors import DataError

EXAMPLES = [
    pytest.param(frame, example, id=f"{frame.type.value}/{frame.name}: {example.text[:40]}")
    for frame in frame_set().frames
    for example in frame.examples
]
OF_CLAIM = ("speaker", "start", "end")


def says(wanted, claim):
    wanted = {"stance": "asserted", **wanted}
    if wanted.pop("stance") != claim.stance.value:
        return False
    return all((getattr(claim, key) if key in OF_CLAIM else claim.args.get(key)) == wanted[key] for key in wanted)


@pytest.mark.parametrize(("frame", "example"), EXAMPLES)
def test_example(frame, example):
    found = [c for c in read_claims("doc", example.text, example.published) if c.type is frame.type]
    shown = [(c.args, c.stance.value, c.speaker, c.start) for c in found]
    assert len(found) == len(example.claims), shown
    for wanted in example.claims:
        assert any(says(wanted, claim) for claim in found), (wanted, shown)


def test_every_pattern_has_an_example_that_it_reads():
    for frame in frame_set().frames:
        assert frame.about and frame.examples, f"{frame.type.value}/{frame.name}"


def test_every_type_has_patterns():
    assert {frame.type for frame in frame_set().frames} == set(ClaimType)
    assert set(CORE) == set(ClaimType)


def test_word_lists_and_stances_are_lower_case_words():
    assert {"measure", "goods", "kin", "role_noun"} <= set(word_lists())
    assert {"called_for", "planned", "denied", "dropped", "existing", "ending", "done"} == set(stance_words())
    assert {Stance(s) for s in stance_words() if s not in ("dropped", "existing", "ending", "done")} < set(Stance)
    for entries in word_lists().values():
        assert entries and all(entry == entry.lower().strip() for entry in entries)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"name": "x", "verbs": "sell", "args": {"colour": "subject"}}, "has no arg 'colour'"),
        ({"name": "x", "verbs": "sell", "args": {}}, "needs verbs or nouns"),
        ({"name": "x", "verb": "sell", "args": {"supplier": "subject"}}, "unknown or missing keys"),
        ({"verbs": "sell", "args": {"supplier": "subject"}}, "unknown or missing keys"),
        ({"name": "x", "nouns": "@nothing", "args": {"supplier": "subject"}}, "unknown word list"),
    ],
)
def test_a_pattern_that_is_written_wrongly_is_told(raw, message):
    from finemesh.extraction.frames import _frame

    with pytest.raises(DataError, match=message):
        _frame(ClaimType.SUPPLY, raw, "supply.yml")
