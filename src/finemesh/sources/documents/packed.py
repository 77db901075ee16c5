"""Files within files: the documents of a ZIP, the attachments of a message.

Each is taken into the archive by itself, so that a place in it can be checked like any other. Only one level is
opened: a ZIP within a ZIP stays closed and is named.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from finemesh.model.errors import SourceError
from finemesh.sources.documents.mail import attachments, is_mail
from finemesh.sources.documents.office import office_format
from finemesh.sources.probe import Probe
from finemesh.sources.raw.files import open_bytes, zip_members

MAX_FILES = 20_000
"""Files that are taken out of one ZIP."""
MAX_TOTAL = 4_000_000_000
"""Bytes that all files of one ZIP may say they unpack to."""
_DOCUMENTS = frozenset(
    (".txt", ".md", ".markdown", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt", ".eml")
)
_NO_DOCUMENTS = frozenset((".xlsx", ".xlsm", ".ods", ".pptx", ".odp", ".jar", ".apk", ".epub"))


@dataclass(frozen=True, slots=True)
class Inner:
    """A file within a file.

    Attributes:
        name: Its name, without folders.
        path: Its path within the outer file, for people to read.
        stream: Its bytes; close it.
    """

    name: str
    path: str
    stream: BinaryIO


def holds_documents(probe: Probe) -> bool:
    """Whether a file is a ZIP with documents in it, or a message with attachments."""
    if probe.members:
        if office_format(probe.members) or probe.suffix in _NO_DOCUMENTS:
            return False
        return any(_wanted(name) for name in probe.members)
    return probe.suffix == ".eml" and is_mail(probe.text)


def inner_documents(probe: Probe, left_out: list[str]) -> Iterator[Inner]:
    """The documents within a file, in order of their paths.

    Args:
        probe: The outer file.
        left_out: What is not taken, and why, is added here.

    Raises:
        SourceError: The outer file says that it unpacks to more than is reasonable, or is damaged.
    """
    if not probe.members:
        for number, (name, raw) in enumerate(attachments(probe.path), 1):
            clean = _clean(name) or f"attachment-{number}"
            if _wanted(clean):
                yield Inner(clean, clean, io.BytesIO(raw))
            else:
                left_out.append(f"{clean}: not a document")
        return
    yield from _members(probe.path, left_out)


def _members(path: Path, left_out: list[str]) -> Iterator[Inner]:
    infos = zip_members(path)
    if sum(info.file_size for info in infos) > MAX_TOTAL or len(infos) > MAX_FILES:
        raise SourceError(
            "the ZIP holds too much; it is not opened", where=path.name, hint="unpack it and add the folder"
        )
    for info in infos:
        name = _clean(info.filename)
        if not _wanted(info.filename):
            if name:
                left_out.append(f"{info.filename}: not a document")
        elif info.flag_bits & 0x1:
            left_out.append(f"{info.filename}: encrypted")
        else:
            yield Inner(name, info.filename, open_bytes(path, info.filename))


def _clean(name: str) -> str:
    """The last part of a path that somebody else wrote; it is a name here and never a place on disk."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable() and c not in "/\\:")[:200].lstrip(".")


def _wanted(name: str) -> bool:
    """Whether a member can be a document by its name: no hidden file, no helper of a system."""
    pure = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in pure.parts)
    return not hidden and pure.suffix.lower() in _DOCUMENTS
