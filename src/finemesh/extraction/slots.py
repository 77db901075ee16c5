"""The slots of a pattern: what stands around a verb or noun, and what it says that something is."""

from __future__ import annotations

from dataclasses import dataclass

from finemesh.extraction.actors import actor_table
from finemesh.extraction.frames import stance_words, word_lists
from finemesh.extraction.lexicon import classes
from finemesh.extraction.nearby import just_before, nearest_states
from finemesh.extraction.refs import Resolver
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.reader import all_prepositions
from finemesh.extraction.syntax.unit import Unit
from finemesh.model.claim import Stance


@dataclass(slots=True)
class Place:
    """One word that a pattern can start from, with the slots around it."""

    predicate: Predicate | None
    phrase: NP | None
    resolver: Resolver
    stance: Stance | None = None
    loose: bool = False

    @property
    def phrase_head(self) -> str:
        """The noun that the pattern starts from, "" for a verb."""
        return self.phrase.head if self.phrase is not None else ""

    @property
    def passive(self) -> bool:
        """Whether the pattern starts from a verb in the passive."""
        return self.predicate is not None and self.predicate.passive

    def slot(self, name: str) -> list[NP]:
        """The phrases that fill a slot, best first."""
        if "+" in name:
            parts = [self.slot(part.strip())[:1] for part in name.split("+")]
            members = [phrase for part in parts for phrase in part]
            return [NP(members[0].start, members[-1].end, members=members)] if members else []
        inner, _, outer = name.partition("@")
        if outer:
            return [
                found
                for phrase in self.slot(outer)
                for member in phrase.each()
                for found in _noun_slot(inner_noun(member), inner)
            ]
        if name == "nearest":
            return self._nearest()
        if name == "before":
            return just_before(self.resolver.parse, self.predicate)
        if self.predicate is not None:
            return self._verb_slot(name)
        if self.phrase is None:
            return []
        return _noun_slot(self.phrase, name)

    def _nearest(self) -> list[NP]:
        """The states that stand last before, where the verb has no doer that is named."""
        if self.predicate is not None:
            doers = self.predicate.slots.get("subject", [])
            each = any(p.head in _EACH and p.det in ("each", "every", "these", "those", "all") for p in doers)
            told = (self.predicate.passive or doers) and not each
            return [] if told else nearest_states(self.resolver.parse, self.predicate.group.start)
        place = self.phrase.place() if self.phrase is not None else None
        if self.phrase is None or (place is not None and place[0].lemma in word_lists()["impose_verbs"]):
            return []
        return nearest_states(self.resolver.parse, self.phrase.start)

    def _verb_slot(self, name: str) -> list[NP]:
        assert self.predicate is not None
        if name == "self":
            return []
        if name == "purpose":
            return _purpose(self.predicate)
        if name == "joined":
            return _joined(self.predicate)
        if name == "ensurer":
            return _ensurer(self.predicate)
        if name == "its":
            return [NP(self.predicate.group.start, self.predicate.group.start, pronoun="its")]
        found = self.predicate.slots.get(name, [])
        if name == "object" and not found and not self.predicate.reduced:
            found = self.predicate.slots.get("object2", [])
        if name == "to" and not found:  # "shipped radar used for spying to X"
            objects = self.predicate.slots.get("object", [])
            found = [p for phrase in objects for used in phrase.reduced for p in used.slots.get("to", [])]
        return found


_EACH = frozenset(("jurisdiction", "country", "state", "government"))
"""Nouns that go back to states just named ("sanctioned by *each jurisdiction*")."""


def _purpose(predicate: Predicate) -> list[NP]:
    """Against whom it is done: "... to cut the junta's access", "... to stop the flow of arms to the junta"."""
    found: list[NP] = []
    for child in predicate.children:
        if child.group.form == "inf":
            objects = [m for p in child.slots.get("object", []) for m in p.each() if child.lemma != "target"]
            found += [m.possessor for m in objects if m.possessor is not None]
            found += child.slots.get("to", [])
    return found


def _ensurer(predicate: Predicate) -> list[NP]:
    """Who is to see to what is told without its doer ("calls on *Japan* to ensure that X is sanctioned")."""
    outer = predicate.parent
    if not predicate.passive or outer is None or outer.lemma != "ensure":
        return []
    return outer.slots.get("subject", [])


def _joined(predicate: Predicate) -> list[NP]:
    """Whom the doer joins in it ("joining *the EU* in sanctioning X")."""
    outer = predicate.parent.parent if predicate.parent is not None and predicate.parent.lemma == "in" else None
    return outer.slots.get("object", []) if outer is not None and outer.lemma in ("join", "follow") else []


_QUANTITY = classes("grammar")["quantity"]
"""Nouns that stand before the real one ("the EU's last round of sanctions")."""


