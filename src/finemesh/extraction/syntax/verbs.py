"""Verbs with their objects, prepositions and complements."""

from __future__ import annotations

from finemesh.extraction.lexicon import classes
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.phrases import (
    COMPANY,
    EXAMPLES,
    ON_NOUN,
    SAYS_THAT,
    party_like,
    subject_ahead,
)
from finemesh.extraction.syntax.reader import MAX_DEPTH, Reader, all_prepositions
from finemesh.extraction.syntax.unit import Unit

_OBJECT_CONTROL = classes("grammar")["object_control"]


_ALLOWING = frozenset(("allow", "permit", "let", "enable", "force", "invite"))


_TWO_OBJECTS = classes("grammar")["two_objects"]


class VerbReader(Reader):
    """Reads a verb and what depends on it."""

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
        elif group.form == "inf" and subject is not None and subject.governor is not None:
            predicate.slots[slot] = [subject]  # "calls for sanctions *to halt* sales": they hang on "calls"
        else:
            predicate.fill(slot, subject)
        predicate.hang("object", gap)
        i += 1
        self.verb_end = i
        self.verbs.append(predicate)
        outside, self.in_subject = self.in_subject, 0
        i = self._objects(i, predicate, predicate.passive)
        if self.depth <= MAX_DEPTH:
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
        if predicate.passive or not objects or not objects[0].members or objects[0].members[0].name is not None:
            return
        purpose = any(child.group.form == "inf" for child in predicate.children)
        if sum(bool(m.pps) for m in objects[0].members) < (1 if purpose else 2):
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
            twin.children = [child for child in predicate.children if not member.pps]  # what only it is for
            self._flatten(twin)
            self.out.predicates.append(twin)
        predicate.slots = {slot: phrases for slot, phrases in predicate.slots.items() if slot == "subject"}
        predicate.fill("object", first)

    def _objects(self, i: int, predicate: Predicate, passive: bool) -> int:
        while self.tag(i) == "ADV" or (
            self.tag(i) == "DATE" and (predicate.group.copula or self.tag(i + 1) not in ("NP",))
        ):
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
                        phrase.show(examples)
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
            elif tag == "," and self.low(i + 1) in EXAMPLES and self.tag(i + 2) == "P":
                i += 2  # "..., including *through* sanctions on X"
            elif tag == "VG":
                j = self._complement_verb(i, predicate, subject)
                if j == i:
                    return i
                i = j
            elif tag == "W" and self.low(i) == "that" and predicate.lemma in SAYS_THAT:
                return self.clause(i + 1, parent=predicate)
            elif tag == "NP" and predicate.lemma in SAYS_THAT and subject_ahead(self.chunks, i):
                return self.clause(i, parent=predicate)
            elif (j := self._in_company(i, predicate)) > i:
                i = j
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

    def _in_company(self, i: int, predicate: Predicate) -> int:
        """ "sits on the board, along with X and Y": X and Y do it too, and do it with who stands first."""
        j = i + (self.tag(i) == ",")
        slot = "object" if predicate.passive else "subject"
        if self.aside or self.tag(j) != "CC" or self.low(j) not in COMPANY or self.tag(j + 1) != "NP":
            return i
        first = next(iter(predicate.slots.get(slot, [])), None)
        if first is None or subject_ahead(self.chunks, j + 1):
            return i
        j, phrase = self.group(j + 1)
        predicate.slots[slot] = [NP(first.start, phrase.end, members=[first, phrase], governor=first.governor)]
        predicate.slots.setdefault("with", []).append(phrase)
        return j

    def _further_agent(self, i: int, predicate: Predicate) -> int:
        """ "by the UK in March, and by the EU in April": the same done by another, on a day of its own."""
        at = i + 1 + (self.tag(i) == "," and self.tag(i + 1) == "CC")
        if not predicate.passive or self.low(at) != "by" or self.tag(at + 1) != "NP" or self.tag(at - 1) != "CC":
            return i
        j, phrase = self.group(at + 1)
        if predicate.slots.get("subject") is None or subject_ahead(self.chunks, at + 1):
            return i
        twin = Predicate(
            predicate.lemma, predicate.group, parent=predicate.parent, negated=predicate.negated, passive=True
        )
        twin.slots = {name: list(phrases) for name, phrases in predicate.slots.items() if name != "subject"}
        twin.fill("subject", phrase)
        self.out.predicates.append(twin)
        while self.tag(j) == "DATE" or (self.tag(j) == "P" and self.tag(j + 1) == "DATE"):
            self._date(j, twin)
            j += 1
        return j

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
            if predicate.lemma == "use" and predicate.passive:  # "are used by X to evade Y": X evades
                controller = next(iter(predicate.slots.get("subject", [])), None)
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
        at = i + (self.tag(i) == "," and self.tag(i + 1) == "CC")
        phrase = self.at(at + 1)
        first = next(iter(predicate.slots.get("object", ())), None)
        if self.tag(at) != "CC" or not isinstance(phrase, NP) or passive or first is None or first.name is not None:
            return i
        if phrase.name is not None or phrase.pronoun or party_like(phrase) or subject_ahead(self.chunks, at + 1):
            return i
        j, phrase = self.group(at + 1)
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
        if (agent := self._further_agent(i, predicate)) > i:
            return agent
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
            allowing = predicate.parent if predicate.group.form == "inf" and not joined and not self.aside else None
            if allowing is not None and allowing.lemma in _ALLOWING and not allowing.passive:
                return i  # "allowed X to go, appointing Y": who allowed it appointed
            return self.vp(j, subject, parent=predicate.parent, like=predicate)
        alike = group.form == predicate.group.form or (predicate.group.form == "inf" and group.form == "base")
        if joined and i == self.verb_end and alike and not predicate.slots.get("object"):
            return self._shared_object(i, j, predicate, subject)
        if joined and predicate.group.copula and group.form == "past" and self.low(j + 1) == "by":
            return self.vp(j, subject, parent=predicate.parent)  # "is a director and sanctioned by the EU"
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

    def _date(self, i: int, verb: Predicate | None) -> None:
        c = self.at(i)
        if isinstance(c, Unit) and c.date is not None and verb is not None:
            verb.dates.append(c.date)


def _nobody(phrase: NP) -> bool:
    """Whether a subject denies its verb: "neither of them", "none", "no sanctions", "neither X nor Y"."""
    first = phrase.each()[0]
    return first.pronoun in ("neither", "none") or first.det in ("neither", "no", "none")
