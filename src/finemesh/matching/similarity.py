"""How alike two names are, word by word: the reference that says what a score means.

The compiled kernel (:mod:`finemesh.matching.kernel`) does the same arithmetic on whole numbers; the tests hold the two
together. This module also makes the explanation.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import NamedTuple

from finemesh.matching.sounds import abjad_costs, distance, usual_costs
from finemesh.matching.words import Kind, Reading, Word


@dataclass(frozen=True, slots=True)
class Scheme:
    """The figures of a scoring scheme. Shares are in thousandths, weights in hundredths of a bit.

    Attributes:
        floor: Likeness below which two words do not meet.
        bend: Likeness at which a pair of words counts half.
        group: Likeness of two forms of one name (Alexander, Oleksandr).
        initial: Likeness of an initial and a word that begins with it.
        missing: Share of its weight that a word without a partner costs.
        conflict: Further cost where both names have words without a partner (share of the smaller sum).
        prior: Weight of what is not said: a name of few or common words never gets a full score.
        order: Share of the score kept when the words stand in another order.
        middle, steep: The raw share that becomes 0.5, and how steeply the score rises there.
    """

    floor: int = 640
    group: int = 920
    initial: int = 800
    missing: int = 600
    missing_inner: int = 600
    missing_syllable: int = 1300
    missing_generic: int = 600
    missing_base: int = 0
    conflict_base: int = 0
    conflict_generic: int = 0
    conflict: int = 800
    prior: int = 600
    prior_same: int = 150
    order: int = 970
    order_burmese: int = 600
    other_kind: int = 800
    weak: int = 970
    person: int = 0
    e6: int = 500
    e7: int = 600
    e8: int = 750
    e9: int = 880
    middle: float = 0.70
    steep: float = 16.0


    def effects(self) -> list[int]:
        """What each likeness from 0 to 1000 counts, in thousandths."""
        knots = [(0, 0), (599, 0), (600, self.e6), (700, self.e7), (800, self.e8), (900, self.e9), (1000, 1000)]
        out = []
        for x in range(1001):
            k = max(i for i in range(len(knots)) if knots[i][0] <= x)
            a, b = knots[k], knots[min(k + 1, len(knots) - 1)]
            out.append(a[1] + (b[1] - a[1]) * (x - a[0]) // max(1, b[0] - a[0]))
        return out


class Pair(NamedTuple):
    """Words of the left name that meet words of the right one; one side is empty where nothing is met.

    Attributes:
        left: Positions in the left reading.
        right: Positions in the right reading.
        likeness: 0 to 1000.
        weight: Hundredths of a bit, both sides together.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: int
    weight: int


class Alignment(NamedTuple):
    """How two names meet: the pairs, and the sums that make the score."""

    pairs: tuple[Pair, ...]
    agreed: int
    total: int
    ordered: bool


def likeness(left: Word, right: Word, burmese: bool, scheme: Scheme) -> int:
    """How alike two words are, 0 to 1000."""
    if left.key and left.key == right.key:
        return 1000
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return 0
    if burmese and left.group and right.group:
        if left.group != right.group:
            return 0
        return 1000 if left.code == right.code else 980
    if Kind.INITIAL in (left.kind, right.kind) and left.kind is not right.kind:
        return scheme.initial if left.code[:1] == right.code[:1] else 0
    found = code_likeness(left.code, right.code, left.abjad or right.abjad)
    if left.group and left.group == right.group:
        found = max(found, scheme.group)
    return found if found >= scheme.floor else 0


