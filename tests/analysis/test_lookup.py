"""The small questions of pages."""

from __future__ import annotations

from datetime import date

import pytest

from finemesh.model.designation import State
from finemesh.model.errors import UserError

DAY = date(2022, 9, 22)
HTOO = "ofac-35765"


def test_documents_by_id_name_and_hash(small_case):
    found = small_case.look.documents("note-on-brokers")[0]
    assert "Mega Hill General Trading" in found.text and found.info.characters == len(found.text)
    assert small_case.look.documents("note-on-brokers.txt")[0].info == found.info
    assert small_case.look.documents(found.info.sha256[:12])[0].text == found.text
    with pytest.raises(UserError):
        small_case.look.documents("no-such-note")


def test_standing_is_told_for_many_without_evidence(small_case):
    rows = small_case.look.standing([HTOO, "ofac-27225", "nobody"], DAY)
    assert set(rows) == {HTOO, "ofac-27225"}
    cell = rows[HTOO].cells["US"]
    assert cell.state is State.LISTED_UNDATED and not cell.evidence
    assert small_case.look.standing([HTOO], date(2021, 9, 1))[HTOO].cells["US"].state is not State.LISTED_UNDATED


def test_coverage_of_found_parties_keeps_words_and_score(small_case):
    party, _ = small_case.find(HTOO)
    rows = small_case.look.coverage([("as asked", party, 0.7), ("nobody", None, 0.0)], ("US", "EU"), DAY)
    assert [(r.query, r.match) for r in rows] == [("as asked", 0.7), ("nobody", 0.0)]
    assert list(rows[0].cells) == ["US", "EU"] and rows[0].cells["US"].evidence


def test_designations_with_their_proof(small_case):
    found = small_case.look.designations([HTOO, "nobody"])
    assert set(found) == {HTOO} and {d.programme for d in found[HTOO]} == {"BURMA-EO14014"}
    proof = small_case.look.proof(found[HTOO])
    assert all(any(e.quote == "HTOO GROUP OF COMPANIES" for e in items) for items in proof.values())


def test_what_rests_on_a_place(small_case):
    value = next(v for v in small_case.entity(HTOO).values if v.prop == "weakAlias")
    place = value.evidence[0]
    stated = small_case.look.stated_at(place.sha256, place.locator)
    assert [(s.party.id, s.prop, s.value, s.quote) for s in stated] == [(HTOO, "weakAlias", "HCG", "HCG")]
    fields = small_case.look.record(place.sha256, [place.locator])
    assert {f.name for f in fields} >= {"SDN_Name", "Program", "Remarks"}
    assert [text for f in fields for text, here in f.cuts() if here] == ["HCG"]
    assert small_case.look.stated_at(place.sha256, "row=999;col=1") == []


def test_a_designation_is_told_of_its_target(small_case):
    designation = small_case.look.designations([HTOO])[HTOO][0]
    proof = small_case.look.proof([designation])[designation.id, designation.dataset]
    programme = next(e for e in proof if e.quote == "BURMA-EO14014")
    stated = small_case.look.stated_at(programme.sha256, programme.locator)
    assert any(s.schema == "Sanction" and s.party and s.party.id == HTOO for s in stated)


def test_sources_come_with_the_latest_first(small_case):
    sources = small_case.look.sources()
    assert {s.dataset for s in sources} >= {"us_ofac_sdn", "documents"}
    assert [s.retrieved for s in sources] == sorted((s.retrieved for s in sources), reverse=True)


def test_mentioned_parties_come_with_the_most_mentioned_first(small_case):
    found = small_case.look.mentioned(10)
    assert [m.documents for m in found] == sorted((m.documents for m in found), reverse=True)
    assert HTOO in {member for m in found for member in m.party.members}


def test_names_of_a_document(small_case):
    assert "Htoo Group of Companies" in small_case.look.names_in("note-on-brokers")
