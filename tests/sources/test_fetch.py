"""Fetching from a server of our own that behaves badly in every way that publishers do."""

import hashlib
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.small_case import SNAPSHOTS

from finemesh.model.errors import SourceError, UserError
from finemesh.sources.fetch import REMOTES, Known, Limits, Remote, fetch

LIST = SNAPSHOTS["2024-05-03"].encode() * 400
ETAG = '"v1"'


class Publisher:
    """A server whose answers are scripted; it notes what it was asked."""

    def __init__(self) -> None:
        self.script: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.asked: list[dict[str, str]] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append({k.lower(): v for k, v in self.headers.items()})
                step = publisher.script.pop(0) if publisher.script else whole
                step(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def remote(self) -> Remote:
        return Remote("us_ofac_sdn", f"http://127.0.0.1:{self.server.server_address[1]}/sdn.csv", "sdn.csv")


def answer(handler, status, body=b"", **headers):
    handler.send_response(status)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Content-Length": str(len(body)), "ETag": ETAG, **given}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def whole(handler):
    if handler.headers.get("If-None-Match") == ETAG:
        answer(handler, 304)
    elif handler.headers.get("Range") and handler.headers.get("If-Range") == ETAG:
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        answer(handler, 206, LIST[start:])
    else:
        answer(handler, 200, LIST)


def cut(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(LIST)))
    handler.send_header("ETag", ETAG)
    handler.end_headers()
    handler.wfile.write(LIST[: len(LIST) // 3])
    handler.wfile.flush()
    handler.connection.close()


def status(code):
    return lambda handler: answer(handler, code)


def garbage(handler):
    answer(handler, 200, b"<html><body>We are sorry, this page has moved.</body></html>")


def redirect(target):
    return lambda handler: answer(handler, 302, Location=target)


@pytest.fixture
def publisher():
    found = Publisher()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def limits():
    return Limits(timeout_s=5, pause_s=0.01, sleep=lambda seconds: None)


def quiet(what, done, total):
    pass


def test_a_list_comes_whole_and_only_once(publisher, limits, tmp_path):
    seen = []
    first = fetch(publisher.remote, tmp_path, Known(), lambda what, done, total: seen.append((done, total)), limits)
    assert first.path.read_bytes() == LIST
    assert first.sha256 == hashlib.sha256(LIST).hexdigest()
    assert seen[-1] == (len(LIST), len(LIST))
    assert publisher.asked[0]["user-agent"].startswith("finemesh/")
    again = fetch(publisher.remote, tmp_path, first.known, quiet, limits)
    assert again.path is None
    assert publisher.asked[1]["if-none-match"] == ETAG
    assert [p.name for p in tmp_path.iterdir()] == ["sdn.csv"]


def test_a_cut_connection_is_gone_on_with(publisher, limits, tmp_path):
    publisher.script = [cut, whole]
    assert fetch(publisher.remote, tmp_path, Known(), quiet, limits).path.read_bytes() == LIST
    assert publisher.asked[1]["range"] == f"bytes={len(LIST) // 3}-"
    assert publisher.asked[1]["if-range"] == ETAG


def test_a_file_that_changed_between_attempts_is_begun_again(publisher, limits, tmp_path):
    def other_version(handler):
        answer(handler, 200, LIST, ETag='"v2"')

    publisher.script = [cut, other_version]
    assert fetch(publisher.remote, tmp_path, Known(), quiet, limits).path.read_bytes() == LIST
    publisher.script = [cut, status(416), whole]
    assert fetch(publisher.remote, tmp_path, Known(), quiet, limits).path.read_bytes() == LIST


def test_passing_troubles_are_waited_out(publisher, tmp_path):
    waited = []
    publisher.script = [status(503), status(429), whole]
    limits = Limits(timeout_s=5, pause_s=1.0, sleep=waited.append)
    assert fetch(publisher.remote, tmp_path, Known(), quiet, limits).sha256
    assert waited == [1.0, 2.0]


def test_lasting_troubles_are_told(publisher, limits, tmp_path):
    publisher.script = [status(500)] * 10
    with pytest.raises(SourceError, match="could not be fetched: the publisher answered 500"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)
    publisher.script = [status(404)]
    with pytest.raises(SourceError, match="answered 404"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)
    assert not (tmp_path / "sdn.csv").exists()


def test_offline_is_told_with_a_way_out(limits, tmp_path):
    nowhere = Remote("un_sc", "http://127.0.0.1:9/consolidated.xml", "consolidated.xml")
    with pytest.raises(SourceError, match=r"is this machine online\? .* `finemesh add`"):
        fetch(nowhere, tmp_path, Known(), quiet, limits)


def test_an_error_page_is_not_taken_for_a_list(publisher, limits, tmp_path):
    publisher.script = [garbage]
    with pytest.raises(SourceError, match="what came is not us_ofac_sdn but document"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)
    assert list(tmp_path.iterdir()) == []


def test_lies_about_the_length(publisher, limits, tmp_path):
    def too_long(handler):
        answer(handler, 200, b"x", Content_Length=str(10**12))

    publisher.script = [too_long]
    with pytest.raises(SourceError, match="more than a list may have"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"y" * 100_000)

    publisher.script = [endless]
    limits.max_bytes = 1_000_000
    with pytest.raises(SourceError, match="it is given up"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)
    assert not (tmp_path / "sdn.csv").exists()


def test_redirects_stay_with_https(publisher, limits, tmp_path):
    publisher.script = [redirect("/elsewhere.csv"), whole]
    assert fetch(publisher.remote, tmp_path, Known(), quiet, limits).sha256
    publisher.script = [redirect("http://example.org/sdn.csv")]
    with pytest.raises(UserError, match="only HTTPS"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)
    publisher.script = [redirect("/again")] * 20
    with pytest.raises(SourceError, match="redirected too often"):
        fetch(publisher.remote, tmp_path, Known(), quiet, limits)


def test_every_address_is_https_and_has_a_reader():
    from finemesh.model.dataset import DATASETS

    assert all(r.url.startswith("https://") for r in REMOTES.values())
    assert set(REMOTES) <= set(DATASETS)
