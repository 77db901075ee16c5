"""Screening rows of a table: each named cell of a row is looked up, the candidates are one a party.

The work of one process: it opens the case's index and tables itself, so that many can work side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.screening import grouped
from finemesh.matching.index import Index, Query
from finemesh.model.errors import UserError
from finemesh.store.reader import Reader

Row = dict[str, Any]
Answer = dict[str, Any]
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class RowOptions:
    """Which cells of a row say what, and what is wanted.

    Attributes:
        columns: Columns that hold names; each is screened by itself.
        id_column: Names the row in the answers; its number otherwise.
        schema_column, country_column, birth_column: What else is known of who is named, if there is such a column.
        schema: Of every row that does not say its own.
        limit: Candidates at most, for each name.
        threshold: The lowest score.
    """

    columns: tuple[str, ...]
    id_column: str | None = None
    schema_column: str | None = None
    country_column: str | None = None
    birth_column: str | None = None
    schema: str | None = None
    limit: int = 5
    threshold: float = 0.5

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is asked for."""
        others = (self.id_column, self.schema_column, self.country_column, self.birth_column)
        return (*self.columns, *(c for c in others if c))


class RowScreener:
    """Screens rows against the index of a case.

    Args:
        derived: The case's ``derived/``.
        options: What the rows say.
    """

    def __init__(self, derived: Path, options: RowOptions) -> None:
        self._index = Index.open(derived / "index")
        self._facts = Facts(Reader(derived))
        self._options = options
        self._parties: dict[str, Party | None] = {}

    def screen(self, rows: Sequence[tuple[int, Row]]) -> list[list[Answer]]:
        """The answers for each row (its number from 0, and its cells): one for each column with a name in it.

        An answer has the contract's shape: ``qid``, ``query``, ``results``; and the ``column``.
        """
        options = self._options
        asked = [
            (place, column, query)
            for place, (_, row) in enumerate(rows)
            for column in options.columns
            if (query := self._query(row, column)) is not None
        ]
        wide = options.limit * 3
        found = list(self._index.screen_many((q for _, _, q in asked), wide, options.threshold))
        parties = self._known({match.id for matches in found for match in matches})
        answers: list[list[Answer]] = [[] for _ in rows]
        for (place, column, query), matches in zip(asked, found, strict=True):
            number, row = rows[place]
            qid = as_text(row.get(options.id_column)) if options.id_column else str(number)
            results = [candidate.as_json() for candidate in grouped(matches, parties, options.limit)]
            for result in results:
                result.pop("standing", None)  # it is of a day, and rows have none
            answers[place].append({"qid": qid, "query": query.name, "column": column, "results": results})
        return answers

    def _query(self, row: Row, column: str) -> Query | None:
        name = as_text(row.get(column))
        if not name.strip():
            return None
        options = self._options

        def values(of: str | None) -> tuple[str, ...]:
            return tuple(v.strip() for v in as_text(row.get(of)).split(";") if v.strip()) if of else ()

        schema = as_text(row.get(options.schema_column)).strip() if options.schema_column else ""
        countries = tuple(v.lower() for v in values(options.country_column))
        return Query(name, schema or options.schema, countries, values(options.birth_column))

    def _known(self, ids: set[str]) -> dict[str, Party]:
        if len(self._parties) > _REMEMBERED:
            self._parties.clear()
        new = ids - self._parties.keys()
        if new:
            found = self._facts.parties(new)
            self._parties.update({id: found.get(id) for id in new})
        return {id: party for id in ids if (party := self._parties[id]) is not None}


def as_text(value: Any) -> str:
    """A cell as text; the texts of a list are names of one party, parted by ``;``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(as_text(v) for v in value if v is not None)
    return str(value)


def check_columns(options: RowOptions, columns: Sequence[str], where: str) -> None:
    """Say so where a column is asked for that is not there.

    Raises:
        UserError: One is missing.
    """
    for column in options.named:
        if column not in columns:
            known = ", ".join(repr(c) for c in columns[:20]) + (", ..." if len(columns) > 20 else "")
            raise UserError(f"there is no column {column!r}", where=where, hint=f"columns: {known or 'none'}")


_USUAL = ("name", "full name", "full_name", "fullname", "company", "company name", "company_name", "entity", "party")


def name_columns(columns: Sequence[str], where: str) -> tuple[str, ...]:
    """The column of names where none is said: the only one, or one that is called so.

    Raises:
        UserError: It is not clear which.
    """
    if len(columns) == 1:
        return (columns[0],)
    for usual in _USUAL:
        for column in columns:
            if column.strip().lower() == usual:
                return (column,)
    raise UserError(
        "it is not clear which column holds names",
        where=where,
        hint="say it with --column: " + ", ".join(repr(c) for c in columns[:20]),
    )
