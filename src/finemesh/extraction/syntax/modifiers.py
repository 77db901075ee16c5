"""What hangs on a noun: participles, appositions, brackets, relative clauses."""

from __future__ import annotations

from finemesh.extraction.syntax.nodes import NP, VG, Predicate
from finemesh.extraction.syntax.phrases import (
    ACTOR_NOUNS,
    EXAMPLES,
    OF_MEASURE,
    TAKES_INFINITIVE,
    finite_at,
    is_apposition,
    is_person,
    party_like,
    subject_ahead,
    verb_ahead,
)
from finemesh.extraction.syntax.verbs import VerbReader

_ORDINALS = frozenset(("first", "second", "third", "only", "last", "latest"))
_MEANS = frozenset(("measure", "step", "action", "move", "restriction"))
"""Nouns whose purpose is that of the verb ("adopt measures *to cut* sales")."""
_CALLS = frozenset(("call", "demand", "appeal", "need", "request", "time"))
"""Nouns after which "for" brings in who is to act ("a call *for Japan* to impose")."""


class ModifierReader(VerbReader):
    """Reads what follows a noun phrase and belongs to it."""

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
        placed = phrase.name is not None and phrase.name.kind in ("place", "state") and not phrase.head
        if comma and word == "which" and placed and self.leads[-1] in ("in", "at"):
            return True  # "an exercise in Minsk, which ..."
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

    def _verb_on_noun(self, i: int, phrase: NP, subject: bool) -> int:
        """A verb right after a noun: "sanctions imposed on", "plans to sell", "companies supplying"."""
        group = self.vg(i)
        if group is None:
            return i
        if group.form == "inf":
            if phrase.det == "the" and _ORDINALS.intersection(phrase.words) and phrase.name is None:
                kind = Predicate(phrase.head, group, {"noun": [phrase]})  # "the first country *to impose* sanctions"
                return self.vp(i, phrase, parent=kind, relative=True)
            if phrase.head not in TAKES_INFINITIVE or (phrase.plural and phrase.head == "authority"):
                return i
            doers = ("by", "of", "for") if phrase.head in _CALLS else ("by", "of")
            by = next((inner for word, inner in phrase.pps if word in doers), None)
            marker = Predicate(phrase.head, group)
            marker.slots["noun"] = [phrase]
            count = len(self.out.predicates)
            end = self.vp(i, phrase.possessor or by or self.subject, parent=marker)
            if self.verbs and phrase.head in _MEANS:
                self.verbs[-1].children.append(self.out.predicates[count])
            return end
        if group.form == "ing":
            told = bool(self.leads[-1]) and self.verbs and phrase.name is not None and phrase.name.tag == "STATE"
            parent = self.verbs[-1] if told else None  # "depends on Ukraine *imposing* an embargo"
            j = self.vp(i, phrase, parent=parent, relative=True)
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
            if reduced and self.leads[-1] in ("in", "at") and _is_place(phrase):
                held = self.verbs[-1].slots.get("object", []) if self.verbs else []
                if len(self.open) > 1:
                    return i  # "the Polar Hotel in Minsk, owned by X"
                if held and not self.verbs[-1].passive:
                    return self.vp(j, held[0], reduced=True)  # "held its conference in Minsk, attended by X"
            if reduced and not (subject and self.tag(j + 1) != "P") and self.tag(i) == ",":
                k = self.vp(j, phrase, reduced=True)
                return k + (self.tag(k) == "," and self.vg(k + 1) is not None)
            return i
        if self.tag(i) == "," and self.low(j) == "including" and (group := self.vg(j + 1)) and group.form == "ing":
            return self._gerund(j + 1, "by", group, None)  # "..., including operating X"
        if self.tag(i) == "," and self.low(j) in EXAMPLES and self.tag(j + 1) == "NP":
            k, examples = self.group(j + 1)
            self.exemplified(phrase, examples).show(examples)
            return k + (self.tag(k) == ",")
        if isinstance(nxt, NP) and self.leads[-1] in ("in", "at", "from", "to") and self._lies_in(phrase, nxt, j):
            return j + 1
        if not subject and self.tag(i) == "," and subject_ahead(self.chunks, j):
            return i
        if isinstance(nxt, NP) and nxt.head in _POSTS and nxt.det == "a" and (k := self._held_until(j, subject)) > j:
            return k
        if isinstance(nxt, NP) and self._names_outer(phrase, nxt):
            return i
        if isinstance(nxt, NP) and is_apposition(self.chunks, phrase, nxt, i, j):
            k, other = self.phrase(j, subject)
            if (self.tag(i) == "–" or phrase.plural) and self.tag(k) in (",", "CC"):
                k, other = self._rest_of_list(k, other)
            phrase.same.append(other)
            other.same.append(phrase)
            k = self._further_description(k, phrase, other, subject)
            k = self._employer(k, phrase, other)
            return k + (self.tag(k) == self.tag(i))
        return i

    def _held_until(self, i: int, subject: bool) -> int:
        """ "coordinator for X, *a position that runs until 2027*": the dates are the role's."""
        role = next((o for o in reversed(self.open) if o.name is None and is_person(o)), None)
        if role is None:
            return i
        count = len(self.out.predicates)
        k, _ = self.phrase(i, subject)
        role.dates += [day for predicate in self.out.predicates[count:] for day in predicate.dates]
        return k

    def _names_outer(self, phrase: NP, other: NP) -> bool:
        """Whether a person's name belongs to a role further out ("the secretary of the ministry, *NAME*")."""
        if other.name is None or other.name.kind != "person":
            return False
        if is_person(phrase) and any(o.name is not None and o.name.kind == "person" for o in self.open[-2:-1]):
            return True  # "NAME, the head of the air force, *NAME*, the head of ...": the next of a list
        if is_person(phrase) or phrase.name is not None:
            return False
        return any(o.name is None and is_person(o) for o in self.open[:-1])

    def _lies_in(self, phrase: NP, state: NP, i: int) -> bool:
        """Whether a place is told with its state: "in Minsk, *Belarus*, attended by ..."."""
        if not _is_place(phrase) or state.name is None or state.name.tag != "STATE" or state.head:
            return False
        return self.tag(i + 1) in (".", "", ")", "P", "DATE", "–") or (
            self.tag(i + 1) == "," and self.tag(i + 2) not in ("NP", "CC", "ADV")
        )

    def exemplified(self, phrase: NP, examples: NP) -> NP:
        """Of what parties are examples: "providers of military aid, *such as X*" names providers."""
        if party_like(phrase) or not all(m.name is not None and m.name.kind != "product" for m in examples.each()):
            return phrase
        outer = [o for o in self.open if o is not phrase and o.plural and o.name is None and party_like(o)]
        return outer[-1] if outer else phrase

    def _employer(self, i: int, phrase: NP, other: NP) -> int:
        """ "NAME, Senior Lawyer, Centre for Justice, said": where the one described works."""
        nxt = self.at(i + 1)
        if self.tag(i) != "," or other.pps or other.possessor or not other.head or not is_person(other) or other.mods:
            return i
        if phrase.name is None or not isinstance(nxt, NP) or nxt.head or nxt.name is None:
            return i
        if nxt.name.kind != "organization" or self.tag(i + 2) not in (",", "VG", ".", ""):
            return i
        other.pps.append(("at", nxt))
        self.out.phrases.append(nxt)
        return i + 2

    def _further_description(self, i: int, phrase: NP, first: NP, subject: bool) -> int:
        """ "NAME, the son of X and brother of Y": a second description of the same."""
        while self.tag(i) == "CC":
            other = self.at(i + 1)
            if not isinstance(other, NP) or other.name is not None or not (is_person(other) and is_person(first)):
                break
            if other.det not in ("", "a", "an") or other.possessor is not None or other.plural:
                break
            named = self.at(i + 3)
            if self.tag(i + 2) == "," and isinstance(named, NP) and named.name is not None and is_person(named):
                break  # "X's daughter, NAME, and son-in-law, NAME"
            i, other = self.phrase(i + 1, subject)
            phrase.same.append(other)
            other.same.append(phrase)
        return i

    def _rest_of_list(self, i: int, first: NP) -> tuple[int, NP]:
        members = [first]
        while self.tag(i) in (",", "CC"):
            j = i + 1 + (self.tag(i) == "," and self.tag(i + 1) == "CC")
            nxt = self.at(j)
            if isinstance(nxt, NP) and "other" in (nxt.head, nxt.pronoun) and not nxt.words:  # "and others"
                return j + 1, NP(first.start, members[-1].end, members=members) if len(members) > 1 else first
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
        if phrase is not None and phrase.name is not None and isinstance(first, NP) and _describes(first) and j - i > 3:
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


_POSTS = frozenset(("position", "role", "post", "office"))


def _is_place(phrase: NP) -> bool:
    """Whether a name can be that of a place."""
    return phrase.name is not None and not phrase.head and phrase.name.kind in ("place", "name", "state")


def _describes(phrase: NP) -> bool:
    """Whether a phrase in a bracket can say what stands before it: "(the owner of X)", "(a subsidiary of Y)"."""
    return is_person(phrase) or (phrase.name is None and phrase.det in ("a", "an", "the") and party_like(phrase))
