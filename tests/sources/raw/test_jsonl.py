from __future__ import annotations

from pathlib import Path

import pytest

from finemesh.model.errors import SourceError
from finemesh.sources import verify
from finemesh.sources.raw.jsonl import JsonObject, json_objects, object_key, pointer_of
from finemesh.sources.record import record


def test_lines_and_arrays_have_places_that_verify(tmp_path: Path) -> None:
    lines, array = tmp_path / "a.jsonl", tmp_path / "a.json"
    lines.write_text('{"a/b": ["x", "y"]}\n\n{"n": 12, "t": true}\n')
    array.write_text(' [\n {"a/b": ["x", "y"]}, 7,\n {"n": 12, "t": true} ]')
    places = {lines: ("line=1;pointer=/a~1b/1", "line=3;pointer=/n"), array: ("pointer=/0/a~1b/1", "pointer=/2/n")}
    for path, (first, second) in places.items():
        found = [o for o in json_objects(path) if isinstance(o, JsonObject)]
        assert found[0].cell("a/b", 1).locator == first
        assert found[1].cell("n").locator == second
        rows = [(first, "y"), (second, "12"), (second, "13")]
        assert [p for p, _ in verify.check(path, path.name, rows)] == [2]
        assert [(f.name, f.text) for f in record(path, [second])] == [("n", "12"), ("t", "true")]


def test_keys() -> None:
    assert object_key(3, "/id") == (3, "")
    assert object_key(None, "/12/properties") == (0, "/12")
    assert object_key(None, None) == (0, "")
    assert pointer_of(("a/b", "c~d", 0)) == "/a~1b/c~0d/0"


@pytest.mark.parametrize("text", ["[", "[{", '[{"a": 1}', "[{'a': 1}]", "[" * 100_000, '[{"a": "\\ud800"}]', "[1, 2]"])
def test_damaged_arrays_end_with_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    assert isinstance(list(json_objects(path))[-1], SourceError)


def test_utf16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-16")
    with pytest.raises(SourceError):
        list(json_objects(path))
