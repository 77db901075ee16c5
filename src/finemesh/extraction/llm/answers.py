"""What a language model answered, as candidates for claims. Anything may stand in an answer."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_CLAIMS = 300
"""Claims of one answer that are looked at."""
_CLAIMS = re.compile(r'"claims"\s*:\s*\[')
_THINKING = re.compile(r"<think>.*?</think>", re.DOTALL)


def read_answer(answer: str) -> list[Any] | None:
    """The members of ``claims`` in an answer, whatever they are; None where it holds no such list.

    Words around the JSON are passed over. Of an answer that is cut off, the members that are whole are taken.
    """
    answer = _THINKING.sub("", answer)
    match = _CLAIMS.search(answer)
    if match is None:
        return None
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = match.end()
    while len(found) < MAX_CLAIMS:
        while at < len(answer) and (answer[at].isspace() or answer[at] == ","):
            at += 1
        if at >= len(answer) or answer[at] == "]":
            break
        try:
            member, at = decoder.raw_decode(answer, at)
        except (ValueError, RecursionError):
            return found or None
        found.append(member)
    return found
