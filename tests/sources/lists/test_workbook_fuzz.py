"""Workbooks, mapped tables and statements with cells changed and bytes damaged: refused or said, and quotes stay true."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_fuzz import EDITS, Edit, mutate, read_damaged
from workbook import write_ods, write_workbook

from finemesh.model.errors import SourceError
from golden import GOLDEN, failures, read_files, recognised

TABLES = {
    "au_dfat.xlsx": GOLDEN / "au_dfat/2026/regulation8_consolidated.csv",
    "gb_hmt.xlsx": GOLDEN / "gb_hmt/2025/ConList.csv",
    "gb_fcdo.ods": GOLDEN / "gb_fcdo/UK-Sanctions-List.csv",
}
STRANGE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["31/02/2020", "00/00/1960", "=1+1", "(1) a (2) b", "a.k.a.", "\u202eabc", "0", "-", "#REF!", " "]),
)


def sheet_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def read_or_refuse(path: Path) -> None:
    try:
        if recognised(path, f"2024-01-01/{path.name}").reader:
            assert failures(read_files(path, rel=f"2024-01-01/{path.name}")) == []
    except SourceError:
        return


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60), STRANGE), min_size=1, max_size=12))
def test_strange_cells_do_no_harm(name: str, changes: list[tuple[int, int, str]]) -> None:
    rows = sheet_of(TABLES[name])
    for row, column, value in changes:
        cells = rows[row % len(rows)]
        legal = "".join(c for c in value if (c.isprintable() and c.isascii()) or c in "\u202e ")
        if cells:
            cells[column % len(cells)] = legal
    with tempfile.TemporaryDirectory() as folder:
        write = write_ods if name.endswith(".ods") else write_workbook
        read_or_refuse(write(Path(folder) / name, {"Data": rows}))


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_damaged_workbooks_are_refused_or_said(name: str, edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write = write_ods if name.endswith(".ods") else write_workbook
        path = write(Path(folder) / name, {"Data": sheet_of(TABLES[name])})
        path.write_bytes(mutate(path.read_bytes(), edits))
        read_or_refuse(path)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_damaged_mapped_tables(edits: list[Edit]) -> None:
    source = GOLDEN / "mapped_table" / "suppliers.csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(mutate(source.read_bytes(), edits))
        mapping = source.with_name("suppliers.csv.mapping.yml")
        shutil.copy(mapping, folder)
        read_or_refuse(path)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_damaged_side_files(edits: list[Edit]) -> None:
    for name in ("alt.csv", "add.csv"):
        read_damaged(mutate((GOLDEN / "us_ofac_sdn" / name).read_bytes(), edits), name)
