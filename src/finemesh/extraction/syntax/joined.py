"""Adjectives and states that are joined before their noun ("political and military support", "UK and US sanctions")."""

from __future__ import annotations

from finemesh.extraction.lexicon import classes
from finemesh.extraction.syntax.unit import Unit

_BEFORE_STATES = classes("grammar")["before_states"]
_PARTICIPLES = frozenset(("sanction", "blacklist", "designate", "back", "base", "own", "control"))
"""Verbs whose participle stands before a noun with the states before it ("UK and US sanctioned brokers")."""
_ADJECTIVE_ENDS = ("al", "ive", "ic", "ary", "ous", "ful", "less", "able", "ible", "ical", "ern")
_ADJECTIVES = classes("grammar")["adjectives"]
_NOT_ADJECTIVES = classes("grammar")["not_adjectives"]


def _is_adjective(unit: Unit) -> bool:
    low = unit.low
    return unit.tag == "N" and (
        low in _ADJECTIVES
        or low.endswith("ed")
        or (low.endswith(_ADJECTIVE_ENDS) and low not in _NOT_ADJECTIVES and len(low) > 5)
    )


def adjective_list(units: list[Unit], at: int, core: list[Unit]) -> int:
    """The end of "political, financial and" before a further adjective and its noun ("military support"), else 0."""
    if not _is_adjective(core[-1]):
        return 0
    place = at
    while place + 1 < len(units):
        if units[place].tag == "CC":
            after = units[place + 1]
            ends = units[place + 2] if place + 2 < len(units) else None
            return place + 1 if after.tag == "N" and ends is not None and ends.tag == "N" else 0
        if units[place].tag != "," or not _is_adjective(units[place + 1]):
            return 0
        place += 2
    return 0


def _after_preposition(units: list[Unit], at: int, core: list[Unit]) -> bool:
    """Whether the phrase that ends at a place hangs on a preposition ("with the US and UK sanctioned NAME")."""
    before = at - len(core) - 1
    before -= before > 0 and units[before].tag == "DET"
    return before >= 0 and units[before].tag in ("P", "TO")


def state_list(units: list[Unit], at: int, core: list[Unit]) -> int:
    """The end of "Canadian, UK and US" before a noun ("sanctions"), else 0."""
    if core[-1].tag not in ("STATE", "ADJ") or any(u.tag == "N" and u.low not in _BEFORE_STATES for u in core):
        return 0
    place, seen = at, False
    while place < len(units):
        unit = units[place]
        if unit.tag == "," or unit.tag == "CC":
            seen = seen or unit.tag == "CC"
            place += 1
            if place < len(units) and units[place].tag in ("CC",):
                place += 1
                seen = True
            if place >= len(units) or units[place].tag not in ("STATE", "ADJ"):
                return 0
            place += 1
        else:
            break
    if not seen or place >= len(units):
        return 0
    sanctioned = (
        units[place].tag in ("VED", "VBN")
        and units[place].lemma in _PARTICIPLES
        and place + 1 < len(units)
        and (units[place + 1].tag == "N" or (units[place + 1].tag == "NAME" and _after_preposition(units, at, core)))
    )
    if units[place].tag != "N" and not sanctioned:
        return 0
    return place
