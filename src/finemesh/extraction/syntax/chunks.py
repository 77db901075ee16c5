"""Noun phrases and verb groups: what belongs together before any clause is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.lexicon import classes, words
from finemesh.extraction.syntax.units import NOMINAL, Unit


@dataclass(slots=True, eq=False)
class NP:
    """A noun phrase and what hangs on it.

    Attributes:
        start, end: Characters of the core phrase.
        units: Its units, without determiner and possessor.
        det: Determiner or possessive pronoun in lower case, else "".
        possessor: Who stands before 's, or None.
        name: The unit that names it ("arms dealer Tun Min Latt"), or None.
        head: Singular of its head noun in lower case, "" where it is only a name or pronoun.
        plural: Whether the head noun is in the plural.
        mods: Names, states and their adjectives before the head, in order.
        words: The other words before the head, in lower case.
        pronoun: A pronoun in lower case, else "".
        members: What a list joins ("A, B and C"); the NP itself is then only their frame.
        same: Phrases for the same thing (appositions, "X is a Y").
        pps: What hangs on it by prepositions: (preposition, phrase).
        examples: What follows "including", "such as" or a colon.
        alternatives: Whether "or" joins the list.
        joined: Whether its states are a list ("Canadian, UK and US sanctions").
        hyphens: Agents and participles in it ("UK-sanctioned": UK, sanctioned).
        governor: The predicate whose slot it fills, and the slot's name.
        owner: The phrase that it hangs on by a preposition, and the preposition.
        within: The list that it is a member of.
        only: Whether "only" stands before it.
        restricted: The character where a clause that narrows it ends ("companies *involved in* ..."), or 0.
        reduced: Participles on it ("sanctions *imposed* on").
        dates: Dates that stand with it.
    """

    start: int
    end: int
    units: list[Unit] = field(default_factory=list)
    det: str = ""
    possessor: NP | None = None
    name: Unit | None = None
    head: str = ""
    plural: bool = False
    mods: list[Unit] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pronoun: str = ""
    members: list[NP] = field(default_factory=list)
    same: list[NP] = field(default_factory=list)
    pps: list[tuple[str, NP]] = field(default_factory=list)
    examples: list[NP] = field(default_factory=list)
    alternatives: bool = False
    joined: bool = False
    hyphens: list[tuple[Unit, Unit]] = field(default_factory=list)
    governor: tuple[Predicate, str] | None = None
    owner: tuple[NP, str] | None = None
    within: NP | None = None
    only: bool = False
    restricted: int = 0
    reduced: list[Predicate] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)

    def place(self) -> tuple[Predicate, str] | None:
        """The predicate and slot that it fills, by itself or as a member of a list."""
        return self.governor or (self.within.governor if self.within is not None else None)

    def above(self) -> tuple[NP, str] | None:
        """The phrase and preposition that it hangs on, by itself or as a member of a list."""
        return self.owner or (self.within.owner if self.within is not None else None)

    def each(self) -> list[NP]:
        """The members of a list, or the phrase itself."""
        return [m for member in self.members for m in member.each()] if self.members else [self]

    def __repr__(self) -> str:
        if self.members:
            return f"[{' & '.join(map(repr, self.members))}]"
        core = " ".join(u.text for u in self.units) or self.pronoun
        return f"<{repr(self.possessor) + 's ' if self.possessor else ''}{core}>"


@dataclass(slots=True, eq=False)
class VG:
    """A verb group.

    Attributes:
        lemma: Of its main verb.
        form: ``finite``, ``ing``, ``past`` (finite or participle, not yet decided), ``inf`` or ``part``.
        passive: Whether the verb is in the passive.
        copula: Whether the main verb is "be".
        negated: Whether "not", "never" or "no longer" stands in it.
        modal: The modal verb, "" where there is none.
        perfect: Whether it is in the perfect.
        adverbs: Adverbs in it, in lower case.
        start, end: Characters.
    """

    lemma: str
    form: str
    start: int
    end: int
    passive: bool = False
    copula: bool = False
    negated: bool = False
    modal: str = ""
    perfect: bool = False
    adverbs: tuple[str, ...] = ()
    was: str = ""


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb, with what fills its slots.

    Attributes:
        lemma: The verb.
        group: Its verb group.
        slots: ``subject`` and ``object`` (the logical ones: of a passive, the object is what stands first),
            ``indirect``, and prepositions, each to the phrases that fill it, nearest first.
        parent: The predicate that this one depends on ("calls on the EU to *sanction*").
        dates: Dates that stand with it.
        modal: Its modal verb, or that of the verb that it is joined to.
        negated: Whether it is negated.
        reduced: Whether it is a participle on a noun ("sanctions *imposed* on").
        passive: Whether what stands first is its object.
        children: The predicates that depend on it.
        conditional: Whether it stands in an "if" clause.
        content: Whether it is what somebody says ("X reports that ...").
    """

    lemma: str
    group: VG
    slots: dict[str, list[NP]] = field(default_factory=dict)
    parent: Predicate | None = None
    dates: list[DateSpan] = field(default_factory=list)
    modal: str = ""
    negated: bool = False
    reduced: bool = False
    passive: bool = False
    children: list[Predicate] = field(default_factory=list)
    content: bool = False
    conditional: bool = False

    def fill(self, slot: str, phrase: NP | None) -> None:
        """Put a phrase into a slot."""
        if phrase is not None:
            self.slots.setdefault(slot, []).append(phrase)
            if phrase.governor is None or slot in ("subject", "object"):
                phrase.governor = (self, slot)

    def hang(self, slot: str, phrase: NP | None) -> None:
        """Put a phrase into a slot of a verb that hangs on it (a participle or relative clause)."""
        if phrase is not None:
            self.slots.setdefault(slot, []).append(phrase)
            if self.reduced:
                phrase.reduced.append(self)

    def __repr__(self) -> str:
        return f"{self.lemma}({', '.join(f'{k}={v}' for k, v in self.slots.items())})"


