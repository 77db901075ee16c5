"""Who says what: quoted speech, and "according to"."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.lexicon import classes
from finemesh.extraction.refs import Resolver
from finemesh.extraction.syntax.nodes import NP, Predicate

SAYING = classes("grammar")["saying"]
_ORAL = classes("grammar")["oral"]
_MARK = re.compile(r"[“”\"]")
_BETWEEN = re.compile(r"[\s“”\"]*\n[\s“”\"]*")
_SHORTEST = 25
"""Quoted words shorter than this are no speech ("so-called" quotes)."""
_MAX_PARAGRAPHS = 40
_EXPOSING = classes("grammar")["exposing"]
_SOURCES = classes("grammar")["sources"]


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of quoted speech: characters and the speaker, None where nobody is named."""

    start: int
    end: int
    speaker: str | None


class Speakers:
    """The speakers of a document's claims.

    Args:
        analysis: The document.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._stretches = _stretches(analysis.text)
        self._starts = [start for start, _ in self._stretches]
        self._speech: dict[int, Speech] = {}
        self._author = analysis.author

    def quoted(self, at: int) -> tuple[int, int] | None:
        """The stretch of quoted speech around a character, or None."""
        index = bisect_right(self._starts, at) - 1
        if index < 0 or self._stretches[index][1] <= at:
            return None
        return self._stretches[index]

    def of(self, sentence: Sentence, at: int, resolver: Resolver, predicate: Predicate | None) -> str | None:
        """Who says what stands at a character, None where the document's author does."""
        stretch = self.quoted(at)
        if stretch is not None:
            return self._speaks(stretch)
        return self._attributed(sentence, at, resolver, predicate)

    def _speaks(self, stretch: tuple[int, int]) -> str | None:
        """The speaker of a stretch; one that follows right on another (paragraph by paragraph) is of the same."""
        index = bisect_right(self._starts, stretch[0]) - 1
        for at in range(index, max(-1, index - _MAX_PARAGRAPHS), -1):
            speech = self._speech.get(self._starts[at])
            if speech is not None:
                return speech.speaker
            between = self._analysis.text[self._stretches[at - 1][1] : self._starts[at]] if at else "-"
            if _BETWEEN.fullmatch(between) is None:
                return None
        return None

    def hear(self, sentence: Sentence, resolver: Resolver) -> None:
        """Learn from a sentence who speaks in the quotations that it opens or closes."""
        for start, end in self._stretches_of(sentence):
            if start in self._speech:
                continue
            for predicate in sentence.parse.predicates:
                if predicate.lemma not in _ORAL or start <= predicate.group.start < end:
                    continue
                for slot in ("subject", "object"):
                    refs = [
                        r
                        for p in predicate.slots.get(slot, [])
                        if not start <= p.start < end
                        for r in resolver.resolve(p)
                    ]
                    names = [r.name for r in refs if r.kind in ("person", "organization", "name")]
                    if names and start not in self._speech:
                        self._speech[start] = Speech(start, end, names[0])

    def _stretches_of(self, sentence: Sentence) -> list[tuple[int, int]]:
        first = max(0, bisect_right(self._starts, sentence.span.start) - 1)
        found = []
        for start, end in self._stretches[first:]:
            if (
                start >= sentence.span.end + 2
                and _BETWEEN.fullmatch(self._analysis.text, sentence.span.end, start) is None
            ):
                break
            if end > sentence.span.start - 2:
                found.append((start, end))
        return found

    def _attributed(
        self, sentence: Sentence, start: int, resolver: Resolver, predicate: Predicate | None
    ) -> str | None:
        for verb in sentence.parse.predicates:
            for phrase in verb.slots.get("according to", []):
                return self._source(phrase, resolver)
        for phrase in sentence.parse.phrases:
            for word, inner in phrase.pps:
                if word == "according to":
                    return self._source(inner, resolver)
        for verb in sentence.parse.predicates:
            if verb.lemma in _EXPOSING and verb.passive and _about(verb, start, predicate):
                sources = [self._source(phrase, resolver) for phrase in verb.slots.get("subject", [])]
                return next((source for source in sources if source), None)
        clause, steps = predicate, 0
        while clause is not None and steps < 5:
            parent = clause.parent
            if parent is not None and clause.content and parent.lemma in SAYING:
                for phrase in parent.slots.get("subject", []):
                    return self._source(phrase, resolver)
            clause, steps = parent, steps + 1
        return None

    def _source(self, phrase: NP, resolver: Resolver) -> str | None:
        """The author of what is cited: "a report by X" is X."""
        if phrase.name is None and phrase.head in _SOURCES:
            by = next((inner for word, inner in phrase.pps if word in ("by", "from", "of")), phrase.possessor)
            if by is not None:
                return self._source(by, resolver)
            if not phrase.mods:
                return None  # "data show that": whose data is not said
        texts = []
        for member in phrase.each():
            text = self._full(member, resolver)
            if text and not (self._author and text.startswith(self._author)):
                texts.append(text)
        return " and ".join(texts) or None

    def _full(self, phrase: NP, resolver: Resolver) -> str:
        """A source's name with what belongs to it ("Special Rapporteur on human rights in Myanmar")."""
        if phrase.pronoun:
            return ""
        last = phrase
        if phrase.head in ("rapporteur", "envoy", "mission", "representative") or (
            phrase.name and phrase.name.text.endswith("Rapporteur")
        ):
            while last.pps and last.pps[0][0] in ("on", "of", "in", "for"):
                last = last.pps[0][1].each()[-1]
        start = phrase.units[0].start if phrase.units else phrase.start
        if last is phrase:
            refs = resolver.resolve(phrase)
            return refs[0].name if refs else ""
        return " ".join(self._analysis.text[start : last.end].split())


def _about(verb: Predicate, at: int, predicate: Predicate | None) -> bool:
    """Whether a verb in the passive is about what stands at a character ("X's sales to Y were exposed by Z")."""
    if verb is predicate:
        return False
    things = verb.slots.get("object", [])
    first = min((p.start for p in things), default=verb.group.start)
    return first <= at < verb.group.start or (not things and at < verb.group.start)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Quoted stretches; one that goes over paragraphs is one stretch."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    depth = paragraphs = 0
    at = 0
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        stripped = line.strip()
        if opened is not None and (paragraphs > _MAX_PARAGRAPHS or (stripped.endswith(":") and len(stripped) < 60)):
            found.append((opened, at))
            opened = None
        depth, paragraphs = 0, paragraphs + 1
        lead = at + len(line) - len(line.lstrip())
        for match in _MARK.finditer(text, at, end):
            mark, place = match.group(), match.start()
            straight_closes = mark == '"' and opened is not None and place != lead
            if mark == "”" or straight_closes:
                if depth:
                    depth -= 1
                elif opened is not None:
                    found.append((opened, place))
                    opened = None
            elif opened is None:
                opened, paragraphs = place + 1, 0
            elif place != lead:
                depth += 1
        at = end
    if opened is not None:
        stop = text.find("\n", opened)
        found.append((opened, len(text) if stop < 0 else stop))
    return [(start, end) for start, end in found if end - start >= _SHORTEST]
