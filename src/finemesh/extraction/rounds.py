"""The day of a round of sanctions, told once and meant for all that is told of it.

"The sanctions, announced on 31 October, ..." and, paragraphs later, "A and B: sanctioned by Canada". The day is
given to designations of the round's authorities that have no day of their own, and whose verb tells an event
("sanctioned", not "has been" or "had previously sanctioned").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from finemesh.extraction.analysis import Analysis, Sentence
from finemesh.extraction.dates import find_dates
from finemesh.extraction.frames import word_lists
from finemesh.extraction.lexicon import classes
from finemesh.extraction.match import Found
from finemesh.model.claim import Claim, ClaimType, Stance

_RECENT = 21
"""Days before the document's own within which a round is news."""
_LEAD = 12
"""Sentences at the document's head that can announce a round."""
_EARLIER = classes("grammar")["earlier"]
"""Words that set a designation apart from the round: "previously", "already"."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the pattern's finding and the sentence that it was read from."""

    claim: Claim
    found: Found
    sentence: Sentence


def with_days(told: Sequence[Told], analysis: Analysis) -> list[Claim]:
    """The claims, those of a round with its day.

    Args:
        told: The claims in the order of their sentences.
        analysis: The document; without its date no round is known.
    """
    days = _days(told, analysis)
    claims = []
    for one in told:
        authority = one.claim.args.get("authority")
        day = days.get(authority) if isinstance(authority, str) else None
        claims.append(replace(one.claim, start=day) if day and _of_round(one, analysis) else one.claim)
    return claims


def _days(told: Sequence[Told], analysis: Analysis) -> dict[str, str]:
    """The day of the round by authority."""
    days: dict[str, str] = {}
    news = [one for one in told if one.claim.type is ClaimType.DESIGNATION and one.claim.stance is Stance.ASSERTED]
    for one in news:
        start = one.claim.start
        if start and _recent(start, analysis.published) and _tells_event(one, analysis):
            days.setdefault(str(one.claim.args["authority"]), start)
    announced = _announced(analysis)
    if announced is not None:
        index, day = announced
        for one in news:
            if one.sentence.index <= index + 1 and _of_round(one, analysis):
                days.setdefault(str(one.claim.args["authority"]), day)
    return days


def _announced(analysis: Analysis) -> tuple[int, str] | None:
    """The first sentence near the head that dates sanctions, and the day."""
    measures = {noun.rpartition(" ")[2] for noun in word_lists()["measure"]}
    for sentence in analysis.sentences[:_LEAD]:
        if not any(phrase.head in measures for phrase in sentence.parse.phrases):
            continue
        span = sentence.span
        for day in find_dates(analysis.text, analysis.published, span.start, span.end):
            if day.role == "at" and _recent(day.iso, analysis.published):
                return sentence.index, day.iso
    return None


def _recent(iso: str, published: str | None) -> bool:
    """Whether a day is known and lies shortly before the document's own."""
    if published is None or len(published) < 10 or len(iso) < 10:
        return False
    try:
        return 0 <= (date.fromisoformat(published) - date.fromisoformat(iso)).days <= _RECENT
    except ValueError:
        return False


def _tells_event(one: Told, analysis: Analysis) -> bool:
    """Whether the verb tells what happened, not what was before ("had", "previously") or holds still ("is")."""
    predicate = one.found.predicate
    if predicate is None:
        return True
    group = predicate.group
    before = analysis.text[max(one.sentence.span.start, group.start - 24) : group.start].lower().split()[-2:]
    still = group.passive and group.was in ("is", "are")
    return not (group.perfect or still or _EARLIER & {*group.adverbs, *before})


def _of_round(one: Told, analysis: Analysis) -> bool:
    """Whether a claim can be part of the round: a designation without a day, told as an event of now."""
    claim, phrase = one.claim, one.found.phrase
    if claim.type is not ClaimType.DESIGNATION or claim.stance is not Stance.ASSERTED or claim.start or claim.end:
        return False
    if phrase is not None and (_EARLIER & set(phrase.words) or (phrase.owner is not None and phrase.owner[1] != "of")):
        return False  # "earlier sanctions", "following sanctions by X"
    return _tells_event(one, analysis)
