"""Going back in a text: whom "it", "the company" and "the two brothers" mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finemesh.extraction.actors import Actors
from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.lexicon import classes, relatives, words
from finemesh.extraction.syntax.nodes import NP


@dataclass(frozen=True, slots=True)
class Ref:
    """What a phrase means.

    Attributes:
        name: The name to write.
        kind: ``person``, ``organization``, ``state``, ``actor``, ``place``, ``product``, ``name`` (not known),
            ``group`` (people or companies named only by what they are) or ``thing``.
    """

    name: str
    kind: str

    @property
    def party(self) -> bool:
        """Whether it can act."""
        return self.kind not in ("thing", "product", "place")


ORG_NOUNS = classes("grammar")["org_nouns"]


PEOPLE_NOUNS = (
    frozenset(relatives()) | words("roles") | {"man", "woman", "person", "couple", "individual", "general", "officer"}
)


COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}


_COMMON_ORG = frozenset(
    ("company", "firm", "group", "business", "organisation", "organization", "entity", "conglomerate")
)


_PLAIN = classes("grammar")["plain"]


_ADJECTIVE_ENDS = ("al", "ive", "ic", "ous", "ful", "ary", "ent", "ant", "ed", "ing", "ly", "able", "owned", "linked")


_SINGULAR = frozenset(("it", "its", "itself", "this", "that"))


_PLURAL = classes("grammar")["plural"]


_MALE_FEMALE = frozenset(("he", "his", "him", "she", "her", "himself", "herself"))


_TREATIES = frozenset("treaty arrangement convention act agreement protocol charter covenant resolution".split())
"""What ends the names of texts, which are no parties."""
_MEN = frozenset("general admiral colonel tycoon crony businessman businesswoman politician man woman".split())
"""Nouns by which a person is meant who was named before."""
_IN_NAMES = frozenset("group bank ministry fund commission committee council party".split())
"""Nouns that stand in the names of what they mean ("the bank": the last named bank)."""


class LookingBack:
    """What a pronoun or a definite phrase goes back to; the part of a resolver that remembers.

    Args:
        analysis: The document.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.actors = Actors(analysis)
        self.topic: list[Ref] = []
        self._topic_line = -1
        self._sentence: Sentence | None = None
        self._before: list[list[tuple[NP, list[Ref], bool]]] = []
        self._busy: set[int] = set()
        self._described: dict[str, list[Ref]] = {}

    def resolve(self, phrase: NP | None) -> list[Ref]:
        """What a phrase means; the resolver knows."""
        raise NotImplementedError

    def back(self, word: str, at: int, phrase: NP | None = None) -> list[Ref]:
        """Whom a pronoun at a place means."""
        beside = self._beside(phrase, word) if phrase is not None else []
        if beside:
            return beside
        if word in _MALE_FEMALE:
            return self._last(at, lambda refs: len(refs) == 1 and refs[0].kind == "person", phrase)
        if word in _SINGULAR:
            return self._last(
                at, lambda refs: len(refs) == 1 and refs[0].kind in ("organization", "state", "actor", "name"), phrase
            )
        if word in ("both", "neither"):
            return self._list_of(2, at, phrase)
        if word == "none":
            return self._list_of(0, at, phrase)
        if word in _PLURAL:
            if word == "all" and len(self.topic) > 1 and self._in_topic():
                return self.topic
            return self._last(
                at,
                lambda refs: bool(refs) and (len(refs) > 1 or refs[0].kind in ("organization", "actor", "person")),
                phrase,
                subject_only=True,
            )
        return []

    def _beside(self, phrase: NP, word: str) -> list[Ref]:
        """ "X and its subsidiary", "X and his wife": the one that stands before in the list."""
        noun = (
            phrase.same[0]
            if phrase.same and phrase.pronoun == word and word in ("its", "his", "her", "their")
            else None
        )
        if noun is None or noun.within is None or noun is noun.within.members[0]:
            return []
        before = noun.within.members[: next(i for i, m in enumerate(noun.within.members) if m is noun)]
        if noun.head in relatives():
            kin = next((m for m in reversed(before) if m.head in relatives()), None)
            if kin is not None and (owners := self.possessor(kin)):
                return owners  # "X's son and his daughter": both are X's
        if word == "their":
            return unique([ref for member in before for ref in self.resolve(member)])
        wanted = ("person",) if word in _MALE_FEMALE else ("organization", "state", "actor", "name")
        return next(
            (refs for m in reversed(before) if len(refs := self.resolve(m)) == 1 and refs[0].kind in wanted), []
        )

    def possessor(self, phrase: NP) -> list[Ref]:
        """Who owns a phrase: a name before 's, or "its"."""
        if phrase.possessor is not None:
            return self.resolve(phrase.possessor)
        if phrase.det in ("its", "their", "his", "her"):
            return self.back(phrase.det, phrase.start, phrase)
        return []

    def _definite(self, phrase: NP) -> list[Ref]:
        """ "the company", "these brokers", "the two brothers": what was named before."""
        if phrase.det not in ("the", "these", "both", "this", "those", "such", "neither") or any(
            u.tag != "ADJ" for u in phrase.mods
        ):
            return []
        number = next((COUNTS[w] for w in phrase.words if w in COUNTS), 2 if phrase.det in ("both", "neither") else 0)
        if any(w not in _PLAIN and not w.endswith(_ADJECTIVE_ENDS) for w in phrase.words) or (
            phrase.restricted and not number
        ):
            return []
        if any(word in ("of", "for", "between") for word, _ in phrase.pps):
            kin = (
                phrase.plural
                and phrase.head in relatives()
                and self._in_topic()
                and len(self.topic) == (number or len(self.topic))
            )
            return self.topic if kin and len(self.topic) > 1 else []
        if phrase.plural or phrase.det == "neither":
            if phrase.head in ORG_NOUNS or phrase.head in PEOPLE_NOUNS:
                return self._list_of(number, phrase.start, phrase)
            return []
        return self._definite_one(phrase)

    def _definite_one(self, phrase: NP) -> list[Ref]:
        """ "the company", "the bank", "the casino": the one that was named last, or that is spoken of."""
        if phrase.head == "group":
            near = [
                r
                for d, refs, _ in self._candidates(phrase.start, phrase)
                if d < 2
                for r in refs
                if r.kind == "organization" and "group" in r.name.lower()
            ]
            if near:
                return near[:1]
        if (
            phrase.head in _COMMON_ORG
            and self._in_topic()
            and self._sentence is not None
            and self._sentence.line == self._topic_line
        ):
            mine = self._topic_ref(lambda refs: len(refs) == 1 and refs[0].kind in ("organization", "name"))
            if mine:
                return mine
        if phrase.head in _MEN:
            return self._last(phrase.start, lambda refs: len(refs) == 1 and refs[0].kind == "person", phrase)
        if phrase.head in self._described and phrase.head not in _COMMON_ORG:
            return self._described[phrase.head]
        if phrase.head in ORG_NOUNS:
            wanted = [
                r
                for r in self._recent(phrase.start, phrase)
                if r.kind == "organization" and phrase.head in r.name.lower()
            ]
            if wanted and phrase.head in _IN_NAMES:
                return wanted[:1]
            author = self.analysis.author
            return self._last(
                phrase.start,
                lambda refs: len(refs) == 1 and refs[0].kind in ("organization", "name") and refs[0].name != author,
                phrase,
            )
        return []

    def _list_of(self, number: int, at: int, phrase: NP | None) -> list[Ref]:
        """The last list of so many names (of any length, where the number is 0)."""
        if self._in_topic() and len(self.topic) > 1 and (not number or len(self.topic) == number):
            return self.topic
        for _, refs, _ in self._candidates(at, phrase):
            if (
                len(refs) > 1
                and (not number or len(refs) == number)
                and all(r.kind in ("organization", "person", "name") for r in refs)
                and not any(r.name.rpartition(" ")[2].lower() in _TREATIES for r in refs)
                and not any(r.name == self.analysis.author for r in refs)
            ):
                return refs
        return []

    def last_list(self, phrase: NP) -> list[Ref]:
        """The last list of names before a phrase, of any length."""
        return self._list_of(0, phrase.start, phrase)

    def _in_topic(self) -> bool:
        return self._sentence is not None and 0 <= self._sentence.line - self._topic_line <= 3

    def _last(self, at: int, fits: object, phrase: NP | None, subject_only: bool = False) -> list[Ref]:
        assert callable(fits)
        same_subject: list[Ref] = []
        same: list[Ref] = []
        others: list[Ref] = []
        for distance, refs, subject in self._candidates(at, phrase):
            if not fits(refs):
                continue
            if distance == 0 and subject and not same_subject:
                same_subject = refs
            elif distance == 0 and not same:
                same = refs
            elif distance > 0 and subject and not others:
                others = refs
        fallback = self._topic_ref(fits)
        if same and phrase is not None and phrase.pronoun == "it" and self._before_participle(phrase):
            return same  # "despite *it* being sanctioned"
        if same_subject and not (
            same and phrase is not None and phrase.pronoun and phrase.place() and not is_subject(phrase)
        ):
            return same_subject
        if subject_only:
            return others or fallback or same
        if same:
            return same
        return (
            others
            or fallback
            or next((refs for distance, refs, _ in self._candidates(at, phrase) if distance == 1 and fits(refs)), [])
        )

    def _before_participle(self, phrase: NP) -> bool:
        """Whether a pronoun stands right before the "being sanctioned" that it is the subject of."""
        groups = [p.group for p in self._sentence.parse.predicates] if self._sentence is not None else []
        return any(group.form == "ing" and 0 <= group.start - phrase.end <= 1 for group in groups)

    def _topic_ref(self, fits: object) -> list[Ref]:
        assert callable(fits)
        if not self._in_topic():
            return []
        if fits(self.topic):
            return self.topic
        return next(([r] for r in self.topic if fits([r])), [])

    def _recent(self, at: int, phrase: NP | None) -> list[Ref]:
        return [ref for _, refs, _ in self._candidates(at, phrase) for ref in refs]

    def _candidates(self, at: int, phrase: NP | None) -> list[tuple[int, list[Ref], bool]]:
        """(sentences back, meaning, whether it is a subject) of what stands before, nearest first."""
        found: list[tuple[int, list[Ref], bool]] = []
        if self._sentence is not None:
            for np in reversed(self._sentence.parse.phrases):
                if (
                    np is phrase
                    or np.end > at
                    or np.pronoun
                    or id(np) in self._busy
                    or (np.name is None and not np.members and not self.actors.of(np))
                ):
                    continue
                if phrase is not None and phrase.pronoun in _MALE_FEMALE and _asks(np):
                    continue
                if phrase is not None and (any(np is m for m in phrase.same) or self._same_verb(np, phrase)):
                    continue
                refs = self.resolve(np)
                if refs and not _is_agent(np):
                    found.append((0, refs, is_subject(np)))
        for distance, line in enumerate(reversed(self._before), 1):
            subjects = [(distance, refs, True) for np, refs, subject in line if subject]
            found += subjects + [(distance, refs, False) for np, refs, subject in reversed(line) if not subject]
        return found

    @staticmethod
    def _same_verb(np: NP, phrase: NP) -> bool:
        """Whether a phrase is the subject of the verb whose object a pronoun is: they are not the same."""
        if phrase.governor is None or not phrase.pronoun or is_subject(phrase):
            return False
        return any(
            np is s or np in s.each()
            for s in phrase.governor[0].slots.get("object" if phrase.governor[0].passive else "subject", [])
        )


def is_subject(phrase: NP) -> bool:
    """Whether a phrase is what a clause is about: the subject, or what stands first in a passive."""
    place = phrase.place()
    if place is None:
        return False
    predicate, slot = place
    if predicate.reduced:
        return False
    return slot == ("object" if predicate.passive else "subject")


def _asks(phrase: NP) -> bool:
    """Whether a phrase is who asks for something ("X urges Canada to freeze *her* accounts")."""
    place = phrase.place()
    return (
        place is not None and place[1] == "subject" and place[0].lemma in ("call", "urge", "ask", "demand", "request")
    )


def _is_agent(phrase: NP) -> bool:
    """Whether a phrase is the doer in a passive ("sanctioned by *the UK* for its business")."""
    place = phrase.place()
    return place is not None and place[1] == "subject" and place[0].passive


def unique(refs: Sequence[Ref]) -> list[Ref]:
    """The same references, each once."""
    return list(dict.fromkeys(refs))
