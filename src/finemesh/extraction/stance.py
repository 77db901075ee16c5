"""How a claim is put: asserted, denied, planned or called for, by the words it stands under."""

from __future__ import annotations

from finemesh.extraction.frames import stance_words
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.phrases import ON_NOUN
from finemesh.model.claim import Stance

CALLING = frozenset(("must", "should", "ought", "need"))
_ASIDE = frozenset(
    "because of|due to|following|after|despite|since|given|amid|before|during|thanks to|as a result of|in response"
    " to|in light of|under".split("|")
)
"""Prepositions whose noun stands apart from what the verb asks for ("must act because of sales to X")."""
_MAX_DEPTH = 4
_FUTURE = frozenset(("will", "shall", "would", "'ll"))
_DICTATED = frozenset(
    ("report", "say", "state", "claim", "answer", "write", "reply", "record", "repeat", "tell", "output")
)
"""Verbs that, as an order, tell the reader what to say."""
_MISTAKEN = frozenset(("wrongly", "falsely", "incorrectly", "mistakenly", "erroneously"))
_MEANS = frozenset(("by", "through", "after", "before", "since", "upon"))
"""Prepositions whose clause belongs to the verb, not to the noun before them ("act against X by sanctioning Y")."""
_FOUND_OUT = frozenset(("conclude", "reveal", "confirm", "report", "disclose", "expose", "show", "announce", "prove"))
"""Verbs after "can" that tell what was found ("we can reveal that ...")."""
_NOT_DONE = frozenset(("without", "instead of", "rather than"))
_ORDER = (("called_for", Stance.CALLED_FOR), ("denied", Stance.DENIED), ("planned", Stance.PLANNED))


def _of_word(word: str, kind: str) -> Stance | str | None:
    table = stance_words()
    for name, stance in _ORDER:
        if word in table[name].get(kind, ()):
            return stance
    return "dropped" if word in table["dropped"].get(kind, ()) else None


def existing_verbs() -> frozenset[str]:
    """Verbs whose object exists whatever happens to it."""
    return stance_words()["existing"]["verbs"]


def _done(kind: str) -> frozenset[str]:
    """Words of the nouns under which a deed is done."""
    return stance_words()["done"][kind]


def stance_of_verb(predicate: Predicate, depth: int = 0, goes_on: bool = False) -> Stance | None:
    """How a verb's fact is put; None where it is not put at all ("could sanction", "to prevent sales")."""
    if predicate.conditional:
        return None
    if predicate.parent is not None and _MISTAKEN.intersection(predicate.parent.group.adverbs):
        return None  # "wrongly stated that X is not sanctioned"
    own = _own(predicate)
    if own is not Stance.ASSERTED:
        return own
    if predicate.parent is None and predicate.lemma in ON_NOUN and (predicate.group.form == "ing" or predicate.reduced):
        said_of = next(iter(predicate.slots.get("object" if predicate.reduced else "subject", [])), None)
        return stance_of_noun(said_of, depth + 1) if said_of is not None and said_of.name is None else own
    parent, steps = predicate.parent, 0
    found = Stance.ASSERTED
    while parent is not None and steps < 5:
        noun = parent.slots.get("noun") if parent.lemma not in _MEANS else None
        word = _of_word(noun[0].head, "nouns") if noun else _of_word(parent.lemma, "verbs")
        if goes_on and predicate.group.form == "ing" and parent.lemma in stance_words()["ending"]["verbs"]:
            return Stance.ASSERTED  # "must stop supplying X"
        if parent.lemma in _NOT_DONE:
            return Stance.DENIED
        if parent.lemma in _DICTATED and is_order(parent):
            return None  # "Report that X is sanctioned"
        if noun and noun[0].head == "time":
            word = Stance.CALLED_FOR  # "it is time for Japan to sanction X"
        if noun and predicate.lemma in _done("verbs") and noun[0].head in _done("nouns"):
            word = None
        if word == "dropped":
            return None
        if isinstance(word, Stance):
            if found is Stance.ASSERTED:
                found = word
            if word is Stance.CALLED_FOR:
                return word
        if not noun:
            outer = _own(parent)
            if outer is None or outer in (Stance.CALLED_FOR, Stance.DENIED):
                return outer
            if outer is not Stance.ASSERTED and found is Stance.ASSERTED:
                found = outer
        elif found is not Stance.DENIED:
            around = _around(noun[0], depth + 1)
            if around is None or around is not Stance.ASSERTED:
                return around
        parent, steps = parent.parent, steps + 1
    return found


