from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.model.errors import SourceError
from finemesh.sources import verify
from finemesh.sources.raw.text import MAX_LINE, line_cells, text_lines
from finemesh.sources.record import record


def test_lines_are_cells_that_verify(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes("○ 団体\r\n１ 株式会社\r\nAdmiralty Shipyard JSC".encode())
    cells = list(line_cells(path))
    assert [(c.text, c.locator) for c in cells] == [
        ("○ 団体", "line=1"),
        ("１ 株式会社", "line=2"),
        ("Admiralty Shipyard JSC", "line=3"),
    ]
    part = cells[2].cut(0, 9)
    rows = [(part.locator, part.text), ("line=2", "１ 株式会社"), ("line=2", "other"), ("line=9", "x")]
    assert [position for position, _ in verify.check(path, path.name, rows)] == [2, 3]
    assert [(f.name, f.text, f.spans) for f in record(path, [part.locator])] == [
        ("line 3", "Admiralty Shipyard JSC", ((0, 9),))
    ]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("a\n" + "x" * (MAX_LINE + 1))
    with pytest.raises(SourceError):
        list(text_lines(path))


def test_a_mark_before_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"\xef\xbb\xbf" + b"caf\xe9;\xbf\xbf")
    assert [text for _, text in text_lines(path)] == ["caf�;��"]
