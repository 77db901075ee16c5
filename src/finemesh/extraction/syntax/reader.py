"""What the parts of the parser share: the chunks, the place in them, what is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.syntax.nodes import NP, VG, Chunk, Predicate
from finemesh.extraction.syntax.unit import Unit


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


MAX_DEPTH = 24
"""How deeply phrases are read within phrases."""


class Reader:
    """The chunks of a sentence and what was read of them so far."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.chunks = chunks
        self.tags = ["NP" if isinstance(c, NP) else "VG" if isinstance(c, VG) else c.tag for c in chunks]
        self.out = Parse(chunks=chunks)
        self.depth = 0
        self.subject: NP | None = None
        self.open: list[NP] = []
        self.leads: list[str] = []
        self.lead = ""
        self.describing = False
        self.aside = 0
        self.in_subject = 0
        self.conditional = False
        self.verb_end = 0
        self.days: list[DateSpan] = []
        self.verbs: list[Predicate] = []
        self.waiting: list[Predicate] = []
        self.last_verb: Predicate | None = None

    def at(self, i: int) -> Chunk | None:
        """The chunk at a place, None past the ends."""
        return self.chunks[i] if 0 <= i < len(self.chunks) else None

    def tag(self, i: int) -> str:
        """The tag of a plain unit, "NP" or "VG", "" past the end."""
        return self.tags[i] if 0 <= i < len(self.tags) else ""

    def low(self, i: int) -> str:
        """The word of a plain unit in lower case, else ""."""
        c = self.at(i)
        return c.low if isinstance(c, Unit) else ""

    def vg(self, i: int) -> VG | None:
        """The verb group at a place, or None."""
        c = self.at(i)
        return c if isinstance(c, VG) else None

    # what the parts of the parser ask of each other

    def clause(self, i: int, parent: Predicate | None = None) -> int:
        """Read a clause and those that follow it, to the end of the sentence."""
        raise NotImplementedError

    def group(self, i: int, subject: bool = False, steal: bool = True) -> tuple[int, NP]:
        """A noun phrase, or a list of them, with what hangs on it."""
        raise NotImplementedError

    def phrase(self, i: int, subject: bool, listed: bool = False) -> tuple[int, NP]:
        """One noun phrase with what hangs on it."""
        raise NotImplementedError

    def bracket(self, i: int, phrase: NP | None) -> int:
        """Skip a bracket; a name in it is another name of what stands before."""
        raise NotImplementedError

    def preposition(self, i: int, owner: NP | None = None, steal: bool = True) -> tuple[int, tuple[str, NP] | None]:
        """A preposition with its noun phrase, or with a clause in -ing."""
        raise NotImplementedError

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
        """A verb with its objects and prepositions; returns where it ends."""
        raise NotImplementedError


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
