"""Read-only questions to the derived tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finemesh.model.errors import DataError
from finemesh.store.tables import ALL, connect, literal

if TYPE_CHECKING:
    import duckdb


class Reader:
    """Read-only questions to the derived tables of a case.

    Args:
        folder: ``derived/``.

    Each table of :data:`finemesh.store.tables.ALL` is a view of the same name. Rows come back as dicts.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection: duckdb.DuckDBPyConnection | None = None

    def _connect(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            connection = connect()
            for table in ALL:
                path = self.folder / f"{table.name}.parquet"
                if not path.exists():
                    raise DataError("the derived tables are not there", where=str(path), hint="run `finemesh build`")
                connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet({literal(str(path))})")
            self._connection = connection
        return self._connection

    def rows(self, query: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
        """Ask a question.

        Args:
            query: SQL over the views; ``?`` or ``$name`` stand for parameters.
            params: Their values.

        Raises:
            DataError: A derived file is missing or damaged.
        """
        import duckdb

        try:
            cursor = self._connect().cursor().execute(query, params or None)
            names = [d[0] for d in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            if type(error) not in (duckdb.Error, duckdb.IOException, duckdb.InvalidInputException):
                raise
            raise DataError(
                f"a derived table is damaged: {error}",
                where=str(self.folder),
                hint="delete derived/ and run `finemesh build`",
            ) from error

    def close(self) -> None:
        """Let go of the files."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
