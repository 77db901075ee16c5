"""The review page: what it shows, and that only our own pages can answer."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.namesakes import make_namesakes

from finemesh.case import Case
from finemesh.web.app import create_app


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Case:
    return make_namesakes(tmp_path_factory.mktemp("review"), 6)


@pytest.fixture
def case(built, tmp_path) -> Case:
    """A copy of a case of six names, to be changed."""
    shutil.copytree(built.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


@pytest.fixture
def client(case):
    app = create_app(case, today=lambda: date(2026, 8, 1))
    with TestClient(app, base_url="http://127.0.0.1:8787", follow_redirects=False) as found:
        yield found


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the answer's form."""
    form = re.search(r'<form class="answer".*?</form>', page, re.S)
    assert form
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def test_two_records_stand_side_by_side_with_their_differences_in_words(client):
    page = client.get("/review").text
    assert "1 of 12 pairs that wait" in page
    assert "same name: " in page and "Score 0.60" in page
    assert "= same" in page and ("≠ differs" in page or "one side only" in page)
    assert page.count('class="ev"') >= 4


def test_an_answer_is_written_and_leads_to_the_next_pair(client, case):
    form = form_of(client.get("/review").text)
    answer = client.post("/review", data={**form, "value": "not-same", "note": "two ages"})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/review")
    decision = case.decisions()[0]
    assert (decision.left, decision.right, decision.value) == (form["left"], form["right"], "not-same")
    assert decision.note == "two ages"
    page = client.get("/review").text
    assert "1 of 11 pairs" in page and "two ages" in page
    undo = client.post("/review", data={"token": form["token"], "value": "undo", "number": "1"})
    assert undo.status_code == 303
    assert "1 of 12 pairs" in client.get("/review").text


def test_a_form_that_is_sent_twice_is_one_decision(client, case):
    form = {**form_of(client.get("/review").text), "value": "unsure", "note": "which of them?"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post("/review", data=form).status_code, range(4)))
    assert answers == [303] * 4 and len(case.decisions()) == 1
    client.post("/review", data={**form, "value": "same"})
    client.post("/review", data=form)
    assert [d.value for d in case.decisions()] == ["unsure", "same", "unsure"]


def test_an_answer_during_a_build_is_one_decision(client, case, monkeypatch):
    form = form_of(client.get("/review").text)
    decide = Case.decide

    def decided(self, *given, **named):
        found = decide(self, *given, **named)
        manifest = self.folder.derived / "build.json"
        manifest.with_suffix(".new").write_bytes(manifest.read_bytes() + b" ")
        manifest.with_suffix(".new").replace(manifest)
        return found

    monkeypatch.setattr(Case, "decide", decided)
    assert client.post("/review", data={**form, "value": "not-same"}).status_code == 303
    assert [d.value for d in case.decisions()] == ["not-same"]
    undo = {"token": form["token"], "value": "undo", "number": "1"}
    assert client.post("/review", data=undo).status_code == 303
    assert client.post("/review", data=undo).status_code in (303, 400, 409)
    assert [d.kind for d in case.decisions()] == ["judgement", "undo"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_pages_of_others_cannot_answer(client, case, headers):
    form = form_of(client.get("/review").text)
    assert client.post("/review", data={**form, "value": "same"}, headers=headers).status_code == 400
    assert case.decisions() == []


def test_without_the_token_nothing_is_written(client, case):
    form = form_of(client.get("/review").text)
    for token in ("", "x" * 32):
        assert client.post("/review", data={**form, "token": token, "value": "same"}).status_code == 400
    host = client.post("/review", data={**form, "value": "same"}, headers={"host": "evil.example"})
    assert host.status_code == 421
    assert client.post("/review", content=b"x" * 100_000).status_code == 400
    assert case.decisions() == []


@pytest.mark.parametrize(
    "data",
    [
        {"value": "perhaps"},
        {"value": "same", "left": "nobody"},
        {"value": "undo", "number": "one"},
        {"value": "undo", "number": "77"},
        {"value": "bulk", "count": "12"},
        {"value": "bulk", "sure": "1", "count": "x"},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(client, case, data):
    form = form_of(client.get("/review").text)
    assert client.post("/review", data={**form, **data}).status_code == 400
    assert case.decisions() == []


def test_a_contradiction_is_shown_with_the_way_out(client, case):
    case.decide("fsf-0", "seco-0", "same", who="ann")
    form = form_of(client.get("/review?left=fsf-0&right=seco-0").text)
    assert client.post("/review", data={**form, "value": "not-same"}).status_code == 409
    assert client.post("/review", data={**form, "value": "not-same", "anyway": "1"}).status_code == 303
    page = client.get("/review").text
    assert "Contradiction." in page and "Take back decision 1" in page and "Take back decision 2" in page


def test_a_filtered_queue_is_accepted_only_as_it_was_looked_at(client, case):
    filters = {"reason": "zaw min tut", "dataset": "ch_seco"}
    case.decide("fsf-0", "fsf-0-2", "not-same")
    page = client.get("/review", params=filters).text
    assert "that fit" in page
    form = form_of(page)
    stale = client.post("/review", data={**form, "value": "bulk", "sure": "1", "count": "7"})
    assert stale.status_code == 409
    case.decide("fsf-0-2", "seco-0", "not-same", settle=False)
    fresh = client.post("/review", data={**form, "value": "bulk", "sure": "1", "count": "1", "note": "all"})
    assert fresh.status_code == 303
    assert [(d.value, d.note) for d in case.decisions()][-1] == ("same", "all")


def test_the_entity_page_leads_to_the_question(client, case):
    case.decide("fsf-0", "seco-0", "same", who="ann", note="one man")
    page = client.get("/entity/fsf-0").text
    assert "judged the same by ann" in page and "one man" in page
    assert "/review?left=fsf-0&amp;right=seco-0" in page
    assert client.get("/review?left=fsf-0&right=seco-0").status_code == 200
    assert client.get("/review?left=fsf-0&right=nobody").status_code == 400
