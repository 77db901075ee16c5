"""Words, sentences, strips, ticks and the network picture."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finemesh.model.claim import ARGS, Claim, ClaimType
from finemesh.model.designation import GLYPHS, Designation, State
from finemesh.model.evidence import Evidence
from finemesh.reports.shown import speech, words
from finemesh.reports.shown.layout import NAME_WIDTH, Layout, text_width, wrap
from finemesh.web.links import address
from finemesh.web.notes import Notes
from finemesh.web.shown import ticks
from finemesh.web.shown.strip import WIDTH, strip

DAY = date(2024, 1, 1)


def _claim(kind: ClaimType, **args) -> Claim:
    entities = args.pop("entities", {})
    return Claim("doc", kind, "quote", {**dict.fromkeys(ARGS[kind]), **args}, (0, 5), entities=entities)


def _said(claim: Claim) -> str:
    return "".join(part.text for part in speech.sentence(claim))


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (_claim(ClaimType.DESIGNATION, authority="EU", target="X", measure="arms embargo"), "EU designates X (arms embargo)"),
        (_claim(ClaimType.ROLE, holder="A", role="chair", organisation="B", counterpart="C"), "A is chair of B for C"),
        (_claim(ClaimType.SUPPLY, supplier="A", recipient="B", goods="fuel", via="C", value="$1"),
         "A supplies fuel to B through C, worth $1"),
        (_claim(ClaimType.OWNERSHIP, owner="A", asset="B", share="51%"), "A owns 51% of B"),
        (_claim(ClaimType.FAMILY, person="A", relative="B", relation="son"), "B is son of A"),
        (_claim(ClaimType.MEETING, participants=["A", "B", "C"], event="visit", place="Yangon"), "A, B and C meet: visit, Yangon"),
        (_claim(ClaimType.PAYMENT, payer="A", beneficiary="B", amount="$2"), "A pays $2 to B"),
        (_claim(ClaimType.PARTNERSHIP, parties=["A", "B"]), "A and B are partners"),
    ],
)  # fmt: skip
def test_claims_are_sentences(claim, text):
    assert _said(claim) == text


@given(st.sampled_from(list(ClaimType)), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_sentence_names_every_party_whatever_is_missing(kind, data):
    value = st.none() | st.text("abc", min_size=1) | st.lists(st.text("abc", min_size=1), max_size=3)
    args = {arg: data.draw(value) for arg in ARGS[kind]}
    entities = {
        arg: data.draw(st.none() | st.just("id") | st.lists(st.none() | st.just("id"), max_size=4)) for arg in args
    }
    claim = _claim(kind, **args, entities=entities)
    text = _said(claim)
    assert all(name in text for _, name in claim.parties())


def test_speakers_and_dates_in_words():
    assert speech.said("A", "B") == "says A, relayed by B"
    assert speech.said(None, "B") == speech.said("b", "B").replace("b", "B") == "says B"
    assert speech.said(None, "", "file.txt") == "says file.txt"
    assert speech.when("2021", None) == "since 2021" and speech.when(None, "2021") == "until 2021"
    assert speech.when("2021", "2022-03") == "2021 to 2022-03"
    assert speech.when("2021-02-01", None, ClaimType.MEETING) == "on 2021-02-01"
    assert speech.when("2021-02", None, ClaimType.PAYMENT) == "in 2021-02"


def test_every_state_has_a_glyph_and_a_class():
    assert set(words.STATE_CLASS) == set(GLYPHS) == set(State)


def test_words():
    assert words.property_label("birthDate") == "Date of birth" and words.property_label("fooBarBaz") == "Foo bar baz"
    assert words.counted("Person", 2) == "2 people" and words.counted("Company", 2) == "2 companies"
    assert words.country_name("mm") == "Myanmar" and words.country_name("qq") == "QQ"
    assert words.short("one two three four", 12) == "one two…" and words.short("x" * 20, 10) == "x" * 9 + "…"


def _designation(
    code: str, start: str = "", end: str = "", first: str = "2021-07", last: str = "2023-06"
) -> Designation:
    return Designation(f"{code}{start}", "t", code, code.lower(), designated=start, delisted=end, first_seen=first, last_seen=last)  # fmt: skip


def test_strip_places_bars_within_its_frame_and_tells_them_apart():
    found = strip(
        [_designation("US"), _designation("EU", "2022-02-21"), _designation("UK", "2021-09", "2023-01-31")],
        ("UN", "US", "UK", "EU"),
        {"us": "2024-05", "eu": "2023-06"},
        DAY,
        date(2024, 6, 1),
    )
    assert [code for code, _, _ in found.rows] == ["US", "UK", "EU"]
    us, uk, eu = (bars[0] for _, _, bars in found.rows)
    assert not us.sure_start and not us.open and "last in the snapshot of 2023-06" in us.text
    assert uk.sure_start and uk.sure_end and not uk.open
    assert eu.open and not eu.sure_end
    assert all(b.x >= 0 and b.x + b.width <= WIDTH for _, _, bars in found.rows for b in bars)
    assert found.as_of and strip([], (), {}, DAY, DAY) is None


def test_ticks_stand_on_the_days_of_change():
    changes = ticks.dates([_designation("EU", "2022-02-21"), _designation("UK", "2021-09", "2023-01-31")])
    assert sorted(changes) == [date(2021, 9, 30), date(2022, 2, 21), date(2023, 1, 31)]
    line = ticks.scale(changes, date(2022, 1, 1), DAY)
    assert (line.before, line.after) == (date(2021, 9, 30), date(2022, 2, 21))
    assert all(0 <= t.x <= 100 for t in line.ticks) and 0 < line.position < line.length
    bare = ticks.scale({}, DAY, DAY)
    assert bare.ticks == () and bare.before is None and bare.length > 300


@given(st.text(max_size=200))
def test_names_fit_their_width(name):
    lines = wrap(name)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= NAME_WIDTH + 2 for line in lines)


@st.composite
def graphs(draw):
    size = draw(st.integers(2, 24))
    ids = [f"n{i}" for i in range(size)]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=40))
    bonds = {}
    for a, b in pairs:
        if a != b:
            count = draw(st.integers(1, 3))
            bonds[a, b] = bonds[b, a] = count
    return ids, bonds, draw(st.permutations(ids))


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_growing_moves_nothing_and_nothing_stands_on_anything(graph):
    ids, bonds, order = graph
    names = {id: f"A company of the name {id} and a long one at that" for id in ids}
    before: dict = {}
    layout = Layout(names, bonds, bonds)
    for id in order[:6]:
        layout.open(id)
        assert all(layout.places[k] == place for k, place in before.items())
        before = dict(layout.places)
    again = Layout(dict(reversed(names.items())), bonds, bonds)
    for id in order[:6]:
        again.open(id)
    assert again.places == layout.places
    places = sorted(layout.places.values(), key=lambda p: (p.x, p.y))
    for one, two in itertools.pairwise(places):
        assert one.x != two.x or two.y - one.y >= 24


def test_notes_number_evidence_in_order_and_once():
    notes = Notes(lambda path, **params: address(path, params))
    one, two = Evidence("a" * 64, "a.csv", "row=1", "<q>"), Evidence("b" * 64, "b.csv", "row=2", "q")
    first, again, second = notes.mark(one, 'the "fact"'), notes.mark(one), notes.mark([two, one])
    assert ">1</a>" in first and ">1</a>" in again and ">2</a>" in second
    assert "&#34;fact&#34;" in first and first.count("at=") == 1 and second.count("at=") == 2
    assert [n.number for n in notes] == [1, 2] and len(notes) == 2
    assert "<a" not in notes.mark(())
