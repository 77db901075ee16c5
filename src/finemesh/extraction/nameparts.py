"""What the words of a name show: capitals, titles, acronyms, the kind of thing that is named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from finemesh.extraction.lexicon import classes, words
from finemesh.extraction.morphology import singular
from finemesh.extraction.tokens import Token


@cache
def closed_words() -> frozenset[str]:
    """All words of the closed classes, and months and weekdays."""
    return frozenset().union(
        *(v for k, v in classes("closed").items() if k not in ("ing_noun", "ed_noun", "not_adverb"))
    )


@cache
def title_starts() -> dict[str, list[tuple[str, ...]]]:
    """Honorifics and ranks by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entries in classes("titles").values():
        for entry in entries:
            parts = tuple(entry.split())
            found.setdefault(parts[0], []).append(parts)
    for options in found.values():
        options.sort(key=lambda parts: (-len(parts), parts))
    return found


def title_length(lows: Sequence[str], at: int) -> int:
    """How many words of a title (honorific or rank) start at a place; 0 where none does."""
    for parts in title_starts().get(lows[at], ()):
        if tuple(lows[at : at + len(parts)]) == parts:
            return len(parts)
    return 0


@cache
def organisation_words() -> frozenset[str]:
    """Words that show a name to be an organisation's."""
    return frozenset().union(*classes("organisations").values())


def is_capital(token: Token) -> bool:
    """Whether a token can be part of a name: it starts with a capital, or has one inside ("mySpace")."""
    return _capital(token.text)


@lru_cache(maxsize=1 << 16)
def _capital(text: str) -> bool:
    if "$" in text or text in _UNITS:
        return False
    return text[0].isupper() or (
        len(text) > 2
        and text[0].isalpha()
        and any(c.isupper() for c in text[1:])
        and ("-" not in text or text.partition("-")[0] in ("al", "el", "ul", "bin", "ibn"))
    )


def is_headline(tokens: Sequence[Token]) -> bool:
    """Whether most long words are capitalised and no full stop ends it, as in a title; capitals then say little."""
    last = len(tokens)
    while last and tokens[last - 1].text in _CLOSING:
        last -= 1
    if last and tokens[last - 1].text.endswith((".", "!", "?", ":", ";")):
        return False
    long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) >= 6 and sum(t.text[0].isupper() for t in long) >= 0.8 * len(long)


def kind_of_name(texts: Sequence[str], lows: Sequence[str]) -> str:
    """The kind that a name's own words show, ``name`` where they show none."""
    inside = organisation_words()
    if any(low in inside or low.rstrip(".") in inside for low in lows):
        return "organization"
    if lows[-1] in words("places"):
        return "place"
    if len(texts) == 1 and any(c.isdigit() for c in texts[0]):
        return "product"
    if (
        "&" in lows
        or "and" in lows
        or (is_acronym(texts[0]) and len(texts) == 1)
        or any(c.isdigit() for t in texts for c in t)
    ):
        return "organization"
    return "name"


def is_acronym(text: str) -> bool:
    """Whether most letters of a word are capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= max(2, 0.6 * len(letters))


def initials(tokens: Sequence[Token], acronym: str) -> bool:
    """Whether an acronym is made of the words' initials (small words may be left out or in)."""
    letters = [c for c in acronym.upper() if c.isalpha()]
    big = [c for t in tokens if is_capital(t) for c in (t.text if t.text.isupper() else t.text[0].upper())]
    every = [t.text[0].upper() for t in tokens if t.text[0].isalpha()]
    if letters in (big, every):
        return True
    if len(letters) < 3 or not big or letters[0] != big[0]:
        return False
    rest = iter(big)
    return all(letter in rest for letter in letters)


def without_legal(tokens: Sequence[Token]) -> str:
    """A name without the legal forms at its end."""
    legal = classes("organisations")["legal"]
    end = len(tokens)
    while end > 1 and tokens[end - 1].low in legal:
        end -= 1
    return " ".join(t.text for t in tokens[:end])


@cache
def calendar_words() -> frozenset[str]:
    """Months and days of the week."""
    closed = classes("closed")
    return closed["month"] | closed["weekday"]


_CLOSING = frozenset("”\"’')]")


_UNITS = classes("grammar")["units"]


def bracket_inside(tokens: Sequence[Token], lows: Sequence[str], first: int, at: int) -> bool:
    """A place in brackets before the legal form: "Grey Crane (Singapore) Pte Ltd"."""
    if at + 3 >= len(tokens) or lows[at + 2] != ")" or not is_capital(tokens[at + 1]):
        return False
    return at > first and lows[at + 3].rstrip(".") in classes("organisations")["legal"] and is_capital(tokens[at + 3])


def possessive_inside(lows: Sequence[str], at: int) -> bool:
    """Whether a possessive stands inside a name ("Command of Russia's Eastern District", "People's Bank")."""
    before = lows[at - 1]
    if lows[at] == "'s":
        if at + 1 < len(lows) and singular(lows[at + 1]) in words("roles"):
            return False
        if at >= 2 and lows[at - 2] in ("of", "the"):
            return True  # "Command of Russia's Eastern District"; the run goes back over "of" only inside a name
        return before in ("people", "women", "children", "men", "lloyd", "workers", "citizens")
    if before in organisation_words() or not before.endswith("s"):
        return False  # "Polar Ports' Minsk Terminal"
    people = singular(before) in words("roles") or singular(before) in _PEOPLE_IN_NAMES
    return any(low in organisation_words() for low in lows[at + 1 : at + (7 if people else 4)])


_PEOPLE_IN_NAMES = classes("grammar")["people_in_names"]
"""Nouns for people whose plural possessive stands in names ("Teachers' Union")."""


def ministry_list(tokens: Sequence[Token], lows: Sequence[str], first: int, at: int) -> bool:
    """The comma of "Ministry of Planning, Finance and Industry"."""
    if lows[first] not in classes("grammar")["ministries"] or at + 3 >= len(tokens) or not is_capital(tokens[at + 1]):
        return False
    common = words("common")
    return (
        lows[at + 1] in common
        and lows[at + 2] in ("and", ",")
        and is_capital(tokens[at + 3])
        and lows[at + 3] in common
    )
