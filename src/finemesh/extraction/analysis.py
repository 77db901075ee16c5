"""A document read once: its sentences parsed, its names settled, its speech marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from finemesh.extraction.dates import find_dates, may_hold_date
from finemesh.extraction.lexicon import blocs, states
from finemesh.extraction.names import NameSpan
from finemesh.extraction.reading import read_words
from finemesh.extraction.registry import Registry
from finemesh.extraction.spans import KnownName, Span
from finemesh.extraction.syntax.parser import parse
from finemesh.extraction.syntax.reader import Parse
from finemesh.extraction.syntax.unit import Unit
from finemesh.extraction.syntax.units import build_units
from finemesh.extraction.tokens import Token
from finemesh.model.authority import find_authority


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence of a document.

    Attributes:
        index: Its position, from 0.
        span: Its characters.
        line: Number of the paragraph it stands in.
        parse: Its parse.
        speaker: Who says it, where it is quoted speech of a known speaker.
        quoted: Whether it stands within quotation marks that run over sentences.
    """

    index: int
    span: Span
    line: int
    parse: Parse
    speaker: str | None = None
    quoted: bool = False


@dataclass(slots=True, eq=False)
class Analysis:
    """What is known about a document before any claim is read.

    Attributes:
        text: The document's text.
        published: Its date (partial ISO) or None.
        sentences: Its sentences.
        registry: Its names.
        home: The country whose army, junta or government it mostly speaks of, "" where none stands out.
        said: How the document mostly names the country of such actors ("Burmese", "Russian").
        homes: The same for each noun by itself ("junta", "military").
        has_junta: Whether it speaks of a junta.
        ruled: The country that a junta or regime holds in it: it is designated there, and designates nobody.
        author: The publisher named at the end of the title line ("Title | Publisher"), or "".
        addressee: The state that a letter turns to ("Open letter to the Japanese government"), or "".
        bloc: The first body of several states that it names, "" where it names none.
    """

    text: str
    published: str | None
    sentences: list[Sentence] = field(default_factory=list)
    registry: Registry = field(default_factory=Registry)
    home: str = ""
    homes: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    has_junta: bool = False
    bloc: str = ""
    ruled: str = ""
    author: str = ""
    addressee: str = ""


def analyse(text: str, published: str | None = None, known: Sequence[KnownName] = ()) -> Analysis:
    """Read a document's sentences, names and parses.

    Args:
        text: The document's text.
        published: Its date, for relative dates.
        known: Names of the case found in it by the matching room.
    """
    words = read_words(text)
    spans, tokens = words.spans, words.tokens
    names = [
        _with_known(line_names, line, known_in)
        for line_names, line, known_in in zip(words.names, tokens, _known_by_sentence(spans, known), strict=True)
    ]
    found = Analysis(text, published, author=_author(text))
    _register(found, tokens, names, known)
    line_of = _line_numbers(text, spans)
    for index, (span, line, line_names) in enumerate(zip(spans, tokens, names, strict=True)):
        days = find_dates(text, published, span.start, span.end) if may_hold_date(line) else []
        units = build_units(line, line_names, days, text)
        _kinds(units, found.registry)
        found.sentences.append(Sentence(index, span, line_of[index], parse(units)))
    _home(found)
    found.addressee = _addressee(found)
    return found


def _addressee(found: Analysis) -> str:
    """The one state in the title of a letter, besides the one that it is about; "" where there is none."""
    title = found.text[:300].split("\n", 1)[0]
    if "letter" not in title.lower():
        return ""
    table = states()
    named = {
        table[unit.name]
        for sentence in found.sentences[:4]
        if sentence.span.start < len(title)
        for phrase in sentence.parse.phrases
        for unit in phrase.units
        if unit.tag in ("STATE", "ADJ") and unit.name in table
    }
    named -= {found.ruled, found.home}
    return named.pop() if len(named) == 1 else ""


def _author(text: str) -> str:
    """The publisher named at the end of the title line ("Title | Publisher"), or ""."""
    line = text[:400].split("\n", 1)[0]
    _, bar, name = line.rpartition(" | ")
    return name.strip() if bar and len(name) < 60 else ""


def _known_by_sentence(spans: Sequence[Span], known: Sequence[KnownName]) -> list[list[KnownName]]:
    """The known names of each sentence; both lists are walked once."""
    ordered = sorted(known, key=lambda k: (k.start, -k.end))
    found: list[list[KnownName]] = []
    at = 0
    for span in spans:
        inside: list[KnownName] = []
        while at < len(ordered) and ordered[at].start < span.end:
            if ordered[at].start >= span.start and ordered[at].end <= span.end:
                inside.append(ordered[at])
            at += 1
        found.append(inside)
    return found


def _with_known(names: list[NameSpan], tokens: Sequence[Token], known: Sequence[KnownName]) -> list[NameSpan]:
    """Put the case's names over those found by capitals where they are longer or stand where none was found."""
    if not known:
        return names
    kept = list(names)
    for name in known:
        first = next((i for i, t in enumerate(tokens) if t.start <= name.start < t.end), None)
        last = next((i + 1 for i, t in enumerate(tokens) if t.start < name.end <= t.end), None)
        if first is None or last is None or last <= first or name.text in states():
            continue
        over = [n for n in kept if n.first < last and first < n.last]
        if any(n.first <= first and last <= n.last for n in over):
            continue
        if over and not all(first <= n.first and n.last <= last for n in over):
            continue
        kept = [n for n in kept if n not in over]
        kept.append(NameSpan(first, last, name.kind))
    return sorted(kept, key=lambda n: n.first)


