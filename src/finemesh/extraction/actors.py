"""Common nouns that stand for one actor: "the junta", "the military", "the bloc"."""

from __future__ import annotations

from functools import cache

from finemesh.extraction.analysis import Analysis
from finemesh.extraction.lexicon import _lines, adjectives, blocs, states
from finemesh.extraction.syntax.nodes import NP


@cache
def actor_table() -> dict[str, tuple[str, bool]]:
    """Each noun (one or two words) to (how it is written, whether a country must be said with it)."""
    found = {}
    for line in _lines("actors"):
        head, _, form = line.partition(": ")
        found[head.rstrip("?")] = (form, head.endswith("?"))
    return found


class Actors:
    """The actors of one document.

    Args:
        analysis: The document, for its home country and bloc.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._home = analysis.home
        self._said = analysis.said
        self._homes = analysis.homes
        self._junta = analysis.has_junta
        self._bloc = analysis.bloc

    def of(self, phrase: NP) -> list[tuple[str, str]]:
        """The (name, kind) of the actors that a phrase with a common noun as head means; mostly one or none."""
        if phrase.name is not None or not phrase.head:
            return []
        word = self._word(phrase)
        if word is None:
            return []
        countries = [u.name for u in phrase.mods if u.tag in ("STATE", "ADJ")]
        if any(u.tag == "NAME" for u in phrase.mods):
            return []
        if (
            not countries
            and phrase.possessor is not None
            and phrase.possessor.name is not None
            and phrase.possessor.name.tag == "STATE"
        ):
            countries = [phrase.possessor.name.name]
        if phrase.plural and word not in ("armed forces", "authorities") and not phrase.joined:
            return []
        return [
            found
            for country in (countries if phrase.joined else countries[-1:]) or [""]
            if (found := self.named(word, country))
        ]

    @staticmethod
    def _word(phrase: NP) -> str | None:
        table = actor_table()
        plain = phrase.units[-1].low
        pair = f"{phrase.words[-1]} {plain}" if phrase.words else ""
        if pair in table:
            return pair
        for word in (phrase.head, plain):
            if word in table:
                return word
        return None

    def named(self, word: str, country: str = "") -> tuple[str, str] | None:
        """How an actor is written, given the noun and the country (or its adjective) said with it."""
        country = states().get(country, country)
        entry = actor_table().get(word)
        if entry is None:
            return None
        form, needs_country = entry
        if country in blocs() and word not in ("government", "authorities"):
            return None
        if form == "{bloc}":
            return (self._bloc, "state") if self._bloc else None
        if form == "{regime}":
            if country and country != self._home:
                return country, "state"
            form = "{country} junta" if self._junta else "{country}"
        if needs_country and not country:
            return None
        country = country or self._homes.get("junta" if "junta" in form else word, self._home)
        if not country:
            return None
        if form != "{country}":
            country = self._said.get(country, country)
        return form.replace("{country}", country), "state" if form == "{country}" else "actor"

    def in_words(self, words: list[str], mods: list[str]) -> tuple[str, str] | None:
        """The actor among the words before a noun ("junta navy chief", "Russian army officer")."""
        country = next((m for m in mods if m in states()), "")
        for first, second in zip(words, [*words[1:], ""], strict=True):
            for word in (f"{first} {second}", first):
                if word in actor_table():
                    return self.named(word, country)
        return None


def is_adjective(name: str) -> bool:
    """Whether a state's name is the adjective ("Thai")."""
    return name in adjectives()
