"""The questions, asked of the small case."""

from datetime import date

import pytest

from finemesh.analysis.check_rules import judge
from finemesh.case import Case
from finemesh.model.claim import Stance
from finemesh.model.designation import Cell, State
from finemesh.model.errors import UserError


def test_coverage_names_the_row_that_proves_it(small_case):
    row = small_case.coverage(["Htoo Group of Companies"], as_of="2022-09-22")[0]
    cell = row.cells["US"]
    assert row.target.id == "ofac-35765"
    assert cell.state is State.LISTED_UNDATED
    assert cell.evidence[0].quote == "HTOO GROUP OF COMPANIES"
    assert cell.evidence[0].locator == "row=3;col=2;column=SDN_Name"
    assert row.cells["EU"].state is State.NO_LIST


def test_coverage_by_id_and_of_nobody(small_case):
    rows = small_case.coverage(["ofac-34663", "Xyzzy Qwerty Holdings"], as_of="2022-09-22")
    assert rows[0].target.caption == "Tay ZA"
    assert rows[1].target is None
    assert rows[1].cells["US"].state is State.NOT_LISTED


def test_coverage_of_a_state_shows_regimes(small_case):
    row = small_case.coverage(["the Myanmar junta"], as_of="2024-03-01", authorities=["EU", "NZ", "SG", "US"])[0]
    assert [row.cells[a].state for a in ("EU", "NZ", "US")] == [State.REGIME_ONLY] * 3
    assert row.cells["SG"].state is State.NO_LIST


def test_coverage_of_a_document_and_of_a_file_of_names(small_case, tmp_path):
    queries = [r.query for r in small_case.coverage(source="note-on-brokers", as_of="2022-09-22")]
    assert "Htoo Group of Companies" in queries
    names = tmp_path / "names.txt"
    names.write_text("# wanted\nTay Za\n\nTay Za\nMin Aung Hlaing\n", encoding="utf-8")
    assert [r.query for r in small_case.coverage(source=names)] == ["Tay Za", "Min Aung Hlaing"]
    with pytest.raises(UserError, match="nobody to look up"):
        small_case.coverage([])
    with pytest.raises(UserError, match="no such document"):
        small_case.coverage(source="note-on-nothing")


def test_gaps_need_a_list_on_both_sides(small_case):
    assert small_case.gaps(["US"], ["EU"], as_of="2022-09-22") == []
    assert {r.target.id for r in small_case.gaps(["US"], [], as_of="2024-05-03", schema="Person")} == {
        "ofac-27225",
        "ofac-34663",
    }
    assert small_case.gaps(["US"], [], as_of="2024-05-03", country="ru") == []
    by_programme = small_case.gaps(["US"], [], as_of="2024-05-03", country="mm")
    assert "ofac-35765" in {r.target.id for r in by_programme}


def test_the_check_of_a_document_shows_both_sentences(small_case):
    verdicts = {
        (v.claim.claim.args["target"], v.claim.claim.stance.value): v for v in small_case.check("note-on-brokers")
    }
    found = verdicts["Htoo Group of Companies", "asserted"]
    assert found.verdict == "confirmed"
    assert found.as_of == date(2022, 9, 23)
    assert found.claim.claim.quote.startswith("Htoo Group of Companies has been sanctioned by the US.")
    assert found.cell.evidence[0].quote == "HTOO GROUP OF COMPANIES"
    assert verdicts["Mega Hill General Trading", "denied"].verdict in ("confirmed", "unconfirmed")


@pytest.mark.parametrize(
    ("stance", "state", "verdict"),
    [
        (Stance.ASSERTED, State.LISTED, "confirmed"),
        (Stance.ASSERTED, State.LISTED_UNDATED, "confirmed"),
        (Stance.ASSERTED, State.NOT_LISTED, "contradicted"),
        (Stance.ASSERTED, State.DELISTED, "unconfirmed"),
        (Stance.ASSERTED, State.INDETERMINATE, "unconfirmed"),
        (Stance.DENIED, State.NOT_LISTED, "confirmed"),
        (Stance.DENIED, State.LISTED, "contradicted"),
        (Stance.CALLED_FOR, State.LISTED, "not checkable"),
        (Stance.PLANNED, State.NOT_LISTED, "not checkable"),
        (Stance.ASSERTED, State.NO_LIST, "not checkable"),
    ],
)
def test_verdicts(stance, state, verdict):
    assert judge(stance, Cell(state, "because"))[0] == verdict


