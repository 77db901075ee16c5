"""What kind of party a pattern takes, how an authority is written, and what is said of a name in passing."""

from __future__ import annotations

from functools import cache

from finemesh.extraction.back import Ref
from finemesh.extraction.frames import Frame
from finemesh.extraction.lexicon import classes, states, words
from finemesh.extraction.syntax.nodes import NP
from finemesh.model.authority import find_authority
from finemesh.model.claim import ClaimType

_DESCRIPTIONS = frozenset(
    (ClaimType.ROLE, ClaimType.FAMILY, ClaimType.OWNERSHIP, ClaimType.SUPPLY, ClaimType.PARTNERSHIP, ClaimType.PAYMENT)
)


def in_passing(frame: Frame, phrase: NP) -> bool:
    """Whether a name is described in passing: "they may meet bank director NAME" says that he is the director."""
    if frame.type not in _DESCRIPTIONS or "is" not in frame.needs:
        return False
    return phrase.name is not None or any(
        m.name is not None for other in (*phrase.same, *phrase.examples) for m in other.each()
    )


@cache
def _roles() -> frozenset[str]:
    """Words for what people are."""
    return words("roles") | {"lead"}


def of_kind(ref: Ref, wanted: frozenset[str]) -> bool:
    """Whether a party is of one of some kinds; ``military`` and ``company`` are narrower than what refs say."""
    if ref.kind in wanted:
        return True
    if "military" in wanted and ref.kind == "actor":
        return not ref.name.endswith("junta")
    last = ref.name.lower().replace(" of ", " ").split()
    company = ref.kind == "organization" and last[-1] not in _roles() and not _OFFICES.intersection(last)
    return "company" in wanted and company


_OFFICES = classes("grammar")["offices"]


_OF_STATE = classes("grammar")["of_state"]


def authority_name(ref: Ref) -> str | None:
    """How an authority is written in a claim, or None where the phrase names none."""
    if ref.kind == "state":
        return ref.name
    if ref.name.lower() in ("international community", "world", "international"):
        return "international community"
    if ref.kind in ("organization", "name"):
        first, _, rest = ref.name.partition(" ")
        if first in states() and set(rest.lower().split()) & _OF_STATE:
            return states()[first]  # "US Commerce Department"
        code = find_authority(ref.name)
        return {
            "OFAC": "US",
            "CA": "Canada",
            "AU": "Australia",
            "CH": "Switzerland",
            "NZ": "New Zealand",
            "JP": "Japan",
        }.get(code or "", code)
    return None
