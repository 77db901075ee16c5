"""Who is meant by a noun phrase: names, short forms, pronouns and "the company"."""

from __future__ import annotations

from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.back import COUNTS, ORG_NOUNS, PEOPLE_NOUNS, LookingBack, Ref, is_subject, unique
from finemesh.extraction.lexicon import relatives, states
from finemesh.extraction.syntax.nodes import NP
from finemesh.extraction.syntax.phrases import party_like
from finemesh.extraction.syntax.reader import Parse

_WHOLES = frozenset(("network", "group", "conglomerate", "consortium", "alliance", "family", "cartel"))
_KINDS = frozenset(("company", "entity", "firm", "body", "business", "conglomerate"))
"""Nouns after a name that only say what it is."""
_BODIES = frozenset(("office", "ministry", "directorate", "department"))
"""Bodies whose name can stand in small letters."""
_KINDS_OF_KIN = {
    "child": frozenset(("son", "daughter", "child")),
    "parent": frozenset(("father", "mother", "parent")),
    "sibling": frozenset(("brother", "sister", "sibling", "twin")),
}


class Resolver(LookingBack):
    """Resolves the phrases of one document, sentence after sentence.

    Call :meth:`enter` for each sentence in order; :meth:`resolve` then answers for its phrases.
    """

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self._cache: dict[int, tuple[NP, list[Ref]]] = {}  # the phrase is kept so that its id stays its own
        self._kin: dict[str, dict[str, str]] = {}

    @property
    def parse(self) -> Parse:
        """The parse of the sentence that it is in."""
        return self._sentence.parse if self._sentence is not None else Parse()

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
                or phrase.head not in ORG_NOUNS
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
        number = next((COUNTS[w] for w in phrase.words if w in COUNTS), len(names))
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
            return unique([ref for member in phrase.members for ref in self.resolve(member)])
        if phrase.pronoun:
            return self._pronoun(phrase, phrase.pronoun)
        if phrase.name is not None:
            return self._name(phrase)
        addressee = self.analysis.addressee
        if (
            addressee
            and phrase.det == "your"
            and phrase.head in ("government", "country", "ministry", "administration")
        ):
            return [Ref(addressee, "state")]
        actor = self.actors.of(phrase)
        if actor:
            return [Ref(name, kind) for name, kind in actor]
        for other in phrase.same:
            if any(m.name is not None for m in other.each()) or (
                other.head and other.pronoun == "" and (self.actors.of(other) or _named_whole(other))
            ):
                return self.resolve(other)
        if phrase.examples:
            return unique([ref for example in phrase.examples for ref in self.resolve(example)])
        if phrase.plural:  # "democracies in the region, including X and Y"
            within = [e for word, inner in phrase.pps if word == "in" and not inner.plural for e in inner.examples]
            named = unique([ref for example in within for ref in self.resolve(example)])
            if named:
                return named
        if _named_whole(phrase) and phrase.head not in _KINDS:
            return [Ref(self._whole(phrase), "organization")]
        named = self._by_kind(phrase)
        if named:
            return named
        back = (
            self.relatives_of(phrase)
            or self._definite(phrase)
            or self._complement(phrase)
            or self._listed(phrase)
            or self._small(phrase)
            or self._office(phrase)
        )
        if back:
            return back
        kind = "group" if party_like(phrase) or phrase.head in ORG_NOUNS or phrase.head in PEOPLE_NOUNS else "thing"
        return [Ref(self.text_of(phrase), kind)]

    def _office(self, phrase: NP) -> list[Ref]:
        """ "the office of the auditor general", "the defence ministry": a body named in small letters."""
        if phrase.head not in _BODIES or phrase.plural or phrase.det not in ("the", "") or not phrase.units:
            return []
        of = next((inner for word, inner in phrase.pps if word in ("of", "for") and not inner.members), None)
        if of is None and not (phrase.head == "ministry" and phrase.words):
            return []
        start, end = phrase.units[-1 if of is not None else -2].start, phrase.end if of is None else of.end
        return [Ref(" ".join(self.analysis.text[start:end].split()), "organization")]

    def _by_kind(self, phrase: NP) -> list[Ref]:
        """ "the Blue Heron companies", "the NAME entity": the party of that name."""
        if phrase.head not in _KINDS or not phrase.mods or len(phrase.units) < 2:
            return []
        unit = phrase.units[-2]
        party = self.analysis.registry.party(unit.name) if unit.tag == "NAME" else None
        return [Ref(party.name, party.kind)] if party is not None and party.kind in ("organization", "name") else []

    def _whole(self, phrase: NP) -> str:
        """A network or family with its name, without what describes it ("the army linked *Blue Heron group*")."""
        named = phrase.mods[-1]
        return " ".join(self.analysis.text[named.start : phrase.units[-1].end].split())

    def _complement(self, phrase: NP) -> list[Ref]:
        """ "X is a company sanctioned by ...": the company is X."""
        owned = phrase.possessor is not None
        if phrase.det not in ("a", "an", "the", "one", "another") and not phrase.plural and not owned:
            return []
        place = phrase.place()
        if place is None or place[1] != "complement" or place[0].negated:
            return []
        subjects = place[0].slots.get("subject", [])
        refs = [ref for subject in subjects for ref in self.resolve(subject)]
        return refs if all(ref.kind not in ("thing", "group") for ref in refs) else []

    def _listed(self, phrase: NP) -> list[Ref]:
        """ "Those sanctioned by Canada are A and B": those are A and B."""
        place = phrase.place()
        if place is None or not (phrase.plural or phrase.pronoun == "those") or phrase.name is not None:
            return []
        predicate, slot = place
        if slot != "subject" or predicate.negated or predicate.passive or predicate.modal:
            return []
        listed = predicate.slots.get("complement", []) if predicate.group.copula else []
        if predicate.lemma in ("include", "comprise"):
            listed = predicate.slots.get("object", [])
        members = [m for p in listed for m in p.each()]
        if len(members) < 2 or any(m.name is None for m in members):
            return []
        return unique([ref for member in members for ref in self.resolve(member)])

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
        start = min([u.start for u in phrase.units[:1]] + [agent.start for agent, _ in phrase.hyphens[:1]], default=0)
        core = " ".join(text[start : phrase.units[-1].end].split()) if phrase.units else phrase.pronoun
        if phrase.possessor is not None:
            owners = self.resolve(phrase.possessor)
            if len(owners) == 1:
                return f"{owners[0].name}’s {core}"
        if phrase.restricted and party_like(phrase):
            return " ".join(text[phrase.units[0].start : phrase.restricted].split()) if phrase.units else core
        return core

    def _pronoun(self, phrase: NP, word: str) -> list[Ref]:
        if word == "you" and self.analysis.addressee:
            return [Ref(self.analysis.addressee, "state")]
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
            return self._listed(phrase)
        return self.back(word, phrase.start, phrase)

    def _named(self, sentence: Sentence) -> list[tuple[NP, list[Ref], bool]]:
        """The phrases of a sentence that later ones can go back to."""
        kept = []
        for np in sentence.parse.phrases:
            refs = [r for r in self.resolve(np) if r.kind not in ("thing", "product", "group", "place")]
            if refs and (np.members or len(refs) == len(self.resolve(np))):
                subject = np is sentence.parse.subject or is_subject(np)
                kept.append((np, refs, subject and not _speaks(np)))
            elif np is sentence.parse.subject and np.possessor is not None and np.name is None and not np.members:
                owners = [r for r in self.resolve(np.possessor) if r.party and r.kind != "group"]
                if len(owners) == 1:  # "X's main business is mining. It ..."
                    kept.append((np, owners, True))
        return kept


def _named_whole(phrase: NP) -> bool:
    """Whether a phrase is a group, network or family by name."""
    return phrase.head in _WHOLES and bool(phrase.mods) and phrase.mods[-1].tag == "NAME" and not phrase.plural


def _speaks(phrase: NP) -> bool:
    """Whether a phrase is the subject of a verb of saying."""
    place = phrase.place()
    return (
        place is not None
        and place[1] == "subject"
        and place[0].lemma in ("say", "add", "tell", "state", "continue", "comment")
    )
