"""Web pages: which part is the text is left to trafilatura; where it stands in the source is ours to know.

The page is walked with the standard library's parser, which tells the place of every piece of text. The
lines that trafilatura takes for the main text are then found among those pieces, in order. So every character
of a document's text can be traced to the archived source, and nothing on the page is run or loaded.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents.document import MAX_CHARACTERS, Document, Run, compact_runs
from finemesh.sources.raw.files import read_text

MAX_MAIN_TEXT = 5_000_000
"""Characters of source beyond which all text is taken, without looking for the main part."""

_SKIPPED = frozenset("script style noscript template svg head iframe object select button".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr".split()
)
_SPACE = re.compile(r"\s+")
_TOKENS = re.compile(r"\s+|\S+")
_SUFFIX = re.compile(r"\s+[|–—·-]\s+([^|–—·]{3,60})$")

Piece = tuple[str, int, int]
"""Text as it reads, source start, source length."""


class _Walker(HTMLParser):
    """Collects the blocks of visible text, each a list of pieces with their places."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.blocks: list[list[Piece]] = []
        self.title: list[Piece] = []
        self._pieces: list[Piece] = []
        self._skipping: list[str] = []
        self._in_title = False
        self._lines = [0, *accumulate(len(line) for line in source.split("\n") for line in (line + "\n",))]

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _break(self) -> None:
        if self._pieces:
            self.blocks.append(self._pieces)
            self._pieces = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self.title:
            self._in_title = True
        elif tag in _SKIPPED:
            self._skipping.append(tag)
        if tag not in _INLINE:
            self._break()
            if tag == "body":
                self._skipping.clear()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._skipping:
            del self._skipping[self._skipping.index(tag) :]
        if tag not in _INLINE:
            self._break()

    def _take(self, text: str, length: int) -> None:
        piece = (text, self._at(), length)
        if self._in_title:
            self.title.append(piece)
        elif not self._skipping:
            self._pieces.append(piece)

    def handle_data(self, data: str) -> None:
        self._take(data, len(data))

    def _reference(self, written: str) -> None:
        at = self._at()
        if self.source[at + len(written) : at + len(written) + 1] == ";":
            written += ";"
        self._take(unescape(written), len(written))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def finish(self) -> None:
        self.close()
        self._break()


class _Builder:
    """Puts blocks together into a text, white space folded, with runs back to the source."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0

    def add(self, text: str, source: int, length: int) -> None:
        if text:
            self.parts.append(text)
            self.runs.append((self.length, len(text), source, length))
            self.length += len(text)

    def gap(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def block(self, pieces: list[Piece]) -> None:
        """One line of text."""
        pending: int | bool = False
        started = False
        for text, source, length in pieces:
            if len(text) != length:  # a character reference
                if text.isspace():
                    pending = started
                    continue
                if pending is not False:
                    self._space(pending)
                    pending = False
                self.add(text, source, length)
                started = True
                continue
            for match in _TOKENS.finditer(text):
                word, at = match.group(), source + match.start()
                if word.isspace():
                    pending = at if started and word == " " else started
                    continue
                if pending is not False:
                    self._space(pending)
                    pending = False
                self.add(word, at, len(word))
                started = True

    def _space(self, pending: int | bool) -> None:
        """A folded space; one that stands as such in the source keeps its place (and its run goes on)."""
        if pending is True:
            self.gap(" ")
        else:
            self.add(" ", int(pending), 1)


def extract_html(path: Path) -> Document:
    """Read a web page.

    Raises:
        SourceError: It holds no text, or is too long.
    """
    source = read_text(path, MAX_CHARACTERS)
    walker = _Walker(source)
    try:
        walker.feed(source)
        walker.finish()
    except (AssertionError, ValueError) as error:
        raise SourceError(f"not readable as HTML: {error}", where=path.name) from error
    notes: list[tuple[str, str]] = []
    meta: dict[str, Any] = {}
    kept = walker.blocks
    if len(source) <= MAX_MAIN_TEXT:
        meta = _main_text(source)
        chosen = _choose(walker.blocks, str(meta.get("text") or ""))
        if chosen is None:
            notes.append(("main-text", "the main text of the page could not be told apart; all its text is taken"))
        else:
            kept = chosen
    else:
        notes.append(("main-text", "the page is very long; all its text is taken"))
    builder = _Builder()
    builder.block(walker.title)
    title = "".join(builder.parts)
    if builder.length:
        builder.gap("\n\n")
    body_start = builder.length
    for block in kept:
        before = builder.length
        builder.block(block)
        if builder.length > before:
            builder.gap("\n")
    if builder.length == body_start:
        raise SourceError("the page holds no text", where=path.name)
    suffix = _SUFFIX.search(title)
    published = str(meta.get("date") or "")
    return Document(
        text="".join(builder.parts),
        title=title,
        author=str(meta.get("author") or ""),
        publisher=str(meta.get("sitename") or (suffix.group(1) if suffix else "")),
        url=str(meta.get("url") or ""),
        published=published if is_date(published) else "",
        published_basis="the page" if published else "",
        runs=compact_runs(builder.runs),
        notes=tuple(notes),
    )


def visible_blocks(source: str) -> list[str]:
    """The visible text of a piece of HTML, block by block; without places (for a message's body)."""
    walker = _Walker(source)
    try:
        walker.feed(source)
        walker.finish()
    except (AssertionError, ValueError):
        return []
    return ["".join(text for text, _, _ in block) for block in walker.blocks]


def _main_text(source: str) -> dict[str, Any]:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(source, include_comments=False, include_tables=True, with_metadata=True)
    except Exception:  # whatever a hostile page does to the library, all text is then taken instead
        return {}
    return {} if found is None else found if isinstance(found, dict) else found.as_dict()


def _choose(blocks: list[list[Piece]], main: str) -> list[list[Piece]] | None:
    """The blocks that hold the lines of the main text, in order; None where too few of them are found."""
    keys = [_SPACE.sub("", "".join(text for text, _, _ in block)) for block in blocks]
    starts = list(accumulate(map(len, keys), initial=0))
    page = "".join(keys)
    chosen: set[int] = set()
    at = found = total = 0
    for line in main.splitlines():
        key = _SPACE.sub("", line.removeprefix("- "))
        if not key:
            continue
        total += len(key)
        place = page.find(key, at)
        if place < 0:
            place = page.find(key)
        else:
            at = place + len(key)
        if place < 0:
            continue
        found += len(key)
        first = bisect_right(starts, place) - 1
        last = bisect_right(starts, place + len(key) - 1) - 1
        chosen.update(range(first, last + 1))
    if total == 0 or found < 0.7 * total:
        return None
    return [blocks[i] for i in sorted(chosen)]
