"""Documents as text that stays put: the same bytes always give the same characters.

One module a format. :func:`extract_document` picks it by the file's content and name.
"""

from __future__ import annotations

from pathlib import Path

from finemesh.model.errors import SourceError
from finemesh.sources.documents.document import Document
from finemesh.sources.documents.mail import extract_mail, is_mail
from finemesh.sources.documents.ocr import find_engine
from finemesh.sources.documents.office import extract_docx, extract_odt, is_odt, office_format
from finemesh.sources.documents.plain import extract_plain
from finemesh.sources.probe import Probe

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text", "")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_PDF_HEAD = 1024
"""Bytes within which a PDF says that it is one."""


def document_format(probe: Probe) -> str | None:
    """The format of a document (``html``, ``text``, ``pdf``, ...), None where it is none that we read."""
    if b"%PDF-" in probe.head[:_PDF_HEAD]:
        return "pdf"
    if probe.members:
        return _office(probe)
    start = probe.text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start and probe.suffix in HTML_SUFFIXES):
        return "html"
    if probe.suffix in HTML_SUFFIXES and start:
        return "html"
    if probe.suffix == ".eml" and is_mail(probe.text):
        return "eml"
    if probe.suffix in TEXT_SUFFIXES and probe.text.strip():
        return "text"
    return None


def _office(probe: Probe) -> str | None:
    form = office_format(probe.members)
    try:
        return None if form == "odt" and not is_odt(probe.path) else form
    except SourceError:
        return None


def extract_document(path: Path, name: str, ocr: str = "") -> Document:
    """The text of a document.

    Args:
        path: Its bytes.
        name: Its file name as it was added.
        ocr: Languages in which pages that are pictures are read (``eng+mya``), if tesseract is installed; empty
            means that they are not.

    Raises:
        SourceError: It is no document that we read, or holds no text.
    """
    form = document_format(Probe(path, name))
    if form == "html":
        from finemesh.sources.documents.html import extract_html

        return extract_html(path)
    if form == "pdf":
        from finemesh.sources.documents.pdf import extract_pdf

        return extract_pdf(path, *find_engine(ocr))
    extract = _EXTRACT.get(form or "")
    if extract is None:
        raise SourceError("not a document that finemesh reads", where=name, hint=f"what is read: {READ}")
    return extract(path)


READ = "txt, md, html, pdf, docx, odt, eml"
_EXTRACT = {"text": extract_plain, "docx": extract_docx, "odt": extract_odt, "eml": extract_mail}

__all__ = ["Document", "document_format", "extract_document"]
