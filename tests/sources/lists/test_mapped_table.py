from __future__ import annotations

from pathlib import Path

import pytest
from workbook import write_workbook

from finemesh.model.errors import SourceError, UserError
from finemesh.sources.emitter import Emitter, InputFile, Snapshot
from finemesh.sources.lists.mapped_table import read, read_table, recognise_with, shipped
from finemesh.sources.mapping import load_mapping, parse_mapping
from finemesh.sources.probe import Probe
from golden import GOLDEN, SHARED, failures, read_files, readable, recognised

FOLDER = GOLDEN / "mapped_table"
TABLE, MAPPING = FOLDER / "suppliers.csv", FOLDER / "suppliers.csv.mapping.yml"

HEADER = [
    *("ID", "Source", "Subject Type", "Reference Number", "Primary Name", "All Names", "Date Designated"),
    *("Sanction Imposed", "Addresses", "Phone Numbers", "Email Addresses", "Positions", "ID Documents", "Call Sign"),
    *("Vessel Type", "Vessel Flag", "Vessel Owner", "Gross Registered Tonnage", "Comments"),
]
ROWS = {
    "OFAC": [
        "32814",
        "OFAC",
        "Individual",
        "32814",
        "OSIPOV, Ivan",
        "OSIPOV, Ivan | OSIPOV, Vanya",
        "",
        "NPWMD; MAGNIT",
    ],
    "UK": ["IRN0115", "UK", "", "", "", "", "08/12/2022", "The Iran (Sanctions) Regulations 2023", "Tehran, Iran"],
    "UN": ["6907993", "UN", "Individual", "CDi.001", "ERIC BADEGE", "ERIC BADEGE", "2001-01-25-05:00"],
    "EU": ["EU.6020.49", "EU", "", "EU.6020.49", "Artem DUNKO", "Artem DUNKO | Артем ДУНЬКО", "2020-12-17"],
    "Other": ["1", "Mars", "Entity", "1", "Marvin", "Marvin"],
}


def check(emitter: Emitter, name: str) -> None:
    assert failures(emitter) == []
    import os

    if os.environ.get("FINEMESH_GOLDEN") == "write":
        (FOLDER / name).write_text(readable(emitter), encoding="utf-8")
    assert readable(emitter) == (FOLDER / name).read_text(encoding="utf-8")


def snapshot(*paths: tuple[Path, str]) -> Emitter:
    files = tuple(InputFile(p, p.name, f"{n:064}", part) for n, (p, part) in enumerate(paths))
    emitter = Emitter(Snapshot("my_suppliers", "2024-05-06", files))
    read(emitter.snapshot, emitter)
    return emitter


def test_a_mapping_beside_its_table() -> None:
    found = recognised(MAPPING)
    assert (found.reader, found.dataset, found.part) == ("mapped_table", "my_suppliers", "mapping")
    check(snapshot((TABLE, "table"), (MAPPING, "mapping")), "expected.txt")


def test_a_mapping_that_the_user_names() -> None:
    mapping = load_mapping(MAPPING)
    probe = Probe(TABLE, TABLE.name)
    found = recognise_with(probe, mapping)
    assert found is not None and (found.dataset, found.part) == ("my_suppliers", "table")
    assert recognise_with(probe, shipped()[0]) is None
    file = InputFile(TABLE, TABLE.name, "0" * 64)
    emitter = Emitter(Snapshot("my_suppliers", "2024", (file,)))
    read_table(emitter.file(file), file, [mapping])
    assert {r[2] for r in emitter.rows if r[4] == "name"} == {"vendor-7", "vendor-8", "vendor-9"}


def test_a_table_without_mapping_is_said() -> None:
    emitter = snapshot((TABLE, "table"))
    assert [i.code for i in emitter.issues.all()] == ["no-mapping"]


def test_parquet(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "suppliers.parquet"
    source = f"SELECT * FROM read_csv('{TABLE}', delim=';', all_varchar=true)"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({source}) TO '{path}' (FORMAT parquet)")
    mapping = load_mapping(MAPPING)
    assert recognise_with(Probe(path, path.name), mapping) is not None
    emitter, plain = snapshot((path, "table"), (MAPPING, "mapping")), snapshot((TABLE, "table"), (MAPPING, "mapping"))
    assert failures(emitter) == []
    assert {r[2:7] for r in emitter.rows} == {r[2:7] for r in plain.rows}
    path.write_bytes(path.read_bytes()[:200])
    assert recognise_with(Probe(path, path.name), mapping) is None
    with pytest.raises(SourceError):
        snapshot((path, "table"), (MAPPING, "mapping"))


def test_the_workbook_of_four_lists(tmp_path: Path) -> None:
    rows = [r + [""] * (len(HEADER) - len(r)) for r in ROWS.values()]
    rows[0][HEADER.index("ID Documents")] = "Gender: Male | Passport: 563120368 | Shoe size: 42"
    path = write_workbook(
        tmp_path / "four_lists_workbook.xlsx", {"Sanctions": [HEADER, *rows], "Summary": [["Source"]], "New": [["x"]]}
    )
    emitter = read_files(path, date="2026-04-22")
    check(emitter, "expected-workbook.txt")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "not YAML"),
        ("- 1", "a block of keys"),
        ("dataset: X\ntables: [1]", "not a name"),
        ("dataset: x\ntables: []", "at least one table"),
        ("dataset: x\ntabels: []", "did you mean 'tables'"),
        (
            "dataset: x\ntables: [{columns: [a], schema: Persn, id: {columns: a}, properties: []}]",
            "no FollowTheMoney schema",
        ),
        (
            "dataset: x\ntables: [{columns: [a], schema: Person, id: {columns: a}, properties: [{column: a, property: nmae}]}]",
            "did you mean 'name'",
        ),
        (
            "dataset: x\ntables: [{columns: [a], schema: Person, id: {columns: a}, properties: [{property: name}]}]",
            "needs a cell",
        ),
        (
            "dataset: x\ntables: [{columns: [a], schema: Person, id: {columns: a},"
            " properties: [{column: a, property: name, value: Bob}]}]",
            "no such key",
        ),
        (
            "dataset: x\ntables: [{columns: [a], schema: Person, id: {columns: a},"
            " properties: [{column: a, property: name, split: '('}]}]",
            "not a pattern",
        ),
        ("dataset: x\ntables: [{columns: [a], schema: Person, id: {columns: a}}]", "'properties' is missing"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_mapping(text, "x.mapping.yml")
    assert says in str(caught.value)
    assert "x.mapping.yml" in str(caught.value)


def test_a_broken_mapping_in_a_case_is_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "x.csv.mapping.yml"
    path.write_text("dataset: [")
    assert recognised(path).reader == ""
    emitter = snapshot((TABLE, "table"), (path, "mapping"))
    assert {i.code for i in emitter.issues.all()} == {"bad-mapping", "no-mapping"}


@pytest.mark.real
@pytest.mark.slow
def test_the_whole_workbook() -> None:
    path = SHARED / "data/lists/mixed/2026-04-22/four_lists_workbook.xlsx"
    if not path.exists():
        pytest.skip("no shared lists")
    emitter = read_files(path, date="2026-04-22")
    assert failures(emitter) == []
    issues = emitter.issues.all()
    assert {i.code for i in issues} == {"no-name", "bad-url"}
    assert [i.count for i in issues if i.code == "no-name"] == [6_045]
    assert len({r[2] for r in emitter.rows if r[3] == "Sanction" and r[4] == "startDate"}) == 12_403
