"""Pairs that resemble each other: typing errors are proposed, sure pairs are joined, rivals make a question."""

from __future__ import annotations

from functools import partial

import pytest
from tests.resolution.records import record

from finemesh.build.parties import index_parties
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.model.entity import EntityRecord
from finemesh.resolution.alike import find_alike
from finemesh.resolution.clusters import Resolution, gather, settle


@pytest.fixture
def resolved(tmp_path):
    """Resolves records with an index of their own."""

    def run(*records: EntityRecord) -> Resolution:
        build_index(index_parties(records), tmp_path / "index")
        return settle(gather(records, partial(find_alike, Index.open(tmp_path / "index"))))

    return run


def test_a_typing_error_is_proposed_with_a_reason(resolved):
    found = resolved(
        record("us-1", "us_ofac_sdn", "TANCHON COMMERICAL BANK", schema="Company"),
        record("un-1", "un_sc", "Tanchon Commercial Bank", schema="Company"),
        record("un-2", "un_sc", "Korea Ryonbong General Corporation", schema="Company"),
    )
    assert [(p.left, p.right) for p in found.doubts] == [("un-1", "us-1")]
    assert "COMMERICAL" in found.doubts[0].reason and 0.7 <= found.doubts[0].score < 1
    assert len(set(found.clusters.values())) == 3


def test_a_transliteration_with_one_birth_date_is_joined(resolved):
    found = resolved(
        record("us-1", "us_ofac_sdn", "Yevgeny Sergeyevich MOSKVICHEV", birthDate="1957-09-28"),
        record("eu-1", "eu_fsf", "Evgeny Sergeevich Moskvichev", birthDate="1957-09-28"),
    )
    assert len(set(found.clusters.values())) == 1
    assert "same date (1957-09-28)" in found.pairs[0].reason


def test_without_a_fact_beside_the_name_a_person_decides(resolved):
    found = resolved(
        record("us-1", "us_ofac_sdn", "Yevgeny Sergeyevich MOSKVICHEV"),
        record("eu-1", "eu_fsf", "Evgeny Sergeevich Moskvichev"),
    )
    assert len(set(found.clusters.values())) == 2 and len(found.doubts) == 1


def test_a_rival_makes_it_a_question(resolved):
    """Two brothers of one list, and a third record that resembles both."""
    found = resolved(
        record("us-1", "us_ofac_sdn", "Yevgeny Sergeyevich MOSKVICHEV", birthDate="1957-09-28"),
        record("us-2", "us_ofac_sdn", "Yevgeni Sergeyevich MOSKVITCHEV", birthDate="1957-09-28"),
        record("eu-1", "eu_fsf", "Evgeny Sergeevich Moskvichev", birthDate="1957-09-28"),
    )
    assert len(set(found.clusters.values())) == 3
    assert {frozenset((p.left, p.right)) for p in found.doubts} == {
        frozenset(("us-1", "eu-1")),
        frozenset(("us-2", "eu-1")),
    }


def test_what_contradicts_is_not_proposed(resolved):
    found = resolved(
        record("us-1", "us_ofac_sdn", "Yevgeny Sergeyevich MOSKVICHEV", birthDate="1957-09-28"),
        record("eu-1", "eu_fsf", "Evgeny Sergeevich Moskvichev", birthDate="1981-01-02"),
    )
    assert len(set(found.clusters.values())) == 2 and not found.doubts


def test_the_order_of_records_plays_no_part(resolved):
    records = [
        record("us-1", "us_ofac_sdn", "TANCHON COMMERICAL BANK", schema="Company"),
        record("un-1", "un_sc", "Tanchon Commercial Bank", schema="Company"),
        record("eu-1", "eu_fsf", "Tanchon Comercial Bank", schema="Company"),
        record("us-2", "us_ofac_sdn", "Yevgeny Sergeyevich MOSKVICHEV", birthDate="1957-09-28"),
        record("eu-2", "eu_fsf", "Evgeny Sergeevich Moskvichev", birthDate="1957-09-28"),
    ]
    first, second = resolved(*records), resolved(*reversed(records))
    assert first == second
