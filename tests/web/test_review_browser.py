"""A long run of decisions in a real browser, by keyboard alone."""

from __future__ import annotations

import threading
import time
from datetime import date

import pytest
import uvicorn
from tests.namesakes import make_namesakes
from tests.web.test_browser import Tab

from finemesh.resolution.judgements import in_force
from finemesh.web.app import create_app
from finemesh.web.server import _listen

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(tmp_path):
    """A case of sixty names, served; the case and its address."""
    case = make_namesakes(tmp_path)
    listening = _listen(0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(case, today=lambda: date(2026, 8, 1)), log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield case, f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


def waiting(page) -> int:
    words = page.locator("#waiting").inner_text()
    return 0 if words.startswith("No pair") else int(words.split(" of ")[1].split()[0])


def pressed(page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_long_run_of_decisions_by_keyboard(browser, desk):
    case, site = desk
    keys = ("n", "x", "u", "h", "y", "n")
    expected = {"x": "same", "y": "same", "n": "not-same", "u": "unsure", "h": "unsure"}
    given: list[tuple[str, str, str]] = []
    with Tab(browser, site) as tab:
        page = tab.open("/review")
        assert waiting(page) == 120
        while waiting(page) and len(given) < 40:
            key = keys[len(given) % len(keys)]
            left = page.locator("form.answer input[name=left]").get_attribute("value")
            right = page.locator("form.answer input[name=right]").get_attribute("value")
            pressed(page, key)
            given.append((left, right, expected[key]))
        assert len(given) == 40
        log = case.decisions()
        assert [(d.left, d.right, d.value) for d in log] == given
        before = waiting(page)
        pressed(page, "z")
        assert waiting(page) >= before and case.decisions()[-1].kind == "undo"
        pressed(page, "s")
        assert "at=1" in page.url
        pressed(page, "ArrowLeft")
        assert "2 of" not in page.locator("#waiting").inner_text()
        page.locator("#note").fill("xnu stay letters here")
        assert page.locator("#note").input_value() == "xnu stay letters here"
        assert len(case.decisions()) == 41
        assert not tab.said
    end = time.monotonic() + 60
    while time.monotonic() < end and not case.settle():
        time.sleep(0.5)
    case.close()
    joined = [(left, right) for left, right, value in given[:-1] if value == "same"]
    parties = {r["entity"]: r["cluster"] for r in case.reader.rows("SELECT entity, cluster FROM entities")}
    assert joined and all(parties[left] == parties[right] for left, right in joined)


def asked(page) -> tuple[str, str]:
    """The pair that is asked about."""
    form = "form.answer input[name={}]"
    return tuple(page.locator(form.format(side)).get_attribute("value") for side in ("left", "right"))


def test_a_hundred_keys_with_undo_and_reload_are_in_the_log_and_nothing_else_is(browser, desk):
    """Every tenth key takes back the last answer, every seventh answer is followed by a reload of the page."""
    case, site = desk
    answers = {"x": "same", "n": "not-same", "u": "unsure"}
    expected: list[tuple[str, ...]] = []
    standing: list[tuple[str, str, str]] = []
    with Tab(browser, site) as tab:
        page = tab.open("/review")
        for number in range(1, 101):
            if number % 10 == 0:
                pressed(page, "z")
                expected.append(("undo", *standing.pop()))
                assert asked(page) != () and waiting(page) > 0
                continue
            key = "nxunnx"[number % 6]
            pair = asked(page)
            pressed(page, key)
            expected.append(("judgement", *pair, answers[key]))
            standing.append((*pair, answers[key]))
            if number % 7 == 0:
                before = waiting(page), asked(page)
                page.reload()
                assert (waiting(page), asked(page)) == before
        assert not tab.said
    log = case.decisions()
    by_id = {d.id: d for d in log}
    written = [by_id[d.left] if d.kind == "undo" else d for d in log]
    assert [(d.kind, w.left, w.right, w.value) for d, w in zip(log, written, strict=True)] == expected
    assert [d.number for d in log] == list(range(1, 101))
    alive = [d for d in in_force(log) if d.kind == "judgement"]
    assert [(d.left, d.right, d.value) for d in alive] == standing


def test_without_scripts_the_buttons_answer(browser, desk):
    case, site = desk
    with Tab(browser, site, java_script_enabled=False) as tab:
        page = tab.open("/review")
        page.locator("#note").fill("by hand")
        page.get_by_role("button", name="Not the same").click()
        page.wait_for_load_state()
        assert [(d.value, d.note) for d in case.decisions()] == [("not-same", "by hand")]
        page.get_by_role("button", name="Undo 1").first.click()
        page.wait_for_load_state()
        assert len(case.decisions()) == 2


@pytest.mark.parametrize(("look", "size"), [("light", "wide"), ("dark", "phone")])
def test_the_page_fits_and_is_silent(browser, desk, look, size):
    _, site = desk
    with Tab(browser, site, look, size) as tab:
        page = tab.open("/review")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= page.viewport_size["width"]
        assert not tab.said
