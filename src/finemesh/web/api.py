"""The same answers as JSON, in the shapes of the command line; where that prints an object a line, a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import orjson
from starlette.responses import Response

from finemesh.case import ScreenOptions
from finemesh.model.authority import parse_authorities
from finemesh.model.errors import UserError
from finemesh.web.pages.coverage import asked as coverage_asked
from finemesh.web.pages.coverage import matrix
from finemesh.web.pages.network import tie_filter
from finemesh.web.view import MissingError, View


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")


def status(v: View) -> Response:
    """What the case holds."""
    found = v.case.status(today=v.site.today())
    return _json(
        {
            "title": found.title,
            "counts": found.counts,
            "lists": {name: {"snapshot": date, "age_days": age} for name, (date, age) in found.lists.items()},
            "authorities": found.authorities,
            "issues": found.issues,
        }
    )


def datasets(v: View) -> Response:
    """Each list with its snapshots."""
    return _json([d.as_json() for d in v.case.datasets(today=v.site.today())])


def documents(v: View) -> Response:
    """Each document without its text."""
    return _json([asdict(d) for d in v.case.documents()])


def issues(v: View) -> Response:
    """What could not be read; ``severity`` and ``dataset`` narrow it."""
    severity, dataset = v.one("severity"), v.one("dataset")
    found = [
        i for i in v.case.issues() if (not severity or i.severity == severity) and (not dataset or i.dataset == dataset)
    ]
    return _json([asdict(i) for i in found])


def screen(v: View) -> Response:
    """Candidates for each ``name``; ``schema``, ``limit``, ``threshold`` (0..1), ``as_of`` as on the command line."""
    names = v.many("name", limit=100)
    if not names:
        raise UserError("no name is given", hint="/api/screen?name=Htoo+Group")
    options = ScreenOptions(v.one("schema") or None, v.number("limit", 5, 1, 200), _share(v, "threshold", 0.5), v.day)
    found = v.case.screen(names, options)
    return _json(
        [
            {"qid": number, "query": name, "results": [c.as_json() for c in candidates]}
            for number, (name, candidates) in enumerate(zip(names, found, strict=True))
        ]
    )


def _share(v: View, name: str, default: float) -> float:
    raw = v.one(name)
    try:
        value = float(raw) if raw else default
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UserError(f"not a share: {name} = {raw[:40]!r}", hint="write a number from 0 to 1")
    return value


def coverage(v: View) -> Response:
    """The matrix of each ``entity``, of the parties of a document (``doc``) or of pasted ``names``."""
    ask = coverage_asked(v)
    if v.params.get("authority"):
        ask.columns = parse_authorities(",".join(v.many("authority")))
    if ask.empty:
        raise UserError("nobody to look up", hint="/api/coverage?entity=Htoo+Group&as_of=2022-09-22")
    return _json([row.as_json() for row in matrix(v, ask).rows])


def gaps(v: View) -> Response:
    """Who is listed by ``listed_by`` and not by ``not_by``."""
    listed_by, not_by = parse_authorities(",".join(v.many("listed_by"))), parse_authorities(",".join(v.many("not_by")))
    if not listed_by or not not_by:
        raise UserError("two sides are needed", hint="/api/gaps?listed_by=US,UK&not_by=EU")
    rows = v.case.gaps(
        listed_by, not_by, as_of=v.day, country=v.one("country"), schema=v.one("schema"), any_of=bool(v.one("any"))
    )
    return _json([row.as_json() for row in rows])


def _document(v: View) -> str:
    """The document that is asked for, which must be one of the case."""
    doc = v.one("doc")
    if not doc:
        raise UserError("no document is named", hint="/api/claims?doc=NAME")
    try:
        return v.case.look.documents(doc)[0].info.sha256
    except UserError as error:
        raise MissingError(error.message, hint=error.hint) from error


def check(v: View) -> Response:
    """Each designation claim of ``doc`` against the lists, on its own date or on ``as_of``."""
    verdicts = v.case.check(_document(v), as_of=v.day if v.one("as_of") else None)
    return _json([verdict.as_json() for verdict in verdicts])


def claims(v: View) -> Response:
    """The claims of ``doc``, or of every document."""
    docs = [_document(v)] if v.one("doc") else []
    return _json([claim.as_json() for claim in v.case.claims(docs)])


def mentions(v: View) -> Response:
    """The mentions and relations of ``doc``."""
    return _json([item.as_json() for item in v.case.mentions([_document(v)])])


def entity(v: View) -> Response:
    """Everything known of a party."""
    try:
        return _json(v.case.entity(v.request.path_params["id"]).as_json())
    except UserError as error:
        raise MissingError(error.message, hint=error.hint) from error


def network(v: View) -> Response:
    """The ties of each ``id``; ``kind`` narrows them."""
    ids = v.many("id", limit=60)
    known = v.case.facts.parties(ids)
    if not ids:
        raise UserError("no party is named", hint="/api/network?id=ID")
    for id in ids:
        if id not in known:
            raise MissingError(f"no such entity: {id!r}", hint="/api/screen?name=NAME finds ids")
    return _json(v.case.network(ids, as_of=v.day, wanted=tie_filter(v)).as_json())


ROUTES: tuple[tuple[str, Callable[[View], Response]], ...] = (
    ("/api/status", status),
    ("/api/datasets", datasets),
    ("/api/documents", documents),
    ("/api/issues", issues),
    ("/api/screen", screen),
    ("/api/coverage", coverage),
    ("/api/gaps", gaps),
    ("/api/check", check),
    ("/api/claims", claims),
    ("/api/mentions", mentions),
    ("/api/entity/{id:path}", entity),
    ("/api/network", network),
)
"""Path and answer."""
