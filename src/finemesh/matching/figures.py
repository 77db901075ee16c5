"""The figures of a scoring scheme: what is lost where two names differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from finemesh.matching.word import Reading


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures by which two names are compared: shares and likenesses in thousandths, weights in hundredths of bits.

    Attributes:
        floor: Likeness below which two words do not meet; ``floor_syllable`` of two syllables of East Asian names,
            or of two words without vowels.
        other_name: What two names that many people bear lose in likeness where they are not forms of one name.
        abjad: Which table of costs holds where one side has no vowels (:func:`finemesh.matching.sounds.abjad_costs`).
        group: Likeness of two forms of one name (Alexander, Oleksandr).
        initial: Likeness of an initial and a word that begins with it.
        missing: Share of its weight that a word without a partner costs; ``missing_inner`` where it is neither the
            first nor the last, ``missing_syllable`` in a name of syllables, ``missing_burmese`` in a Burmese one (whose
            every syllable counts), ``missing_generic`` for a common word, ``missing_empty`` for one of those that say
            nothing of what an organisation does.
        missing_base: What every such word costs besides; ``missing_number`` a number, ``missing_place`` a country.
        ends_apart: Whether titles and legal forms are passed over when the first and the last word are looked for.
        conflict: Further cost where both names have words without a partner (share of the smaller sum).
        conflict_base: Further cost of each two such words that face each other, neither being common;
            ``conflict_generic`` whether they are common or not.
        clash: What each two such words that face each other cost besides, as a share of everything, so that a long
            name does not hide it; ``clash_generic`` where one of them is a common word.
        prior: Weight of what names cannot tell; ``prior_same`` where everything agrees.
        order: Share of the score kept when the words stand in another order; ``order_burmese`` for Burmese people,
            ``order_syllable`` where the syllables of a Chinese or Korean name are not just begun at another place,
            ``order_father`` where a name and its father's change places.
        other_kind: Share lost when one is a person and the other an organisation, or the like.
        weak: Share lost when the name is what a list calls a weak alias.
        curve: What a likeness of 0.6, 0.7, 0.8 and 0.9 counts.
        middle, steep: The share of agreement that becomes 0.5, and how steeply the score rises there.
    """

    floor: int = 600
    floor_syllable: int = 0
    other_name: int = 0
    abjad: int = 1
    group: int = 850
    initial: int = 800
    missing: int = 500
    missing_inner: int = 200
    missing_syllable: int = 500
    missing_burmese: int = 1300
    missing_generic: int = 1000
    missing_empty: int = 1000
    missing_base: int = 100
    missing_number: int = 0
    missing_place: int = 0
    ends_apart: int = 0
    conflict: int = 300
    conflict_base: int = 300
    conflict_generic: int = 0
    clash: int = 0
    clash_generic: int = 0
    prior: int = 1000
    prior_same: int = 250
    order: int = 985
    order_burmese: int = 600
    order_syllable: int = 0
    order_father: int = 0
    other_kind: int = 190
    weak: int = 120
    curve: tuple[int, int, int, int] = (500, 600, 750, 880)
    middle: float = 0.63
    steep: float = 16.0

    @cached_property
    def effect(self) -> tuple[int, ...]:
        """What each likeness from 0 to 1000 counts, in thousandths."""
        knots = [(0, 0), (599, 0), *zip((600, 700, 800, 900), self.curve, strict=True), (1000, 1000)]
        out = []
        for x in range(1001):
            k = max(i for i in range(len(knots)) if knots[i][0] <= x)
            (x0, y0), (x1, y1) = knots[k], knots[min(k + 1, len(knots) - 1)]
            out.append(y0 + (y1 - y0) * (x - x0) // max(1, x1 - x0))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scoring scheme: the figures for two people, and for every other pair of names.

    Attributes:
        organisation, person: The figures.
        edition: Of the tables and rules with which it reads names (:mod:`finemesh.matching.knowledge`).
        entries: Points that two entries (parties with an id) need beyond a name: with several names each they have
            many chances to agree, and entries that are compared are alike already.
    """

    organisation: Figures = field(default_factory=Figures)
    person: Figures = field(default_factory=Figures)
    edition: int = 1
    entries: float = 2.5

    def level(self, points: float) -> float:
        """The share of agreement that some points need at the least; 0 for those that none is too little for."""
        return max(0.0, min(f.middle + points / f.steep for f in (self.organisation, self.person)))

    def figures(self, left: Reading, right: Reading) -> Figures:
        """The figures for two names."""
        return self.person if left.person and right.person else self.organisation