def test_measures_against_a_state():
    cell = Cell(State.REGIME_ONLY, "because", measures=("arms embargo",))
    assert judge(Stance.ASSERTED, cell, "arms embargo")[0] == "confirmed"
    assert judge(Stance.ASSERTED, cell, "sanctions")[0] == "confirmed"
    assert judge(Stance.ASSERTED, cell, "airspace closure")[0] == "unconfirmed"
    assert judge(Stance.DENIED, cell, "sanctions")[0] == "unconfirmed"


def test_an_entity_with_every_value_and_where_it_stands(small_case):
    found = small_case.entity("ofac-34663")
    values = {(v.prop, v.value): v for v in found.values}
    birth = values["birthDate", "1964-07-18"]
    assert birth.evidence[0].quote == "18 Jul 1964"
    assert (birth.first_seen, birth.last_seen) == ("2022-06-28", "2024-05-03")
    assert [(e.source.id, e.target.id, e.values["role"]) for e in found.edges] == [
        ("ofac-35765", "ofac-34663", ["Linked To"])
    ]
    assert found.mentions.keys() == {"army-and-friends", "note-on-brokers"}
    with pytest.raises(UserError, match="no such entity"):
        small_case.entity("nobody")


def test_the_network_says_who_says_so(small_case):
    found = small_case.network(["ofac-34663"], as_of="2022-09-22")
    bonds = {(b.source, b.target, b.kind): b for b in found.bonds}
    bond = bonds["ofac-35765", "ofac-34663", "list"]
    assert bond.speakers == ("US Treasury, Office of Foreign Assets Control",)
    assert {n.party.id: n.listed_by for n in found.nodes}["ofac-35765"] == ("US",)


def test_a_state_and_a_short_name_mean_no_party_that_is_merely_close(tmp_path):
    """ "Russia" is close to "Rusich", "ASEAN" to "Aysan"; the text names the former."""
    (tmp_path / "us_ofac_sdn" / "2024-05-03").mkdir(parents=True)
    rows = "".join(
        f'{n},"{name}","{kind}","TAG","-0-","-0-","-0-","-0-","-0-","-0-","-0-","-0-"\r\n'
        for n, name, kind in ((1, "RUSICH", "-0-"), (2, "AYSAN", "vessel"))
    )
    (tmp_path / "us_ofac_sdn" / "2024-05-03" / "sdn.csv").write_bytes(rows.encode("ascii") + b"\x1a")
    (tmp_path / "note.txt").write_text(
        "ASEAN appointed Ann Hill as its envoy to Russia. Russia supplied arms to ASEAN.\n"
    )
    case = Case.init(tmp_path / "case")
    case.add([tmp_path / "us_ofac_sdn", tmp_path / "note.txt"])
    case.build(jobs=1)
    assert case.find("Rusich")[0].id == "ofac-1" and case.find("Aysan")[0].id == "ofac-2"
    russia = case.find("Russia")[0]
    assert russia.id.startswith("country-ru") and not russia.members
    tied = case.tied("Russia")
    assert tied is not None and tied.id.startswith("doc-russia")
    assert case.find("ASEAN")[0].id.startswith("doc-asean")
    assert case.corroborate("Russia")


def test_screening_tells_the_party_and_its_standing(small_case):
    found = small_case.screen(["Tay Za", "Xyzzy Qwerty"])
    best = found[0][0]
    assert best.match.id == "ofac-34663"
    assert best.authorities == ("US",)
    assert best.standing["US"].state is State.LISTED_UNDATED
    assert found[1] == []


def test_status_and_datasets(small_case):
    today = date(2024, 6, 2)
    status = small_case.status(today=today)
    assert status.lists == {"us_ofac_sdn": ("2024-05-03", 30)}
    assert status.authorities["US"]
    assert not status.authorities["EU"]
    (dataset,) = small_case.datasets(today=today)
    assert [(s.date, s.entries, s.designations) for s in dataset.snapshots] == [
        ("2021-08-18", 2, 3),
        ("2022-06-28", 4, 5),
        ("2024-05-03", 3, 4),
    ]
    assert dataset.snapshots[2].schemata == {"Person": 2, "Organization": 1}
    assert dataset.snapshots[0].unknown_fields == ()
