"""A document's text, with the way back to its source."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

MAX_CHARACTERS = 60_000_000
"""Characters that a document's source may have."""

Run = tuple[int, int, int, int]
"""Text start, length in the text, source start, length in the source."""


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


def compact_runs(pieces: Sequence[Run]) -> tuple[Run, ...]:
    """Join neighbouring one-to-one runs."""
    joined: list[Run] = []
    for run in pieces:
        if joined:
            a, b = joined[-1], run
            if a[1] == a[3] and b[1] == b[3] and a[0] + a[1] == b[0] and a[2] + a[3] == b[2]:
                joined[-1] = (a[0], a[1] + b[1], a[2], a[3] + b[3])
                continue
        joined.append(run)
    return tuple(joined)
