"""Noun phrases and lists of them."""

from __future__ import annotations

import itertools

from finemesh.extraction.lexicon import words
from finemesh.extraction.syntax.modifiers import ModifierReader
from finemesh.extraction.syntax.nodes import NP, VG, Predicate
from finemesh.extraction.syntax.phrases import (
    COMPANY,
    EXAMPLES,
    describes_list,
    finite_at,
    is_person,
    may_join,
    party_like,
    subject_ahead,
)
from finemesh.extraction.syntax.reader import MAX_DEPTH
from finemesh.extraction.syntax.unit import Unit


def _unlike(one: NP, two: NP) -> bool:
    """Whether two phrases cannot be in one list: a thing and a party, a state and another name."""
    if one.name is not None and two.name is not None:
        return (one.name.tag == "STATE") != (two.name.tag == "STATE")
    return party_like(one) != party_like(two)


_ALSO_SUBORDINATE = frozenset(("as", "since", "after", "before", "until", "till", "than"))


_STATES_AS = frozenset(("ally", "partner", "country", "jurisdiction", "government", "member", "democracy", "neighbour"))
"""Nouns after which states follow by name."""
_DONE_WITH = frozenset(("operate", "run", "own", "build", "develop", "manage", "hold", "host", "conduct", "organise"))
"""Verbs whose doer, not object, is joined by "together with"."""


class PhraseReader(ModifierReader):
    """Reads noun phrases, alone and joined."""

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
            comma = comma or self._next_described(j, members[-1])
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
            bare = not (phrase.det or phrase.name or phrase.possessor or party_like(phrase) or comma)
            if not subject and steal and not bare and not self.in_subject and subject_ahead(self.chunks, j):
                break
            if self.aside and comma and joined and len(members) == 1:
                break  # ", and" ends what was put between commas
            if comma and joined and self.low(j - 1) in COMPANY and self.open:
                break  # ", as well as" goes on with the outer list
            if (
                joined
                and self.low(j - 1) in COMPANY
                and not subject
                and self.verbs
                and self.verbs[-1].lemma in _DONE_WITH
            ):
                break  # "operates the port together with X"
            if joined and self.low(j - 1) in COMPANY and _unlike(members[-1], phrase) and not subject:
                break  # "sits on the board along with X"
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

    def _next_described(self, i: int, last: NP) -> bool:
        """ "NAME, the head of X, *NAME*, the head of Y": the comma behind a description was read with it."""
        phrase = self.at(i)
        named = isinstance(phrase, NP) and phrase.name is not None and phrase.name.kind == "person"
        return named and self.tag(i - 1) == "," and bool(last.same) and last.name is not None and is_person(last)

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
            if is_person(one) and is_person(two) and two.possessor is None and not two.det and two.name is None:
                two.possessor = one.possessor  # "X's minister and deputy minister"
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
        if self.depth > MAX_DEPTH:
            return i, phrase
        self.depth += 1
        self.open.append(phrase)
        self.leads.append(self.lead)
        self.lead = ""
        while True:
            j = self._modifier(i, phrase, subject, listed)
            if j == i:
                break
            i = j
        self.open.pop()
        self.leads.pop()
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
        if tag == "NP" and self._states_after(i, phrase):
            j, states = self.group(i, subject=subject)
            phrase.same.append(states)
            return j
        if tag == "NP" and self._contact_clause(i, phrase):
            j, doer = self.group(i, subject=True)
            return self.vp(j, doer, gap=phrase) if self.tag(j) == "VG" else j
        if tag == "W" or (tag == "," and self.tag(i + 1) == "W" and not listed):
            return i if self._declines(phrase, i) else self.relative(phrase, i)
        if tag in (",", "–"):
            return self._after_comma(i, phrase, subject)
        return i

    def _states_after(self, i: int, phrase: NP) -> bool:
        """ "its allies *the US and Canada*": the states that a plural noun means."""
        named = self.at(i)
        if (
            not isinstance(named, NP)
            or named.name is None
            or named.name.tag != "STATE"
            or named.head
            or named.possessor
        ):
            return False
        return phrase.plural and phrase.name is None and phrase.head in _STATES_AS

    def _contact_clause(self, i: int, phrase: NP) -> bool:
        """ "a company *NAME owns*": a relative clause without its pronoun."""
        doer, group = self.at(i), self.vg(i + 1)
        if not isinstance(doer, NP) or doer.name is None or doer.head or group is None or phrase.name is not None:
            return False
        if phrase.det not in ("a", "an") or group.form not in ("finite", "past") or group.passive or group.copula:
            return False
        return self.tag(i + 2) not in ("NP", "VG", "W")

    def _prepositional(self, i: int, phrase: NP, subject: bool) -> int:
        if self.low(i) in EXAMPLES:
            if self.tag(i + 1) == "NP":
                j, examples = self.group(i + 1)
                self.exemplified(phrase, examples).show(examples)
                return j
            return i
        if self.low(i) == "to" and self.tag(i + 1) != "NP":
            return i
        j, pair = self.preposition(i, owner=phrase, steal=not subject)
        if pair is not None:
            phrase.pps.append(pair)
            pair[1].owner = (phrase, pair[0])
            self._name_at_end(phrase, pair)
        return j

    def _name_at_end(self, phrase: NP, pair: tuple[str, NP]) -> None:
        """ "deputy minister for transport and communications NAME": the name is the minister's."""
        last = pair[1].each()[-1]
        if (
            pair[0] not in ("for", "of", "to", "in")
            or phrase.name is not None
            or phrase.head not in words("roles")
            or phrase.plural
        ):
            return
        if last.name is None or last.name.kind not in ("person", "name") or is_person(NP(0, 0, head=last.head)):
            return
        state = last.units[-2] if len(last.units) > 1 and last.units[-2].tag == "STATE" else None
        if not (last.head and last.name.kind == "person") and state is None:
            return
        if last.possessor is not None or last.units[-1] is not last.name:
            return
        named = NP(last.name.start, last.name.end, [last.name], name=last.name)
        last.units, last.name = last.units[:-1], state
        last.end = last.units[-1].end
        named.same.append(phrase)
        phrase.same.append(named)
        self.out.phrases.append(named)

    def _in_role(self, word: str, i: int, owner: NP | None) -> bool:
        """ "NAME *as the chair of X* must cancel": a role of the one before, no clause of its own."""
        role = self.at(i)
        if word != "as" or owner is None or owner.name is None or owner.head or not isinstance(role, NP):
            return False
        return role.name is None and is_person(role) and role.det in ("", "the")

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
            if word in _ALSO_SUBORDINATE and subject_ahead(self.chunks, j) and not self._in_role(word, j, owner):
                return j, None
            self.lead = word
            j, phrase = self.group(j, steal=steal and word != "between")
            return j, (word, phrase)
        group = self.vg(j)
        if group is not None and group.form == "ing" and self.depth <= MAX_DEPTH:
            self.depth += 1
            j = self._gerund(j, word, group, owner)
            self.depth -= 1
        return j, None
