"""The one tree of errors.

::

    FinemeshError
    ├── UserError       what was asked cannot be done as asked (wrong path, unknown name, wrong option)
    ├── SourceError     an input file cannot be read at all
    ├── DataError       stored data (archive, derived tables, decisions) is damaged or of another version
    └── ConflictError   somebody else is doing it right now, or two decisions contradict each other

Each says what happened, where, and what to do. Bad *rows* are not errors: they are
:class:`finemesh.model.issue.Issue` values and the rest of the file is kept.
"""

from __future__ import annotations


class FinemeshError(Exception):
    """Base of every error that finemesh raises on purpose.

    Args:
        message: What happened, in one sentence.
        where: The file, row or entity concerned, if there is one.
        hint: What the user can do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """The message with its place and its hint, on one line each."""
        lines = [self.message]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.hint:
            lines.append(f"  hint:  {self.hint}")
        return "\n".join(lines)


class UserError(FinemeshError):
    """What was asked cannot be done as asked."""


class SourceError(FinemeshError):
    """An input file cannot be read at all."""


class DataError(FinemeshError):
    """Stored data is damaged, missing or of another version."""


class ConflictError(FinemeshError):
    """Somebody else is at it, or two decisions contradict each other."""
