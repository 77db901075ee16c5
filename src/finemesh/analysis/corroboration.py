"""Corroboration: which claims speak of one fact, how many independent voices say it, where they differ, who denies it.

Claims speak of one fact when they have one type and name the same parties (the parties of the case, not spellings):

============  =====================================  ========================================
type          one fact                               what may differ
============  =====================================  ========================================
designation   authority, target                      start, end
role          holder, organisation                   role, start, end
supply        supplier, recipient, and goods with a  value, via, start, end
              head word in common
ownership     owner, asset                           share, start, end
family        the two people, either way round       relation
meeting       the participants, and dates that agree place, event
payment       payer, beneficiary                     amount, start, end
partnership   the two parties, either way round      start, end
============  =====================================  ========================================

A difference is a lead, not a verdict: two amounts may be of two years. Dates of which one is only less exact agree
(2022 and 2022-03), so do amounts of one number and titles of which one only says more (director, executive director);
words for an amount without a number are not compared. Voices count as in :mod:`finemesh.analysis.voices`. A denial is
*later* when its document was published after one that asserts the fact: "is not sanctioned" of 2021 does not contradict
"was sanctioned" of 2023.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finemesh.analysis.amounts import amount, share
from finemesh.analysis.documents import StoredClaim
from finemesh.analysis.facts import Facts
from finemesh.analysis.voices import Voice, spokespeople, voices
from finemesh.model.authority import find_authority
from finemesh.model.claim import PARTIES, ClaimType, Stance

_KEYS: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.DESIGNATION: ("target",),
    ClaimType.ROLE: ("holder", "organisation"),
    ClaimType.SUPPLY: ("supplier", "recipient"),
    ClaimType.OWNERSHIP: ("owner", "asset"),
    ClaimType.FAMILY: ("person", "relative"),
    ClaimType.MEETING: ("participants",),
    ClaimType.PAYMENT: ("payer", "beneficiary"),
    ClaimType.PARTNERSHIP: ("parties",),
}
_COMPARED: dict[ClaimType, tuple[str, ...]] = {
    ClaimType.DESIGNATION: ("start", "end"),
    ClaimType.ROLE: ("role", "start", "end"),
    ClaimType.SUPPLY: ("value", "via", "start", "end"),
    ClaimType.OWNERSHIP: ("share", "start", "end"),
    ClaimType.FAMILY: ("relation",),
    ClaimType.MEETING: ("place", "event"),
    ClaimType.PAYMENT: ("amount", "start", "end"),
    ClaimType.PARTNERSHIP: ("start", "end"),
}
_EITHER_WAY = frozenset({ClaimType.FAMILY, ClaimType.MEETING, ClaimType.PARTNERSHIP})
_BEFORE_OF = (" of ", " for ", " to ", " from ", " in ", " with ", " worth ", " including ")


@dataclass(frozen=True, slots=True)
class Difference:
    """A detail that claims of one fact tell differently.

    Attributes:
        detail: ``value``, ``share``, ``role``, ``start``, ...
        values: Each value as it is written first, with the claims that say so, the most frequent first.
    """

    detail: str
    values: tuple[tuple[str, tuple[StoredClaim, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What several claims, or one, say of the same parties.

    Attributes:
        id: A hash of the type and the parties.
        type: One of the eight.
        parties: Ids of the parties, each once.
        claim: The claim that says most, for the words.
        asserted: Who says that it is so: the independent voices.
        denied, planned, called_for: Claims of other stances, oldest document first.
        differences: Details that the asserting claims tell differently.
        later_denied: Claims that deny it in a document later than one that asserts it.
    """

    id: str
    type: ClaimType
    parties: tuple[str, ...]
    claim: StoredClaim
    asserted: tuple[Voice, ...]
    denied: tuple[StoredClaim, ...]
    planned: tuple[StoredClaim, ...]
    called_for: tuple[StoredClaim, ...]
    differences: tuple[Difference, ...]
    later_denied: tuple[StoredClaim, ...]

    @property
    def claims(self) -> tuple[StoredClaim, ...]:
        """Every claim, those that assert it first."""
        return (*(c for v in self.asserted for c in v.claims), *self.denied, *self.planned, *self.called_for)

    @property
    def documents(self) -> int:
        """How many documents speak of it."""
        return len({c.claim.sha256 for c in self.claims})

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "fact": self.id,
            "type": self.type.value,
            "args": self.claim.claim.args,
            "entities": self.claim.claim.entities,
            "documents": self.documents,
            "claims": len(self.claims),
            "independent": len(self.asserted),
            "speakers": [
                {
                    "speaker": v.speaker,
                    "forms": list(v.forms),
                    "relayed_by": list(v.relayed_by),
                    "documents": len({c.claim.sha256 for c in v.claims}),
                    "claims": [_claim_json(c) for c in v.claims],
                }
                for v in self.asserted
            ],
            "denied": [{**_claim_json(c), "later": c in self.later_denied} for c in self.denied],
            "planned": [_claim_json(c) for c in self.planned],
            "called_for": [_claim_json(c) for c in self.called_for],
            "differences": [
                {
                    "detail": d.detail,
                    "values": [{"value": value, "claims": [c.id for c in said]} for value, said in d.values],
                }
                for d in self.differences
            ],
        }


