"""What the tests of this room share: reading a text and saying its claims in short."""

from __future__ import annotations

from finemesh.extraction.claims import read_claims
from finemesh.model.claim import Claim

PUBLISHED = "2024-03-01"


def claims(text: str, kind: str | None = None, published: str | None = PUBLISHED) -> list[Claim]:
    """The claims of a text, of one type where one is asked for; quotes and offsets are checked on the way."""
    found = read_claims("doc", text, published)
    for claim in found:
        start, end = claim.offset
        assert claim.quote == text[start:end]
    return [claim for claim in found if kind is None or claim.type.value == kind]


def pairs(text: str, kind: str, one: str, two: str) -> set[tuple[object, object]]:
    """The (arg, arg) pairs of the claims of one type."""
    return {(claim.args.get(one), claim.args.get(two)) for claim in claims(text, kind)}


def sanctioned(text: str, stance: str = "asserted") -> set[tuple[object, object]]:
    """The (authority, target) pairs of a text's designations with one stance."""
    return {
        (claim.args["authority"], claim.args["target"])
        for claim in claims(text, "designation")
        if claim.stance.value == stance
    }
