"""What is known beside the name: dates, countries, identifiers, addresses, gender, kind of party.

Each fact moves the score by some points on the scale of log odds: agreement up, contradiction down, silence not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from finemesh.matching.explain import Part, part
from finemesh.matching.knowledge import NEWEST, latin
from finemesh.matching.party import Party

STRONG_IDENTIFIERS = frozenset(
    {
        "imoNumber",
        "mmsi",
        "leiCode",
        "innCode",
        "ogrnCode",
        "taxNumber",
        "wikidataId",
        "swiftBic",
        "uscCode",
        "permId",
        "unscId",
    }
)
_AGAINST_1 = dict.fromkeys(STRONG_IDENTIFIERS, -3.0)
_AGAINST = {**_AGAINST_1, "registrationNumber": -3.0, "idNumber": -2.0, "swiftBic": -1.0}
"""What two different identifiers of one kind take away: one person has one tax number, a bank has a code a branch."""

_COUNTRY = 0.2
"""What a shared country adds: most of those who bear a name live in one."""

_GROUPS = {
    "Person": 1,
    "Company": 2,
    "Organization": 2,
    "PublicBody": 2,
    "Vessel": 4,
    "Airplane": 8,
    "Vehicle": 16,
    "LegalEntity": 3,
    "Asset": 30,
    "Security": 32,
    "CryptoWallet": 64,
}


def kinds_of(schema: str | None) -> int:
    """What a schema may be, as bits: 1 person, 2 organisation, 4 vessel, 8 aircraft; 255 anything."""
    return _GROUPS.get(schema or "", 255)


def facts(left: Party, right: Party, kinds: bool = True, edition: int = NEWEST) -> list[tuple[Part, float]]:
    """The parts that facts other than names contribute, each with its points on the scale of log odds.

    Args:
        left: A party.
        right: Another.
        kinds: Whether their schemas are compared too.
        edition: Of the rules, see :mod:`finemesh.matching.knowledge`.
    """
    found = [
        *_identifiers(left.identifiers, right.identifiers, _AGAINST if edition > 1 else _AGAINST_1),
        *_dates(left.birth_dates, right.birth_dates),
        *_sets("gender", left.genders, right.genders, 0.0, -2.5),
        *_sets("country", left.countries, right.countries, _COUNTRY, -2.0),
        *_addresses(left.addresses, right.addresses),
        *_birth_places(left.birth_places, right.birth_places),
    ]
    if kinds and not kinds_of(left.schema) & kinds_of(right.schema):
        found.append((part("schema", 0.0, 3.0, left.schema, right.schema), -3.0))
    return found


def most_points(known: Party) -> float:
    """What :func:`facts` may add at most, whomever a party with these facts is compared with."""
    most = 6.0 if known.identifiers else 0.0
    if known.birth_dates:
        most += 2.5 if any(len(date) == 10 for date in known.birth_dates) else 1.0
    most += _COUNTRY if known.countries else 0.0
    return most + (1.5 if known.addresses else 0.0) + (1.0 if known.birth_places else 0.0)


def _points(label: str, score: float, points: float, left: str, right: str) -> tuple[Part, float]:
    return part(label, score, round(abs(points), 3), left, right), points


def _sets(
    label: str, left: tuple[str, ...], right: tuple[str, ...], same: float, other: float
) -> list[tuple[Part, float]]:
    if not left or not right:
        return []
    shared = sorted(set(left) & set(right))
    points = same if shared else other
    if not points:
        return []
    return [_points(label, 1.0 if shared else 0.0, points, ", ".join(shared or left), ", ".join(shared or right))]


def _dates(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[Part, float]]:
    best: tuple[float, float, str, str] | None = None
    for a in left:
        for b in right:
            score, points = _two_dates(a, b)
            if best is None or points > best[1]:
                best = (score, points, a, b)
    return [_points("date", *best)] if best else []


def _two_dates(a: str, b: str) -> tuple[float, float]:
    if a == b:
        return (1.0, 2.5) if len(a) == 10 else (1.0, 1.0)
    if a.startswith(b) or b.startswith(a):
        return 0.9, 1.0
    if len(a) == len(b) == 10:
        if a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]:
            return 0.9, 1.8
        if sum(x != y for x, y in zip(a, b, strict=True)) == 1:
            return 0.8, 0.8
        if a[:4] == b[:4]:
            return 0.5, -0.3
    years = abs(int(a[:4]) - int(b[:4])) if a[:4].isdigit() and b[:4].isdigit() else 99
    if years <= 1:
        return 0.4, -0.3
    return (0.2, -1.5) if years <= 3 else (0.0, -4.0)


@lru_cache(maxsize=65536)
def _plain(value: str) -> str:
    return re.sub(r"[\W_]+", "", value).casefold().removeprefix("imo").lstrip("0")


def _identifiers(
    left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...], against: Mapping[str, float]
) -> list[tuple[Part, float]]:
    if not left or not right:
        return []
    ours = {_plain(v): (p, v) for p, v in left}
    for prop, value in right:
        key = _plain(value)
        if len(key) >= 4 and key in ours:
            strong = prop in STRONG_IDENTIFIERS or ours[key][0] in STRONG_IDENTIFIERS
            return [_points(prop, 1.0, 6.0 if strong else 4.0, ours[key][1], value)]
    facing = sorted(({p for p, _ in left} & {p for p, _ in right}).intersection(against), key=lambda p: (against[p], p))
    if not facing:
        return []
    prop = facing[0]
    a, b = (next(v for p, v in side if p == prop) for side in (left, right))
    return [_points(prop, 0.0, against[prop], a, b)]


@lru_cache(maxsize=65536)
def _address_words(text: str) -> frozenset[str]:
    return frozenset(w for w in latin(text) if len(w) > 2 or w.isdigit())


def _addresses(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[Part, float]]:
    best = 0.0
    shown = ("", "")
    for a in left[:8]:
        for b in right[:8]:
            x, y = _address_words(a), _address_words(b)
            if x and y:
                share = len(x & y) / min(len(x), len(y)) * min(1.0, len(x & y) / 4)
                if share > best:
                    best, shown = share, (a, b)
    return [_points("address", round(best, 3), 1.5 * best, *shown)] if best >= 0.5 else []


def _birth_places(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[Part, float]]:
    """A shared place of birth speaks for one person; another one says nothing (lists name villages or provinces)."""
    for a in left[:8]:
        for b in right[:8]:
            if _address_words(a) & _address_words(b):
                return [_points("birth place", 1.0, 1.0, a, b)]
    return []
