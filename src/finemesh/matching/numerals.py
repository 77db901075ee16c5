"""Numbers that a name writes in several words ("Forty-Four", "Twenty First", "Forty 4")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Numeral(NamedTuple):
    """A number that was read.

    Attributes:
        value: The number.
        words: How many words it takes.
    """

    value: int
    words: int


def joined_number(texts: Sequence[str], start: int, known: Mapping[str, int]) -> Numeral | None:
    """The number that begins at a word and takes more than one, None where there is none.

    Args:
        texts: The words of a name.
        start: Where to look.
        known: Numbers that are written in one word (``numbers.tsv``).

    Example:
        >>> joined_number(("forty", "four"), 0, {"forty": 40, "four": 4})
        Numeral(value=44, words=2)
    """
    if texts[start] not in known and not texts[start].isdigit():
        return None
    value, words = _value(texts, start, known), 1
    if value is None:
        return None
    if value < 10:
        hundreds = _value(texts, start + 1, known)
        if hundreds != 100 or value == 0:
            return None
        value, words = value * 100, 2
    while value and value % 10 == 0:
        behind = start + words
        words += value % 100 == 0 and texts[behind : behind + 1] == ["and"]
        below = _value(texts, start + words, known)
        if below is None or below == 0 or below >= (100 if value % 100 == 0 else 10):
            break
        value, words = value + below, words + 1
    if words > 1 and texts[start + words - 1] == "and":
        words -= 1
    return Numeral(value, words) if words > 1 else None


def _value(texts: Sequence[str], place: int, known: Mapping[str, int]) -> int | None:
    if place >= len(texts):
        return None
    text = texts[place]
    if text in known:
        # Roman numerals stand alone: "Forty II" is no number
        return known[text] if len(text) > 2 and not set(text) <= set("ivx") else None
    return int(text) if len(text) == 1 and text.isdigit() and place else None
