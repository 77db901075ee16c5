"""Which names of documents are linked to listed parties, and which stay their own."""

from __future__ import annotations

import pytest

from finemesh.build.linking import Linker
from finemesh.matching.index import Index
from finemesh.matching.index_build import build_index
from finemesh.matching.party import Name, Party


@pytest.fixture
def linker(tmp_path) -> Linker:
    names = {
        "vessel": ("Vessel", "Mitzel"),
        "htoo": ("Company", "Htoo Group of Companies"),
        "moge": ("Company", "MOGE"),
    }
    build_index([Party(id, schema, name, (Name(name),)) for id, (schema, name) in names.items()], tmp_path)
    return Linker(Index.open(tmp_path))


def test_a_name_of_one_word_must_be_the_name(linker):
    assert linker.name("MOGE", None)[0] == "moge"
    assert linker.name("Mytel", None) == ("", 0.0)


def test_a_longer_name_may_be_written_otherwise(linker):
    assert linker.name("Htoo Group of Company", None)[0] == "htoo"


def test_a_party_that_no_list_knows_has_an_id_of_its_own(linker):
    claim = {"type": "ownership", "args": {"owner": "Htoo Group of Companies", "asset": "Mytel"}}
    linked = linker.claim(claim)
    assert linked["owner"] == "htoo"
    assert linked["asset"].startswith("doc-")
    assert (linked["asset"], "Mytel") in linker.unlisted()


def test_a_name_found_in_the_text_means_one_of_those_who_bear_it(linker):
    mention = {"type": "organization", "text": "MOGE", "known": ["htoo"], "known_score": 0.9}
    assert linker.mention(mention) == ("htoo", 0.9)  # the place says more than the spelling
    assert linker.mention({**mention, "known": ["htoo", "moge"]})[0] == "moge"
    assert linker.mention({"type": "organization", "text": "Myanma Oil"}) == ("", 0.0)
    assert linker.mention({"type": "rank", "text": "MOGE", "known": ["moge"], "known_score": 0.9}) == ("", 0.0)