def _register(
    found: Analysis, tokens: Sequence[Sequence[Token]], names: Sequence[Sequence[NameSpan]], known: Sequence[KnownName]
) -> None:
    registry = found.registry
    for line, line_names in zip(tokens, names, strict=True):
        previous: tuple[int, str] | None = None
        for name in line_names:
            text = found.text[line[name.first].start : line[name.last - 1].end]
            text = clean_name(text, name.last == len(line))
            if name.kind not in ("state", "adjective"):
                registry.add(text, _declared(line, name), line[name.first].start)
                if previous is not None and _FORMERLY.match(" ".join(t.low for t in line[previous[0] : name.first])):
                    registry.alias(text, previous[1])
                at = previous[0] if previous is not None else 0
                at += line[at].text in ('"', "”") if at < len(line) else 0  # “Blue Heron Trading” (BHT)
                if (
                    previous is not None
                    and name.first == at + 1
                    and line[at].text == "("
                    and (name.last < len(line) and line[name.last].text in (")", ","))
                    and (
                        not text.isupper() or text[0].lower() in previous[1].lower()
                    )  # "... and Postal Services (JICT)"
                ):
                    registry.alias(text, previous[1])
            previous = (name.last, text)
            if name.kind == "state" and not found.bloc and text in blocs():
                found.bloc = text
    for given in known:
        registry.know(given.text, given.kind, given.entity_ids)
    registry.settle()


_FORMERLY = re.compile(
    r"^[,(]? ?(?:formerly|previously|also|now|then|renamed|originally)(?:"
    r" (?:known|named|called|written|registered|spelled))?(?: as)?$"
)
"""What stands between two names of one party."""


def _declared(line: Sequence[Token], name: NameSpan) -> str:
    """The kind of a name; a short form in brackets after small words is a thing ("unmanned vehicles (UAVs)")."""
    first = name.first
    if first >= 2 and line[first - 1].text == "(" and line[first - 2].text.islower() and name.last == first + 1:
        return "thing"
    run = first >= 2 and line[first - 1].low in ("of", "at") and line[first - 2].low in _RUNNING
    return "organization" if run and name.kind == "name" and name.last > first + 1 else name.kind


_RUNNING = frozenset(
    "director ceo chair chairman chairperson chairwoman campaigner researcher founder co-founder co-director".split()
)
"""Roles after whose "of" or "at" an organisation is named."""


def clean_name(text: str, last: bool) -> str:
    """A name without the line breaks of a wrapped text, and without the full stop of the sentence."""
    text = " ".join(text.split()) if "\n" in text or "  " in text else text
    return text[:-1] if last and text.endswith(".") else text


def _kinds(units: Sequence[Unit], registry: Registry) -> None:
    """Give each name the kind that the whole document shows."""
    for index, unit in enumerate(units):
        if unit.tag != "NAME":
            continue
        unit.name = clean_name(unit.name, index == len(units) - 1)
        party = registry.party(unit.name)
        if party is not None:
            unit.kind = party.kind


def _line_numbers(text: str, spans: Sequence[Span]) -> list[int]:
    numbers: list[int] = []
    line, at = 0, 0
    for span in spans:
        line += text.count("\n", at, span.start)
        at = span.start
        numbers.append(line)
    return numbers


_ACTOR_HEADS = frozenset(("junta", "military", "army", "regime", "tatmadaw", "dictatorship", "navy"))


def _home(found: Analysis) -> None:
    """The country whose actors the document mostly names."""
    said: Counter[str] = Counter()
    by_head: dict[str, Counter[str]] = {}
    surface: dict[str, Counter[str]] = {}
    any_state: Counter[str] = Counter()
    table = states()
    acting = {
        phrase.name.name
        for sentence in found.sentences
        for predicate in sentence.parse.predicates
        for subject in predicate.slots.get("subject", [])
        for phrase in subject.each()
        if phrase.name is not None and phrase.name.tag == "STATE"
    }
    for sentence in found.sentences:
        for phrase in sentence.parse.phrases:
            heads = {phrase.head, *phrase.words}
            found.has_junta = found.has_junta or "junta" in heads
            for unit in phrase.mods:
                country = table.get(unit.name)
                if country and country not in blocs() and heads & _ACTOR_HEADS:
                    said[country] += 1
                    surface.setdefault(country, Counter())[unit.name] += 1
                    for head in heads & _ACTOR_HEADS:
                        by_head.setdefault(head, Counter())[country] += 1
            if phrase.name is not None and phrase.name.tag == "STATE":
                country = table.get(phrase.name.name, "")
                if country not in blocs() and phrase.name.name not in acting:
                    any_state[country] += 1
    found.said = {country: min(count, key=lambda c: (-count[c], c)) for country, count in surface.items()}
    found.homes = {head: min(count, key=lambda c: (-count[c], c)) for head, count in by_head.items()}
    for head in ("junta", "regime", "dictatorship", "tatmadaw"):
        found.ruled = found.ruled or found.homes.get(head, "")
    found.ruled = found.ruled or next((c for c in sorted(found.homes.values()) if find_authority(c) is None), "")
    if said:
        found.home = min(said, key=lambda country: (-said[country], country))
    elif any_state:
        most, *rest = sorted(any_state.values(), reverse=True)
        if most >= 3 and most > 2 * (rest[0] if rest else 0):
            found.home = max(any_state, key=lambda country: any_state[country])
