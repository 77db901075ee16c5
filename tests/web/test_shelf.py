"""The case behind the pages: asked by many threads, and taken anew when a build has changed it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.web.sample import TODAY, make_case
from tests.web.test_web_pages import PAGES

from finemesh.case import Case
from finemesh.model.errors import ConflictError, DataError
from finemesh.web.app import create_app
from finemesh.web.shelf import Shelf, UnbuiltError


def _touch(case: Case) -> None:
    """As a build does that changed nothing but the moment."""
    manifest = case.folder.derived / "build.json"
    raw = manifest.read_bytes()
    temporary = manifest.with_suffix(".new")
    temporary.write_bytes(raw + b" ")
    temporary.replace(manifest)


@pytest.fixture
def own_case(tmp_path) -> Case:
    return make_case(tmp_path, long_text=False)


def test_a_build_is_taken_over_while_serving(own_case, tmp_path):
    with TestClient(create_app(own_case, lambda: date.fromisoformat(TODAY)), base_url="http://localhost") as client:
        assert "Written later" not in client.get("/documents").text
        later = tmp_path / "later.txt"
        later.write_text("Written later\n\nTay Za has been sanctioned by the US.\n", encoding="utf-8")
        second = Case(own_case.folder)
        second.add([later])
        second.build(jobs=1)
        assert "Written later" in client.get("/documents").text
        assert client.get("/document/later").status_code == 200


def test_many_threads_get_the_same_answers(client):
    paths = [p for p in PAGES if "part" not in p] * 3

    def ask(path: str) -> tuple[str, int, str]:
        response = client.get(path)
        return path, response.status_code, response.text

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, paths))
    assert {status for _, status, _ in found} == {200}
    by_path: dict[str, set[str]] = {}
    for path, _, text in found:
        by_path.setdefault(path, set()).add(text)
    assert all(len(texts) == 1 for texts in by_path.values())


def test_threads_and_builds_at_once(own_case):
    app = create_app(own_case, lambda: date.fromisoformat(TODAY))
    with TestClient(app, base_url="http://localhost") as client:

        def ask(number: int) -> int:
            if number % 7 == 0:
                _touch(own_case)
            return client.get(PAGES[number % 8]).status_code

        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(ask, range(60)))
    assert set(statuses) <= {200, 409} and statuses.count(200) > 50


def test_an_answer_is_put_together_again_when_a_build_came_in_between(own_case):
    shelf, seen = Shelf(own_case), []

    def question(opened):
        seen.append(opened.stamp)
        if len(seen) == 1:
            _touch(own_case)
        return opened.stamp

    assert shelf.ask(question) == seen[1] and len(seen) == 2 and seen[0] != seen[1]


def test_a_deed_is_done_once_when_a_build_comes_in_between(own_case):
    seen = []

    def deed(opened):
        seen.append(opened.stamp)
        _touch(own_case)
        return "done"

    assert Shelf(own_case).act(deed) == "done" and len(seen) == 1


def test_builds_that_never_end_are_told(own_case):
    def question(opened):
        _touch(own_case)

    with pytest.raises(ConflictError):
        Shelf(own_case).ask(question)


def test_tables_that_are_just_being_replaced_are_asked_again(own_case):
    seen = []

    def question(opened):
        seen.append(opened)
        if len(seen) == 1:
            raise DataError("half of the tables are new")
        return "answer"

    assert Shelf(own_case).ask(question) == "answer"
    assert seen[0] is not seen[1]


def test_damage_that_stays_is_told(own_case):
    calls = []

    def question(opened):
        calls.append(1)
        raise DataError("damaged")

    with pytest.raises(DataError):
        Shelf(own_case).ask(question)
    assert calls == [1, 1]


def test_a_damaged_table_gives_a_page_that_says_so(own_case):
    with TestClient(create_app(own_case), base_url="http://localhost") as client:
        assert client.get("/documents").status_code == 200
        (own_case.folder.derived / "documents.parquet").write_bytes(b"PAR1 no more")
        _touch(own_case)
        response = client.get("/documents")
        assert response.status_code == 503 and "finemesh build" in response.text
        assert client.get("/api/documents").json()["error"]["status"] == 503


def test_nothing_built_is_told(tmp_path):
    with pytest.raises(UnbuiltError):
        Shelf(Case.init(tmp_path / "case")).ask(lambda opened: opened)


def test_answers_are_remembered_for_one_build_only(own_case):
    shelf = Shelf(own_case)
    assert shelf.ask(lambda o: o.remember("x", lambda: 1)) == 1
    assert shelf.ask(lambda o: o.remember("x", lambda: 2)) == 1
    _touch(own_case)
    assert shelf.ask(lambda o: o.remember("x", lambda: 3)) == 3