def _claim_json(item: StoredClaim) -> dict[str, Any]:
    claim = item.claim
    return {
        "id": item.id,
        "doc": claim.doc,
        "published": item.published or None,
        "speaker": claim.speaker,
        "args": claim.args,
        "start": claim.start,
        "end": claim.end,
        "decision": item.answer.value if item.answer else None,
        "evidence": [item.evidence.as_json()],
    }


def corroborate(facts: Facts, claims: Sequence[StoredClaim]) -> list[Fact]:
    """The facts that some claims speak of, those with most independent voices (then documents) first.

    Args:
        facts: The case, which knows who is who.
        claims: Claims that are not rejected.
    """
    ids = {id for item in claims for _, id in _linked(item)}
    clusters = {id: party.id for id, party in facts.parties(ids).items()}
    speak_for = spokespeople(claims)
    groups: dict[tuple[object, ...], list[StoredClaim]] = defaultdict(list)
    for item in claims:
        key = _key(item, clusters)
        if key is not None:
            groups[key].append(item)
    found = [
        _fact(facts, key, part, clusters, speak_for)
        for key, group in groups.items()
        for part in _parted(group)
    ]  # fmt: skip
    return sorted(found, key=lambda f: (-len(f.asserted), -f.documents, -len(f.claims), f.type, f.id))


def _linked(item: StoredClaim) -> list[tuple[str, str]]:
    """(name, id) of each party of a claim; a name without an id stands for itself."""
    found = []
    for arg in PARTIES[item.claim.type]:
        names, ids = item.claim.args.get(arg), item.claim.entities.get(arg)
        names = names if isinstance(names, list) else [names] if names else []
        ids = ids if isinstance(ids, list) else [ids]
        for n, name in enumerate(names):
            id = ids[n] if n < len(ids) else None
            found.append((arg, id or f"name:{name.casefold()}"))
    return found


def _key(item: StoredClaim, clusters: dict[str, str]) -> tuple[object, ...] | None:
    """What the claim's fact is about, or None where a party is missing."""
    kind = item.claim.type
    named: dict[str, list[str]] = defaultdict(list)
    for arg, id in _linked(item):
        named[arg].append(clusters.get(id, id))
    parties = [tuple(sorted(set(named[arg]))) for arg in _KEYS[kind]]
    if not all(parties) and kind is not ClaimType.ROLE:
        return None
    if kind is ClaimType.DESIGNATION:
        written = str(item.claim.args.get("authority") or "")
        return kind, find_authority(written) or written.casefold(), *parties
    return kind, *(sorted(parties) if kind in _EITHER_WAY else parties)


def _parted(group: Sequence[StoredClaim]) -> list[list[StoredClaim]]:
    """Claims between the same parties, parted where they cannot be of one fact: other goods, another day."""
    kind = group[0].claim.type
    if kind is ClaimType.SUPPLY:
        return _joined(group, lambda a, b: bool(_heads(a) & _heads(b)) or not (_heads(a) or _heads(b)))
    if kind is ClaimType.MEETING:
        return _joined(group, lambda a, b: _same_day(a.claim.start, b.claim.start))
    return [list(group)]


def _joined(group: Sequence[StoredClaim], alike: Callable[[StoredClaim, StoredClaim], bool]) -> list[list[StoredClaim]]:
    parts: list[list[StoredClaim]] = []
    for item in group:
        near = [part for part in parts if any(alike(item, other) for other in part)]
        parts = [part for part in parts if part not in near] + [[c for part in near for c in part] + [item]]
    return parts


