"""A table dropped on the page *Screen*: its rows with the parties that they may mean. Nothing of it is kept."""

from __future__ import annotations

import tempfile
from itertools import chain, islice
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from finemesh.model.errors import FinemeshError, SourceError, UserError
from finemesh.web import failures
from finemesh.web.desk import desk_of
from finemesh.web.view import View

_MAX_BYTES = 30_000_000
_ROWS = 20_000
"""Rows that a page screens; more is work for the command line, in all processors."""
_SHOWN = 500
_CANDIDATES = 3
TOKEN = "x-finemesh-token"
"""The header in which the page's own script says that it is our page."""


async def screen_table(request: Request) -> Response:
    """Take a file as the body of a POST request, screen its rows, and answer with a part of a page."""
    with tempfile.TemporaryDirectory(prefix="finemesh-") as folder:
        path = Path(folder) / ("table" + Path(request.query_params.get("file", "")[-200:]).suffix[:10].lower())
        try:
            await _receive(request, path)
            site = request.app.state.site
            return await run_in_threadpool(
                lambda: site.shelf.ask(lambda opened: _answer(View(site, request, opened), path))
            )
        except SourceError as error:  # the file is the reader's; the place of our copy tells nothing
            told = error.message.replace(str(path), "the file")
            return await failures.on_finemesh_error(request, UserError(told, hint=error.hint))
        except FinemeshError as error:
            error.where = None
            return await failures.on_finemesh_error(request, error)


async def _receive(request: Request, path: Path) -> None:
    size = 0
    with path.open("wb") as out:
        async for piece in request.stream():
            size += len(piece)
            if size > _MAX_BYTES:
                raise UserError(
                    f"the file is larger than {_MAX_BYTES // 1_000_000} MB",
                    hint="`finemesh screen-file` takes any length",
                )
            out.write(piece)


def _answer(v: View, path: Path) -> Response:
    from finemesh.analysis.screen_rows import RowOptions

    desk_of(v).check(v.request, {"token": v.request.headers.get(TOKEN, "")})
    columns = tuple(c for c in (v.one("column", limit=500),) if c)
    options = RowOptions(
        columns=columns,
        schema=v.one("schema") or None,
        limit=_CANDIDATES,
        threshold=v.number("threshold", 50, 0, 100) / 100,
    )
    chunks = v.case.screen_rows(path, options, jobs=1)
    rows = list(islice(chain.from_iterable(chunks), _ROWS + 1))
    cut, rows = len(rows) > _ROWS, rows[:_ROWS]
    found: list[tuple[int, dict[str, Any]]] = [
        (number, answer)
        for number, (_, answers) in enumerate(rows, 1)
        for answer in answers
        if answer["results"]
    ]  # fmt: skip
    return v.render(
        "table.html",
        file=v.one("file", limit=300),
        total=len(rows),
        cut=cut,
        found=found[:_SHOWN],
        hits=len(found),
    )
