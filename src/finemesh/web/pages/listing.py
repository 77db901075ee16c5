"""What one authority says of one party, as of a day: the cell of the matrix with the list's own entry."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from finemesh.model.authority import AUTHORITIES, parse_authorities
from finemesh.model.designation import Cell
from finemesh.model.errors import FinemeshError, UserError
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator
from finemesh.model.source import Source
from finemesh.sources.record import Field
from finemesh.web.pages.entity import profile_of
from finemesh.web.pages.evidence import source_of
from finemesh.web.view import View

_RECORDS = 4
"""Entries of lists that are shown in full."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or record of a list with the fields that prove the cell.

    Attributes:
        source: The list.
        evidence: The places in it.
        place: The first of them in words.
        fields: The whole record; empty where it could not be read.
        problem: Why, or empty.
    """

    source: Source
    evidence: tuple[Evidence, ...]
    place: str
    fields: tuple[Field, ...]
    problem: str


def listing(v: View) -> Response:
    """One cell with everything behind it."""
    party = profile_of(v, v.request.path_params["id"]).party
    codes = parse_authorities(v.one("authority"))
    if len(codes) != 1:
        raise UserError("one authority must be named", hint="authority=EU; known: " + ", ".join(AUTHORITIES))
    code = codes[0]
    cell = v.case.coverage([party.id], authorities=[code], as_of=v.day)[0].cells[code]
    designations = [d for d in v.case.look.designations([party.id]).get(party.id, []) if d.authority == code]
    elsewhere = v.case.look.standing([party.id], v.day)[party.id].cells
    return v.render(
        "listing.html",
        party=party,
        code=code,
        authority=AUTHORITIES[code],
        cell=cell,
        designations=designations,
        proof=v.case.look.proof(designations),
        entries=_entries(v, cell),
        others={a: c for a, c in elsewhere.items() if a != code and c.state.in_force},
        lists=[(name, v.case.facts.snapshots[name]) for name in v.case.facts.lists_of.get(code, ())],
    )


def _entries(v: View, cell: Cell) -> list[Entry]:
    """The records in which the evidence of a cell lies, the best first."""
    by_record: dict[tuple[str, str], list[Evidence]] = {}
    for item in cell.evidence:
        by_record.setdefault((item.sha256, _record_key(item)), []).append(item)
    return [_entry(v, found) for found in list(by_record.values())[:_RECORDS]]


def _record_key(item: Evidence) -> str:
    place = Locator.parse(item.locator)
    return f"{place.member}|{place.sheet}|{place.row}|{place.line}|{(place.element or '').split('/', 1)[0]}"


def _entry(v: View, evidence: list[Evidence]) -> Entry:
    first = evidence[0]
    source, place = source_of(v, first.sha256), Locator.parse(first.locator)
    words = Locator(place.member, place.sheet, place.row, line=place.line).describe() or place.describe()
    assert v.opened is not None
    try:
        locators = tuple(e.locator for e in evidence)
        key = ("record", first.sha256, locators)
        fields = v.opened.remember(key, lambda: v.case.look.record(first.sha256, locators))
    except (FinemeshError, OSError, ValueError) as error:
        return Entry(source, tuple(evidence), words, (), str(error).splitlines()[0])
    return Entry(source, tuple(evidence), words, tuple(fields), "")
