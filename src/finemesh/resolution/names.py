"""How much a shared name proves, in bits.

A name of frequent words is borne by many, and two records that share it may be two parties; a second fact (a country, a
year of birth, an address) makes up for that. The measure is what the words of the name tell, as the matching room has
it, plus what agrees besides. Two records of different countries are left to a person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from finemesh.matching.facts import facts
from finemesh.matching.party import Party
from finemesh.matching.word import Kind
from finemesh.matching.words import read_name
from finemesh.model.entity import EntityRecord
from finemesh.resolution.candidates import FAINT, Candidate, Step
from finemesh.resolution.parties import index_parties

ENOUGH = 10.0
"""Bits from which a shared name joins without a person (docs/resolution.md gives the curve)."""
_COUNTRY = 5.0
_AGREEING = {"address": 8.0, "birth place": 4.0}
_YEAR, _DAY = 5.0, 12.0
_LIGHT = (Kind.HONORIFIC, Kind.LEGAL, Kind.PARTICLE)


def weighed(candidates: Sequence[Candidate], records: Sequence[EntityRecord]) -> list[Candidate]:
    """The candidates; of those by name alone only what proves enough is sure. In a fixed order.

    Of several names that a pair shares the most telling one counts. A pair that shares something better than a name is
    left as it is.
    """
    better = {(c.left, c.right) for c in candidates if c.step < Step.NAME}
    asked = [c for c in candidates if c.step == Step.NAME and (c.left, c.right) not in better]
    met = {id for c in asked for id in (c.left, c.right)}
    parties = {party.id: party for party in index_parties(r for r in records if r.id in met)}
    best: dict[tuple[str, str], float] = {}
    for item in asked:
        left, right = parties[item.left], parties[item.right]
        pair = item.left, item.right
        best[pair] = max(best.get(pair, -math.inf), _bits(item.key, left, right))
    faint = {pair for pair, bits in best.items() if bits < ENOUGH}
    made = [
        replace(c, sure=False, score=FAINT) if c.step == Step.NAME and (c.left, c.right) in faint else c
        for c in candidates
    ]
    return sorted(made)


def _countries(party: Party) -> frozenset[str]:
    """Its countries, without their parts (``ua-cri`` is ``ua``)."""
    return frozenset(country[:2] for country in party.countries)


def _bits(key: str, left: Party, right: Party) -> float:
    ours, theirs = _countries(left), _countries(right)
    if ours and theirs and not ours & theirs:
        return -math.inf
    kind, _, name = key.partition(":")
    bits = _told(name, "Person" if kind == "person" else "Organization")
    bits += _COUNTRY if ours & theirs else 0.0
    for found, _ in facts(left, right, kinds=False):
        label, score = found["part"], found["score"]
        if label == "date" and score >= 0.8:
            bits += _DAY if len(str(found["left"])) == len(str(found["right"])) == 10 else _YEAR
        else:
            bits += _AGREEING.get(label, 0.0) * (score or 0.0)
    return bits


@lru_cache(maxsize=65536)
def _told(name: str, schema: str) -> float:
    """What the words of a name tell, in bits; titles, legal forms and particles tell nothing of who bears it."""
    return sum(w.weight for w in read_name(name, schema).words if w.kind not in _LIGHT) / 100
