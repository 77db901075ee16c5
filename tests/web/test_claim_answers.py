"""Answers about claims on the page of a document: what is kept, what is shown, and that only our own pages can answer."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient

from finemesh.case import Case
from finemesh.model.decision import Answer
from finemesh.web.app import create_app


@pytest.fixture
def case(web_case, tmp_path) -> Case:
    """A copy of the pages' case, to be changed."""
    shutil.copytree(web_case.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


@pytest.fixture
def client(case):
    app = create_app(case, today=lambda: date(2026, 8, 1))
    with TestClient(app, base_url="http://127.0.0.1:8787", follow_redirects=False) as found:
        yield found


def page(client, path="/document/brokers"):
    return lxml_html.fromstring(client.get(path).text)


def box(tree, words):
    """The claim whose words are these."""
    return next(
        b
        for b in tree.xpath("//div[contains(concat(' ', @class, ' '), ' claim ')]")
        if words in " ".join(b.xpath("p[@class='what']")[0].text_content().split())
    )


def form(claim_box, **values):
    hidden = {i.get("name"): i.get("value") for i in claim_box.xpath(".//div[@class='judge']/form/input")}
    return {**hidden, **values}


def fields(claim_box):
    found = {i.get("name"): i.get("value") for i in claim_box.xpath(".//details[@class='edit']//input")}
    return found | {"stance": claim_box.xpath(".//option[@selected]")[0].get("value")}


def test_a_claim_is_accepted_and_the_answer_taken_back(client, case):
    claim = box(page(client), "Mega Hill General Trading")
    answer = client.post("/claim", data=form(claim, value="accept", note="seen"))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/document/brokers#{claim.get('id')}"
    (stored,) = [c for c in case.claims() if c.accepted]
    assert f"k-{stored.id}" == claim.get("id")
    claim = page(client).get_element_by_id(claim.get("id"))
    assert "✓ accepted" in claim.text_content() and "seen" in claim.text_content()
    number = claim.xpath(".//div[@class='answered']//input[@name='number']")[0].get("value")
    assert client.post("/claim", data=form(claim, value="undo", number=number)).status_code == 303
    assert not [c for c in case.claims() if c.answer]


def test_a_rejected_claim_leaves_the_counts_the_check_and_the_graph(client, case):
    before = page(client, "/check/brokers").text_content()
    assert "contradicted" in before or "unconfirmed" in before
    role = box(page(client), "Tay Za is chairman of Htoo")
    entity = "/entity/ofac-34663"
    assert "is chairman of" in client.get(entity).text
    assert client.post("/claim", data=form(role, value="reject")).status_code == 303
    shown = page(client).get_element_by_id(role.get("id"))
    assert "is-rejected" in shown.get("class") and "✗ rejected" in shown.text_content()
    assert "is chairman of" not in client.get(entity).text
    assert "1 rejected" in page(client).text_content()


def test_a_correction_is_shown_with_what_was_read(client, case):
    claim = box(page(client), "supplies arms to Myanmar junta")
    data = {**fields(claim), "arg-goods": "tanks", "stance": "planned", "value": "correct"}
    assert client.post("/claim", data=data).status_code == 303
    shown = " ".join(page(client).get_element_by_id(claim.get("id")).text_content().split())
    assert "planned Russia supplies tanks" in shown and "✎ corrected" in shown
    assert "the reader reads: Russia supplies arms" in shown
    (stored,) = [c for c in case.claims() if c.answer is Answer.CORRECTED]
    assert stored.claim.args["value"] == "US$406 million"


def test_only_accepted_claims_are_shown_when_that_is_asked_for(client):
    claim = box(page(client), "supplies helicopters")
    client.post("/claim", data=form(claim, value="accept"))
    tree = page(client, "/document/brokers?only=accepted")
    assert len(tree.xpath("//aside[contains(@class, 'card')]")) == 1
    assert "Only accepted claims are shown" in tree.text_content()
    net = client.get("/network", params={"id": "ofac-35765", "only": "accepted"}).text
    assert "supplies helicopters" in net and "chairman" not in net


def test_a_decision_about_what_is_read_no_more_is_shown_with_its_undo(client, case):
    claim = box(page(client), "Tay Za is chairman of Htoo")
    client.post("/claim", data=form(claim, value="accept"))
    kept = case.decisions()[0]
    from finemesh.store.decisions import DecisionLog

    other = kept.right.replace("chairman", "treasurer")
    DecisionLog(case.folder.decisions).append("claim", "0" * 24, other, "accepted", who="bob")
    lost = page(client).xpath("//details[@class='lost']")[0]
    assert "treasurer" in lost.text_content() and "bob" in lost.text_content()
    number = lost.xpath(".//input[@name='number']")[0].get("value")
    token = lost.xpath(".//input[@name='token']")[0].get("value")
    client.post("/claim", data={"token": token, "doc": "brokers", "value": "undo", "number": number})
    assert not page(client).xpath("//details[@class='lost']")


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_pages_of_others_cannot_answer(client, case, headers):
    claim = box(page(client), "Mega Hill")
    assert client.post("/claim", data=form(claim, value="accept"), headers=headers).status_code == 400
    assert client.post("/claim", data=form(claim, value="accept", token="x")).status_code == 400
    assert case.decisions() == []


@pytest.mark.parametrize(
    "values",
    [
        {"value": "perhaps"},
        {"value": "accept", "claim": "ffffffffffff"},
        {"value": "accept", "claim": ""},
        {"value": "undo", "number": "9"},
        {"value": "undo", "number": "x"},
        {"value": "correct"},
        {"value": "correct", "start": "soon"},
        {"value": "correct", "stance": "sure"},
        {"value": "correct", "arg-target": ""},
    ],
)
def test_what_makes_no_sense_is_refused(client, case, values):
    claim = box(page(client), "Mega Hill")
    assert client.post("/claim", data={**form(claim), **values}).status_code == 400
    assert case.decisions() == []


def test_hostile_words_stay_words(client):
    tree = page(client, "/document/hostile")
    claim = tree.xpath("//div[contains(@class, 'claim')]")[0]
    data = {**fields(claim), "arg-share": "<img src=x onerror=alert(1)>", "note": "<script>", "value": "correct"}
    assert client.post("/claim", data=data).status_code == 303
    text = client.get("/document/hostile").text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert not re.search(r"<img src=x", text)


def test_the_check_page_puts_both_sentences_side_by_side(client):
    tree = page(client, "/check/brokers")
    text = " ".join(tree.text_content().split())
    assert "What to fix" in text and "lines to look at" in text
    first = tree.xpath("//ol[@class='checked']/li")[0]
    assert first.xpath(".//q") and first.xpath(".//span[@class='fix']")
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("//section/h2")]
    assert headings[0].startswith("To look at") and any(h.startswith("Confirmed") for h in headings)
    assert client.get("/check/nothing").status_code == 404
