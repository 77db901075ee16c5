"""One word, name, date or mark of a sentence."""

from __future__ import annotations

from finemesh.extraction.dates import DateSpan


class Unit:
    """One word, name, date or mark of a sentence.

    Attributes:
        text: As written.
        low: In lower case.
        lemma: Base form of a verb, singular of a noun.
        tag: See the module.
        start, end: Characters of the document's text.
        name: The name's spelling, for ``NAME``, ``STATE`` and ``ADJ``.
        kind: The name's kind.
        date: The date, for ``DATE``.
    """

    __slots__ = ("date", "end", "kind", "lemma", "low", "name", "start", "tag", "text")

    def __init__(self, text: str, low: str, start: int, end: int, tag: str) -> None:
        self.text = text
        self.low = low
        self.lemma = low
        self.tag = tag
        self.start = start
        self.end = end
        self.name = ""
        self.kind = ""
        self.date: DateSpan | None = None

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}"


NOMINAL = frozenset(("N", "NAME", "STATE", "ADJ", "NUM"))
