"""Who is meant by a noun phrase: names, short forms, pronouns and "the company"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finemesh.extraction.actors import Actors
from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.lexicon import blocs, relatives, states, words
from finemesh.extraction.syntax.chunks import NP
from finemesh.extraction.syntax.phrases import party_like


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


_ORG_NOUNS = frozenset(
    "company group firm conglomerate bank corporation enterprise manufacturer supplier provider contractor agency"
    " ministry organisation organization body party council committee commission airline insurer fund union association"
    " broker dealer giant maker developer business subsidiary entity network operator ministry institution university"
    " hotel factory casino mine project partnership venture centre center exporter importer trader militia resort"
    " platform airline port terminal distributor brewery foundation investor shareholder owner developer parent".split()
)
_WHOLES = frozenset(("network", "group", "conglomerate", "consortium", "alliance"))
_ADJECTIVE_ENDS = ("al", "ive", "ic", "ous", "ful", "ary", "ent", "ant", "ed", "ing", "ly", "able", "owned", "linked")
_COMMON_ORG = frozenset(
    ("company", "firm", "group", "business", "organisation", "organization", "entity", "conglomerate")
)
_PEOPLE_NOUNS = (
    frozenset(relatives()) | words("roles") | {"man", "woman", "person", "couple", "individual", "general", "officer"}
)
_PLAIN = frozenset(
    "two three four five six seven eight nine ten same latter former said crony private military local foreign whole"
    " entire sanctioned state-owned publicly listed linked above-mentioned singapore-registered arms".split()
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_KINDS_OF_KIN = {
    "child": frozenset(("son", "daughter", "child")),
    "parent": frozenset(("father", "mother", "parent")),
    "sibling": frozenset(("brother", "sister", "sibling", "twin")),
}
_SINGULAR = frozenset(("it", "its", "itself", "this", "that"))
_PLURAL = frozenset(("they", "their", "them", "these", "those", "both", "all", "themselves", "others"))
_MALE_FEMALE = frozenset(("he", "his", "him", "she", "her", "himself", "herself"))


class Resolver:
    """Resolves the phrases of one document, sentence after sentence.

    Call :meth:`enter` for each sentence in order; :meth:`resolve` then answers for its phrases.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.actors = Actors(analysis)
        self.topic: list[Ref] = []
        self._topic_line = -1
        self._sentence: Sentence | None = None
        self._before: list[list[tuple[NP, list[Ref], bool]]] = []
        self._cache: dict[int, tuple[NP, list[Ref]]] = {}  # the phrase is kept so that its id stays its own
        self._busy: set[int] = set()
        self._described: dict[str, list[Ref]] = {}
        self._kin: dict[str, dict[str, str]] = {}

    def enter(self, sentence: Sentence) -> None:
        """Go on to a sentence."""
        if self._sentence is not None:
            self._before.append(self._named(self._sentence))
            self._describe(self._sentence)
            del self._before[:-6]
        self._sentence = sentence
        self._cache.clear()
        topic = sentence.parse.topic
        if topic is not None:
            refs = [r for r in self.resolve(topic) if r.party]
            if refs and any(m.name is not None for m in topic.each()):
                self.topic, self._topic_line = refs, sentence.line

    def _describe(self, sentence: Sentence) -> None:
        """Keep what a sentence calls its names: after "NAME, an illegal casino", "the casino" is NAME."""
        for phrase in sentence.parse.phrases:
            if (
                phrase.name is not None
                or phrase.plural
                or phrase.det not in ("a", "an", "the")
                or phrase.head not in _ORG_NOUNS
            ):
                continue
            refs = self.resolve(phrase)
            if len(refs) == 1 and refs[0].kind in ("organization", "name", "place"):
                self._described[phrase.head] = refs

    def learn_relative(self, person: str, relative: str, relation: str) -> None:
        """Keep who is whose son or daughter, for "his two children" later on."""
        self._kin.setdefault(person, {})[relative] = relation

    def relatives_of(self, phrase: NP) -> list[Ref]:
        """ "his two children", "her brother": relatives that the document has named."""
        if phrase.head not in relatives() or not self._kin:
            return []
        wanted = _KINDS_OF_KIN.get(phrase.head, frozenset((phrase.head,)))
        names = [
            name
            for owner in self.possessor(phrase)
            for name, relation in self._kin.get(owner.name, {}).items()
            if relation in wanted
        ]
        number = next((_COUNTS[w] for w in phrase.words if w in _COUNTS), len(names))
        if len(names) != number or (len(names) > 1) != phrase.plural:
            return []
        return [Ref(name, "person") for name in names]

    def resolve(self, phrase: NP | None) -> list[Ref]:
        """What a phrase means; several for a list; empty where that cannot be told."""
        if phrase is None or id(phrase) in self._busy:
            return []
        known = self._cache.get(id(phrase))
        if known is None:
            self._busy.add(id(phrase))
            known = phrase, self._resolve(phrase)
            self._busy.discard(id(phrase))
            self._cache[id(phrase)] = known
        return known[1]

    def _resolve(self, phrase: NP) -> list[Ref]:
        if phrase.members:
            return _unique([ref for member in phrase.members for ref in self.resolve(member)])
        if phrase.pronoun:
            return self._pronoun(phrase, phrase.pronoun)
        if phrase.name is not None:
            return self._name(phrase)
        actor = self.actors.of(phrase)
        if actor:
            return [Ref(name, kind) for name, kind in actor]
        for other in phrase.same:
            if any(m.name is not None for m in other.each()) or (
                other.head and other.pronoun == "" and self.actors.of(other)
            ):
                return self.resolve(other)
        if phrase.examples:
            return _unique([ref for example in phrase.examples for ref in self.resolve(example)])
        if phrase.head in _WHOLES and phrase.mods and phrase.mods[-1].tag == "NAME" and not phrase.plural:
            return [Ref(self.text_of(phrase), "organization")]
        back = self.relatives_of(phrase) or self._definite(phrase) or self._complement(phrase) or self._small(phrase)
        if back:
            return back
        kind = "group" if party_like(phrase) or phrase.head in _ORG_NOUNS or phrase.head in _PEOPLE_NOUNS else "thing"
        return [Ref(self.text_of(phrase), kind)]

    def _complement(self, phrase: NP) -> list[Ref]:
        """ "X is a company sanctioned by ...": the company is X."""
        if phrase.det not in ("a", "an", "the", "one", "another") and not phrase.plural:
            return []
        place = phrase.place()
        if place is None or place[1] != "complement" or place[0].negated:
            return []
        subjects = place[0].slots.get("subject", [])
        refs = [ref for subject in subjects for ref in self.resolve(subject)]
        return refs if all(ref.kind not in ("thing", "group") for ref in refs) else []

    def _small(self, phrase: NP) -> list[Ref]:
        """A name that the document also writes with capitals: "the office of the quartermaster general"."""
        end = phrase.end
        for word, inner in phrase.pps:
            if word == "of":
                end = inner.end
        start = phrase.units[0].start if phrase.units else phrase.start
        party = self.analysis.registry.small(" ".join(self.analysis.text[start:end].split()))
        return [Ref(party.name, party.kind)] if party is not None else []

    def _name(self, phrase: NP) -> list[Ref]:
        unit = phrase.name
        assert unit is not None
        if unit.tag in ("STATE", "ADJ"):
            name = states().get(unit.name, unit.name)
            if unit.name in ("South Korea", "Republic of Korea"):
                name = unit.name
            return [Ref(name, "state")]
        party = self.analysis.registry.party(unit.name)
        return [Ref(party.name, party.kind) if party is not None else Ref(unit.name, unit.kind)]

    def text_of(self, phrase: NP) -> str:
        """The words of a phrase, without article, with the full name of who stands before 's."""
        text = self.analysis.text
        core = " ".join(text[phrase.units[0].start : phrase.units[-1].end].split()) if phrase.units else phrase.pronoun
        if phrase.possessor is not None:
            owners = self.resolve(phrase.possessor)
            if len(owners) == 1:
                return f"{owners[0].name}’s {core}"
        if phrase.restricted and party_like(phrase):
            return " ".join(text[phrase.units[0].start : phrase.restricted].split()) if phrase.units else core
        return core

    # -- going back -----------------------------------------------------------------------------------------

    def _pronoun(self, phrase: NP, word: str) -> list[Ref]:
        if word in (
            "we",
            "us",
            "our",
            "i",
            "my",
            "you",
            "your",
            "there",
            "who",
            "whom",
            "someone",
            "anyone",
            "everyone",
            "nobody",
        ):
            return []
        of = next((inner for slot, inner in phrase.pps if slot == "of"), None)
        if word in ("neither", "none", "both", "all", "some", "many") and of is not None and of.pronoun != "them":
            return self.resolve(of) if word in ("neither", "none", "both", "all") else []
        if word in ("this", "that", "these", "those", "such") and not phrase.same:
            return []
        return self.back(word, phrase.start, phrase)

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
            return _unique([ref for member in before for ref in self.resolve(member)])
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
        number = next((_COUNTS[w] for w in phrase.words if w in _COUNTS), 2 if phrase.det in ("both", "neither") else 0)
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
            if phrase.head in _ORG_NOUNS or phrase.head in _PEOPLE_NOUNS:
                return self._list_of(number, phrase.start, phrase)
            return []
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
        if phrase.head in self._described and phrase.head not in _COMMON_ORG:
            return self._described[phrase.head]
        if phrase.head in _ORG_NOUNS:
            wanted = [
                r
                for r in self._recent(phrase.start, phrase)
                if r.kind == "organization" and phrase.head in r.name.lower()
            ]
            if wanted and phrase.head in (
                "group",
                "bank",
                "ministry",
                "fund",
                "commission",
                "committee",
                "council",
                "party",
            ):
                return wanted[:1]
            return self._last(
                phrase.start, lambda refs: len(refs) == 1 and refs[0].kind in ("organization", "name"), phrase
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

    def _named(self, sentence: Sentence) -> list[tuple[NP, list[Ref], bool]]:
        """The phrases of a sentence that later ones can go back to."""
        kept = []
        for np in sentence.parse.phrases:
            refs = [r for r in self.resolve(np) if r.kind not in ("thing", "product", "group", "place")]
            if refs and (np.members or len(refs) == len(self.resolve(np))):
                subject = np is sentence.parse.subject or is_subject(np)
                kept.append((np, refs, subject and not _speaks(np)))
        return kept


def is_subject(phrase: NP) -> bool:
    """Whether a phrase is what a clause is about: the subject, or what stands first in a passive."""
    place = phrase.place()
    if place is None:
        return False
    predicate, slot = place
    if predicate.reduced:
        return False
    return slot == ("object" if predicate.passive else "subject")


def _is_agent(phrase: NP) -> bool:
    """Whether a phrase is the doer in a passive ("sanctioned by *the UK* for its business")."""
    place = phrase.place()
    return place is not None and place[1] == "subject" and place[0].passive


def _speaks(phrase: NP) -> bool:
    """Whether a phrase is the subject of a verb of saying."""
    place = phrase.place()
    return (
        place is not None
        and place[1] == "subject"
        and place[0].lemma in ("say", "add", "tell", "state", "continue", "comment")
    )


def _unique(refs: Sequence[Ref]) -> list[Ref]:
    return list(dict.fromkeys(refs))


def is_bloc(name: str) -> bool:
    """Whether a name is a body of several states."""
    return name in blocs()
