"""The pages' own case and client."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.sample import TODAY, make_case

from finemesh.case import Case
from finemesh.web.app import create_app

ARGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run")  # fmt: skip


@pytest.fixture(scope="session")
def web_case(tmp_path_factory) -> Case:
    """The small case of the pages, built once. Tests must not change it."""
    return make_case(tmp_path_factory.mktemp("web"))


@pytest.fixture(scope="session")
def client(web_case) -> Iterator[TestClient]:
    """A client of its pages, on a day that does not move."""
    app = create_app(web_case, today=lambda: date.fromisoformat(TODAY))
    with TestClient(app, base_url="http://127.0.0.1:8787", follow_redirects=False) as found:
        yield found


def _missing(reason: str) -> None:
    if os.environ.get("FINEMESH_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium: the system's, else the one that Playwright has brought."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _missing("Playwright is not installed")
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=list(ARGS))
        except Error as error:
            _missing(f"no Chromium: {str(error).splitlines()[0]}")
        yield chromium
        chromium.close()
