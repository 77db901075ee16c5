"""The scoring schemes by name. A scheme that has been used in a case is never changed: a better one gets a new name."""

from __future__ import annotations

from finemesh.matching.similarity import Scheme
from finemesh.model.errors import UserError

SCORERS: dict[str, Scheme] = {"finemesh-1": Scheme()}
"""Every scheme that can be asked for, oldest first."""

DEFAULT_SCORER = "finemesh-1"


def get_scorer(name: str | None = None) -> Scheme:
    """The scheme of a name, the newest by default.

    Raises:
        UserError: There is none of that name.
    """
    try:
        return SCORERS[name or DEFAULT_SCORER]
    except KeyError:
        raise UserError(f"unknown scorer: {name!r}", hint="known: " + ", ".join(SCORERS)) from None
