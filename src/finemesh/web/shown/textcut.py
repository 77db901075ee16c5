"""A document's text, cut so that overlapping mentions and claims can be marked in it.

Offsets count characters of the whole text everywhere; nothing is changed or left out but the line breaks between
paragraphs.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PART = 80_000
"""Characters from which a text is shown in parts, so that a long one stays fast."""
_BLANK = re.compile(r"\n[ \t\r]*\n+")
_LONG_LINE = 120


@dataclass(frozen=True, slots=True)
class Span:
    """Something to be marked.

    Attributes:
        start, end: Characters, end exclusive.
        kind: ``mention``, ``claim`` or ``hit``.
        key: Number of the thing within its kind.
    """

    start: int
    end: int
    kind: str
    key: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that all bear the same marks.

    Attributes:
        start: Of its first character.
        text: The characters.
        mentions, claims: Numbers of what covers it.
        hit: Whether it is the place that was asked for.
    """

    start: int
    text: str
    mentions: tuple[int, ...]
    claims: tuple[int, ...]
    hit: bool


def parts(text: str, size: int = PART) -> list[tuple[int, int]]:
    """The text in parts of about ``size`` characters, cut between lines (or words, where a line is that long)."""
    found: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > size * 1.25:
        end = text.rfind("\n", start + size // 2, start + size) + 1
        end = end or text.rfind(" ", start + size // 2, start + size) + 1 or start + size
        found.append((start, end))
        start = end
    return [*found, (start, len(text))]


def part_at(cuts: Sequence[tuple[int, int]], offset: int) -> int:
    """The number (from 0) of the part in which a character lies."""
    return max(0, bisect_right([start for start, _ in cuts], offset) - 1)


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of a part, without the line breaks around them.

    Blank lines divide paragraphs. Where lines are long, or blank lines are rare, each line is a paragraph; else the
    lines of a paragraph are those of a text that was wrapped by hand.
    """
    part = text[start:end]
    lines = [line for line in part.split("\n") if line.strip()]
    wrapped = bool(lines) and len(_BLANK.findall(part)) * 12 >= len(lines)
    wrapped = wrapped and sum(map(len, lines)) / len(lines) < _LONG_LINE
    breaks = _BLANK if wrapped else re.compile(r"\n+")
    found: list[tuple[int, int]] = []
    at = 0
    for gap in breaks.finditer(part):
        found.append((start + at, start + gap.start()))
        at = gap.end()
    found.append((start + at, end))
    return [trimmed for a, b in found if (trimmed := _trim(text, a, b))[0] < trimmed[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    """A paragraph cut at every border of a span; spans may overlap and nest as they like.

    Args:
        text: The whole text.
        start: Where the paragraph begins.
        end: Where it ends.
        spans: Those that touch it.
    """
    opens: dict[int, list[Span]] = {}
    closes: dict[int, list[Span]] = {}
    for span in spans:
        a, b = max(start, span.start), min(end, span.end)
        if a < b:
            opens.setdefault(a, []).append(span)
            closes.setdefault(b, []).append(span)
    borders = sorted({start, end, *opens, *closes})
    active: dict[Span, None] = {}
    found = []
    for a, b in itertools.pairwise(borders):
        for span in closes.get(a, ()):
            active.pop(span, None)
        for span in opens.get(a, ()):
            active[span] = None
        found.append(_piece(text, a, b, list(active)))
    return found


def _piece(text: str, start: int, end: int, active: Sequence[Span]) -> Piece:
    mentions = sorted((s for s in active if s.kind == "mention"), key=lambda s: (s.start - s.end, s.start, s.key))
    return Piece(
        start,
        text[start:end],
        tuple(s.key for s in mentions),
        tuple(sorted(s.key for s in active if s.kind == "claim")),
        any(s.kind == "hit" for s in active),
    )


def touching(spans: Sequence[Span], blocks: Sequence[tuple[int, int]]) -> list[list[Span]]:
    """For each paragraph (in order) the spans that touch it."""
    starts = [start for start, _ in blocks]
    found: list[list[Span]] = [[] for _ in blocks]
    for span in spans:
        number = max(0, bisect_right(starts, span.start) - 1)
        while number < len(blocks) and blocks[number][0] < span.end:
            if blocks[number][1] > span.start:
                found[number].append(span)
            number += 1
    return found
