"""The scoring schemes by name. A scheme that has been used in a case is never changed: a better one gets a new name."""

from __future__ import annotations

from finemesh.matching.figures import Figures, Scheme
from finemesh.model.errors import UserError

_PERSON = Figures(
    floor=600, group=847, initial=747, missing=412, missing_inner=123, missing_syllable=163, missing_burmese=3500,
    missing_generic=1857, missing_base=51, conflict=3343, conflict_base=344, conflict_generic=0, prior=1647,
    prior_same=142, order=942, order_burmese=600, other_kind=268, weak=183, curve=(600, 645, 825, 926),
    middle=0.6145, steep=18.4,
)  # fmt: skip
_ORGANISATION = Figures(
    floor=600, group=939, initial=711, missing=607, missing_inner=212, missing_syllable=500, missing_burmese=3500,
    missing_generic=1029, missing_base=0, conflict=0, conflict_base=0, conflict_generic=133, prior=1173,
    prior_same=115, order=971, order_burmese=600, other_kind=269, weak=33, curve=(640, 761, 930, 980),
    middle=0.676, steep=14.43,
)  # fmt: skip

_PERSON_3 = Figures(
    floor=607, floor_syllable=800, other_name=150, abjad=2, group=780, initial=718, missing=459, missing_inner=123,
    missing_syllable=300, missing_burmese=3500, missing_generic=2062, missing_empty=596, missing_base=92,
    missing_number=75, missing_place=25, ends_apart=0, conflict=3693, conflict_base=184, conflict_generic=0,
    clash=26, clash_generic=167, prior=1262, prior_same=13, order=910, order_burmese=600, order_syllable=614,
    order_father=625, other_kind=204, weak=153, curve=(570, 660, 900, 926), middle=0.6614, steep=16.84,
)  # fmt: skip
_ORGANISATION_3 = Figures(
    floor=594, floor_syllable=665, other_name=383, abjad=2, group=908, initial=699, missing=519, missing_inner=187,
    missing_syllable=100, missing_burmese=3500, missing_generic=1454, missing_empty=1571, missing_base=0,
    missing_number=1500, missing_place=169, ends_apart=1, conflict=0, conflict_base=0, conflict_generic=159,
    clash=0, clash_generic=0, prior=1831, prior_same=219, order=979, order_burmese=600, order_syllable=500,
    order_father=416, other_kind=223, weak=86, curve=(640, 791, 990, 990), middle=0.6466, steep=13.04,
)  # fmt: skip

SCORERS: dict[str, Scheme] = {
    "finemesh-1": Scheme(),
    "finemesh-2": Scheme(organisation=_ORGANISATION, person=_PERSON),
    "finemesh-3": Scheme(organisation=_ORGANISATION_3, person=_PERSON_3, edition=2, entries=2.2),
}
"""Every scheme that can be asked for, oldest first.

``finemesh-1`` has one set of figures, set by hand. Those of ``finemesh-2`` were found by random search on queries that
were made from public lists (with names held out of them, see docs/matching.md), people and the rest apart; ``middle``
and ``steep`` are a logistic regression on the same queries.
"""

DEFAULT_SCORER = "finemesh-3"


def get_scorer(name: str | None = None) -> Scheme:
    """The scheme of a name, the newest by default.

    Raises:
        UserError: There is none of that name.
    """
    try:
        return SCORERS[name or DEFAULT_SCORER]
    except KeyError:
        raise UserError(f"unknown scorer: {name!r}", hint="known: " + ", ".join(SCORERS)) from None