Chunk = NP | VG | Unit
"""A noun phrase, a verb group, or any other unit by itself."""

_VERBAL = frozenset(("VB", "VBZ", "VBD", "VBN", "VBG", "VED", "BE", "HAVE", "DO", "MD"))


def chunk(units: list[Unit]) -> list[Chunk]:
    """The chunks of a sentence, in order."""
    found: list[Chunk] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.tag in _VERBAL or (unit.tag == "TO" and _infinitive(units, at)):
            end, group = _verb_group(units, at)
            group.negated = group.negated or _negated_before(found)
            found.append(group)
            at = end
        elif unit.tag in NOMINAL or unit.tag in ("DET", "PP", "PRON"):
            end, phrase = _noun_phrase(units, at)
            if phrase is not None:
                found.append(phrase)
            at = end
        else:
            found.append(unit)
            at += 1
    return found


def _negated_before(found: list[Chunk]) -> bool:
    """Whether "never", "no longer" or "not" stands right before a verb group ("Belarus never sold ...")."""
    for chunk_before in reversed(found[-3:]):
        if not isinstance(chunk_before, Unit) or chunk_before.tag not in ("NEG", "ADV"):
            return False
        if chunk_before.tag == "NEG" or chunk_before.low == "no longer":
            return True
    return False


def _infinitive(units: list[Unit], at: int) -> bool:
    place = at + 1
    while place < len(units) and units[place].tag in ("ADV", "NEG"):
        place += 1
    return place < len(units) and units[place].tag in ("VB", "BE", "HAVE", "DO")


def _verb_group(units: list[Unit], at: int) -> tuple[int, VG]:
    first = units[at]
    end = at
    adverbs: list[str] = []
    parts: list[Unit] = []
    negated = False
    while end < len(units):
        unit = units[end]
        if unit.tag in ("ADV", "NEG"):
            if not _verb_follows(units, end) and unit.tag != "NEG":
                break
            negated = negated or unit.tag == "NEG"
            adverbs.append(unit.low)
        elif unit.tag in _VERBAL or (unit.tag == "TO" and end == at):
            if parts and not _continues(parts[-1], unit):
                break
            if unit.tag != "TO":
                parts.append(unit)
        else:
            break
        end += 1
    main = parts[-1]
    before = parts[-2] if len(parts) > 1 else None
    passive = before is not None and before.tag == "BE" and main.tag in ("VBN", "VED")
    perfect = any(p.tag == "HAVE" for p in parts[:-1])
    modal = next((p.low for p in parts if p.tag == "MD"), "")
    group = VG(
        main.lemma,
        _form(first, parts),
        first.start,
        units[end - 1].end,
        passive,
        main.tag == "BE",
        negated,
        modal,
        perfect,
        tuple(adverbs),
    )
    group.was = parts[0].low
    if "no longer" in adverbs:
        group.negated = True
    return end, group


def _verb_follows(units: list[Unit], at: int) -> bool:
    while at < len(units) and units[at].tag in ("ADV", "NEG"):
        at += 1
    return at < len(units) and units[at].tag in _VERBAL


def _continues(last: Unit, unit: Unit) -> bool:
    """Whether a verb word goes on with the group."""
    if last.tag == "MD" or last.tag == "DO":
        return unit.tag in ("VB", "BE", "HAVE", "DO")
    if last.tag == "HAVE":
        return unit.tag in ("VBN", "VED", "BE", "HAVE", "DO")
    if last.tag == "BE":
        return unit.tag in ("VBN", "VED", "VBG", "BE") and unit.low not in ("be", "is", "are", "was", "were")
    return False


