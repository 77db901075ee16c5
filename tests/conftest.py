"""What all tests share: where the shared data is, and a small case built once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FINEMESH_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real lists and documents; tests that need it are skipped where it is not there."""
    if not (SHARED / "data" / "lists").is_dir():
        pytest.skip(f"no shared data at {SHARED} (set FINEMESH_SHARED)")
    return SHARED
