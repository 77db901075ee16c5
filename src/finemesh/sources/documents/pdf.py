"""PDF: the text layer, page by page.

PDFium does the reading: it loads nothing, runs no script and opens no embedded file. A page without text that
shows a picture is said to be a scan. Where a page of the text begins is kept, so that a place can be given as a
page; evidence is checked by reading the file again.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents.builder import TextBuilder, without_controls
from finemesh.sources.documents.document import Document

MAX_PAGES = 5_000
"""Pages that are read; a note says so where there are more."""
MAX_BYTES = 500_000_000
"""Bytes that a PDF may have."""
_MAX_OBJECTS = 200
"""Things on a page that are looked at for a picture."""
_HYPHEN = re.compile(r"(?:\ufffe|\x02)[ \t]*\n?")
"""How PDFium marks a hyphen at a line's end."""
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_LOCK = threading.Lock()
"""PDFium is not safe for threads; the pages of the web server run in several."""


def extract_pdf(path: Path) -> Document:
    """Read a PDF's text layer.

    Raises:
        SourceError: It is encrypted, damaged or too large, or no page has a text layer.
    """
    if path.stat().st_size > MAX_BYTES:
        raise SourceError(f"larger than {MAX_BYTES:,} bytes; it is not read", where=path.name)
    import pypdfium2

    with _LOCK:
        try:
            pdf = pypdfium2.PdfDocument(str(path))
        except pypdfium2.PdfiumError as error:
            raise _not_opened(error, path) from error
        try:
            return _read(pdf, path.name)
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"the PDF is damaged: {error}", where=path.name) from error
        finally:
            pdf.close()


def _not_opened(error: Exception, path: Path) -> SourceError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        hint = "save a copy without the password and add that"
        return SourceError("the PDF is encrypted; it is not read", where=path.name, hint=hint)
    return SourceError(f"not readable as PDF: {error}", where=path.name)


def _read(pdf: Any, name: str) -> Document:
    count = len(pdf)
    builder = TextBuilder(name)
    pages: list[int] = []
    scans: list[int] = []
    broken: list[int] = []
    for number in range(min(count, MAX_PAGES)):
        pages.append(builder.length)
        text = _page(pdf, number, scans, broken)
        if text:
            builder.raw(text + "\n")
    notes = _notes(pdf, count, scans, broken)
    if not builder.length and scans:
        hint = "run it through a text recognition (OCR) and add the result"
        raise SourceError("all pages are scans: there is no text layer", where=name, hint=hint)
    meta = {key: str(value).strip() for key, value in pdf.get_metadata_dict().items()}
    published = _date(meta.get("CreationDate", ""))
    return Document(
        text=builder.text(),
        title=without_controls(meta.get("Title", ""))[:300],
        author=without_controls(meta.get("Author", ""))[:300],
        published=published,
        published_basis="the PDF's date of creation" if published else "",
        pages=tuple(pages),
        notes=tuple(notes),
    )


def _page(pdf: Any, number: int, scans: list[int], broken: list[int]) -> str:
    """The text of one page; what is wrong with it is noted."""
    import pypdfium2

    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        broken.append(number + 1)
        return ""
    try:
        layer = page.get_textpage()
        text = str(layer.get_text_range())
        layer.close()
        if not text.strip() and _has_picture(page):
            scans.append(number + 1)
    except pypdfium2.PdfiumError:
        broken.append(number + 1)
        text = ""
    finally:
        page.close()
    return without_controls(_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw

    picture = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    objects = zip(page.get_objects(max_depth=2), range(_MAX_OBJECTS), strict=False)
    return any(thing.type == picture for thing, _ in objects)


def _notes(pdf: Any, count: int, scans: Sequence[int], broken: Sequence[int]) -> list[tuple[str, str]]:
    notes: list[tuple[str, str]] = []
    if count > MAX_PAGES:
        notes.append(("too-many-pages", f"only the first {MAX_PAGES:,} of {count:,} pages are read"))
    if scans:
        notes.append(("scanned-page", f"no text layer (a scan), not read: page {_ranges(scans)}"))
    if broken:
        notes.append(("broken-page", f"damaged, not read: page {_ranges(broken)}"))
    attached = pdf.count_attachments()
    if attached:
        notes.append(("attachment", f"{attached} embedded files are not read"))
    return notes


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers in short: ``1-3, 7``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans[:40]) + (", ..." if len(spans) > 40 else "")


def _date(written: str) -> str:
    match = _PDF_DATE.match(written)
    date = "-".join(part for part in match.groups() if part) if match else ""
    return date if is_date(date) else ""