def _form(first: Unit, parts: list[Unit]) -> str:
    if first.tag == "TO":
        return "inf"
    head = parts[0]
    if head.tag in ("MD", "VBZ", "VBD", "DO"):
        return "finite"
    if head.tag in ("BE", "HAVE"):
        if head.low in ("being", "having"):
            return "ing"
        return "part" if head.low in ("be", "been") else "finite"
    if head.tag == "VBG":
        return "ing"
    if head.tag == "VBN":
        return "part"
    return "past" if head.tag == "VED" else "base"


def _noun_phrase(units: list[Unit], at: int) -> tuple[int, NP | None]:
    """A noun phrase from ``at``; its end and the phrase (None where there is only a determiner)."""
    start = units[at].start
    det = ""
    possessor: NP | None = None
    core: list[Unit] = []
    joined = False
    hyphens: list[tuple[Unit, Unit]] = []
    end = at
    while end < len(units):
        unit = units[end]
        if unit.tag in ("DET", "PP") and not core:
            det = unit.low if not det or unit.tag == "PP" else det
            end += 1
        elif unit.tag == "PRON" and not core:
            if det and unit.low not in ("one", "others"):
                break
            phrase = NP(unit.start, unit.end, [unit], pronoun=unit.low)
            return end + 1, phrase
        elif unit.tag in NOMINAL:
            core.append(unit)
            end += 1
            if unit.tag in ("NAME", "STATE") and _short_form(units, end):
                end += 3
        elif (
            unit.tag in ("VED", "VBN")
            and unit.lemma in _BY_STATE
            and det
            and core
            and _all_states(units, at, end, core)
        ):
            hyphens += [(state, unit) for state in core]
            core, joined = [], False
            end += 1
        elif (unit.tag == "DATE" and core and end + 1 < len(units) and units[end + 1].tag in ("N", "NAME")) or (
            unit.tag == "DATE" and det and not core and end + 1 < len(units) and units[end + 1].tag in NOMINAL
        ):
            end += 1
        elif unit.tag == "POS" and core:
            possessor = _finish(start, core, det, possessor)
            core, det = [], ""
            end += 1
        elif unit.tag == "-" and core and end + 1 < len(units) and units[end + 1].tag in ("VBN", "N", "VED", "STATE"):
            if units[end + 1].tag == "STATE":
                break
            hyphens.append((core.pop(), units[end + 1]))  # "the UK-sanctioned broker"
            end += 2
        elif unit.tag in ("VED", "VBN", "VBG") and _adjectival(units, end, bool(core or det or possessor)):
            core.append(unit)
            end += 1
        elif unit.tag in ("CC", ",") and core and (jump := _adjective_list(units, end, core)):
            core += [u for u in units[end:jump] if u.tag in NOMINAL]
            end = jump
        elif unit.tag in ("CC", ",") and core and (jump := _state_list(units, end, core)):
            core += [u for u in units[end:jump] if u.tag in NOMINAL]
            joined = True
            end = jump
        elif (
            (unit.tag in ("“", '"', "‘") and (core or det) and end + 1 < len(units) and units[end + 1].tag in NOMINAL)
            or (unit.tag in ("”",) and core and end + 1 < len(units) and units[end + 1].tag in ("N",))
            or (unit.tag == "ADV" and _adverb_inside(units, end, core, bool(det or possessor)))
        ):
            end += 1
        else:
            break
    if not core and hyphens:
        return end, None
    if not core:
        if det and possessor is None and det in _STANDS_ALONE:
            return end, NP(start, units[end - 1].end, [], det="", pronoun=det)
        if possessor is not None:
            return end, possessor
        return max(end, at + 1), None
    phrase = _finish(start, core, det, possessor)
    phrase.joined = joined
    phrase.hyphens = hyphens
    return end, phrase


_STANDS_ALONE = frozenset("both all these those others many several some this such neither none".split())
"""Determiners that can stand for a whole phrase ("both were sanctioned")."""


def _adverb_inside(units: list[Unit], at: int, core: list[Unit], opened: bool) -> bool:
    """An adverb before a participle or adjective within a phrase: "a publicly listed company"."""
    if at + 2 >= len(units) or not opened or units[at].low == "also":
        return False
    if core and core[-1].tag != "ADJ":
        return False
    return units[at + 1].tag in ("VED", "VBN", "VBG", "N", "NUM") and (
        units[at + 2].tag in NOMINAL or units[at + 1].tag in ("NUM", "N")
    )


