"""Exports: what goes in is said, and every claim keeps its speaker, stance and sentence."""

from __future__ import annotations

import csv
import json
import shutil
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from finemesh.case import Case
from finemesh.model.errors import UserError


@pytest.fixture
def case(small_case, tmp_path) -> Case:
    """A copy of the small case in which one claim is accepted, one corrected into a plan, one rejected."""
    shutil.copytree(small_case.folder.root, tmp_path / "case")
    found = Case.open(tmp_path / "case")
    claims = {c.claim.args.get("role") or c.claim.type.value: c for c in found.claims()}
    found.accept(claims["chairman"].id, who="ann")
    found.correct(claims["meeting"].id, {"stance": "planned", "speaker": '=cmd|"<x>"'}, who="ann")
    found.reject(claims["head"].id, who="ann")
    return found


def entities(case, tmp_path, **given):
    done = case.export(tmp_path / "out.json", "ftm", **given)
    return done, [json.loads(line) for line in (tmp_path / "out.json").read_text("utf-8").splitlines()]


def test_only_accepted_claims_go_in_and_the_rest_is_counted(case, tmp_path):
    done, found = entities(case, tmp_path)
    total = len(case.claims())
    assert (done.claims, done.open, done.rejected) == (2, total - 3, 1)
    assert sum(e["id"].startswith("claim-") for e in found) == 2
    done, found = entities(case, tmp_path, claims="all")
    assert (done.claims, done.open, done.rejected) == (total - 1, 0, 1)
    done, found = entities(case, tmp_path, claims="none")
    assert done.claims == 0
    assert not [e for e in found if e["id"].startswith("claim-")]


def test_entities_are_valid_and_joined(case, tmp_path):
    from followthemoney import model

    _, found = entities(case, tmp_path)
    ids = [e["id"] for e in found]
    assert len(ids) == len(set(ids))
    for entity in found:
        proxy = model.get_proxy(entity)
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids, f"{entity['id']} points to {value}, which is not there"
    sanction = next(e for e in found if e["schema"] == "Sanction")
    assert sanction["properties"]["entity"][0] in ids


def test_a_claim_carries_speaker_stance_and_sentence(case, tmp_path):
    _, found = entities(case, tmp_path)
    claims = {e["schema"]: e["properties"] for e in found if e["id"].startswith("claim-")}
    role, note = claims["Directorship"], claims["Note"]
    assert role["summary"][0].startswith("asserted by ") and role["summary"][0].endswith("accepted by ann")
    assert "chairman of Htoo Group of Companies" in role["description"][0]
    assert note["name"][0].startswith("planned: ")
    assert note["summary"][0].startswith('planned by =cmd|"<x>", relayed by ')
    assert not [e for e in found if e["schema"] == "UnknownLink" and e["id"].startswith("claim-")]


def test_statements_are_read_again_by_the_library(case, tmp_path):
    from followthemoney.statement import read_path_statements

    done = case.export(tmp_path / "out.csv", "statements")
    found = list(read_path_statements(tmp_path / "out.csv", "csv"))
    assert len(found) == done.counts["statements"]
    assert {s.canonical_id for s in found if s.entity_id == "ofac-35765"} == {case.find("ofac-35765")[0].id}


def test_graph_formats_parse_and_hold_the_same_ties(case, tmp_path):
    ties = {}
    for kind in ("gexf", "graphml"):
        ties[kind] = case.export(tmp_path / f"out.{kind}", kind).counts["ties"]
        tree = ElementTree.parse(tmp_path / f"out.{kind}")
        edges = [e for e in tree.iter() if e.tag.endswith("}edge")]
        nodes = {e.get("id") for e in tree.iter() if e.tag.endswith("}node")}
        assert len(edges) == ties[kind]
        assert all(e.get("source") in nodes and e.get("target") in nodes for e in edges)
        text = (tmp_path / f"out.{kind}").read_text("utf-8")
        assert "planned" in text and "=cmd" in text and "<x>" not in text
    cypher = case.export(tmp_path / "out.cypher", "cypher")
    lines = (tmp_path / "out.cypher").read_text("utf-8").splitlines()
    assert sum("MERGE (a)-[" in line for line in lines) == cypher.counts["ties"] == ties["gexf"]
    assert all(line.endswith(";") for line in lines)
    assert r"=cmd|\"<x>\"" in "\n".join(lines)


def test_tables_start_no_formula_and_name_the_speaker(case, tmp_path):
    done = case.export(tmp_path / "tables", "csv")
    with (tmp_path / "tables" / "ties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == done.counts["ties"]
    planned = next(r for r in rows if r["stance"] == "planned")
    assert planned["speaker"] == '\'=cmd|"<x>"'
    assert planned["quote"] and planned["sha256"] and planned["relayed_by"]
    case.export(tmp_path / "out.xlsx", "xlsx")
    book = load_workbook(tmp_path / "out.xlsx", read_only=True)
    assert book.sheetnames == ["Parties", "Ties"]
    assert sum(1 for _ in book["Ties"].iter_rows()) == len(rows) + 1


def test_two_exports_are_the_same_bytes(case, tmp_path):
    for kind in ("ftm", "statements", "gexf", "graphml", "cypher"):
        for name in ("one", "two"):
            case.export(tmp_path / name, kind, claims="all")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), kind


def test_what_cannot_be_written_is_said_and_leaves_nothing(case, tmp_path):
    with pytest.raises(UserError, match="cannot write the export"):
        case.export(tmp_path / "no" / "folder" / "x.json", "ftm")
    with pytest.raises(UserError, match="no such format"):
        case.export(tmp_path / "x", "pdf")
    with pytest.raises(UserError, match="no such choice of claims"):
        case.export(tmp_path / "x", "ftm", claims="some")
    assert not list(tmp_path.glob(".x*"))
