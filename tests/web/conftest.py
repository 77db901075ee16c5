"""The pages' own case and client."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.web.sample import TODAY, make_case

from finemesh.case import Case
from finemesh.web.app import create_app


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