def _adjectival(units: list[Unit], at: int, inside: bool) -> bool:
    """Whether a participle stands before its noun: "the sanctioned company", "ongoing criminal cases"."""
    if at + 1 >= len(units):
        return False
    nxt = units[at + 1]
    if nxt.tag != "N":
        return False
    unit = units[at]
    if unit.tag == "VBG":
        return inside and units[at - 1].tag in ("DET", "PP", "POS", "N") and nxt.tag == "N" and units[at - 1].tag != "N"
    return inside and (
        units[at - 1].tag in ("DET", "PP", "POS", "NUM", "ADV", "ADJ") or units[at - 1].low in ("other", "many", "new")
    )


_BEFORE_STATES = frozenset(
    "latest new recent further coordinated targeted joint existing additional current previous future strong tough"
    " other fresh".split()
)
_BY_STATE = frozenset(("sanction", "designate", "blacklist", "list", "back", "fund", "own", "control"))


def _all_states(units: list[Unit], first: int, at: int, core: list[Unit]) -> bool:
    """Whether "a UK and US sanctioned company" is read: only states before the participle, a noun after it."""
    if units[first].low not in ("a", "an") and not (first and units[first - 1].tag in ("P", "TO", "VB", "VBG", "VBN")):
        return False
    follows = at + 1 < len(units) and units[at + 1].tag in ("N", "NAME")
    if len(core) == 1 and core[0].low in ("junta", "military", "regime", "army", "government", "state"):
        return follows and units[at].lemma != "sanction"
    return follows and all(u.tag in ("STATE", "ADJ") for u in core)


def _short_form(units: list[Unit], at: int) -> bool:
    """A short form in brackets after a name, where the phrase goes on: "the Union Party (UP) government"."""
    if at + 3 >= len(units) or units[at].tag != "(" or units[at + 2].tag != ")":
        return False
    return units[at + 1].tag in ("NAME", "STATE") and units[at + 3].tag in ("N", "POS", "NAME", "VED")


_ADJECTIVE_ENDS = ("al", "ive", "ic", "ary", "ous", "ful", "less", "able", "ible", "ical", "ern")
_ADJECTIVES = frozenset(
    "direct indirect foreign domestic local private public new old key major political illegal illegitimate free fair"
    " civil arms dual".split()
)
_NOT_ADJECTIVES = frozenset(
    "capital material arsenal metal mineral general official criminal professional individual hospital terminal "
    "executive representative detective public traffic mechanic logistic military dictionary secretary subsidiary "
    "intermediary plastic fabric critic cable missile people vegetable arrival approval proposal trial rival "
    "denial portal journal animal festival manual referral withdrawal removal renewal deal goal coal appeal "
    "initiative perspective objective narrative incentive archive hive".split()
)


def _is_adjective(unit: Unit) -> bool:
    low = unit.low
    return unit.tag == "N" and (
        low in _ADJECTIVES
        or low.endswith("ed")
        or (low.endswith(_ADJECTIVE_ENDS) and low not in _NOT_ADJECTIVES and len(low) > 5)
    )


def _adjective_list(units: list[Unit], at: int, core: list[Unit]) -> int:
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


def _state_list(units: list[Unit], at: int, core: list[Unit]) -> int:
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
    sanctioned = units[place].tag in ("VED", "VBN") and place + 1 < len(units) and units[place + 1].tag == "N"
    if units[place].tag != "N" and not sanctioned:
        return 0
    return place


@cache
def _titles() -> frozenset[str]:
    """Words of honorifics and ranks; a name's head noun is another, where there is one."""
    entries = [entry for group in classes("titles").values() for entry in group]
    return frozenset(word for entry in entries for word in entry.split()) - words("roles")


def _finish(start: int, core: list[Unit], det: str, possessor: NP | None) -> NP:
    """Put a phrase together from its units: which of them is the head, which the name."""
    phrase = NP(start, core[-1].end, core, det, possessor)
    last = core[-1]
    if last.tag in ("NAME", "STATE"):
        phrase.name = last
        rest = core[:-1]
        nouns = [u for u in rest if u.tag == "N"]
        nouns = [u for u in nouns if u.low not in classes("titles")["honorific"]]
        noun = next((u for u in reversed(nouns) if u.low not in _titles()), nouns[-1] if nouns else None)
        if noun is not None:
            phrase.head = noun.lemma
            phrase.plural = noun.lemma != noun.low
        phrase.mods = [u for u in rest if u.tag in ("NAME", "STATE", "ADJ")]
        phrase.words = [u.low for u in rest if u.tag in ("N", "VED", "VBN", "VBG") and u is not noun]
        return phrase
    phrase.head = last.lemma
    phrase.plural = last.tag == "N" and last.lemma != last.low
    rest = core[:-1]
    phrase.mods = [u for u in rest if u.tag in ("NAME", "STATE", "ADJ")]
    phrase.words = [u.low for u in rest if u.tag not in ("NAME", "STATE", "ADJ")]
    if last.tag in ("ADJ",):
        phrase.name = last
        phrase.head = ""
    return phrase
