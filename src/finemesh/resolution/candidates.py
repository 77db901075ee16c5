"""Pairs of records that share something: an identifier, a name with a birth date, or a name.

What a name alone proves depends on how frequent its words are and on what else is known
(:mod:`finemesh.resolution.names`).

Every pair has a key; records that meet under one key are looked at together, for a key that two different parties
share (a namesake, a passport typed twice) tells them apart from nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from finemesh.matching.plain import plain_name
from finemesh.model.entity import EntityRecord
from finemesh.resolution.facts import code_of, kind_of

_STRONG = frozenset(
    {"imoNumber", "leiCode", "innCode", "ogrnCode", "uscCode", "dunsCode", "mmsi", "publicKey", "unscId"}
)
_NAME_PROPS = ("name", "alias", "previousName")
_MOST = 60
"""Records that may share a key; one that more share says nothing."""


class Step(IntEnum):
    """Kinds of reasons, the surest first; that is the order in which pairs are joined."""

    IDENTIFIER = 0
    BIRTH_DATE = 1
    NAME = 2
    ALIKE = 3
    LINK = 4


SCORES = {Step.IDENTIFIER: 0.99, Step.BIRTH_DATE: 0.97, Step.NAME: 0.9}
"""How sure each kind of reason is where its key means one party."""
FAINT = 0.4
"""How sure a shared name is that proves too little."""
DOUBT = 0.6
"""How sure a shared key is that means several parties."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two records that may be one party.

    Attributes:
        step: The kind of reason.
        key: What they share; pairs of one key are judged together.
        left, right: Entity ids, in order.
        reason: Why, in words.
        score: How sure, 0..1.
        sure: Whether the reason may join without a person, if the key means one party and nothing contradicts.
    """

    step: int
    key: str
    left: str
    right: str
    reason: str
    score: float
    sure: bool = True


Named = dict[tuple[str, str], list[EntityRecord]]


def by_name(records: Sequence[EntityRecord]) -> Named:
    """Records by kind and plain name."""
    found: Named = defaultdict(list)
    for record in records:
        names = {plain_name(n, record.schema) for prop in _NAME_PROPS for n in record.values.get(prop, ())}
        for name in sorted(names):
            if len(name) > 4:
                found[kind_of(record.schema), name].append(record)
    return found


def exact_candidates(records: Sequence[EntityRecord], named: Named) -> list[Candidate]:
    """Pairs that share an identifier, a name with a whole birth date, or a name; in a fixed order."""
    found: dict[tuple[int, str, str, str], Candidate] = {}
    for source in (_identifier_pairs(records, named), _birth_date_pairs(named), _name_pairs(named)):
        for candidate in source:
            found.setdefault((candidate.step, candidate.key, candidate.left, candidate.right), candidate)
    return sorted(found.values())


def _pairs(
    step: Step, key: str, group: Sequence[EntityRecord], reasons: Mapping[str, str] | str
) -> Iterator[Candidate]:
    ids = sorted({r.id for r in group})
    if len(ids) > _MOST:
        return
    for position, left in enumerate(ids):
        for right in ids[position + 1 :]:
            reason = reasons if isinstance(reasons, str) else reasons[left]
            yield Candidate(step, key, left, right, reason, SCORES[step])


def _identifier_pairs(records: Sequence[EntityRecord], named: Named) -> Iterator[Candidate]:
    """Pairs that share an identifier; a weak one (a passport, a registration) only together with a name's word."""
    words: dict[str, set[str]] = defaultdict(set)
    for (_, name), group in named.items():
        for record in group:
            words[record.id].update(w for w in name.split() if len(w) > 2)
    found: dict[tuple[str, str], list[tuple[str, EntityRecord]]] = defaultdict(list)
    for record in records:
        for prop, value in record.identifiers:
            if code := code_of(prop, value):
                found[kind_of(record.schema), code].append((prop, record))
    for (kind, code), group_ in sorted(found.items(), key=lambda item: item[0]):
        props = {record.id: prop for prop, record in group_}
        reasons = {id: f"same {prop}: {code}" for id, prop in props.items()}
        for pair in _pairs(Step.IDENTIFIER, f"{kind}:{code}", [r for _, r in group_], reasons):
            strong = props[pair.left] in _STRONG and props[pair.right] in _STRONG
            if strong or words[pair.left] & words[pair.right]:
                yield pair


def _birth_date_pairs(named: Named) -> Iterator[Candidate]:
    """Pairs that share a name and a whole birth date; some lists put the last word of a name first."""
    dated: dict[tuple[str, str, str], list[tuple[str, EntityRecord]]] = defaultdict(list)
    for (kind, name), group in sorted(named.items(), key=lambda item: item[0]):
        for record in group:
            for date in record.values.get("birthDate", ()):
                if len(date) == 10:
                    dated[kind, " ".join(sorted(name.split())), date].append((name, record))
    for (kind, words, date), found in sorted(dated.items(), key=lambda item: item[0]):
        names = sorted({name for name, _ in found})
        what = f"same name and birth date: {names[0]}" if len(names) == 1 else f"same words and birth date: {names[0]}"
        records = [record for _, record in found]
        yield from _pairs(Step.BIRTH_DATE, f"{kind}:{words}|{date}", records, f"{what}, {date}")


def _name_pairs(named: Named) -> Iterator[Candidate]:
    """Pairs that share a name."""
    for (kind, name), group in sorted(named.items(), key=lambda item: item[0]):
        yield from _pairs(Step.NAME, f"{kind}:{name}", group, f"same name: {name}")
