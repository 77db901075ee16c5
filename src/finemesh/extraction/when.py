"""When a claim's fact began and ended, as far as its sentence says."""

from __future__ import annotations

from finemesh.extraction.dates import DateSpan
from finemesh.extraction.syntax.nodes import NP, Predicate
from finemesh.extraction.syntax.reader import all_prepositions
from finemesh.model.claim import Stance

_FULL = ("subject", "object", "object2", "indirect", "complement")


def when(
    predicate: Predicate | None, phrase: NP | None, stance: Stance, published: str | None, described: bool = False
) -> tuple[str | None, str | None]:
    """The (start, end) of a fact, partial ISO dates or None.

    Args:
        predicate: The verb it was read from, where there is one.
        phrase: The noun phrase it was read from, where there is one.
        stance: A plan's month without a year lies ahead, not behind.
        published: The document's date.
        described: Whether the fact is said in passing of a name ("they met director NAME in May"): the verb's day
            is not the fact's.
    """
    spans = _of_verb(predicate) if predicate is not None else []
    if phrase is not None:
        spans += _of_phrase(phrase)
        place = None if described else phrase.place()
        if (
            place is not None
            and not spans
            and (place[1] == "complement" or place[0].slots.get("object", [None])[0] is phrase)
        ):
            spans += _of_verb(place[0])
    for span in spans:
        start, end = _read(span)
        if stance is Stance.PLANNED:
            start, end = _ahead(span, start, published), _ahead(span, end, published)
        elif stance is Stance.ASSERTED:
            start = _behind(span, start, published)
        return start, end
    return None, None


def _of_verb(predicate: Predicate) -> list[DateSpan]:
    """The dates that stand with a verb or hang on what fills its slots."""
    spans = list(predicate.dates)
    for slot, phrases in predicate.slots.items():
        if slot == ("object" if predicate.passive else "subject") or slot == "noun":
            continue  # what stands first has dates of its own
        for phrase in phrases:
            spans += _of_phrase(phrase)
    return list(dict.fromkeys(spans))


def _of_phrase(phrase: NP) -> list[DateSpan]:
    spans = list(phrase.dates)
    for member in phrase.each():
        spans += member.dates
        for other in member.same:
            spans += other.dates if other.name is None else []  # "in X, its capital, last week"
    for _, inner in all_prepositions(phrase):
        for member in inner.each():
            spans += member.dates
    return spans


def _read(span: DateSpan) -> tuple[str | None, str | None]:
    if span.role == "until":
        return None, span.iso
    return span.iso, span.iso_end


def _behind(span: DateSpan, iso: str | None, published: str | None) -> str | None:
    """What was done "on 7 March" was not done after the text was written."""
    if iso is None or published is None or not span.relative or len(iso) < 7 or iso[: len(published)] <= published:
        return iso
    return f"{int(iso[:4]) - 1}{iso[4:]}"


def _ahead(span: DateSpan, iso: str | None, published: str | None) -> str | None:
    """A plan "in August" is for the next August."""
    if iso is None or published is None or not span.relative or len(iso) < 7 or iso[:7] >= published[:7]:
        return iso
    return f"{int(iso[:4]) + 1}{iso[4:]}"
