"""Which language a document is in, passage by passage.

Patterns read English; what is in another language must not be read as if it were. Names are in no language, so the
words that begin with a capital letter are left out where a line in Latin letters is judged, and a line with too few
other words goes with its neighbours. py3langid (BSD) knows 97 languages and carries its model with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from finemesh.extraction.lexicon import classes

ENGLISH = "en"
UNKNOWN = ""
"""The language of a text without words."""

_LONGEST = 2000
"""Characters that are judged at a time; longer lines are cut."""
_FEW = 5
"""Words without a capital letter below which a line in Latin letters is not judged by itself."""
_SHARE = 0.12
"""Share of English function words from which a line is English, whatever else it looks like."""
_WORTH_TELLING = 0.05
"""Share of a document from which a further language is told."""
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring lines in one language: characters ``start`` to ``end`` (exclusive), ISO 639 code or ""."""

    start: int
    end: int
    language: str


def passages(text: str) -> list[Passage]:
    """The text cut where its language changes; together they are the whole text."""
    places = list(_lines(text))
    lines = [text[start:end] for start, end in places]
    said = [_judge(line) for line in lines]
    _settle_short(said, lines)
    found: list[Passage] = []
    for (start, end), language in zip(places, _filled(said, lines), strict=True):
        if found and found[-1].language == language:
            found[-1] = Passage(found[-1].start, end, language)
        else:
            found.append(Passage(start, end, language))
    return found


def languages(text: str, cut: Sequence[Passage]) -> tuple[str, ...]:
    """The languages of a document, the one with the most letters first; those of a few words are left out."""
    counts: Counter[str] = Counter()
    for passage in cut:
        if passage.language:
            counts[passage.language] += sum(map(str.isalpha, text[passage.start : passage.end]))
    total = counts.total()
    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple(code for code in ordered if counts[code] >= _WORTH_TELLING * total)


def only(text: str, cut: Sequence[Passage], wanted: frozenset[str] = frozenset((ENGLISH,))) -> str:
    """The text with everything in other languages made blank, so that every character stays where it was.

    A text without any judged words stays as it is.
    """
    keep = wanted | {UNKNOWN}
    if all(passage.language in keep for passage in cut):
        return text
    return "".join(
        text[p.start : p.end] if p.language in keep else _NOT_SPACE.sub(" ", text[p.start : p.end]) for p in cut
    )


_NOT_SPACE = re.compile(r"[^\n]")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Each line with its break; what is longer than is judged at a time is cut at a space."""
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        while end - at > _LONGEST:
            cut = text.rfind(" ", at + _LONGEST // 2, at + _LONGEST) + 1 or at + _LONGEST
            yield at, cut
            at = cut
        yield at, end
        at = end


def _judge(line: str) -> str | None:
    """The language of a line, None where it holds too little to tell."""
    if _reads_english(line.split()):
        return ENGLISH
    found = _WORD.findall(_ADDRESS.sub(" ", line))
    if not found:
        return None
    latin = sum(1 for word in found if _LATIN.match(word))
    if 2 * latin < len(found):
        return _classify(" ".join(word for word in found if not _LATIN.match(word)))
    plain = [word for word in found if word.islower()]
    if _reads_english(plain):
        return ENGLISH
    return _classify(" ".join(plain)) if len(plain) >= _FEW else None


def _reads_english(words: list[str]) -> bool:
    """Whether function words of English are common among the words without a capital letter."""
    known = _english()
    english = sum(1 for word in words if word in known)
    return english > 0 and english >= _SHARE * sum(1 for word in words if word.islower())


def _settle_short(said: list[str | None], lines: list[str]) -> None:
    """Another language in Latin letters needs more than a few words: where it has no more, its lines are undecided."""
    amounts: Counter[str] = Counter()
    for language, line in zip(said, lines, strict=True):
        if language and language != ENGLISH:
            amounts[language] += len(line)
    for at, language in enumerate(said):
        if language and language != ENGLISH and amounts[language] < _MIN_FOREIGN and _latin(lines[at]):
            said[at] = None


_MIN_FOREIGN = 80
"""Characters of a document below which another language in Latin letters is a slip of the judge."""


def _latin(line: str) -> bool:
    """Whether most letters of a line are Latin ones."""
    letters = [c for c in line if c.isalpha()]
    return 2 * sum(1 for c in letters if _LATIN.match(c)) > len(letters)


def _filled(said: Sequence[str | None], lines: Sequence[str]) -> list[str]:
    """Each line's language; an undecided one goes with the last decided line of its letters, else with the next."""
    last: dict[bool, str] = {}
    for language, line in zip(said, lines, strict=True):
        if language and (script := language == ENGLISH or _latin(line)) not in last:
            last[script] = language
    now = next((language for language in said if language), UNKNOWN)
    found = []
    for language, line in zip(said, lines, strict=True):
        if language:
            last[language == ENGLISH or _latin(line)] = now = language
        elif any(map(str.isalpha, line)):
            now = last.get(_latin(line), UNKNOWN)
        found.append(now)
    return found


def _classify(words: str) -> str:
    return str(_identifier().classify(words[:_LONGEST])[0])


_TOO_NEAR = frozenset(("pcm",))
"""Languages that newspapers' English is taken for."""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    found.set_languages(sorted(set(found.labels) - _TOO_NEAR))
    return found


@cache
def _english() -> frozenset[str]:
    return classes("grammar")["function"]
