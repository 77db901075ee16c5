"""What of a language model's answer is kept: claims whose words stand in the document.

A model may invent, mix up, or do what a hostile document tells it. So nothing is believed:

* the quote must stand in the passage that was asked about, letter by letter but for white space and the shape of
  quotation marks; what is kept is the document's own text;
* each party must be named in the quote, in full or by the first or last word of its name or its initials where the
  document gives all of it; or the quote must point at it ("it", "the company") and the document name it just before; at
  least one party must be named in the quote itself;
* a speaker must be named near the quote; what else an arg says must stand near it, or the arg is left out (the claim is
  rejected where it cannot do without);
* a date's year must stand near the quote or be next to the document's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from finemesh.extraction.lexicon import classes, relatives, states
from finemesh.extraction.llm.answers import read_answer
from finemesh.model.claim import ARGS, CORE, PARTIES, ArgValue, Claim, ClaimType, Stance
from finemesh.model.dates import is_date

LONGEST_QUOTE = 1_500
LONGEST_ARG = 300
NEAR_BEFORE, NEAR_AFTER = 2_500, 600
"""Characters around a quote that are its context."""
POINTING = 1_000
"""Characters before a quote in which somebody is named whom it points at."""
_LISTS = frozenset(("participants", "parties"))
_MEASURES = frozenset(
    "sanctions|asset freeze|arms embargo|visa ban|travel ban|export restrictions|import restrictions|entry ban".split(
        "|"
    )
)
_SHAPES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})
_WORD = re.compile(r"[^\W_]+")
_POINTERS = frozenset("it its he she him her his they them their both who which whose itself".split())
_SMALL = frozenset(
    "the of and for in on no s co ltd limited inc company group corporation international general".split()
)
_LEADING = frozenset("lead leads leader leading led head heads headed".split())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question was about.

    Attributes:
        doc, sha256: The document.
        text: All of its text.
        start, end: The characters that were asked about.
        published: Its date, "" where it is not known.
        method: What the claims say of how they were read.
    """

    doc: str
    sha256: str
    text: str
    start: int
    end: int
    published: str
    method: str


@dataclass(slots=True)
class Checked:
    """What came of answers.

    Attributes:
        claims: Those that the document bears out.
        rejected: How many were not kept, by reason.
        left_out: How many args of kept claims were left out, by reason.
    """

    claims: list[Claim] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


class _RejectedError(Exception):
    """Why a candidate is no claim."""


def check_answer(answer: str, asked: Asked, into: Checked) -> None:
    """Keep of an answer what the document bears out, count the rest."""
    candidates = read_answer(answer)
    if candidates is None:
        into.rejected["the answer is no list of claims"] += 1
        return
    for candidate in candidates:
        try:
            into.claims.append(_claim(candidate, asked, into.left_out))
        except _RejectedError as error:
            into.rejected[str(error)] += 1


