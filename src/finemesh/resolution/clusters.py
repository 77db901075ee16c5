"""Which records are one party: pairs with a reason, joined into clusters.

Records are joined when they share a strong identifier, or a name together with a birth date, or a name that means
nobody else; and when nothing contradicts (kind of party, birth dates, gender, IMO). Two entries of one list under
one programme are two parties, whatever their names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from finemesh.matching.plain import plain_name
from finemesh.model.entity import EntityRecord

REPEATING = frozenset({"eu_journal", "ca_sema", "us_trade_csl"})
"""Lists that name one party several times: the EU by act and annex, Canada by act, the CSL by source list."""

IDENTIFIER = 0.99
BIRTH_DATE = 0.97
NAME = 0.9
DOUBT = 0.6
"""How sure each kind of reason is."""

_STRONG = frozenset(
    {"imoNumber", "leiCode", "innCode", "ogrnCode", "uscCode", "dunsCode", "mmsi", "publicKey", "unscId"}
)
_LEAST = 6
_NAME_PROPS = ("name", "alias", "previousName")
_KINDS = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "airplane",
    "CryptoWallet": "wallet",
    "Security": "security",
}
_NOT_CODE = re.compile(r"[^A-Z0-9]")


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


class Clusters:
    """Entity ids joined into parties; a join that would bring a contradiction together is refused.

    Args:
        records: Every record; records of one entity id (in several datasets) are one party from the start.
    """

    def __init__(self, records: Iterable[EntityRecord]) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[EntityRecord]] = defaultdict(list)
        for record in records:
            self._parent[record.id] = record.id
            self._members[record.id].append(record)

    def root(self, id: str) -> str:
        """The party of an entity: the smallest id among its members."""
        parent = self._parent
        while parent[id] != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    def join(self, left: str, right: str) -> bool:
        """Join two parties, unless some records of theirs contradict each other.

        Returns:
            Whether they are one party now.
        """
        one, other = self.root(left), self.root(right)
        if one == other:
            return True
        if any(contradiction(a, b) for a in self._members[one] for b in self._members[other]):
            return False
        low, high = min(one, other), max(one, other)
        self._parent[high] = low
        self._members[low] += self._members.pop(high)
        return True

    def all(self) -> dict[str, str]:
        """The party of each entity id."""
        return {id: self.root(id) for id in self._parent}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which records are one party, and which may be.

    Attributes:
        clusters: The party of each entity id.
        pairs: What made it so, in a fixed order.
        doubts: Pairs that may be one party, but of which no machine can be sure: for a person to judge.
    """

    clusters: dict[str, str]
    pairs: list[Pair]
    doubts: list[Pair]


def resolve(records: Sequence[EntityRecord]) -> Resolution:
    """Find the parties behind some records; the order in which they come plays no part."""
    records = sorted(records, key=lambda r: (r.id, r.dataset))
    clusters = Clusters(records)
    pairs: dict[tuple[str, str], Pair] = {}
    by_name = _by_name(records)
    for step in (_identifier_pairs(records, by_name), _birth_date_pairs(by_name), _name_pairs(by_name, clusters)):
        for pair in step:
            key = (pair.left, pair.right)
            if key not in pairs and clusters.join(*key):
                pairs[key] = pair
    doubts = [p for p in _doubtful_pairs(by_name) if clusters.root(p.left) != clusters.root(p.right)]
    return Resolution(clusters.all(), [pairs[key] for key in sorted(pairs)], sorted(set(doubts)))


def contradiction(left: EntityRecord, right: EntityRecord) -> str:
    """What speaks against two records being one party, in words; empty where nothing does."""
    if left.id == right.id:
        return ""
    if kind_of(left.schema) != kind_of(right.schema):
        return "of two kinds"
    if left.dataset == right.dataset and (left.dataset not in REPEATING or left.sections & right.sections):
        return "two entries of one list"
    for prop in ("birthDate", "gender", "imoNumber"):
        ours, theirs = left.values.get(prop, []), right.values.get(prop, [])
        if ours and theirs and not any(_agree(prop, a, b) for a in ours for b in theirs):
            return f"different {prop}"
    return ""


def _agree(prop: str, left: str, right: str) -> bool:
    """Whether two values may be the same; lists swap day and month, mistype a digit, and often know only the year."""
    if prop != "birthDate":
        return left == right
    if left[:4] != right[:4]:
        return False
    if len(left) == len(right) == 10:
        swapped = f"{right[:4]}-{right[8:]}-{right[5:7]}"
        return left == swapped or sum(a != b for a, b in zip(left, right, strict=True)) <= 1
    return left.startswith(right) or right.startswith(left)


