"""Part-of-speech tags: which words are verbs, which nouns, decided by their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from finemesh.extraction.lexicon import classes, words
from finemesh.extraction.morphology import Verb, singular, verb_forms
from finemesh.extraction.syntax.closed import closed_tags, may_be_noun, noun_only, starts_object
from finemesh.extraction.syntax.nounverb import present
from finemesh.extraction.syntax.unit import NOMINAL, Unit

_MEASURES = frozenset(("mw", "gw", "kw", "km", "kg", "tonne", "ton", "mm"))


_OPENERS = frozenset(("DET", "PP", "POS"))
_BEFORE_FLOATING = frozenset((*NOMINAL, "HAVE", "MD"))


def tag_units(units: list[Unit]) -> None:
    """Give each unit that has none its tag and lemma."""
    _tag(units)
    _between_subject_and_verb(units)
    _find_missing_verb(units)


def _tag(units: list[Unit]) -> None:
    closed = closed_tags()
    forms = verb_forms()
    for index, unit in enumerate(units):
        if unit.tag:
            continue
        low = unit.low
        tag = closed.get(low)
        if tag is not None:
            unit.tag = _closed_tag(units, index, tag)
            unit.lemma = {"BE": "be", "HAVE": "have", "DO": "do"}.get(unit.tag, low)
        elif not low[0].isalnum() and not (len(low) > 1 and low[-1].isdigit()):
            unit.tag = {"—": "–", "-": "-"}.get(low, low)
        elif low[0].isdigit() or (low[-1].isdigit() and "$" in low):
            unit.tag = "NUM"
        elif low.endswith("ly") and low not in classes("closed")["not_adverb"] and len(low) > 4:
            unit.tag = "ADV"
        elif low in forms or _looks_like_verb(low):
            _tag_verb(units, index)
        else:
            unit.tag = "N"
            unit.lemma = singular(low)


def _closed_tag(units: list[Unit], index: int, tag: str) -> str:
    """The tag of a closed-class word that can be two things."""
    unit = units[index]
    previous = units[index - 1] if index else None
    following = units[index + 1] if index + 1 < len(units) else None
    if (
        unit.low == "'s"
        and previous is not None
        and previous.low in ("it", "he", "she", "that", "there", "what", "who", "here")
    ):
        return "BE"
    if unit.low == "'" and not (previous is not None and previous.text[-1] in "sS" and previous.end == unit.start):
        return "'"
    if (
        unit.low == "that"
        and following is not None
        and following.tag == ""
        and previous is not None
        and previous.tag in ("P", "TO")
    ):
        return "DET"
    if unit.low == "her" and (following is None or following.low in (".", ",", "to", "and", "in", "on", "for")):
        return "PRON"
    if (
        unit.low in ("over", "about", "around")
        and following is not None
        and following.tag == ""
        and (following.low[0].isdigit() or following.text[:3] in ("US$", "USD") or following.low[0] in "$€£")
    ):
        return "ADV"  # "paid *over* US$2 million"
    if unit.low == "worth" and following is not None and (following.low == "of" or not following.text[-1].isdigit()):
        return "N"
    if unit.low == "own" and not (previous is not None and previous.tag in ("PP", "POS")):
        return "VB"
    if unit.low == "us" and unit.text == "US":
        return "STATE"
    if unit.low == "may" and unit.text == "May":
        return "N"
    if unit.low == "will" and previous is not None and previous.tag in ("DET", "PP"):
        return "N"
    if unit.low in ("which", "whose") or (unit.low in ("who", "whom")):
        return "W"
    return tag


def _looks_like_verb(low: str) -> bool:
    """A word that is on no list but ends like a verb form."""
    if not low.isalpha() or len(low) < 6:
        return False
    closed = classes("closed")
    return (low.endswith("ed") and low not in closed["ed_noun"]) or (
        low.endswith("ing") and low not in closed["ing_noun"]
    )


def _reading(low: str) -> Verb:
    """The verb that a word can be a form of."""
    known = verb_forms().get(low)
    if known is not None:
        return known
    return (
        Verb(low[:-3], "g", False)
        if low.endswith("ing")
        else Verb(low[:-1] if low.endswith("eed") else low[:-2], "dn", False)
    )


def _tag_verb(units: list[Unit], index: int) -> None:
    """Decide between verb and noun for a word that can be a verb form."""
    unit = units[index]
    verb = _reading(unit.low)
    previous = _before(units, index)
    following = units[index + 1] if index + 1 < len(units) else None
    before = previous.tag if previous is not None else ""
    if (
        index
        and following is not None
        and unit.text[0].isupper()
        and (
            _in_title(units[index - 1], following) or (following.text[0].isupper() and following.low in words("roles"))
        )
    ):
        unit.tag, unit.lemma = "N", singular(unit.low)
        return
    if "g" in verb.forms:
        noun = unit.low in classes("closed")["ing_noun"]
        describes = unit.low in classes("closed")["ing_adjective"] and may_be_noun(following)
        if (
            before in _OPENERS
            or (describes and before != "BE")
            or (noun and before not in ("BE", "P", "ADV", "SUB"))
            or (before in ("N", "ADJ") and noun)
            or (noun and not starts_object(following))
        ):
            unit.tag = "N"
        else:
            unit.tag = "VBG"
    elif "d" in verb.forms or "n" in verb.forms:
        unit.tag = _past(units, index, verb.forms, before, following)
    else:
        unit.tag = present(units, index, before, previous, following)
    unit.lemma = singular(unit.low) if unit.tag == "N" else verb.lemma
    if unit.tag == "N" and unit.low.endswith(("ed", "ing")):
        unit.lemma = unit.low


def _in_title(before: Unit, after: Unit) -> bool:
    """Whether a capitalised word stands within a title ("Judge *Advocate* General")."""
    return all(unit.text[0].isupper() and unit.text[1:].islower() and unit.tag in ("", "N") for unit in (before, after))


def _before(units: list[Unit], index: int) -> Unit | None:
    """The unit before, adverbs and "not" left out."""
    at = index - 1
    while at >= 0 and (units[at].tag in ("ADV", "NEG") or _floats(units, at)):
        at -= 1
    return units[at] if at >= 0 else None


def _floats(units: list[Unit], at: int) -> bool:
    """ "Canada and the UK *both* sanctioned", "have *all* sold": a word between a subject and its verb."""
    return units[at].low in ("both", "all", "each") and at > 0 and units[at - 1].tag in _BEFORE_FLOATING


def _past(units: list[Unit], index: int, forms: str, before: str, following: Unit | None) -> str:
    after = [unit.low for unit in units[index + 1 : index + 3]]
    measures = not {"sanctions", "restrictions"}.isdisjoint(after) or after[:1] == ["measures"]
    if before in ("HAVE", "STATE", "ADJ") and units[index].low in ("targeted", "coordinated") and measures:
        return "N"  # "has targeted sanctions in force", "by US targeted financial sanctions"
    if before in ("BE", "HAVE"):
        return "VBN"
    if units[index].low in _PAST_PERSON and following is not None and following.text[0].isupper():
        return "N"  # "retired Major NAME"
    if index and units[index - 1].low in _MEASURES and following is not None and noun_only(following):
        return "N"  # "a 200 MW combined cycle plant"
    if before == "" and "b" in forms:
        return "VB"
    if before in ("DET", "PP", "POS", "NUM") and may_be_noun(following):
        return "N"
    if before in ("MD", "TO", "DO") and "b" in forms:
        return "VB"
    if before == "-":
        return "VBN"
    if "b" in forms and "d" in forms and before in ("DET", "PP", "POS", "P", "N", "ADJ"):
        return "N"  # "the cost", "its target"
    if _joined_adjectives(units, index) and before in ("N", "ADJ", "VB", "VBZ", "VBG", "P", "CC", ""):
        return "N"
    if before == "CC" and _like_past_before(units, index):
        return "VED" if "n" in forms else "VBD"
    by_state = before in ("STATE", "ADJ") and units[index].low in ("sanctioned", "designated", "blacklisted")
    if following is not None and noun_only(following) and not by_state:
        if before in ("P", "ADJ", "CC", "", "VB", "VBZ", "VED", "VBD", "VBG", "VBN"):
            return "N"
        if before == "N" and not _after_determiner(units, index):
            return "N"
    if "n" in forms and "d" not in forms:
        if "b" in forms and before in ("N", "STATE", "NAME", "PRON"):
            return "VB"  # "funds come from X"
        return "VBN"
    if "d" in forms and "n" not in forms:
        return "VBD"
    return "VED"


_PAST_PERSON = classes("grammar")["past_person"]
"""Participles that stand before a person's name."""


