"""A dossier as one HTML file: no script, nothing from the network, light and dark, printable."""

from __future__ import annotations

from markupsafe import Markup

from finemesh.reports.dossier.content import Block, Dossier, Drawing
from finemesh.reports.shown.templates import environment_of


def write_html(dossier: Dossier) -> bytes:
    """The dossier as UTF-8 HTML; whatever a source says is escaped."""
    template = environment_of("finemesh.reports.dossier").get_template("dossier.html")
    page = template.render(d=dossier, kind=_kind, drawn=_drawn)
    return page.encode()


def _kind(block: Block) -> str:
    return type(block).__name__


def _drawn(block: Drawing) -> Markup:
    """The picture as it stands: our own drawing, in which every name is escaped."""
    return Markup(block.svg)