Named = dict[tuple[str, str], list[EntityRecord]]


def _by_name(records: Sequence[EntityRecord]) -> Named:
    """Records by kind and plain name."""
    found: Named = defaultdict(list)
    for record in records:
        names = {plain_name(n, record.schema) for prop in _NAME_PROPS for n in record.values.get(prop, ())}
        for name in sorted(names):
            if len(name) > 4:
                found[kind_of(record.schema), name].append(record)
    return found


def _pair(left: EntityRecord, right: EntityRecord, reason: str, score: float) -> Pair:
    return Pair(min(left.id, right.id), max(left.id, right.id), reason, score)


def _pairs_of(
    group: Sequence[EntityRecord], make: Callable[[EntityRecord, EntityRecord], Pair | None]
) -> Iterator[Pair]:
    for position, left in enumerate(group):
        for right in group[position + 1 :]:
            if left.id != right.id and (pair := make(left, right)) is not None:
                yield pair


def _identifier_pairs(records: Sequence[EntityRecord], by_name: Named) -> Iterator[Pair]:
    """Pairs that share an identifier; a weak one (a passport, a registration) only together with a name's word."""
    words: dict[str, set[str]] = defaultdict(set)
    for (_, name), group in by_name.items():
        for record in group:
            words[record.id].update(w for w in name.split() if len(w) > 2)
    found: dict[str, list[tuple[str, EntityRecord]]] = defaultdict(list)
    for record in records:
        for prop, value in record.identifiers:
            code = _NOT_CODE.sub("", value.upper())
            if prop == "imoNumber":
                code = code.removeprefix("IMO")
            if len(code) >= _LEAST:
                found[code].append((prop, record))
    for code in sorted(found):
        props = {record.id: prop for prop, record in found[code]}

        def make(
            left: EntityRecord, right: EntityRecord, props: dict[str, str] = props, code: str = code
        ) -> Pair | None:
            strong = props[left.id] in _STRONG and props[right.id] in _STRONG
            if not strong and not words[left.id] & words[right.id]:
                return None
            return _pair(left, right, f"same {props[left.id]}: {code}", IDENTIFIER)

        yield from _pairs_of([record for _, record in found[code]], make)


def _birth_date_pairs(by_name: Named) -> Iterator[Pair]:
    """Pairs that share a name and a whole birth date."""
    for (_, name), group in sorted(by_name.items()):

        def make(left: EntityRecord, right: EntityRecord, name: str = name) -> Pair | None:
            shared = {d for d in left.values.get("birthDate", ()) if len(d) == 10} & set(
                right.values.get("birthDate", ())
            )
            return (
                _pair(left, right, f"same name and birth date: {name}, {min(shared)}", BIRTH_DATE) if shared else None
            )

        yield from _pairs_of(group, make)


def _name_pairs(by_name: Named, clusters: Clusters) -> Iterator[Pair]:
    """Pairs that share a name, where by now no list has two parties of that name."""
    for (_, name), group in sorted(by_name.items()):
        if not _ambiguous(group, clusters):
            yield from _namesakes(group, name, NAME)


def _ambiguous(group: Sequence[EntityRecord], clusters: Clusters) -> bool:
    """Whether some list has two parties among records of one name."""
    parties: dict[str, set[str]] = defaultdict(set)
    for record in group:
        parties[record.dataset].add(clusters.root(record.id))
    if any(len(found) > 1 for dataset, found in parties.items() if dataset not in REPEATING):
        return True
    sections = [s for r in group if r.dataset in REPEATING for s in r.sections]
    return len(sections) != len(set(sections))


def _doubtful_pairs(by_name: Named) -> Iterator[Pair]:
    """Pairs that share a name and that nothing contradicts; what is clear has been joined before."""
    for (_, name), group in sorted(by_name.items()):
        for pair in _namesakes(group, name, DOUBT):
            records = {r.id: r for r in group}
            if not contradiction(records[pair.left], records[pair.right]):
                yield pair


def _namesakes(group: Sequence[EntityRecord], name: str, score: float) -> Iterator[Pair]:
    return _pairs_of(group, lambda left, right: _pair(left, right, f"same name: {name}", score))
