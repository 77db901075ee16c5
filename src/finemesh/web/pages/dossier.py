"""The dossier of a party as a file."""

from __future__ import annotations

from starlette.responses import Response

from finemesh.model.errors import UserError
from finemesh.web.links import segment
from finemesh.web.view import MissingError, View

_KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}


def dossier(v: View) -> Response:
    """What the case knows of one party as of the day, as a file in the form that the address names."""
    from finemesh.reports.dossier import render

    form, id = v.request.path_params["form"], v.one("id")
    if form not in _KINDS:
        raise MissingError("no such form of a dossier", hint=", ".join(_KINDS))
    if not id:
        raise UserError("no party is named", hint="id=...")
    if id not in v.case.facts.parties([id]):
        raise MissingError(f"no such entity: {id!r}", hint="the search box finds parties by name")
    assert v.opened is not None
    made = v.opened.remember(("dossier", id, v.day, v.answers), lambda: v.case.dossier(id, as_of=v.day))
    name = segment(f"{made.title[:120]} {v.day}.{form}")
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    }
    return Response(render(made, form), media_type=_KINDS[form], headers=headers)
