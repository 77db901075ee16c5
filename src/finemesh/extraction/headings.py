"""Lists under a heading: "Those sanctioned by Canada on 7 March:", then a name on each line."""

from __future__ import annotations

from dataclasses import replace

from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.match import Found
from finemesh.extraction.refs import Resolver
from finemesh.extraction.syntax.nodes import NP
from finemesh.extraction.syntax.phrases import party_like
from finemesh.model.claim import ClaimType, Stance

_TITLES = 40
"""Characters before the name in an item: ranks and honorifics."""
_LONGEST = 120
"""Characters of a line that may stand in a list without being an item."""
_MAX_ITEMS = 200
"""Lines that belong to one heading at most."""


class Heading:
    """Remembers the heading above a list, and reads its items in the light of it.

    Args:
        analysis: The document.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.text
        self._open: list[Found] = []
        self._line = -1
        self._items = 0
        self._group: list[Found] = []
        self._told = False

    def add(self, sentence: Sentence, found: list[Found], resolver: Resolver) -> list[Found]:
        """What a sentence says, with what it says as an item of the list above it.

        Only designations: "sanctioned by X:" names everything but whom.
        """
        own = [f for f in found if f.args.get("target")]
        groups = [f for f in found if f.frame.type is ClaimType.DESIGNATION and not f.args.get("target")]
        groups = [f for f in groups if f.args.get("authority") and f.stance is not Stance.DENIED]
        if self._opens(sentence):
            self._told = not groups and _of_group(sentence)
            self._open = self._group if self._told else groups
            self._line, self._items = sentence.line, 0
            return found
        if own or groups:
            self._group = [f for f in groups if f.stance is Stance.ASSERTED and f.predicate is not None]
        if not self._open:
            return found
        if sentence.line == self._line:
            return found
        if self._passes(sentence) and sentence.line <= self._line + 2:
            self._line = sentence.line
            return found
        if sentence.line > self._line + 2 or self._items >= _MAX_ITEMS or not self._is_item(sentence):
            self._open = []
            return found
        self._line, self._items = sentence.line, self._items + 1
        if any(f.frame.type is ClaimType.DESIGNATION for f in own):
            return found
        return found + [item for f in self._open for item in self._items_of(f, sentence, resolver)]

    def _opens(self, sentence: Sentence) -> bool:
        return self._text[sentence.span.start : sentence.span.end].rstrip().endswith(":")

    def _line_of(self, sentence: Sentence) -> tuple[str, str]:
        """What stands in a sentence's line before it, and the sentence where it fills the rest of the line."""
        start = self._text.rfind("\n", 0, sentence.span.start) + 1
        stop = self._text.find("\n", sentence.span.start)
        rest = self._text[sentence.span.start : stop if stop >= 0 else None].strip()
        whole = rest if sentence.span.end >= sentence.span.start + len(rest) else ""
        return self._text[start : sentence.span.start].strip(), whole

    def _passes(self, sentence: Sentence) -> bool:
        """Whether a line stands in a list without being an item: "Individuals", or an item that names nobody."""
        before, whole = self._line_of(sentence)
        return (
            not before and 0 < len(whole) <= _LONGEST and not sentence.parse.predicates and not self._is_item(sentence)
        )

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a line starts with a name, after a bullet or number, or is names without a verb (web pages)."""
        bullet, whole = self._line_of(sentence)
        phrases, predicates = sentence.parse.phrases, sentence.parse.predicates
        if self._told:
            return not bullet and bool(phrases) and _starts_with_name(sentence) and not _speaks(sentence)
        verbless = all(p.reduced or p.parent is not None for p in predicates)
        if not phrases or (phrases[0].name is None and not (verbless and whole)):
            return False
        if phrases[0].name is None or phrases[0].start > sentence.span.start + _TITLES:
            return _at_end(sentence) is not None
        return bool(bullet) or verbless

    @staticmethod
    def _items_of(above: Found, sentence: Sentence, resolver: Resolver) -> list[Found]:
        """The claims of one item: its first name, or the names that are joined to it."""
        first = sentence.parse.phrases[0]
        if first.name is None or (first.name.tag != "NAME" and _at_end(sentence) is not None):
            first = _at_end(sentence) or first
        whole = first.within or first
        refs = [r for r in resolver.resolve(whole) if r.kind in ("person", "organization", "name")]
        return [
            replace(above, args={**above.args, "target": ref.name}, start=first.start, end=first.end)
            for ref in refs[:5]
        ]


def _at_end(sentence: Sentence) -> NP | None:
    """The name that ends an item ("Deputy minister for trade NAME")."""
    named = [p for p in sentence.parse.phrases if p.name is not None and p.name.tag == "NAME" and not p.members]
    last = max(named, key=lambda p: p.name.end if p.name is not None else 0, default=None)
    if last is None or last.name is None or last.name.end < sentence.span.end - 2:
        return None
    return last


def _of_group(sentence: Sentence) -> bool:
    """Whether a line opens a list of those just spoken of: "The Belarus companies are:"."""
    phrases = [p for p in sentence.parse.phrases if p.owner is None]
    verbs = [p.lemma for p in sentence.parse.predicates if not p.reduced]
    one = len(phrases) == 1 and phrases[0].plural and phrases[0].name is None and party_like(phrases[0])
    return one and all(verb in ("be", "include", "follow") for verb in verbs)


def _starts_with_name(sentence: Sentence) -> bool:
    """Whether a sentence starts with the name of somebody."""
    first = sentence.parse.phrases[0]
    return first.name is not None and first.name.tag == "NAME" and first.start < sentence.span.start + _TITLES


def _speaks(sentence: Sentence) -> bool:
    """Whether a sentence brings in what somebody says."""
    return any(p.lemma in ("say", "tell", "add", "comment", "call", "welcome") for p in sentence.parse.predicates[:1])
