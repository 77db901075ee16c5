"""Evidence marks: the small numbers behind facts, and the list of them that is printed below a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator

MAX_PLACES = 12
"""Places that one mark leads to at most."""
MAX_PRINTED = 2000
"""Marks that are listed for print."""


def place_key(evidence: Evidence) -> str:
    """A place in a form that fits into an address: ``SHA256~LOCATOR``."""
    return f"{evidence.sha256}~{evidence.locator}"


@dataclass(frozen=True, slots=True)
class Note:
    """One evidence mark of a page.

    Attributes:
        number: From 1, in the order of the page.
        what: The fact in a few words.
        evidence: Where it stands, the best place first.
    """

    number: int
    what: str
    evidence: tuple[Evidence, ...]

    @property
    def place(self) -> str:
        """The first place in words."""
        return Locator.parse(self.evidence[0].locator).describe()


class Notes:
    """Numbers the evidence of one page; the same evidence has the same number.

    Args:
        url: Makes the address of a page.
    """

    def __init__(self, url: Callable[..., str]) -> None:
        self._url = url
        self._numbers: dict[tuple[Evidence, ...], Note] = {}

    def mark(self, evidence: Sequence[Evidence] | Evidence, what: str = "") -> Markup:
        """The mark of a fact: a small numbered link that opens its evidence in the drawer.

        Args:
            evidence: One place or several.
            what: The fact in a few words, for those who hear the page and for the printed list.
        """
        places = (evidence,) if isinstance(evidence, Evidence) else tuple(evidence)[:MAX_PLACES]
        if not places:
            return Markup('<span class="ev none" title="no evidence is kept for this">–</span>')
        note = self._numbers.get(places)
        if note is None:
            note = Note(len(self._numbers) + 1, what, places)
            self._numbers[places] = note
        href = self._url("/evidence", at=[place_key(p) for p in places])
        label = f"Evidence {note.number}: {what or places[0].source}"
        return Markup('<a class="ev" href="{}" data-drawer aria-label="{}">{}</a>').format(href, label, note.number)

    def __iter__(self) -> Iterator[Note]:
        return iter(list(self._numbers.values())[:MAX_PRINTED])

    def __len__(self) -> int:
        return len(self._numbers)


def marked(text: str, words: Sequence[str], css: str = "hit") -> Markup:
    """A text in which some words are marked, whatever their case."""
    folded = text.casefold()
    if len(folded) != len(text):
        return escape(text)
    spans = sorted((i, i + len(w)) for w in {w.casefold() for w in words if w} for i in _places(folded, w))
    out, last = [], 0
    for start, end in spans:
        if start < last:
            continue
        out += [escape(text[last:start]), Markup('<mark class="{}">{}</mark>').format(css, text[start:end])]
        last = end
    return Markup("").join([*out, escape(text[last:])])


def _places(text: str, word: str) -> list[int]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(at)
        at = text.find(word, at + len(word))
    return found
