"""The pages in a real browser: no console errors, the keyboard, the drawer, the slider, light, dark and phone."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.web.sample import TODAY
from tests.web.test_web_pages import PAGES

from finemesh.web.app import create_app
from finemesh.web.server import _listen

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS = (("light", "wide"), ("dark", "wide"), ("light", "phone"))


@pytest.fixture(scope="session")
def site(web_case) -> Iterator[str]:
    """The address of the pages, served from a thread."""
    listening = _listen(0)
    app = create_app(web_case, today=lambda: date.fromisoformat(TODAY))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def shots(tmp_path_factory) -> Path:
    """Where screenshots go: FINEMESH_SHOTS, else a temporary folder."""
    named = os.environ.get("FINEMESH_SHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Tab:
    """A page of the browser that keeps what its console says."""

    def __init__(self, browser: Any, site: str, look: str = "light", size: str = "wide", **options: Any) -> None:
        viewport = WIDE if size == "wide" else PHONE
        self.context = browser.new_context(viewport=viewport, color_scheme=look, **options)
        self.page = self.context.new_page()
        self.site, self.said = site, []
        self.page.on("console", lambda m: self.said.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("requestfailed", lambda r: self.said.append(f"failed: {r.url}"))

    def open(self, path: str) -> Any:
        self.page.goto(self.site + path)
        return self.page

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize(("look", "size"), LOOKS)
def test_every_page_opens_without_a_word_in_the_console(browser, site, shots, look, size):
    with Tab(browser, site, look, size) as tab:
        for number, path in enumerate(PAGES):
            page = tab.open(path)
            assert not tab.said, (path, tab.said)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= page.viewport_size["width"], f"{path} is {wide} wide"
            page.screenshot(path=shots / f"{number:02}-{look}-{size}.png", full_page=True)


def test_everything_asked_for_comes_from_here(browser, site):
    with Tab(browser, site) as tab:
        asked: list[str] = []
        tab.page.on("request", lambda r: asked.append(r.url))
        for path in PAGES:
            tab.open(path)
        assert asked and all(url.startswith(site) for url in asked)


def test_slash_leads_to_the_search_and_enter_searches(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("Htoo Group of Companies")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert page.locator("main a.party").first.inner_text().casefold() == "htoo group of companies"
        page.keyboard.press("/")
        page.keyboard.type("/")
        assert page.locator("#q").input_value() == "/"


def test_drawer_opens_closes_with_escape_and_gives_focus_back(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/entity/ofac-35765")
        mark = page.locator("main a.ev").first
        mark.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#drawer h1")
        assert "Evidence" in page.locator("#drawer h1").inner_text()
        assert page.evaluate("document.activeElement.id") == "drawer-body"
        assert mark.get_attribute("aria-expanded") == "true"
        assert page.locator("#drawer blockquote mark").count() >= 1
        page.keyboard.press("Escape")
        assert page.locator("#drawer").is_hidden()
        assert mark.evaluate("element => element === document.activeElement")
        assert not tab.said


def test_drawer_goes_deeper_and_back(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/coverage?entity=ofac-35765&cols=EU,UK")
        page.locator(".matrix a.cell").first.click()
        page.wait_for_selector("#drawer table.record")
        assert page.locator("#drawer-back").is_hidden()
        page.locator("#drawer a.ev").first.click()
        page.wait_for_selector("#drawer h1:has-text('Evidence')")
        page.locator("#drawer-back").click()
        page.wait_for_selector("#drawer h1:has-text('European Union')")
        page.locator("#drawer-close").click()
        assert page.locator("#drawer").is_hidden()


def test_without_scripts_marks_are_pages(browser, site):
    with Tab(browser, site, java_script_enabled=False) as tab:
        page = tab.open("/entity/ofac-35765")
        page.locator("main a.ev").first.click()
        page.wait_for_url("**/evidence?at=*")
        assert page.locator("main h1").inner_text().startswith("Evidence")
        page = tab.open("/coverage?entity=ofac-35765&as_of=2021-10-01")
        assert page.locator("#slider").is_hidden()
        page.locator("[data-swap=steps] a").last.click()
        page.wait_for_url("**as_of=2022-02-21*")
        page = tab.open("/network?id=ofac-35765")
        page.locator("a.grow").first.click()
        assert page.url.count("id=") == 2


def test_as_of_changes_the_matrix(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/coverage?entity=ofac-35765&cols=EU,UK&as_of=2022-01-01")
        first = page.locator(".matrix tbody td").first
        assert "gap" in first.inner_text()
        field = page.locator("#control input[name=as_of]")
        field.fill("2022-03-01")
        field.press("Enter")
        page.wait_for_selector(".matrix td.td-listed time:has-text('2022-02-21')")
        assert "as_of=2022-03-01" in page.url
        assert page.locator("#as_of").input_value() == "2022-03-01"
        assert "as_of=2022-03-01" in page.locator(".bar nav a").first.get_attribute("href")
        slider = page.locator("#slider")
        slider.focus()
        page.keyboard.press("Home")
        page.wait_for_selector(".matrix td:first-of-type:not(.td-listed)")
        assert slider.evaluate("element => element === document.activeElement")
        assert "As of 2021" in page.locator("#said").inner_text()
        page.locator("[data-swap=steps] a").last.click()
        page.wait_for_selector("p.summary:has-text('2021-09-02')")
        assert not tab.said


def test_filters_are_set_at_once(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/coverage?doc=brokers&as_of=2022-09-22")
        before = page.locator(".matrix tbody tr").count()
        page.locator("#control input[name=gaps]").check()
        page.wait_for_url("**gaps=1*")
        assert page.locator(".matrix tbody tr").count() < before
        assert "gaps=1" in page.locator("[data-swap=files] a").first.get_attribute("href")


def test_claims_by_keyboard(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/document/brokers")
        page.keyboard.press("j")
        assert page.locator(".card.on").get_attribute("data-c") == "1"
        assert page.locator(".text .c.on").count() >= 1
        for _ in range(page.locator(".card.on .claim").count()):
            page.keyboard.press("j")
        assert page.locator(".card.on").get_attribute("data-c") == "2"
        page.keyboard.press("k")
        assert page.locator(".card.on").get_attribute("data-c") == "1"
        while page.locator(".card.on .claim.at").evaluate("claim => !!claim.previousElementSibling"):
            page.keyboard.press("k")
        assert page.locator(".claim.at .more").first.is_visible()
        assert "Claim 1 of" in page.locator("#said").inner_text()
        card, words = page.locator(".card.on").bounding_box(), page.locator(".text .c.on").first.bounding_box()
        assert abs(card["y"] - words["y"]) < 60
        page.keyboard.press("o")
        page.wait_for_url("**/entity/ofac-35765*")


def test_a_sentence_leads_to_its_card(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/document/brokers")
        page.get_by_text("has been sanctioned by the EU. The", exact=False).first.wait_for()
        page.locator(".text span.c", has_text=re.compile(r"^ has been sanctioned by the EU\.$")).click()
        assert page.locator(".card.on").count() == 1
        page.goto(f"{site}/document/brokers#c3")
        page.wait_for_selector(".card.on[data-c='3']")


def test_network_grows_and_stays_put(browser, site, shots):
    def places(page: Any) -> dict[str, tuple[str, str]]:
        found = page.evaluate(
            "[...document.querySelectorAll('.node')].map(n => [n.dataset.id, n.dataset.x, n.dataset.y])"
        )
        return {id: (x, y) for id, x, y in found}

    with Tab(browser, site) as tab:
        page = tab.open("/network?id=ofac-35765")
        before = places(page)
        page.locator("g.node[data-id='doc-myanmar-junta'] a.grow").click()
        page.wait_for_url("**id=doc-myanmar-junta*")
        after = places(page)
        assert len(after) > len(before) and {k: after[k] for k in before} == before
        page.screenshot(path=shots / "network-grown.png")
        page.locator("a.tie").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("#drawer blockquote")
        page.keyboard.press("Escape")
        assert page.locator("#drawer").is_hidden()
        assert not tab.said


def test_network_words_do_not_lie_on_each_other(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/network?id=ofac-35765&id=doc-myanmar-junta&id=ofac-27225&id=ofac-31517")
        boxes = page.evaluate(
            "[...document.querySelectorAll('.net text.called, .net text.label')].map(t => {"
            " const b = t.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; })"
        )
        over = [
            (a, b)
            for n, a in enumerate(boxes)
            for b in boxes[n + 1 :]
            if min(a[2], b[2]) - max(a[0], b[0]) > 3 and min(a[3], b[3]) - max(a[1], b[1]) > 3
        ]
        assert boxes and not over


def test_picture_is_saved_as_png_and_svg(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/network?id=ofac-35765")
        with page.expect_download() as png:
            page.locator("#png").click()
        assert Path(png.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        with page.expect_download() as svg:
            page.locator(".files a[download]").click()
        assert b"<svg" in Path(svg.value.path()).read_bytes()
        assert not tab.said


def test_zoom_and_fit(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/network?id=ofac-35765")
        width = page.locator("#picture").bounding_box()["width"]
        page.locator("[data-zoom=in]").click()
        assert page.locator("#picture").bounding_box()["width"] > width


def test_light_and_dark_are_switched_and_remembered(browser, site):
    def ground(page: Any) -> str:
        return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    with Tab(browser, site) as tab:
        page = tab.open("/")
        light = ground(page)
        page.locator("#theme").click()
        dark = ground(page)
        assert light != dark
        page = tab.open("/lists")
        assert ground(page) == dark
    with Tab(browser, site, "dark") as tab:
        assert ground(tab.open("/")) == dark


CONTRAST = """
() => {
  const lum = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const parse = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return { rgb: m.slice(0, 3), a: m.length > 3 ? m[3] : 1 }; };
  const ground = (el) => { for (let e = el; e; e = e.parentElement) { const b = parse(getComputedStyle(e).backgroundColor);
    if (b.a > .99) return b.rgb; } return [255, 255, 255]; };
  const bad = [];
  for (const el of document.querySelectorAll("main *, header *, footer *")) {
    if (el.closest("svg") || !el.checkVisibility() || ![...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    if (el.closest(".hidden")) continue;
    const a = lum(parse(getComputedStyle(el).color).rgb), b = lum(ground(el));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push([el.className || el.tagName, el.textContent.trim().slice(0, 30), ratio.toFixed(2)]);
  }
  return bad;
}
"""


@pytest.mark.parametrize("look", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser, site, look):
    """WCAG 2 AA: 4.5 to 1 for text."""
    with Tab(browser, site, look) as tab:
        for path in PAGES:
            assert tab.open(path).evaluate(CONTRAST) == [], path


def test_everything_is_reached_by_keyboard(browser, site):
    """Tab goes through every link and control of a page, and each shows that it has the focus."""
    with Tab(browser, site) as tab:
        page = tab.open("/coverage?entity=ofac-35765&cols=EU,UK,US")
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
            ".filter(e => e.checkVisibility()).length"
        )
        seen = set()
        for _ in range(wanted + 20):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "(() => { const e = document.activeElement; if (!e || e === document.body) return null;"
                " const all = [...document.querySelectorAll('*')]; const s = getComputedStyle(e);"
                " return [all.indexOf(e), s.outlineStyle !== 'none' || s.boxShadow !== 'none']; })()"
            )
            if here is None:
                break
            seen.add(here[0])
            assert here[1], page.evaluate("document.activeElement.outerHTML")
        assert len(seen) >= wanted


def test_on_paper_marks_lead_to_the_printed_list(browser, site, shots):
    with Tab(browser, site) as tab:
        page = tab.open("/coverage?doc=brokers&as_of=2022-09-22")
        page.emulate_media(media="print")
        assert page.locator("section.printed").is_visible()
        assert page.locator(".matrix .snap").first.is_visible()
        assert page.locator(".bar nav").is_hidden()
        page.screenshot(path=shots / "print-coverage.png", full_page=True)


def test_an_error_in_the_drawer_is_told_there(browser, site):
    with Tab(browser, site) as tab:
        page = tab.open("/entity/ofac-35765")
        page.evaluate("document.querySelector('main a.ev').href = '/evidence?at=zz'")
        page.locator("main a.ev").first.click()
        page.wait_for_selector("#drawer h1:has-text('Not found')")
