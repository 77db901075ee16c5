"""Clauses and their predicates: who does what to whom, as far as word order tells.

A deterministic descent over the chunks of one sentence. It never looks back further than it must and never
guesses twice, so its work grows with the sentence's length.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.syntax.chunks import NP, VG, Chunk, Predicate, chunk
from finemesh.extraction.syntax.phrases import (
    ACTOR_NOUNS,
    COMPANY,
    EXAMPLES,
    OF_MEASURE,
    ON_NOUN,
    SAYS_THAT,
    TAKES_INFINITIVE,
    describes_list,
    finite_at,
    is_apposition,
    is_person,
    may_join,
    party_like,
    subject_ahead,
    verb_ahead,
)
from finemesh.extraction.syntax.units import Unit

_MAX_DEPTH = 24
_OBJECT_CONTROL = frozenset(
    "call urge ask tell order allow force invite permit help enable encourage request require instruct authorise"
    " authorize press pressure push lobby warn remind recommend demand compel persuade advise expect want need lead"
    " cause appoint hire pay".split()
)
_ALSO_SUBORDINATE = frozenset(("as", "since", "after", "before", "until", "till", "than"))
_STANDS_FOR_VERB = frozenset(("have", "do", "follow"))
"""Verbs that stand for the one before: "has not", "did not", "has not followed suit"."""
_HANGS_BACK = frozenset(("according to", "following"))
"""Prepositions that belong to the verb before their comma ("sanctioned X, following sanctions by Y")."""
_TWO_OBJECTS = frozenset(
    "give provide sell send supply grant award pay hand lend offer pass show tell deny allow issue bring cost earn owe"
    " ship".split()
)


@dataclass(slots=True, eq=False)
class Parse:
    """What is known about one sentence.

    Attributes:
        predicates: Its verbs, in order.
        phrases: Every noun phrase, in order.
        topic: What stands before a colon as the heading of the rest, or None.
        subject: The first subject, also of a sentence without a verb.
        chunks: The chunks.
    """

    predicates: list[Predicate] = field(default_factory=list)
    phrases: list[NP] = field(default_factory=list)
    topic: NP | None = None
    subject: NP | None = None
    chunks: list[Chunk] = field(default_factory=list)


def parse(units: list[Unit]) -> Parse:
    """The parse of a sentence's units."""
    parser = _Parser(chunk(units))
    parser.run()
    return parser.out


