"""Documents as text that stays put: the same bytes always give the same characters.

One module a format. :func:`extract_document` picks it by the file's content and name.
"""

from __future__ import annotations

from pathlib import Path

from finemesh.model.errors import SourceError
from finemesh.sources.documents.document import Document
from finemesh.sources.documents.plain import extract_plain
from finemesh.sources.probe import Probe

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text", "")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def document_format(probe: Probe) -> str | None:
    """The format of a document (``html``, ``text``), or None where the file is no document that we read."""
    start = probe.text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start and probe.suffix in HTML_SUFFIXES):
        return "html"
    if probe.suffix in HTML_SUFFIXES and start:
        return "html"
    if probe.suffix in TEXT_SUFFIXES and probe.text.strip():
        return "text"
    return None


def extract_document(path: Path, name: str) -> Document:
    """The text of a document.

    Args:
        path: Its bytes.
        name: Its file name as it was added.

    Raises:
        SourceError: It is no document that we read, or holds no text.
    """
    form = document_format(Probe(path, name))
    if form == "html":
        from finemesh.sources.documents.html import extract_html

        return extract_html(path)
    if form == "text":
        return extract_plain(path)
    raise SourceError("not a document that finemesh reads", where=name, hint="txt, md and html are read")


__all__ = ["Document", "document_format", "extract_document"]