def inner_noun(phrase: NP) -> NP:
    """The noun that is meant: of "a round of sanctions", the sanctions."""
    percent = bool(phrase.units) and phrase.units[-1].text.endswith("%")
    if (phrase.head in _QUANTITY or percent) and phrase.name is None:
        for word, inner in phrase.pps:
            if word == "of":
                return inner
    return phrase


def _noun_slot(phrase: NP, name: str) -> list[NP]:
    found = own_slot(phrase, name)
    above = phrase.above()
    if above is not None and above[1] == "of":
        if above[0].head in _QUANTITY and name not in ("is", "self"):
            found = found + own_slot(above[0], name)
        elif above[0].head == "one" and name == "is":
            found = found + _equals(above[0])
    return found


def own_slot(phrase: NP, name: str) -> list[NP]:
    """What fills a slot of a noun phrase by itself, the phrase above it left aside."""
    if name == "self":
        return [phrase]
    if name == "is":
        return _equals(phrase)
    if name == "has":
        return _holder(phrase)
    if name == "words":
        return actor_words(phrase)
    if name == "involved":
        return _involved(phrase)
    if name == "beside":
        return _beside(phrase)
    if name == "imposer":
        return _imposer(phrase)
    if name == "agent":
        return _agent(phrase)
    if name == "maker":
        return [p for made in phrase.reduced if made.lemma in _MAKING for p in made.slots.get("subject", [])]
    if name == "appointer":
        return _appointer(phrase)
    if name == "poss":
        if phrase.possessor is not None:
            return [phrase.possessor]
        return [_pronoun(phrase)] if phrase.det in ("its", "their", "his", "her") else []
    if name == "mod":
        return _modifiers(phrase)
    if phrase.name is not None and phrase.head and name in _NOT_AFTER_NAME:
        return []
    found = [inner for word, inner in all_prepositions(phrase) if word == name]
    if not found and name in ("to", "for"):  # "donations of goods valued at a million *to* X"
        inside = [used for word, inner in phrase.pps if word == "of" for m in inner.each() for used in m.reduced]
        found = [p for used in inside for p in used.slots.get(name, [])]
    for predicate in phrase.reduced:
        found += predicate.slots.get(name, [])
        if name == "by":
            found += predicate.slots.get("subject", [])
    return found


_NOT_AFTER_NAME = frozenset(("to", "with", "in"))
"""Prepositions that after a title with its name belong to the verb ("took director NAME *to* Belarus")."""


def _holder(phrase: NP) -> list[NP]:
    """Who has, signs or runs what a phrase names ("X has a partnership with Y")."""
    top = phrase
    while (above := top.above()) is not None and above[1] == "of":
        top = above[0]
    place = top.place()
    if place is None:
        return []
    predicate, slot = place
    verbs = word_lists()
    light = predicate.lemma in verbs["have_verbs"] or predicate.lemma in verbs["sign_verbs"]
    if not light and slot == "object" and predicate.lemma in stance_words()["ending"]["verbs"]:
        return [p for p in predicate.slots.get("subject", []) if p.name is not None]  # "NAME cut ties with X"
    if slot == "object" and predicate.lemma in ("involve", "include"):
        return [p.possessor for p in predicate.slots.get("subject", []) if p.possessor is not None]
    if slot == "object" and predicate.passive:
        return predicate.slots.get("subject", []) if light else []
    if slot in ("object", "into", "in") and light:
        return predicate.slots.get("subject", [])
    if slot == "in" and predicate.group.copula:
        return predicate.slots.get("subject", [])
    return []


def _imposer(phrase: NP) -> list[NP]:
    """Who imposes a measure ("X adopts *sanctions* aimed at Y")."""
    place = phrase.place()
    if place is None or place[1] != "object" or place[0].lemma not in word_lists()["impose_verbs"]:
        return []
    return place[0].slots.get("subject", [])


def actor_words(phrase: NP) -> list[NP]:
    """The actor among the words before a noun ("junta navy chief", "Russian army officer")."""
    table = actor_table()
    for index, unit in enumerate(phrase.units[:-1]):
        if unit.tag == "N" and (unit.low in table or unit.lemma in table) and unit is not phrase.name:
            mods = [u for u in phrase.units[:index] if u.tag in ("STATE", "ADJ")]
            return [NP(unit.start, unit.end, [*mods, unit], head=unit.lemma, mods=mods)]
    return []


def _involved(phrase: NP) -> list[NP]:
    """Whose part in something it is ("X's involvement in the supply of arms", "the role of X in the sale")."""
    above = phrase.above()
    if above is None or above[1] != "in" or above[0].head not in _PART:
        return []
    outer = above[0]
    return own_slot(outer, "poss") + [inner for word, inner in outer.pps if word == "of"]


_BESIDE = frozenset(("following", "after", "alongside"))
"""Prepositions that set an authority's measure beside what another one did."""


