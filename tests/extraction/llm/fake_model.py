"""A language model's endpoint of our own: what it answers, and how badly it behaves, is said by the test."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from finemesh.model.endpoint import Endpoint

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class FakeModel:
    """What it was asked, and what it does. ``gate`` keeps a stalling one waiting until the test ends."""

    behaviour: Behaviour
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def endpoint(self, **more: Any) -> Endpoint:
        """Settings for it: impatient, and without pauses."""
        return Endpoint(**{"url": self.url, "model": "fake-1", "timeout": 20.0, "retries": 1, "pause": 0.0, **more})


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Send one answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def content(text: Any) -> bytes:
    """An answer in OpenAI's form."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def says(*claims: Any) -> Behaviour:
    """Answers with these claims."""
    return lambda handler, _: reply(handler, content(json.dumps({"claims": list(claims)})))


@contextmanager
def fake_model(behaviour: Behaviour) -> Iterator[FakeModel]:
    """Serve on a port of the loopback until the block ends."""
    model = FakeModel(behaviour)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(body)
            model.headers.append(dict(self.headers))
            with suppress(BrokenPipeError, ConnectionResetError):
                model.behaviour(self, body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.gate.set()
        server.shutdown()
        server.server_close()