def not_said_already(found: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Of ``found`` each fact once, and those left out that ``others`` hold too."""
    seen = {_fact(claim) for claim in others}
    kept = []
    for claim in found:
        if (fact := _fact(claim)) not in seen:
            seen.add(fact)
            kept.append(claim)
    return kept


def _fact(claim: Claim) -> tuple[object, ...]:
    core = tuple(
        tuple(sorted(v.casefold() for v in value)) if isinstance(value, list) else (value or "").casefold()
        for value in (claim.args.get(arg) for arg in CORE[claim.type])
    )
    return (claim.type, claim.stance, core)


def _claim(candidate: Any, asked: Asked, left_out: Counter[str]) -> Claim:
    if not isinstance(candidate, dict):
        raise _RejectedError("not an object")
    try:
        kind = ClaimType(str(candidate.get("type")))
        stance = Stance(str(candidate.get("stance") or "asserted"))
    except ValueError as error:
        raise _RejectedError("unknown type or stance") from error
    start, end = _place(candidate.get("quote"), asked)
    near = asked.text[max(0, start - NEAR_BEFORE) : end + NEAR_AFTER]
    context = _Context(
        asked.text[start:end], asked.text[max(0, start - POINTING) : end], near, asked.text[:NEAR_BEFORE]
    )
    args = _args(kind, candidate.get("args"), context, left_out)
    dates = [_date(candidate.get(name), near, asked.published, left_out) for name in ("start", "end")]
    return Claim(
        doc=asked.doc,
        type=kind,
        quote=asked.text[start:end],
        args=args,
        offset=(start, end),
        stance=stance,
        speaker=_speaker(candidate.get("speaker"), near),
        start=dates[0],
        end=dates[1],
        sha256=asked.sha256,
        method=asked.method,
    )


def _place(quote: Any, asked: Asked) -> tuple[int, int]:
    """Where the quote stands in the passage."""
    if not isinstance(quote, str) or not quote.strip():
        raise _RejectedError("no quote")
    if len(quote) > LONGEST_QUOTE:
        raise _RejectedError("the quote is too long")
    at = asked.text.find(quote.strip(), asked.start, asked.end)
    if at >= 0:
        return at, at + len(quote.strip())
    shape = r"\s+".join(re.escape(word) for word in quote.translate(_SHAPES).split())
    match = re.compile(shape).search(asked.text[asked.start : asked.end].translate(_SHAPES))
    if match is None:
        raise _RejectedError("the quote does not stand in the document")
    return asked.start + match.start(), asked.start + match.end()


@dataclass(frozen=True, slots=True)
class _Context:
    """A quote, the words just before it, those near it, and the document's beginning, which gives names in full."""

    quote: str
    before: str
    near: str
    head: str

    def names(self, party: str) -> bool:
        """Whether the quote names a party, in full or in short where the document gives it in full."""
        if _named(party, self.quote):
            return True
        return _short(party, self.quote) and _every_word(party, self.near + " " + self.head)

    def points_at(self, party: str) -> bool:
        """Whether the quote may point at a party that is named just before."""
        return _points(self.quote) and _named(party, self.before)


def _args(kind: ClaimType, raw: Any, context: _Context, left_out: Counter[str]) -> dict[str, ArgValue]:
    if not isinstance(raw, dict):
        raise _RejectedError("args are no object")
    parties = (*PARTIES[kind], "authority")
    args: dict[str, ArgValue] = {}
    named = False
    for name in ARGS[kind]:
        value = _value(name, raw.get(name))
        values = value if isinstance(value, list) else [value] if value else []
        if name in parties:
            for party in values:
                here = context.names(party)
                if not here and not context.points_at(party):
                    raise _RejectedError("a party is not named in the quote or its context")
                named = named or here
        elif value and not _said(name, str(value), context):
            if name in CORE[kind]:
                raise _RejectedError("an arg does not stand in the quote or its context")
            left_out[name] += 1
            value = None
        args[name] = value
    if any(not args.get(name) for name in CORE[kind]):
        raise _RejectedError("an arg is missing")
    if not named:
        raise _RejectedError("no party is named in the quote")
    return args


def _value(name: str, raw: Any) -> ArgValue:
    """An arg of the kind that its name asks for."""
    if raw is None or raw in ("", []):
        return None
    if name in _LISTS:
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise _RejectedError("an arg is of the wrong kind")
        values = list(dict.fromkeys(_tidy(item) for item in raw if item.strip()))
        if len(values) < 2:
            raise _RejectedError("an arg is missing")
        return values
    if not isinstance(raw, str):
        raise _RejectedError("an arg is of the wrong kind")
    return _tidy(raw) or None


def _tidy(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_ARG:
        raise _RejectedError("an arg is too long")
    return text


def _folded(text: str) -> str:
    """A text as words parted by single spaces, with one before and behind."""
    return f" {' '.join(_WORD.findall(text.translate(_SHAPES).casefold()))} "


def _named(name: str, text: str) -> bool:
    """Whether a name stands in a text; a state or body also by its other names."""
    folded = _folded(name)
    if not folded.strip():
        return False
    if folded in _folded(text) or (not name.isascii() and name.casefold() in text.casefold()):
        return True
    known = states().get(name)
    others = [other for other, state in states().items() if state == known] if known else []
    return any(re.search(rf"(?<!\w){re.escape(other)}(?!\w)", text) for other in others)


def _short(name: str, quote: str) -> bool:
    """Whether a quote holds a part of a name that tells it apart, or its initials."""
    words = [word for word in _WORD.findall(name) if word.casefold() not in _SMALL]
    telling = [word for word in words if word not in states()]
    ends = {word.casefold() for word in (telling[:1] + telling[-1:]) if len(word) > 2}
    if ends & set(_folded(quote).split()):
        return True
    initials = "".join(word[0] for word in words if word[0].isupper() or word.isdigit())
    return len(initials) > 1 and re.search(rf"(?<!\w){re.escape(initials)}(?!\w)", quote) is not None


def _every_word(name: str, text: str) -> bool:
    """Whether all words of a name stand in a text, in whatever order; a state's also as its adjective."""
    here = set(_folded(text).split())
    words = _WORD.findall(name)
    return all(word.casefold() in here or (word in states() and _named(word, text)) for word in words)


def _points(quote: str) -> bool:
    """Whether a quote points at somebody without a name."""
    here = set(_folded(quote).split())
    return bool(here & (_POINTERS | classes("grammar")["party_nouns"]))


def _said(name: str, value: str, context: _Context) -> bool:
    """Whether what an arg says stands in the quote or near it; some words stand for what is said in others."""
    if name == "role":
        return _named(value, context.near) or _role(value, set(_folded(context.quote).split()))
    if name == "measure" and value.casefold() in _MEASURES:
        return True
    if name == "relation" and value.casefold() in relatives():
        return True
    return _named(value, context.near)


def _role(role: str, here: set[str]) -> bool:
    """Whether each word of a role stands among words in one of its forms ("founder": "founded")."""

    def stands(word: str) -> bool:
        stem = word[: max(4, len(word) - 2)]
        return any(other.startswith(stem) for other in here) or (word in _LEADING and bool(here & _LEADING))

    return all(stands(word) for word in _folded(role).split() if word not in _SMALL)


def _speaker(raw: Any, near: str) -> str | None:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str):
        raise _RejectedError("the speaker is of the wrong kind")
    speaker = _tidy(raw)
    if not _named(speaker, near):
        raise _RejectedError("the speaker is not named near the quote")
    return speaker


def _date(raw: Any, near: str, published: str, left_out: Counter[str]) -> str | None:
    """A date that the words near the quote or the document's own date bear out."""
    if raw is None or raw == "":
        return None
    if isinstance(raw, str) and is_date(raw):
        year = int(raw[:4])
        beside = published[:4].isdigit() and abs(int(published[:4]) - year) <= 1
        if beside or re.search(rf"(?<!\d){year}(?!\d)", near):
            return raw
    left_out["date"] += 1
    return None
