"""The title of a role and the name of a measure, as a document writes them."""

from __future__ import annotations

from functools import cache

from finemesh.extraction.actors import actor_table
from finemesh.extraction.lexicon import classes
from finemesh.extraction.morphology import singular
from finemesh.extraction.refs import Resolver
from finemesh.extraction.slots import inner_noun
from finemesh.extraction.syntax.nodes import NP
from finemesh.extraction.syntax.unit import Unit


@cache
def _left_out() -> frozenset[str]:
    """Words before a role that are no part of its title."""
    return frozenset(
        "prominent notorious new newly key current long-time longtime longstanding local main major sole senior-most"
        " another well-known so-called illegal criminal same own several various other certain one two three four five"
        " many private close top known first second third next then-".split()
    )


def role_title(phrase: NP, resolver: Resolver) -> str:
    """The words of a role without who it is held for: "junta deputy minister NAME" gives "deputy minister"."""
    units = [u for u in phrase.units if u is not phrase.name]
    head = next(
        (i for i in range(len(units) - 1, -1, -1) if units[i].tag == "N" and units[i].lemma == phrase.head), None
    )
    if head is None:
        return ""
    first = head
    actors = actor_table()
    while first > 0:
        unit = units[first - 1]
        if unit.tag not in ("N", "VBN", "VBG", "VED") or unit.low in _left_out():
            break
        pair = f"{units[first - 2].low} {unit.low}" if first > 1 else ""
        if unit.low in ("junta", "regime", "military", "government") or (
            unit.low in actors and unit.low not in ("army", "navy", "police")
        ):
            break
        if pair in actors and pair not in ("air force",):
            break
        first -= 1
    text = resolver.analysis.text
    title = " ".join(text[units[first].start : units[head].end].split())
    if phrase.plural and units[head].low.endswith("s"):
        title = title[: -len(units[head].text)] + singular(units[head].low)
    if phrase.head in _WITH_PORTFOLIO and head == len(units) - 1:
        title += _portfolio(phrase, resolver)
    before = next((u.low for u in units[:first] if u.low in ("former", "ex", "acting", "deputy")), "")
    return f"{before} {title}" if before else title


_WITH_PORTFOLIO = frozenset(("minister", "secretary"))


def is_portfolio(phrase: NP, role: str) -> bool:
    """Whether a phrase is what a minister is responsible for, no organisation."""
    return role in _WITH_PORTFOLIO and phrase.possessor is None and bool(_portfolio_units(phrase))


def _portfolio_units(phrase: NP) -> list[Unit]:
    """The words of a portfolio, ranks of a name behind it left out; none where it is something else."""
    known = classes("grammar")["portfolio"] | {"and", ","}
    ranks = {word for entry in classes("titles")["rank"] for word in entry.split()}
    units = [u for m in phrase.each() for u in m.units if u.low not in ranks]
    parts = [part.strip(",") for u in units for part in u.text.lower().split()]
    return units if all(part in known for part in parts) else []


def _portfolio(phrase: NP, resolver: Resolver) -> str:
    """What a minister is responsible for, where it stands behind: "minister *for trade*", "Minister *of Defence*"."""
    for word, inner in phrase.pps:
        units = _portfolio_units(inner) if word in ("for", "of") and inner.possessor is None else []
        if units:
            return f" {word} {' '.join(resolver.analysis.text[units[0].start : units[-1].end].split())}"
    return ""


_OF_A_ROUND = classes("grammar")["of_a_round"]
"""Words before a measure that say when or how it was taken, not what it is."""


def measure_words(phrase: NP) -> str:
    """A measure by its own words: "the EU's latest arms embargo" is an "arms embargo"."""
    kinds = []
    for member in (inner_noun(m) for m in phrase.each()):
        units = [u for u in member.units if u.tag not in ("STATE", "ADJ", "NAME") and u is not member.name]
        head = next((i for i in range(len(units) - 1, -1, -1) if units[i].lemma == member.head), len(units) - 1)
        first = head
        while first > 0 and units[first - 1].tag == "N" and units[first - 1].low not in _OF_A_ROUND:
            first -= 1
        if head >= 0:
            kinds.append(" ".join(u.low for u in units[first : head + 1]))
    return " and ".join(dict.fromkeys(kinds)) or "sanctions"