def _like_past_before(units: list[Unit], index: int) -> bool:
    """ "sold arms and *trained* pilots": a past verb that goes on after "and" with the verb before it."""
    at = index - 1
    while at > 0 and units[at].tag in ("ADV", "NEG"):
        at -= 1
    unit = units[index]
    if unit.low in classes("grammar")["participle_adjectives"] or units[at].tag != "CC":
        return False
    if units[at - 1].tag not in (*NOMINAL, "DATE", "PRON", ")") or units[at - 1].low in _BEFORE_MEASURE:
        return False
    for before in reversed(units[max(0, at - 25) : at]):
        if before.tag in ("VBD", "VED", "HAVE"):
            return True
        if before.tag in ("VB", "VBZ", "MD", "BE", "SUB", "W", ";", "VBG", "TO"):
            return False
    return False


def _joined_adjectives(units: list[Unit], index: int) -> bool:
    """ "targeted and coordinated sanctions": two participles that stand before a noun."""
    if index + 3 >= len(units) or units[index + 1].low not in ("and", ","):
        return False
    second = units[index + 2].low
    return (second.endswith("ed") or second in _BEFORE_MEASURE) and noun_only(units[index + 3])


_BEFORE_MEASURE = classes("grammar")["before_measure"]


def _after_determiner(units: list[Unit], index: int) -> bool:
    """Whether the nouns before a word form a phrase that has its determiner, a name, or is a plural."""
    at = index - 1
    if units[at].tag in ("ADV", "NEG") or units[at].low.endswith("s"):
        return True
    while at >= 0 and units[at].tag in NOMINAL:
        if units[at].tag in ("NAME", "STATE"):
            return True
        at -= 1
    return at >= 0 and units[at].tag in ("DET", "PP", "POS")


