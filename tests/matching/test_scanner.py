"""Names in running text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.matching.party import Name, Party
from finemesh.matching.scanner import Scanner

PARTIES = [
    Party("mah", "Person", "Min Aung Hlaing", (Name("Min Aung Hlaing"), Name("မင်းအောင်လှိုင်", "alias"))),
    Party("tz", "Person", "Tay Za", (Name("Tay Za"), Name("Teza", "weak"))),
    Party("vp", "Person", "Путин Владимир", (Name("Владимир Путин"),)),
    Party("moge", "Company", "Myanma Oil and Gas Enterprise", (Name("Myanma Oil and Gas Enterprise"), Name("MOGE", "weak"))),
    Party("isil", "Organization", "Islamic State", (Name("Islamic State in Iraq and the Levant"), Name("ISIL", "weak"))),
    Party("hope", "Vessel", "HOPE", (Name("HOPE"),)),
    Party("obrien", "Person", "Conor O'Brien", (Name("Conor O'Brien"),)),
]  # fmt: skip


@pytest.fixture(scope="module")
def scanner():
    return Scanner.of(PARTIES)


def found(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.party_ids[0]) for h in scanner.scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("General Min Aung Hlaing said so.", [("Min Aung Hlaing", "mah")]),
        ("Min Aung Hlaing's family", [("Min Aung Hlaing", "mah")]),
        ("Min Aung Hlaing’s family", [("Min Aung Hlaing", "mah")]),
        ("MIN AUNG HLAING", [("MIN AUNG HLAING", "mah")]),
        ("by Min Aung\nHlaing and", [("Min Aung\nHlaing", "mah")]),
        ("by Min  Aung \r\n Hlaing and", [("Min  Aung \r\n Hlaing", "mah")]),
        ("ဗိုလ်ချုပ်မှူးကြီး မင်းအောင်လှိုင် က", [("မင်းအောင်လှိုင်", "mah")]),
        ("Встреча с Владимиром Путиным.", [("Владимиром Путиным", "vp")]),
        ("Tay Za's Htoo Group", [("Tay Za", "tz")]),
        ("Conor O’Brien's ship", [("Conor O’Brien", "obrien")]),
        ("Myanma Oil and Gas Enterprise (MOGE)", [("Myanma Oil and Gas Enterprise", "moge"), ("MOGE", "moge")]),
    ],
)
def test_names_are_found_where_they_stand(scanner, text, expected):
    assert found(scanner, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "There is hope for the best.",
        "Min Aung. Hlaing is a township.",
        "Min Aung\n\nHlaing",
        "aminaung hlaingx",
        "\x00\x01 \ud800 ���",
    ],
)
def test_nothing_is_found_where_nothing_is(scanner, text):
    assert found(scanner, text) == []


def test_the_longer_name_wins():
    parties = [
        Party("a", "Company", "x", (Name("Htoo Group"),)),
        Party("b", "Company", "y", (Name("Htoo Group of Companies"),)),
    ]
    assert found(Scanner.of(parties), "the Htoo Group of Companies in Yangon") == [("Htoo Group of Companies", "b")]


def test_a_longer_name_that_the_text_breaks_off_leaves_the_shorter_one():
    scanner = Scanner.of(
        [Party("bank", "Company", "Bank of Ayar", (Name("Bank of Ayar"), Name("Bank of Ayar Trading Enterprise")))]
    )
    assert found(scanner, "They own the Bank of Ayar") == [("Bank of Ayar", "bank")]
    assert found(scanner, "They own the Bank of Ayar Trading") == [("Bank of Ayar", "bank")]


def test_everybody_of_a_name_is_given():
    parties = [Party(i, "Person", "Aung Moe Myint", (Name("Aung Moe Myint"),)) for i in ("b", "a")]
    (hit,) = Scanner.of(parties).scan("He met Aung Moe Myint.")
    assert hit.party_ids == ("a", "b")


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_places_are_exact_in_any_surroundings(before, after):
    scanner = Scanner.of(PARTIES[:1])
    text = f"{before}. Min Aung Hlaing. {after}"
    hits = [h for h in scanner.scan(text) if h.start == len(before) + 2]
    assert [text[h.start : h.end] for h in hits] == ["Min Aung Hlaing"]
    spans = [(h.start, h.end) for h in scanner.scan(text)]
    assert spans == sorted(spans)
    assert all(0 <= s < e <= len(text) for s, e in spans)


def test_a_long_text_without_spaces(scanner):
    assert found(scanner, "a" * 200_000) == []
    assert found(scanner, "မ" * 20_000) == []
