"""Noun phrases and verb groups: what belongs together before any clause is looked at."""

from __future__ import annotations

from functools import cache

from finemesh.extraction.lexicon import classes, words
from finemesh.extraction.syntax.joined import adjective_list, state_list
from finemesh.extraction.syntax.nodes import NP, VG, Chunk
from finemesh.extraction.syntax.unit import NOMINAL, Unit

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
            before = found[-1] if found else None
            if isinstance(before, Unit) and before.tag == "ADV" and before.low.endswith("ly") and before.low != "only":
                group.adverbs = (before.low, *group.adverbs)
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


class _Draft:
    """A noun phrase while it is read.

    Args:
        units: The sentence.
        at: Where the phrase starts.
    """

    def __init__(self, units: list[Unit], at: int) -> None:
        self.units = units
        self.at = self.end = at
        self.det = ""
        self.possessor: NP | None = None
        self.core: list[Unit] = []
        self.joined = False
        self.hyphens: list[tuple[Unit, Unit]] = []
        self.pronoun: NP | None = None

    def following(self) -> str:
        """The tag of the unit after the next, "" where there is none."""
        return self.units[self.end + 1].tag if self.end + 1 < len(self.units) else ""

    def step(self) -> bool:
        """Take the next unit into the phrase; False where it does not belong to it."""
        unit = self.units[self.end]
        if unit.tag == "NAME" and self.core and self.det in ("a", "an") and self._owner_follows():
            return False  # "a company NAME owns"
        if unit.tag in NOMINAL:
            self.core.append(unit)
            self.end += 4 if unit.tag in ("NAME", "STATE") and _short_form(self.units, self.end + 1) else 1
            return True
        if unit.tag in ("DET", "PP") and not self.core:
            self.det = unit.low if not self.det or unit.tag == "PP" else self.det
        elif unit.tag == "PRON" and not self.core:
            if not self.det or unit.low in ("one", "others"):
                self.pronoun = NP(unit.start, unit.end, [unit], pronoun=unit.low)
                self.end += 1
            return False
        elif unit.tag == "POS" and self.core:
            self.possessor = _finish(self.units[self.at].start, self.core, self.det, self.possessor)
            self.core, self.det = [], ""
        elif unit.tag == "DATE" and self._date_inside():
            pass
        elif unit.tag in ("VED", "VBN", "VBG", "-"):
            return self._participle(unit)
        elif unit.tag in ("CC", ",") and self.core:
            return self._list()
        elif not self._passed_over(unit):
            return False
        self.end += 1
        return True

    def _owner_follows(self) -> bool:
        """Whether a verb of owning follows the name that is read next, and no "by" follows that."""
        after = self.units[self.end + 1 : self.end + 3]
        if not after or after[0].lemma not in _OWNING or after[0].tag not in ("VBZ", "VBD", "VED"):
            return False
        return len(after) < 2 or (after[1].low not in ("by", "in") and after[1].tag not in NOMINAL)

    def _date_inside(self) -> bool:
        """A date before the noun: "the 2021 coup", "its May report"."""
        following = self.following()
        return following in ("N", "NAME") if self.core else bool(self.det) and following in NOMINAL

    def _participle(self, unit: Unit) -> bool:
        """ "the US and UK sanctioned firm", "the UK-sanctioned broker", "the listed company"."""
        units, end = self.units, self.end
        if unit.tag == "-":
            if self.core and self.core[-1].tag == "STATE" and self.following() == "STATE":
                self.end += 1  # "the Myanmar-China pipelines"
                return True
            if not self.core or self.following() not in ("VBN", "N", "VED"):
                return False
            self.hyphens.append((self.core.pop(), units[end + 1]))
            self.end += 2
            return True
        states = unit.tag != "VBG" and unit.lemma in _BY_STATE and self.core
        if states and _all_states(units, self.at, end, self.core):
            self.hyphens += [(state, unit) for state in self.core]
            self.core, self.joined = [], False
        elif self._kind_of(unit) or _adjectival(units, end, bool(self.core or self.det or self.possessor)):
            self.core.append(unit)
        else:
            return False
        self.end += 1
        return True

    def _kind_of(self, unit: Unit) -> bool:
        """ "a Belarus registered company", "the army linked Blue Group": a participle that only describes."""
        by_state = unit.lemma == "own" and bool(self.core) and self.core[-1].low in ("state", "government")
        by_state = by_state or (unit.lemma == "control" and len(self.core) > 1 and self.core[-1].low in _RULERS)
        if unit.tag not in ("VED", "VBN") or not self.core or not (by_state or unit.lemma in _DESCRIBING):
            return False
        opened = self.det or self.possessor is not None or (self.at > 0 and self.units[self.at - 1].tag in ("P", "TO"))
        return bool(opened) and self.following() in NOMINAL

    def _list(self) -> bool:
        """Adjectives or states joined before their noun."""
        jump = adjective_list(self.units, self.end, self.core)
        if not jump:
            jump = state_list(self.units, self.end, self.core)
            self.joined = self.joined or bool(jump)
        if not jump:
            return False
        self.core += [u for u in self.units[self.end : jump] if u.tag in NOMINAL]
        self.end = jump
        return True

    def _passed_over(self, unit: Unit) -> bool:
        """Quotation marks and adverbs within a phrase."""
        if unit.tag in ("“", '"', "‘"):
            return bool(self.core or self.det or self.possessor) and self.following() in NOMINAL
        if unit.tag == "”":
            return bool(self.core) and self.following() == "N"
        opened = bool(self.det or self.possessor)
        return unit.tag == "ADV" and _adverb_inside(self.units, self.end, self.core, opened)


def _noun_phrase(units: list[Unit], at: int) -> tuple[int, NP | None]:
    """A noun phrase from ``at``; its end and the phrase (None where there is only a determiner)."""
    draft = _Draft(units, at)
    while draft.end < len(units) and draft.step():
        pass
    end, start = draft.end, units[at].start
    if draft.pronoun is not None:
        return end, draft.pronoun
    if not draft.core:
        if draft.hyphens:
            return end, None
        if draft.possessor is None and draft.det in _STANDS_ALONE:
            return end, NP(start, units[end - 1].end, [], det="", pronoun=draft.det)
        return (end, draft.possessor) if draft.possessor is not None else (max(end, at + 1), None)
    phrase = _finish(start, draft.core, draft.det, draft.possessor)
    phrase.joined, phrase.hyphens = draft.joined, draft.hyphens
    return end, phrase


_STANDS_ALONE = classes("grammar")["stands_alone"]
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


_BY_STATE = frozenset(("sanction", "designate", "blacklist", "list", "back", "fund", "own", "control"))


_RULERS = frozenset(("military", "junta", "army", "regime", "navy"))
_OWNING = frozenset(("own", "control", "found", "run", "chair", "head", "lead", "co-own", "establish", "direct"))
_DESCRIBING = classes("grammar")["describing"]
"""Participles that stand between a name and its noun."""


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
    joined = units[at + 3].tag in ("CC", ",") and [u.tag in ("STATE", "ADJ", "N") for u in units[at + 4 : at + 6]] == [
        True,
        True,
    ]  # "European Union (EU) and Canadian sanctions"
    return units[at + 1].tag in ("NAME", "STATE") and (joined or units[at + 3].tag in ("N", "POS", "NAME", "VED"))


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
