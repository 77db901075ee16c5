"""What stands nearest in a sentence, for where its parse does not tell who does what."""

from __future__ import annotations

from finemesh.extraction.frames import stance_words
from finemesh.extraction.stance import CALLING
from finemesh.extraction.syntax.nodes import NP, VG, Predicate
from finemesh.extraction.syntax.reader import Parse
from finemesh.extraction.syntax.unit import Unit
from finemesh.model.claim import Stance

_PLACES = frozenset(
    "in at from to into with across outside inside within near through throughout between against of by".split()
)
"""Prepositions after which a state is no doer."""
_ENDS = frozenset((";", ":", "“", "?", "SUB"))
"""Tags of what separates clauses."""
_OPEN_MODALS = frozenset(("would", "could", "can", "may", "might", "will"))
_OPEN = frozenset(("ADV", ",", ")", "W", "”", '"'))


def nearest_states(parse: Parse, start: int) -> list[NP]:
    """The states (or the list of them) that stand last before a place in its clause, as doers.

    Args:
        parse: The sentence.
        start: The character.
    """
    before = [chunk for chunk in parse.chunks if chunk.end <= start]
    for index in range(len(before) - 1, -1, -1):
        chunk = before[index]
        if isinstance(chunk, Unit) and (chunk.tag in _ENDS or chunk.low == "since"):
            return []
        if not isinstance(chunk, NP) or chunk.name is None or chunk.name.tag != "STATE" or chunk.possessor is not None:
            continue
        whole = chunk.within or chunk
        first = next((i for i, c in enumerate(before) if c is whole.each()[0]), index)
        lead = before[first - 1] if first else None
        if isinstance(lead, Unit) and (lead.low in _PLACES or lead.low in ("if", "whether", "unless")):
            continue
        place = whole.place()
        if place is not None and place[1] == "object" and place[0].lemma in ("follow", "join"):
            continue  # "to follow *the EU* and impose sanctions"
        return [whole]
    return []


def just_before(parse: Parse, predicate: Predicate | None) -> list[NP]:
    """The named phrase right before a passive verb, commas and brackets left out."""
    if predicate is None or not predicate.passive:
        return []
    before = [chunk for chunk in parse.chunks if chunk.end <= predicate.group.start]
    depth = 0
    for chunk in reversed(before):
        if isinstance(chunk, Unit) and chunk.tag in ("(", ")"):
            depth += 1 if chunk.tag == ")" else -1
        elif depth:
            continue
        elif isinstance(chunk, NP):
            named = chunk.name is not None and chunk.name.tag == "NAME"
            return [chunk] if named else []
        elif isinstance(chunk, VG) or chunk.tag not in _OPEN:
            return []
    return []


def stance_nearby(parse: Parse, start: int) -> Stance | None:
    """How what stands at a place is put, by the verbs and nouns before it in its clause; None where it is open."""
    found: Stance | None = Stance.ASSERTED
    for chunk in parse.chunks:
        if chunk.end > start:
            break
        if isinstance(chunk, Unit):
            found = Stance.ASSERTED if chunk.tag in _ENDS else found
            continue
        if isinstance(chunk, VG):
            if chunk.modal in CALLING or chunk.lemma in stance_words()["called_for"]["verbs"]:
                found = Stance.CALLED_FOR
            elif chunk.modal in _OPEN_MODALS:
                return None
            elif found is Stance.ASSERTED and (
                chunk.negated or chunk.lemma in stance_words()["denied"]["verbs"] or "yet" in chunk.adverbs
            ):
                found = Stance.DENIED
        elif found is Stance.ASSERTED and chunk.head in stance_words()["denied"]["nouns"]:
            found = Stance.DENIED
    return found
