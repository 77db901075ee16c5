"""A case of every official list of the shared folder, for tests that are marked ``real`` and ``slow``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from finemesh.case import Case


@pytest.fixture(scope="session")
def real_case(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Every shared list, built, which takes some minutes; FINEMESH_REAL_CASE may name a case that was built of them."""
    if built := os.environ.get("FINEMESH_REAL_CASE"):
        case = Case.open(Path(built))
    else:
        case = Case.init(tmp_path_factory.mktemp("real") / "case")
        case.add([shared / "data" / "lists"])
        case.build(jobs=1)
    yield case
    case.close()
