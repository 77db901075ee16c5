"""The units of a sentence, words, names, dates and marks, each with a part-of-speech tag.

Tags: ``DET`` ``POS`` (possessive 's) ``PP`` (possessive pronoun) ``PRON`` ``N`` (nouns and adjectives) ``NAME``
``STATE`` ``ADJ`` (adjective of a state) ``NUM`` ``DATE`` ``P`` ``TO`` ``CC`` ``W`` (relative) ``SUB`` ``ADV`` ``NEG``
``MD`` ``BE`` ``HAVE`` ``DO``, verb forms ``VB`` ``VBZ`` ``VBD`` ``VBN`` ``VBG`` and ``VED`` (past or participle),
and marks as themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.lexicon import classes
from finemesh.extraction.names import NameSpan
from finemesh.extraction.syntax.tagging import tag_units
from finemesh.extraction.syntax.unit import Unit
from finemesh.extraction.tokens import Token

_NAME_TAGS = {"state": "STATE", "adjective": "ADJ"}


def build_units(tokens: Sequence[Token], names: Sequence[NameSpan], dates: Sequence[DateSpan], text: str) -> list[Unit]:
    """The tagged units of a sentence."""
    units: list[Unit] = []
    skipped = _identifiers(tokens, text)
    starts = {name.first: name for name in names}
    days = list(dates)
    phrases = _phrases()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _is_degree(tokens, at):
            units.append(Unit(token.text, token.low, token.start, token.end, "ADV"))
            at += 1 + (tokens[at + 1].text == "-")
            continue
        if at in skipped:
            at += 1
            continue
        while days and days[0].end <= token.start:
            days.pop(0)
        if days and days[0].start <= token.start < days[0].end:
            unit = Unit(text[days[0].start : days[0].end], "", days[0].start, days[0].end, "DATE")
            unit.date = days[0]
            units.append(unit)
            while at < len(tokens) and tokens[at].start < days[0].end:
                at += 1
            continue
        name = starts.get(at)
        portfolio = _portfolio(tokens, at) if name is None else 0
        if portfolio:
            end = tokens[portfolio - 1].end
            units.append(Unit(text[token.start : end], token.low, token.start, end, "N"))
            at = portfolio
            continue
        if name is not None and name.last > name.first:
            end = tokens[name.last - 1].end
            unit = Unit(text[token.start : end], token.low, token.start, end, _NAME_TAGS.get(name.kind, "NAME"))
            unit.name, unit.kind = unit.text, name.kind
            units.append(unit)
            at = name.last
            continue
        length = _phrase_at(tokens, at) if token.low in phrases else None
        if length:
            tag, words_long = length
            low = " ".join(t.low for t in tokens[at : at + words_long])
            units.append(
                Unit(
                    text[token.start : tokens[at + words_long - 1].end],
                    low,
                    token.start,
                    tokens[at + words_long - 1].end,
                    tag,
                )
            )
            at += words_long
            continue
        units.append(Unit(token.text, token.low, token.start, token.end, ""))
        at += 1
    tag_units(units)
    return units


_DEGREES = frozenset("wholly majority minority jointly partly partially fully solely beneficially".split())
_HELD = frozenset(("owned", "held", "controlled"))


def _is_degree(tokens: Sequence[Token], at: int) -> bool:
    """A word or number that says how much of something is owned: "wholly-owned", "70% owned"."""
    token = tokens[at]
    if token.low not in _DEGREES and token.text[-1] != "%":
        return False
    after = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text == "-")
    return after < len(tokens) and tokens[after].low in _HELD


_PORTFOLIO = classes("grammar")["portfolio"]
_OF_PORTFOLIO = frozenset(("minister", "ministers", "ministry", "secretary", "portfolio", "committee"))


def _portfolio(tokens: Sequence[Token], at: int) -> int:
    """The end of what a minister is responsible for, where it is several things: "*planning and finance* minister"."""
    end = at
    while end + 1 < len(tokens) and tokens[end].low in _PORTFOLIO:
        end += 1
        if tokens[end].low in _OF_PORTFOLIO:
            return end if end > at + 1 else 0
        end += tokens[end].text in (",", "and")
        end += tokens[end - 1].text == "," and end < len(tokens) and tokens[end].text == "and"
    return 0


_IDENTIFIER = re.compile(r"\[(?:\d{1,3}|[ivxlc]{1,6})\]|,?\s*\(?\bIMO(?:\s+(?:[Nn]umber|[Nn]o\.?))?:?\s*\d{7}\b\)?")
"""Marks of footnotes, and ship numbers after a ship's name; they say nothing of the clause."""


def _identifiers(tokens: Sequence[Token], text: str) -> set[int]:
    """The tokens of identifiers that are left out, with the comma before them."""
    if not tokens:
        return set()
    spans = [m.span() for m in _IDENTIFIER.finditer(text, tokens[0].start, tokens[-1].end)]
    return {i for i, t in enumerate(tokens) for start, end in spans if start <= t.start < end}


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases that act as one word, by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for tag, entries in classes("phrases").items():
        for entry in entries:
            parts = tuple(entry.split())
            found.setdefault(parts[0], []).append((parts, tag))
    for options in found.values():
        options.sort(key=lambda option: (-len(option[0]), option[0]))
    return found


def _phrase_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The tag and length of a phrase that starts here, or None."""
    for parts, tag in _phrases().get(tokens[at].low, ()):
        if tuple(token.low for token in tokens[at : at + len(parts)]) == parts:
            return tag, len(parts)
    return None
