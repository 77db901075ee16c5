"""Who sanctions, where it is not said beside the verb: what the sentences before told, and on whom they call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finemesh.extraction.back import Ref
from finemesh.extraction.kinds import authority_name
from finemesh.extraction.refs import Resolver
from finemesh.extraction.slots import Place
from finemesh.extraction.stance import existing_verbs, is_order
from finemesh.extraction.syntax.nodes import NP
from finemesh.extraction.syntax.reader import Parse
from finemesh.model.claim import Stance

Value = tuple[str, str]
"""A name and its kind."""
MEMORY = ("round", "told", "sentence")
"""Slots that are filled from what was read before."""
_CALLING = frozenset(("call", "urge", "demand", "ask", "request", "press", "appeal"))
_WORLD: list[Value] = [("international community", "state")]


class Doers:
    """Remembers the authorities that a document has named so far.

    Args:
        resolver: Knows who is meant.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._callee: list[Ref] = []
        self._round: list[str] = []
        self._before: list[str] = []
        self._now: list[str] = []
        self._ever: set[str] = set()
        self._in_sentence: list[str] = []

    def hear(self, parse: Parse) -> None:
        """Go on to a sentence; learn on whom it calls, for the demands that follow ("We call on Japan to:")."""
        self._before, self._now, self._in_sentence = self._now, [], []
        for predicate in parse.predicates:
            if predicate.lemma not in _CALLING:
                continue
            for slot in ("on", "upon", "to", "object", "indirect"):
                refs = [
                    r for p in predicate.slots.get(slot, []) for r in self._resolver.resolve(p) if authority_name(r)
                ]
                if refs:
                    self._callee = refs

    def note(self, authorities: Iterable[object], stance: Stance) -> None:
        """Keep the authorities of designations that a pattern has just read."""
        names = [str(name) for name in authorities if name]
        self._in_sentence = self._in_sentence or list(dict.fromkeys(names))
        if stance is Stance.ASSERTED:
            self._ever.update(names)
            self._now += names
            self._round = self._round or list(dict.fromkeys(names))

    def remembered(self, slot: str, place: Place) -> list[Value]:
        """The authorities of one of the slots of :data:`MEMORY`."""
        if slot == "round":
            return [(name, "state") for name in self._round]
        if slot == "sentence":
            return [(name, "state") for name in self._in_sentence if _exemplifies(place.phrase)]
        return self._told(place)

    def _told(self, place: Place) -> list[Value]:
        """The authorities of the sentence before, for an event told without its doer ("X was also sanctioned")."""
        predicate = place.predicate
        if predicate is None or predicate.group.perfect or predicate.negated or predicate.modal or self._now:
            return []
        listing = predicate.group.copula or predicate.lemma in ("include", "be")
        event = predicate.passive and not predicate.reduced and predicate.group.was in ("was", "were")
        if not (listing or event) or (event and self._ever - set(self._before)):
            return []  # where others sanction too, "was also sanctioned" does not say who did
        return [(name, "state") for name in dict.fromkeys(self._before)]

    def unnamed(self, slots: Sequence[str], place: Place) -> list[Value]:
        """The authority where none is named: the world, or who is called on."""
        for slot in ("self", "object", "subject"):
            if any("international" in p.words for p in place.slot(slot)[:1]):
                return _WORLD
        if place.stance is Stance.DENIED and _nowhere(place):
            return _WORLD
        for slot in slots:
            outer = slot.partition("@")[2] or slot
            none = next((p for p in place.slot(outer) if p.det == "no"), None) if slot != "nearest" else None
            if none is not None:  # "no ASEAN member", "no country"
                return [(unit.name, "state") for unit in none.mods if unit.tag == "STATE"][-1:] or _WORLD
        if place.predicate is not None and is_order(place.predicate):
            ruled = self._resolver.analysis.ruled
            called = [name for ref in self._callee if (name := authority_name(ref)) and name != ruled]
            return [(name, "state") for name in called] or _WORLD
        return []


def stands(phrase: NP | None) -> bool:
    """Whether a verb says that a measure is there already ("to enforce *sanctions on X*")."""
    place = phrase.place() if phrase is not None else None
    return place is not None and place[0].lemma in existing_verbs() and place[0].group.form != "finite"


def _nowhere(place: Place) -> bool:
    """Whether a denial is for everywhere: "in any jurisdiction", "anywhere"."""
    if place.predicate is None:
        return False
    anywhere = any("anywhere" in (p.head, p.pronoun) for p in place.slot("object2"))
    return anywhere or any(p.det == "any" for p in place.slot("in"))


def _exemplifies(phrase: NP | None) -> bool:
    """Whether a phrase stands among examples ("sanctions on X, including *a ban* on sales to X")."""
    while phrase is not None and (above := phrase.above()) is not None:
        if above[1] == "including":
            return True
        phrase = above[0]
    return False
