"""Who speaks, counted once: a report that ten releases relay is one source.

The speaker of a claim is who the document attributes it to, else the document's publisher, else the document. Two
speakers of one fact count as one voice where

* they are the same but for articles, case and words for their paper ("a new UN report", "the UN");
* one is named in the words of the other ("Special Rapporteur" and "UN Special Rapporteur on Myanmar");
* one is the acronym of the other ("JFM", "Justice For Myanmar");
* one is a spokesperson of the other, as documents of the case say.

A speaker without a name ("sources", "leaked documents") is nobody who could be asked again: whoever relays it speaks.

This can take two voices for one, seldom one for two: the number of independent voices is never made larger than it is.
A publisher is not merged by words alone, for its name may be made of common ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts
from finemesh.model.authority import find_authority
from finemesh.model.claim import ClaimType, Stance

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NATIONS = re.compile(r"United Nations", re.IGNORECASE)
_EMPTY = frozenset(
    "a an the of by on for to in and s new latest last recent own its their his her report reports statement statements"
    " study research investigation paper data figures letter document documents website analysis press release update"
    " source sources leaked public internal confidential official available financial corporate business shareholder"
    " annual evidence information record records filing filings terms proposal minutes contract contracts shipment"
    " shipping customs trade database page profile media news several other some many multiple".split()
)
_SPEAKS_FOR = re.compile(r"spokes(person|man|woman)|press (officer|secretary)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent speaker of a fact.

    Attributes:
        speaker: The fullest form of the name.
        forms: Every form, in order.
        relayed_by: Publishers that relay it, in order; the speaker itself is not among them.
        claims: What it says.
    """

    speaker: str
    forms: tuple[str, ...]
    relayed_by: tuple[str, ...]
    claims: tuple[StoredClaim, ...]


def words_of(speaker: str) -> frozenset[str]:
    """The telling words of a speaker's name; none where it names nobody ("leaked documents")."""
    plain = _NATIONS.sub("UN", speaker.replace("’s", "").replace("'s", ""))
    words = [(find_authority(word) or word).casefold() for word in _WORD.findall(plain)]
    return frozenset(word for word in words if word not in _EMPTY)


def spokespeople(claims: Iterable[StoredClaim]) -> dict[frozenset[str], str]:
    """For whom somebody speaks, by the words of the name, as most role claims say."""
    found: dict[frozenset[str], Counter[str]] = defaultdict(Counter)
    for item in claims:
        claim = item.claim
        if claim.type is ClaimType.ROLE and claim.stance is Stance.ASSERTED:
            holder, organisation = words_of(str(claim.args.get("holder") or "")), claim.args.get("organisation")
            if holder and organisation and _SPEAKS_FOR.search(str(claim.args.get("role") or "")):
                found[holder][str(organisation)] += 1
    return {holder: min(names, key=lambda name: (-names[name], name)) for holder, names in found.items()}


def _initials(speaker: str) -> str:
    return "".join(word[0] for word in _WORD.findall(speaker) if word[0].isupper()).casefold()


def voices(
    facts: Facts, claims: Iterable[StoredClaim], speak_for: Mapping[frozenset[str], str] | None = None
) -> tuple[Voice, ...]:
    """The independent speakers of some claims about one fact, the one with most documents first.

    Args:
        facts: The case.
        claims: About one fact.
        speak_for: What :func:`spokespeople` found.
    """
    said: dict[str, list[StoredClaim]] = {}
    publishers: set[str] = set()
    for item in claims:
        relay = facts.publishers.get(item.claim.sha256) or item.source
        words = words_of(item.claim.speaker or "")
        speaker = (speak_for or {}).get(words) or item.claim.speaker if words else None
        said.setdefault(speaker or relay, []).append(item)
        publishers |= {relay} if not speaker else set()
    groups: list[list[str]] = []
    for form in sorted(said, key=lambda s: (-len(words_of(s)), -len(s), s)):
        group = next((g for g in groups if _one(g[0], form, publishers)), None)
        if group is None:
            groups.append([form])
        else:
            group.append(form)
    found = [_voice(facts, group, said) for group in groups]
    return tuple(sorted(found, key=lambda v: (-len({c.claim.sha256 for c in v.claims}), v.speaker)))


def _one(longer: str, shorter: str, publishers: set[str]) -> bool:
    """Whether two forms are one speaker."""
    long, short = words_of(longer), words_of(shorter)
    if long == short or _initials(longer) == shorter.casefold() or _initials(shorter) == longer.casefold():
        return True
    return not {longer, shorter} & publishers and short < long


def _voice(facts: Facts, forms: Sequence[str], said: dict[str, list[StoredClaim]]) -> Voice:
    claims = [item for form in forms for item in said[form]]
    written = {c.claim.speaker for c in claims if c.claim.speaker}
    relays = dict.fromkeys(facts.publishers.get(c.claim.sha256) or c.source for c in claims if c.claim.speaker)
    every = tuple(sorted({*forms, *written}))
    return Voice(forms[0], every, tuple(r for r in relays if r not in forms), tuple(claims))
