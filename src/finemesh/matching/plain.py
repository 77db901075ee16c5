"""A name's plainest form, under which equal names meet: no titles, no legal forms, one spelling of letters."""

from __future__ import annotations

from finemesh.matching.word import Kind
from finemesh.matching.words import read_name

_SILENT = (Kind.HONORIFIC, Kind.LEGAL)
_TELLING = frozenset({"group", "groups", "holding", "holdings"})
"""Legal forms that tell a company from another of the same name."""
_OF = frozenset({"of", "for"})
"""Behind these words nobody's name stands: "Justice For Myanmar", "Minister of Mines" have no title."""
_AND = frozenset({"and", "und", "et", "y", "i"})
"""Written out in one list and as ``&`` (which is no word) in another."""


def plain_name(name: str, schema: str | None = None) -> str:
    """The telling words of a name, in order: ``U Tay Za`` and ``TAY ZA`` both give ``tay za``.

    Args:
        name: As written, in any script.
        schema: FollowTheMoney schema of who bears it, where it is known.
    """
    words = read_name(name, schema).words
    telling = [
        w.text
        for w, following in zip(words, (*words[1:], None), strict=True)
        if (w.kind not in _SILENT or w.text in _TELLING or (following is not None and following.text in _OF))
        and w.text not in _AND
    ]
    return " ".join(telling or [w.text for w in words])
