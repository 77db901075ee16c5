"""Decisions in a case: they take effect at once, survive rebuilds, can be undone, joined and never silently broken."""

from __future__ import annotations

import shutil

import pytest
from tests.namesakes import make_namesakes

from finemesh.analysis.entity import Value
from finemesh.analysis.review import ReviewFilter, differences
from finemesh.case import Case
from finemesh.model.errors import ConflictError, DataError, UserError

TAY_ZA, HTOO, MAH = "ofac-34663", "ofac-35765", "ofac-27225"


@pytest.fixture
def case(small_case, tmp_path) -> Case:
    """A copy of the small case, to be changed."""
    shutil.copytree(small_case.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


def parties(case: Case) -> dict[str, str]:
    return {r["entity"]: r["cluster"] for r in case.reader.rows("SELECT entity, cluster FROM entities")}


def tables(case: Case) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(case.folder.derived.glob("*.parquet"))}


def test_a_decision_takes_effect_at_once_and_undo_restores_every_byte(case):
    before = tables(case)
    outcome = case.decide(TAY_ZA, HTOO, "same", note="for the test", who="ann")
    assert outcome.settled and outcome.decisions[0].number == 1
    profile = case.entity(HTOO)
    assert set(profile.party.members) == {TAY_ZA, HTOO}
    assert "judged the same by ann" in profile.reasons[0][2] and "for the test" in profile.reasons[0][2]
    assert case.undo(1).settled
    assert tables(case) == before


def test_decisions_survive_a_rebuild_from_nothing(case):
    case.decide(TAY_ZA, HTOO, "same")
    case.decide(TAY_ZA, MAH, "not-same")
    before = tables(case)
    case.close()
    shutil.rmtree(case.folder.derived)
    case.build(jobs=1)
    assert tables(case) == before
    assert [d.value for d in case.decisions()] == ["same", "not-same"]


def test_a_build_with_new_decisions_only_settles_the_parties(case):
    case.decide(TAY_ZA, HTOO, "same", settle=False)
    assert parties(case)[TAY_ZA] != parties(case)[HTOO]
    report = case.build(jobs=1)
    assert not report.unchanged and report.read == 0
    assert parties(case)[TAY_ZA] == parties(case)[HTOO]
    assert case.build(jobs=1).unchanged


def test_while_another_process_writes_a_decision_is_kept_and_follows_later(case):
    with case.folder.lock("test"):
        outcome = case.decide(TAY_ZA, HTOO, "same")
    assert not outcome.settled and len(case.decisions()) == 1
    assert case.settle()
    assert parties(case)[TAY_ZA] == parties(case)[HTOO]


def test_a_party_that_only_documents_name_is_joined_by_decision(case):
    other = next(id for id in parties(case) if id.startswith("doc-"))
    case.decide(other, HTOO, "same")
    assert parties(case)[other] == HTOO
    assert other in case.entity(HTOO).party.members


# -- names in documents -----------------------------------------------------------------------------------

AT_MEGA = "Naing Naing Htet is the chairman of Mega Hill General Trading.\n"
AT_GREAT = "Naing Naing Htet is the director of Great Land Company Limited.\n"


