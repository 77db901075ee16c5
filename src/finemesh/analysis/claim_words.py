"""Claims as sentences: the words around the parties, never a judgement. Speaker and stance are told beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from finemesh.model.claim import Claim, ClaimType


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence.

    Attributes:
        text: The words.
        id: Id of the party that the words name, or empty.
        party: Whether the words name a party (linked or not).
    """

    text: str
    id: str = ""
    party: bool = False


def sentence(claim: Claim) -> list[Part]:
    """A claim in words; a stance other than "asserted" is told beside it."""
    return [part for part in _WRITERS[claim.type](claim) if part.text]


def _one(claim: Claim, arg: str) -> str:
    value = claim.args.get(arg)
    return ", ".join(value) if isinstance(value, list) else value or ""


def _party(claim: Claim, arg: str, unknown: str = "somebody") -> list[Part]:
    """The parties of an arg, joined in words."""
    names: Any = claim.args.get(arg)
    ids: Any = claim.entities.get(arg)
    names = names if isinstance(names, list) else [names]
    ids = ids if isinstance(ids, list) else [ids]
    ids = [*ids, *[None] * (len(names) - len(ids))]
    found = [Part(name, id or "", True) for name, id in zip(names, ids, strict=False) if name]
    parts: list[Part] = []
    for number, part in enumerate(found):
        if number:
            parts.append(Part(" and " if number == len(found) - 1 else ", "))
        parts.append(part)
    return parts or [Part(unknown)]


def _with(words: str, text: str) -> Part:
    return Part(f"{words}{text}" if text else "")


def _designation(claim: Claim) -> list[Part]:
    measure = _one(claim, "measure")
    aside = f" ({measure})" if measure and measure != "sanctions" else ""
    return [Part(_one(claim, "authority") or "?"), Part(" designates "), *_party(claim, "target"), Part(aside)]


def _role(claim: Claim) -> list[Part]:
    parts = [*_party(claim, "holder"), Part(f" is {_one(claim, 'role') or 'in a role'}")]
    if claim.args.get("organisation"):
        parts += [Part(" of "), *_party(claim, "organisation")]
    if claim.args.get("counterpart"):
        parts += [Part(" for "), *_party(claim, "counterpart")]
    return parts


def _supply(claim: Claim) -> list[Part]:
    goods = _one(claim, "goods")
    parts = [*_party(claim, "supplier"), Part(f" supplies {goods} to " if goods else " supplies ")]
    parts += _party(claim, "recipient")
    if claim.args.get("via"):
        parts += [Part(" through "), *_party(claim, "via")]
    return [*parts, _with(", worth ", _one(claim, "value"))]


def _ownership(claim: Claim) -> list[Part]:
    share = _one(claim, "share")
    return [*_party(claim, "owner"), Part(f" owns {share} of " if share else " owns "), *_party(claim, "asset")]


def _family(claim: Claim) -> list[Part]:
    relation = _one(claim, "relation") or "a relative"
    return [*_party(claim, "relative"), Part(f" is {relation} of "), *_party(claim, "person")]


def _meeting(claim: Claim) -> list[Part]:
    parts = [*_party(claim, "participants"), Part(" meet")]
    return [*parts, _with(": ", _one(claim, "event")), _with(", ", _one(claim, "place"))]


def _payment(claim: Claim) -> list[Part]:
    amount = _one(claim, "amount")
    return [*_party(claim, "payer"), Part(f" pays {amount} to " if amount else " pays "), *_party(claim, "beneficiary")]


def _partnership(claim: Claim) -> list[Part]:
    return [*_party(claim, "parties"), Part(" are partners")]


_WRITERS: dict[ClaimType, Callable[[Claim], list[Part]]] = {
    ClaimType.DESIGNATION: _designation,
    ClaimType.ROLE: _role,
    ClaimType.SUPPLY: _supply,
    ClaimType.OWNERSHIP: _ownership,
    ClaimType.FAMILY: _family,
    ClaimType.MEETING: _meeting,
    ClaimType.PAYMENT: _payment,
    ClaimType.PARTNERSHIP: _partnership,
}


def words(claim: Claim) -> str:
    """A claim as a plain sentence."""
    return "".join(part.text for part in sentence(claim))


def dates(claim: Claim) -> str:
    """The dates of a claim in brackets, or nothing."""
    if not claim.start and not claim.end:
        return ""
    return f" [{claim.start or ''}–{claim.end}]" if claim.end else f" [{claim.start}]"
