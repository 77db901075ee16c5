"""Clauses and their predicates: who does what to whom, as far as word order tells.

A deterministic descent over the chunks of one sentence. It never looks back further than it must and never
guesses twice, so its work grows with the sentence's length. ``reader`` holds what the parts share; ``verbs``,
``modifiers`` and ``lists`` read what their names say.
"""

from __future__ import annotations

from finemesh.extraction.syntax.chunks import chunk
from finemesh.extraction.syntax.lists import PhraseReader
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.phrases import (
    COMPANY,
    finite_at,
    party_like,
)
from finemesh.extraction.syntax.reader import Parse
from finemesh.extraction.syntax.unit import Unit

_STANDS_FOR_VERB = frozenset(("have", "do", "follow"))
"""Verbs that stand for the one before: "has not", "did not", "has not followed suit"."""


_FOLLOWED = frozenset(("sanction", "designate", "blacklist", "impose", "announce", "introduce", "adopt"))
"""Verbs whose deed others can follow ("sanctioned X, followed by the UK")."""
_OWN = frozenset(("subject", "unlike"))
_HANGS_BACK = frozenset(("according to", "following", "unlike"))
"""Prepositions that belong to the verb before their comma ("sanctioned X, following sanctions by Y")."""


def parse(units: list[Unit]) -> Parse:
    """The parse of a sentence's units."""
    parser = _Parser(chunk(units))
    parser.run()
    return parser.out


class _Parser(PhraseReader):
    """Reads the clauses of one sentence."""

    def run(self) -> None:
        i = 0
        while i < len(self.chunks):
            j = self.clause(i)
            i = j if j > i else i + 1
        self._ellipsis()
        self._named_by_list()

    def _named_by_list(self) -> None:
        """ "Firms that sell arms to X *include A and B*": A and B are the firms."""
        for predicate in self.out.predicates:
            subject = next(iter(predicate.slots.get("subject", [])), None)
            named = next(iter(predicate.slots.get("object", [])), None)
            if predicate.lemma != "include" or subject is None or named is None or predicate.negated:
                continue
            plain = subject.plural and subject.name is None and not subject.members and not subject.pronoun
            if plain and party_like(subject) and all(m.name is not None and not m.head for m in named.each()):
                subject.examples.append(named)

    def _ellipsis(self) -> None:
        """ "The UK has sanctioned X, but the EU has not": the verb is said once and denied of another."""
        said: Predicate | None = None
        for predicate in list(self.out.predicates):
            for phrase in predicate.slots.get("unlike", []):
                self._otherwise(predicate, phrase)
            if predicate.lemma == "follow" and said is not None and said.lemma in _FOLLOWED and not said.passive:
                self._followed(said, predicate)
                continue
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

    def _otherwise(self, predicate: Predicate, phrase: NP) -> None:
        """ "The UK has not sanctioned X, unlike Canada": Canada has."""
        if predicate.passive or predicate.modal or predicate.reduced:
            return
        twin = Predicate(predicate.lemma, predicate.group, parent=predicate.parent, negated=not predicate.negated)
        twin.slots = {slot: list(phrases) for slot, phrases in predicate.slots.items() if slot not in _OWN}
        twin.slots["subject"] = [phrase]
        self.out.predicates.append(twin)

    def _followed(self, said: Predicate, predicate: Predicate) -> None:
        """ "The US sanctioned X in April, followed by the UK in May and the EU in June": the same by the others."""
        agents = [m for phrase in predicate.slots.get("subject", []) for m in phrase.each()]
        if not predicate.passive or predicate.negated or said.negated:
            return
        for index, agent in enumerate(agents):
            twin = Predicate(said.lemma, said.group, parent=said.parent, modal=said.modal)
            twin.slots = {slot: list(phrases) for slot, phrases in said.slots.items() if slot != "subject"}
            twin.slots["subject"] = [agent]
            days = agent.dates or predicate.dates
            twin.dates = list(days) if len(agents) == 1 or agent.dates else days[index : index + 1]
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
                if self.low(i) == "where" and self.last_verb is not None:  # "hosted X in Y last week, where he met Z"
                    self.days += self.last_verb.dates
                    opening += [("in", phrase) for phrase in self.last_verb.slots.get("in", [])[:1]]
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
                (target or last).show(phrase)
                return j, None, verb
            return j, phrase, None
        return i + 1, None, None
