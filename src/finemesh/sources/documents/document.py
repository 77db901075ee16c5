"""A document's text, with the way back to its source."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

MAX_CHARACTERS = 60_000_000
"""Characters that a document's source may have."""

Run = tuple[int, int, int, int]
"""Text start, length in the text, source start, length in the source."""
Box = tuple[int, int, int, int]
"""Left, bottom, right, top in points (1/72 inch) from the page's lower left corner, as PDF counts."""
Line = tuple[int, int, Box]
"""Text start, text end, and the place on the page of one printed line."""
Link = tuple[int, int, str]
"""Text start, text end, and where the words lead; never followed."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is read from a document.

    Attributes:
        text: Its text. Offsets everywhere are characters of it.
        title, author, publisher, url: As the document gives them, else empty.
        published: Partial ISO date, else empty.
        published_basis: Where that date was read, in words.
        pages: Start offset of each page; empty where there are none.
        runs: Which stretches of the text stand where in the source, in order; empty where text and source
            are the same.
        lines: Where on its page each printed line stands, in order; empty where there are no pages.
        links: Which words lead where, in order.
        ocr: What read the pages that are pictures (``tesseract 5.3.0 eng``), empty where nothing did.
        ocr_pages: Numbers of these pages, from 1.
        notes: What a reader should know (``(code, message)``), such as a page without a text layer.
    """

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    published_basis: str = ""
    pages: tuple[int, ...] = ()
    runs: tuple[Run, ...] = ()
    lines: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    ocr: str = ""
    ocr_pages: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Characters of the (decoded) source that hold characters ``start`` to ``end`` of the text.

        None where the text is the source itself, or was not in the source as such.
        """
        if not self.runs or end <= start:
            return None
        first, last = self._run_at(start), self._run_at(end - 1)
        if first is None or last is None:
            return None
        return self._offset(first, start), self._offset(last, end - 1, end=True)

    def _run_at(self, at: int) -> Run | None:
        index = bisect.bisect_right(self.runs, (at, 1 << 62)) - 1
        if index < 0:
            return None
        run = self.runs[index]
        return run if at < run[0] + run[1] else None

    @staticmethod
    def _offset(run: Run, at: int, *, end: bool = False) -> int:
        text_start, text_length, source_start, source_length = run
        if text_length != source_length:
            return source_start + source_length if end else source_start
        return source_start + (at - text_start) + (1 if end else 0)

    def page_of(self, at: int) -> int | None:
        """The page (from 1) on which an offset lies, or None where there are no pages."""
        return bisect.bisect_right(self.pages, at) if self.pages else None

    def box_of(self, start: int, end: int) -> Box | None:
        """The part of the page that holds the printed lines of a passage, as far as they are on its first page."""
        if not self.lines:
            return None
        first = bisect.bisect_right(self.lines, start, key=lambda line: line[1])
        page_end = next((p for p in self.pages if p > start), len(self.text))
        boxes = []
        for a, _, box in self.lines[first:]:
            if a >= min(end, page_end):
                break
            boxes.append(box)
        if not boxes:
            return None
        left, bottom, right, top = zip(*boxes, strict=True)
        return min(left), min(bottom), max(right), max(top)

    def recognised(self, at: int) -> bool:
        """Whether the page of an offset was a picture that a program read."""
        return bool(self.ocr_pages) and self.page_of(at) in self.ocr_pages
