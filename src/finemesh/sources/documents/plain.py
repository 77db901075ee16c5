"""Plain text and Markdown: the text is the file's own, so offsets are the file's offsets."""

from __future__ import annotations

import re
from pathlib import Path

from finemesh.model.dates import parse_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents.document import MAX_CHARACTERS, Document
from finemesh.sources.raw.files import read_text

_DATE_FORMATS = ("%Y-%m-%d", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %Y", "%d/%m/%Y", "%d.%m.%Y")
_HEAD_LINES = 8


def extract_plain(path: Path) -> Document:
    """Read a text file.

    The title is the first line (without ``#``); the publication date is taken from a line of the first eight
    that holds nothing but a date (``March 1, 2024``, ``Published: 2024-03-01``).

    Raises:
        SourceError: It is empty or too long.
    """
    text = read_text(path, MAX_CHARACTERS)
    if not text.strip():
        raise SourceError("the document holds no text", where=path.name)
    lines = [line.strip() for line in text.split("\n", 60)[:60] if line.strip()]
    title = lines[0].lstrip("#").strip()[:300] if lines else ""
    published = next((date for line in lines[:_HEAD_LINES] if (date := _date_line(line))), "")
    return Document(
        text=text,
        title=title,
        published=published,
        published_basis="a line of the document" if published else "",
    )


def _date_line(line: str) -> str:
    line = re.sub(r"^(published|date|dated|updated)( on)?\s*:?\s*", "", line, flags=re.IGNORECASE).strip(" *_.")
    return parse_date(line, _DATE_FORMATS) or ""
