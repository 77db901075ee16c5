"""Coverage and gaps of real parties against what a person found in the official files (``coverage_table.yml``).

Reads every list of the shared folder, which takes some minutes (``tests/analysis/conftest.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from finemesh.analysis.coverage import CoverageRow, coverage
from finemesh.analysis.facts import Facts, Party
from finemesh.case import Case
from finemesh.store.reader import Reader

TABLE = yaml.safe_load(Path(__file__).with_name("coverage_table.yml").read_text(encoding="utf-8"))
CELLS = [(row["party"], cell) for row in TABLE for cell in row["cells"]]
pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def facts(real_case: Case) -> Iterator[Facts]:
    """The tables of that case."""
    reader = Reader(real_case.folder.derived)
    yield Facts(reader)
    reader.close()


def test_the_table_is_what_it_says() -> None:
    assert len(TABLE) >= 30
    assert {cell[2] for _, cell in CELLS} == {
        "listed",
        "listed, date not published",
        "delisted",
        "not listed",
        "no list loaded",
        "indeterminate",
    }


def joined(name: str, records: list[str]) -> Party:
    """The party that a person would make of its records."""
    return Party(records[0], name, "LegalEntity", tuple(records), (), ())


@pytest.fixture(scope="module")
def rows(facts: Facts) -> Callable[[str], dict[str, CoverageRow]]:
    """The matrix of all parties of the table on a day, worked out once."""
    parties = [(row["party"], joined(row["party"], row["records"]), 1.0) for row in TABLE]

    @cache
    def on(day: str) -> dict[str, CoverageRow]:
        found = coverage(facts, parties, sorted({c[0] for _, c in CELLS}), date.fromisoformat(day))
        return {row.query: row for row in found}

    return on


@pytest.mark.parametrize(("party", "expected"), CELLS, ids=[f"{p}-{c[0]}-{c[1]}" for p, c in CELLS])
def test_a_cell(rows: Callable[[str], dict[str, CoverageRow]], party: str, expected: list[object]) -> None:
    authority, day, state, designated, dataset, snapshot, place = (str(value) for value in expected)
    cell = rows(day)[party].cells[authority]
    assert (cell.state.value, cell.designated or "", cell.dataset or "", cell.snapshot or "") == (
        state,
        designated,
        dataset,
        snapshot,
    ), cell.basis
    if place:
        assert any(e.locator.startswith(place) for e in cell.evidence), [e.locator for e in cell.evidence]


@pytest.mark.parametrize(
    ("listed_by", "not_by", "day", "country", "inside", "outside"),
    [
        # The EU listed Tay Za on 8 November 2022, the US and the UK before.
        ("US,UK", "EU", "2022-11-07", "mm", {"ofac-34663"}, {"ofac-27225", "ofac-35765"}),
        ("US,UK", "EU", "2022-11-08", "mm", set(), {"ofac-34663", "ofac-27225", "ofac-35765"}),
        # The children of Min Aung Hlaing are listed by the US and Canada, not by the EU and the UK.
        ("US,CA", "EU,UK", "2025-04-14", "mm", {"ofac-31315", "ofac-31316"}, {"ofac-27225", "ofac-31517"}),
        # Belavia was listed by the EU years before the US.
        ("EU", "US", "2023-06-29", "by", {"ofac-44541"}, {"ofac-32746"}),
        # Kyaw Min Oo came onto the UK's list on 31 October 2023.
        ("EU,US", "UK", "2023-10-30", "mm", {"ofac-39690"}, {"ofac-39217", "ofac-39689"}),
        ("EU,US", "UK", "2023-10-31", "mm", set(), {"ofac-39690", "ofac-39217", "ofac-39689"}),
        # Tinkov left the UK's list between two snapshots: a gap when that is certain, not before.
        ("US", "EU", "2024-05-03", "ru", set(), {"ofac-34537"}),
    ],
)
def test_gaps(
    real_case: Case, listed_by: str, not_by: str, day: str, country: str, inside: set[str], outside: set[str]
) -> None:
    rows = real_case.gaps(listed_by.split(","), not_by.split(","), as_of=day, country=country)
    found = {member for row in rows if row.target for member in row.target.members}
    assert inside <= found
    assert not outside & found
