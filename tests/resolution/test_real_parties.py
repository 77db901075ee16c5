"""Parties of the official lists, checked by hand: twenty that are one each, and families of names that are kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.case import Case

pytestmark = [pytest.mark.real, pytest.mark.slow]

LISTS = (
    "us_ofac_sdn/2024-05-03",
    "gb_hmt/2025-04-14",
    "ca_sema/2025-05",
    "au_dfat/2026-08",
    "un_sc/2026-08-01",
    "eu_journal/2026-08/consolidated/32013R0401.csv",
    "eu_journal/2026-08/consolidated/32017R1509.csv",
)
_EU = "eu-oj-32013r0401-iv-"
ONE_EACH: dict[str, tuple[str, ...]] = {
    "Kim Sok Chol": (
        "unsc-6908568", "ofac-17622", "gb-hmt-13421", "au-dfat-3206", "eu-oj-32017r1509-xiii-a-36-person",
    ),
    "Khin Maung Soe": ("ofac-24810", "gb-hmt-13689", "ca-sema-mm-part-2-43", "au-dfat-3601", _EU + "a-5-person"),
    "Min Aung Hlaing": (
        "ofac-27225", "gb-hmt-13897", "ca-sema-mm-part-2-46", "ca-sema-jvcfor-80", "au-dfat-7317", _EU + "a-15-person",
    ),
    "Moe Myint Tun": ("ofac-31171", "gb-hmt-14062", "ca-sema-mm-part-2-56", "au-dfat-7320", _EU + "a-24-person"),
    "Tin Aung San": ("ofac-31133", "gb-hmt-14059", "ca-sema-mm-part-2-52", "au-dfat-7322", _EU + "a-40-person"),
    "Soe Htut": ("ofac-31129", "gb-hmt-14056", "ca-sema-mm-part-2-49", "au-dfat-7325", _EU + "a-36-person"),
    "Thein Nyunt": ("ofac-31758", "ca-sema-mm-part-2-61", "au-dfat-7327", _EU + "a-27-person"),
    "Mahn Nyein Maung": ("ofac-31773", "ca-sema-mm-part-2-60", "au-dfat-7328", _EU + "a-26-person"),
    "Saw Daniel": ("ofac-32231", "ca-sema-mm-part-2-67", "au-dfat-7329", _EU + "a-33-person"),
    "Sai Lone Saing": ("ofac-31941", "au-dfat-7330", _EU + "a-32-person"),
    "MEHL": ("ofac-31517", "gb-hmt-14080", "au-dfat-7334", _EU + "b-1-legalentity"),
    "Asia Sun Group": ("ofac-41316", "gb-hmt-16622", "ca-sema-mm-part-1-63", "au-dfat-7835"),
    "Sky Aviator": ("ofac-39689", "gb-hmt-15404", "ca-sema-mm-part-1-67", _EU + "b-18-legalentity"),
    "Htoo Group": ("ofac-35765", "gb-hmt-14140", "ca-sema-mm-part-1-8", _EU + "b-7-legalentity"),
    "Tay Za": ("ofac-34663", "gb-hmt-14139", "ca-sema-mm-part-2-31", _EU + "a-82-person"),
    "Aung Kyaw Zaw": ("ofac-24808", "gb-hmt-13681", "ca-sema-mm-part-2-39", "au-dfat-3597", _EU + "a-1-person"),
    "Maung Maung Soe": ("ofac-23278", "gb-hmt-13682", "ca-sema-mm-part-2-40", "au-dfat-3598", _EU + "a-2-person"),
    "Than Oo": ("ofac-27223", "gb-hmt-13684", "ca-sema-mm-part-2-41", "au-dfat-3600", _EU + "a-3-person"),
    "Soe Win": ("ofac-27226", "gb-hmt-13898", "ca-sema-mm-part-2-47", "au-dfat-7318", _EU + "a-17-person"),
    "Mya Tun Oo": ("ofac-31131", "gb-hmt-14058", "ca-sema-mm-part-2-51", "au-dfat-7321", _EU + "a-20-person"),
    "Aung Lin Dwe": ("ofac-31137", "gb-hmt-14061", "ca-sema-mm-part-2-53", "au-dfat-7323"),
    "Maung Maung Kyaw": ("ofac-31172", "gb-hmt-14060", "ca-sema-mm-part-2-55", "au-dfat-7324", _EU + "a-23-person"),
}  # fmt: skip
"""Name to entries of three lists or more; names, birth dates and functions were compared entry by entry."""


@pytest.fixture(scope="module")
def parties(shared: Path, tmp_path_factory) -> dict[str, str]:
    """The party of each entry of six lists."""
    case = Case.init(tmp_path_factory.mktemp("real") / "case")
    for part in LISTS:
        case.add([shared / "data" / "lists" / part])
    case.build()
    return {r["entity"]: r["cluster"] for r in case.reader.rows("SELECT entity, cluster FROM entities")}


@pytest.mark.parametrize("name", ONE_EACH)
def test_a_party_on_three_lists_is_one_row(parties, name):
    found = {parties[id] for id in ONE_EACH[name]}
    assert len(found) == 1
    others = {id for other, ids in ONE_EACH.items() if other != name for id in ids}
    assert not found & {parties[id] for id in others}


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Min Aung and Aung Min", ("ofac-27225", "ofac-40516")),
        ("Maung Maung", ("ofac-23278", "ofac-31172", "ofac-45820", "ca-sema-mm-part-2-79", "ca-sema-mm-part-2-105")),
        ("Zaw Min, Zaw Min Tun", ("ofac-45819", "ofac-44659")),
    ],
)
def test_families_of_names_are_kept_apart(parties, name, ids):
    assert len({parties[id] for id in ids}) == len(ids), name


def test_the_two_aung_moe_myints_are_two_and_only_one_is_british(parties):
    """The member of the election commission (2022-02-21) and the director of Dynasty (2022-11-08)."""
    commissioner, director = parties[_EU + "a-49-person"], parties[_EU + "a-83-person"]
    assert commissioner != director
    assert parties["gb-hmt-15045"] == parties["ofac-39216"] == director
