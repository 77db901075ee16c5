"""`finemesh serve`: binds loopback, says where, ends on Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

import finemesh
from finemesh.model.errors import UserError
from finemesh.web.server import HOST, _listen


def test_a_taken_port_is_told_with_a_way_out():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(UserError) as error:
            _listen(taken.getsockname()[1])
    assert "--port" in (error.value.hint or "")


def test_without_a_port_the_next_free_one_is_taken():
    first, second = _listen(None), _listen(None)
    try:
        assert first.getsockname()[0] == HOST
        assert first.getsockname()[1] != second.getsockname()[1]
    finally:
        first.close()
        second.close()


def test_serve_answers_on_loopback_and_stops(web_case):
    source = str(Path(finemesh.__file__).parents[1])
    command = [sys.executable, "-m", "finemesh", "-c", str(web_case.folder.root), "serve", "--port", "0"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": source}
    )
    try:
        address = process.stdout.readline().strip()
        assert address.startswith(f"http://{HOST}:")
        with urllib.request.urlopen(f"{address}api/status") as answer:
            assert b"friends" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=30)
    assert process.returncode == 0, messages
    assert "Traceback" not in messages
