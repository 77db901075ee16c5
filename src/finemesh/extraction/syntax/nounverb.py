"""Noun or verb: words like "supplies" and "sanction", decided by what stands around them."""

from __future__ import annotations

from finemesh.extraction.lexicon import classes
from finemesh.extraction.morphology import verb_forms
from finemesh.extraction.syntax.closed import closed_tags, noun_only, starts_object
from finemesh.extraction.syntax.unit import NOMINAL, Unit


def present(units: list[Unit], index: int, before: str, previous: Unit | None, following: Unit | None) -> str:
    """The tag of a word that can be a verb in the present, or a noun."""
    unit = units[index]
    verb = verb_forms()[unit.low]
    form = "VBZ" if "s" in verb.forms else "VB"
    noun = verb.noun
    if before in ("MD", "DO") or (before == "TO" and form == "VB"):
        return "VB"
    if unit.low in classes("closed")["adjective_verb"]:
        return form if before == "PRON" or before == "W" else "N"
    if (
        before == "DET"
        and not noun
        and previous is not None
        and previous.low in ("this", "that", "these", "those", "all", "both")
    ):
        return form
    if before in ("DET", "PP", "POS", "NUM", "P", "TO", "-"):
        return "N"
    if before in ("W", "PRON"):
        return form
    if not noun:
        return "VBN" if before in ("HAVE", "BE") and "n" in verb.forms else form
    if before in ("HAVE", "BE"):
        return "VBN" if "n" in verb.forms else "N"
    if following is not None and following.low == "that" and before in ("N", "NAME", "STATE") and verb.lemma in _SAYING:
        return form
    if before == "NAME" and form == "VBZ" and following is not None and following.low == ":" and verb.lemma in _SAYING:
        return form  # "NAME comments: ..."
    if before == "" and form == "VB" and following is not None and following.low == "that":
        return form  # "Report that ..."
    object_follows = starts_object(following)
    adverb = units[index - 1].low in _BEFORE_VERB
    if adverb and form == "VB" and before == "N" and previous is not None and previous.low.endswith("s"):
        return form  # "the companies also *pay* commercial tax"
    if unit.low == "arms" and following is not None and following.tag == "" and noun_only(following):
        return "N"  # "the NAME *arms* broker network"
    if before in ("NAME", "STATE", "N") and object_follows:
        apart = units[index - 1].tag == "NEG" or units[index - 1].low in _BEFORE_VERB
        if apart or (form == "VB" and _asked_for(units, index)):
            return form
    if unit.low == "partners" and before in ("N", "NAME", "STATE") and (following is None or following.low != "with"):
        return "N"  # "dialogue *partners* China and India"
    if before in ("NAME", "STATE"):
        asks = unit.low in _CALLS and following is not None and following.low in ("on", "for", "upon")
        if form == "VB" and (object_follows or asks) and _joined_before(units, index):
            return form
        return _after_name(unit, form, before, following)
    if before in ("N", "ADJ"):
        return _after_noun(units, index, form, previous, following)
    if before == "CC":
        return _like_partner(units, index, form, noun, object_follows)
    if before in ("", ":", ";", ",", "“", "–", "SUB") and object_follows and (form == "VB" or before == ","):
        return form
    return "N"


def _joined_before(units: list[Unit], index: int) -> bool:
    """Whether "A and B" opens the clause right before a word, so that a plural verb can follow ("*urge* the EU")."""
    at, joined = index - 1, False
    while at >= 0 and units[at].tag in (*NOMINAL, "DET", "CC", ","):
        joined = joined or units[at].tag == "CC"
        at -= 1
    return joined and (at < 0 or units[at].tag in ("SUB", ";", ":", "“"))


_BEFORE_VERB = frozenset(
    ("no longer", "also", "still", "now", "then", "again", "already", "often", "never", "reportedly")
)
"""Adverbs that stand between a subject and its verb."""


_ASKING = classes("grammar")["asking"]


def _asked_for(units: list[Unit], index: int) -> bool:
    """The subjunctive after a demand: "demands that Japan *sanction* X", "urges the EU and UK *impose* Y"."""
    at = index - 1
    while at >= 0 and units[at].tag in (*NOMINAL, "DET", "POS", "PP", "CC"):
        at -= 1
    return at > 0 and units[at].low == "that" and units[at - 1].lemma in _ASKING


