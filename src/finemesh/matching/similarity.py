"""How alike two names are, word by word: the reference that says what a score means.

The compiled kernel (:mod:`finemesh.matching.kernel`) does the same arithmetic on whole numbers; the tests hold the two
together. docs/matching.md tells it in words.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from finemesh.matching.figures import Figures, Scheme
from finemesh.matching.retrieval import consonant_mask
from finemesh.matching.sounds import abjad_costs, distance, usual_costs
from finemesh.matching.word import ABJAD, EMPTY, FATHER, NAMED, PLACE, STRICT, SYLLABLE, Kind, Reading, Word

MOST_DIFFERENT = 4
"""Bits by which the consonant masks of two words may differ before they are taken to be unlike."""
JOINED_FLOOR, JOINED_COST = 850, 10
"""What words written together must reach, and what it costs that they are."""
MET = 900
"""A word that meets another this well is not tried as a joined one."""


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
    """How two names meet: the pairs, and the sums that make the score.

    Attributes:
        pairs: What met, and what met nothing.
        agreed: What agrees, of ``total``.
        against: What ``total`` holds because both names have words that the other has not.
        ordered: Whether the words stand in one order.
    """

    pairs: tuple[Pair, ...]
    agreed: int
    total: int
    against: int
    ordered: bool

    @property
    def raw(self) -> float:
        """The share that agrees."""
        return self.agreed / self.total if self.total else 0.0


class Met(NamedTuple):
    """The two names of two parties that meet best.

    Attributes:
        points: Log odds, 0 at the best dividing line.
        left, right: The names.
        alignment: How they meet.
    """

    points: float
    left: Reading
    right: Reading
    alignment: Alignment


def are_far(left: int, right: int) -> bool:
    """Whether two consonant masks are too different."""
    return (left ^ right).bit_count() > MOST_DIFFERENT


code_mask = lru_cache(maxsize=131072)(consonant_mask)
"""A code's consonant mask, remembered."""


@lru_cache(maxsize=262144)
def likeness(left: Word, right: Word, figures: Figures) -> int:
    """How alike two words are, 0 to 1000; the same in both directions."""
    if left.key and left.key == right.key:
        return 1000
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return 0
    if left.traits & right.traits & STRICT:
        if left.group != right.group:
            return 0
        return 1000 if left.code == right.code else 980
    if (left.kind is Kind.INITIAL) is not (right.kind is Kind.INITIAL):
        return figures.initial if left.code and left.code[:1] == right.code[:1] else 0
    found = 0
    if not are_far(code_mask(left.code), code_mask(right.code)):
        found = code_likeness(left.code, right.code, _abjad(left.traits ^ right.traits, figures), figures.floor)
    traits = left.traits & right.traits
    if left.group and left.group == right.group:
        found = max(found, figures.group)
    elif traits & NAMED and found < 1000:
        found -= figures.other_name
    strict = traits & (SYLLABLE | ABJAD)
    return found if found >= (max(figures.floor, figures.floor_syllable) if strict else figures.floor) else 0


def _abjad(one_side: int, figures: Figures) -> int:
    """Which table of costs holds: 0 the usual one, otherwise that of :attr:`Figures.abjad`."""
    return figures.abjad if one_side & ABJAD else 0


def code_likeness(left: bytes, right: bytes, abjad: int, floor: int) -> int:
    """How alike two codes are: one minus their distance over their mean length, in thousandths; 0 below the floor."""
    if left == right:
        return 1000
    if not left or not right:
        return 0
    cost = distance(left, right, abjad_costs(abjad) if abjad else usual_costs())
    found = 1000 - 20 * cost // (len(left) + len(right))
    return found if found >= floor else 0


def align(left: Reading, right: Reading, scheme: Scheme) -> Alignment:
    """Bring the words of two names together, the best meeting ones first."""
    figures = scheme.figures(left, right)
    if _sort_key(right) >= _sort_key(left):
        return _align(left, right, figures)
    turned = _align(right, left, figures)
    return turned._replace(pairs=tuple(p._replace(left=p.right, right=p.left) for p in turned.pairs))


def _sort_key(reading: Reading) -> list[tuple[bytes, int, int, int, int, int]]:
    return [(w.code, w.kind, w.weight, w.key, w.group, w.traits) for w in reading.words]


class _Meeting(NamedTuple):
    """A possible meeting of words, in the order in which they are chosen."""

    less_gain: int
    words: int
    left: tuple[int, int]
    right: tuple[int, int]
    likeness: int
    weight: int


