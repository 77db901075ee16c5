"""Word and OpenDocument texts: the words of a ZIP of XML, read within bounds.

Nothing is run or loaded: macros and embedded objects are passed over and noted, links to outside stay words.
Text that was deleted under change tracking is not part of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from finemesh.model.dates import is_date
from finemesh.model.errors import SourceError
from finemesh.sources.documents.builder import TextBuilder, without_controls
from finemesh.sources.documents.document import Document
from finemesh.sources.raw.files import open_bytes, zip_members
from finemesh.sources.raw.xml import refuse_entities

MAX_XML = 200_000_000
"""Bytes that one XML part may have."""
_CHUNK = 1 << 16
_MAX_SPACES = 100
"""Spaces that one repetition mark may stand for."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"

_WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_WORD_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}instrText", f"{_W}delText"))
_WORD_MARKS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}noBreakHyphen": "-"}
_ODT_SKIPPED = frozenset(
    (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_OFFICE}forms", f"{_OFFICE}scripts")
)
_ODT_BLOCKS = frozenset((f"{_TEXT}p", f"{_TEXT}h"))
_ODT_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": " "}
_FOREIGN = re.compile(r"(?:^|/)(?:vbaProject\.bin|embeddings/|activeX/|Basic/|Object[^/]*/)", re.IGNORECASE)


def office_format(members: list[str]) -> str | None:
    """``docx`` or ``odt`` by the names of a ZIP's members, else None."""
    names = set(members)
    if _WORD_PARTS[0] in names:
        return "docx"
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    return None


def is_odt(path: Path) -> bool:
    """Whether an OpenDocument ZIP is a text (not a table, a drawing)."""
    with open_bytes(path, "mimetype") as stream:
        return stream.read(60).startswith(b"application/vnd.oasis.opendocument.text")


def extract_docx(path: Path) -> Document:
    """Read a Word document: body, tables, footnotes and endnotes.

    Raises:
        SourceError: It is damaged, too large, or holds no text.
    """
    names = {i.filename for i in zip_members(path)}
    builder = TextBuilder(path.name)
    for part in _WORD_PARTS:
        if part in names:
            _word_part(path, part, builder)
    return _document(path, builder, names, "docProps/core.xml", (f"{_TERMS}created",))


def extract_odt(path: Path) -> Document:
    """Read an OpenDocument text.

    Raises:
        SourceError: It is damaged, encrypted, too large, or holds no text.
    """
    names = {i.filename for i in zip_members(path)}
    builder = TextBuilder(path.name)
    _odt_part(path, builder)
    return _document(path, builder, names, "meta.xml", (f"{_META}creation-date", f"{_DC}date"))


def _word_part(path: Path, part: str, builder: TextBuilder) -> None:
    words: list[str] = []
    cells = 0
    for event, element in _walk(path, part, _WORD_SKIPPED):
        tag = element.tag
        if event == "start":
            if tag == f"{_W}p" and not cells:
                builder.block("".join(words))
                words = []
            cells += tag == f"{_W}tr"
        elif tag == f"{_W}t":
            words.append(element.text or "")
        elif tag in _WORD_MARKS:
            words.append(_WORD_MARKS[tag])
        elif tag == f"{_W}tc":
            words.append(" | ")
        elif tag == f"{_W}p" and cells:
            words.append(" ")
        elif tag in (f"{_W}p", f"{_W}tr"):
            cells -= tag == f"{_W}tr"
            if not cells:
                builder.block("".join(words).rstrip(" |"))
                words = []
    builder.block("".join(words))


def _odt_part(path: Path, builder: TextBuilder) -> None:
    words: list[str] = []
    inside = 0
    for event, element in _walk(path, "content.xml", _ODT_SKIPPED):
        tag = element.tag
        if event == "start":
            if tag in _ODT_BLOCKS:
                builder.block("".join(words))
                words = []
                inside += 1
            if inside:
                words.append(_odt_words(element))
            continue
        if tag in _ODT_BLOCKS:
            builder.block("".join(words))
            words = []
            inside -= 1
        if inside:
            words.append(element.tail or "")


def _odt_words(element: etree._Element) -> str:
    tag = str(element.tag)
    if tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        return " " * min(int(count) if count.isdigit() and len(count) < 6 else 1, _MAX_SPACES)
    return _ODT_MARKS.get(tag, "") + (element.text or "")


def _walk(path: Path, part: str, skipped: frozenset[str]) -> Iterator[tuple[str, etree._Element]]:
    """Start and end of each element of an XML part in order; skipped ones only end (their tail counts).

    Raises:
        SourceError: It is no well-formed XML, declares entities, or is too large.
    """
    root = _parse(path, part)
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in skipped:
            hidden += 1 if event == "start" else -1
            if not hidden and event == "end":
                yield event, element
        elif not hidden:
            yield event, element


def _parse(path: Path, part: str) -> etree._Element:
    where = f"{path.name}: {part}"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    size = 0
    try:
        with open_bytes(path, part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_XML:
                    raise SourceError(f"unpacks to more than {MAX_XML:,} bytes; it is not read", where=where)
                parser.feed(chunk)
        root: etree._Element = parser.close()
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not readable as XML (damaged or encrypted): {error}", where=where) from error
    refuse_entities(root, where)
    return root


def _document(path: Path, builder: TextBuilder, names: set[str], part: str, dates: tuple[str, ...]) -> Document:
    meta: dict[str, str] = {}
    if part in names:
        try:
            meta = {str(e.tag): (e.text or "").strip() for e in _parse(path, part).iter() if isinstance(e.tag, str)}
        except SourceError:
            meta = {}
    foreign = sorted(name for name in names if _FOREIGN.search(name))
    notes = [("not-read", f"macros or embedded objects are not read: {', '.join(foreign[:5])}")] if foreign else []
    published = next((meta[key][:10] for key in dates if is_date(meta.get(key, "")[:10])), "")
    author = meta.get(f"{_META}initial-creator") or meta.get(f"{_DC}creator", "")
    return Document(
        text=builder.text(),
        title=without_controls(meta.get(f"{_DC}title", ""))[:300],
        author=without_controls(author)[:300],
        published=published,
        published_basis="the document's date of creation" if published else "",
        notes=tuple(notes),
    )
