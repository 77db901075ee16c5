"""A dossier as DOCX, to be edited further: headings, tables, linked notes at the end."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from finemesh.reports.dossier.content import Block, Bullets, Dossier, Drawing, Grid, Paragraph, Said
from finemesh.reports.dossier.pdf import picture_png

_QUIET, _ACCENT = RGBColor(0x55, 0x54, 0x4F), "0B5C70"
_STILL = datetime(2000, 1, 1)
"""Stands where the format wants a time: the same dossier gives the same bytes."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTH = Cm(16.5)


def write_docx(dossier: Dossier) -> bytes:
    """The dossier as a Word document."""
    document = Document()
    style = document.styles["Normal"]
    style.font.size, style.font.name = Pt(10), "Georgia"
    core = document.core_properties
    core.title, core.author, core.comments = _clean(dossier.title), "", ""
    core.created = core.modified = _STILL
    document.add_heading(_clean(dossier.title), 0)
    _quiet(document.add_paragraph().add_run(_clean(dossier.byline)))
    for section in dossier.sections:
        document.add_heading(_clean(section.heading), section.level - 1)
        for block in section.blocks:
            _block(document, block)
    document.add_heading("Sources", 1)
    for source in dossier.sources:
        _said(document.add_paragraph(style="List Bullet"), source)
    document.add_heading("Notes", 1)
    for note in dossier.notes:
        line = document.add_paragraph()
        _bookmark(line, note.number)
        line.add_run(f" “{_clean(note.quote)}” ").italic = True
        line.add_run(_clean(f"{note.where}. "))
        _quiet(line.add_run(_clean(f"{note.sha256[:12]} {note.locator}")))
    return _steady(document)


def _block(document: DocumentObject, block: Block) -> None:
    match block:
        case Paragraph(said):
            _said(document.add_paragraph(), said)
        case Bullets(items):
            for item in items:
                _said(document.add_paragraph(style="List Bullet"), item)
        case Grid():
            _grid(document, block)
        case Drawing(svg, text, width):
            document.add_picture(io.BytesIO(picture_png(svg)), width=min(_WIDTH, Pt(width * 0.75)))
            _quiet(document.add_paragraph().add_run(_clean(text)))


def _grid(document: DocumentObject, block: Grid) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Light Grid Accent 1")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        cell.text = _clean(text)
    for row in block.rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            _said(cell.paragraphs[0], said)
    whole = sum(block.widths)
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = int(_WIDTH * share / whole)


def _said(line: Line, said: Said) -> None:
    line.add_run(_clean(said.text))
    for number in said.notes:
        _link(line, number)
    if said.aside:
        _quiet(line.add_run(_clean(f" {said.aside}")))


def _quiet(run: Run) -> None:
    run.font.size, run.font.color.rgb = Pt(8.5), _QUIET


def _link(line: Line, number: int) -> None:
    """A raised number that leads to its note."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"note{number}")
    run = OxmlElement("w:r")
    look = OxmlElement("w:rPr")
    for tag, value in (("w:color", _ACCENT), ("w:vertAlign", "superscript")):
        part = OxmlElement(tag)
        part.set(qn("w:val"), value)
        look.append(part)
    text = OxmlElement("w:t")
    text.text = f"{number} "
    text.set(qn("xml:space"), "preserve")
    run.extend([look, text])
    link.append(run)
    _put(line, link)


def _bookmark(line: Line, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for part in (start, end):
        part.set(qn("w:id"), str(number))
    start.set(qn("w:name"), f"note{number}")
    _put(line, start)
    line.add_run(str(number)).bold = True
    _put(line, end)


def _put(line: Line, part: Any) -> None:
    line._p.append(part)


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _steady(document: DocumentObject) -> bytes:
    """The document's bytes, with one time on every file in it."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, (2000, 1, 1, 0, 0, 0)), old.read(item), zipfile.ZIP_DEFLATED)
    return second.getvalue()
