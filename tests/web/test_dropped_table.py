"""A table that is dropped on the page: its rows are screened, nothing of it is kept, and nobody else can send one."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from lxml import html as lxml_html
from openpyxl import Workbook
from tests.web.test_browser import Tab, site  # noqa: F401

CSV = "id,name\n1,Htoo Group of Companies\n2,Nobody Anybody Knows\n3,Min Aung Hlaing\n"


@pytest.fixture
def token(client) -> str:
    return lxml_html.fromstring(client.get("/screen").text).xpath("//@data-token")[0]


def send(client, body, token, file="table.csv", **params):
    return client.post(
        "/screen-table", content=body, params={"file": file, **params}, headers={"x-finemesh-token": token}
    )


def names(response):
    return [a.text for a in lxml_html.fromstring(response.text).xpath("//tbody/tr/th/a")]


def test_rows_with_candidates_are_shown(client, token):
    response = send(client, CSV.encode(), token)
    assert response.status_code == 200
    assert names(response) == ["Htoo Group of Companies", "Min Aung Hlaing"]
    assert "2 names of 3 rows" in response.text
    tree = lxml_html.fromstring(response.text)
    assert tree.xpath("//tbody/tr/td[1]/text()") == ["1", "3"]
    assert client.get(tree.xpath("//tbody//a[@class='party']/@href")[0]).status_code == 200


def test_a_workbook_and_a_column_by_name(client, token):
    book, out = Workbook(), io.BytesIO()
    for row in (["who", "where"], ["Htoo Group of Companies", "Yangon"]):
        book.active.append(row)
    book.save(out)
    assert "not clear which column" in send(client, out.getvalue(), token, "a.xlsx").text
    assert names(send(client, out.getvalue(), token, "a.xlsx", column="who")) == ["Htoo Group of Companies"]
    missing = send(client, out.getvalue(), token, "a.xlsx", column="no")
    assert missing.status_code == 400 and "here is no column" in missing.text


@pytest.mark.parametrize(
    ("body", "file"),
    [(b"", "a.csv"), (b"\x00\xff" * 99, "a.xlsx"), (b"name\nx", "a.exe"), (b"{broken", "a.jsonl"), (b"PAR1", "a.parquet")],
)  # fmt: skip
def test_what_is_no_table_is_told(client, token, body, file):
    response = send(client, body, token, file)
    assert response.status_code == 400
    assert "Traceback" not in response.text and tempfile.gettempdir() not in response.text


def test_only_our_own_page_can_send_one(client, token):
    assert send(client, CSV.encode(), "").status_code == 400
    assert send(client, CSV.encode(), "x" + token).status_code == 400
    evil = {"x-finemesh-token": token, "origin": "http://evil.example"}
    assert client.post("/screen-table?file=a.csv", content=CSV.encode(), headers=evil).status_code == 400


def test_a_file_that_is_too_large_is_refused_and_nothing_is_kept(client, token, monkeypatch):
    monkeypatch.setattr("finemesh.web.pages.table._MAX_BYTES", 1000)
    before = set(Path(tempfile.gettempdir()).glob("finemesh-*"))
    response = send(client, b"name\n" + b"x\n" * 2000, token)
    assert response.status_code == 400 and "larger than" in response.text
    monkeypatch.undo()
    assert send(client, CSV.encode(), token).status_code == 200
    assert set(Path(tempfile.gettempdir()).glob("finemesh-*")) == before


def test_words_of_a_file_stay_words(client, token):
    body = b'name\n"<script>alert(1)</script> Htoo Group of Companies"\n'
    response = send(client, body, token, "<img src=x>.csv")
    assert "<script>alert" not in response.text and "<img src=x>" not in response.text


@pytest.mark.browser
def test_a_file_is_chosen_in_a_browser(browser, site, tmp_path):  # noqa: F811
    (tmp_path / "people.csv").write_text(CSV, encoding="utf-8")
    tab = Tab(browser, site)
    tab.page.goto(f"{site}/screen")
    tab.page.set_input_files("input[type=file]", str(tmp_path / "people.csv"))
    tab.page.wait_for_selector("#screened table")
    assert tab.page.locator("#screened tbody tr").count() == 2
    assert "people.csv" in tab.page.locator("#screened h2").inner_text()
    assert tab.said == []
    tab.context.close()
