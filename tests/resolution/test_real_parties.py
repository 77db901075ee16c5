"""Parties of the official lists, checked by hand: twenty that are one each, and families of names that are kept apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from finemesh.case import Case

pytestmark = [pytest.mark.real, pytest.mark.slow]

_EU = "eu-oj-32013r0401-iv-"
TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "parties_table.yml").read_text(encoding="utf-8"))
IDENTIFIERS = ("birthDate", "passportNumber", "idNumber", "registrationNumber")


@pytest.fixture(scope="module")
def parties(real_case: Case) -> dict[str, str]:
    """The party of each entry."""
    return {r["entity"]: r["cluster"] for r in real_case.reader.rows("SELECT entity, cluster FROM entities")}


def test_the_table_holds_twenty_parties_of_three_lists_or_more():
    assert len(TABLE) >= 20
    assert all(len({entry[1] for entry in row["entries"]}) >= 3 for row in TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["party"])
def test_a_party_on_three_lists_is_one_row(parties, row):
    found = {parties[entry[0]] for entry in row["entries"]}
    assert len(found) == 1
    others = {entry[0] for other in TABLE if other is not row for entry in other["entries"]}
    assert not found & {parties[id] for id in others}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["party"])
def test_each_entry_says_of_itself_what_the_table_says(real_case, row):
    for id, dataset, reference, fact in row["entries"]:
        found = real_case.reader.rows(
            "SELECT prop, value FROM statements WHERE dataset = $dataset AND (entity = $id OR entity IN"
            " (SELECT entity FROM statements WHERE dataset = $dataset AND prop = 'entity' AND value = $id))",
            {"dataset": dataset, "id": id},
        )
        assert reference in {r["value"] for r in found if r["prop"] == "authorityId"}, id
        assert not fact or fact in {r["value"] for r in found if r["prop"] in IDENTIFIERS}, id


FAMILIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "Soe Win": (
        ("ofac-27226", "gb-hmt-13898", "ca-sema-mm-part-2-47", "au-dfat-7318", _EU + "a-17-person"),
        ("ofac-41188", "ca-sema-mm-part-2-104"),  # Win Min Soe, 1969
    ),
    "Min Aung": (
        ("ofac-27225", "gb-hmt-13897", "ca-sema-mm-part-2-46", "au-dfat-7317", _EU + "a-15-person"),  # Min Aung Hlaing
        ("ofac-40516", "ca-sema-mm-part-2-106"),  # Aung Min, 1962
        (_EU + "a-94-person",),  # Aung Kyaw Min, 1958
    ),
    "Maung Maung": (
        ("ofac-45820", "ca-sema-mm-part-2-96", _EU + "a-89-person"),  # Aye
        ("ofac-31172", "gb-hmt-14060", "ca-sema-mm-part-2-55", "au-dfat-7324", _EU + "a-23-person"),  # Kyaw
        ("ca-sema-mm-part-2-105",),  # Naing
        ("ca-sema-mm-part-2-79", _EU + "a-47-person"),  # Ohn
        ("ofac-23278", "gb-hmt-13682", "ca-sema-mm-part-2-40", "au-dfat-3598", _EU + "a-2-person"),  # Soe
    ),
    "Zaw Min": (
        ("ca-sema-mm-part-2-16",),  # born 1949
        ("ofac-45819",),  # born 1970; the EU's, of the same year, waits for a person
        ("ofac-44659", "gb-hmt-15716"),  # Zaw Min Tun, director, born 2001
        ("ca-sema-mm-part-2-78", _EU + "a-43-person"),  # Zaw Min Tun, listed by the EU in 2022
    ),
}  # fmt: skip
"""Everybody on the six lists whose name has these words: the entries of each person, told apart by hand."""


@pytest.mark.parametrize("family", FAMILIES)
def test_families_of_names_are_kept_apart(parties, family):
    people = FAMILIES[family]
    for entries in people:
        assert len({parties[id] for id in entries}) == 1, entries
    assert len({parties[entries[0]] for entries in people}) == len(people)


def test_the_two_aung_moe_myints_are_two_and_only_one_is_british(parties):
    """The member of the election commission (2022-02-21) and the director of Dynasty (2022-11-08)."""
    commissioner, director = parties[_EU + "a-49-person"], parties[_EU + "a-83-person"]
    assert commissioner != director
    assert parties["gb-hmt-15045"] == parties["ofac-39216"] == director
