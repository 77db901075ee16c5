"""A case folder: its places, its settings and its lock."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from finemesh.model.authority import AUTHORITIES
from finemesh.model.endpoint import Endpoint, endpoint_from
from finemesh.model.errors import ConflictError, DataError, UserError

CASE_FILE = "case.toml"
DEFAULT_AUTHORITIES = ("UN", "US", "UK", "EU", "CA", "AU", "CH", "NZ", "JP", "KR", "SG", "UA")
_OCR = "eng"

_TEMPLATE = """\
# A finemesh case. Input bytes are in archive/, human decisions in decisions.db;
# derived/ can be deleted at any time: `finemesh build` makes it again.

title = {title}

# The columns of the coverage matrix, in the order in which they are shown.
authorities = {authorities}

# The languages in which tesseract reads pages that are pictures, where it is installed ("eng+mya"); "" reads none.
ocr = "eng"
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``case.toml`` says.

    Attributes:
        title: Shown on pages and dossiers.
        authorities: Columns of the coverage matrix, in order.
        ocr: Languages in which pages that are pictures are read, as tesseract names them; empty reads none.
        llm: The language model that may be asked, None where there is none.
    """

    title: str = ""
    authorities: tuple[str, ...] = field(default=DEFAULT_AUTHORITIES)
    ocr: str = _OCR
    llm: Endpoint | None = None


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """The places of one case.

    Attributes:
        root: The folder that holds ``case.toml``.
    """

    root: Path

    @property
    def archive(self) -> Path:
        """Input bytes, content-addressed."""
        return self.root / "archive"

    @property
    def derived(self) -> Path:
        """Tables and index; safe to delete."""
        return self.root / "derived"

    @property
    def answers(self) -> Path:
        """What a language model answered; kept, for it may not answer so again."""
        return self.root / "answers"

    @property
    def decisions(self) -> Path:
        """The human log."""
        return self.root / "decisions.db"

    @classmethod
    def init(cls, root: Path, title: str = "") -> CaseFolder:
        """Make a new case folder.

        Raises:
            UserError: It is a case already, is not empty, or cannot be written.
        """
        if (root / CASE_FILE).exists():
            raise UserError("there is a case here already", where=str(root))
        try:
            if root.exists() and (not root.is_dir() or any(root.iterdir())):
                raise UserError("not an empty folder", where=str(root), hint="name a new folder, finemesh makes it")
            folder = cls(root)
            folder.archive.mkdir(parents=True)
            text = _TEMPLATE.format(
                title=_toml_string(title or root.resolve().name),
                authorities="[" + ", ".join(f'"{a}"' for a in DEFAULT_AUTHORITIES) + "]",
            )
            (root / CASE_FILE).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UserError(
                f"cannot make a case: {error.strerror}",
                where=str(root),
                hint="choose a folder that you may write to",
            ) from error
        return folder

    @classmethod
    def find(cls, start: Path) -> CaseFolder:
        """The case at ``start`` or the nearest one above it.

        Raises:
            UserError: There is none.
        """
        here = start.resolve()
        for place in (here, *here.parents):
            if (place / CASE_FILE).is_file():
                return cls(place)
        raise UserError("no case here", where=str(start), hint="make one with `finemesh init DIR`, or name one with -c")

    def settings(self) -> Settings:
        """Read ``case.toml``.

        Raises:
            DataError: It cannot be read, or says something that finemesh does not know.
        """
        path = self.root / CASE_FILE
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise DataError(f"cannot read the settings: {error}", where=str(path)) from error
        return _settings(raw, str(path))

    @contextlib.contextmanager
    def lock(self, what: str) -> Iterator[None]:
        """Hold the case for writing; the operating system lets go of it when the process ends, however it ends.

        Args:
            what: What is being done, told to whoever comes second.

        Raises:
            ConflictError: Another process holds it.
            UserError: The folder cannot be written.
        """
        path = self.root / ".lock"
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise UserError(
                f"cannot write to the case: {error.strerror}", where=str(self.root), hint="check its permissions"
            ) from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
                raise ConflictError(
                    f"the case is in use by {holder}",
                    where=str(self.root),
                    hint="wait until it has ended, then try again",
                ) from error
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"`finemesh {what}` (process {os.getpid()})".encode(), 0)
            yield
        finally:
            os.close(handle)


def _settings(raw: dict[str, Any], where: str) -> Settings:
    unknown = sorted(set(raw) - {"title", "authorities", "ocr", "llm"})
    if unknown:
        raise DataError(f"unknown setting: {unknown[0]}", where=where, hint="known: title, authorities, ocr, [llm]")
    title, authorities = raw.get("title", ""), raw.get("authorities", list(DEFAULT_AUTHORITIES))
    ocr, llm = raw.get("ocr", _OCR), raw.get("llm")
    if not isinstance(title, str) or not isinstance(authorities, list):
        raise DataError("title must be a text and authorities a list", where=where)
    if not isinstance(ocr, str) or not re.fullmatch(r"(?:[A-Za-z_]+(?:\+[A-Za-z_]+)*)?", ocr):
        raise DataError("ocr must name languages of tesseract", where=where, hint='write ocr = "eng+mya", or ""')
    strange = [a for a in authorities if a not in AUTHORITIES]
    if strange:
        raise DataError(f"unknown authority: {strange[0]!r}", where=where, hint="known: " + ", ".join(AUTHORITIES))
    endpoint = None if llm is None else endpoint_from(llm, where)
    return Settings(title=title, authorities=tuple(authorities), ocr=ocr, llm=endpoint)


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in escaped) + '"'
