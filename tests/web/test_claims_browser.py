"""Claims are judged by keyboard in a real browser, without losing the place."""

from __future__ import annotations

import shutil
import threading
from datetime import date

import pytest
import uvicorn
from tests.web.test_browser import Tab

from finemesh.case import Case
from finemesh.model.decision import Answer
from finemesh.web.app import create_app
from finemesh.web.server import _listen

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(web_case, tmp_path):
    """A copy of the pages' case, served; the case and its address."""
    shutil.copytree(web_case.folder.root, tmp_path / "case")
    case = Case.open(tmp_path / "case")
    listening = _listen(0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(case, today=lambda: date(2026, 8, 1)), log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield case, f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def answers(case):
    return [c.answer for c in case.claims(["brokers"]) if c.answer]


def test_a_run_of_answers_by_keyboard(browser, desk):
    case, site = desk
    with Tab(browser, site) as tab:
        page = tab.open("/document/brokers")
        page.keyboard.press("a")
        assert case.decisions() == []
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.wait_for_selector(".claim.at.is-accepted")
        page.keyboard.press("j")
        page.keyboard.press("r")
        page.wait_for_selector(".claim.at.is-rejected")
        assert "1 accepted, 1 rejected" in page.locator(".answers").inner_text()
        page.keyboard.press("k")
        assert "is-accepted" in page.locator(".claim.at").get_attribute("class")
        page.keyboard.press("u")
        page.wait_for_selector(".claim.at:not(.is-accepted)")
        assert answers(case) == [Answer.REJECTED]
        assert [d.value for d in case.decisions()] == ["accepted", "rejected", ""]
        page.keyboard.press("o")
        page.wait_for_url("**/entity/**")
        assert not tab.said


def test_a_correction_by_keyboard(browser, desk):
    case, site = desk
    with Tab(browser, site) as tab:
        page = tab.open("/document/brokers")
        page.keyboard.press("j")
        page.keyboard.press("e")
        field = page.locator(".claim.at .edit input[name=arg-target]")
        assert field.is_visible()
        field.fill("Tay Za and areuojk")
        assert field.input_value() == "Tay Za and areuojk"
        page.keyboard.press("Escape")
        assert not field.is_visible()
        assert case.decisions() == []
        page.keyboard.press("e")
        field.fill("Tay Za")
        page.keyboard.press("Enter")
        page.wait_for_selector(".claim.at.is-corrected")
        (stored,) = [c for c in case.claims(["brokers"]) if c.answer is Answer.CORRECTED]
        assert (stored.claim.args["target"], stored.claim.entities["target"]) == ("Tay Za", "ofac-34663")
        assert not tab.said


def test_a_refused_answer_is_told_beside_the_claim(browser, desk):
    case, site = desk
    with Tab(browser, site) as tab:
        page = tab.open("/document/brokers")
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.locator(".claim.at .edit input[name=start]").fill("last May")
        page.keyboard.press("Enter")
        page.wait_for_selector(".claim.at .failed")
        said = page.locator(".claim.at .failed").inner_text()
        assert said.startswith("Not kept: Not a date: 'last May'.") and "2021-02-01" in said and "overview" not in said
        assert case.decisions() == []


def test_without_scripts_the_buttons_answer(browser, desk):
    case, site = desk
    with Tab(browser, site, java_script_enabled=False) as tab:
        page = tab.open("/document/brokers")
        page.get_by_role("button", name="Reject").first.click()
        page.wait_for_load_state()
        assert answers(case) == [Answer.REJECTED]
        page.get_by_role("button", name="Undo").first.click()
        page.wait_for_load_state()
        assert answers(case) == []


@pytest.mark.parametrize(("look", "size"), [("light", "wide"), ("dark", "phone")])
@pytest.mark.parametrize("path", ["/document/brokers", "/check/brokers", "/entity/ofac-35765"])
def test_the_pages_fit_and_are_silent(browser, desk, look, size, path):
    _, site = desk
    with Tab(browser, site, look, size) as tab:
        page = tab.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        assert not tab.said
