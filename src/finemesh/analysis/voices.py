"""Who speaks, counted once: a report that ten releases relay is one source.

The speaker of a claim is who the document attributes it to, else the document's publisher, else the document. Two
speakers of one fact count as one voice where

* they are the same but for articles, case and words for their paper ("a new UN report", "the UN");
* one is named in the words of the other ("Special Rapporteur" and "UN Special Rapporteur on Myanmar");
* one is the acronym of the other ("JFM", "Justice For Myanmar").

This can take two voices for one, seldom one for two: the number of independent voices is never made larger than it is.
A publisher is only ever merged with itself, for its name may be made of common words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts
from finemesh.model.authority import find_authority

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NATIONS = re.compile(r"United Nations", re.IGNORECASE)
_EMPTY = frozenset(
    "a an the of by on for to in and s new latest recent own its their his her report reports statement statements"
    " study research investigation paper data figures letter document documents website analysis press release"
    " update".split()
)


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
    """The telling words of a speaker's name; empty names keep all their words."""
    plain = _NATIONS.sub("UN", speaker.replace("’s", "").replace("'s", ""))
    words = [(find_authority(word) or word).casefold() for word in _WORD.findall(plain)]
    return frozenset(word for word in words if word not in _EMPTY) or frozenset(words)


def _initials(speaker: str) -> str:
    return "".join(word[0] for word in _WORD.findall(speaker) if word[0].isupper()).casefold()


def voices(facts: Facts, claims: Iterable[StoredClaim]) -> tuple[Voice, ...]:
    """The independent speakers of some claims about one fact, the one with most documents first."""
    said: dict[str, list[StoredClaim]] = {}
    publishers: set[str] = set()
    for item in claims:
        speaker = facts.speaker_of(item.claim, item.source)
        said.setdefault(speaker, []).append(item)
        if not item.claim.speaker:
            publishers.add(speaker)
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
    relays = dict.fromkeys(facts.publishers.get(c.claim.sha256) or c.source for c in claims if c.claim.speaker)
    return Voice(forms[0], tuple(sorted(forms)), tuple(r for r in relays if r not in forms), tuple(claims))
