"""The API answers in the shapes of the contract, and tells errors as JSON."""

from __future__ import annotations

import pytest

EVIDENCE = {"sha256", "source", "locator", "quote"}
CELL = {"state", "designated", "delisted", "programme", "reference", "dataset", "snapshot", "evidence"}


def test_status_datasets_documents_issues(client):
    status = client.get("/api/status").json()
    assert {"title", "counts", "lists", "authorities", "issues"} <= set(status)
    assert status["authorities"]["EU"] is True and status["authorities"]["JP"] is False
    assert {d["dataset"] for d in client.get("/api/datasets").json()} == {"us_ofac_sdn", "eu_journal", "gb_hmt"}
    assert {d["doc"] for d in client.get("/api/documents").json()} == {"brokers", "hostile", "long"}
    assert all({"code", "message", "severity", "locator"} <= set(i) for i in client.get("/api/issues").json())


def test_screen(client):
    found = client.get("/api/screen?name=Htoo+Group+of+Companies&name=Nobody+of+that+name&limit=3").json()
    assert [f["query"] for f in found] == ["Htoo Group of Companies", "Nobody of that name"]
    best = found[0]["results"][0]
    assert {"id", "caption", "schema", "score", "datasets", "authorities", "explanation"} <= set(best)
    assert best["id"] == "ofac-35765" and 0 <= best["score"] <= 1


def test_coverage_and_gaps(client):
    rows = client.get("/api/coverage?entity=Htoo+Group+of+Companies&authority=EU,US&as_of=2022-09-22").json()
    assert rows[0]["as_of"] == "2022-09-22" and set(rows[0]["cells"]) == {"EU", "US"}
    cell = rows[0]["cells"]["EU"]
    assert set(cell) >= CELL and cell["state"] == "listed" and cell["designated"] == "2022-02-21"
    assert cell["evidence"] and all(set(e) == EVIDENCE for e in cell["evidence"])
    assert {r["query"] for r in client.get("/api/coverage?doc=brokers").json()} >= {"Htoo Group of Companies"}
    gaps = client.get("/api/gaps?listed_by=US&not_by=EU&as_of=2022-09-22").json()
    captions = {row["target"]["id"] for row in gaps}
    assert "ofac-35739" in captions and "ofac-35765" not in captions


def test_document_answers(client):
    claims = client.get("/api/claims?doc=brokers").json()
    assert len(claims) == 12 and all(c["quote"] and c["evidence"] for c in claims)
    assert len(client.get("/api/claims").json()) == 14
    verdicts = client.get("/api/check?doc=brokers").json()
    assert {v["verdict"] for v in verdicts} <= {"confirmed", "contradicted", "unconfirmed", "not checkable"}
    assert {v["as_of"] for v in verdicts} == {"2022-09-22"}
    assert {v["as_of"] for v in client.get("/api/check?doc=brokers&as_of=2021-01-01").json()} == {"2021-01-01"}
    mentions = client.get("/api/mentions?doc=brokers").json()
    assert any(m["text"] == "chairman" and m["entity"] is None for m in mentions)


def test_entity_and_network(client):
    entity = client.get("/api/entity/ofac-35765").json()
    assert entity["id"] == "ofac-35765" and entity["values"][0]["evidence"]
    network = client.get("/api/network?id=ofac-35765").json()
    assert {"nodes", "edges", "left_out"} <= set(network)
    assert all({"from", "to", "relation", "stance", "speakers", "evidence"} <= set(e) for e in network["edges"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/screen", 400),
        ("/api/screen?name=x&threshold=2", 400),
        ("/api/screen?name=x&limit=many", 400),
        ("/api/coverage", 400),
        ("/api/coverage?entity=x&as_of=soon", 400),
        ("/api/coverage?entity=x&authority=XX", 400),
        ("/api/gaps?listed_by=US", 400),
        ("/api/check", 400),
        ("/api/check?doc=none", 404),
        ("/api/claims?doc=none", 404),
        ("/api/mentions?doc=/etc/passwd", 404),
        ("/api/entity/none", 404),
        ("/api/network", 400),
        ("/api/network?id=none", 404),
        ("/api/none", 404),
    ],
)
def test_errors_are_json(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["status"] == status and error["message"] and set(error) == {"status", "message", "where", "hint"}


def test_a_document_is_never_taken_for_a_path(client, tmp_path, monkeypatch):
    """The command line reads a file of names; the server must not."""
    (tmp_path / "names.txt").write_text("Htoo Group of Companies\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert client.get("/api/coverage?doc=names.txt").status_code == 404
    assert client.get(f"/api/coverage?doc={tmp_path}/names.txt").status_code == 404
    assert client.get("/coverage?doc=names.txt").status_code == 404