def _beside(phrase: NP) -> list[NP]:
    """What the verb is about that the phrase hangs on ("sanctioned X, following sanctions by Y": X)."""
    word, top = "", phrase
    while (above := top.above()) is not None:
        top, word = above
    place = top.place()
    if top is not phrase and word in _BESIDE and (top.name is not None or top.members):
        return [top]
    if place is None or (place[1] if top is phrase else word) not in _BESIDE:
        return []
    return place[0].slots.get("object", [])


_APPOINTING = classes("grammar")["appointing"]
"""Verbs that give somebody a role."""


def _appointer(phrase: NP) -> list[NP]:
    """Who gives the role that a phrase names ("X appointed Y as coordinator", "X's appointment of Y as ...")."""
    place, above = phrase.place(), phrase.above()
    if place is not None and place[1] in ("as", "object2") and place[0].lemma in _APPOINTING:
        return place[0].slots.get("subject", [])
    if above is not None and above[1] == "as":
        top = above[0]
        while (outer := top.above()) is not None and outer[1] == "of":
            top = outer[0]
        if top.head == "appointment":
            return own_slot(top, "poss") + own_slot(top, "by")
        place = top.place()
        if place is not None and place[1] == "object" and place[0].lemma in _APPOINTING:
            return place[0].slots.get("subject", [])
    return []


_MAKING = frozenset("make supply sell produce manufacture build provide deliver export develop".split())
"""What was done by whoever something comes from ("drones *made* by X")."""
_PART = frozenset(("involvement", "role", "part", "participation", "complicity", "history", "track"))


def _agent(phrase: NP) -> list[NP]:
    """Who does something "with", "through" or "by" what the phrase names."""
    word, top = "", phrase
    while (above := top.above()) is not None:
        top, word = above
        if word not in ("with", "through", "via", "by", "of"):
            return []
    place = top.place()
    word = place[1] if place is not None and top is phrase else word
    if place is None or word not in ("with", "through", "via", "by"):
        return []
    return place[0].slots.get("subject", [])


def _pronoun(phrase: NP) -> NP:
    return NP(phrase.start, phrase.start, pronoun=phrase.det, same=[phrase])


def _modifiers(phrase: NP) -> list[NP]:
    """The names and states before a noun, as phrases."""
    followed = {id(one): two for one, two in zip(phrase.units, phrase.units[1:], strict=False)}
    mods = [
        u
        for u in phrase.mods
        if not (u.tag != "NAME" and id(u) in followed and _is_actor_word(followed[id(u)], phrase))
    ]
    found = [NP(unit.start, unit.end, [unit], name=unit) for unit in mods]
    if phrase.joined and found:
        return [NP(found[0].start, found[-1].end, members=found)]
    return found


def _is_actor_word(unit: Unit, phrase: NP) -> bool:
    """Whether a word before the head names an actor with the state before it ("Myanmar *military* supplier")."""
    return (
        unit is not phrase.units[-1] and unit.tag == "N" and (unit.low in actor_table() or unit.lemma in actor_table())
    )


def _equals(phrase: NP) -> list[NP]:
    """What a phrase says that something is: its name, its appositions, the subject of "X is a ..."."""
    found: list[NP] = []
    if phrase.name is not None and phrase.head:
        named = NP(phrase.name.start, phrase.name.end, [phrase.name], name=phrase.name)
        others = _bare_names_after(phrase) if phrase.plural and phrase.within is not None else []
        found.append(NP(named.start, others[-1].end, members=[named, *others]) if others else named)
    found += [
        s for s in phrase.same if s.name is not None or s.members or s.pronoun or not s.head or s.head != phrase.head
    ]
    found += phrase.examples
    place = phrase.place()
    if place is not None:
        predicate, slot = place
        if (slot == "complement" and (predicate.group.copula or predicate.lemma in ("become", "remain", "about"))) or (
            slot == "object" and predicate.lemma in ("become", "remain")
        ):
            found += predicate.slots.get("subject", [])
        elif slot == "subject" and predicate.group.copula and not predicate.negated and phrase.name is None:
            complement = predicate.slots.get("complement", [])
            found += [c for c in complement if all(m.name is not None and not m.head for m in c.each())]
        elif slot == "object2" and predicate.lemma in _APPOINTING:
            found += predicate.slots.get("object", [])
        elif slot == "as":
            found += predicate.slots.get("object") or predicate.slots.get("subject", [])
    above = phrase.above()
    if above is not None and above[1] == "as":
        outer = above[0]
        of = [inner for word, inner in outer.pps if word == "of"]
        found += [outer] if outer.name is not None or (not of and outer.governor is not None) else of
    return found


def _bare_names_after(phrase: NP) -> list[NP]:
    """The names that follow a plural description in its list."""
    assert phrase.within is not None
    members = phrase.within.members
    start = next(i for i, m in enumerate(members) if m is phrase) + 1
    names = []
    for member in members[start:]:
        if member.name is None or member.head:
            break
        names.append(member)
    return names
