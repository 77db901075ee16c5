"""Claims as FollowTheMoney entities.

An asserted claim becomes the entity that the model has for it; its speaker, stance and quote stand in ``summary`` and
``description``, the claim's id in ``recordId``. Claims of other stances become a ``Note`` about their parties: a
sanction that somebody calls for is none.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from finemesh.analysis.claim_words import words
from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts
from finemesh.model.claim import Claim, ClaimType, Stance, linked_ids

ENDS = frozenset(
    "entity director organization subject object owner asset person relative involved payer beneficiary".split()
)
"""Properties whose values are ids of parties."""
_DIRECTORS = ("director", "chair", "board member", "managing")
Values = list[tuple[str, str]]
Made = tuple[str, Values]
"""A schema and (property, value) pairs."""


@dataclass(frozen=True, slots=True)
class _Args:
    """The args of a claim, as values of properties."""

    claim: Claim
    known: Container[str]

    def text(self, arg: str) -> str:
        return str(self.claim.args.get(arg) or "")

    def ends(self, **props: str) -> Values:
        """The parties of some args, each under its property."""
        found: Values = []
        for prop, arg in props.items():
            value = self.claim.entities.get(arg)
            ids = value if isinstance(value, list) else [value]
            found += [(prop, id) for id in ids if id and id in self.known]
        return found


def _designation(args: _Args) -> list[Made]:
    measure = ("provisions", args.text("measure"))
    return [("Sanction", [*args.ends(entity="target"), ("authority", args.text("authority")), measure])]


def _role(args: _Args) -> list[Made]:
    role = ("role", args.text("role"))
    if any(word in args.text("role").casefold() for word in _DIRECTORS):
        return [("Directorship", [*args.ends(director="holder", organization="organisation"), role])]
    return [("UnknownLink", [*args.ends(subject="holder", object="organisation"), role])]


def _supply(args: _Args) -> list[Made]:
    goods, worth = args.text("goods"), ("description", args.text("value"))
    supplies = ("role", f"supplies {goods}".strip())
    found = [("UnknownLink", [*args.ends(subject="supplier", object="recipient"), supplies, worth])]
    if args.claim.entities.get("via"):
        brokers = ("role", f"brokers {goods}".strip())
        found.append(("UnknownLink", [*args.ends(subject="via", object="recipient"), brokers]))
    return found


def _ownership(args: _Args) -> list[Made]:
    return [("Ownership", [*args.ends(owner="owner", asset="asset"), ("percentage", args.text("share"))])]


def _family(args: _Args) -> list[Made]:
    ends = args.ends(person="person", relative="relative")
    return [("Family", [*ends, ("relationship", args.text("relation"))])]


def _meeting(args: _Args) -> list[Made]:
    name = ("name", args.text("event") or words(args.claim))
    return [("Event", [*args.ends(involved="participants"), name, ("location", args.text("place"))])]


def _payment(args: _Args) -> list[Made]:
    ends = args.ends(payer="payer", beneficiary="beneficiary")
    return [("Payment", [*ends, ("amount", args.text("amount"))])]


def _partnership(args: _Args) -> list[Made]:
    ids = [id for _, id in args.ends(object="parties")]
    ends = [("subject", id) for id in ids[:1]] + [("object", id) for id in ids[1:]]
    return [("UnknownLink", [*ends, ("role", "partner")])]


_MAKERS: dict[ClaimType, Callable[[_Args], list[Made]]] = {
    ClaimType.DESIGNATION: _designation,
    ClaimType.ROLE: _role,
    ClaimType.SUPPLY: _supply,
    ClaimType.OWNERSHIP: _ownership,
    ClaimType.FAMILY: _family,
    ClaimType.MEETING: _meeting,
    ClaimType.PAYMENT: _payment,
    ClaimType.PARTNERSHIP: _partnership,
}


def as_entities(facts: Facts, item: StoredClaim, known: Container[str]) -> list[Made]:
    """Schema and values of each entity that a claim becomes.

    Args:
        facts: Knows who publishes a document.
        item: The claim.
        known: Ids of the parties of the case.
    """
    claim = item.claim
    said = [
        ("summary", told_by(facts, item)),
        ("description", claim.quote),
        ("recordId", item.id),
        ("publisher", facts.publishers.get(claim.sha256, "")),
        ("startDate", claim.start or ""),
        ("endDate", claim.end or ""),
    ]
    if claim.stance is not Stance.ASSERTED:
        about = [("entity", id) for id in linked_ids(claim) if id in known]
        name = f"{claim.stance.value.replace('_', ' ')}: {words(claim)}"
        return [("Note", [*about, ("name", name), *said])]
    return [(schema, values + said) for schema, values in _MAKERS[claim.type](_Args(claim, known))]


def told_by(facts: Facts, item: StoredClaim) -> str:
    """Stance, speaker and relay of a claim in one line, with what people say of it."""
    claim = item.claim
    relay = facts.publishers.get(claim.sha256) or item.source
    spoken = f"{claim.stance.value.replace('_', ' ')} by {claim.speaker or relay}"
    relayed = f", relayed by {relay}" if claim.speaker and claim.speaker != relay else ""
    when = f", {item.published}" if item.published else ""
    answer = f"; {item.answer.value} by {item.decision.last.who}" if item.answer and item.decision else "; not reviewed"
    return f"{spoken}{relayed} in {claim.doc}{when}{answer}"