class _Parser:
    def __init__(self, chunks: list[Chunk]) -> None:
        self.chunks = chunks
        self.tags = ["NP" if isinstance(c, NP) else "VG" if isinstance(c, VG) else c.tag for c in chunks]
        self.out = Parse(chunks=chunks)
        self.depth = 0
        self.subject: NP | None = None
        self.open: list[NP] = []
        self.describing = False
        self.aside = 0
        self.in_subject = 0
        self.conditional = False
        self.verb_end = 0
        self.days: list[DateSpan] = []
        self.verbs: list[Predicate] = []
        self.waiting: list[Predicate] = []
        self.last_verb: Predicate | None = None

    # -- reading ---------------------------------------------------------------------------------------------

    def at(self, i: int) -> Chunk | None:
        return self.chunks[i] if 0 <= i < len(self.chunks) else None

    def tag(self, i: int) -> str:
        """The tag of a plain unit, "NP" or "VG", "" past the end."""
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def low(self, i: int) -> str:
        c = self.at(i)
        return c.low if isinstance(c, Unit) else ""

    def vg(self, i: int) -> VG | None:
        c = self.at(i)
        return c if isinstance(c, VG) else None

    def is_preposition(self, i: int) -> bool:
        return self.tag(i) in ("P", "TO")

    # -- clauses ---------------------------------------------------------------------------------------------

    def run(self) -> None:
        i = 0
        while i < len(self.chunks):
            j = self.clause(i)
            i = j if j > i else i + 1
        self._ellipsis()

    def _ellipsis(self) -> None:
        """ "The UK has sanctioned X, but the EU has not": the verb is said once and denied of another."""
        said: Predicate | None = None
        for predicate in list(self.out.predicates):
            bare = set(predicate.slots) <= {"subject", "since", "to", "as"} or predicate.lemma == "follow"
            if predicate.lemma not in _STANDS_FOR_VERB or not predicate.negated or predicate.group.copula or not bare:
                if not predicate.reduced and predicate.lemma not in ("be", "have", "do"):
                    said = predicate
                continue
            if said is None or not predicate.slots.get("subject") or said.negated:
                continue
            twin = Predicate(said.lemma, predicate.group, negated=True, passive=said.passive)
            twin.slots = {slot: list(phrases) for slot, phrases in said.slots.items() if slot != "subject"}
            twin.fill("subject", predicate.slots["subject"][0])
            self.out.predicates.append(twin)

    def clause(self, i: int, parent: Predicate | None = None) -> int:
        """Read a clause and those that follow it, to the end of the sentence."""
        subject: NP | None = None
        opening: list[tuple[str, NP]] = []
        waiting = self.waiting
        verb: Predicate | None = None
        while i < len(self.chunks):
            tag = self.tag(i)
            if tag == "NP":
                if verb is not None and self.tag(i - 1) == ",":
                    self.conditional = False
                i, subject = self.group(i, subject=True)
                self._settle(waiting, subject)
                self.subject = subject
                self.out.subject = self.out.subject or subject
            elif tag == "VG":
                i, verb, subject = self._verb_phrase(i, subject, opening, waiting, parent, verb)
            elif tag in ("P", "TO"):
                i, pair = self.preposition(i)
                if pair is not None and verb is not None and pair[0] in _HANGS_BACK:
                    verb.fill(*pair)
                elif pair is not None:
                    opening.append(pair)
            elif tag == "DATE":
                if verb is None:
                    self._opening_date(i)
                else:
                    self._date(i, verb)
                i += 1
            elif tag == ":":
                i, subject, verb = self._after_colon(i, subject, verb)
            elif tag in (";", "SUB", "“", ".", "?", "!") or (tag == "W" and verb is not None):
                self.conditional = self.low(i) in ("if", "unless", "whether")
                subject, parent = None, (parent if tag == "W" else None)
                if tag != "“":
                    opening = []
                i += 1
            elif tag == "(":
                i = self.bracket(i, subject)
            elif tag == "CC" and self.low(i) in COMPANY and subject is not None and self.tag(i + 1) == "NP":
                i, phrase = self.group(i + 1, subject=True)
                subject = NP(subject.start, phrase.end, members=[subject, phrase])
                self.out.phrases.append(subject)
            else:
                i += 1
        return i

    def _verb_phrase(
        self,
        i: int,
        subject: NP | None,
        opening: list[tuple[str, NP]],
        waiting: list[Predicate],
        parent: Predicate | None,
        verb: Predicate | None,
    ) -> tuple[int, Predicate | None, NP | None]:
        group = self.vg(i)
        assert group is not None
        loose = subject is None and group.form in ("ing", "past", "part") and not group.passive
        count = len(self.out.predicates)
        i = self.vp(i, subject, parent=parent, reduced=loose and group.form != "ing")
        made = self.out.predicates[count] if len(self.out.predicates) > count else None
        if made is not None:
            made.content = parent is not None
            for slot, phrase in opening:
                made.fill(slot, phrase)
            opening.clear()
            made.dates += self.days
            self.days = []
            if loose:
                waiting.append(made)
            else:
                verb = made
        return i, verb, subject

    @staticmethod
    def _settle(waiting: list[Predicate], subject: NP) -> None:
        """Give participles at the head of a sentence ("Led by X, the group ...") their noun."""
        for predicate in waiting:
            slot = "object" if predicate.reduced else "subject"
            if slot not in predicate.slots:
                predicate.fill(slot, subject)
            for child in predicate.children:  # "By failing to sanction X, Japan ..."
                if "subject" not in child.slots and not child.passive:
                    child.fill("subject", subject)
        waiting.clear()

    def _date(self, i: int, verb: Predicate | None) -> None:
        c = self.at(i)
        if isinstance(c, Unit) and c.date is not None and verb is not None:
            verb.dates.append(c.date)

    def _opening_date(self, i: int) -> None:
        """A date before the verb ("On 8 May, Canada ..."); kept for the verb."""
        c = self.at(i)
        if isinstance(c, Unit) and c.date is not None:
            self.days.append(c.date)

    def _after_colon(
        self, i: int, subject: NP | None, verb: Predicate | None
    ) -> tuple[int, NP | None, Predicate | None]:
        """A heading before a colon, or a list after one."""
        if verb is None and subject is not None and self.out.topic is None and not self.out.predicates:
            self.out.topic = subject
            if self.tag(i + 1) == "NP":
                self.describing = True
                j, phrase = self.group(i + 1, subject=True)
                self.describing = False
                if not (self.tag(j) == "VG" and finite_at(self.chunks, j)):
                    phrase.same.append(subject)
                    for member in subject.each():
                        member.same.append(phrase)
                    return j, subject, None
                self.subject = phrase
                return j, phrase, None
            return i + 1, subject, None
        last = self.out.phrases[-1] if self.out.phrases else None
        if self.tag(i + 1) == "NP" and last is not None:
            j, phrase = self.group(i + 1, subject=True)
            if not (self.tag(j) == "VG" and finite_at(self.chunks, j)):
                target = next(
                    (p for p in reversed(self.out.phrases[:-1]) if p.plural and not p.name and p.start < phrase.start),
                    None,
                )
                (target or last).examples.append(phrase)
                return j, None, verb
            return j, phrase, None
        return i + 1, None, None

    # -- noun phrases ----------------------------------------------------------------------------------------

    def group(self, i: int, subject: bool = False, steal: bool = True) -> tuple[int, NP]:
        """A noun phrase, or a list of them, with what hangs on it."""
        self.in_subject += subject
        i, whole = self._group(i, subject, steal)
        self.in_subject -= subject
        return i, whole

    def _group(self, i: int, subject: bool, steal: bool) -> tuple[int, NP]:
        i, first = self.phrase(i, subject)
        members = [first]
        alternatives = False
        while True:
            j = i
            comma = self.tag(j) == ","
            j += comma
            joined = self.tag(j) == "CC"
            if joined:
                alternatives = alternatives or self.low(j) in ("or", "and/or", "nor")
            j += joined
            while (comma or joined) and self.tag(j) == "ADV":
                j += 1 + (self.tag(j + 1) == ",")
            phrase = self.at(j)
            if not (comma or joined) or not isinstance(phrase, NP):
                break
            if not may_join(
                self.chunks, members, phrase, j, comma and not joined, self.open[-1] if self.open else None
            ):
                break
            if not subject and steal and not self.in_subject and subject_ahead(self.chunks, j):
                break
            if self.aside and comma and joined and len(members) == 1:
                break  # ", and" ends what was put between commas
            if comma and joined and self.low(j - 1) in COMPANY and self.open:
                break  # ", as well as" goes on with the outer list
            i, member = self.phrase(j, subject, listed=True)
            if self.tag(i) == "," and self.tag(i + 1) == "W" and self._one(i + 2):
                i = self.relative(member, i)
            members.append(member)
        if len(members) == 1:
            return i, first
        whole = NP(first.start, members[-1].end, members=members, alternatives=alternatives)
        for member in members:
            member.within = whole
        self._describe_list(members)
        self._share_participle(whole)
        self.out.phrases.append(whole)
        described = self.at(i + 1)
        if self.tag(i) == "," and isinstance(described, NP) and describes_list(self.chunks, whole, described, i + 1):
            i, described = self.phrase(i + 1, subject)
            whole.same.append(described)
            described.same.append(whole)
        if self.tag(i) == "," and self.tag(i + 1) == "W":
            i = self.relative(whole, i)
        return i, whole

    def _one(self, i: int) -> bool:
        """Whether the verb at a place is in the singular, so that its clause belongs to the last of a list."""
        while self.tag(i) == "ADV":
            i += 1
        group = self.vg(i)
        return group is not None and group.form == "finite" and group.was.endswith("s")

    def _share_participle(self, whole: NP) -> None:
        """ "sanctions and restrictions imposed on": the participle belongs to the whole list of things."""
        last = whole.members[-1]
        if any(member.name is not None for member in whole.members):
            return
        for predicate in reversed(self.out.predicates[-4:]):
            if predicate.reduced and predicate.slots.get("object", [None])[0] is last:
                predicate.slots["object"] = [whole]

    @staticmethod
    def _describe_list(members: list[NP]) -> None:
        """ "junta leader and war criminal NAME": two descriptions of one name; "manager and owner of X": both of X."""
        for one, two in itertools.pairwise(members):
            if is_person(one) and is_person(two) and not one.pps and two.pps and one.name is None and two.name is None:
                one.pps = two.pps
            if (
                one.name is None
                and two.name is not None
                and two.head
                and (not one.det or (is_person(one) and not two.det))
                and not one.plural
                and one.head
                and not one.pronoun
            ):
                one.same.append(two)
                two.same.append(one)

    def phrase(self, i: int, subject: bool, listed: bool = False) -> tuple[int, NP]:
        """One noun phrase with its brackets, appositions, prepositions, participles and relative clauses."""
        phrase = self.at(i)
        assert isinstance(phrase, NP)
        phrase.only = self.low(i - 1) == "only"
        owner = phrase.possessor
        while owner is not None:
            self.out.phrases.append(owner)
            owner = owner.possessor
        self.out.phrases.append(phrase)
        self._hyphens(phrase)
        i += 1
        if self.depth > _MAX_DEPTH:
            return i, phrase
        self.depth += 1
        self.open.append(phrase)
        while True:
            j = self._modifier(i, phrase, subject, listed)
            if j == i:
                break
            i = j
        self.open.pop()
        self.depth -= 1
        return i, phrase

    def _hyphens(self, phrase: NP) -> None:
        """ "the UK-sanctioned broker NAME": a predicate of its own."""
        for agent, participle in phrase.hyphens:
            if agent.tag == "ADJ" and participle.lemma == "own":
                continue  # "a Chinese-owned company" does not name its owner
            group = VG(participle.lemma, "part", agent.start, participle.end)
            predicate = Predicate(participle.lemma, group, reduced=True, passive=True)
            predicate.fill("object", phrase)
            noun = NP(agent.start, agent.end, [agent])
            if agent.tag == "N":
                noun.head = agent.lemma
            else:
                noun.name = agent
            predicate.fill("subject", noun)
            self.out.predicates.append(predicate)

    def _modifier(self, i: int, phrase: NP, subject: bool, listed: bool) -> int:
        """Read one thing that hangs on a noun phrase; returns ``i`` where nothing does."""
        tag = self.tag(i)
        if tag == "(":
            return self.bracket(i, phrase)
        if tag in ("P", "TO"):
            return self._prepositional(i, phrase, subject)
        if tag == "CC" and phrase.pps and self.tag(i + 1) in ("P", "TO") and self.low(i + 1) == phrase.pps[-1][0]:
            return self._prepositional(i + 1, phrase, subject)  # "with X and with Y"
        if tag == "DATE":
            unit = self.at(i)
            if isinstance(unit, Unit) and unit.date is not None:
                phrase.dates.append(unit.date)
            return i + 1
        if tag == "VG":
            return self._verb_on_noun(i, phrase, subject)
        if tag == "ADV":
            group = self.vg(i + 1)
            reduces = group is not None and group.form in ("past", "part", "ing") and not finite_at(self.chunks, i + 1)
            return self._verb_on_noun(i + 1, phrase, subject) if reduces else i
        if tag == "W" or (tag == "," and self.tag(i + 1) == "W" and not listed):
            return i if self._declines(phrase, i) else self.relative(phrase, i)
        if tag in (",", "–"):
            return self._after_comma(i, phrase, subject)
        return i

    def _declines(self, phrase: NP, i: int) -> bool:
        """Whether a relative clause belongs not to the nearest phrase but to one that it hangs on.

        "A supplier of parts to the army that was sanctioned": "that" does not follow a name; "who" is a person.
        """
        comma = self.tag(i) == ","
        word = self.low(i + comma)
        outer = self.open[:-1]
        if not outer:
            return False
        if self.describing and comma:
            return True
        if comma and phrase.name is not None and phrase.name.tag == "STATE" and outer[-1].name is not None:
            return True
        if word in ("who", "whom"):
            names = [p.name for p in (phrase, *phrase.same) if p.name is not None]
            if any(name.kind == "organization" for name in names):
                return any(is_person(o) for o in outer)
        if word == "that" or not comma:
            definite = (
                phrase.name is not None or phrase.det in ("its", "their", "his", "her") or phrase.head in ACTOR_NOUNS
            )
            passed = bool(phrase.pps) and not phrase.det
            return (definite or passed) and any(o.det in ("a", "an") for o in outer)
        return False

    def _prepositional(self, i: int, phrase: NP, subject: bool) -> int:
        if self.low(i) in EXAMPLES:
            if self.tag(i + 1) == "NP":
                j, examples = self.group(i + 1)
                phrase.examples.append(examples)
                return j
            return i
        if self.low(i) == "to" and self.tag(i + 1) != "NP":
            return i
        j, pair = self.preposition(i, owner=phrase, steal=not subject)
        if pair is not None:
            phrase.pps.append(pair)
            pair[1].owner = (phrase, pair[0])
        return j

    def _verb_on_noun(self, i: int, phrase: NP, subject: bool) -> int:
        """A verb right after a noun: "sanctions imposed on", "plans to sell", "companies supplying"."""
        group = self.vg(i)
        if group is None:
            return i
        if group.form == "inf":
            if phrase.head not in TAKES_INFINITIVE or (phrase.plural and phrase.head == "authority"):
                return i
            by = next((inner for word, inner in phrase.pps if word in ("by", "of")), None)
            marker = Predicate(phrase.head, group)
            marker.slots["noun"] = [phrase]
            return self.vp(i, phrase.possessor or by or self.subject, parent=marker)
        if group.form == "ing":
            j = self.vp(i, phrase, relative=True)
            phrase.restricted = self._end(j)
            return j
        if group.form in ("past", "part") and not group.passive:
            if group.form == "past" and finite_at(self.chunks, i, surely=True):
                return i
            if subject and self.low(i + 1) != "by" and not verb_ahead(self.chunks, i) and finite_at(self.chunks, i):
                return i
            j = self.vp(i, phrase, reduced=True)
            phrase.restricted = self._end(j)
            return j
        return i

    def _after_comma(self, i: int, phrase: NP, subject: bool) -> int:
        """An apposition or a participle between commas or dashes."""
        j = i + 1
        while self.tag(j) == "ADV":
            j += 1
        nxt = self.at(j)
        if isinstance(nxt, VG):
            reduced = (
                nxt.form in ("past", "part")
                and not nxt.passive
                and (self.tag(j + 1) in ("P", "ADV", "DATE", "TO") or nxt.form == "part")
            )
            if nxt.lemma in OF_MEASURE and party_like(phrase) and any(not party_like(o) for o in self.open[:-1]):
                return i  # "sanctions on X, coordinated between Y and Z"
            if reduced and not (subject and self.tag(j + 1) != "P") and self.tag(i) == ",":
                k = self.vp(j, phrase, reduced=True)
                return k + (self.tag(k) == "," and self.vg(k + 1) is not None)
            return i
        if self.tag(i) == "," and self.low(j) == "including" and (group := self.vg(j + 1)) and group.form == "ing":
            return self._gerund(j + 1, "by", group, None)  # "..., including operating X"
        if self.tag(i) == "," and self.low(j) in EXAMPLES and self.tag(j + 1) == "NP":
            k, examples = self.group(j + 1)
            phrase.examples.append(examples)
            return k + (self.tag(k) == ",")
        if not subject and self.tag(i) == "," and subject_ahead(self.chunks, j):
            return i
        if isinstance(nxt, NP) and is_apposition(self.chunks, phrase, nxt, i, j):
            k, other = self.phrase(j, subject)
            if (self.tag(i) == "–" or phrase.plural) and self.tag(k) in (",", "CC"):
                k, other = self._rest_of_list(k, other)
            phrase.same.append(other)
            other.same.append(phrase)
            k = self._further_description(k, phrase, other, subject)
            return k + (self.tag(k) == self.tag(i))
        return i

    def _further_description(self, i: int, phrase: NP, first: NP, subject: bool) -> int:
        """ "NAME, the son of X and brother of Y": a second description of the same."""
        while self.tag(i) == "CC":
            other = self.at(i + 1)
            if not isinstance(other, NP) or other.name is not None or not (is_person(other) and is_person(first)):
                break
            if other.det not in ("", "a", "an") or other.possessor is not None or other.plural:
                break
            i, other = self.phrase(i + 1, subject)
            phrase.same.append(other)
            other.same.append(phrase)
        return i

    def _rest_of_list(self, i: int, first: NP) -> tuple[int, NP]:
        members = [first]
        while self.tag(i) in (",", "CC"):
            j = i + 1 + (self.tag(i) == "," and self.tag(i + 1) == "CC")
            nxt = self.at(j)
            if not isinstance(nxt, NP) or (first.name is not None and (nxt.name is None or nxt.head or nxt.possessor)):
                break
            i, member = self.phrase(j, False, listed=True)
            members.append(member)
        return i, members[0] if len(members) == 1 else NP(first.start, members[-1].end, members=members)

    def bracket(self, i: int, phrase: NP | None) -> int:
        """Skip a bracket; a name in it is another name of what stands before."""
        depth, j = 0, i
        while j < len(self.chunks) and j < i + 60:
            depth += {"(": 1, ")": -1}.get(self.tag(j), 0)
            j += 1
            if depth == 0:
                break
        first = self.at(i + 1)
        if phrase is not None and phrase.name is not None and isinstance(first, NP) and j - i > 3 and is_person(first):
            return self._described_in_bracket(i, j, phrase)
        inside = [c for c in self.chunks[i + 1 : j - 1] if isinstance(c, NP)]
        for c in inside:
            self.out.phrases.append(c)
        if phrase is not None and len(inside) == 1 and j - i == 3:
            phrase.same.append(inside[0])
        return j

    def _described_in_bracket(self, i: int, end: int, phrase: NP) -> int:
        """ "NAME (the owner of X)": what a bracket says of a name."""
        j, other = self.phrase(i + 1, subject=False)
        if other.head and other.name is None and not phrase.members:
            phrase.same.append(other)
            other.same.append(phrase)
        return max(j, end)

    def relative(self, phrase: NP, i: int) -> int:
        """A relative clause on a phrase."""
        aside = self.tag(i) == ","
        self.aside += aside
        i = self._relative(phrase, i + aside)
        self.aside -= aside
        if not aside:
            phrase.restricted = self._end(i)
        return i + (aside and self.tag(i) == "," and self.tag(i + 1) == "CC" and self.tag(i + 2) == "NP")

    def _end(self, i: int) -> int:
        """The character where the chunk before ``i`` ends."""
        return self.chunks[i - 1].end

    def _relative(self, phrase: NP, i: int) -> int:
        word = self.low(i)
        i += 1
        while self.tag(i) in ("ADV", "DATE"):
            i += 1
        if word == "whose" and self.tag(i) == "NP":
            inner = self.at(i)
            assert isinstance(inner, NP)
            if inner.possessor is None:
                inner.possessor = phrase
            i, inner = self.group(i, subject=True)
            return self._coordinated(i, inner, relative=False) if self.tag(i) == "VG" else i
        if self.tag(i) == "VG":
            return self._coordinated(i, phrase)
        if self.tag(i) == "NP" and subject_ahead(self.chunks, i):
            i, subject = self.group(i, subject=True)
            return self.vp(i, subject, gap=phrase) if self.tag(i) == "VG" else i
        return i

    def _coordinated(self, i: int, subject: NP, relative: bool = True) -> int:
        """Verb phrases of one subject, joined by "and"."""
        i = self.vp(i, subject, relative=relative)
        while True:
            j = i + (self.tag(i) == ",")
            if self.tag(j) != "CC":
                return i
            j += 1
            while self.tag(j) == "ADV":
                j += 1
            group = self.vg(j)
            if group is None or not (group.form == "finite" or finite_at(self.chunks, j)):
                return i
            if not verb_ahead(self.chunks, j) and subject is self.subject:
                return i
            i = self.vp(j, subject, relative=relative)

    # -- verbs -----------------------------------------------------------------------------------------------

    def preposition(self, i: int, owner: NP | None = None, steal: bool = True) -> tuple[int, tuple[str, NP] | None]:
        """A preposition with its noun phrase, or with a clause in -ing; (end, (preposition, phrase) or None).

        With ``steal``, the last of a list goes to the verb after it ("by the UK and its director has been").
        """
        word = self.low(i)
        j = i + 1
        while self.tag(j) in ("ADV", "P") and self.tag(j + 1) in ("NP", "VG", "DATE"):
            word = self.low(j) if self.tag(j) == "P" else word
            j += 1
        if self.tag(j) == "NP":
            if word in _ALSO_SUBORDINATE and subject_ahead(self.chunks, j):
                return j, None
            j, phrase = self.group(j, steal=steal and word != "between")
            return j, (word, phrase)
        group = self.vg(j)
        if group is not None and group.form == "ing" and self.depth <= _MAX_DEPTH:
            self.depth += 1
            j = self._gerund(j, word, group, owner)
            self.depth -= 1
        return j, None

    def _gerund(self, i: int, word: str, group: VG, owner: NP | None) -> int:
        """A clause in -ing after a preposition: "for supplying arms", "by imposing sanctions"."""
        verb = self.verbs[-1] if self.verbs else None
        subject = None
        if owner is not None:
            subject = owner.possessor or next((inner for of, inner in owner.pps if of == "of"), None)
        if subject is None and verb is not None:
            subject = next(iter(verb.slots.get("object" if verb.passive else "subject", [])), None)
        marker = Predicate(word, group)
        if owner is not None:
            marker.slots["noun"] = [owner]
        marker.parent = verb if word in ("by", "in", "through", "from", "to", "of") else None
        count = len(self.out.predicates)
        j = self.vp(i, subject, parent=marker)
        if subject is None and len(self.out.predicates) > count:
            self.waiting.append(self.out.predicates[count])
        return j

    def vp(
        self,
        i: int,
        subject: NP | None,
        parent: Predicate | None = None,
        reduced: bool = False,
        gap: NP | None = None,
        like: Predicate | None = None,
        relative: bool = False,
    ) -> int:
        """A verb with its objects and prepositions; adds predicates; returns where it ends."""
        group = self.vg(i)
        assert group is not None
        if like is not None and like.group.form == "inf" and group.form == "base":
            group.form = "inf"  # "to investigate and freeze"
        predicate = Predicate(
            group.lemma, group, parent=parent, modal=group.modal or (like.modal if like else ""), reduced=reduced
        )
        predicate.negated = group.negated or (subject is not None and _nobody(subject) and not reduced)
        predicate.conditional = self.conditional
        self.out.predicates.append(predicate)
        self.last_verb = predicate
        by = group.form == "past" and self.low(i + 1) == "by"
        passive = (
            group.passive
            or reduced
            or by
            or (like is not None and like.passive and group.form == "past" and self.tag(i + 1) != "NP")
        )
        predicate.passive = bool(passive)
        if parent is not None:
            parent.children.append(predicate)
        slot = "object" if passive else "subject"
        if relative or reduced:
            predicate.hang(slot, subject)
        else:
            predicate.fill(slot, subject)
        predicate.hang("object", gap)
        i += 1
        self.verb_end = i
        self.verbs.append(predicate)
        outside, self.in_subject = self.in_subject, 0
        i = self._objects(i, predicate, predicate.passive)
        if self.depth <= _MAX_DEPTH:
            self.depth += 1
            i = self._complements(i, predicate, subject, predicate.passive)
            self.depth -= 1
        self.in_subject = outside
        self.verbs.pop()
        self._split_objects(predicate)
        self._flatten(predicate)
        return i

    def _split_objects(self, predicate: Predicate) -> None:
        """ "impose an embargo on X and sanctions on Y": each object keeps its own prepositions."""
        objects = predicate.slots.get("object", [])
        if predicate.passive or not objects or sum(bool(m.pps) for m in objects[0].members) < 2:
            return
        first, *others = objects[0].members
        for member in others:
            twin = Predicate(
                predicate.lemma,
                predicate.group,
                parent=predicate.parent,
                modal=predicate.modal,
                negated=predicate.negated,
            )
            twin.slots = {slot: list(phrases) for slot, phrases in predicate.slots.items() if slot == "subject"}
            twin.fill("object", member)
            self._flatten(twin)
            self.out.predicates.append(twin)
        predicate.slots = {slot: phrases for slot, phrases in predicate.slots.items() if slot == "subject"}
        predicate.fill("object", first)

    def _objects(self, i: int, predicate: Predicate, passive: bool) -> int:
        while self.tag(i) == "ADV" or (self.tag(i) == "DATE" and self.tag(i + 1) not in ("NP",)):
            self._date(i, predicate)
            i += 1
        if self.tag(i) != "NP":
            return i
        if subject_ahead(self.chunks, i) and predicate.lemma in SAYS_THAT:
            return i
        i, phrase = self.group(i)
        if (
            self.tag(i) == "NP"
            and predicate.lemma in _TWO_OBJECTS
            and not passive
            and not phrase.pps
            and not subject_ahead(self.chunks, i)
        ):
            predicate.fill("indirect", phrase)
            i, phrase = self.group(i)
        predicate.fill("complement" if predicate.group.copula else "object2" if passive else "object", phrase)
        return i

    def _complements(self, i: int, predicate: Predicate, subject: NP | None, passive: bool) -> int:
        while i < len(self.chunks):
            tag = self.tag(i)
            if tag in ("P", "TO"):
                if (
                    self.low(i) == "about"
                    and predicate.group.copula
                    and (inner := self.vg(i + 1))
                    and inner.form == "inf"
                ):
                    predicate.lemma = "about"
                    i += 1
                    continue
                if self.low(i) in EXAMPLES and self.tag(i + 1) == "NP":
                    i, examples = self.group(i + 1)
                    for phrase in (predicate.slots.get("object") or predicate.slots.get("complement") or [])[:1]:
                        phrase.examples.append(examples)
                    continue
                j, pair = self.preposition(i)
                if pair is not None:
                    slot, phrase = pair
                    if passive and slot == "by":
                        slot = "subject"
                    predicate.fill(slot, phrase)
                i = j
            elif tag == "DATE":
                self._date(i, predicate)
                i += 1
            elif tag == "ADV":
                i += 1
            elif tag == "VG":
                j = self._complement_verb(i, predicate, subject)
                if j == i:
                    return i
                i = j
            elif tag == "W" and self.low(i) == "that" and predicate.lemma in SAYS_THAT:
                return self.clause(i + 1, parent=predicate)
            elif tag == "NP" and predicate.lemma in SAYS_THAT and subject_ahead(self.chunks, i):
                return self.clause(i, parent=predicate)
            elif tag in (",", "CC"):
                j = self._joined_verb(i, predicate, subject)
                if j == i:
                    j = self._further_object(i, predicate, passive)
                if j == i:
                    return i
                i = j
            elif tag == "(":
                i = self.bracket(i, None)
            elif self.low(i) == "but" and self.tag(i + 1) == "NEG":
                j = self._but_not(i + 2, predicate)
                if j == i + 2:
                    return i
                i = j
            else:
                return i
        return i

    def _but_not(self, i: int, predicate: Predicate) -> int:
        """ "by the UK but not the EU"."""
        i += self.low(i) == "by"
        if self.tag(i) != "NP" or subject_ahead(self.chunks, i):
            return i
        j, phrase = self.group(i)
        twin = Predicate(
            predicate.lemma, predicate.group, parent=predicate.parent, negated=True, passive=predicate.passive
        )
        slot = "subject" if predicate.passive else "object"
        for name, phrases in predicate.slots.items():
            if name != slot:
                twin.slots[name] = list(phrases)
        twin.fill(slot, phrase)
        self.out.predicates.append(twin)
        return j

    def _complement_verb(self, i: int, predicate: Predicate, subject: NP | None) -> int:
        """An infinitive or -ing form that depends on a verb."""
        group = self.vg(i)
        assert group is not None
        if group.form == "inf":
            controller = self._controller(predicate) if predicate.lemma in _OBJECT_CONTROL else None
            count = len(self.out.predicates)
            end = self.vp(i, controller or subject, parent=predicate)
            if self.low(i - 1) == "yet":  # "has yet to sanction X"
                self.out.predicates[count].negated = True
            return end
        if group.form == "ing":
            return self.vp(i, subject, parent=predicate)
        if group.form in ("past", "part") and predicate.slots.get("object"):
            return i
        if predicate.lemma in SAYS_THAT and group.form == "base":
            return i
        return i

    @staticmethod
    def _controller(predicate: Predicate) -> NP | None:
        for slot in ("on", "upon", "for", "object", "indirect"):
            if predicate.slots.get(slot):
                return predicate.slots[slot][0]
        return None

    def _further_object(self, i: int, predicate: Predicate, passive: bool) -> int:
        """ "impose an embargo on X and sanctions on Y": the second object takes the verb again."""
        phrase = self.at(i + 1)
        first = next(iter(predicate.slots.get("object", ())), None)
        if self.tag(i) != "CC" or not isinstance(phrase, NP) or passive or first is None or first.name is not None:
            return i
        if phrase.name is not None or phrase.pronoun or party_like(phrase) or subject_ahead(self.chunks, i + 1):
            return i
        j, phrase = self.group(i + 1)
        twin = Predicate(
            predicate.lemma, predicate.group, parent=predicate.parent, modal=predicate.modal, negated=predicate.negated
        )
        for subject in predicate.slots.get("subject", []):
            twin.fill("subject", subject)
        twin.fill("object", phrase)
        self._flatten(twin)
        self.out.predicates.append(twin)
        return j

    def _joined_verb(self, i: int, predicate: Predicate, subject: NP | None) -> int:
        """A further verb of the same subject: "and sanctioned ...", ", aiding ..."."""
        j = i + 1 + (self.tag(i) == "," and self.tag(i + 1) == "CC")
        joined = self.tag(j - 1) == "CC"
        while self.tag(j) == "ADV":
            j += 1
        group = self.vg(j)
        if group is None:
            return i
        same_form = group.form == predicate.group.form or (
            group.form == "base" and (predicate.group.form in ("inf", "base") or predicate.modal)
        )
        if group.form == "ing" and (not joined or predicate.group.form == "ing"):
            if group.lemma in ON_NOUN and not joined and (noun := self._last_noun(predicate)) is not None:
                return self.vp(j, noun)
            return self.vp(j, subject, parent=predicate.parent, like=predicate)
        if joined and i == self.verb_end and group.form == predicate.group.form and not predicate.slots.get("object"):
            return self._shared_object(i, j, predicate, subject)
        if joined and predicate.reduced and group.form in ("past", "part"):
            return self.vp(j, subject, reduced=True, parent=predicate.parent)
        if predicate.reduced:
            return i
        if (same_form and (joined or group.form == "base")) or (
            joined and group.form == "inf" and predicate.group.form == "inf"
        ):
            return self.vp(j, subject, parent=predicate.parent, like=predicate)
        return i

    def _shared_object(self, i: int, j: int, predicate: Predicate, subject: NP | None) -> int:
        """ "owns and operates the hotel": both verbs have the object."""
        count = len(self.out.predicates)
        end = self.vp(j, subject, parent=predicate.parent, like=predicate)
        second = self.out.predicates[count]
        for slot, phrases in second.slots.items():
            if slot not in predicate.slots:
                predicate.slots[slot] = list(phrases)
        return end

    @staticmethod
    def _last_noun(predicate: Predicate) -> NP | None:
        """The noun that ", targeting ..." after a verb's object belongs to."""
        for slot in ("object", "for", "on", "complement"):
            for phrase in predicate.slots.get(slot, []):
                if phrase.name is None:
                    return phrase
        return None

    @staticmethod
    def _flatten(predicate: Predicate) -> None:
        """Let the verb see the prepositions that hang on its noun phrases too."""
        own = [p for slot in ("object", "object2", "complement", "indirect") for p in predicate.slots.get(slot, [])]
        if predicate.passive:
            own = [p for p in own if p in predicate.slots.get("object2", ())] + predicate.slots.get("subject", [])
        own += [
            p
            for slot, phrases in list(predicate.slots.items())
            if slot not in ("subject", "object", "object2", "complement", "indirect")
            for p in phrases
        ]
        for phrase in own:
            for slot, inner in all_prepositions(phrase):
                slot = "subject" if predicate.passive and slot == "by" else slot
                if inner not in predicate.slots.get(slot, ()):
                    predicate.slots.setdefault(slot, []).append(inner)


def _nobody(phrase: NP) -> bool:
    """Whether a subject denies its verb: "neither of them", "none", "no sanctions", "neither X nor Y"."""
    first = phrase.each()[0]
    return first.pronoun in ("neither", "none") or first.det in ("neither", "no", "none")


def all_prepositions(phrase: NP, depth: int = 0) -> list[tuple[str, NP]]:
    """The prepositions on a phrase, and those on their phrases, nearest first."""
    found: list[tuple[str, NP]] = []
    if depth > 6:
        return found
    for member in phrase.each():
        found += member.pps
    for _, inner in list(found):
        found += all_prepositions(inner, depth + 1)
    return found[:40]
