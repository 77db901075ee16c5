"""A dossier as PDF, and its picture as PNG, set by typst.

What a source says reaches typst as data, never as its markup. Scripts that the fonts of the machine do not have show as
boxes; the HTML form shows them in whatever font the reader's browser has.
"""

from __future__ import annotations

from dataclasses import asdict
from importlib.resources import files

import orjson
import typst

from finemesh.reports.dossier.content import Block, Dossier

_PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")\n'


def write_pdf(dossier: Dossier) -> bytes:
    """The dossier as PDF with linked notes and a table of contents for the reader's side panel."""
    data = {
        "title": dossier.title,
        "byline": dossier.byline,
        "sections": [
            {"heading": s.heading, "level": s.level, "blocks": [_block(b) for b in s.blocks]} for s in dossier.sections
        ],
        "notes": [asdict(note) for note in dossier.notes],
        "sources": [asdict(source) for source in dossier.sources],
    }
    template = (files("finemesh.reports.dossier") / "templates" / "dossier.typ").read_bytes()
    made = typst.compile(template, format="pdf", sys_inputs={"data": orjson.dumps(data).decode()})
    assert isinstance(made, bytes)
    return made


def _block(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__, **asdict(block)}


def picture_png(svg: str, *, ppi: float = 144.0) -> bytes:
    """An SVG picture as PNG."""
    made = typst.compile(_PICTURE, format="png", ppi=ppi, sys_inputs={"svg": svg})
    assert isinstance(made, bytes)
    return made
