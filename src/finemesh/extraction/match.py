"""Patterns laid on a parse: which part of a sentence fills which arg."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from finemesh.extraction.back import Ref
from finemesh.extraction.combine import TEXT_ARGS, combine
from finemesh.extraction.doers import MEMORY, Doers, stands
from finemesh.extraction.frames import Frame, FrameSet, word_lists
from finemesh.extraction.kinds import authority_name, in_passing, of_kind
from finemesh.extraction.lexicon import classes, states
from finemesh.extraction.listing import further_names
from finemesh.extraction.nearby import stance_nearby
from finemesh.extraction.parts import part_of
from finemesh.extraction.refs import Resolver
from finemesh.extraction.slots import Place, actor_words, inner_noun, own_slot
from finemesh.extraction.stance import stance_of_noun, stance_of_verb
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.phrases import is_person
from finemesh.extraction.syntax.reader import Parse
from finemesh.extraction.titles import is_portfolio, measure_words, role_title
from finemesh.model.claim import ArgValue, ClaimType, Stance

_SIDES = frozenset(("supplier", "recipient", "payer", "beneficiary", "one", "two", "owner"))
_PARTY_TO_TALKS = frozenset(("delegation", "official", "leader", "general", "officer", "representative"))
_OF_STATE = classes("grammar")["of_state"]
_DEALS_WITH = frozenset(("coordinator", "ambassador", "envoy", "consul", "counsellor"))
"""Roles that face another state: "coordinator for Japan"."""
_FACING = frozenset(("for", "to", "with", "in"))
_LISTED = frozenset(("object", "on", "against", "to", "of"))
"""Slots whose list of targets can be broken up by descriptions."""
_NAMED = frozenset(("person", "organization", "name", "vessel"))
_GOES_ON = frozenset((ClaimType.SUPPLY, ClaimType.PARTNERSHIP, ClaimType.PAYMENT))
_MAX_CLAIMS = 60
"""Claims that one pattern may read from one place; a list longer than that is no sentence."""


@dataclass(slots=True)
class Found:
    """A claim as a pattern reads it, before speaker, dates and repetition are looked at.

    Attributes:
        frame: The pattern.
        args: The args.
        stance: How it is put.
        start, end: Characters of the words that it was read from.
        predicate: The verb, where it was read from one.
        phrase: The noun phrase, where it was read from one.
    """

    frame: Frame
    args: dict[str, ArgValue]
    stance: Stance
    start: int
    end: int
    predicate: Predicate | None = None
    phrase: NP | None = None
    kinds: dict[str, str] = field(default_factory=dict)


class Matcher:
    """Reads the claims of a sentence with all patterns.

    Args:
        frames: The patterns.
        resolver: Knows who is meant; it must have entered the sentence.
    """

    def __init__(self, frames: FrameSet, resolver: Resolver) -> None:
        self.frames = frames
        self.resolver = resolver
        self.doers = Doers(resolver)
        self._nouns: list[frozenset[str]] = []
        self._titles: dict[str, tuple[str, str]] = {}
        self._here: tuple[int, tuple[str, str]] | None = None

    def hear(self, parse: Parse) -> None:
        """Go on to a sentence: learn on whom it calls, and its nouns."""
        self.doers.hear(parse)
        self._nouns = [*self._nouns[-2:], frozenset(p.head for p in parse.phrases)]
        if self._here is not None:
            self._here = (self._here[0] + 1, self._here[1]) if self._here[0] < 1 else None

    def read(self, parse: Parse) -> list[Found]:
        """What the patterns find in a sentence's parse, in order of patterns within order of words."""
        found: list[Found] = []
        for predicate in parse.predicates:
            for frame in self.frames.by_verb.get(predicate.lemma, ()):
                found += self._verb(frame, predicate)
        seen: set[int] = set()
        for phrase in parse.phrases:
            if phrase.members or id(phrase) in seen:
                continue
            seen.add(id(phrase))
            if (
                phrase.name is not None
                and phrase.possessor is not None
                and not phrase.head
                and " of " not in phrase.name.text
            ):
                for frame in self.frames.by_noun.get("*name", ()):
                    found += self._noun(frame, phrase)
            for frame in self.frames.by_noun.get(phrase.head, ()):
                if any(_has_noun(phrase, noun) for noun in frame.nouns):
                    found += self._noun(frame, phrase)
        return found

    def _verb(self, frame: Frame, predicate: Predicate) -> list[Found]:
        place = Place(predicate, None, self.resolver)
        if not self._fits(frame, place):
            return []
        stance = frame.stance or stance_of_verb(predicate, goes_on=frame.type in _GOES_ON)
        if stance is None:
            return []
        place.stance = stance
        return self._claims(frame, place, stance, predicate.group.start, predicate.group.end)

    def _noun(self, frame: Frame, phrase: NP) -> list[Found]:
        place = Place(None, phrase, self.resolver)
        if not self._fits(frame, place):
            return []
        goes_on = frame.type in _GOES_ON
        passing = Stance.ASSERTED if in_passing(frame, phrase) else None
        stance = frame.stance or passing or stance_of_noun(phrase, goes_on=goes_on)
        if stance is None:
            return []
        place.stance = stance
        return self._claims(frame, place, stance, phrase.start, phrase.end)

    def _fits(self, frame: Frame, place: Place) -> bool:
        """Whether the slots that a pattern names hold the nouns that it asks for."""
        for slots, nouns in frame.heads.items():
            if not any(
                _has_noun(m, noun) or _has_noun(inner_noun(m), noun)
                for slot in slots.split("|")
                for p in place.slot(slot)
                for m in p.each()
                for noun in nouns
            ):
                return False
        for slots, nouns in frame.without.items():
            held = [m for slot in slots.split("|") for p in place.slot(slot)[:1] for m in p.each()]
            if held and all(any(_has_noun(m, noun) or _has_noun(inner_noun(m), noun) for noun in nouns) for m in held):
                return False
        for slot in frame.empty:
            if any(ref.party and ref.kind != "group" for p in place.slot(slot) for ref in self.resolver.resolve(p)):
                return False
        if frame.not_words and place.phrase is not None and frame.not_words & set(place.phrase.words):
            return False
        if frame.words and not (place.phrase is not None and frame.words & {*place.phrase.words, place.phrase.head}):
            return False
        if frame.near and not any(noun[-1] in nouns for nouns in self._nouns for noun in frame.near):
            return False
        return all(place.slot(slot) for slot in frame.needs)

    def _claims(self, frame: Frame, place: Place, stance: Stance, start: int, end: int) -> list[Found]:
        values: dict[str, list[tuple[str, str]]] = {}
        for arg, slots in frame.args.items():
            found = self._fill(frame, arg, slots, place)
            if found:
                values[arg] = found
        if place.loose and stance is Stance.ASSERTED and not stands(place.phrase):
            nearby = stance_nearby(self.resolver.parse, start)
            if nearby is None:
                return []
            stance = nearby
        claims = [
            Found(frame, {**dict(frame.fixed), **args}, stance, start, end, place.predicate, place.phrase, kinds)
            for args, kinds in combine(frame, values)
        ]
        if frame.type is ClaimType.SUPPLY and claims and "supplier" in values:
            claims = self._from_examples(frame, place, claims) or claims
        if frame.type is ClaimType.ROLE and claims:
            organisation = claims[-1].args.get("organisation")
            if isinstance(organisation, str) and organisation:
                self._here = 0, (organisation, claims[-1].kinds.get("organisation", "organization"))
                if place.phrase_head in _DEALS_WITH and claims[-1].args.get("counterpart"):
                    self._titles[place.phrase_head] = self._here[1]
        if frame.type is ClaimType.DESIGNATION:
            self.doers.note([claim.args.get("authority") for claim in claims], stance)
        if frame.type is ClaimType.DESIGNATION and stance is Stance.ASSERTED and place.predicate is not None:
            claims += self._denied_others(frame, place, claims)
        return claims if len(claims) <= _MAX_CLAIMS else []

    def _from_examples(self, frame: Frame, place: Place, claims: list[Found]) -> list[Found]:
        """ "procured parts, including engines from X and radar from Y": each with its own seller."""
        found: list[Found] = []
        for slot in (*frame.args.get("goods", ()), "from"):
            for example in (e for p in place.slot(slot)[:1] for m in p.each() for e in m.examples):
                for member in example.each():
                    sellers = [inner for word, inner in member.pps if word == "from"]
                    names = self._values(frame, "supplier", "from", sellers[0], place) if sellers else []
                    for name, _ in names:
                        for claim in {str(c.args.get("recipient")): c for c in claims}.values():
                            args = {**claim.args, "supplier": name, "goods": self._words(member)}
                            if name not in (args.get("recipient"), args.get("via")):
                                found.append(replace(claim, args=args))
        return found

    def _denied_others(self, frame: Frame, place: Place, claims: list[Found]) -> list[Found]:
        """ "Of X and Y, only X has been sanctioned by the EU": Y has not."""
        predicate = place.predicate
        assert predicate is not None
        targets = [p for slot in frame.args["target"] for p in place.slot(slot)][:1]
        if not targets or not (targets[0].only or ("only" in predicate.group.adverbs and not predicate.passive)):
            return []
        named = {claim.args.get("target") for claim in claims}
        among = [p for slot in ("of", "among", "out of") for p in predicate.slots.get(slot, [])]
        everybody = [ref for p in among for ref in self.resolver.resolve(p)] or self.resolver.last_list(targets[0])
        names = [ref.name for ref in everybody if ref.kind in ("person", "organization", "name")]
        if not named or not named < set(names):
            return []
        first = {claim.args["authority"]: claim for claim in claims if claim.args.get("authority")}
        return [
            Found(frame, {**claim.args, "target": name}, Stance.DENIED, claim.start, claim.end, predicate, claim.phrase)
            for claim in first.values()
            for name in dict.fromkeys(names)
            if name not in named
        ]

    def _fill(self, frame: Frame, arg: str, slots: tuple[str, ...], place: Place) -> list[tuple[str, str]]:
        """The values of one arg with their kinds: from the first slot that has any."""
        for slot in slots:
            if slot in MEMORY:
                return self.doers.remembered(slot, place)
            if slot == "here":
                return self._organisation_here(place)
            for phrase in place.slot(slot):
                values = self._values(frame, arg, slot, phrase, place)
                if arg == "target" and slot in _LISTED and not (slot == "object" and place.passive):
                    values = self._listed(values, phrase, frame)
                if values:
                    place.loose = place.loose or slot == "nearest"
                    return values
        return self.doers.unnamed(slots, place) if arg == "authority" else []

    def _listed(self, values: list[tuple[str, str]], phrase: NP, frame: Frame) -> list[tuple[str, str]]:
        """The targets with those that follow in their list."""
        wanted = frame.kinds.get("target", _NAMED)
        refs = [r for np in further_names(self.resolver.parse, phrase) for r in self.resolver.resolve(np)]
        found = [(r.name, r.kind) for r in refs if r.kind in _NAMED and of_kind(r, wanted)]
        return list(dict.fromkeys(values + found)) if found else values

    def _organisation_here(self, place: Place) -> list[tuple[str, str]]:
        """ "X chairs the bank; his son is *the* deputy director": the organisation that was just spoken of."""
        said = place.phrase or next(iter(place.slot("on")), None)
        if said is None and place.predicate is not None:
            said = next(iter(place.slot("of@object")), None)
        if said is not None and said.head in _DEALS_WITH:
            return [self._titles[said.head]] if said.head in self._titles else []
        if self._here is None or said is None or said.det != "the" or said.pps:
            return []
        return [self._here[1]]

    def _values(self, frame: Frame, arg: str, slot: str, phrase: NP, place: Place) -> list[tuple[str, str]]:
        if arg == "role":
            title = role_title(phrase, self.resolver)
            return [(title, "thing")] if title else []
        if arg == "counterpart" and slot in ("in", "with") and place.phrase_head not in _DEALS_WITH:
            return []
        if arg == "relation":
            return [(phrase.head, "thing")]
        if arg == "amount":
            phrase = inner_noun(phrase)
        if arg == "measure":
            return [(measure_words(inner_noun(phrase)), "thing")]
        if arg in TEXT_ARGS:
            return [(self._words(phrase), "thing")] if self._is_text(arg, phrase) else []
        wanted = frame.kinds.get(arg)
        if arg == "relative" and slot == "self" and self.resolver.relatives_of(phrase):
            return []  # "his children": who they are is said elsewhere
        if phrase.alternatives and arg == "authority" and place.stance is not Stance.DENIED:
            return []  # "the US, UK and/or Canada" names none of them for sure
        found: list[tuple[str, str]] = []
        refs = self.resolver.resolve(phrase)
        if arg == "target" and phrase.members and refs and all(ref.kind == "group" for ref in refs):
            refs = [Ref(self._words(phrase), "group")]
        elif phrase.members:
            every = list(dict.fromkeys(v for m in phrase.each() for v in self._values(frame, arg, slot, m, place)))
            named = [v for v in every if v[1] != "group"]
            return named if arg == "target" and named else every  # "X and all others involved" is X
        for ref in refs:
            if arg == "authority":
                name = authority_name(ref) or self._minister(phrase)
                if name and name != self.resolver.analysis.ruled:
                    found.append((name, "state"))
            elif arg == "organisation" and ref.kind == "state" and slot in _FACING and place.phrase_head in _DEALS_WITH:
                continue  # "coordinator for Japan" deals with Japan
            elif arg == "organisation" and is_portfolio(phrase, place.phrase_head):
                continue  # "Minister for Home Affairs"
            elif arg == "organisation" and ref.kind in ("group", "thing"):
                found += self._inside(phrase, place)
            elif arg in ("holder", "participants") and ref.kind in ("group", "thing") and self._official(phrase, arg):
                found.append((ref.name, "person"))
            elif arg in _SIDES and ref.kind in ("group", "thing"):
                found += part_of(self.resolver, phrase, ref)
            elif (wanted is not None and not of_kind(ref, wanted)) or (wanted is None and _only_place(arg, ref)):
                continue
            elif arg == "target" and ref.kind == "thing" and phrase.head in word_lists()["targetable"]:
                if phrase.possessor is not None or phrase.mods:
                    found.append((ref.name, ref.kind))
            elif ref.kind == "group" and not self._group_allowed(arg, phrase, place):
                continue
            elif ref.party or wanted is not None:
                found.append((ref.name, ref.kind))
        return found

    @staticmethod
    def _minister(phrase: NP) -> str | None:
        """The state that a member of its government speaks for ("UK Foreign Secretary NAME")."""
        nations = [unit.name for unit in phrase.mods if unit.tag in ("STATE", "ADJ")]
        if phrase.head not in ("secretary", "minister", "president", "prime-minister", "chancellor") or not nations:
            return None
        return states()[nations[0]]

    def _is_text(self, arg: str, phrase: NP) -> bool:
        """Whether a phrase can be goods or an amount: it names no party."""
        if arg not in ("goods", "amount", "value"):
            return True
        if arg == "value":
            return any(u.tag == "NUM" and not u.text.isdigit() for m in phrase.each() for u in m.units)
        if arg == "goods" and (phrase.pronoun or is_person(phrase)):
            return False
        return not all(m.name is not None and m.name.kind != "product" for m in phrase.each())

    def _inside(self, phrase: NP, place: Place) -> list[tuple[str, str]]:
        """The organisation within a phrase like "the Blue Bank board"; of a verb's object only a name counts."""
        for slot in ("mod",) if place.predicate is not None else ("poss", "mod", "words"):
            for inner in own_slot(phrase, slot):
                kinds = (
                    ("organization", "name")
                    if place.predicate is not None
                    else ("organization", "actor", "name", "state")
                )
                refs = [ref for ref in self.resolver.resolve(inner) if ref.kind in kinds]
                if refs:
                    return [(refs[0].name, refs[0].kind)]
        return []

    def _official(self, phrase: NP, arg: str) -> bool:
        """Whether a person is named by office: "the junta's foreign minister"."""
        talks = arg == "participants" and phrase.head in _PARTY_TO_TALKS and (phrase.mods or actor_words(phrase))
        if talks and (phrase.head == "delegation" or phrase.det not in ("a", "an")):
            return True
        if phrase.det in ("a", "an") or phrase.restricted:
            return False
        if phrase.possessor is None or phrase.plural or not is_person(phrase):
            return False
        return any(ref.kind in ("actor", "state", "organization") for ref in self.resolver.resolve(phrase.possessor))

    @staticmethod
    def _group_allowed(arg: str, phrase: NP, place: Place) -> bool:
        """Whether a party may be named only by what it is ("arms brokers"): where something is asked for."""
        if arg != "target" or place.stance is not Stance.CALLED_FOR or phrase.det in ("its", "their", "his", "her"):
            return False
        return any(m.words or m.mods or m.restricted or m.possessor is not None for m in phrase.each())

    def _words(self, phrase: NP) -> str:
        if phrase.members:
            text = self.resolver.analysis.text
            first = phrase.members[0]
            start = first.units[0].start if first.units else first.start
            start = min([start, *(agent.start for agent, _ in first.hyphens)])
            return " ".join(text[start : phrase.end].split())
        return self.resolver.text_of(phrase)


def _only_place(arg: str, ref: Ref) -> bool:
    """Whether a place stands where somebody must act ("an exercise in Minsk, which ...")."""
    return ref.kind == "place" and arg in _SIDES


def _has_noun(phrase: NP, noun: tuple[str, ...]) -> bool:
    """Whether a phrase's head is a noun, with the words that must stand before it."""
    if phrase.pronoun:
        return noun == (phrase.pronoun,)
    if phrase.name is not None and not phrase.head:
        return len(noun) == 1 and phrase.name.text.rpartition(" ")[2].lower() == noun[0]
    if phrase.head != noun[-1]:
        return False
    before = noun[:-1]
    return not before or tuple(phrase.words[-len(before) :]) == before