def _heads(item: StoredClaim) -> frozenset[str]:
    """The head words of what is supplied: ``arms and related equipment`` is arms and equipment."""
    phrase = f" {str(item.claim.args.get('goods') or '').casefold()} "
    for word in _BEFORE_OF:
        phrase = phrase.split(word, 1)[0] + " " if word in phrase else phrase
    parts = phrase.replace(" and ", ",").replace(" or ", ",").replace("/", ",").split(",")
    return frozenset(part.split()[-1].removesuffix("s") for part in parts if part.split())


def _same_day(one: str | None, two: str | None) -> bool:
    """Whether two partial dates may be one; of a missing one nothing is known."""
    return not one or not two or one.startswith(two) or two.startswith(one)


def _fact(
    facts: Facts,
    key: tuple[object, ...],
    group: Sequence[StoredClaim],
    clusters: dict[str, str],
    speak_for: Mapping[frozenset[str], str],
) -> Fact:
    ordered = sorted(group, key=lambda c: (c.published or "9", c.claim.doc, c.claim.offset, c.id))
    by_stance = {stance: [c for c in ordered if c.claim.stance is stance] for stance in Stance}
    asserted, denied = by_stance[Stance.ASSERTED], by_stance[Stance.DENIED]
    first = min((c.published for c in asserted if c.published), default="")
    kind = group[0].claim.type
    goods = sorted({h for c in group for h in _heads(c)}) if kind is ClaimType.SUPPLY else ordered[0].claim.start
    digest = hashlib.sha256(repr((key, goods if kind in (ClaimType.SUPPLY, ClaimType.MEETING) else "")).encode())
    return Fact(
        id=digest.hexdigest()[:16],
        type=kind,
        parties=tuple(dict.fromkeys(clusters.get(id, id) for c in ordered for _, id in _linked(c))),
        claim=max(asserted or ordered, key=_said),
        asserted=voices(facts, asserted, speak_for),
        denied=tuple(denied),
        planned=tuple(by_stance[Stance.PLANNED]),
        called_for=tuple(by_stance[Stance.CALLED_FOR]),
        differences=_differences(kind, asserted),
        later_denied=tuple(c for c in denied if first and c.published > first),
    )


def _said(item: StoredClaim) -> int:
    """How many details a claim gives."""
    return sum(bool(v) for v in item.claim.args.values()) + bool(item.claim.start) + bool(item.claim.end)


def _differences(kind: ClaimType, claims: Sequence[StoredClaim]) -> tuple[Difference, ...]:
    found = []
    for detail in _COMPARED[kind]:
        values = _values(detail, claims)
        if len(values) > 1:
            found.append(Difference(detail, values))
    return tuple(found)


def _values(detail: str, claims: Sequence[StoredClaim]) -> tuple[tuple[str, tuple[StoredClaim, ...]], ...]:
    """The values of a detail that do not agree with each other, each with who says so."""
    groups: list[list[tuple[str, StoredClaim]]] = []
    for item in claims:
        raw = getattr(item.claim, detail) if detail in ("start", "end") else item.claim.args.get(detail)
        if raw and (detail != "relation" or item.claim.args.get("person") == claims[0].claim.args.get("person")):
            value = str(raw)
            group = next((g for g in groups if all(agree(detail, value, other) for other, _ in g)), None)
            if group is None:
                groups.append([(value, item)])
            else:
                group.append((value, item))
    groups.sort(key=lambda g: -len({c.claim.sha256 for _, c in g}))
    return tuple((max((v for v, _ in g), key=len), tuple(c for _, c in g)) for g in groups)


def agree(detail: str, one: str, two: str) -> bool:
    """Whether two values of a detail say the same, one of them perhaps less exactly."""
    if detail in ("start", "end"):
        return _same_day(one, two)
    if detail in ("value", "amount"):
        left, right = amount(one), amount(two)
        return left.agrees(right) if left and right else True
    if detail == "share":
        first, second = share(one), share(two)
        if first is not None and second is not None:
            return first == second
    left_words, right_words = _words(one), _words(two)
    if detail == "relation":
        return left_words == right_words or two in _KIN.get(one, ()) or one in _KIN.get(two, ())
    if detail == "role":
        return set(left_words) <= set(right_words) or set(right_words) <= set(left_words)
    return left_words == right_words


_KIN = {
    "child": ("son", "daughter"),
    "parent": ("father", "mother"),
    "spouse": ("wife", "husband", "couple"),
    "couple": ("wife", "husband"),
    "sibling": ("brother", "sister"),
}
"""Words for relatives that say less than others."""


_SILENT = frozenset({"the", "a", "an", "then", "former", "current"})


def _words(text: str) -> list[str]:
    return [word for word in text.casefold().replace("-", " ").split() if word not in _SILENT]
