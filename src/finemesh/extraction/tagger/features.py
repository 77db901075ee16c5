"""What the tagger sees of each word: its letters, its neighbours, the word lists, the distance to a rank.

The training script and the running tagger call the same function; a change here needs a new model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from finemesh.extraction.lexicon import classes, states, words
from finemesh.extraction.nameparts import title_length
from finemesh.extraction.tokens import Token

_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[.\-/]+")
_NOT_RANKS = frozenset(("commander", "chief", "leader", "officer", "private", "inspector"))
_FAR = 9


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset().union(*classes("organisations").values())


@lru_cache(maxsize=1 << 16)
def shape(text: str) -> str:
    """The letters of a word as kinds: ``Xx`` for "Army", ``X`` for "GOC", ``d`` for "82"."""
    found = ""
    for c in text:
        kind = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        if not found or found[-1] != kind or kind not in "Xxd" or (len(found) > 1 and found[-2] != kind):
            found += kind
    return found[:8]


@lru_cache(maxsize=1 << 16)
def is_rank_word(text: str) -> bool:
    """Whether a word is made of rank words only ("Brig.-Gen.", "Lt")."""
    if not text[0].isupper() or text.lower() in _NOT_RANKS:
        return False
    lists = classes("tagger")
    parts = [part for part in _PARTS.split(text.lower()) if part]
    core = [part for part in parts if part in lists["rank_core"] or part.rstrip("s") in lists["rank_core"]]
    every = all(part in lists["rank"] or part.rstrip("s") in lists["rank_core"] for part in parts)
    return bool(parts) and every and bool(core or "vice" in parts or "rear" in parts or "air" in parts)


def rank_marks(tokens: Sequence[Token]) -> list[str]:
    """For each token ``B``/``I`` with ``R`` (in a rank) or ``H`` (in an honorific), else ``O``."""
    lows = [t.low for t in tokens]
    honorifics = classes("titles")["honorific"]
    marks = ["O"] * len(tokens)
    at = 0
    while at < len(tokens):
        length = title_length(lows, at)
        if length and " ".join(lows[at : at + length]) in honorifics and not is_rank_word(tokens[at].text):
            if tokens[at].text[0].isupper():
                marks[at : at + length] = ["BH"] + ["IH"] * (length - 1)
            at += length
            continue
        if not is_rank_word(tokens[at].text):
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and (
            is_rank_word(tokens[end].text)
            or (tokens[end].text in ".-–" and end + 1 < len(tokens) and is_rank_word(tokens[end + 1].text))
        ):
            end += 1
        marks[at:end] = ["BR"] + ["IR"] * (end - at - 1)
        at = end
    return marks


@lru_cache(maxsize=1 << 16)
def _classes_of(text: str) -> str:
    """The word lists that a word is on, joined."""
    low = text.lower()
    found = []
    if low in words("roles"):
        found.append("role")
    if low in words("common"):
        found.append("com")
    if text in states():
        found.append("state")
    if low in _organisation_words():
        found.append("org")
    if low.rstrip("s") in classes("tagger")["unit"]:
        found.append("unit")
    if low in words("places"):
        found.append("place")
    return "+".join(found)


def _distances(flags: Sequence[bool]) -> tuple[list[int], list[int]]:
    """For each place the distance to the last and to the next flag, at most nine."""
    before, after = [], [0] * len(flags)
    last = _FAR
    for flag in flags:
        last = 0 if flag else min(last + 1, _FAR)
        before.append(last)
    last = _FAR
    for i in range(len(flags) - 1, -1, -1):
        last = 0 if flags[i] else min(last + 1, _FAR)
        after[i] = last
    return before, after


def _runs(capital: Sequence[bool]) -> list[tuple[int, int]]:
    """For each place the run of capitalised words around it: (first, last)."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(capital):
        j = i
        while capital[i] and j + 1 < len(capital) and capital[j + 1]:
            j += 1
        found += [(i, j)] * (j - i + 1)
        i = j + 1
    return found


