"""The pages, one module each: what is asked of the case, and the values of its template."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from finemesh.web.pages.check import check
from finemesh.web.pages.coverage import coverage, coverage_csv, coverage_xlsx
from finemesh.web.pages.document import document, documents
from finemesh.web.pages.dossier import dossier
from finemesh.web.pages.entity import entity
from finemesh.web.pages.evidence import artifact, evidence
from finemesh.web.pages.holdings import issues, lists
from finemesh.web.pages.listing import listing
from finemesh.web.pages.network import network, network_svg, tie
from finemesh.web.pages.overview import overview
from finemesh.web.pages.review import review
from finemesh.web.pages.search import screen, search
from finemesh.web.pages.timeline import timeline
from finemesh.web.view import View

PAGES: tuple[tuple[str, Callable[[View], Response]], ...] = (
    ("/", overview),
    ("/search", search),
    ("/screen", screen),
    ("/documents", documents),
    ("/document/{doc:path}", document),
    ("/check/{doc:path}", check),
    ("/entity/{id:path}", entity),
    ("/dossier.{form}", dossier),
    ("/timeline", timeline),
    ("/coverage", coverage),
    ("/coverage.csv", coverage_csv),
    ("/coverage.xlsx", coverage_xlsx),
    ("/listing/{id:path}", listing),
    ("/network", network),
    ("/network.svg", network_svg),
    ("/tie", tie),
    ("/review", review),
    ("/lists", lists),
    ("/issues", issues),
    ("/evidence", evidence),
    ("/artifact/{sha256}", artifact),
)
"""Path and page."""
