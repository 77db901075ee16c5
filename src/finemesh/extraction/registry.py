"""The names of one document taken together: short forms and acronyms to the fullest form, and their kinds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from finemesh.extraction.lexicon import classes, states, words
from finemesh.extraction.nameparts import closed_words, organisation_words

_GENERIC = classes("grammar")["generic"]

_SYLLABLES = classes("grammar")["syllables"]
"""Common words that are also parts of people's names."""
_MAX_COMPARED = 200
"""Longer names with the same first or last word that are compared with a short form; bounds the work."""


@dataclass(slots=True)
class Party:
    """Somebody or something that a document names.

    Attributes:
        name: The fullest form in the document.
        kind: ``person``, ``organization``, ``place``, ``state``, ``product`` or ``name``.
        first: Where it is first named (characters).
        ids: Entities of the case with that name, as handed in.
    """

    name: str
    kind: str
    first: int
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class _Form:
    """One spelling of a name in the document."""

    text: str
    kinds: dict[str, int] = field(default_factory=dict)
    count: int = 0
    first: int = 0


class Registry:
    """All names of a document.

    Feed it every occurrence with :meth:`add` and every bracketed short form with :meth:`alias`, then
    :meth:`settle`, then ask :meth:`party`.
    """

    def __init__(self) -> None:
        self._forms: dict[str, _Form] = {}
        self._aliases: dict[str, str] = {}
        self._parties: dict[str, Party] = {}
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        self._small: dict[str, Party] = {}

    def add(self, text: str, kind: str, at: int) -> None:
        """One occurrence of a name."""
        form = self._forms.get(text)
        if form is None:
            form = self._forms[text] = _Form(text, first=at)
        form.count += 1
        form.kinds[kind] = form.kinds.get(kind, 0) + 1

    def alias(self, short: str, full: str) -> None:
        """A short form that the document introduces: ``Full Name (SHORT)``."""
        if short != full:
            self._aliases.setdefault(short, full)

    def know(self, text: str, kind: str, ids: tuple[str, ...]) -> None:
        """A name of the case that stands in the document."""
        self._known.setdefault(text, (kind, ids))

    def settle(self) -> None:
        """Decide which forms mean the same party."""
        for text in self._forms:
            parts = text.split()
            if len(parts) > 1:
                self._by_first.setdefault(parts[0].lower(), []).append(text)
                self._by_last.setdefault(parts[-1], []).append(text)
        target: dict[str, str] = {}
        for text in self._forms:
            target[text] = self._fuller(text)
        for text in self._forms:
            end, seen = text, {text}
            while target.get(end, end) != end and target[end] not in seen:
                end = target[end]
                seen.add(end)
            target[text] = end
        groups: dict[str, list[_Form]] = {}
        for text, end in target.items():
            groups.setdefault(end, []).append(self._forms[text])
        for end, forms in groups.items():
            kind = _vote(forms)
            ids = tuple(i for form in forms for i in self._known.get(form.text, ("", ()))[1])
            party = Party(end, kind, min(form.first for form in forms), tuple(dict.fromkeys(ids)))
            for form in forms:
                self._parties[form.text] = party
                self._small.setdefault(form.text.lower(), party)

    def party(self, text: str) -> Party | None:
        """The party that a spelling means, or None where the document does not name it."""
        return self._parties.get(text)

    def small(self, text: str) -> Party | None:
        """The party whose name, written small, is a text of two words or more."""
        return self._small.get(text.lower()) if " " in text else None

    def parties(self) -> Iterable[Party]:
        """Every party once, in order of first mention."""
        seen: dict[int, Party] = {id(p): p for p in self._parties.values()}
        return sorted(seen.values(), key=lambda p: (p.first, p.name))

    def _fuller(self, text: str) -> str:
        """The next fuller form of a spelling, or the spelling itself."""
        if text in states():
            return text
        declared = self._aliases.get(text)
        if declared and declared in self._forms:
            return declared
        parts = text.split()
        declared = self._aliases.get(parts[-1])
        if declared in self._forms and len(parts) > 1 and declared.split()[: len(parts) - 1] == parts[:-1]:
            return declared  # "33rd LID" of "33rd Light Infantry Division (LID)"
        best: tuple[int, int, int] | None = None
        choice = text
        others = self._by_first.get(parts[0].lower(), [])[:_MAX_COMPARED]
        if len(parts) == 1:
            others = others + self._by_last.get(text, [])[:_MAX_COMPARED]
        for other in others:
            rank = self._rank(text, parts, other)
            if rank is None:
                continue
            key = (rank, self._forms[other].first, len(other))
            if best is None or key < best:
                best, choice = key, other
        return choice

    def _rank(self, text: str, parts: list[str], other: str) -> int | None:
        """How well ``other`` can be the fuller form of a spelling: 1 best, None not at all."""
        longer = other.split()
        if other == text or len(longer) <= len(parts) or other in states():
            return None
        if [w.lower() for w in longer[: len(parts)]] == [w.lower() for w in parts]:
            rest = [w.lower().rstrip(".") for w in longer[len(parts) :]]
            if rest[0] in ("of", "for", "on", "and") and rest[1:2] != ["companies"]:
                return None
            legal = classes("organisations")["legal"]
            if all(w in _GENERIC or w in legal for w in rest):
                return 1
            if _complete(parts) or (len(parts) == 1 and not self._may_shorten(text, longer)):
                return None
            return 3
        if len(parts) == 1 and longer[-1] == text and self._is_surname(text, other):
            return 2
        return None

    def _may_shorten(self, text: str, longer: list[str]) -> bool:
        """Whether one word alone can be short for a longer name that starts with it ("Upakit")."""
        low = text.lower()
        return low not in closed_words() and low not in organisation_words() and len(text) > 3 and len(longer) <= 5

    def _is_surname(self, text: str, other: str) -> bool:
        kinds = self._forms[other].kinds
        last = other.split()[-1].lower()
        return last not in organisation_words() and len(text) > 2 and not ("organization" in kinds or "place" in kinds)


def _complete(parts: list[str]) -> bool:
    """Whether a name ends like a whole name of an organisation ("X Company Limited")."""
    return parts[-1].lower().rstrip(".") in classes("organisations")["legal"]


def _vote(forms: list[_Form]) -> str:
    """The kind of a party from the kinds of its forms; an unknown one is guessed from its words."""
    total: dict[str, int] = {}
    for form in forms:
        for kind, count in form.kinds.items():
            total[kind] = total.get(kind, 0) + count
    for kind in ("thing", "state", "organization", "person", "vessel", "product", "place"):
        if total.get(kind):
            return kind
    longest = max(forms, key=lambda f: len(f.text)).text
    parts = longest.split()
    if parts[-1].isdigit():
        return "name"
    if len(parts) == 1 or len(parts) > 5:
        return "name"
    plain = sum(part.lower() in words("common") and part.lower() not in _SYLLABLES for part in parts)
    if any(part in states() for part in parts):
        return "organization"
    return "name" if 2 * plain >= len(parts) else "person"
