"""Tables that spread one entry over many rows and repeat most of it in each: what a row adds is read, the rest is not.

OFSI's list takes 18,800 rows for 4,700 groups, a row for each name, address and birth date; reading each fact once is
what makes it fast, and the first row that says it is its evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from finemesh.sources.raw.table import Row, Table

G = TypeVar("G")
Fact = tuple[tuple[str, ...], Callable[[Row, G], object]]
"""The columns that make up a fact, and what reads it."""
Done = set[tuple[int, object]]
"""The facts that an entry has had."""


class Facts(Generic[G]):
    """Reads the facts of rows that an entry has not had before.

    Args:
        table: The table; every column of the facts counts as read, or as absent.
        facts: What to read.
    """

    def __init__(self, table: Table, facts: Sequence[Fact[G]]) -> None:
        table.expect(column for columns, _ in facts for column in columns)
        self._facts = [(number, texts_of(table, columns), read) for number, (columns, read) in enumerate(facts)]

    def read(self, row: Row, entry: G, done: Done) -> None:
        """Read what is new in a row."""
        values = row.values
        for number, texts, read in self._facts:
            key = (number, texts(values))
            if key not in done:
                done.add(key)
                if any(key[1]):
                    read(row, entry)


def texts_of(table: Table, columns: Sequence[str]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Takes the texts of some columns out of a row's values, those that the table has."""
    places = [table.places[c][0] for c in columns if c in table.places]
    if len(places) > 1:
        return itemgetter(*places)
    if not places:
        return lambda values: ""
    return itemgetter(places[0])
