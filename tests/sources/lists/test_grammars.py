"""The small grammars that the list readers share, on values that real lists print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.sources.lists.countries import countries
from finemesh.sources.lists.names import names_in
from finemesh.sources.lists.papers import number_in, number_property
from finemesh.sources.lists.prose import date_spans, numbered
from finemesh.sources.raw.cell import Cell


def cell(text: str) -> Cell:
    return Cell(text, "row=1;col=1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1) Saudi Arabia 2) Qatar", [("Saudi Arabia", "sa"), ("Qatar", "qa")]),
        ("Afghanistan (since 2009)", [("Afghanistan (since 2009)", "af")]),
        ("Myanmar/Burma", [("Myanmar/Burma", "mm")]),
        ("Possibly Ethiopian", [("Possibly Ethiopian", "et")]),
        ("Ukrainian and Russian", [("Ukrainian", "ua"), ("Russian", "ru")]),
        ("Russia;Ukraine", [("Russia", "ru"), ("Ukraine", "ua")]),
        ("Bosnia and Herzegovina", [("Bosnia and Herzegovina", "ba")]),
        ("Former USSR Currently Uzbekistan", [("Former USSR", "suhh"), ("Uzbekistan", "uz")]),
        ("stateless", []),
        ("Tartous", [("Tartous", None)]),
    ],
)
def test_countries(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(part.text, code) for part, code in countries(cell(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a) Mullah b) Haji", ["Mullah", "Haji"]),
        ("(1) Kabul (2) na (3) Herat", ["Kabul", "Herat"]),
        ("i) one ii) two iii) three iv) four", ["one", "two", "three", "four"]),
        ("The Haqqani (network) group", ["The Haqqani (network) group"]),
        ("b) not the beginning of a list", ["b) not the beginning of a list"]),
        ("-", []),
    ],
)
def test_numbered(text: str, expected: list[str]) -> None:
    assert [part.text for part in numbered(cell(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Approximately 1963, 30/01/1972", [("1963",), ("1972-01-30",)]),
        ("1901-1990", [("1901", "1990")]),
        ("1955-1958", [("1955", "1956", "1957", "1958")]),
        ("circa 1960s", [tuple(str(y) for y in range(1960, 1970))]),
        ("00/05/1964", [("1964-05",)]),
        ("31.02.1970", [()]),
        ("16 Sep. 1968", [("1968-09-16",)]),
        ("December 1973", [("1973-12",)]),
        ("1362 (solar calendar)", []),
    ],
)
def test_dates_in_prose(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [values for _, _, values in date_spans(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vladimir PUTIN", [("name", "Vladimir PUTIN")]),
        (
            "Andrey TROSHEV (a.k.a. Andrei TROSHEV) Андрей ТРОШЕВ",
            [("name", "Andrey TROSHEV"), ("alias", "Andrei TROSHEV"), ("name", "Андрей ТРОШЕВ")],
        ),
        (
            "Simon (Salomon) TOKOLONGA",
            [("name", "Simon TOKOLONGA"), ("alias", "Salomon TOKOLONGA")],
        ),
        ("Al-Haq, Amin", [("name", "Amin Al-Haq")]),
        ("Brigadier General Firas QADDOUR", [("title", "Brigadier General"), ("name", "Firas QADDOUR")]),
        ("Imad ZUREIQ Emad ZURAIQ", [("name", "Imad ZUREIQ"), ("alias", "Emad ZURAIQ")]),
    ],
)
def test_names_of_people(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(n.kind, n.value) for n in names_in(cell(text), person=True)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosneft (Iran) LLC", [("name", "Rosneft (Iran) LLC")]),
        ("ООО «Пример»", [("name", "ООО «Пример»")]),
        ("Example Bank (formerly Old Example Bank)", [("name", "Example Bank"), ("previousName", "Old Example Bank")]),
    ],
)
def test_names_of_organisations(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(n.kind, n.value) for n in names_in(cell(text), person=False)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport No: 592667 (Qatari passport issued on 3 May 2007)", "592667"),
        ("12/YAKANA(N)006981", "12/YAKANA(N)006981"),
        ("issued on 21.6.1992 in Amman", None),
        ("no number", None),
    ],
)
def test_number_in_prose(text: str, expected: str | None) -> None:
    found = number_in(cell(text))
    assert (found.text if found else None) == expected


def test_the_kind_of_a_number_decides_its_property() -> None:
    kinds = ["INN", "Pasaporte", "Tax Registration Number", "SWIFT/BIC", "National identification number"]
    found = [number_property("Company", k) for k in kinds]
    assert found == ["innCode", "idNumber", "taxNumber", "swiftBic", "idNumber"]
    assert number_property("Person", "Pasaporte") == "passportNumber"


@given(st.text(max_size=80))
def test_whatever_is_cut_stands_in_the_text(text: str) -> None:
    whole = cell(text)
    cuts = [part for part, _ in countries(whole)] + numbered(whole)
    cuts += [n.cell for person in (True, False) for n in names_in(whole, person=person)]
    assert all(part.text in text for part in cuts)
    assert all(0 <= start < end <= len(text) for start, end, _ in date_spans(text))
