import hashlib
import io

import pytest

from finemesh.model.errors import DataError, UserError
from finemesh.model.source import Source
from finemesh.store.archive import Archive


def test_bytes_are_kept_under_their_hash_and_only_once(tmp_path):
    archive = Archive(tmp_path / "archive")
    sha256, size = archive.put(io.BytesIO(b"row"))
    assert sha256 == hashlib.sha256(b"row").hexdigest()
    assert size == 3
    assert archive.read(sha256) == b"row"
    assert archive.put(io.BytesIO(b"row"))[0] == sha256
    assert len([p for p in archive.root.rglob("*") if p.is_file()]) == 1


def test_a_changed_file_is_noticed(tmp_path):
    archive = Archive(tmp_path)
    sha256, _ = archive.put(io.BytesIO(b"row"))
    assert archive.intact(sha256)
    archive.path(sha256).chmod(0o644)
    archive.path(sha256).write_bytes(b"now")
    assert not archive.intact(sha256)
    archive.path(sha256).unlink()
    assert not archive.intact(sha256)
    with pytest.raises(DataError):
        archive.read(sha256)


def test_the_log_gives_sources_in_an_order_that_adding_does_not_change(tmp_path):
    a = Source("a" * 64, "a.csv", "x/a.csv", 1, "list", "r", "un_sc", "2024")
    b = Source("b" * 64, "b.csv", "x/b.csv", 1, "list", "r", "un_sc", "2023")
    first, second = Archive(tmp_path / "1"), Archive(tmp_path / "2")
    for archive, order in ((first, (a, b)), (second, (b, a))):
        archive.root.mkdir()
        archive.record(order)
    assert first.sources() == second.sources() == [b, a]


def test_a_later_line_replaces_an_earlier_one_of_the_same_file(tmp_path):
    archive = Archive(tmp_path)
    archive.record([Source("a" * 64, "a.csv", "x/a.csv", snapshot="2023")])
    archive.record([Source("a" * 64, "a.csv", "x/a.csv", snapshot="2024")])
    assert [s.snapshot for s in archive.sources()] == ["2024"]


@pytest.mark.parametrize("torn", [b'{"sha256": "cc', b"{", b"\x00\x00\x00"])
def test_a_torn_last_line_loses_nothing_that_was_acknowledged(tmp_path, torn):
    archive = Archive(tmp_path)
    archive.record([Source("a" * 64, "a.csv", "a.csv")])
    with archive.log.open("ab") as out:
        out.write(torn)
    assert [s.name for s in archive.sources()] == ["a.csv"]
    archive.record([Source("b" * 64, "b.csv", "b.csv")])
    assert [s.name for s in archive.sources()] == ["a.csv", "b.csv"]


def test_a_damaged_line_in_the_middle_is_told(tmp_path):
    archive = Archive(tmp_path)
    archive.record([Source("a" * 64, "a.csv", "a.csv")])
    content = archive.log.read_bytes()
    archive.log.write_bytes(b"garbage\n" + content + content)
    with pytest.raises(DataError, match="damaged"):
        archive.sources()


def test_a_folder_without_permission_is_told(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(UserError, match="cannot write to the archive: Permission denied"):
        Archive(tmp_path).put(io.BytesIO(b"row"))
