"""The review page: two records side by side, and what a person answers (:mod:`finemesh.web.desk` takes it)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from finemesh.analysis.review import LoadedQueue, Proposal, ReviewFilter, ReviewQueue, load_queue, side_by_side
from finemesh.case import Case
from finemesh.model.decision import Judgement
from finemesh.model.errors import ConflictError, UserError
from finemesh.resolution.judgements import JUDGEMENT, in_force, standing, two
from finemesh.store.decisions import current_user
from finemesh.web.desk import desk_of, take
from finemesh.web.guard import host_name
from finemesh.web.links import address
from finemesh.web.view import View

SHOWN = 40
"""Pairs of the queue that are listed below the one that is asked about."""
MAX_BULK = 1000
"""Pairs that can be accepted in one go."""
_FILTERS = ("schema", "dataset", "country", "reason", "low", "high")


def review(v: View) -> Response:
    """The next pair, or the pair that is named, with the queue behind it."""
    queue = _queue(v)
    at = v.number("at", 0, 0, max(0, len(queue.proposals) - 1))
    proposal = _named(v) or (queue.proposals[at] if queue.proposals else None)
    decisions = v.case.decisions()
    alive = [d for d in in_force(decisions) if d.kind == JUDGEMENT]
    left = right = None
    found: list[Any] = []
    if proposal is not None:
        left, right, found = side_by_side(v.case.facts, proposal.left, proposal.right)
    return v.render(
        "review.html",
        queue=queue,
        at=at,
        proposal=proposal,
        named=bool(v.one("left")),
        parties=(left, right),
        differences=found,
        last=alive[-1] if alive else None,
        recent=list(reversed(alive[-8:])),
        conflicts=v.case.conflicts(),
        filters={name: v.one(name) for name in _FILTERS},
        token=desk_of(v).token,
        shown=queue.proposals[at : at + SHOWN],
        bulk=min(len(queue.proposals), MAX_BULK),
        host=host_name(v.request.headers.get("host", "")),
    )


def _queue(v: View) -> ReviewQueue:
    assert v.opened is not None
    loaded: LoadedQueue = v.opened.remember("review", lambda: load_queue(v.case.reader))
    return loaded.ask(v.case.decisions(), _filter({name: v.one(name) for name in _FILTERS}))


def _filter(values: Mapping[str, str]) -> ReviewFilter:
    try:
        low, high = float(values["low"] or 0), float(values["high"] or 1)
    except ValueError as error:
        raise UserError("not a score: write a number from 0 to 1") from error
    return ReviewFilter(values["schema"], values["dataset"], values["country"].lower(), values["reason"], low, high)


def _named(v: View) -> Proposal | None:
    """A pair that is asked for by its ids, whether or not it waits."""
    left, right = v.one("left"), v.one("right")
    if not left or not right:
        return None
    known = v.case.facts.parties([left, right])
    for id in (left, right):
        if id not in known:
            raise UserError(f"no such entity: {id!r}", hint="the search box finds parties by name")
    one, other = known[left], known[right]
    reason = "one party now" if one.id == other.id else "you have asked for this pair"
    return Proposal(
        left, right, (one.id, other.id), (one.caption, other.caption), (one.schema, other.schema),
        (one.datasets, other.datasets), reason, 0.0, 0.0,
    )  # fmt: skip


async def answer(request: Request) -> Response:
    """Take an answer and lead back to the queue."""
    return await take(request, _take)


def _take(v: View, form: Mapping[str, str]) -> Response:
    value, note, case = form.get("value", ""), form.get("note", "")[:2000], Case(v.case.folder)
    try:
        if value == "undo":
            case.undo(_number(form, "number"), note=note, settle=False)
        elif value == "bulk":
            _accept(v, form, case, note)
        else:
            _judge(form, case, value, note)
    finally:
        case.close()
    desk_of(v).settle_soon()
    kept = {name: form.get(name, "") for name in _FILTERS}
    return RedirectResponse(address("/review", {**kept, "at": form.get("at", ""), "as_of": form.get("as_of", "")}), 303)


def _judge(form: Mapping[str, str], case: Case, value: str, note: str) -> None:
    if value not in set(Judgement):
        raise UserError(f"no such answer: {value[:40]!r}")
    left, right = form.get("left", ""), form.get("right", "")
    given = standing(case.decisions()).get(two(left, right), ())
    if any((d.who, d.value, d.note) == (current_user(), value, note) for d in given):
        return  # a form that was sent twice
    case.decide(left, right, value, note=note, settle=False, anyway=form.get("anyway") == "1")


def _accept(v: View, form: Mapping[str, str], case: Case, note: str) -> None:
    """Judge every pair of the filtered queue the same, if it is still the queue that was looked at."""
    assert v.opened is not None
    loaded: LoadedQueue = v.opened.remember("review", lambda: load_queue(v.case.reader))
    queue = loaded.ask(case.decisions(), _filter({name: form.get(name, "") for name in _FILTERS}))
    wanted = queue.proposals[:MAX_BULK]
    if form.get("sure") != "1":
        raise UserError("tick that you have looked at the pairs, then accept them")
    if len(wanted) != _number(form, "count"):
        raise ConflictError("the queue has changed", hint="look at it again, then accept it")
    case.decide_all([(p.left, p.right) for p in wanted], Judgement.SAME, note=note, settle=False)


def _number(form: Mapping[str, str], name: str) -> int:
    raw = form.get(name, "")
    if not raw.isascii() or not raw.isdigit() or len(raw) > 12:
        raise UserError(f"not a number: {name} = {raw[:40]!r}")
    return int(raw)
