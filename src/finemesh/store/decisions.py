"""The append-only log of what people decided, in one SQLite file.

An entry is acknowledged when :meth:`DecisionLog.append` returns: it is then on the disk (full
synchronisation) and a kill or a power cut does not lose it. Nothing is ever updated or deleted; triggers in
the file itself refuse it.
"""

from __future__ import annotations

import getpass
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

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
        folder = self.path.parent
        try:
            # What was interrupted while it was written is rolled back by whoever opens it next, who must be able to.
            mode = "rwc" if write else "rw" if os.access(self.path, os.W_OK) and os.access(folder, os.W_OK) else "ro"
            connection = sqlite3.connect(
                f"file:{quote(str(self.path))}?mode={mode}", uri=True, timeout=30, isolation_level=None
            )
        except sqlite3.Error as error:
            raise UserError(
                f"cannot open the decisions: {error}", where=str(self.path), hint="check the permissions of the folder"
            ) from error
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
        return self.append_all([draft(kind, left, right, value, note=note, who=who, when=when)])[0]

    def append_all(self, drafts: Sequence[Decision]) -> list[Decision]:
        """Write several decisions, all or none; they are on the disk when this returns.

        A decision that the log holds already (by its id) is left out. The time of one that would come before the last
        one of the log is moved behind it, so that the order in which one person decided is never in doubt.

        Raises:
            UserError, DataError: They could not be written; nothing was changed.
        """
        with self._open(write=True) as connection:
            connection.execute("BEGIN IMMEDIATE")
            last = connection.execute('SELECT max("when") FROM decision').fetchone()[0] or ""
            found = []
            for item in drafts:
                when = item.when or _now()
                if not item.when and when <= last:
                    when = _next(last)
                last = max(last, when)
                values = (item.id, item.kind, item.left, item.right, item.value, item.who, when, item.note)
                found += connection.execute(
                    'INSERT INTO decision (id, kind, "left", "right", value, who, "when", note)'
                    f" VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING {_COLUMNS}",
                    values,
                ).fetchall()
            connection.execute("COMMIT")
        return [Decision(*row) for row in found]

    def take_in(self, other: DecisionLog) -> list[Decision]:
        """Take in the decisions of another log that this one does not hold, all or none.

        Returns:
            Those that are new here, with their numbers in this log.

        Raises:
            UserError, DataError: One of the two logs cannot be read or written.
        """
        known = {d.id for d in self.all()}
        new = sorted((d for d in other.all() if d.id not in known), key=lambda d: (d.when, d.id))
        return self.append_all(new) if new else []

    def stamp(self) -> tuple[int, int, int]:
        """Identity of the file as it is now; another one after every decision."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_ino, found.st_size

    def all(self) -> list[Decision]:
        """Every decision, oldest first."""
        if not self.path.exists():
            return []
        with self._open(write=False) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'decision'").fetchone():
                return []
            rows = connection.execute(f"SELECT {_COLUMNS} FROM decision ORDER BY number").fetchall()
        return [Decision(*row) for row in rows]


def draft(kind: str, left: str, right: str, value: str, *, note: str = "", who: str = "", when: str = "") -> Decision:
    """A decision that is not written yet; it has no number, and no time unless one is given."""
    return Decision(uuid.uuid4().hex, 0, kind, left, right, value, who or current_user(), when, note)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _next(when: str) -> str:
    """The first moment behind a time of the log."""
    try:
        return (datetime.fromisoformat(when) + timedelta(microseconds=1)).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return _now()


def current_user() -> str:
    """Who decides where nobody else is named: the user of this computer."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
