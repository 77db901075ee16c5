"""Where answers of people are taken.

Answers come as POST requests. A page of somebody else must not be able to make a browser send one, so each carries a
token that only our own pages know, and a browser that says where a request comes from must say: from here.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from finemesh.case import Case
from finemesh.model.errors import FinemeshError, UserError
from finemesh.store.folder import CaseFolder
from finemesh.web import failures
from finemesh.web.view import View

log = logging.getLogger("finemesh.web")

_MAX_BODY = 64_000
_PATIENCE_S = 1.5
"""How long a run of answers must rest before the parties are settled with them."""


class Desk:
    """Where answers are taken: the token of this server's pages, and the settling of parties after a run of answers.

    Args:
        folder: The case.

    Attributes:
        token: What only our own pages know.
        turn: Held by the answer that is being written, so that of two equal ones the second sees the first.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self.folder = folder
        self.token = secrets.token_urlsafe(24)
        self.turn = threading.Lock()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def settle_soon(self) -> None:
        """Settle the parties when no answer has come for a moment."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(_PATIENCE_S, self._settle)
            self._timer.daemon = True
            self._timer.start()

    def _settle(self) -> None:
        try:
            Case(self.folder).settle()
        except FinemeshError as error:
            log.error("the decisions are kept, but the parties are not settled: %s", error)

    def check(self, request: Request, form: Mapping[str, str]) -> None:
        """Refuse what does not come from a page of ours.

        Raises:
            UserError: It does not.
        """
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        elsewhere = site not in (None, "same-origin")
        if origin not in (None, "null") and origin != f"http://{request.headers.get('host', '')}":
            elsewhere = True
        if origin == "null" and site is None:
            elsewhere = True
        if elsewhere or not hmac.compare_digest(form.get("token", ""), self.token):
            raise UserError("the answer does not come from this page", hint="load the page again and answer there")


def desk_of(v: View) -> Desk:
    """The desk of the application, made on first use."""
    state = v.request.app.state
    if not hasattr(state, "desk"):
        state.desk = Desk(v.site.shelf.folder)
    found: Desk = state.desk
    return found


async def take(request: Request, answer: Callable[[View, Mapping[str, str]], Response]) -> Response:
    """Read a form, refuse it if it does not come from a page of ours, and let somebody answer; once.

    Args:
        request: The POST request.
        answer: Is given the form, and leads to the next page.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MAX_BODY:
            return await failures.on_finemesh_error(request, UserError("the answer is too long"))
    form = {k: found[-1] for k, found in parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True).items()}
    site = request.app.state.site

    def checked(v: View) -> Response:
        desk = desk_of(v)
        desk.check(request, form)
        with desk.turn:
            return answer(v, form)

    try:
        return await run_in_threadpool(lambda: site.shelf.act(lambda opened: checked(View(site, request, opened))))
    except FinemeshError as error:
        return await failures.on_finemesh_error(request, error)
