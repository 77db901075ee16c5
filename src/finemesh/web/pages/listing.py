"""What one authority says of one party, as of a day: the cell of the matrix with the list's own entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.authority import AUTHORITIES, parse_authorities
from finemesh.model.designation import Cell
from finemesh.model.errors import FinemeshError, UserError
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator
from finemesh.model.source import Source
from finemesh.web.pages.entity import profile_of
from finemesh.web.pages.evidence import source_of
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.coverage import CoverageRow
    from finemesh.sources.record import Field

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
    codes = parse_authorities(v.one("authority"))
    if len(codes) != 1:
        raise UserError("one authority must be named", hint="authority=EU; known: " + ", ".join(AUTHORITIES))
    code = codes[0]
    row = _row(v, code)
    party, cell = row.target, row.cells[code]
    assert party is not None
    own = v.case.look.designations([party.id]).get(party.id, [])
    designations = [d for d in own if d.authority == code]
    return v.render(
        "listing.html",
        party=party,
        code=code,
        authority=AUTHORITIES[code],
        cell=cell,
        designations=designations,
        proof=v.case.look.proof(designations),
        entries=_entries(v, cell),
        others={a: c for a, c in row.cells.items() if a != code and c.state.in_force},
        lists=[(name, v.case.facts.snapshots[name]) for name in v.case.facts.lists_of.get(code, ())],
    )


def _row(v: View, code: str) -> CoverageRow:
    """The row of the party, by its id; a state has no record and comes as ``-`` with its name.

    Raises:
        MissingError: There is no such party.
    """
    id = v.request.path_params["id"]
    name = v.one("name", limit=1000) if id == "-" else profile_of(v, id).party.id
    columns = list(dict.fromkeys((*v.case.settings.authorities, code)))
    rows = v.case.coverage([name], authorities=columns, as_of=v.day) if name else []
    if not rows or rows[0].target is None:
        raise MissingError(f"no such party: {name!r}", hint="the search box finds parties by name")
    return rows[0]


def _entries(v: View, cell: Cell) -> list[Entry]:
    """The records in which the evidence of a cell lies, the best first."""
    by_record: dict[tuple[str, str], list[Evidence]] = {}
    for item in cell.evidence:
        by_record.setdefault((item.sha256, _record_key(item)), []).append(item)
    return [_entry(v, found) for found in list(by_record.values())[:_RECORDS]]


def _record_key(item: Evidence) -> str:
    place = Locator.parse(item.locator)
    member = "" if place.line or not place.pointer else place.pointer.split("/", 2)[1]
    return f"{place.member}|{place.sheet}|{place.row}|{place.line}|{(place.element or '').split('/', 1)[0]}|{member}"


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
