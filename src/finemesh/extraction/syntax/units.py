"""The units of a sentence, words, names, dates and marks, each with a part-of-speech tag.

Tags: ``DET`` ``POS`` (possessive 's) ``PP`` (possessive pronoun) ``PRON`` ``N`` (nouns and adjectives) ``NAME``
``STATE`` ``ADJ`` (adjective of a state) ``NUM`` ``DATE`` ``P`` ``TO`` ``CC`` ``W`` (relative) ``SUB`` ``ADV`` ``NEG``
``MD`` ``BE`` ``HAVE`` ``DO``, verb forms ``VB`` ``VBZ`` ``VBD`` ``VBN`` ``VBG`` and ``VED`` (past or participle),
and marks as themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.lexicon import classes
from finemesh.extraction.morphology import Verb, singular, verb_forms
from finemesh.extraction.names import NameSpan
from finemesh.extraction.tokens import Token


class Unit:
    """One word, name, date or mark of a sentence.

    Attributes:
        text: As written.
        low: In lower case.
        lemma: Base form of a verb, singular of a noun.
        tag: See the module.
        start, end: Characters of the document's text.
        name: The name's spelling, for ``NAME``, ``STATE`` and ``ADJ``.
        kind: The name's kind.
        date: The date, for ``DATE``.
    """

    __slots__ = ("date", "end", "kind", "lemma", "low", "name", "start", "tag", "text")

    def __init__(self, text: str, low: str, start: int, end: int, tag: str) -> None:
        self.text = text
        self.low = low
        self.lemma = low
        self.tag = tag
        self.start = start
        self.end = end
        self.name = ""
        self.kind = ""
        self.date: DateSpan | None = None

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}"


_MEASURES = frozenset(("mw", "gw", "kw", "km", "kg", "tonne", "ton", "mm"))
_NAME_TAGS = {"state": "STATE", "adjective": "ADJ"}
NOMINAL = frozenset(("N", "NAME", "STATE", "ADJ", "NUM"))
_OPENERS = frozenset(("DET", "PP", "POS"))


@cache
def _closed() -> dict[str, str]:
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
    tags |= {
        "not": "NEG",
        "never": "NEG",
        "n't": "NEG",
        "to": "TO",
        "no": "DET",
        "'s": "POS",
        "'": "POS",
        "that": "W",
        "who": "W",
        "whom": "W",
    }
    tags |= {
        "both": "DET",
        "since": "P",
        "as": "P",
        "before": "P",
        "after": "P",
        "until": "P",
        "so": "ADV",
        "like": "P",
        "her": "PP",
    }
    tags |= {
        "when": "SUB",
        "where": "SUB",
        "while": "SUB",
        "including": "P",
        "following": "P",
        "one": "NUM",
        "further": "ADV",
        "plus": "CC",
    }
    tags |= {
        "such": "DET",
        "well": "ADV",
        "all": "DET",
        "other": "N",
        "more": "DET",
        "most": "DET",
        "much": "DET",
        "own": "N",
        "per": "P",
    }
    tags |= {"'re": "BE", "'m": "BE", "'ve": "HAVE", "'ll": "MD", "'d": "MD", "his": "PP"}
    return tags


def build_units(tokens: Sequence[Token], names: Sequence[NameSpan], dates: Sequence[DateSpan], text: str) -> list[Unit]:
    """The tagged units of a sentence."""
    units: list[Unit] = []
    skipped = _identifiers(tokens, text)
    starts = {name.first: name for name in names}
    days = list(dates)
    phrases = _phrases()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if at in skipped:
            at += 1
            continue
        while days and days[0].end <= token.start:
            days.pop(0)
        if days and days[0].start <= token.start < days[0].end:
            unit = Unit(text[days[0].start : days[0].end], "", days[0].start, days[0].end, "DATE")
            unit.date = days[0]
            units.append(unit)
            while at < len(tokens) and tokens[at].start < days[0].end:
                at += 1
            continue
        name = starts.get(at)
        if name is not None and name.last > name.first:
            end = tokens[name.last - 1].end
            unit = Unit(text[token.start : end], token.low, token.start, end, _NAME_TAGS.get(name.kind, "NAME"))
            unit.name, unit.kind = unit.text, name.kind
            units.append(unit)
            at = name.last
            continue
        length = _phrase_at(tokens, at) if token.low in phrases else None
        if length:
            tag, words_long = length
            low = " ".join(t.low for t in tokens[at : at + words_long])
            units.append(
                Unit(
                    text[token.start : tokens[at + words_long - 1].end],
                    low,
                    token.start,
                    tokens[at + words_long - 1].end,
                    tag,
                )
            )
            at += words_long
            continue
        units.append(Unit(token.text, token.low, token.start, token.end, ""))
        at += 1
    _tag(units)
    _between_subject_and_verb(units)
    _find_missing_verb(units)
    return units


_IDENTIFIER = re.compile(r",?\s*\(?\bIMO(?:\s+(?:[Nn]umber|[Nn]o\.?))?:?\s*\d{7}\b\)?")
"""Ship numbers after a ship's name; they say nothing of the clause."""


