"""Which share makes a party owned by listed ones, by authority and time (``data/ownership.yml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from finemesh.model.authority import AUTHORITIES
from finemesh.model.errors import DataError

FILE = "ownership.yml"
_KEYS = {"authority", "since", "share", "enough", "together", "rule", "source_url"}
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|per\s?cent\b)", re.I)
_WHOLE = re.compile(r"\b(?:wholly|entirely|fully|sole|all (?:of )?(?:the|its) shares)\b", re.I)
_MAJORITY = re.compile(r"\bmajority\b", re.I)
MAJORITY = 50.01
"""What "a majority" is taken for, in percent: the least that it can be."""


@dataclass(frozen=True, slots=True)
class OwnershipRule:
    """An authority's rule for a time.

    Attributes:
        authority: Code.
        since, until: Days; ``until`` is None for the rule of today.
        share: Percent.
        inclusive: Whether exactly that share is enough.
        together: Whether the shares of several listed owners are added up.
        rule: What says so.
        source_url: Where it stands.
    """

    authority: str
    since: date
    until: date | None
    share: float
    inclusive: bool
    together: bool
    rule: str
    source_url: str

    def met_by(self, shares: list[float]) -> bool:
        """Whether listed owners with these shares (percent) own a party."""
        if not shares:
            return False
        held = min(100.0, sum(shares)) if self.together else max(shares)
        return held >= self.share if self.inclusive else held > self.share


def rule_of(authority: str, day: date) -> OwnershipRule | None:
    """The rule of an authority on a day, None where it has none."""
    for rule in ownership_rules():
        if rule.authority == authority and rule.since <= day and (rule.until is None or day <= rule.until):
            return rule
    return None


@cache
def ownership_rules() -> tuple[OwnershipRule, ...]:
    """Every rule of the file.

    Raises:
        DataError: The file is not as it must be.
    """
    text = (files("finemesh") / "data" / FILE).read_text(encoding="utf-8")
    return tuple(make_rule(entry, number) for number, entry in enumerate(yaml.safe_load(text), 1))


def make_rule(entry: dict[str, Any], number: int) -> OwnershipRule:
    """A rule from its entry.

    Raises:
        DataError: A key is missing or unknown, or a value cannot be.
    """
    where = f"{FILE}, entry {number}"
    if not isinstance(entry, dict) or not _KEYS <= entry.keys() <= _KEYS | {"until"}:
        raise DataError("a rule of ownership has other keys than it must have", where=where)
    try:
        until = date.fromisoformat(entry["until"]) if "until" in entry else None
        since = date.fromisoformat(entry["since"])
        share = float(entry["share"])
    except (TypeError, ValueError) as error:
        raise DataError(f"a value cannot be read: {error}", where=where) from error
    if entry["authority"] not in AUTHORITIES or entry["enough"] not in ("at-least", "more-than"):
        raise DataError("an unknown authority or manner", where=where)
    if not 0 < share <= 100 or (until is not None and until < since) or not isinstance(entry["together"], bool):
        raise DataError("a value is out of its bounds", where=where)
    inclusive = entry["enough"] == "at-least"
    told = str(entry["rule"]), str(entry["source_url"])
    return OwnershipRule(entry["authority"], since, until, share, inclusive, entry["together"], *told)


def percent(share: str) -> float | None:
    """A share as it is written, in percent: ``51% stake`` is 51.0; None where the words do not say how much."""
    if (found := _PERCENT.search(share)) is not None:
        value = float(found[1].replace(",", "."))
        return value if 0 < value <= 100 else None
    if _WHOLE.search(share):
        return 100.0
    return MAJORITY if _MAJORITY.search(share) else None


def percent_of_sentence(sentence: str) -> float | None:
    """The share in a sentence that tells of one ownership; None where it names none, or several."""
    found = [m[0] for pattern in (_PERCENT, _WHOLE, _MAJORITY) for m in pattern.finditer(sentence)]
    return percent(found[0]) if len(found) == 1 else None
