"""What a dossier is made of, whatever form it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from finemesh.analysis.facts import Facts
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator
from finemesh.model.source import Source

MARKS = 4
"""Notes that one sentence carries at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or the text of a table's cell, with the numbers of its notes.

    Attributes:
        text: The words.
        notes: Numbers of notes that prove them.
        aside: Who says so, in which stance, when; shown more quietly.
    """

    text: str
    notes: tuple[int, ...] = ()
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    said: Said


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences, each a line."""

    items: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        head: Headings of the columns.
        rows: As many cells each.
        widths: Share of the width that each column takes.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture.

    Attributes:
        svg: The picture as an SVG document.
        text: What it shows, for those who cannot see it.
        width: In units of the picture, of which an ordinary letter is 12 high.
    """

    svg: str
    text: str
    width: float


Block = Paragraph | Bullets | Grid | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: Its title.
        blocks: In their order.
        level: 2 for a section, 3 within one.
    """

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: words of a source, and where they stand.

    Attributes:
        number: From 1, in the order of the text.
        quote: The exact words.
        where: Source and place in words.
        sha256: Hash of the archived source.
        locator: The place, for programs.
    """

    number: int
    quote: str
    where: str
    sha256: str
    locator: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a case knows of one party, as a research note.

    Attributes:
        title, byline: Name, and what kind of party in what case on which day.
        sections: In their order.
        notes: All of them.
        sources: The sources that the notes name, each with its hash.
    """

    title: str
    byline: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    sources: tuple[Said, ...]


@dataclass(slots=True)
class Notebook:
    """Gives numbers to evidence; what stands at one place has one number.

    Attributes:
        facts: The case.
        origin: Each artifact as it was added first.
    """

    facts: Facts
    origin: dict[str, Source]
    _numbers: dict[Evidence, int] = field(default_factory=dict)

    def mark(self, evidence: Sequence[Evidence]) -> tuple[int, ...]:
        """The numbers of some evidence, of the first few places."""
        return tuple(self._numbers.setdefault(item, len(self._numbers) + 1) for item in dict.fromkeys(evidence[:MARKS]))

    def notes(self) -> tuple[Note, ...]:
        """Every note in the order of its number."""
        return tuple(
            Note(number, item.quote, self._where(item), item.sha256, item.locator)
            for item, number in self._numbers.items()
        )

    def sources(self) -> tuple[Said, ...]:
        """The sources of the notes, lists before documents."""
        seen = dict.fromkeys(item.sha256 for item in self._numbers)
        order = sorted(seen, key=lambda s: (not self.facts.dataset_of.get(s), self._name(s), s))
        return tuple(Said(f"{self._name(s)}. SHA-256 {s}", (), self._origin(s)) for s in order)

    def _where(self, item: Evidence) -> str:
        place = Locator.parse(item.locator).describe() if item.locator else ""
        return ", ".join(part for part in (self._name(item.sha256), place) if part)

    def _name(self, sha256: str) -> str:
        source = self.origin.get(sha256)
        if source is None:
            return sha256[:12]
        publisher = source.publisher or self.facts.publishers.get(sha256, "")
        title = source.title or source.name
        dated = source.published or source.snapshot
        return ", ".join(part for part in (publisher, f"“{title}”", dated) if part)

    def _origin(self, sha256: str) -> str:
        source = self.origin.get(sha256)
        if source is None:
            return ""
        parts = [source.url, f"file {source.name}", f"added {source.retrieved}" if source.retrieved else ""]
        return ", ".join(part for part in parts if part)