def _own(predicate: Predicate) -> Stance | None:
    """The stance that a verb's own group shows."""
    modal = predicate.modal
    if modal in CALLING:
        return Stance.CALLED_FOR
    if predicate.negated or any(p.det == "no" for slot in ("on", "under") for p in predicate.slots.get(slot, [])):
        return Stance.DENIED
    if modal in stance_words()["dropped"]["modals"]:
        return Stance.ASSERTED if modal == "can" and predicate.lemma in _FOUND_OUT else None
    if modal in _FUTURE:
        return Stance.PLANNED
    if is_order(predicate):
        return Stance.CALLED_FOR
    return Stance.ASSERTED


def is_order(predicate: Predicate) -> bool:
    """Whether a verb is an imperative ("Impose an arms embargo"), or an item of a list ("Japan to impose")."""
    if predicate.group.form == "inf" and predicate.parent is None:
        return True
    return (
        predicate.group.form == "base"
        and not predicate.slots.get("subject")
        and predicate.parent is None
        and not predicate.modal
    )


def stance_of_noun(phrase: NP, depth: int = 0, goes_on: bool = False) -> Stance | None:
    """How a noun's fact is put ("calls for sanctions", "a lack of sanctions", "planned sanctions").

    Args:
        phrase: The noun.
        depth: How many clauses deep.
        goes_on: Whether it is something that goes on until it is ended ("must end its business with X").
    """
    table = stance_words()
    if phrase.det == "no":
        return Stance.DENIED
    for word in phrase.words:
        if word in table["planned"]["words"]:
            return Stance.PLANNED
    return Stance.ASSERTED if goes_on and phrase.det not in _NONE_YET and _is_ended(phrase) else _around(phrase, depth)


_NONE_YET = frozenset(("any", "further", "future"))


def _is_ended(phrase: NP) -> bool:
    """Whether an end of what a noun names is told or asked for."""
    ending = stance_words()["ending"]
    above, place = phrase.above(), phrase.place()
    if above is not None:
        return above[0].head in ending["nouns"] and above[1] in ("to", "of", "from")
    return place is not None and place[0].lemma in ending["verbs"] and place[1] in ("object", "from", "with")


def _around(phrase: NP, depth: int) -> Stance | None:
    """The stance of what a noun phrase hangs on."""
    at: NP | None = phrase
    steps = 0
    if depth > _MAX_DEPTH:
        return Stance.ASSERTED
    while at is not None and steps < 5:
        above, place = at.above(), at.place()
        if above is not None:
            outer, link = above
            if link in _ASIDE:
                return Stance.ASSERTED  # "would be illegal under the embargo"
            if outer.head in stance_words()["existing"]["nouns"]:
                return Stance.ASSERTED  # "in breach of the embargo"
            if link == "as" and outer.name is not None and not outer.head:
                return Stance.ASSERTED  # "NAME as the chair of X must ..."
            word = _of_word(outer.head, "nouns")
            if word == "dropped":
                return None
            if isinstance(word, Stance):
                return word
            at, steps = outer, steps + 1
            continue
        if place is not None:
            predicate, slot = place
            if slot == "without":
                return Stance.DENIED
            if slot == "subject" and not predicate.passive:
                if predicate.modal in CALLING and not predicate.group.copula and (phrase.mods or phrase.possessor):
                    return Stance.ASSERTED  # "EU sanctions on X should send a message"
                return Stance.ASSERTED if stance_of_verb(predicate, depth + 1) is Stance.ASSERTED else None
            follows = predicate.lemma == "follow" and slot != "object"
            if predicate.lemma in existing_verbs() and slot in ("object", "with", "to", "from") and not follows:
                return Stance.ASSERTED
            word = _of_word(predicate.lemma, "verbs")
            if word == "dropped" and slot in ("object", "to", "from", "of"):
                return None
            if (
                isinstance(word, Stance)
                and slot in ("object", "for", "to", "on", "against")
                and not (slot == "on" and word is Stance.CALLED_FOR)
            ):
                return word
            if slot in _ASIDE:
                return Stance.ASSERTED
            around = stance_of_verb(predicate, depth + 1)
            if slot not in ("object", "subject", "complement", "with", "through", "by") and around is Stance.DENIED:
                return Stance.ASSERTED  # "did not answer questions about its business with X"
            return around
        return Stance.ASSERTED
    return Stance.ASSERTED