def _meetings(left: Reading, right: Reading, figures: Figures) -> list[_Meeting]:
    found: list[_Meeting] = []

    def add(ls: tuple[int, int], rs: tuple[int, int], alike: int) -> None:
        if alike:
            weight = _weight(left, ls, right, rs)
            gain = weight * figures.effect[alike]
            if gain > 0:
                found.append(_Meeting(-gain, ls[1] + rs[1], ls, rs, alike, weight))

    met_left, met_right = set(), set()
    for i, a in enumerate(left.words):
        for j, b in enumerate(right.words):
            alike = likeness(a, b, figures)
            add((i, 1), (j, 1), alike)
            if alike >= MET:
                met_left.add(i)
                met_right.add(j)
    if not (left.burmese and right.burmese):
        for i, size, j, alike in _joined(left, right, met_right, figures):
            add((i, size), (j, 1), alike)
        for j, size, i, alike in _joined(right, left, met_left, figures):
            add((i, 1), (j, size), alike)
    found.sort()
    return found


def _joined(apart: Reading, whole: Reading, met: set[int], figures: Figures) -> list[tuple[int, int, int, int]]:
    """Words that one name writes apart and the other together: first, how many, the other's word, likeness."""
    found = []
    for size in (2, 3):
        for i in range(len(apart.words) - size + 1):
            parts = apart.words[i : i + size]
            for j, word in enumerate(whole.words):
                if j not in met:
                    alike = joined_likeness(parts, word, figures)
                    if not alike and _are_initials(parts, word):
                        alike = figures.initial
                    if alike:
                        found.append((i, size, j, alike))
    return found


def join_codes(parts: tuple[Word, ...]) -> bytes | None:
    """The code of words as if they were written together; a letter doubled by that counts once. None with a title."""
    code = bytearray()
    for part in parts:
        if part.kind is Kind.HONORIFIC:
            return None
        code += part.code[1:] if code and part.code[:1] == code[-1:] else part.code
    return bytes(code)


def joined_likeness(parts: tuple[Word, ...], whole: Word, figures: Figures) -> int:
    """Likeness of words written apart and one written together, 0 where it is below :data:`JOINED_FLOOR`."""
    code = join_codes(parts)
    if code is None or whole.kind in (Kind.HONORIFIC, Kind.INITIAL) or abs(len(code) - len(whole.code)) > 2:
        return 0
    if are_far(code_mask(code), code_mask(whole.code)):
        return 0
    traits = 0
    for part in parts:
        traits |= part.traits
    found = code_likeness(code, whole.code, _abjad(traits ^ whole.traits, figures), figures.floor)
    return found - JOINED_COST if found >= JOINED_FLOOR else 0


def _are_initials(parts: tuple[Word, ...], word: Word) -> bool:
    """Whether a word is the first letters of some words ("jc" of "jean claude")."""
    if len(word.code) != len(parts) or word.kind is not Kind.WORD:
        return False
    return all(p.kind is Kind.WORD and p.code and p.code[0] == sign for p, sign in zip(parts, word.code, strict=True))


def _weight(left: Reading, ls: tuple[int, int], right: Reading, rs: tuple[int, int]) -> int:
    a = sum(w.weight for w in left.words[ls[0] : ls[0] + ls[1]])
    b = sum(w.weight for w in right.words[rs[0] : rs[0] + rs[1]])
    if ls[1] == rs[1] == 1 and (left.words[ls[0]].kind is Kind.INITIAL) is not (
        right.words[rs[0]].kind is Kind.INITIAL
    ):
        return 2 * min(a, b) + abs(a - b) // 4
    return a + b


class _Lost:
    """What a name has that the other has not."""

    def __init__(self) -> None:
        self.weight = self.heavy = self.generic = 0


def _missing(reading: Reading, taken: set[int], strict: int, figures: Figures) -> tuple[list[tuple[int, int]], _Lost]:
    """What each word without a partner costs; ``strict`` is the share in names of syllables, 0 in others."""
    lost = _Lost()
    costs = []
    first, last = _ends(reading, figures)
    for i, word in enumerate(reading.words):
        if i in taken:
            continue
        apart = word.kind in (Kind.LEGAL, Kind.HONORIFIC)
        if word.kind is Kind.GENERIC:
            share = figures.missing_empty if word.traits & EMPTY else figures.missing_generic
            lost.generic += 1
        elif apart:
            share = 1000
        elif strict and (word.traits & STRICT or not reading.burmese):
            share = strict
        else:
            share = figures.missing_inner if first < i < last else figures.missing
        cost = word.weight * share // 1000
        if word.kind in (Kind.WORD, Kind.NUMBER):
            cost += figures.missing_base
            cost += figures.missing_number * (word.kind is Kind.NUMBER)
            cost += figures.missing_place * bool(word.traits & PLACE)
            lost.heavy += 1
        if not apart:
            lost.weight += word.weight
        costs.append((i, cost))
    return costs, lost


