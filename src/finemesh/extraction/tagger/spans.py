"""Labels to spans, and what is mended by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from finemesh.extraction.tokens import Token


@dataclass(frozen=True, slots=True, order=True)
class Tagged:
    """A span that the tagger found: characters and type (``person``, ``rank``, ``role``, ``organization``)."""

    start: int
    end: int
    type: str


_BEFORE_NAME = re.compile(
    r"^(?:(?:Lt|Brig|Maj|Gen|Col|Capt|Cdr|Adm|General|Colonel|Major|Captain|Brigadier|Lieutenant|Admiral|Genral|CP|DSP|CSP|AIG|Dr|Mr|Mrs"
    r"|Ms|Alhaji|Mallam)\b\.?[-\s]*)+"
)
_INITIAL_GAP = re.compile(r"\.?\s?\Z")


def labels_to_spans(tokens: Sequence[Token], labels: Sequence[str]) -> list[Tagged]:
    """The spans of a sentence's BIO labels, in order."""
    found: list[Tagged] = []
    for token, label in zip(tokens, labels, strict=True):
        kind = label[2:]
        if label == "O":
            continue
        last = found[-1] if found else None
        if label[0] == "I" and last is not None and last.type == kind and _touches(tokens, last, token):
            found[-1] = replace(last, end=token.end)
        else:
            found.append(Tagged(token.start, token.end, kind))
    return found


def _touches(tokens: Sequence[Token], span: Tagged, token: Token) -> bool:
    """Whether no other token lies between a span and a token."""
    return not any(span.end <= t.start < token.start for t in tokens)


def labels_for(tokens: Sequence[Token], spans: Sequence[Tagged]) -> list[str]:
    """The BIO labels of a sentence for known spans; the reverse of :func:`labels_to_spans`."""
    labels = ["O"] * len(tokens)
    for span in spans:
        inside = [i for i, t in enumerate(tokens) if t.start < span.end and span.start < t.end]
        for place, i in enumerate(inside):
            labels[i] = ("I-" if place else "B-") + span.type
    return labels


def mend(text: str, spans: Sequence[Tagged]) -> list[Tagged]:
    """Join names that were cut at an initial's full stop, and take ranks off the head of names."""
    found: list[Tagged] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if (
            last is not None
            and last.type == span.type == "person"
            and span.start - last.end < 3
            and _INITIAL_GAP.match(text[last.end : span.start])
        ):
            found[-1] = replace(last, end=span.end)
            continue
        if span.type == "person":
            title = _BEFORE_NAME.match(text[span.start : span.end])
            if title and title.end() < span.end - span.start:
                span = replace(span, start=span.start + title.end())
        found.append(span)
    return found
