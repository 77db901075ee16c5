"""What all tests share: where the shared data is, and a small case built once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from finemesh.case import Case
from tests.small_case import write_small_case

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

LISTS = ("au_dfat", "ca_sema", "eu_fsf", "eu_journal", "gb_hmt", "un_sc", "us_ofac_cons", "us_ofac_sdn")
SHARED = Path(os.environ.get("FINEMESH_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real lists and documents; tests that need it are skipped where it is not there."""
    if not (SHARED / "data" / "lists").is_dir():
        pytest.skip(f"no shared data at {SHARED} (set FINEMESH_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def small_files(tmp_path_factory) -> Path:
    """The files of the small case."""
    return write_small_case(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small_case(tmp_path_factory, small_files) -> Case:
    """The small case, built. Tests must not change it."""
    case = Case.init(tmp_path_factory.mktemp("case") / "case", "A small case")
    case.add([small_files])
    case.build(jobs=1)
    return case


@pytest.fixture(scope="session")
def real_case(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Eight shared lists with their history, built, which takes minutes; FINEMESH_REAL_CASE may name a case built of them.

    Tests that use it stand first, so that one process takes them all and no other builds it.
    """
    if built := os.environ.get("FINEMESH_REAL_CASE"):
        case = Case.open(Path(built))
    else:
        case = Case.init(tmp_path_factory.mktemp("real") / "case")
        case.add([shared / "data" / "lists" / name for name in LISTS])
        case.build(jobs=1)
    yield case
    case.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the real case comes first: processes are given consecutive tests to begin with."""
    items.sort(key=lambda item: "real_case" not in getattr(item, "fixturenames", ()))