def _identifiers(tokens: Sequence[Token], text: str) -> set[int]:
    """The tokens of identifiers that are left out, with the comma before them."""
    if not tokens:
        return set()
    spans = [m.span() for m in _IDENTIFIER.finditer(text, tokens[0].start, tokens[-1].end)]
    return {i for i, t in enumerate(tokens) for start, end in spans if start <= t.start < end}


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases that act as one word, by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for tag, entries in classes("phrases").items():
        for entry in entries:
            parts = tuple(entry.split())
            found.setdefault(parts[0], []).append((parts, tag))
    for options in found.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    return found


def _phrase_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The tag and length of a phrase that starts here, or None."""
    for parts, tag in _phrases().get(tokens[at].low, ()):
        if tuple(token.low for token in tokens[at : at + len(parts)]) == parts:
            return tag, len(parts)
    return None


def _tag(units: list[Unit]) -> None:
    closed = _closed()
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
    if unit.low == "'" and not (previous is not None and previous.low.endswith("s") and previous.end == unit.start):
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
    if "g" in verb.forms:
        noun = unit.low in classes("closed")["ing_noun"]
        if (
            before in _OPENERS
            or (noun and before not in ("BE", "P", "ADV", "SUB"))
            or (before in ("N", "ADJ") and noun)
            or (noun and not _starts_object(following))
        ):
            unit.tag = "N"
        else:
            unit.tag = "VBG"
    elif "d" in verb.forms or "n" in verb.forms:
        unit.tag = _past(units, index, verb.forms, before, following)
    else:
        unit.tag = _present(units, index, before, previous, following)
    unit.lemma = singular(unit.low) if unit.tag == "N" else verb.lemma
    if unit.tag == "N" and unit.low.endswith(("ed", "ing")):
        unit.lemma = unit.low


def _before(units: list[Unit], index: int) -> Unit | None:
    """The unit before, adverbs and "not" left out."""
    at = index - 1
    while at >= 0 and units[at].tag in ("ADV", "NEG"):
        at -= 1
    return units[at] if at >= 0 else None


def _starts_object(unit: Unit | None) -> bool:
    if unit is None:
        return False
    if unit.tag in ("NAME", "STATE", "ADJ", "DATE"):
        return True
    return _closed().get(unit.low) in ("DET", "PP", "PRON", "NUM")


def _past(units: list[Unit], index: int, forms: str, before: str, following: Unit | None) -> str:
    if before in ("BE", "HAVE"):
        return "VBN"
    if index and units[index - 1].low in _MEASURES and following is not None and _noun_only(following):
        return "N"  # "a 200 MW combined cycle plant"
    if before == "" and "b" in forms:
        return "VB"
    if before in ("DET", "PP", "POS", "NUM") and _may_be_noun(following):
        return "N"
    if before in ("MD", "TO", "DO") and "b" in forms:
        return "VB"
    if before == "-":
        return "VBN"
    if "b" in forms and "d" in forms and before in ("DET", "PP", "POS", "P", "N", "ADJ"):
        return "N"  # "the cost", "its target"
    if _joined_adjectives(units, index) and before in ("N", "ADJ", "VB", "VBZ", "VBG", "P", "CC", ""):
        return "N"
    if following is not None and _noun_only(following):
        if before in ("P", "ADJ", "CC", "", "VB", "VBZ", "VED", "VBD", "VBG", "VBN"):
            return "N"
        if before == "N" and not _after_determiner(units, index):
            return "N"
    if "n" in forms and "d" not in forms:
        return "VBN"
    if "d" in forms and "n" not in forms:
        return "VBD"
    return "VED"


def _joined_adjectives(units: list[Unit], index: int) -> bool:
    """ "targeted and coordinated sanctions": two participles that stand before a noun."""
    if index + 3 >= len(units) or units[index + 1].low not in ("and", ","):
        return False
    second = units[index + 2].low
    return (second.endswith("ed") or second in _reading_adjectives()) and _noun_only(units[index + 3])


@cache
def _reading_adjectives() -> frozenset[str]:
    return frozenset(
        (
            "targeted",
            "urgent",
            "tough",
            "meaningful",
            "effective",
            "comprehensive",
            "new",
            "further",
            "strong",
            "economic",
        )
    )


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


def _may_be_noun(unit: Unit | None) -> bool:
    if unit is None or unit.tag == "DATE":
        return False
    if unit.tag in ("NAME", "STATE", "ADJ"):
        return True
    tag = _closed().get(unit.low)
    return (
        (tag is None or tag == "NUM" or unit.low == "other") and unit.low[0].isalnum() and not unit.low.endswith("ly")
    )


def _noun_only(unit: Unit) -> bool:
    """A plain noun follows, so that a participle before it is an adjective ("of targeted sanctions")."""
    if unit.tag or _closed().get(unit.low) is not None or not unit.low[0].isalpha() or unit.low.endswith("ly"):
        return False
    verb = verb_forms().get(unit.low)
    return verb is None or (verb.noun and "g" not in verb.forms and "n" not in verb.forms)


def _present(units: list[Unit], index: int, before: str, previous: Unit | None, following: Unit | None) -> str:
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
    object_follows = _starts_object(following)
    if before in ("NAME", "STATE", "N") and object_follows:
        apart = units[index - 1].tag == "NEG" or units[index - 1].low in _BEFORE_VERB
        if apart or (form == "VB" and _asked_for(units, index)):
            return form
    if before in ("NAME", "STATE"):
        if form == "VB" and object_follows and _joined_before(units, index):
            return form
        return _after_name(unit, form, before, following)
    if before in ("N", "ADJ"):
        return _after_noun(units, index, form, previous, following)
    if before == "CC":
        return _like_partner(units, index, form, noun, object_follows)
    if before in ("", ":", ";", ",", "“", "–", "SUB") and object_follows and (form == "VB" or before == ","):
        return form
    return "N"


def _between_subject_and_verb(units: list[Unit]) -> None:
    """ "Canada and the UK *both* sanctioned", "BEL is *51%* owned": words that only modify the verb."""
    for index in range(1, len(units) - 1):
        unit, before, after = units[index], units[index - 1], units[index + 1]
        verbal = after.tag in ("VED", "VBD", "VBN", "VBZ", "VB", "HAVE", "BE", "MD", "DO", "ADV")
        if (unit.low in ("both", "all", "each") and verbal and before.tag in NOMINAL) or (
            unit.tag == "NUM" and unit.low.endswith("%") and before.tag == "BE" and after.tag in ("VED", "VBN")
        ):
            unit.tag = "ADV"


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
_ASKING = frozenset(
    "ask call demand implore insist petition propose recommend request require suggest urge".split()
)  # fmt: skip


def _asked_for(units: list[Unit], index: int) -> bool:
    """The subjunctive after a demand: "demands that Japan *sanction* X", "urges the EU and UK *impose* Y"."""
    at = index - 1
    while at >= 0 and units[at].tag in (*NOMINAL, "DET", "POS", "PP", "CC"):
        at -= 1
    return at > 0 and units[at].low == "that" and units[at - 1].lemma in _ASKING


_SAYING = frozenset(
    "show claim report state note reveal allege warn estimate fear hope demand request document record signal order"
    " name".split()
)


def _after_name(unit: Unit, form: str, before: str, following: Unit | None) -> str:
    """A word that is noun or verb, after a name: "EU sanctions on", "EU sanctions the", "MOGE support"."""
    if form == "VB" or following is None:
        return "N"
    tag = following.tag or _closed().get(following.low, "")
    if tag in ("DET", "PP", "PRON") or (tag == "TO" and unit.low not in classes("closed")["mostly_noun"]):
        return form
    if tag in ("NAME", "STATE", "ADJ", "NUM"):
        return form if before == "NAME" else "N"
    if tag == "" and before == "NAME" and _noun_only(following):
        return form
    if tag == "P" and before == "NAME" and unit.low in classes("closed")["verb_before_preposition"]:
        return form
    return "N"


def unit_calls(unit: Unit) -> bool:
    """A base form that asks for something: "activists *call* on Canada"."""
    return unit.low in ("call", "campaign", "appeal", "push", "press")


def _after_noun(units: list[Unit], index: int, form: str, previous: Unit | None, following: Unit | None) -> str:
    """A word that is noun or verb, after a noun: "dialogue partners Australia", "generals target civilians"."""
    if previous is None or following is None:
        return "N"
    plural = previous.low.endswith("s") and not previous.low.endswith("ss")
    if previous.low in classes("closed")["noun_before_noun"]:
        return "N"
    if plural and form == "VB" and following.low in ("on", "upon", "for") and unit_calls(units[index]):
        return form
    if not _starts_object(following) or following.tag == "DATE":
        return "N"
    if form == "VB":
        return form if plural else "N"
    at = index - 1
    while at >= 0 and units[at].tag in (*NOMINAL, "DET", "POS", "PP", "CC", ","):
        at -= 1
    if at >= 0 and units[at].low in ("by", "with", "between", "from", "against", "among"):
        return "N"
    return "N" if plural else form


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
                if verb is None or "s" not in verb.forms or unit.low in classes("closed")["mostly_noun"]:
                    continue
                if stretch[i - 1].tag in ("NAME", "STATE", "N") and following.tag in (
                    "P",
                    "TO",
                    "DET",
                    "PP",
                    "NAME",
                    "STATE",
                    "ADJ",
                ):
                    unit.tag, unit.lemma = "VBZ", verb.lemma
                    break
        start = end + 1


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


def _like_partner(units: list[Unit], index: int, form: str, can_be_noun: bool, object_follows: bool) -> str:
    """After "and": a verb where the other side of it is one."""
    if not can_be_noun:
        return form
    if (
        index > 1
        and units[index - 2].tag == ","
        and form == "VBZ"
        and index + 1 < len(units)
        and _closed().get(units[index + 1].low) == "P"
    ):
        return form  # "welcomes sanctions ..., and calls for"
    if (
        not object_follows
        and form == "VB"
        and index > 1
        and units[index - 2].tag == ","
        and _noun_only(units[index + 1])
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
