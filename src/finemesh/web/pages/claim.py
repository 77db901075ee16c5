"""Answers about claims, given beside their sentence on the page of the document."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from finemesh.case import Case
from finemesh.model.claim import ARGS
from finemesh.model.errors import UserError
from finemesh.web.desk import take
from finemesh.web.links import address, segment
from finemesh.web.view import View

_ARG = "arg-"
"""How the field of an arg is named in the form of a correction."""
_NOTE = 2000


async def answer_claim(request: Request) -> Response:
    """Take an answer about a claim and lead back to its sentence."""
    return await take(request, _take)


def _take(v: View, form: Mapping[str, str]) -> Response:
    case, id, note = Case(v.case.folder), form.get("claim", ""), form.get("note", "")[:_NOTE]
    try:
        value = form.get("value", "")
        if value == "accept":
            case.accept(id, note=note)
        elif value == "reject":
            case.reject(id, note=note)
        elif value == "correct":
            case.correct(id, _changes(case, id, form), note=note)
        elif value == "undo":
            case.undo(_number(form.get("number", "")), note=note, settle=False)
        else:
            raise UserError(f"no such answer: {value[:40]!r}")
    finally:
        case.close()
    kept = {name: form.get(name, "") for name in ("part", "as_of", "only")}
    where = address(f"/document/{segment(form.get('doc', ''))}", kept)
    return RedirectResponse(f"{where}#k-{segment(id)}" if id else where, 303)


def _changes(case: Case, id: str, form: Mapping[str, str]) -> dict[str, str]:
    """What the form says otherwise than the claim."""
    claim = case.claim(id).claim
    found = {}
    for name in (*ARGS[claim.type], "stance", "speaker", "start", "end"):
        field = f"{_ARG}{name}" if name in ARGS[claim.type] else name
        if field not in form:
            continue
        now = claim.args.get(name) if field != name else claim.as_json()[name]
        if form[field].strip() != field_text(now):
            found[name] = form[field]
    if not found:
        raise UserError("nothing was changed", hint="accept the claim if it is right as it is")
    return found


def field_text(value: object) -> str:
    """A value of a claim as the form shows it: several names parted by ``;``."""
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def _number(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or len(raw) > 12:
        raise UserError(f"not the number of a decision: {raw[:40]!r}")
    return int(raw)
