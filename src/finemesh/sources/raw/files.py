"""Opening untrusted files: encodings, gzip, ZIP members, with limits."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from finemesh.model.errors import SourceError

MAX_UNPACKED = 2_000_000_000
"""Bytes that one compressed file may unpack to."""
MAX_RATIO = 200
"""How many times larger than its packed form a ZIP member may be (beyond the first 10 MB)."""
_FREE = 10_000_000
_CHUNK = 1 << 20


class _Limited(io.RawIOBase):
    """A stream that refuses to unpack without end; closing it closes the file below."""

    def __init__(self, stream: BinaryIO, below: BinaryIO, limit: int, name: str) -> None:
        self._stream, self._below, self._left, self._name = stream, below, limit, name

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._below.close()
        super().close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise SourceError(f"a compressed file is damaged: {error}", where=self._name) from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceError("a compressed file unpacks to far more than it should; it is not read", where=self._name)
        buffer[: len(data)] = data
        return len(data)


def open_bytes(path: Path, member: str | None = None) -> BinaryIO:
    """The bytes of an artifact, gzip undone and a ZIP member taken out, within limits.

    Raises:
        SourceError: It is damaged, or a decompression bomb.
    """
    stream: BinaryIO | None = None
    try:
        stream = path.open("rb")
        magic = stream.read(4)
        stream.seek(0)
        if member is not None:
            archive = zipfile.ZipFile(stream)
            info = archive.getinfo(member)
            limit = min(MAX_UNPACKED, max(_FREE, MAX_RATIO * info.compress_size))
            inner = cast(BinaryIO, archive.open(info))
            return cast(BinaryIO, io.BufferedReader(_Limited(inner, stream, limit, f"{path.name}: {member}"), _CHUNK))
        if magic[:2] == b"\x1f\x8b":
            unpacked = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
            limit = min(MAX_UNPACKED, max(_FREE, MAX_RATIO * path.stat().st_size))
            return cast(BinaryIO, io.BufferedReader(_Limited(unpacked, stream, limit, path.name), _CHUNK))
        return stream
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        if stream is not None:
            stream.close()
        raise SourceError(f"cannot be opened: {error}", where=str(path)) from error


def zip_members(path: Path) -> list[zipfile.ZipInfo]:
    """The files inside a ZIP, in a fixed order; empty where it is no readable ZIP."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [i for i in archive.infolist() if not i.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return []
    return sorted(infos, key=lambda i: i.filename)


def only_xml_member(path: Path) -> str | None:
    """The one XML file inside a ZIP; None where it is no ZIP, or holds none or several, or is a workbook.

    A member is read from within the archive and never written to disk, so that its name, whatever path it claims, is
    only a name.
    """
    names = [i.filename for i in zip_members(path)]
    if any(n.startswith(("xl/", "word/")) or n == "content.xml" for n in names):
        return None
    found = [n for n in names if n.lower().endswith(".xml")]
    return found[0] if len(found) == 1 else None


def detect_encoding(stream: BinaryIO) -> str:
    """UTF-8 (with or without mark), UTF-16 with a mark, else Windows-1252, decided over the whole stream.

    Windows-1252 is what publishers mean when their file is not UTF-8 (OFSI until 2022). The answer depends on the
    bytes alone, so a place found once is found again.
    """
    head = stream.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def open_text(path: Path, member: str | None = None, newline: str | None = "") -> io.TextIOWrapper:
    """The characters of an artifact, in the encoding that :func:`detect_encoding` finds.

    Bytes that do not exist in Windows-1252 become U+FFFD.
    """
    with open_bytes(path, member) as stream:
        encoding = detect_encoding(stream)
    errors = "strict" if encoding == "utf-8" else "replace"  # plain UTF-8 was found to be so throughout
    return io.TextIOWrapper(open_bytes(path, member), encoding=encoding, errors=errors, newline=newline)


def read_text(path: Path, limit: int) -> str:
    """All characters of an artifact.

    Raises:
        SourceError: It has more than ``limit`` characters.
    """
    with open_text(path) as stream:
        text = stream.read(limit + 1)
    if len(text) > limit:
        raise SourceError(f"longer than {limit:,} characters; it is not read", where=path.name)
    return text
