"""Errors as pages and as JSON: what happened, where, and what to do; never a traceback."""

from __future__ import annotations

import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from finemesh.model.errors import ConflictError, DataError, FinemeshError, SourceError, UserError
from finemesh.web.shelf import UnbuiltError
from finemesh.web.view import MissingError, Site, View

log = logging.getLogger("finemesh.web")

_STATUS: tuple[tuple[type[FinemeshError], int], ...] = (
    (MissingError, 404),
    (UserError, 400),
    (ConflictError, 409),
    (UnbuiltError, 409),
    (SourceError, 422),
    (DataError, 503),
)
_TITLES = {
    400: "That cannot be asked so",
    404: "Not found",
    405: "Not possible here",
    409: "Not now",
    422: "An archived file cannot be read",
    500: "A fault in finemesh",
    503: "The case cannot be read",
}


def status_of(error: FinemeshError) -> int:
    """The HTTP status of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


async def on_finemesh_error(request: Request, error: Exception) -> Response:
    """An error that finemesh raised on purpose."""
    assert isinstance(error, FinemeshError)
    return _answer(request, status_of(error), error.message, error.where, error.hint)


async def on_http_error(request: Request, error: Exception) -> Response:
    """A page that does not exist, a method that is not allowed."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, 404, f"there is no page {request.url.path[:200]!r}", None, None)
    return _answer(request, error.status_code, str(error.detail), None, None)


def fault(request: Request, error: Exception) -> Response:
    """Anything else: a fault of ours. It is logged with its traceback and shown without."""
    log.error("fault at %s", request.url.path, exc_info=error)
    hint = "the terminal that runs `finemesh serve` shows where; please report it"
    return _answer(request, 500, f"{type(error).__name__}", None, hint)


def _answer(request: Request, status: int, message: str, where: str | None, hint: str | None) -> Response:
    body: dict[str, Any] = {"error": {"status": status, "message": message, "where": where, "hint": hint}}
    if request.url.path.startswith("/api/"):
        return JSONResponse(body, status)
    site: Site = request.app.state.site
    scope = {**request.scope, "query_string": b"fragment=1" if request.query_params.get("fragment") == "1" else b""}
    view = View(site, Request(scope), None)
    title = _TITLES.get(status, "That did not work")
    return view.render("error.html", status, title=title, message=message, where=where, hint=hint, status=status)
