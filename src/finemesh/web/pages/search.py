"""Search and screening: which parties a name may mean, and which documents bear it in their title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.case import ScreenOptions
from finemesh.reports.shown.words import title_of
from finemesh.web.desk import desk_of
from finemesh.web.view import View

if TYPE_CHECKING:
    from finemesh.analysis.documents import DocumentInfo

SCHEMATA = ("Person", "Organization", "Company", "Vessel", "Airplane")
_DOCUMENTS = 50


def search(v: View) -> Response:
    """Parties whose name is like the words, and documents whose title has them all."""
    words = v.one("q", limit=1000)
    candidates = v.case.screen([words], ScreenOptions(limit=25, threshold=0.35, as_of=v.day))[0] if words else []
    documents = found_documents(v, words) if words else []
    return v.render("search.html", words=words, candidates=candidates, documents=documents)


def found_documents(v: View, words: str, limit: int = _DOCUMENTS) -> list[DocumentInfo]:
    """Documents whose title, id, publisher or date holds every word, the newest first."""
    assert v.opened is not None
    wanted = words.casefold().split()
    found = []
    for info in v.documents():
        text = f"{title_of(info)} {info.doc} {info.publisher} {info.published}".casefold()
        if all(word in text for word in wanted):
            found.append(info)
    return sorted(found, key=lambda d: (d.published, d.doc), reverse=True)[:limit]


def screen(v: View) -> Response:
    """One name against every party of the case, with each candidate's score taken apart."""
    name = v.one("name", limit=1000)
    schema = v.one("schema")
    threshold = v.number("threshold", 50, 0, 100)
    options = ScreenOptions(schema or None, v.number("limit", 10, 1, 50), threshold / 100, v.day)
    candidates = v.case.screen([name], options)[0] if name else []
    return v.render(
        "screen.html",
        name=name,
        schema=schema,
        threshold=threshold,
        schemata=SCHEMATA,
        candidates=candidates,
        authorities=v.case.settings.authorities,
        token=desk_of(v).token,
    )
