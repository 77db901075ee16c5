"""Web pages: which part is the text is left to trafilatura; where it stands in the source is ours to know.

The page is walked with the standard library's parser, which tells the place of every piece of text. The
lines that trafilatura takes for the main text are then found among those pieces, in order. So every character
of a document's text can be traced to the archived source, and nothing on the page is run or loaded.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents.builder import without_controls
from finemesh.sources.documents.document import MAX_CHARACTERS, Document, Link, Run
from finemesh.sources.raw.files import read_text

MAX_MAIN_TEXT = 5_000_000
"""Characters of source beyond which all text is taken, without looking for the main part."""

_SKIPPED = frozenset("script style noscript template svg head iframe object select button".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr".split()
)
_SPACE = re.compile(r"\s+")
_FOLDED = re.compile(r"\s{2,}|[^\S ]")
"""White space that is not a single space."""
_SUFFIX = re.compile(r"\s+[|–—·-]\s+([^|–—·]{3,60})$")

_MAX_LINKS = 20_000
_MAX_ADDRESS = 2_000

Piece = tuple[str, int, int]
"""Text as it reads, source start, source length."""


class _Walker(HTMLParser):
    """Collects the blocks of visible text, each a list of pieces with their places."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.blocks: list[list[Piece]] = []
        self.title: list[Piece] = []
        self.links: list[Link] = []
        self._link: tuple[int, str] | None = None
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
        if tag == "a":
            self._end_link()
            where = next((value for name, value in attrs if name == "href" and value), "").strip()
            if where and len(where) <= _MAX_ADDRESS and len(self.links) < _MAX_LINKS:
                self._link = (self._at() + len(self.get_starttag_text() or ""), where)
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
        if tag == "a":
            self._end_link()
        if tag == "title":
            self._in_title = False
        elif tag in self._skipping:
            del self._skipping[self._skipping.index(tag) :]
        if tag not in _INLINE:
            self._break()

    def _end_link(self) -> None:
        """Keep the link that is open, in characters of the source."""
        if self._link is not None:
            start, where = self._link
            self.links.append((start, self._at(), where))
            self._link = None

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
        self._pending: int | bool = False
        self._started = False

    def add(self, text: str, source: int, length: int) -> None:
        """Put text behind what is there; a stretch that goes on in the source as in the text is one run."""
        if not text:
            return
        self.parts.append(text)
        start, self.length = self.length, self.length + len(text)
        if self.runs and len(text) == length:
            a, b, c, d = self.runs[-1]
            if b == d and a + b == start and c + d == source:
                self.runs[-1] = (a, b + length, c, d + length)
                return
        self.runs.append((start, len(text), source, length))

    def gap(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def block(self, pieces: list[Piece]) -> None:
        """One line of text."""
        self._pending, self._started = False, False
        for text, source, length in pieces:
            if len(text) != length:  # a character reference
                if text.isspace():
                    self._pending = self._started
                else:
                    self._words(text, source, length)
                continue
            at = 0
            for match in _FOLDED.finditer(text):
                self._stretch(text[at : match.start()], source + at)
                self._pending, at = self._started, match.end()
            self._stretch(text[at:], source + at)

    def _stretch(self, text: str, source: int) -> None:
        """Words parted by single spaces, perhaps with one before and one behind."""
        if text[:1] == " ":
            self._pending = source if self._started else False
            text, source = text[1:], source + 1
        behind = text[-1:] == " "
        words = text[:-1] if behind else text
        if words:
            self._words(words, source, len(words))
        if behind:
            self._pending = source + len(words) if self._started else False

    def _words(self, text: str, source: int, length: int) -> None:
        if self._pending is not False:
            self._space(self._pending)
            self._pending = False
        self.add(text, source, length)
        self._started = True

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
    meta = _main_text(source) if len(source) <= MAX_MAIN_TEXT else {}
    chosen = _choose(walker.blocks, str(meta.get("text") or ""))
    kept = walker.blocks if chosen is None else chosen
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
    runs = tuple(builder.runs)
    published = _published(str(meta.get("date") or ""), source)
    return Document(
        text="".join(builder.parts),
        title=title,
        author=str(meta.get("author") or ""),
        publisher=_publisher(title, str(meta.get("sitename") or ""), kept),
        url=str(meta.get("url") or ""),
        published=published,
        published_basis="the page" if published else "",
        runs=runs,
        links=_links(walker.links, runs, str(meta.get("url") or "")),
        notes=() if chosen is not None else _all_taken(source),
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


def _all_taken(source: str) -> tuple[tuple[str, str], ...]:
    """The note of a page of which all text is taken."""
    long = len(source) > MAX_MAIN_TEXT
    why = "the page is very long" if long else "the main text of the page could not be told apart"
    return (("main-text", f"{why}; all its text is taken"),)


def _published(date: str, source: str) -> str:
    """The date that the library found; the first of January only where the page says so.

    From a year by itself (a copyright, a date of birth) the library makes the first day of that year.
    """
    if not is_date(date):
        return ""
    year, _, rest = date.partition("-")
    said = (
        rf"{year}[-/.]0?1[-/.]0?1\b|\b0?1[-/.]0?1[-/.]{year}"
        rf"|\bjan[a-z]*\.? 0?1(?:st)?,? {year}|\b0?1(?:st)? jan[a-z]*\.?,? {year}"
    )
    return date if rest != "01-01" or re.search(said, source, re.IGNORECASE) else ""


def _publisher(title: str, site: str, blocks: Sequence[Sequence[Piece]]) -> str:
    """Whose page it is: the name of the site, else what the title ends in, unless that is a heading after a dash."""
    suffix = _SUFFIX.search(title)
    ending = suffix.group(1).strip() if suffix else ""
    if site and not (ending and title.startswith(site)):
        return site
    headings = {"".join(text for text, _, _ in block).strip() for block in blocks}
    site_mark = suffix is not None and "|" in suffix.group(0)  # "Title | Site"; the site may sign its own page
    return "" if ending in headings and not site_mark else ending


def _links(found: Sequence[Link], runs: Sequence[Run], base: str) -> tuple[Link, ...]:
    """Links of the source as links of the text, those whose words are no part of it left out.

    Args:
        found: Links in characters of the source.
        runs: Which stretches of the text stand where in it.
        base: The page's own address, if it gives one: what is relative is relative to it.
    """
    ordered = sorted(runs, key=lambda run: run[2])
    starts = [run[2] for run in ordered]
    links: list[Link] = []
    for start, end, where in found:
        first = max(0, bisect_right(starts, start) - 1)
        places = [_within(run, start, end) for run in ordered[first : bisect_right(starts, end)]]
        inside = [place for place in places if place]
        address = _address(base, where)
        if inside and address:
            links.append((min(a for a, _ in inside), max(b for _, b in inside), address))
    return tuple(sorted(links))


def _within(run: Run, start: int, end: int) -> tuple[int, int] | None:
    """The characters of the text that a stretch of the source shares with a run."""
    text, text_length, source, length = run
    first, last = max(start, source), min(end, source + length)
    if first >= last:
        return None
    if text_length != length:
        return text, text + text_length
    return text + first - source, text + last - source


def _address(base: str, where: str) -> str:
    """Where a link leads, empty where that is no address (a place on the page, a script)."""
    try:
        whole = urljoin(base, where) if base else where
        scheme = urlsplit(whole).scheme.lower()
    except ValueError:
        return ""
    if where.startswith("#") or scheme not in ("", "http", "https", "mailto"):
        return ""
    return without_controls(whole)


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