@pytest.fixture
def reports(case, tmp_path) -> Case:
    """The small case with two reports that name somebody alike, whom no list knows."""
    for name, text in (("report-a", AT_MEGA), ("report-b", AT_GREAT)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        case.add([tmp_path / f"{name}.txt"])
    case.build(jobs=1)
    return case


def holder(case: Case, doc: str) -> str:
    """The entity that holds the role in a document."""
    (claim,) = [c.claim for c in case.claims([doc]) if c.claim.type == "role"]
    return claim.entities["holder"]


def test_two_people_of_one_name_in_two_documents_can_be_kept_apart(reports):
    before = tables(reports)
    assert holder(reports, "report-a") == holder(reports, "report-b")
    reports.decide("Naing Naing Htet@report-a", "Naing Naing Htet@report-b", "not-same", note="two ages")
    ours, theirs = holder(reports, "report-a"), holder(reports, "report-b")
    assert parties(reports)[ours] != parties(reports)[theirs]
    assert {c.claim.doc for c in reports.entity(theirs).claims} == {"report-b"}
    assert {c.claim.doc for c in reports.entity(ours).claims} == {"report-a"}
    apart = tables(reports)
    reports.close()
    shutil.rmtree(reports.folder.derived)
    reports.build(jobs=1)
    assert tables(reports) == apart
    reports.undo(1)
    assert tables(reports) == before


def test_a_person_says_that_a_name_of_a_document_is_not_the_listed_one(reports):
    before = tables(reports)
    mentioned = [m.entity for m in reports.mentions(["note-on-brokers"]) if getattr(m, "text", "") == "Tay Za"]
    assert mentioned and set(mentioned) == {TAY_ZA}
    reports.decide("Tay Za@note-on-brokers", TAY_ZA, "not-same")
    (record,) = {m.entity for m in reports.mentions(["note-on-brokers"]) if getattr(m, "text", "") == "Tay Za"}
    assert parties(reports)[record] == record and "@note-on-brokers" in record
    assert holder(reports, "note-on-brokers") == record
    assert any(m.entity == TAY_ZA for m in reports.mentions(["army-and-friends"]) if hasattr(m, "entity"))
    reports.decide(record, MAH, "same")
    assert parties(reports)[record] == MAH
    reports.undo(2)
    reports.undo(1)
    assert tables(reports) == before


def test_a_name_that_no_list_knows_is_joined_in_one_document_only(reports):
    reports.decide("Naing Naing Htet@report-b", MAH, "same", note="an alias")
    assert parties(reports)[holder(reports, "report-b")] == MAH
    assert parties(reports)[holder(reports, "report-a")] != MAH


def test_a_contradiction_is_asked_about_and_nothing_is_written(case):
    case.decide(TAY_ZA, HTOO, "same")
    case.decide(HTOO, MAH, "same")
    with pytest.raises(ConflictError, match=r"decision 2 .*, 1 .*now"):
        case.decide(TAY_ZA, MAH, "not-same", who="ben")
    assert len(case.decisions()) == 2 and not case.conflicts()
    case.decide(TAY_ZA, MAH, "not-same", who="ben", anyway=True)
    assert len(case.conflicts()) == 1
    assert parties(case)[TAY_ZA] != parties(case)[MAH]


@pytest.mark.parametrize(
    ("left", "right", "value"),
    [("nobody", HTOO, "same"), (HTOO, HTOO, "same"), (HTOO, MAH, "perhaps")],
)
def test_what_cannot_be_decided_is_said(case, left, right, value):
    with pytest.raises(UserError):
        case.decide(left, right, value)
    assert case.decisions() == []


def test_undo_of_what_is_not_there_is_said(case):
    with pytest.raises(UserError, match="no such decision"):
        case.undo(7)
    case.decide(TAY_ZA, HTOO, "unsure")
    case.undo(1)
    with pytest.raises(UserError, match="taken back already"):
        case.undo(1)


def test_two_people_join_their_logs_either_way_round(case, tmp_path):
    shutil.copytree(case.folder.root, tmp_path / "other")
    other = Case.open(tmp_path / "other")
    case.decide(TAY_ZA, HTOO, "same", who="ann")
    other.decide(TAY_ZA, HTOO, "not-same", who="ben")
    other.decide(HTOO, MAH, "not-same", who="ben")
    joined = case.merge_decisions(other.folder.root)
    assert len(joined.added) == 2 and len(joined.conflicts) == 1 and joined.settled
    assert not case.merge_decisions(other.folder.decisions).added
    other.merge_decisions(case.folder.root)
    assert {d.id for d in case.decisions()} == {d.id for d in other.decisions()}
    assert parties(case) == parties(other)
    assert parties(case)[TAY_ZA] != parties(case)[HTOO]


def test_joining_with_what_is_no_log_changes_nothing(case, tmp_path):
    with pytest.raises(UserError):
        case.merge_decisions(tmp_path / "nowhere")
    broken = tmp_path / "decisions.db"
    broken.write_bytes(b"not a database at all" * 300)
    with pytest.raises(DataError):
        case.merge_decisions(broken)
    assert case.decisions() == []


# -- the queue --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory) -> Case:
    """A case of four names with two pairs each to decide. Tests must not change it."""
    return make_namesakes(tmp_path_factory.mktemp("namesakes"), 4)


@pytest.fixture
def doubtful(namesakes, tmp_path) -> Case:
    """A copy of it, to be changed."""
    shutil.copytree(namesakes.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


def test_the_queue_tells_why_and_an_answer_shortens_it_before_and_after_settling(doubtful):
    queue = doubtful.review(ReviewFilter())
    assert queue.waiting == len(queue.proposals) == 8
    assert all(p.reason.startswith("same name: ") for p in queue.proposals)
    assert [p.gain for p in queue.proposals] == sorted((p.gain for p in queue.proposals), reverse=True)
    doubtful.decide("seco-0", "fsf-0", "same", settle=False)
    assert doubtful.review(ReviewFilter()).waiting == 7
    doubtful.settle()
    assert doubtful.review(ReviewFilter()).waiting == 6  # the other man of that list is no longer asked about
    doubtful.decide("seco-1", "fsf-1", "unsure", settle=False)
    assert doubtful.review(ReviewFilter()).waiting == 5


def test_a_filtered_queue_is_accepted_in_one_go(doubtful):
    wanted = ReviewFilter(schema="Person", country="mm", dataset="ch_seco", reason="zaw naing lwin")
    found = doubtful.review(wanted).proposals
    assert {p.right for p in found} | {p.left for p in found} == {"seco-1", "fsf-1", "fsf-1-2"}
    with pytest.raises(ConflictError):  # both at once would make one of two men that are kept apart
        doubtful.decide("fsf-1", "fsf-1-2", "not-same")
        doubtful.decide_all([(p.left, p.right) for p in found], "same")
    assert len(doubtful.decisions()) == 1
    outcome = doubtful.decide_all([("fsf-0", "seco-0"), ("fsf-2", "seco-2")], "same", note="by birth year")
    assert [d.note for d in outcome.decisions] == ["by birth year"] * 2
    assert not doubtful.review(ReviewFilter(schema="Vessel")).proposals
    assert not doubtful.review(ReviewFilter(low=0.9)).proposals


def test_differences_are_marked():
    def values(*pairs: tuple[str, str]) -> list[Value]:
        return [Value(prop, value, "", ("eu_fsf",), "2024", "2024", ()) for prop, value in pairs]

    left = values(("name", "Zaw Min"), ("birthDate", "1949-01-10"), ("gender", "male"))
    right = values(("name", "ZAW MIN"), ("birthDate", "1975"), ("country", "mm"))
    found = {d.prop: d.verdict for d in differences(left, right)}
    assert found == {"name": "same", "birthDate": "different", "gender": "one side", "country": "one side"}


def test_the_queue_of_a_case_without_doubts_is_empty(case):
    queue = case.review(ReviewFilter())
    assert queue.waiting == 0 and queue.proposals == ()
