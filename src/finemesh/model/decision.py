"""What people decide. A decision is never changed: a further one takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Judgement(StrEnum):
    """A person's answer to "are these two the same?"."""

    SAME = "same"
    NOT_SAME = "not-same"
    UNSURE = "unsure"


class Answer(StrEnum):
    """What people say of a claim: does the document say so?"""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    DISPUTED = "disputed"
    """Two people say different things; nobody answers this."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the human log.

    Attributes:
        id: Random hexadecimal id, the same in every copy of the log.
        number: Position in this log, from 1.
        kind: ``judgement`` (left, right), ``claim`` (left names a reading of a claim, right is that reading as JSON)
            or ``undo`` (left is a decision id).
        left, right: What is judged.
        value: The judgement, or ``accepted`` / ``rejected`` / a correction as JSON.
        who: Who decided.
        when: UTC time, ISO with seconds.
        note: Why.
    """

    id: str
    number: int
    kind: str
    left: str
    right: str
    value: str
    who: str
    when: str
    note: str = ""
