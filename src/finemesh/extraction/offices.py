"""Titles among the words of a name: "Foreign Minister NAME", "Blue Heron Executive Director NAME"."""

from __future__ import annotations

from collections.abc import Sequence

from finemesh.extraction.lexicon import classes, states, words
from finemesh.extraction.morphology import singular
from finemesh.extraction.nameparts import closed_words, organisation_words, title_length
from finemesh.extraction.tokens import Token

_CONNECT = classes("grammar")["connect"]
_SYLLABLES = classes("grammar")["syllables"]
TITLED_ROLES = words("roles") - frozenset(
    "partner agent operator trader dealer broker associate investor owner official officer guard head member lead "
    "king principal justice incumbent nominee crony convict fugitive".split()
)
"""Roles that stand before a name as its title."""


def role_before_name(lows: Sequence[str], at: int, end: int) -> int:
    """The end of a role that stands before a person's name ("Foreign Minister Vivian B."), or ``at``."""
    for place in range(min(end - 1, at + 4) - 1, at - 1, -1):
        if lows[at : at + 2] == ["office", "of"]:
            break  # "Office of the Quartermaster General"
        if lows[place] in TITLED_ROLES and not any(
            low in organisation_words() or low in _CONNECT for low in lows[place + 1 : end]
        ):
            return place + 1
    return at


def only_title(lows: Sequence[str], at: int, end: int) -> bool:
    """A capitalised role or rank without a name ("Honorary Consul", "Major General")."""
    last = singular(lows[end - 1])
    if lows[at] == "office" and end - at > 3:
        return False  # "Office of the Auditor General" is no person
    if title_length(lows, at) == end - at and lows[at] not in ("u", "ma", "ko"):
        return True
    return last in words("roles") and all(
        low in words("common") or low in words("roles") or "-" in low for low in lows[at:end]
    )


_TITLE_WORDS = frozenset(
    "executive managing deputy vice chief senior general foreign prime assistant national regional former interim"
    " acting co associate principal first second permanent honorary special joint lead head country program"
    " programme policy communications finance research advocacy press media legal defence defense home interior".split()
)
"""Words of a title before its noun ("Executive Director")."""


def joins_states(tokens: Sequence[Token], lows: Sequence[str], at: int) -> bool:
    """Whether a hyphen joins two states in the name of a body ("the *Vietnam-Japan Centre*")."""
    if tokens[at - 1].text not in states():
        return False
    end = at + 1
    while end < len(tokens) and tokens[end].text[0].isupper():
        end += 1
    return any(low in organisation_words() for low in lows[at + 2 : end])


_NATIONAL = frozenset(("corporation", "society", "institute", "academy", "industries", "company"))


def is_national(tokens: Sequence[Token], lows: Sequence[str], first: int, at: int, following: int) -> bool:
    """Whether "of" and a state end a name ("Polar Industry Corporation *of China*")."""
    return lows[at] == "of" and lows[at - 1] in _NATIONAL and at - first > 1 and tokens[following].text in states()


def titled_by(lows: Sequence[str], at: int, end: int) -> tuple[int, int]:
    """A title with its organisation before it: "Blue Heron *Executive Director* Tamar Bell".

    Args:
        lows: The words of the sentence, in lower case.
        at: Where a run of capitalised words starts.
        end: Where it ends.

    Returns:
        Where the organisation ends and where the title ends; ``(at, at)`` where the run is no such thing.
    """
    for place in range(at + 1, end):
        if lows[place] not in TITLED_ROLES or not _person_like(lows[place + 1 : end]):
            continue
        stop = place
        while stop > at and lows[stop - 1] in _TITLE_WORDS:
            stop -= 1
        if stop > at:
            return stop, place + 1
    return at, at


def office_of_state(tokens: Sequence[Token], lows: Sequence[str], at: int, stop: int, end: int) -> bool:
    """Whether a state ends a title and a person's name follows it ("the ambassador to Belarus *Tran Van Duc*")."""
    if at < 2 or stop == end or lows[at - 1] not in ("of", "to", "for", "in") or not tokens[stop].text[0].isupper():
        return False
    return any(low in words("roles") for low in lows[max(0, at - 6) : at]) and _person_like(lows[stop:end])


def portfolio_before(lows: Sequence[str], at: int, end: int) -> int:
    """Where a person's name starts after what a minister is responsible for ("minister for Ethnic Affairs NAME")."""
    if at < 2 or lows[at - 1] not in ("of", "for") or lows[at - 2] not in ("minister", "secretary"):
        return at
    stop = at
    while stop < end and lows[stop] in classes("grammar")["portfolio"]:
        stop += 1
    return stop if stop > at and stop < end and _person_like(lows[stop:end]) else at


def _person_like(lows: Sequence[str]) -> bool:
    """Whether words after a title can be a person's name; none at all can be left out."""
    if not lows:
        return True
    if not 2 <= len(lows) <= 4 or any(low in organisation_words() for low in lows):
        return False
    known = words("common") | closed_words()
    return sum(low in known and low not in _SYLLABLES for low in lows) * 2 <= len(lows)