def _ends(reading: Reading, figures: Figures) -> tuple[int, int]:
    """The places of a name's first and last word."""
    first, last = 0, len(reading.words) - 1
    if figures.ends_apart:
        while first < last and reading.words[first].kind in (Kind.LEGAL, Kind.HONORIFIC):
            first += 1
        while first < last and reading.words[last].kind in (Kind.LEGAL, Kind.HONORIFIC):
            last -= 1
    return first, last


def _align(left: Reading, right: Reading, figures: Figures) -> Alignment:
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs: list[Pair] = []
    effect = total = 0
    for meeting in _meetings(left, right, figures):
        ls = range(meeting.left[0], sum(meeting.left))
        rs = range(meeting.right[0], sum(meeting.right))
        if not taken_left.isdisjoint(ls) or not taken_right.isdisjoint(rs):
            continue
        taken_left.update(ls)
        taken_right.update(rs)
        effect -= meeting.less_gain
        total += meeting.weight
        pairs.append(Pair(tuple(ls), tuple(rs), meeting.likeness, meeting.weight))
    places = _places(left, pairs)
    ordered = places == sorted(places)
    strict = figures.missing_syllable if left.syllabic and right.syllabic else 0
    if left.burmese and right.burmese:
        strict = figures.missing_burmese
    lost_left, a = _missing(left, taken_left, strict, figures)
    lost_right, b = _missing(right, taken_right, strict, figures)
    pairs += [Pair((i,), (), 0, cost) for i, cost in lost_left]
    pairs += [Pair((), (j,), 0, cost) for j, cost in lost_right]
    total += sum(cost for _, cost in lost_left) + sum(cost for _, cost in lost_right)
    agreed = effect // 1000
    heavy, facing = min(a.heavy, b.heavy), min(a.heavy + a.generic, b.heavy + b.generic)
    against = min(a.weight, b.weight) * figures.conflict // 1000
    against += heavy * figures.conflict_base + facing * figures.conflict_generic
    total += against
    short_of = 1000 - agreed * 1000 // total if total else 1000
    total += figures.prior_same + min(short_of, 200) * 5 * (figures.prior - figures.prior_same) // 1000
    clash = total * (heavy * figures.clash + (facing - heavy) * figures.clash_generic) // 1000
    against += clash
    total += clash
    if not ordered:
        agreed = agreed * _order_share(left, right, pairs, figures) // 1000
    return Alignment(tuple(pairs), agreed, total, against, ordered)


_LIGHT = (Kind.LEGAL, Kind.PARTICLE, Kind.HONORIFIC)


def _places(left: Reading, pairs: list[Pair]) -> list[int]:
    """The places in the right name of the telling words of the left one, in the order of the left one."""
    met = sorted(p for p in pairs if p.likeness and left.words[p.left[0]].kind not in _LIGHT)
    return [p.right[0] for p in met]


def _order_share(left: Reading, right: Reading, pairs: list[Pair], figures: Figures) -> int:
    """The share of the score that is kept where the words stand in another order."""
    if left.burmese and right.burmese:
        return figures.order_burmese
    if figures.order_syllable and left.syllabic and right.syllabic:
        places = _places(left, pairs)
        if sum(a > b for a, b in zip(places, places[1:] + places[:1], strict=True)) > 1:
            return figures.order_syllable
    if figures.order_father:
        fathers = {
            (bool(left.words[p.left[0]].traits & FATHER), bool(right.words[p.right[0]].traits & FATHER))
            for p in pairs
            if p.likeness
        }
        if (True, False) in fathers and (False, True) in fathers:
            return figures.order_father
    return figures.order


def points_of(raw: float, figures: Figures) -> float:
    """A share of agreement as points on the scale of log odds: 0 at the best dividing line."""
    return (raw - figures.middle) * figures.steep


def score_of(points: float) -> float:
    """Points as a score, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-max(points, -700.0)))


def points_of_score(score: float) -> float:
    """The points that make a score."""
    return -math.inf if score <= 0 else math.inf if score >= 1 else math.log(score / (1 - score))
