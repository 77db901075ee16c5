"""PDF: the text layer, page by page.

PDFium does the reading: it loads nothing, runs no script and opens no embedded file. A page without text that
shows a picture is a scan: it is read by :mod:`finemesh.sources.documents.ocr` where that is asked for and installed,
and said to be one. Where a page of the text begins and where each line stands on it is kept, so that a place can be
given as a page and a box; evidence is checked by reading the file again.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path
from typing import Any

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents import ocr
from finemesh.sources.documents.builder import TextBuilder, without_controls
from finemesh.sources.documents.document import Box, Document, Line

MAX_PAGES = 5_000
"""Pages that are read; a note says so where there are more."""
MAX_BYTES = 500_000_000
"""Bytes that a PDF may have."""
_MAX_OBJECTS = 200
"""Things on a page that are looked at for a picture."""
_MARK = re.compile(r"[\ufffe\x02]")
"""How PDFium marks a hyphen at a line's end."""
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|$)")
_DPI = 300
_MAX_PIXELS = 25_000_000
"""Pixels of a page's picture; a larger page is drawn smaller."""
_PDF_DATE = re.compile(r"^(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_LOCK = threading.Lock()
"""PDFium is not safe for threads; the pages of the web server run in several."""


@dataclass(slots=True)
class _Seen:
    """What was met on the way through the pages; page numbers from 1."""

    engine: ocr.Engine | None
    why_not: str
    scans: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


_Page = list[tuple[str, Box | None]]
"""The printed lines of a page with their places; a line that ends in a newline is complete."""


def extract_pdf(path: Path, engine: ocr.Engine | None = None, why_not: str = "") -> Document:
    """Read a PDF's text layer, and its pages that are pictures where something can read them.

    Args:
        path: Its bytes.
        engine: What reads pictures.
        why_not: Why nothing does.

    Raises:
        SourceError: It is encrypted, damaged or too large, or no page has a text.
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
            return _read(pdf, path.name, _Seen(engine, why_not))
        except pypdfium2.PdfiumError as error:
            raise SourceError(f"the PDF is damaged: {error}", where=path.name) from error
        finally:
            pdf.close()


def _not_opened(error: Exception, path: Path) -> SourceError:
    if "password" in str(error).lower() or "security" in str(error).lower():
        hint = "save a copy without the password and add that"
        return SourceError("the PDF is encrypted; it is not read", where=path.name, hint=hint)
    return SourceError(f"not readable as PDF: {error}", where=path.name)


def _read(pdf: Any, name: str, seen: _Seen) -> Document:
    count = len(pdf)
    builder = TextBuilder(name)
    pages: list[int] = []
    for number in range(min(count, MAX_PAGES)):
        pages.append(builder.length)
        for text, box in _page(pdf, number, seen):
            if box is not None:
                seen.lines.append((builder.length, builder.length + len(text.rstrip()), box))
            builder.raw(text)
    if not builder.length and seen.scans:
        raise SourceError(f"all pages are scans: there is no text layer, and {_unread(seen)}", where=name)
    meta = {key: str(value).strip() for key, value in pdf.get_metadata_dict().items()}
    published = _date(meta.get("CreationDate", ""))
    return Document(
        text=builder.text(),
        title=without_controls(meta.get("Title", ""))[:300],
        author=without_controls(meta.get("Author", ""))[:300],
        published=published,
        published_basis="the PDF's date of creation" if published else "",
        pages=tuple(pages),
        lines=tuple(seen.lines),
        ocr=seen.engine.label if seen.engine and seen.recognised else "",
        ocr_pages=tuple(seen.recognised),
        notes=tuple(_notes(pdf, count, seen)),
    )


def _page(pdf: Any, number: int, seen: _Seen) -> _Page:
    """The lines of one page; what is wrong with it is noted."""
    import pypdfium2

    found: _Page = []
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        seen.broken.append(number + 1)
        return found
    try:
        layer = page.get_textpage()
        found = _layer_lines(layer)
        layer.close()
        if not found and _has_picture(page):
            found = _recognise(page, number, seen)
    except pypdfium2.PdfiumError:
        seen.broken.append(number + 1)
        found = []
    finally:
        page.close()
    return found


def _layer_lines(layer: Any) -> _Page:
    """The lines of a text layer; a hyphen at a line's end joins it with the next."""
    raw = str(layer.get_text_range())
    placed = len(raw) == layer.count_chars()  # else characters and places do not go together
    found: _Page = []
    for match in _LINE.finditer(raw):
        line, joined = match.group(1), False
        if mark := list(_MARK.finditer(line)):
            joined = not line[mark[-1].end() :].strip()
            line = _MARK.sub("", line.rstrip() if joined else line)
        words = without_controls(line)
        if not found or not found[-1][0].strip():
            words = words.lstrip() if not found else words
        if not words and not found:
            continue
        box = _box(layer, match.start(), len(match.group(1))) if placed and words.strip() else None
        found.append((words if joined else words + "\n", box))
    while found and not found[-1][0].strip():
        found.pop()
    if found:
        found[-1] = (found[-1][0].rstrip() + "\n", found[-1][1])
    return found


def _box(layer: Any, start: int, count: int) -> Box | None:
    rects = [layer.get_rect(n) for n in range(min(layer.count_rects(start, count), _MAX_OBJECTS))]
    if not rects:
        return None
    left, bottom, right, top = zip(*rects, strict=True)
    return floor(min(left)), floor(min(bottom)), ceil(max(right)), ceil(max(top))


def _recognise(page: Any, number: int, seen: _Seen) -> _Page:
    """The lines of a page that is a picture; a page that cannot be read so is noted as a scan."""
    if seen.engine is None or len(seen.recognised) >= ocr.MAX_PAGES:
        seen.scans.append(number + 1)
        return []
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = bitmap.to_numpy()
    pgm = b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes()
    bitmap.close()
    try:
        found = ocr.read_picture(seen.engine, pgm)
    except SourceError:
        found = []
    if not found:
        seen.scans.append(number + 1)
        return []
    seen.recognised.append(number + 1)
    return [(without_controls(text) + "\n", _on_page(box, scale, height)) for text, box in found]


def _on_page(box: ocr.PixelBox, scale: float, height: float) -> Box:
    left, top, right, bottom = box
    return floor(left / scale), floor(height - bottom / scale), ceil(right / scale), ceil(height - top / scale)


def _unread(seen: _Seen) -> str:
    """Why the scans were not read."""
    if seen.engine is None:
        return f"they are not read: {seen.why_not or 'nothing was asked to read pictures'}"
    return f"{seen.engine.label} read nothing in them"


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw

    picture = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    objects = zip(page.get_objects(max_depth=2), range(_MAX_OBJECTS), strict=False)
    return any(thing.type == picture for thing, _ in objects)


def _notes(pdf: Any, count: int, seen: _Seen) -> list[tuple[str, str]]:
    notes: list[tuple[str, str]] = []
    if count > MAX_PAGES:
        notes.append(("too-many-pages", f"only the first {MAX_PAGES:,} of {count:,} pages are read"))
    if seen.recognised and seen.engine:
        said = f"no text layer: read from a picture by {seen.engine.label}, which may be wrong"
        notes.append(("recognised-page", f"{said}: page {_ranges(seen.recognised)}"))
    if seen.scans:
        notes.append(("scanned-page", f"no text layer (a scan); {_unread(seen)}: page {_ranges(seen.scans)}"))
    if seen.broken:
        notes.append(("broken-page", f"damaged, not read: page {_ranges(seen.broken)}"))
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
