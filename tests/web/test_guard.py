"""Who is answered, with which headers, and that untrusted words stay words."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html
from tests.web.sample import HOSTILE
from tests.web.test_web_pages import PAGES

from finemesh.web.guard import HEADERS, host_name
from finemesh.web.links import address, web_link

BAD = (
    ("/?as_of=yesterday", 400),
    ("/?as_of=2022-13-01", 400),
    ("/?as_of=%00", 400),
    ("/coverage?cols=XX", 400),
    ("/coverage?listed_by=Atlantis", 400),
    ("/coverage?doc=../../etc/passwd", 404),
    ("/coverage?doc=/etc/hostname", 404),
    ("/coverage?" + "&".join(f"entity=n{n}" for n in range(600)), 400),
    ("/coverage?names=" + "n%0A" * 600, 400),
    ("/search?q=" + "x" * 10_000, 400),
    ("/document/nothing", 404),
    ("/document/brokers?at=x", 400),
    ("/document/brokers?at=-1", 400),
    ("/document/brokers?part=one", 400),
    ("/documents?order=luck", 400),
    ("/documents?page=-3", 400),
    ("/entity/nobody", 404),
    ("/entity/%2e%2e%2fcase.toml", 404),
    ("/entity/" + "%27%22%3B--", 404),
    ("/evidence", 400),
    ("/evidence?at=zz", 404),
    ("/evidence?at=" + "0" * 64 + "~row=1", 404),
    ("/artifact/" + "0" * 64, 404),
    ("/artifact/..%2f..%2fcase.toml", 404),
    ("/artifact/case.toml", 404),
    ("/listing/ofac-35765", 400),
    ("/listing/ofac-35765?authority=US,EU", 400),
    ("/listing/nobody?authority=US", 404),
    ("/network?id=nobody", 404),
    ("/network?id=ofac-35765&kind=rumour", 400),
    ("/network.svg", 400),
    ("/dossier.pdf", 400),
    ("/dossier.exe?id=ofac-35765", 404),
    ("/dossier.pdf?id=nobody", 404),
    ("/tie?source=ofac-35765&target=nobody", 404),
    ("/tie?source=ofac-35765&target=ofac-35739", 404),
    ("/no/such/page", 404),
    ("/static/../server.py", 404),
    ("/static/%2e%2e/server.py", 404),
)


@pytest.mark.parametrize(("path", "status"), BAD, ids=[p[:40] for p, _ in BAD])
def test_bad_requests_are_told_not_traced(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "Traceback" not in response.text and 'File "' not in response.text
    if "html" in response.headers["content-type"]:
        assert lxml_html.fromstring(response.text).xpath("//h1")


def test_a_place_that_is_none_is_told(client, web_case):
    sha256 = web_case.documents()[0].sha256
    for locator in ("what", "row=x", "chars=9", "sheet=No;row=1;col=1", "line=1;element=X[1]", "pointer=/0", ""):
        response = client.get("/evidence", params={"at": f"{sha256}~{locator}"})
        assert response.status_code in (200, 400), locator
        assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80:80", "", "localhost.", "[::2]"]
)
def test_other_hosts_are_not_answered(client, host):
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421 and "Brokers" not in response.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8787", "localhost:1", "LOCALHOST", "[::1]:8787", "[::1]"])
def test_our_own_names_are_answered(client, host):
    assert client.get("/api/status", headers={"host": host}).status_code == 200


def test_host_name_leaves_the_port_away():
    assert [host_name(h) for h in ("a:1", "a", "[::1]:80", "[::1]", "a:b")] == ["a", "a", "[::1]", "[::1]", "a:b"]


def test_every_answer_has_the_security_headers(client):
    for path in ("/", "/nothing", "/api/status", "/api/nothing", "/static/style.css", "/coverage.csv?entity=x"):
        response = client.get(path)
        for name in HEADERS:
            assert name in response.headers, (path, name)
    assert "unsafe" not in client.get("/").headers["content-security-policy"]
    refused = client.get("/", headers={"host": "evil.example"})
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_only_reading_is_possible(client):
    for method in ("post", "put", "delete", "patch"):
        response = getattr(client, method)("/coverage")
        assert response.status_code == 405 and "<h1>" in response.text
        assert getattr(client, method)("/api/status").json()["error"]["status"] == 405


def test_pages_have_no_inline_script_or_style(client):
    for path in PAGES:
        tree = lxml_html.fromstring(client.get(path).text)
        assert all(s.get("src", "").startswith("/static/") and not s.text for s in tree.iter("script"))
        assert not tree.xpath("//style | //@style | //iframe | //object | //embed")
        assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on")]
        for source in tree.xpath("//@src | //link/@href"):
            assert source.startswith("/static/")


def test_outside_links_are_safe(client):
    for path in PAGES:
        for link in lxml_html.fromstring(client.get(path).text).xpath("//a[starts-with(@href, 'http')]"):
            assert link.get("rel") == "noopener noreferrer"
        assert not re.search(r'(href|src|action)="\s*(javascript|data|vbscript|file):', client.get(path).text, re.I)


HOSTILE_PAGES = (
    "/",
    "/documents",
    "/document/hostile",
    "/entity/ofac-34663",
    "/network?id=ofac-34663",
    "/network.svg?id=ofac-34663",
    "/coverage?doc=hostile",
    "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "/screen?name=%22%3E%3Cimg+src=x%3E",
    "/network?q=%3Cimg%3E",
    "/issues?q=%22%3E%3Cimg%3E",
    "/entity/%3Cscript%3E",
)


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_hostile_words_stay_words(client, path):
    assert not re.search(r"<script>|<img|<b>(nobody|stays)|<i>all|</b> &amp;", client.get(path).text)


def test_hostile_names_are_shown_as_they_are(client):
    from tests.web.sample import DOCUMENT_PARTIES

    response = client.get("/entity/" + address("", {"": DOCUMENT_PARTIES[HOSTILE]}).removeprefix("?="))
    assert response.status_code == 200
    assert lxml_html.fromstring(response.text).findtext(".//h1") == HOSTILE


def test_archived_bytes_are_only_ever_a_file_to_save(client, web_case):
    for info in web_case.documents():
        response = client.get(f"/artifact/{info.sha256}")
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["content-disposition"].startswith("attachment")
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in response.headers["content-security-policy"]
        assert response.content == web_case.archive.read(info.sha256)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://example.org", False),
        ("https://", False),
        ("https:///x", False),
        ("https://a b", False),
        ("//example.org", False),
        ("https://example.org/" + "x" * 3000, False),
    ],
)
def test_only_web_addresses_become_links(url, kept):
    assert bool(web_link(url)) is kept


def test_addresses_leave_empty_values_out_and_escape_the_rest():
    assert address("/x", {"a": "", "b": None, "c": False}) == "/x"
    assert address("/x", {"a": "1&2", "b": ["u", "ü"], "c": True, "n": 0}) == "/x?a=1%262&b=u&b=%C3%BC&c=1&n=0"