def word_features(text: str, low: str, mark: str) -> tuple[list[str], dict[int, list[str]]]:
    """The features that one word with its rank mark decides: those at its own place, and those of its neighbours.

    Returns:
        The features, and by distance from the neighbour to it those of that neighbour.
    """
    kind, form, zeros = _classes_of(text), shape(text), _DIGIT.sub("0", low)
    own = [
        "b",
        f"w={low}",
        f"n={zeros}",
        f"s={form}",
        f"p={low[:3]}",
        f"P={low[:4]}",
        f"u={low[-3:]}",
        f"U={low[-2:]}",
        f"V={low[-4:]}",
        f"k={kind or ('cap' if text[0].isupper() else '-')}",
        f"m={mark}",
        f"sm={form}{mark}",
    ]
    beside = {step: [f"{step}w={low}", f"{step}m={mark}"] for step in (-3, -2, -1, 1, 2, 3)}
    for step in (-2, -1, 1, 2):
        beside[step] += [f"{step}s={form}", f"{step}k={kind}"]
    for step in (-1, 1):
        beside[step].append(f"{step}n={zeros}")
    return own, beside


@dataclass(slots=True)
class Sight:
    """What is seen of a sentence as a whole; one entry a token."""

    texts: list[str]
    lows: list[str]
    shapes: list[str]
    marks: list[str]
    capital: list[bool]
    runs: list[tuple[int, int]]
    ranks: tuple[list[int], list[int]]
    units: tuple[list[int], list[int]]
    roles: tuple[list[int], list[int]]
    any_rank: bool
    caps: str

    def features_at(self, i: int, seen: dict[str, int]) -> list[str]:
        """The features of a token that the sentence around it decides, its neighbours' words left aside."""
        row = [
            f"r={self.ranks[0][i]}",
            f"R={self.ranks[1][i]}",
            f"un={self.units[0][i]}",
            f"Un={self.units[1][i]}",
            f"ro={self.roles[0][i]}",
            f"Ro={self.roles[1][i]}",
            f"a={self.any_rank}{self.shapes[i]}",
            f"c={self.caps[max(0, i - 2) : i]}|{self.caps[i : i + 3]}",
        ]
        if self.capital[i]:
            first, last = self.runs[i]
            row.append(f"l={min(i - first, 4)}/{min(last - first + 1, 6)}")
            row.append(f"le={self.lows[last + 1] if last + 1 < len(self.lows) else '#'}")
            row.append(f"lb={self.lows[first - 1] if first else '#'}")
            row.append(f"v={min(seen.get(self.lows[i], 0), 2)}")
        return row


def see(tokens: Sequence[Token]) -> Sight:
    """Look at a sentence as a whole."""
    texts = [t.text for t in tokens]
    marks = rank_marks(tokens)
    kinds = [_classes_of(text) for text in texts]
    capital = [text[0].isupper() for text in texts]
    return Sight(
        texts=texts,
        lows=[t.low for t in tokens],
        shapes=[shape(text) for text in texts],
        marks=marks,
        capital=capital,
        runs=_runs(capital),
        ranks=_distances([m == "BR" for m in marks]),
        units=_distances(["unit" in k for k in kinds]),
        roles=_distances(["role" in k for k in kinds]),
        any_rank="BR" in marks,
        caps="".join("1" if c else "0" for c in capital),
    )


def features(tokens: Sequence[Token], seen: dict[str, int]) -> list[list[str]]:
    """The features of each token of a sentence.

    Args:
        tokens: The sentence.
        seen: How often each capitalised word stood in the document before; brought up to date here.
    """
    sight = see(tokens)
    count = len(tokens)
    words_of = [word_features(t.text, t.low, m) for t, m in zip(tokens, sight.marks, strict=True)]
    found: list[list[str]] = []
    for i in range(count):
        row = words_of[i][0] + sight.features_at(i, seen)
        for step in (-3, -2, -1, 1, 2, 3):
            j = i + step
            row += words_of[j][1][step] if 0 <= j < count else [f"{step}#"]
        found.append(row + _pairs(i, sight))
    for low, is_capital in zip(sight.lows, sight.capital, strict=True):
        if is_capital:
            seen[low] = seen.get(low, 0) + 1
    return found


def _pairs(i: int, sight: Sight) -> list[str]:
    """The features of two neighbouring words."""
    lows, shapes = sight.lows, sight.shapes
    row = []
    if i:
        row += [f"<={lows[i - 1]}|{lows[i]}", f"<s={shapes[i - 1]}|{shapes[i]}"]
    if i + 1 < len(lows):
        row += [f">={lows[i]}|{lows[i + 1]}", f">s={shapes[i]}|{shapes[i + 1]}"]
    if i > 1:
        row.append(f"<<={lows[i - 2]}|{lows[i - 1]}")
    if i + 2 < len(lows):
        row.append(f">>={lows[i + 1]}|{lows[i + 2]}")
    return row
