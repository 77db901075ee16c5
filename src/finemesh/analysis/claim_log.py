"""What people say of claims: does the document say so? Accepted, rejected, or corrected.

A decision keeps the reading that it was made about (document, place, type, args, stance, quote), so that it outlives
the reader that found it. It stands for a claim of today

1. of the same document, place, type, stance and args, or else
2. of the same document, type, stance and core args (:data:`finemesh.model.claim.CORE`) whose sentence overlaps, or
   has the same words, and that no other decision stands for.

So a reader that finds one more detail, or cuts the sentence elsewhere, loses nothing; but whoever accepted "has been
sanctioned" has not accepted "has not been sanctioned". A decision that stands for no claim of today is kept and shown.

Of one person the last decision counts. Where two people say different things the claim is disputed, and counts neither
as accepted nor as rejected.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from finemesh.model.claim import CORE, ArgValue, Claim, ClaimType, Stance
from finemesh.model.decision import Answer, Decision
from finemesh.resolution.judgements import CLAIM, in_force

_SORTED = orjson.OPT_SORT_KEYS
_TOLD = ("args", "stance", "speaker", "start", "end")
"""What a correction can change."""


@dataclass(frozen=True, slots=True)
class ClaimDecision:
    """What people say of one claim.

    Attributes:
        answer: Accepted, rejected, corrected or disputed.
        decisions: The last of each person, oldest first.
        read: The claim as the reader reads it.
        told: The claim as it stands with the correction, if there is one; else :attr:`read`.
        since_changed: Whether the reader reads it otherwise now than when it was decided.
    """

    answer: Answer
    decisions: tuple[Decision, ...]
    read: Claim
    told: Claim
    since_changed: bool

    @property
    def last(self) -> Decision:
        """The latest decision."""
        return self.decisions[-1]

    def as_json(self) -> dict[str, Any]:
        """Plain values; ``read`` is there where a correction hides what was read."""
        found: dict[str, Any] = {
            "answer": self.answer.value,
            "number": self.last.number,
            "who": self.last.who,
            "when": self.last.when,
            "note": self.last.note or None,
            "decisions": [{"number": d.number, "who": d.who, "answer": answer_of(d).value} for d in self.decisions],
            "since_changed": self.since_changed,
        }
        if self.answer is Answer.CORRECTED:
            found["read"] = {name: value for name, value in self.read.as_json().items() if name in _TOLD}
        return found


@dataclass(frozen=True, slots=True)
class LostDecision:
    """A decision about a claim that is not read any more.

    Attributes:
        decision: The decision.
        claim: The claim as it was read when it was decided.
    """

    decision: Decision
    claim: Claim

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            **self.claim.as_json(),
            "id": None,
            "read": False,
            "decision": {
                "answer": answer_of(self.decision).value,
                "number": self.decision.number,
                "who": self.decision.who,
                "when": self.decision.when,
                "note": self.decision.note or None,
            },
        }


@dataclass(frozen=True, slots=True)
class Decided:
    """Every decision about claims in force, laid over the claims that are read.

    Attributes:
        by_claim: Claim id to what people say of it.
        lost: Decisions about claims that are not read any more, oldest first.
    """

    by_claim: dict[str, ClaimDecision] = field(default_factory=dict)
    lost: tuple[LostDecision, ...] = ()


def reading(claim: Claim) -> tuple[str, str]:
    """The key of a reading and the reading itself as JSON, as a decision keeps them (``left`` and ``right``)."""
    told = {name: value for name, value in claim.as_json().items() if name not in ("entities", "method", "page")}
    key = orjson.dumps(
        [claim.sha256, claim.type.value, list(claim.offset), claim.args, claim.stance.value], None, _SORTED
    )
    return hashlib.sha256(key).hexdigest()[:24], orjson.dumps(told, option=_SORTED).decode()


def correction(claim: Claim) -> str:
    """A corrected claim as the value of a decision."""
    told = {name: value for name, value in claim.as_json().items() if name in (*_TOLD, "entities")}
    return orjson.dumps(told, option=_SORTED).decode()


def answer_of(decision: Decision) -> Answer:
    """What one person says in one decision."""
    return Answer.CORRECTED if decision.value.startswith("{") else Answer(decision.value)


def claim_of(decision: Decision) -> Claim:
    """The reading that a decision was made about."""
    told = orjson.loads(decision.right)
    start, end = told["offset"]
    return _told(
        Claim(told["doc"], ClaimType(told["type"]), told["quote"], {}, (start, end), sha256=told["sha256"]), told
    )


def claim_told(decision: Decision) -> str:
    """A decision about a claim in words."""
    claim = claim_of(decision)
    return f"{answer_of(decision).value}: {claim.type.value} “{claim.quote[:100]}” {claim.doc}:{claim.offset[0]}"


def decided(decisions: Sequence[Decision], claims: Iterable[tuple[str, Claim]]) -> Decided:
    """Lay the decisions of a log over the claims that are read now.

    Args:
        decisions: The log.
        claims: (id, claim) of every claim of the documents that decisions speak of.
    """
    by_reading: dict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in in_force(decisions):
        if decision.kind == CLAIM:
            by_reading[decision.left][decision.who] = decision
    if not by_reading:
        return Decided()
    readings = {key: claim_of(next(iter(given.values()))) for key, given in by_reading.items()}
    found: dict[str, list[str]] = defaultdict(list)
    left: dict[tuple[object, ...], list[tuple[str, Claim]]] = defaultdict(list)
    read: dict[str, Claim] = {}
    taken: set[str] = set()
    for id, claim in claims:
        read[id] = claim
        key = reading(claim)[0]
        if key in by_reading:
            found[id].append(key)
            taken.add(key)
        else:
            left[_fact(claim)].append((id, claim))
    for key in (k for k in by_reading if k not in taken):
        id = _nearest(readings[key], left.get(_fact(readings[key]), ()))
        if id:
            found[id].append(key)
            taken.add(key)
    by_claim = {id: _decision(read[id], keys, by_reading, readings) for id, keys in found.items()}
    gone = [LostDecision(d, readings[key]) for key in by_reading if key not in taken for d in by_reading[key].values()]
    return Decided(by_claim, tuple(sorted(gone, key=lambda g: (g.decision.when, g.decision.id))))


def _decision(
    read: Claim, keys: Sequence[str], by_reading: dict[str, dict[str, Decision]], readings: dict[str, Claim]
) -> ClaimDecision:
    last: dict[str, Decision] = {}
    for decision in sorted((d for key in keys for d in by_reading[key].values()), key=lambda d: (d.when, d.id)):
        last.pop(decision.who, None)
        last[decision.who] = decision
    given = tuple(last.values())
    answers = {d.value for d in given}
    answer = answer_of(given[-1]) if len(answers) == 1 else Answer.DISPUTED
    told = _told(read, orjson.loads(given[-1].value)) if answer is Answer.CORRECTED else read
    changed = any(_details(readings[key]) != _details(read) for key in keys)
    return ClaimDecision(answer, given, read, told, changed)


def _told(claim: Claim, told: dict[str, Any]) -> Claim:
    return replace(
        claim,
        args=told["args"],
        stance=Stance(told["stance"]),
        speaker=told["speaker"],
        start=told["start"],
        end=told["end"],
        entities=told.get("entities", claim.entities),
    )


def _details(claim: Claim) -> tuple[object, ...]:
    return _plain_args(claim, tuple(claim.args)), claim.speaker, claim.start, claim.end


def _fact(claim: Claim) -> tuple[object, ...]:
    return claim.sha256, claim.type, claim.stance, _plain_args(claim, CORE[claim.type])


def _plain_args(claim: Claim, names: Sequence[str]) -> tuple[object, ...]:
    return tuple((name, _plain(claim.args.get(name))) for name in sorted(names))


def _plain(value: ArgValue) -> object:
    if isinstance(value, list):
        return tuple(sorted(" ".join(v.casefold().split()) for v in value))
    return " ".join((value or "").casefold().split())


def _nearest(wanted: Claim, candidates: Sequence[tuple[str, Claim]]) -> str:
    """The claim whose sentence overlaps the wanted one most, else one with its words; empty where there is none."""

    def shared(claim: Claim) -> int:
        return min(claim.offset[1], wanted.offset[1]) - max(claim.offset[0], wanted.offset[0])

    fitting = [(shared(c), id) for id, c in candidates if shared(c) > 0 or c.quote == wanted.quote]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else ""
