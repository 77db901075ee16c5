"""The Jinja environment: everything is escaped, unknown names are errors, and a few words are at hand."""

from __future__ import annotations

from jinja2 import Environment

from finemesh.model.authority import AUTHORITIES
from finemesh.model.designation import GLYPHS, State
from finemesh.model.locator import Locator
from finemesh.reports.matrix import cell_text
from finemesh.reports.shown import speech, words
from finemesh.reports.shown.templates import environment_of
from finemesh.web.links import web_link


def _thousands(value: int) -> str:
    return f"{value:,}"


def _size(count: int) -> str:
    """Bytes as people read them."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:,.1f} {unit}"
    return f"{count} bytes"


def _place(locator: str) -> str:
    return Locator.parse(locator).describe() if locator else ""


def environment() -> Environment:
    """The environment of every template."""
    env = environment_of("finemesh.web")
    env.filters.update(
        thousands=_thousands,
        size=_size,
        place=_place,
        country=words.country_name,
        schema=words.schema_label,
        prop=words.property_label,
        stance=words.stance_label,
        doctitle=words.title_of,
        host=words.host_of,
        short=words.short,
        weblink=web_link,
        celltext=cell_text,
    )
    env.globals.update(
        GLYPHS=GLYPHS,
        STATE_CLASS=words.STATE_CLASS,
        State=State,
        VERDICTS=words.VERDICTS,
        AUTHORITIES=AUTHORITIES,
        plural=words.plural,
        counted=words.counted,
        sentence=speech.sentence,
        said=speech.said,
        when=speech.when,
        value_label=words.value_label,
    )
    return env
