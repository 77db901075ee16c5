"""What the log says now: undo, later answers, conflicts; the order of the log plays no part."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolution.records import record

from finemesh.model.decision import Decision
from finemesh.resolution.clusters import Resolution, resolve
from finemesh.resolution.judgements import in_force, judged, new_conflicts


def judgement(number: int, left: str, right: str, value: str, who: str = "ann") -> Decision:
    return Decision(f"d{number}", number, "judgement", left, right, value, who, f"2026-01-01T00:00:00.{number:06}", "")


def undo(number: int, of: int) -> Decision:
    return Decision(f"d{number}", number, "undo", f"d{of}", "", "", "ann", f"2026-01-01T00:00:00.{number:06}", "")


def test_an_undo_takes_back_and_an_undo_of_it_brings_back():
    log = [judgement(1, "a", "b", "same"), undo(2, 1)]
    assert [d.number for d in in_force(log)] == [2]
    assert not judged(log).same
    assert [d.number for d in judged([*log, undo(3, 2)]).same] == [1]


def test_a_persons_later_answer_takes_the_place_of_the_earlier_and_undo_brings_it_back():
    log = [judgement(1, "a", "b", "same"), judgement(2, "b", "a", "not-same")]
    assert not judged(log).same and ("a", "b") in judged(log).apart and not judged(log).conflicts
    assert [d.number for d in judged([*log, undo(3, 2)]).same] == [1]


def test_two_people_who_disagree_are_a_conflict_and_the_pair_stays_apart():
    log = [judgement(1, "a", "b", "same"), judgement(2, "a", "b", "not-same", "ben")]
    found = judged(log)
    assert not found.same and len(found.conflicts) == 1
    assert [d.number for d in found.conflicts[0].same] == [1]
    assert [d.number for d in found.conflicts[0].apart] == [2]
    assert "ann" in found.conflicts[0].text and "ben" in found.conflicts[0].text


def test_a_chain_over_a_pair_that_is_kept_apart_is_a_conflict_with_the_chain():
    log = [judgement(1, "a", "b", "same"), judgement(2, "b", "c", "same"), judgement(3, "a", "c", "not-same", "ben")]
    found = judged(log)
    assert [d.number for d in found.conflicts[0].same] == [1, 2]
    assert [d.number for d in found.same] == [1]
    assert len(new_conflicts(log[:2], log[2:])) == 1
    assert not new_conflicts(log, [judgement(4, "x", "y", "same")])


def test_unsure_is_no_conflict_and_leaves_the_queue():
    found = judged([judgement(1, "a", "b", "same"), judgement(2, "a", "b", "unsure", "ben")])
    assert [d.number for d in found.same] == [1] and not found.conflicts
    assert ("a", "b") in judged([judgement(1, "b", "a", "unsure")]).seen


# -- decisions in clusters --------------------------------------------------------------------------------

_RECORDS = [
    record("un-1", "un_sc", "Zaw Min", birthDate="1949-01-10"),
    record("gb-1", "gb_hmt", "Zaw Min", birthDate="1949-01-10"),
    record("gb-2", "gb_hmt", "Zaw Min", birthDate="1975-01-01"),
    record("eu-1", "eu_fsf", "U Zaw Min"),
    record("au-1", "au_dfat", "Zaw Min Oo"),
    record("us-1", "us_ofac_sdn", "Tay Za"),
    record("ca-1", "ca_sema", "Tay Za"),
]


def test_same_joins_whatever_contradicts_and_says_so():
    found = resolve(_RECORDS, [judgement(1, "gb-1", "gb-2", "same")])
    assert found.clusters["gb-1"] == found.clusters["gb-2"] == found.clusters["un-1"]
    reason = next(p.reason for p in found.pairs if {p.left, p.right} == {"gb-1", "gb-2"})
    assert "ann" in reason and "decision 1" in reason and "two entries of one list" in reason


def test_not_same_is_respected_across_clusters():
    assert resolve(_RECORDS).clusters["us-1"] == resolve(_RECORDS).clusters["ca-1"]
    apart = judgement(1, "us-1", "ca-1", "not-same")
    third = record("nz-1", "nz_russia", "U Tay Za")
    found = resolve([*_RECORDS, third], [apart])
    assert found.clusters["us-1"] != found.clusters["ca-1"]
    joined = resolve([*_RECORDS, third], [apart, judgement(2, "nz-1", "ca-1", "same")])
    assert joined.clusters["nz-1"] == joined.clusters["ca-1"] != joined.clusters["us-1"]
    assert not any({p.left, p.right} == {"nz-1", "us-1"} for p in joined.doubts)


def test_what_a_person_joined_speaks_as_one():
    """After the two birth dates are judged one person's, a record with either of them may join."""
    more = record("ca-2", "ca_sema", "Zaw Min", birthDate="1975-01-01")
    found = resolve([*_RECORDS, more], [judgement(1, "un-1", "ca-2", "same")])
    assert found.clusters["ca-2"] == found.clusters["gb-1"]


