"""Which records are one party: pairs with a reason, joined into clusters.

Records of different datasets are joined when they share a strong identifier, or a name that is not ambiguous, and
nothing contradicts (birth dates, gender, kind). Two entries of one list are two parties, unless that list is known to
repeat a party under several acts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from finemesh.matching.plain import plain_name
from finemesh.model.entity import NAME_PROPS, EntityRecord

REPEATING = frozenset({"eu_journal", "ca_sema", "us_trade_csl"})
"""Datasets that list one party several times: the EU by act and annex, Canada by act, the CSL by source list."""

_STRONG = ("imoNumber", "leiCode", "innCode", "ogrnCode", "uscCode", "dunsCode", "mmsi", "serialNumber", "publicKey")
_KINDS = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "airplane",
    "CryptoWallet": "wallet",
    "Security": "security",
}
Key = tuple[str, str]
"""Entity id and dataset."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records that are one party.

    Attributes:
        left, right: Entity ids, in order.
        reason: Why, in words.
        score: How sure, 0..1.
    """

    left: str
    right: str
    reason: str
    score: float


def kind_of(schema: str) -> str:
    """Person, vessel, ... or organisation: records of two kinds are never one party."""
    return _KINDS.get(schema, "organisation")


def find_pairs(records: Sequence[EntityRecord]) -> list[Pair]:
    """Every pair that joins, in a fixed order."""
    pairs: dict[tuple[str, str], Pair] = {}
    for reason, score, group in _groups(records):
        for left, right in _joinable(group):
            key = (min(left.id, right.id), max(left.id, right.id))
            if key[0] != key[1] and key not in pairs:
                pairs[key] = Pair(*key, reason, score)
    return [pairs[key] for key in sorted(pairs)]


def _groups(records: Sequence[EntityRecord]) -> Iterable[tuple[str, float, list[EntityRecord]]]:
    """Groups of records that share an identifier or a name, strong ones first."""
    by_identifier: dict[tuple[str, str], list[EntityRecord]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[EntityRecord]] = defaultdict(list)
    for record in records:
        for prop in _STRONG:
            for value in record.values.get(prop, ()):
                by_identifier[prop, value].append(record)
        names = {plain_name(n, record.schema) for prop in NAME_PROPS[:3] for n in record.values.get(prop, ())}
        for name in sorted(names):
            if len(name) > 4:
                by_name[kind_of(record.schema), name].append(record)
    for (prop, value), group in sorted(by_identifier.items()):
        yield f"same {prop}: {value}", 0.99, group
    for (_, name), group in sorted(by_name.items()):
        yield f"same name: {name}", 0.9, group


def _joinable(group: list[EntityRecord]) -> Iterable[tuple[EntityRecord, EntityRecord]]:
    """The pairs of a group that may be one party; a name that two entries of one list bear joins nobody by itself."""
    by_dataset: dict[str, list[EntityRecord]] = defaultdict(list)
    for record in group:
        if record.id not in {r.id for r in by_dataset[record.dataset]}:
            by_dataset[record.dataset].append(record)
    ambiguous = {d for d, rs in by_dataset.items() if d not in REPEATING and len(rs) > 1}
    ordered = [r for d in sorted(by_dataset) if d not in ambiguous for r in by_dataset[d]]
    for position, left in enumerate(ordered):
        for right in ordered[position + 1 :]:
            if left.id == right.id or not contradiction(left, right):
                yield left, right


def contradiction(left: EntityRecord, right: EntityRecord) -> str:
    """What speaks against two records being one party, in words; empty where nothing does."""
    if kind_of(left.schema) != kind_of(right.schema):
        return "of two kinds"
    for prop in ("birthDate", "gender", "imoNumber"):
        ours, theirs = left.values.get(prop, []), right.values.get(prop, [])
        if ours and theirs and not any(_agree(prop, a, b) for a in ours for b in theirs):
            return f"different {prop}"
    return ""


def _agree(prop: str, left: str, right: str) -> bool:
    if prop != "birthDate":
        return left == right
    if left[:4] != right[:4]:
        return False
    if len(left) == len(right) == 10:
        swapped = f"{right[:4]}-{right[8:]}-{right[5:7]}"
        return left in (right, swapped)
    return left.startswith(right) or right.startswith(left)


def cluster_ids(records: Sequence[EntityRecord], pairs: Sequence[Pair]) -> dict[str, str]:
    """The cluster of each entity id: the smallest id among those that pairs join.

    A pair that would bring two contradicting records into one cluster, by way of others, is passed over; stronger
    pairs go first.
    """
    parent: dict[str, str] = {r.id: r.id for r in records}
    members: dict[str, list[EntityRecord]] = defaultdict(list)
    for record in records:
        members[record.id].append(record)

    def root(id: str) -> str:
        while parent[id] != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    for pair in sorted(pairs, key=lambda p: (-p.score, p)):
        left, right = root(pair.left), root(pair.right)
        if left == right or _clash(members[left], members[right]):
            continue
        low, high = min(left, right), max(left, right)
        parent[high] = low
        members[low] += members.pop(high)
    return {id: root(id) for id in parent}


def _clash(left: list[EntityRecord], right: list[EntityRecord]) -> bool:
    for a in left:
        for b in right:
            if a.id != b.id and a.dataset == b.dataset and a.dataset not in REPEATING:
                return True
            if contradiction(a, b):
                return True
    return False
