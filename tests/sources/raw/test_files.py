import gzip
import zipfile

import pytest

from finemesh.model.errors import SourceError
from finemesh.sources.raw.files import open_bytes, open_text, read_text, zip_members


def test_gzip_is_undone(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress("ü,1\n".encode()))
    with open_text(path) as stream:
        assert stream.read() == "ü,1\n"


def test_damaged_gzip_is_told(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"x" * 100_000)[:-40])
    with pytest.raises(SourceError, match="damaged"):
        open_bytes(path).read()


def test_bombs_are_not_unpacked(tmp_path):
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"\0" * 60_000_000))
    with pytest.raises(SourceError, match="far more than it should"):
        open_bytes(bomb).read()
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("zeros", b"\0" * 60_000_000)
    with pytest.raises(SourceError, match="far more than it should"):
        open_bytes(archive, "zeros").read()


def test_members_of_a_zip(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("b.xml", "<b/>")
        out.writestr("../../evil", "x")
    assert [m.filename for m in zip_members(path)] == ["../../evil", "b.xml"]
    assert open_bytes(path, "b.xml").read() == b"<b/>"
    with pytest.raises(SourceError, match="cannot be opened"):
        open_bytes(path, "c.xml")
    path.write_bytes(b"PK\x03\x04broken")
    assert zip_members(path) == []


def test_too_long_a_text_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x" * 11)
    with pytest.raises(SourceError, match="longer than 10 characters"):
        read_text(path, 10)


@pytest.mark.filterwarnings("error")
def test_no_file_stays_open(tmp_path):
    packed, archive, broken = tmp_path / "a.gz", tmp_path / "a.zip", tmp_path / "b.zip"
    packed.write_bytes(gzip.compress(b"text"))
    broken.write_bytes(b"PK and no more")
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.xml", "<a/>")
    with open_bytes(packed) as one, open_bytes(archive, "a.xml") as two:
        assert (one.read(), two.read()) == (b"text", b"<a/>")
    for path in (archive, broken):
        with pytest.raises(SourceError):
            open_bytes(path, "b.xml")
