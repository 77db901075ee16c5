"""What is read from a document: mentions, relations between mentions, and claims.

A claim is what somebody says, not a finding: speaker and stance go wherever it goes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Stance(StrEnum):
    """How a claim is put."""

    ASSERTED = "asserted"
    DENIED = "denied"
    PLANNED = "planned"
    CALLED_FOR = "called_for"


class ClaimType(StrEnum):
    """The eight kinds of fact that finemesh reads."""

    DESIGNATION = "designation"
    ROLE = "role"
    SUPPLY = "supply"
    OWNERSHIP = "ownership"
    FAMILY = "family"
    MEETING = "meeting"
    PAYMENT = "payment"
    PARTNERSHIP = "partnership"


ARGS: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.DESIGNATION: ("authority", "target", "measure"),
    ClaimType.ROLE: ("holder", "role", "organisation", "counterpart"),
    ClaimType.SUPPLY: ("supplier", "recipient", "goods", "value", "via"),
    ClaimType.OWNERSHIP: ("owner", "asset", "share"),
    ClaimType.FAMILY: ("person", "relative", "relation"),
    ClaimType.MEETING: ("participants", "place", "event"),
    ClaimType.PAYMENT: ("payer", "beneficiary", "amount"),
    ClaimType.PARTNERSHIP: ("parties",),
}
"""The args of each type, in the order in which they are shown."""

PARTIES: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.DESIGNATION: ("target",),
    ClaimType.ROLE: ("holder", "organisation", "counterpart"),
    ClaimType.SUPPLY: ("supplier", "recipient", "via"),
    ClaimType.OWNERSHIP: ("owner", "asset"),
    ClaimType.FAMILY: ("person", "relative"),
    ClaimType.MEETING: ("participants",),
    ClaimType.PAYMENT: ("payer", "beneficiary"),
    ClaimType.PARTNERSHIP: ("parties",),
}
"""Which args name parties (and can be linked to entities)."""

CORE: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.DESIGNATION: ("authority", "target"),
    ClaimType.ROLE: ("holder", "role", "organisation"),
    ClaimType.SUPPLY: ("supplier", "recipient"),
    ClaimType.OWNERSHIP: ("owner", "asset"),
    ClaimType.FAMILY: ("person", "relative"),
    ClaimType.MEETING: ("participants",),
    ClaimType.PAYMENT: ("payer", "beneficiary"),
    ClaimType.PARTNERSHIP: ("parties",),
}
"""The args that say of what fact a claim speaks; the others say more of it."""

ArgValue = str | list[str] | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, rank, role or organisation seen in a text.

    Attributes:
        doc: Document id.
        start, end: Characters of the document's text, end exclusive.
        type: ``person``, ``organization``, ``vessel``, ``rank``, ``role``, ``unit`` or ``name`` (a known name of
            which only the spelling is known).
        text: The words at that place.
        entity: Id of the entity that it is linked to, or None.
        score: How well the words fit the entity's name, 0..1; 0 where there is none.
    """

    doc: str
    start: int
    end: int
    type: str
    text: str
    entity: str | None = None
    score: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The contract's mention object."""
        return {
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "type": self.type,
            "text": self.text,
            "entity": self.entity,
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two mentions of one sentence, e.g. a person and a rank.

    Attributes:
        relation: ``has_rank``, ``has_role``, ``is_posted``, ``has_title``, ``is_related_to``, ...
        person, other: Character spans (start, end) of the two mentions.
    """

    doc: str
    relation: str
    person: tuple[int, int]
    other: tuple[int, int]

    def as_json(self) -> dict[str, Any]:
        """The contract's relation object."""
        return {
            "doc": self.doc,
            "relation": self.relation,
            "person": list(self.person),
            "other": list(self.other),
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """One sourced fact that a document states about a relation between named parties.

    Attributes:
        doc: Document id.
        type: One of the eight types.
        quote: The exact words of the document, ``text[offset[0]:offset[1]]``.
        args: As in :data:`ARGS`; names as the document writes them.
        stance: How it is put.
        speaker: Who says it, where the document attributes it to somebody else than its author.
        start, end: Partial ISO dates, where the document gives them.
        offset: Characters (start, end) of the quote in the document's text.
        page: Page number from 1, for paged documents.
        sha256: The document's artifact.
        method: What read it: ``pattern:NAME``, ``llm:MODEL/PROMPT``.
    """

    doc: str
    type: ClaimType
    quote: str
    args: dict[str, ArgValue]
    offset: tuple[int, int]
    stance: Stance = Stance.ASSERTED
    speaker: str | None = None
    start: str | None = None
    end: str | None = None
    page: int | None = None
    sha256: str = ""
    method: str = ""
    entities: dict[str, Any] = field(default_factory=dict)

    def parties(self) -> list[tuple[str, str]]:
        """The (arg, name) pairs that name parties, lists taken apart, in order."""
        found: list[tuple[str, str]] = []
        for arg in PARTIES[self.type]:
            value = self.args.get(arg)
            found += [(arg, name) for name in (value if isinstance(value, list) else [value]) if name]
        return found

    def as_json(self) -> dict[str, Any]:
        """The contract's claim object."""
        return {
            "doc": self.doc,
            "type": self.type.value,
            "quote": self.quote,
            "args": self.args,
            "stance": self.stance.value,
            "speaker": self.speaker,
            "start": self.start,
            "end": self.end,
            "offset": list(self.offset),
            "page": self.page,
            "sha256": self.sha256,
            "entities": self.entities,
            "method": self.method,
        }


def linked_ids(claim: Claim) -> list[str]:
    """The ids of the parties of a claim, each once, in the order of its args."""
    found: dict[str, None] = {}
    for arg in PARTIES[claim.type]:
        value = claim.entities.get(arg)
        found |= dict.fromkeys(id for id in (value if isinstance(value, list) else [value]) if id)
    return list(found)
