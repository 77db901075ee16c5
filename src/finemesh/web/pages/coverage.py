"""The coverage matrix: rows are parties, columns are authorities, each cell opens the list's entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.case import ScreenOptions
from finemesh.model.authority import parse_authorities
from finemesh.model.designation import State
from finemesh.model.errors import UserError
from finemesh.reports.matrix import matrix_csv, matrix_xlsx
from finemesh.web.shown import ticks
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.coverage import CoverageRow
    from finemesh.analysis.facts import Party

MAX_NAMES = 500
MAX_ROWS = 400
"""Rows on one page; the files have all of them."""
_PASTED = 60_000
_FOUND = 30
_THRESHOLD = 0.5
"""Score from which a name is taken to mean a party; :meth:`finemesh.case.Case.find` has the same."""


@dataclass(slots=True)
class Asked:
    """What the rows are, as the address says it.

    Attributes:
        entities: Names or ids.
        names: Pasted text, a name a line.
        doc: A document whose parties are meant.
        q: Words whose candidates are meant.
        listed_by, not_by: A question for gaps.
        columns: Authorities.
        gaps_only, listed_only, country, schema: What is left of the rows.
    """

    entities: list[str]
    names: str
    doc: str
    q: str
    listed_by: tuple[str, ...]
    not_by: tuple[str, ...]
    columns: tuple[str, ...]
    gaps_only: bool
    listed_only: bool
    country: str
    schema: str

    @property
    def empty(self) -> bool:
        """Whether nobody is asked for."""
        return not (self.entities or self.names or self.doc or self.q or self.listed_by)


@dataclass(slots=True)
class Matrix:
    """The rows and what is known of them.

    Attributes:
        rows: Those that are left after filtering.
        all: How many there were before.
        countries, schemata: Choices of the filters with their counts.
        heading: What the rows are, in words.
    """

    rows: list[CoverageRow]
    all: int = 0
    countries: dict[str, int] = field(default_factory=dict)
    schemata: dict[str, int] = field(default_factory=dict)
    heading: str = ""


def asked(v: View) -> Asked:
    """Read the address.

    Raises:
        UserError: An authority is not known, or there is too much of something.
    """
    listed_by, not_by = parse_authorities(",".join(v.many("listed_by"))), parse_authorities(",".join(v.many("not_by")))
    return Asked(
        entities=v.many("entity", limit=MAX_NAMES),
        names=v.one("names", limit=_PASTED),
        doc=v.one("doc"),
        q=v.one("q", limit=1000),
        listed_by=listed_by,
        not_by=not_by,
        columns=parse_authorities(",".join(v.many("cols"))) or v.case.settings.authorities,
        gaps_only=bool(v.one("gaps")),
        listed_only=bool(v.one("listed")),
        country=v.one("country").lower(),
        schema=v.one("schema"),
    )


def matrix(v: View, ask: Asked, proven: int | None = None) -> Matrix:
    """The rows that an address asks for, filtered; of a question for gaps only the first have their evidence."""
    question = bool(ask.listed_by) and not (ask.entities or ask.names or ask.doc or ask.q)
    if question:  # country and kind are part of it: a list's programme may tell the country of its targets
        rows = v.case.gaps(
            ask.listed_by, ask.not_by, as_of=v.day, country=ask.country, schema=ask.schema, proven=proven
        )
        rows = [replace(row, cells={code: row.cells[code] for code in _columns(row, ask)}) for row in rows]
        heading = "Listed by " + ", ".join(ask.listed_by)
        heading += (", not by " + ", ".join(ask.not_by)) if ask.not_by else ""
    else:
        targets, heading = _targets(v, ask)
        rows = v.case.look.coverage(targets, ask.columns, v.day)
    found = Matrix(rows, len(rows), heading=heading)
    found.countries = dict(sorted(Counter(c for r in rows if r.target for c in r.target.countries).items()))
    found.schemata = dict(sorted(Counter(r.target.schema for r in rows if r.target).items()))
    left = replace(ask, country="", schema="") if question else ask
    found.rows = [row for row in rows if _kept(row, left)]
    return found


def _columns(row: CoverageRow, ask: Asked) -> list[str]:
    return [code for code in dict.fromkeys((*ask.columns, *ask.listed_by, *ask.not_by)) if code in row.cells]


def _kept(row: CoverageRow, ask: Asked) -> bool:
    if ask.gaps_only and not row.gaps:
        return False
    if ask.listed_only and not any(cell.state.in_force for cell in row.cells.values()):
        return False
    if ask.country and not (row.target and ask.country in row.target.countries):
        return False
    return not ask.schema or bool(row.target and row.target.schema == ask.schema)


Target = tuple[str, "Party | None", float]


def _targets(v: View, ask: Asked) -> tuple[list[Target], str]:
    """What was asked for, the party found for it and how well it fits; and all that in words."""
    assert v.opened is not None
    names = [*ask.entities, *_lines(ask.names)]
    words = []
    if ask.doc:
        doc = ask.doc
        try:
            names += v.opened.remember(("names", doc), lambda: v.case.look.names_in(doc))
        except UserError as error:
            raise MissingError(error.message, hint=error.hint) from error
        words.append("parties of a document")
    if len(names) > MAX_NAMES:
        raise UserError(
            f"too many names: {len(names):,}",
            hint=f"at most {MAX_NAMES} at a time; `finemesh coverage --from FILE` has no bound",
        )
    targets: list[Target] = [(name, *_find(v, name)) for name in dict.fromkeys(names)]
    if ask.q:
        words.append(f"search for “{ask.q}”")
        found = v.case.screen([ask.q], ScreenOptions(limit=_FOUND, threshold=_THRESHOLD, as_of=v.day))[0]
        parties = v.case.facts.parties(c.cluster for c in found)
        targets += [(ask.q, parties[c.cluster], c.match.score) for c in found if c.cluster in parties]
    if ask.entities or ask.names:
        words.append("named parties")
    return _once(targets), ", ".join(words)


def _find(v: View, name: str) -> tuple[Party | None, float]:
    """The party that a name means best, remembered until the next build."""
    assert v.opened is not None
    return v.opened.remember(("find", name), lambda: v.case.find(name))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _once(targets: Sequence[Target]) -> list[Target]:
    """Each party once, under the words that came first."""
    seen: set[str] = set()
    found = []
    for query, party, score in targets:
        key = party.id if party else f"? {query}"
        if key not in seen:
            seen.add(key)
            found.append((query, party, score))
    return found


def coverage(v: View) -> Response:
    """The matrix as a page."""
    ask = asked(v)
    found = Matrix([]) if ask.empty else matrix(v, ask, MAX_ROWS)
    shown = found.rows[:MAX_ROWS]
    ids = [row.target.id for row in shown if row.target]
    dates = ticks.dates(d for own in v.case.look.designations(ids).values() for d in own if d.authority in ask.columns)
    return v.render(
        "coverage.html",
        ask=ask,
        found=found,
        rows=shown,
        scale=ticks.scale(dates, v.day, v.site.today()),
        columns=list(shown[0].cells) if shown else list(ask.columns),
        moves=_moves(v, ask),
        loaded={code: bool(v.case.facts.lists_of.get(code)) for code in ask.columns},
        snapshots={
            code: {name: v.case.facts.snapshots[name] for name in names}
            for code, names in v.case.facts.lists_of.items()
        },
        documents=v.documents(),
        suggested=sorted(v.documents(), key=lambda d: (-d.claims, -d.mentions, d.doc))[:10] if ask.empty else [],
        summary=_summary(shown),
        authorities=v.case.settings.authorities,
    )


def _summary(rows: Sequence[CoverageRow]) -> dict[str, int]:
    cells = [cell.state for row in rows for cell in row.cells.values()]
    return {
        "parties": len(rows),
        "listed": sum(state.in_force for state in cells),
        "gaps": sum(row.gaps for row in rows),
        "nowhere": sum(not any(c.state.in_force for c in row.cells.values()) for row in rows),
        "unknown": sum(state is State.NO_LIST for state in cells),
    }


def _moves(v: View, ask: Asked) -> list[tuple[str, str, str, str]]:
    """Each column with the addresses of the page with it one to the left, one to the right, and without it."""
    columns = list(ask.columns)
    found = []
    for number, code in enumerate(columns):
        left, right = columns.copy(), columns.copy()
        if number:
            left[number - 1 : number + 1] = [code, columns[number - 1]]
        if number + 1 < len(columns):
            right[number : number + 2] = [columns[number + 1], code]
        rest = [c for c in columns if c != code]
        found.append(
            (
                code,
                v.again(cols=",".join(left)) if number else "",
                v.again(cols=",".join(right)) if number + 1 < len(columns) else "",
                v.again(cols=",".join(rest)) if rest else "",
            )
        )
    return found


def _file_name(v: View, ending: str) -> str:
    return f"coverage-{v.day.isoformat()}.{ending}"


def coverage_csv(v: View) -> Response:
    """The same rows as CSV, every row of them."""
    rows = matrix(v, _somebody(asked(v))).rows
    return _download(matrix_csv(rows).encode("utf-8-sig"), "text/csv; charset=utf-8", _file_name(v, "csv"))


def coverage_xlsx(v: View) -> Response:
    """The same rows as a workbook."""
    rows = matrix(v, _somebody(asked(v))).rows
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(matrix_xlsx(rows), kind, _file_name(v, "xlsx"))


def _somebody(ask: Asked) -> Asked:
    if ask.empty:
        raise UserError("nobody to look up", hint="name parties, a document, or words to search for")
    return ask


def _download(body: bytes, kind: str, name: str) -> Response:
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
