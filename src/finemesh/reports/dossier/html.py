"""A dossier as one HTML file: no script, nothing from the network, light and dark, printable."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from finemesh.reports.dossier.content import Block, Dossier, Drawing


def write_html(dossier: Dossier) -> bytes:
    """The dossier as UTF-8 HTML; whatever a source says is escaped."""
    env = Environment(
        loader=PackageLoader("finemesh.reports.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = env.get_template("dossier.html").render(d=dossier, kind=_kind, drawn=_drawn)
    return page.encode()


def _kind(block: Block) -> str:
    return type(block).__name__


def _drawn(block: Drawing) -> Markup:
    """The picture as it stands: our own drawing, in which every name is escaped."""
    return Markup(block.svg)
