"""Input bytes by their SHA-256, never changed, and the log of where they came from.

``archive/ab/abcdef...`` holds the bytes; ``archive/sources.jsonl`` has one line for each file that was added,
in the order of adding. The log is append-only: a later line about the same bytes at the same path replaces
an earlier one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

import orjson

from finemesh.model.errors import DataError, UserError
from finemesh.model.source import Source

_CHUNK = 1 << 20
_FIELDS = {f.name for f in fields(Source)}


class Archive:
    """Content-addressed bytes of one case.

    Args:
        root: The ``archive`` folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.log = root / "sources.jsonl"

    def path(self, sha256: str) -> Path:
        """Where the bytes of a hash are (or would be) kept."""
        return self.root / sha256[:2] / sha256

    def put(self, stream: BinaryIO) -> tuple[str, int]:
        """Take bytes into the archive; bytes that are there already are not written again.

        The file appears under its hash only when it is complete. Call :meth:`sync` (or :meth:`record`, which
        does) before relying on it across a power cut.

        Returns:
            The SHA-256 in hexadecimal, and the size in bytes.

        Raises:
            UserError: The disk is full or the folder cannot be written.
        """
        digest, size = hashlib.sha256(), 0
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".incoming-", dir=self.root)
            try:
                with os.fdopen(handle, "wb") as out:
                    while chunk := stream.read(_CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
                        out.write(chunk)
                sha256 = digest.hexdigest()
                target = self.path(sha256)
                if not target.exists():
                    target.parent.mkdir(exist_ok=True)
                    Path(temporary).chmod(0o444)
                    Path(temporary).replace(target)
            finally:
                Path(temporary).unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"cannot write to the archive: {error.strerror}",
                where=str(self.root),
                hint="check free space and permissions; nothing was changed",
            ) from error
        return sha256, size

    def read(self, sha256: str) -> bytes:
        """The bytes of an artifact.

        Raises:
            DataError: They are not there.
        """
        try:
            return self.path(sha256).read_bytes()
        except OSError as error:
            raise DataError(
                f"an archived file cannot be read: {error.strerror}", where=str(self.path(sha256))
            ) from error

    def intact(self, sha256: str) -> bool:
        """Whether the bytes are there and still have their hash."""
        try:
            with self.path(sha256).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def record(self, sources: Iterable[Source]) -> None:
        """Append sources to the log; their bytes reach the disk before their lines do.

        Raises:
            UserError: The log cannot be written.
        """
        lines = [orjson.dumps({k: v for k, v in s.as_json().items() if v not in ("", 0)}) for s in sources]
        if not lines:
            return
        os.sync()
        try:
            with self.log.open("r+b" if self.log.exists() else "xb") as out:
                out.truncate(self._acknowledged())
                out.seek(0, os.SEEK_END)
                out.write(b"\n".join(lines) + b"\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise UserError(f"cannot write the source log: {error.strerror}", where=str(self.log)) from error

    def sources(self) -> list[Source]:
        """Every source that counts, in a fixed order that does not depend on the order of adding.

        A half-written last line (a power cut) is passed over: what it named was never acknowledged.

        Raises:
            DataError: The log holds a line that is not ours.
        """
        if not self.log.exists():
            return []
        latest: dict[tuple[str, str], Source] = {}
        raw_lines = self.log.read_bytes()[: self._acknowledged()].split(b"\n")[:-1]
        for number, raw in enumerate(raw_lines, 1):
            try:
                values = orjson.loads(raw)
                source = Source(**{k: v for k, v in values.items() if k in _FIELDS})
            except (orjson.JSONDecodeError, TypeError, AttributeError) as error:
                raise DataError("the source log is damaged", where=f"{self.log}, line {number}") from error
            latest[source.sha256, source.path or source.name] = source
        return sorted(latest.values(), key=lambda s: (s.dataset, s.snapshot, s.path, s.name, s.sha256))

    def _acknowledged(self) -> int:
        """Bytes of the log up to its last whole line; what stands behind them was torn off by a power cut."""
        if not self.log.exists():
            return 0
        return self.log.read_bytes().rfind(b"\n") + 1
