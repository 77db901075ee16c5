"""The claims of a document: patterns laid over its parsed sentences, with speaker, stance and dates."""

from __future__ import annotations

from collections.abc import Sequence

from finemesh.extraction.analysis import Analysis, Sentence, analyse
from finemesh.extraction.frames import frame_set
from finemesh.extraction.match import Found, Matcher
from finemesh.extraction.refs import Resolver
from finemesh.extraction.spans import KnownName
from finemesh.model.claim import ArgValue, Claim

_REQUIRED = {
    "designation": ("authority", "target"),
    "role": ("holder", "role"),
    "supply": ("supplier", "recipient"),
    "ownership": ("owner", "asset"),
    "family": ("person", "relative"),
    "payment": ("payer", "beneficiary"),
    "meeting": ("participants",),
    "partnership": ("parties",),
}


def read_claims(
    doc: str, text: str, published: str | None = None, known: Sequence[KnownName] = (), sha256: str = ""
) -> list[Claim]:
    """The claims that a document makes, in the order of its sentences.

    Args:
        doc: The document's id.
        text: Its text.
        published: Its date (partial ISO), for relative dates.
        known: Names of the case that the matching room found in it; may be empty.
        sha256: The document's artifact.

    Returns:
        Claims whose ``quote`` is ``text[offset[0]:offset[1]]``, with ``entities`` left empty. A fact that the
        document repeats is one claim.
    """
    analysis = analyse(text, published, known)
    resolver = Resolver(analysis)
    matcher = Matcher(frame_set(), resolver)
    claims: list[Claim] = []
    seen: set[tuple[object, ...]] = set()
    for sentence in analysis.sentences:
        resolver.enter(sentence)
        for found in matcher.read(sentence.parse):
            claim = _claim(doc, sha256, analysis, sentence, found)
            if claim is None:
                continue
            key = _key(claim)
            if key not in seen:
                seen.add(key)
                claims.append(claim)
    return claims


def _claim(doc: str, sha256: str, analysis: Analysis, sentence: Sentence, found: Found) -> Claim | None:
    kind = found.frame.type
    if any(not found.args.get(arg) for arg in _REQUIRED[kind.value]):
        return None
    span = sentence.span
    return Claim(
        doc=doc,
        type=kind,
        quote=analysis.text[span.start : span.end],
        args=found.args,
        offset=(span.start, span.end),
        stance=found.stance,
        speaker=sentence.speaker,
        sha256=sha256,
        method=f"pattern:{kind.value}/{found.frame.name}",
    )


def _key(claim: Claim) -> tuple[object, ...]:
    """What makes two claims of one document the same fact."""

    def plain(value: ArgValue) -> object:
        return tuple(sorted(v.casefold() for v in value)) if isinstance(value, list) else (value or "").casefold()

    args = tuple(plain(claim.args.get(arg)) for arg in _REQUIRED[claim.type.value])
    return (claim.type, args, claim.stance, claim.speaker, claim.start, claim.end)
