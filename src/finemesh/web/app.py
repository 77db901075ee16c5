"""The ASGI application: routes, middleware and what they share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from finemesh.case import Case
from finemesh.model.errors import FinemeshError
from finemesh.web import failures
from finemesh.web.api import ROUTES as API
from finemesh.web.guard import Guard
from finemesh.web.pages import PAGES
from finemesh.web.pages.claim import answer_claim
from finemesh.web.pages.review import answer as answer_review
from finemesh.web.pages.table import screen_table
from finemesh.web.rendering import environment
from finemesh.web.shelf import Shelf, UnbuiltError
from finemesh.web.view import Site, View

Page = Callable[[View], Response]


def create_app(case: Case, today: Callable[[], date] = date.today) -> Starlette:
    """The pages and the API of a case.

    Args:
        case: The case; the application opens its folder for itself and follows its builds.
        today: Tells the day that counts as today.
    """
    site = Site(Shelf(case), environment(), today, case.settings.title or case.folder.root.name)
    static = StaticFiles(directory=str(files("finemesh.web") / "static"))
    app = Starlette(
        routes=[
            *(Route(path, _endpoint(page), name=page.__name__) for path, page in PAGES),
            *(Route(path, _endpoint(answer), name=f"api_{answer.__name__}") for path, answer in API),
            Route("/review", answer_review, methods=["POST"], name="answer_review"),
            Route("/screen-table", screen_table, methods=["POST"], name="screen_table"),
            Route("/claim", answer_claim, methods=["POST"], name="answer_claim"),
            Mount("/static", static, name="static"),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={FinemeshError: failures.on_finemesh_error, HTTPException: failures.on_http_error},
    )
    app.state.site = site
    return app


def _endpoint(page: Page) -> Any:
    """A page as an endpoint; it runs in a worker thread, for the case is asked there."""

    def run(request: Request) -> Response:
        site: Site = request.app.state.site
        try:
            return site.shelf.ask(lambda opened: page(View(site, request, opened)))
        except UnbuiltError:
            if request.url.path != "/":
                raise
            return View(site, request, None).render("start.html")
        except FinemeshError:
            raise
        except Exception as error:
            return failures.fault(request, error)

    return run
