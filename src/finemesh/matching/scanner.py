"""Names of the index in running text, with exact places.

A name is found as a sequence of folded words, so that case, accents, line breaks, double spaces and possessives make no
difference. A name that tells little (one short or common word) is reported only where its case and its context speak
for it: ``ISIL`` in capitals, ``Hope`` only in a text that names the same party in full.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from finemesh.matching.party import Party
from finemesh.matching.scan_text import Token, goes_on, stem, tokens
from finemesh.matching.word import Kind
from finemesh.matching.words import read_name

MAX_WORDS = 16


class NameHit(NamedTuple):
    """A name found in a text.

    Attributes:
        start, end: Characters of the text, end exclusive.
        party_ids: Everyone who bears it, sorted.
        name: The name as the list writes it.
        kind: ``name``, ``alias``, ``weak`` or ``previous``.
        score: How sure it is that this name is meant, 0 to 1.
        schemata: What those who bear it are (FollowTheMoney).
    """

    start: int
    end: int
    party_ids: tuple[str, ...]
    name: str
    kind: str
    score: float
    schemata: frozenset[str]


class _Entry(NamedTuple):
    parties: tuple[str, ...]
    name: str
    kind: str
    exact: float
    needs: int
    schemata: frozenset[str]


ANY_CASE, CAPITALS, CONTEXT = 0, 1, 2


class Scanner:
    """Finds the names of some parties in texts."""

    def __init__(self, parties: Iterable[Party]) -> None:
        """Read the names of some parties."""
        self._entries: dict[tuple[str, ...], _Entry] = {}
        self._lengths: dict[str, set[int]] = {}
        for party in parties:
            for name in party.names:
                for words, exact, needs in scan_forms(name.text, party.schema, name.kind):
                    self._add(
                        words, _Entry((party.id,), name.text, name.kind, exact, needs, frozenset((party.schema,)))
                    )

    def _add(self, words: tuple[str, ...], entry: _Entry) -> None:
        key = tuple(map(stem, words))
        old = self._entries.get(key)
        if old is not None:
            parties = tuple(sorted({*old.parties, *entry.parties}))
            better = min(old, entry, key=lambda e: (-e.exact, e.kind != "name", e.name))
            entry = better._replace(
                parties=parties, needs=min(old.needs, entry.needs), schemata=old.schemata | entry.schemata
            )
        self._entries[key] = entry
        self._lengths.setdefault(key[0], set()).add(len(key))

    def scan(self, text: str) -> list[NameHit]:
        """Every name in a text, in order, without overlaps (the longer name wins)."""
        words = tokens(text)
        stems = [stem(t.word) for t in words]
        found: list[tuple[int, int, _Entry]] = []
        position = 0
        while position < len(words):
            for length in sorted(self._lengths.get(stems[position], ()), reverse=True):
                entry = self._entries.get(tuple(stems[position : position + length]))
                if (
                    entry
                    and position + length <= len(words)
                    and not goes_on(text, words[position + length - 1].end)
                    and _joined(text, words[position : position + length])
                    and _case_fits(text, words, position, length, entry)
                ):
                    found.append((position, length, entry))
                    position += length - 1
                    break
            position += 1
        sure = {p for _, _, e in found if e.needs != CONTEXT for p in e.parties}
        hits = []
        for start, length, entry in found:
            if entry.needs == CONTEXT and not sure.intersection(entry.parties):
                continue
            hits.append(
                NameHit(
                    words[start].start,
                    words[start + length - 1].end,
                    entry.parties,
                    entry.name,
                    entry.kind,
                    entry.exact,
                    entry.schemata,
                )
            )
        return hits


def _joined(text: str, words: list[Token]) -> bool:
    """Whether nothing but spaces, one line break and light punctuation parts the words."""
    for a, b in itertools.pairwise(words):
        between = text[a.end : b.start].strip(" \t\r\n\u00a0'’s")
        if len(between) > 3 or any(c in "!?:;" for c in between) or ("." in between and not _is_short(a, between)):
            return False
        if text[a.end : b.start].count("\n") > 1 + ("\r" in text[a.end : b.start]):
            return False
    return True


def _is_short(word: Token, between: str) -> bool:
    """Whether a full stop behind a word is that of an abbreviation ("J.", "Co.,") and no end of a sentence."""
    return len(word.word) <= 3 and between.startswith(".")


def _case_fits(text: str, words: list[Token], position: int, length: int, entry: _Entry) -> bool:
    if entry.needs == ANY_CASE:
        return True
    first = text[words[position].start]
    if first.upper() == first.lower() and not first.isupper():
        return True  # a script without case
    written = text[words[position].start : words[position + length - 1].end]
    if length == 1 and len(written) <= 4:
        return written.isupper()
    return first.isupper()


def scan_forms(text: str, schema: str, kind: str) -> list[tuple[tuple[str, ...], float, int]]:
    """The word sequences under which a name is looked for, each with its score and what it needs."""
    words = tuple(t.word for t in tokens(text))[:MAX_WORDS]
    if not words:
        return []
    reading = read_name(text, schema)
    told = sum(w.weight for w in reading.words if w.kind not in (Kind.LEGAL, Kind.HONORIFIC, Kind.PARTICLE))
    letters = sum(map(len, words))
    if len(words) == 1 and words[0].isascii():
        needs = CONTEXT if letters <= 3 or told < 900 or kind == "weak" else CAPITALS
    elif letters <= 2 or kind == "weak":
        needs = CONTEXT if letters < 8 else CAPITALS
    else:
        needs = ANY_CASE if told >= 1200 else CAPITALS
    return [(words, 1.0 if needs == ANY_CASE else 0.9, needs)]
