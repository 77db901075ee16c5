"""Damaged lists: whatever happens to the bytes, readers refuse the file or say issues, and quotes stay true."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finemesh.model.errors import SourceError
from golden import GOLDEN, failures, read_files, recognised

EXCERPTS = [
    "au_dfat/2024/regulation8_consolidated.csv",
    "au_dfat/2026/regulation8_consolidated.csv",
    "ca_sema/sema-lmes.xml",
    "eu_fsf/csvFullSanctionsList_1_1.csv",
    "eu_fsf/xmlFullSanctionsList_1_1.xml",
    "eu_journal/consolidated/32012R0036.csv",
    "eu_journal/consolidated/32013R0401.csv",
    "un_sc/consolidated.xml",
    "gb_fcdo/UK-Sanctions-List.csv",
    "gb_fcdo/UK-Sanctions-List.xml",
    "gb_hmt/2018/ConList.csv",
    "gb_hmt/2025/ConList.csv",
]

Edit = tuple[str, float, int, bytes]

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "insert", "replace", "double", "truncate"]),
        st.floats(0, 1),
        st.integers(1, 400),
        st.one_of(
            st.binary(min_size=1, max_size=12),
            st.sampled_from(
                [b'"', b",", b";", b"\n", b"<", b">", b"&x;", b"</a>", b"\0", b"\xff", b"31.02.2020", b"(1) "]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)


def mutate(data: bytes, edits: list[Edit]) -> bytes:
    for kind, where, size, new in edits:
        at = int(where * len(data))
        if kind == "cut":
            data = data[:at] + data[at + size :]
        elif kind == "insert":
            data = data[:at] + new + data[at:]
        elif kind == "replace":
            data = data[:at] + new + data[at + len(new) :]
        elif kind == "double":
            data = data[: at + size] + data[at:]
        else:
            data = data[:at]
    return data


def read_damaged(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            if not recognised(path, f"2024-01-01/{name}").reader:
                return
            emitter = read_files(path, rel=f"2024-01-01/{name}")
        except SourceError:
            return
        assert failures(emitter) == []


@pytest.mark.parametrize("excerpt", EXCERPTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_damage_is_said_never_raised(excerpt: str, edits: list[Edit]) -> None:
    path = GOLDEN / excerpt
    read_damaged(mutate(path.read_bytes(), edits), path.name)


@pytest.mark.slow
@pytest.mark.parametrize("excerpt", EXCERPTS)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=EDITS)
def test_much_damage_is_said_never_raised(excerpt: str, edits: list[Edit]) -> None:
    path = GOLDEN / excerpt
    read_damaged(mutate(path.read_bytes(), edits), path.name)