def _between_subject_and_verb(units: list[Unit]) -> None:
    """ "Canada and the UK *both* sanctioned", "BEL is *51%* owned": words that only modify the verb."""
    for index in range(1, len(units) - 1):
        unit, before, after = units[index], units[index - 1], units[index + 1]
        verbal = after.tag in ("VED", "VBD", "VBN", "VBZ", "VB", "HAVE", "BE", "MD", "DO", "ADV")
        if (unit.low in ("both", "all", "each") and verbal and before.tag in _BEFORE_FLOATING) or (
            unit.tag == "NUM" and unit.low.endswith("%") and before.tag == "BE" and after.tag in ("VED", "VBN")
        ):
            unit.tag = "ADV"


def _find_missing_verb(units: list[Unit]) -> None:
    """Where a stretch has no finite verb, take the first noun in -s after a name or noun that can be one."""
    start = 0
    for end in range(len(units) + 1):
        if end < len(units) and units[end].tag not in ("“", ":", ";", "SUB", "W", "–"):
            continue
        stretch = units[start:end]
        if not any(_finite(stretch, i) for i in range(len(stretch))):
            for i in range(1, len(stretch) - 1):
                unit, following = stretch[i], stretch[i + 1]
                verb = verb_forms().get(unit.low) if unit.tag == "N" else None
                if (
                    verb is not None
                    and "b" in verb.forms
                    and stretch[i - 1].tag == "NAME"
                    and _joined_subject(stretch, i)
                ) and following.tag in ("NAME", "STATE", "DET", "PP"):
                    unit.tag, unit.lemma = "VB", verb.lemma
                    break
                if verb is None or "s" not in verb.forms or unit.low in _hardly_verbs():
                    continue
                at = i - 1
                while at > 0 and stretch[at].tag == "ADV":
                    at -= 1
                thing = following.tag in ("N", "SUB", "ADV") and (at < i - 1 or _one_thing(stretch, at))
                if stretch[at].tag in ("NAME", "STATE", "N", ")") and (thing or following.tag in _AFTER_VERB):
                    unit.tag, unit.lemma = "VBZ", verb.lemma
                    break
        start = end + 1


_AFTER_VERB = frozenset(("P", "TO", "DET", "PP", "NAME", "STATE", "ADJ", "PRON", "NUM"))
"""Tags of what can follow a verb."""


@cache
def _hardly_verbs() -> frozenset[str]:
    """Third-person forms that are mostly nouns in the plural."""
    return classes("closed")["mostly_noun"] | classes("closed")["noun_before_noun"]


def _one_thing(units: Sequence[Unit], at: int) -> bool:
    """Whether a noun ends a phrase in the singular with its determiner ("the hotel *pays* rent")."""
    if units[at].tag != "N" or (units[at].low.endswith("s") and not units[at].low.endswith("ss")):
        return False
    while at > 0 and units[at].tag in NOMINAL:
        at -= 1
    return units[at].tag in _OPENERS


def _joined_subject(units: Sequence[Unit], at: int) -> bool:
    """Whether "and" joins names before a place, so that a verb in the plural can follow."""
    return any(u.tag == "CC" for u in units[:at]) and not any(u.tag in ("P", "TO") for u in units[:at])


def _finite(units: Sequence[Unit], at: int) -> bool:
    tag = units[at].tag
    if tag in ("VBZ", "VBD", "MD", "VED", "HAVE", "DO"):
        return True
    if tag in ("VB", "BE"):
        return at == 0 or units[at - 1].tag not in ("TO", "ADV")
    return False