def code_likeness(left: bytes, right: bytes, abjad: bool) -> int:
    """How alike two codes are, 0 to 1000: one minus their distance over their mean length."""
    if left == right:
        return 1000
    if not left or not right:
        return 0
    cost = distance(left, right, abjad_costs() if abjad else usual_costs())
    return max(0, 1000 - 20 * cost // (len(left) + len(right)))


def align(left: Reading, right: Reading, scheme: Scheme) -> Alignment:
    """Bring the words of two names together, the best meeting ones first."""
    if right.words < left.words:
        turned = _align(right, left, scheme)
        pairs = tuple(Pair(p.right, p.left, p.likeness, p.weight) for p in turned.pairs)
        return Alignment(tuple(sorted(pairs)), turned.agreed, turned.total, turned.ordered)
    return _align(left, right, scheme)


def _candidates(
    left: Reading, right: Reading, scheme: Scheme
) -> list[tuple[int, int, tuple[int, ...], tuple[int, ...], int, int]]:
    burmese = left.burmese and right.burmese
    found = []

    def add(ls: tuple[int, ...], rs: tuple[int, ...], alike: int) -> None:
        weight = _weight(left, ls, right, rs)
        if alike:
            found.append((-weight * alike, len(ls) + len(rs), ls, rs, alike, weight))

    for i, a in enumerate(left.words):
        for j, b in enumerate(right.words):
            add((i,), (j,), likeness(a, b, burmese, scheme))
    if not burmese:
        for size in (2, 3):
            for i in range(len(left.words) - size + 1):
                for j, b in enumerate(right.words):
                    add(tuple(range(i, i + size)), (j,), _joined(left.words[i : i + size], b))
            for j in range(len(right.words) - size + 1):
                for i, a in enumerate(left.words):
                    add((i,), tuple(range(j, j + size)), _joined(right.words[j : j + size], a))
    found.sort()
    return found


def _joined(parts: tuple[Word, ...], whole: Word) -> int:
    """Likeness of words written together and apart."""
    if any(p.kind in (Kind.LEGAL, Kind.HONORIFIC) for p in parts) or whole.kind in (
        Kind.LEGAL,
        Kind.HONORIFIC,
        Kind.INITIAL,
    ):
        return 0
    code = bytearray()
    for part in parts:
        code += part.code[1:] if code and part.code[:1] == code[-1:] else part.code
    if abs(len(code) - len(whole.code)) > 2:
        return 0
    found = code_likeness(bytes(code), whole.code, whole.abjad or any(p.abjad for p in parts))
    return found - 10 if found >= 850 else 0


def _weight(left: Reading, ls: tuple[int, ...], right: Reading, rs: tuple[int, ...]) -> int:
    a = sum(left.words[i].weight for i in ls)
    b = sum(right.words[j].weight for j in rs)
    if len(ls) == 1 and len(rs) == 1:
        kinds = (left.words[ls[0]].kind, right.words[rs[0]].kind)
        if Kind.INITIAL in kinds and kinds[0] is not kinds[1]:
            small, large = min(a, b), max(a, b)
            return 2 * small + (large - small) // 4
    return a + b


def _align(left: Reading, right: Reading, scheme: Scheme) -> Alignment:
    taken_left = [False] * len(left.words)
    taken_right = [False] * len(right.words)
    pairs: list[Pair] = []
    for _gain, _size, ls, rs, alike, weight in _candidates(left, right, scheme):
        if any(taken_left[i] for i in ls) or any(taken_right[j] for j in rs):
            continue
        for i in ls:
            taken_left[i] = True
        for j in rs:
            taken_right[j] = True
        pairs.append(Pair(ls, rs, alike, weight))
    agreed = sum(p.weight * p.likeness for p in pairs) // 1000
    total = sum(p.weight for p in pairs)
    burmese = left.burmese and right.burmese
    missing = scheme.missing_syllable if burmese else scheme.missing
    lost = [0, 0]
    for side, reading, taken in ((0, left, taken_left), (1, right, taken_right)):
        for i, word in enumerate(reading.words):
            if not taken[i]:
                weight = word.weight * missing // 1000
                lost[side] += word.weight
                total += weight
                pairs.append(Pair((i,) if side == 0 else (), (i,) if side else (), 0, weight))
    conflict = min(lost) * scheme.conflict // 1000
    total += conflict + scheme.prior
    matched = sorted((p.left, p.right) for p in pairs if p.likeness and p.left and p.right)
    heavy = [r for (ls, r) in matched if left.words[ls[0]].kind not in (Kind.LEGAL, Kind.PARTICLE, Kind.HONORIFIC)]
    ordered = all(a < b for a, b in itertools.pairwise(heavy))
    if not ordered:
        agreed = agreed * (scheme.order_burmese if burmese else scheme.order) // 1000
    return Alignment(tuple(sorted(pairs)), agreed, total, ordered)


def score_of(alignment: Alignment, scheme: Scheme) -> float:
    """The score of an alignment, 0 to 1."""
    raw = alignment.agreed / alignment.total if alignment.total else 0.0
    return 1.0 / (1.0 + math.exp(-scheme.steep * (raw - scheme.middle)))
