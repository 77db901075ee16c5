"""Words of the closed classes, and what they say of the word beside them."""

from __future__ import annotations

from functools import cache

from finemesh.extraction.lexicon import classes
from finemesh.extraction.morphology import verb_forms
from finemesh.extraction.syntax.unit import Unit


@cache
def closed_tags() -> dict[str, str]:
    """Words of the closed classes to their tag."""
    closed = classes("closed")
    tags: dict[str, str] = {}
    for label, tag in (
        ("adverb", "ADV"),
        ("preposition", "P"),
        ("subordinator", "SUB"),
        ("pronoun", "PRON"),
        ("determiner", "DET"),
        ("conjunction", "CC"),
        ("number", "NUM"),
        ("relative", "W"),
        ("possessive", "PP"),
        ("be", "BE"),
        ("have", "HAVE"),
        ("do", "DO"),
        ("modal", "MD"),
    ):
        for word in closed[label]:
            tags[word] = tag
    for tag, entries in classes("tags").items():
        tags |= dict.fromkeys(entries, tag)
    return tags


def starts_object(unit: Unit | None) -> bool:
    """Whether a unit can start an object: a name, a date, a determiner."""
    if unit is None:
        return False
    if unit.tag in ("NAME", "STATE", "ADJ", "DATE"):
        return True
    return closed_tags().get(unit.low) in ("DET", "PP", "PRON", "NUM")


def may_be_noun(unit: Unit | None) -> bool:
    """Whether a noun can stand at a unit, adjectives and numbers before it counted."""
    if unit is None or unit.tag == "DATE":
        return False
    if unit.tag in ("NAME", "STATE", "ADJ"):
        return True
    tag = closed_tags().get(unit.low)
    return (
        (tag is None or tag == "NUM" or unit.low == "other") and unit.low[0].isalnum() and not unit.low.endswith("ly")
    )


def noun_only(unit: Unit) -> bool:
    """A plain noun follows, so that a participle before it is an adjective ("of targeted sanctions")."""
    if unit.tag or closed_tags().get(unit.low) is not None or not unit.low[0].isalpha() or unit.low.endswith("ly"):
        return False
    verb = verb_forms().get(unit.low)
    return verb is None or (verb.noun and "g" not in verb.forms and "n" not in verb.forms)