def test_an_answered_pair_leaves_the_queue():
    waiting = {(p.left, p.right) for p in resolve(_RECORDS).doubts}
    assert ("eu-1", "gb-2") in waiting
    for value in ("same", "not-same", "unsure"):
        found = resolve(_RECORDS, [judgement(1, "eu-1", "gb-2", value)])
        assert ("eu-1", "gb-2") not in {(p.left, p.right) for p in found.doubts}


def test_decisions_about_what_is_not_loaded_wait():
    found = resolve(_RECORDS, [judgement(1, "us-1", "gone", "same"), judgement(2, "gone", "ca-1", "not-same")])
    assert "gone" not in found.clusters
    assert found.clusters["us-1"] == found.clusters["ca-1"]


def test_a_newer_snapshot_does_not_rename_a_party():
    before = resolve(_RECORDS).clusters
    new = record("aa-0", "nz_russia", "Tay Za")
    new.first_seen = "2026-06-01"
    after = resolve([*_RECORDS, new]).clusters
    assert after["aa-0"] == before["us-1"]
    assert {id: after[id] for id in before} == before


@st.composite
def _logs(draw: st.DrawFn) -> list[Decision]:
    ids = [r.id for r in _RECORDS]
    log: list[Decision] = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        if log and draw(st.integers(0, 3)) == 0:
            log.append(undo(number, draw(st.integers(1, len(log)))))
            continue
        left, right = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
        value = draw(st.sampled_from(("same", "not-same", "unsure")))
        log.append(judgement(number, left, right, value, draw(st.sampled_from(("ann", "ben")))))
    return log


def _same(first: Resolution, second: Resolution) -> bool:
    return (first.clusters, first.pairs, first.doubts, first.conflicts) == (
        second.clusters,
        second.pairs,
        second.doubts,
        second.conflicts,
    )


@settings(max_examples=200, deadline=None)
@given(_logs(), st.randoms(use_true_random=False))
def test_the_order_of_the_log_and_of_the_records_plays_no_part(log, random):
    shuffled, records = list(log), list(_RECORDS)
    random.shuffle(shuffled)
    random.shuffle(records)
    assert _same(resolve(_RECORDS, log), resolve(records, shuffled))


@settings(max_examples=200, deadline=None)
@given(_logs(), st.sampled_from(("same", "not-same", "unsure")))
def test_undo_restores_what_was_before_exactly(log, value):
    number = len(log) + 1
    before = resolve(_RECORDS, log)
    more = [*log, judgement(number, "au-1", "us-1", value)]
    assert _same(before, resolve(_RECORDS, [*more, undo(number + 1, number)]))


@settings(max_examples=200, deadline=None)
@given(_logs())
def test_not_same_is_never_broken(log):
    clusters = resolve(_RECORDS, log).clusters
    for left, right in judged(log).apart:
        assert clusters[left] != clusters[right]
