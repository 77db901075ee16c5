"""The values that a parse is made of: noun phrases, verb groups, predicates with their slots."""

from __future__ import annotations

from dataclasses import dataclass, field

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.syntax.unit import Unit


@dataclass(slots=True, eq=False)
class NP:
    """A noun phrase and what hangs on it.

    Attributes:
        start, end: Characters of the core phrase.
        units: Its units, without determiner and possessor.
        det: Determiner or possessive pronoun in lower case, else "".
        possessor: Who stands before 's, or None.
        name: The unit that names it ("arms dealer Tun Min Latt"), or None.
        head: Singular of its head noun in lower case, "" where it is only a name or pronoun.
        plural: Whether the head noun is in the plural.
        mods: Names, states and their adjectives before the head, in order.
        words: The other words before the head, in lower case.
        pronoun: A pronoun in lower case, else "".
        members: What a list joins ("A, B and C"); the NP itself is then only their frame.
        same: Phrases for the same thing (appositions, "X is a Y").
        pps: What hangs on it by prepositions: (preposition, phrase).
        examples: What follows "including", "such as" or a colon.
        alternatives: Whether "or" joins the list.
        joined: Whether its states are a list ("Canadian, UK and US sanctions").
        hyphens: Agents and participles in it ("UK-sanctioned": UK, sanctioned).
        governor: The predicate whose slot it fills, and the slot's name.
        owner: The phrase that it hangs on by a preposition, and the preposition.
        within: The list that it is a member of.
        only: Whether "only" stands before it.
        restricted: The character where a clause that narrows it ends ("companies *involved in* ..."), or 0.
        reduced: Participles on it ("sanctions *imposed* on").
        dates: Dates that stand with it.
    """

    start: int
    end: int
    units: list[Unit] = field(default_factory=list)
    det: str = ""
    possessor: NP | None = None
    name: Unit | None = None
    head: str = ""
    plural: bool = False
    mods: list[Unit] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    pronoun: str = ""
    members: list[NP] = field(default_factory=list)
    same: list[NP] = field(default_factory=list)
    pps: list[tuple[str, NP]] = field(default_factory=list)
    examples: list[NP] = field(default_factory=list)
    alternatives: bool = False
    joined: bool = False
    hyphens: list[tuple[Unit, Unit]] = field(default_factory=list)
    governor: tuple[Predicate, str] | None = None
    owner: tuple[NP, str] | None = None
    within: NP | None = None
    only: bool = False
    restricted: int = 0
    reduced: list[Predicate] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)

    def show(self, examples: NP) -> None:
        """Take a phrase as examples of this one."""
        self.examples.append(examples)
        if examples.owner is None:
            examples.owner = (self, "including")

    def place(self) -> tuple[Predicate, str] | None:
        """The predicate and slot that it fills, by itself or as a member of a list."""
        return self.governor or (self.within.governor if self.within is not None else None)

    def above(self) -> tuple[NP, str] | None:
        """The phrase and preposition that it hangs on, by itself or as a member of a list."""
        return self.owner or (self.within.owner if self.within is not None else None)

    def each(self) -> list[NP]:
        """The members of a list, or the phrase itself."""
        return [m for member in self.members for m in member.each()] if self.members else [self]

    def __repr__(self) -> str:
        if self.members:
            return f"[{' & '.join(map(repr, self.members))}]"
        core = " ".join(u.text for u in self.units) or self.pronoun
        return f"<{repr(self.possessor) + 's ' if self.possessor else ''}{core}>"


@dataclass(slots=True, eq=False)
class VG:
    """A verb group.

    Attributes:
        lemma: Of its main verb.
        form: ``finite``, ``ing``, ``past`` (finite or participle, not yet decided), ``inf`` or ``part``.
        passive: Whether the verb is in the passive.
        copula: Whether the main verb is "be".
        negated: Whether "not", "never" or "no longer" stands in it.
        modal: The modal verb, "" where there is none.
        perfect: Whether it is in the perfect.
        adverbs: Adverbs in it, in lower case.
        start, end: Characters.
    """

    lemma: str
    form: str
    start: int
    end: int
    passive: bool = False
    copula: bool = False
    negated: bool = False
    modal: str = ""
    perfect: bool = False
    adverbs: tuple[str, ...] = ()
    was: str = ""


@dataclass(slots=True, eq=False)
class Predicate:
    """A verb, with what fills its slots.

    Attributes:
        lemma: The verb.
        group: Its verb group.
        slots: ``subject`` and ``object`` (the logical ones: of a passive, the object is what stands first),
            ``indirect``, and prepositions, each to the phrases that fill it, nearest first.
        parent: The predicate that this one depends on ("calls on the EU to *sanction*").
        dates: Dates that stand with it.
        modal: Its modal verb, or that of the verb that it is joined to.
        negated: Whether it is negated.
        reduced: Whether it is a participle on a noun ("sanctions *imposed* on").
        passive: Whether what stands first is its object.
        children: The predicates that depend on it.
        conditional: Whether it stands in an "if" clause.
        content: Whether it is what somebody says ("X reports that ...").
    """

    lemma: str
    group: VG
    slots: dict[str, list[NP]] = field(default_factory=dict)
    parent: Predicate | None = None
    dates: list[DateSpan] = field(default_factory=list)
    modal: str = ""
    negated: bool = False
    reduced: bool = False
    passive: bool = False
    children: list[Predicate] = field(default_factory=list)
    content: bool = False
    conditional: bool = False

    def fill(self, slot: str, phrase: NP | None) -> None:
        """Put a phrase into a slot."""
        if phrase is not None:
            self.slots.setdefault(slot, []).append(phrase)
            if phrase.governor is None or slot in ("subject", "object"):
                phrase.governor = (self, slot)

    def hang(self, slot: str, phrase: NP | None) -> None:
        """Put a phrase into a slot of a verb that hangs on it (a participle or relative clause)."""
        if phrase is not None:
            self.slots.setdefault(slot, []).append(phrase)
            if self.reduced:
                phrase.reduced.append(self)

    def __repr__(self) -> str:
        return f"{self.lemma}({', '.join(f'{k}={v}' for k, v in self.slots.items())})"


Chunk = NP | VG | Unit
"""A noun phrase, a verb group, or any other unit by itself."""
