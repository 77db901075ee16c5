"""A dossier as Markdown with footnotes (the syntax that pandoc and GitHub share)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finemesh.reports.dossier.content import Block, Bullets, Dossier, Drawing, Grid, Paragraph, Said

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def write_markdown(dossier: Dossier) -> bytes:
    """The dossier as UTF-8 text; the picture is told in words, for it has no place in a text file."""
    lines = [f"# {_plain(dossier.title)}", "", _plain(dossier.byline), ""]
    for section in dossier.sections:
        lines += [f"{'#' * section.level} {_plain(section.heading)}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    lines += ["## Sources", "", *(f"- {_said(source)}" for source in dossier.sources), "", "## Notes", ""]
    for note in dossier.notes:
        words = f"“{_plain(note.quote)}” {_plain(note.where)}. `{note.sha256[:12]}` {_code(note.locator)}"
        lines += [f"[^{note.number}]: {words}", ""]
    return "\n".join(lines).encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(said):
            yield _said(said)
        case Bullets(items):
            yield from (f"- {_said(item)}" for item in items)
        case Grid(head, rows, _):
            yield "| " + " | ".join(map(_plain, head)) + " |"
            yield "| " + " | ".join("---" for _ in head) + " |"
            yield from ("| " + " | ".join(map(_said, row)) + " |" for row in rows)
        case Drawing(_, text, _):
            yield _plain(text)


def _said(said: Said) -> str:
    aside = f" *({_plain(said.aside)})*" if said.aside else ""
    return _plain(said.text) + "".join(f"[^{number}]" for number in said.notes) + aside


def _plain(text: str) -> str:
    """Text in which nothing is markup, on one line."""
    return _START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _code(text: str) -> str:
    return "`" + text.replace("`", "'").replace("\n", " ") + "`" if text else ""
