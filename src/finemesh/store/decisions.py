"""The append-only log of what people decided, in one SQLite file.

An entry is acknowledged when :meth:`DecisionLog.append` returns: it is then on the disk (full
synchronisation) and a kill or a power cut does not lose it. Nothing is ever updated or deleted; triggers in
the file itself refuse it.
"""

from __future__ import annotations

import getpass
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from finemesh.model.decision import Decision
from finemesh.model.errors import DataError, UserError

VERSION = 1
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS decision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, "left" TEXT NOT NULL, "right" TEXT NOT NULL,
    value TEXT NOT NULL, who TEXT NOT NULL, "when" TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS decision_is_final BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER IF NOT EXISTS decision_stays BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;
PRAGMA user_version = {VERSION};
"""
_COLUMNS = 'id, number, kind, "left", "right", value, who, "when", note'


class DecisionLog:
    """The human log of one case.

    Args:
        path: ``decisions.db``; made on the first decision.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        try:
            if write:
                connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            else:
                connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        except sqlite3.Error as error:
            raise UserError(f"cannot open the decisions: {error}", where=str(self.path)) from error
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise DataError(
                    f"the decisions were written by a newer finemesh (format {version}, this one knows {VERSION})",
                    where=str(self.path),
                    hint="update finemesh; nothing was changed",
                )
            if write:
                connection.execute("PRAGMA synchronous = FULL")
                if version < VERSION:
                    connection.executescript(_SCHEMA)
            yield connection
        except sqlite3.Error as error:
            raise DataError(
                f"the decisions cannot be read or written: {error}",
                where=str(self.path),
                hint="keep a copy of this file before you try anything",
            ) from error
        finally:
            connection.close()

    def append(
        self, kind: str, left: str, right: str, value: str, *, note: str = "", who: str = "", when: str = ""
    ) -> Decision:
        """Write one decision; it is on the disk when this returns.

        Raises:
            UserError, DataError: It could not be written; nothing was changed.
        """
        decision = (
            uuid.uuid4().hex,
            kind,
            left,
            right,
            value,
            who or _user(),
            when or datetime.now(UTC).isoformat(timespec="seconds"),
            note,
        )
        with self._open(write=True) as connection:
            rows = connection.execute(
                'INSERT INTO decision (id, kind, "left", "right", value, who, "when", note)'
                f" VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
                decision,
            ).fetchall()
        return Decision(*rows[0])

    def all(self) -> list[Decision]:
        """Every decision, oldest first."""
        if not self.path.exists():
            return []
        with self._open(write=False) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM decision ORDER BY number").fetchall()
        return [Decision(*row) for row in rows]


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
