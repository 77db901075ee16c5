"""The index file: named sections of plain numbers and texts in one memory-mapped file.

Layout: 8 bytes of magic, version and number of sections (uint32 each), the CRC of the table, the table (name, offset,
length, CRC of each section), then the sections, each at a multiple of 8 bytes. All numbers are little-endian.
"""

from __future__ import annotations

import ctypes
import mmap
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, cast

from finemesh.model.errors import DataError

MAGIC = b"FMNAMES\n"
VERSION = 4
_HEAD = struct.Struct("<8sIII")
_ENTRY = struct.Struct("<16sQQI4x")
_HINT = "run `finemesh build`"


def write_sections(path: Path, sections: Mapping[str, bytes]) -> None:
    """Write an index file; the file appears whole or not at all."""
    offset = _HEAD.size + _ENTRY.size * len(sections)
    table = []
    for name, data in sections.items():
        offset = (offset + 7) // 8 * 8
        table.append(_ENTRY.pack(name.encode(), offset, len(data), zlib.crc32(data)))
        offset += len(data)
    entries = b"".join(table)
    partial = path.with_suffix(".part")
    with partial.open("wb") as out:
        out.write(_HEAD.pack(MAGIC, VERSION, len(sections), zlib.crc32(entries)))
        out.write(entries)
        for data in sections.values():
            out.write(b"\0" * (-out.tell() % 8))
            out.write(data)
    partial.replace(path)


class Sections:
    """An index file, open for reading. The pages are shared between processes."""

    def __init__(self, path: Path) -> None:
        """Open and check a file.

        Raises:
            DataError: It is not there, damaged, or of another version.
        """
        if sys.byteorder != "little":  # pragma: no cover
            raise DataError("the name index needs a little-endian machine", where=str(path))
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        except FileNotFoundError:
            raise DataError("there is no name index", where=str(path), hint=_HINT) from None
        except (OSError, ValueError) as error:
            raise DataError(f"the name index cannot be read: {error}", where=str(path), hint=_HINT) from None
        self.path = path
        self._view = memoryview(self._map)
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        self._places = self._table()

    def _table(self) -> dict[str, tuple[int, int]]:
        if len(self._view) < _HEAD.size:
            raise self._damaged("it is cut short")
        magic, version, count, check = _HEAD.unpack_from(self._view)
        if magic != MAGIC:
            raise self._damaged("it is not an index")
        if version != VERSION:
            raise DataError(
                f"the name index is of version {version}, this finemesh reads {VERSION}",
                where=str(self.path),
                hint=_HINT,
            )
        entries = self._view[_HEAD.size : _HEAD.size + _ENTRY.size * count]
        if zlib.crc32(entries) != check:
            raise self._damaged("its table does not fit its checksum")
        places = {}
        for name, offset, length, crc in _ENTRY.iter_unpack(entries):
            if offset + length > len(self._view):
                raise self._damaged("it is cut short")
            label = name.rstrip(b"\0").decode()
            if zlib.crc32(self._view[offset : offset + length]) != crc:
                raise self._damaged(f"the section {label!r} does not fit its checksum")
            places[label] = (offset, length)
        return places

    def _damaged(self, how: str) -> DataError:
        return DataError(f"the name index is damaged: {how}", where=str(self.path), hint=_HINT)

    def numbers(self, name: str, code: str) -> memoryview:
        """A section as numbers (``B``, ``H``, ``I`` or ``Q``)."""
        found: memoryview = self.bytes(name).cast(cast("Literal['B', 'H', 'I', 'Q']", code))
        return found

    def address(self, name: str) -> int:
        """Where a section begins in memory; valid as long as this object lives."""
        self.bytes(name)  # is it there?
        return self._address + self._places[name][0]

    def bytes(self, name: str) -> memoryview:
        """A section as bytes.

        Raises:
            DataError: There is no such section.
        """
        if name not in self._places:
            raise self._damaged(f"the section {name!r} is missing")
        offset, length = self._places[name]
        return self._view[offset : offset + length]
