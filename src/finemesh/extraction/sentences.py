"""Sentences, headlines and list items of a text, with exact offsets.

A line break ends a sentence, unless the text is hard-wrapped (most lines nearly equally long) or the next
line goes on in lower case. A full stop ends one unless it belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import re

from finemesh.extraction.lexicon import classes, words
from finemesh.extraction.spans import Span

MAX_SENTENCE = 4000
"""Characters after which a stretch without any sentence end is cut at a space."""

_TITLES = (
    "mr mrs ms dr prof gen lt col maj brig capt sgt cpl adm cdr comm rev hon st engr barr sen gov rep pres supt insp"
    " lieut alh messrs no nos art arts sec para paras fig vol pp p ch cl approx ca cf e.g i.e eg ie vs viz al jan feb"
    " mar apr jun jul aug sep sept oct nov dec mt ft sqn flt wg grp cmdr"
)
_ALWAYS = frozenset(_TITLES.split())
"""Abbreviations that never end a sentence (``no`` only before a number, see :func:`_abbreviation`)."""
_OFTEN = classes("grammar")["often"]
"""Abbreviations that end a sentence only when a word follows that begins one."""

_END = re.compile(r"""[.!?…]+["'”’)\]]*(?=\s|$)|[。！？།။।]+["'”’)\]」』]*""")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪●◦‣]+\s+|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+(?=\S))?")
_WORD_BEFORE = re.compile(r"([\w&’'-]+(?:\.[\w]+)*)$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘(\[]*\s*([\w’'-]+|\S)")
_PAIRS = {"“": "”", "(": ")", "[": "]", "‘": "’"}


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order, without overlap.

    Headlines and list items count as sentences. Bullets, surrounding white space and quotation marks without
    their other half are left out.
    """
    found: list[Span] = []
    for start, end in _paragraphs(text):
        _split_paragraph(text, start, end, found)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Stretches that no sentence crosses: lines, or blocks of lines where a text is wrapped."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        lines.append((at, at + len(body)))
        at += len(line)
    wrapped = _wrap_width(lines)
    blocks: list[tuple[int, int]] = []
    for start, end in lines:
        if not text[start:end].strip():
            blocks.append((end, end))  # a blank line keeps its neighbours apart
            continue
        if blocks and blocks[-1][1] > blocks[-1][0] and _goes_on(text, blocks[-1], (start, end), wrapped):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return [(start, end) for start, end in blocks if end > start]


def _wrap_width(lines: list[tuple[int, int]]) -> int:
    """The line length at which the text is wrapped, or 0 where it is not."""
    lengths = sorted(end - start for start, end in lines if end > start)
    if len(lengths) < 8:
        return 0
    longest = lengths[-1]
    near = sum(1 for length in lengths if length >= 0.7 * longest)
    return longest if 40 <= longest <= 130 and near >= 0.5 * len(lengths) else 0


def _goes_on(text: str, block: tuple[int, int], line: tuple[int, int], wrapped: int) -> bool:
    """Whether a line continues the block before it."""
    last = text[block[1] - 1]
    first = text[line[0] : line[0] + 40].lstrip()[:1]
    bullet = _BULLET.match(text, line[0], line[1])
    if bullet and text[line[0] : bullet.end()].strip():
        return False
    newline = text.rfind("\n", block[0], block[1])
    length = block[1] - (newline + 1 if newline >= 0 else block[0])
    if wrapped and length >= 0.6 * wrapped:
        return last not in ".!?:" or first.islower() or length >= 0.85 * wrapped
    return first.islower() and last.isalnum() and length > 40


def _split_paragraph(text: str, start: int, end: int, found: list[Span]) -> None:
    bullet = _BULLET.match(text, start, end)
    at = bullet.end() if bullet else start
    if text[start:at].strip() and not text[at:end].strip():
        at = start
    for match in _END.finditer(text, at, end):
        if match.end() < end and _abbreviation(text, at, match, end):
            continue
        _add(text, at, match.end(), found)
        at = match.end()
    if at < end:
        _add(text, at, end, found)


def _abbreviation(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a full stop belongs to an abbreviation, so that the sentence goes on."""
    mark = match.group()
    following = _NEXT_WORD.match(text, match.end(), end)
    next_word = following.group(1) if following else ""
    if mark[0] != "." or len(mark) > 1:
        return next_word[:1].islower() and mark[0] != "。" and not mark.startswith("..")
    if next_word[:1].islower():
        return True
    before = _WORD_BEFORE.search(text, max(start, match.start() - 30), match.start())
    word = before.group(1).lower().rpartition("-")[2] if before else ""
    starter = next_word.lower() in words("common") or next_word[:1] in '“"-•'
    if word in ("no", "nos", "art", "fig", "p", "pp"):
        return next_word[:1].isdigit()
    if word in _ALWAYS or word.replace(".", "") in _ALWAYS:
        return True
    if word in _OFTEN:
        return not starter
    if len(word) == 1 and word.isalpha() and before and before.group(1).isupper():
        return next_word.lower() not in _STARTERS
    if "." in word and all(len(part) <= 2 for part in word.split(".")):
        return next_word.lower() not in _STARTERS
    return False


_STARTERS = classes("grammar")["starters"]


def _add(text: str, start: int, end: int, found: list[Span]) -> None:
    """Add one sentence, trimmed; one that is too long is cut."""
    while end - start > MAX_SENTENCE:
        cut = text.rfind("; ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        if cut < 0:
            cut = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = start + MAX_SENTENCE if cut < 0 else cut + 1
        _trim(text, start, cut, found)
        start = cut
    _trim(text, start, end, found)


def _trim(text: str, start: int, end: int, found: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and text[start] in '“"‘':
        closing = {"“": "”", '"': '"', "‘": "’"}[text[start]]
        close = text.find(closing, start + 1, end)
        if close < 0 or (text[start] == "‘" and close < end - 1):
            start += 1
        elif close == end - 1:
            start, end = start + 1, end - 1
    if start < end and text[end - 1] in '”"':
        opening = {"”": "“", '"': '"'}[text[end - 1]]
        if text.find(opening, start, end - 1) < 0:
            end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end and any(c.isalnum() for c in text[start:end]):
        found.append(Span(start, end))