_SAYING = classes("grammar")["units_saying"]


def _after_name(unit: Unit, form: str, before: str, following: Unit | None) -> str:
    """A word that is noun or verb, after a name: "EU sanctions on", "EU sanctions the", "MOGE support"."""
    if form == "VB" or following is None:
        return "N"
    tag = following.tag or closed_tags().get(following.low, "")
    if tag in ("DET", "PP", "PRON") or (tag == "TO" and unit.low not in classes("closed")["mostly_noun"]):
        return form
    if tag in ("NAME", "STATE", "ADJ", "NUM"):
        return form if before == "NAME" else "N"
    if tag == "" and before == "NAME" and noun_only(following):
        return form
    if tag == "P" and before == "NAME" and unit.low in classes("closed")["verb_before_preposition"]:
        return form
    return "N"


_CALLS = frozenset(("call", "campaign", "appeal", "push", "press"))
"""Base forms that ask for something: "activists *call* on Canada"."""


_MAY_SANCTION = classes("grammar")["of_state"] | {"administration", "bloc", "state", "country", "union", "authority"}


def _after_noun(units: list[Unit], index: int, form: str, previous: Unit | None, following: Unit | None) -> str:
    """A word that is noun or verb, after a noun: "dialogue partners Australia", "generals target civilians"."""
    if previous is None or following is None:
        return "N"
    if units[index].low == "sanctions" and previous.tag == "N" and previous.low not in _MAY_SANCTION:
        return "N"  # "to enforce jet fuel *sanctions* all along the chain"
    plural = previous.low.endswith("s") and not previous.low.endswith("ss")
    if previous.low in classes("closed")["noun_before_noun"]:
        return "N"
    if plural and form == "VB" and following.low in ("on", "upon", "for") and units[index].low in _CALLS:
        return form
    if form == "VBZ" and previous.low in classes("grammar")["actor_nouns"] and _actor_starts(units, index):
        return form  # "the navy *uses* drones"
    if not starts_object(following) or following.tag == "DATE":
        return "N"
    if form == "VB":
        return form if plural else "N"
    at = index - 1
    while at >= 0 and units[at].tag in (*NOMINAL, "DET", "POS", "PP", "CC", ","):
        at -= 1
    if at >= 0 and units[at].low in ("by", "with", "between", "from", "against", "among"):
        return "N"
    return "N" if plural else form


_PARTICLES = frozenset(("up", "in", "forward", "out", "together"))


def _actor_starts(units: list[Unit], index: int) -> bool:
    """Whether an actor that opens the sentence stands before a verb form, a plain noun behind it."""
    low = units[index].low
    if low in classes("closed")["mostly_noun"] or low in classes("closed")["noun_before_noun"]:
        return False
    if index + 1 >= len(units) or units[index + 1].tag or closed_tags().get(units[index + 1].low):
        return False
    return all(u.tag in ("DET", "ADJ", "STATE", "N") for u in units[:index])


def _like_partner(units: list[Unit], index: int, form: str, can_be_noun: bool, object_follows: bool) -> str:
    """After "and": a verb where the other side of it is one."""
    if not can_be_noun:
        return form
    if form == "VB" and index > 2 and units[index - 2].low in _PARTICLES and units[index - 3].tag.startswith("V"):
        return form  # "step up and *stand* with"
    if (
        index > 1
        and units[index - 2].tag == ","
        and form == "VBZ"
        and index + 1 < len(units)
        and closed_tags().get(units[index + 1].low) == "P"
    ):
        return form  # "welcomes sanctions ..., and calls for"
    if (
        not object_follows
        and form == "VB"
        and index > 1
        and units[index - 2].tag == ","
        and noun_only(units[index + 1])
        if index + 1 < len(units)
        else False
    ):
        return form if any(u.tag in ("VB", "VBZ") for u in units[max(0, index - 25) : index - 1]) else "N"
    if not object_follows and not (form == "VB" and index > 1 and units[index - 2].tag in ("NAME", "STATE")):
        return "N"
    for unit in reversed(units[max(0, index - 25) : index - 1]):
        if unit.tag in ("VB", "VBZ", "MD"):
            return "VB" if unit.tag == "MD" else form if object_follows or unit.tag == "VB" else "N"
    return "N"
