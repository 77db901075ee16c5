"""Claims are accepted, rejected and corrected; it holds at once, survives a rebuild, and can be taken back."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

import pytest

from finemesh.case import Case
from finemesh.model.claim import Stance
from finemesh.model.decision import Answer
from finemesh.model.errors import UserError


@pytest.fixture
def case(small_case, tmp_path) -> Case:
    """A copy of the small case, to be changed."""
    shutil.copytree(small_case.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


def claim(case: Case, kind: str, **args: str):
    return next(
        c
        for c in case.claims()
        if c.claim.type.value == kind and all(c.claim.args.get(name) == value for name, value in args.items())
    )


def test_a_rejected_claim_is_left_out_of_every_answer(case):
    listed = claim(case, "designation", target="Htoo Group of Companies")
    role = claim(case, "role", holder="Tay Za")
    assert any(v.claim.id == listed.id for v in case.check("note-on-brokers"))
    assert case.network(["ofac-34663"]).bonds
    told = {t.claim for b in case.network(["ofac-34663"]).bonds for t in b.ties}
    assert role.id in told
    case.reject(listed.id[:8], role.id, who="ann", note="misread")
    assert all(v.claim.id != listed.id for v in case.check("note-on-brokers"))
    assert role.id not in {t.claim for b in case.network(["ofac-34663"]).bonds for t in b.ties}
    assert role.id not in {c.id for c in case.entity("ofac-34663").claims}
    again = {c.id: c for c in case.claims()}
    assert again[role.id].answer is Answer.REJECTED
    assert again[role.id].as_json()["decision"]["note"] == "misread"


def test_decisions_survive_a_rebuild_and_are_taken_back(case):
    role = claim(case, "role", holder="Tay Za")
    (decision,) = case.accept(role.id)
    case.close()
    shutil.rmtree(case.folder.derived)
    case.build(jobs=1)
    assert claim(case, "role", holder="Tay Za").accepted
    assert case.undo(decision.number).settled
    assert claim(case, "role", holder="Tay Za").answer is None


def test_a_decision_about_a_claim_does_not_settle_parties_anew(case):
    before = (case.folder.derived / "build.json").read_bytes()
    case.accept(claim(case, "role", holder="Tay Za").id)
    case.undo(1)
    assert case.settle()
    assert (case.folder.derived / "build.json").read_bytes() == before


def test_a_correction_is_linked_and_checked_again(case):
    wrong = claim(case, "designation", target="Mega Hill General Trading")
    assert wrong.claim.stance is Stance.DENIED
    case.correct(wrong.id, {"target": "Tay Za", "stance": "asserted", "start": "2022-03"}, who="ann")
    now = next(c for c in case.claims() if c.id == wrong.id)
    assert (now.claim.args["target"], now.claim.stance, now.claim.start) == ("Tay Za", Stance.ASSERTED, "2022-03")
    assert now.claim.entities == {"target": "ofac-34663"}
    assert now.claim.quote == wrong.claim.quote
    (verdict,) = [v for v in case.check("note-on-brokers") if v.claim.id == wrong.id]
    assert (verdict.verdict, verdict.target.id) == ("confirmed", case.facts.parties(["ofac-34663"])["ofac-34663"].id)
    case.correct(wrong.id, {"start": ""}, who="ann")
    again = next(c for c in case.claims() if c.id == wrong.id)
    assert (again.claim.args["target"], again.claim.start) == ("Tay Za", None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": ""}, "without 'target'"),
        ({"stance": "certain"}, "no such stance"),
        ({"start": "last May"}, "not a date"),
        ({"goods": "fuel"}, "has no 'goods'"),
    ],
)
def test_a_correction_that_makes_no_claim_is_refused(case, changes, said):
    listed = claim(case, "designation", target="Htoo Group of Companies")
    with pytest.raises(UserError, match=said):
        case.correct(listed.id, changes)
    assert case.decisions() == []


def test_claims_are_named_by_the_beginning_of_their_id(case):
    for wrong in ("", "abc", "000000zz"):
        with pytest.raises(UserError, match="claim"):
            case.accept(wrong)
    with pytest.raises(UserError, match="no such claim"):
        case.accept(claim(case, "role").id, "f" * 24)
    assert case.decisions() == []


def test_logs_of_two_people_are_joined(case, tmp_path):
    shutil.copytree(case.folder.root, tmp_path / "other")
    other = Case.open(tmp_path / "other")
    role = claim(case, "role", holder="Tay Za")
    case.accept(role.id, who="ann")
    other.reject(role.id, who="bob")
    case.merge_decisions(other.folder.root)
    assert claim(case, "role", holder="Tay Za").answer is Answer.DISPUTED
    assert role.id in {c.id for c in case.entity("ofac-34663").claims}


def test_what_is_read_no_more_is_shown(case):
    from finemesh.store.decisions import DecisionLog

    role = claim(case, "role", holder="Tay Za")
    case.accept(role.id, who="ann")
    kept = case.decisions()[0]
    gone = kept.right.replace('"holder":"Tay Za"', '"holder":"Somebody Else"')
    DecisionLog(case.folder.decisions).append("claim", "0" * 24, gone, "accepted", who="bob")
    (lost,) = case.lost_decisions(["note-on-brokers"])
    assert lost.claim.args["holder"] == "Somebody Else"
    assert case.lost_decisions(["army-and-friends"]) == []


_WORK = """
import sys
from finemesh.case import Case
case = Case.open(sys.argv[1])
ids = [c.id for c in case.claims()]
print("ready", flush=True)
while True:
    for id in ids:
        for decision in case.accept(id, who="w") + case.reject(id, who="w"):
            print(decision.id, flush=True)
"""


def test_no_acknowledged_decision_is_lost_when_the_process_is_killed(case):
    acknowledged = []
    for delay in (0.05, 0.2, 0.4):
        worker = subprocess.Popen(
            [sys.executable, "-c", _WORK, str(case.folder.root)], stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(delay)
        worker.kill()
        out, _ = worker.communicate()
        acknowledged += [line for line in out.split("\n")[:-1] if len(line) == 32]
    ids = [d.id for d in case.decisions()]
    assert acknowledged
    assert set(acknowledged) <= set(ids)
    assert len(ids) == len(set(ids))
    assert {c.answer for c in case.claims()} <= {Answer.ACCEPTED, Answer.REJECTED, None}
