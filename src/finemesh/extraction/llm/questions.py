"""A document as questions to a language model."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import orjson

from finemesh.extraction.language import only, passages
from finemesh.model.endpoint import Endpoint

PORTION = 6_000
"""Characters of a document that one question is about."""
BEFORE = 1_200
"""Characters before them that are shown so that the model knows who is meant."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        key: Hash of all that the answer depends on: document, model, prompt, passage.
        start, end: The characters of the document that it is about.
        messages: What is sent, in OpenAI's form.
    """

    key: str
    start: int
    end: int
    messages: tuple[dict[str, str], ...]


@cache
def prompt() -> str:
    """The words of the prompt."""
    return (files("finemesh") / "data" / "llm" / "claims.md").read_text(encoding="utf-8")


@cache
def prompt_version() -> str:
    """Names the prompt's words: it changes when they do."""
    return "claims-" + hashlib.sha256(prompt().encode()).hexdigest()[:8]


def method(endpoint: Endpoint) -> str:
    """What a claim says of how it was read: the model and the prompt."""
    return f"llm:{endpoint.model}/{prompt_version()}"


def questions(text: str, sha256: str, published: str, endpoint: Endpoint) -> list[Question]:
    """The questions of a document in the order of its text; passages in other languages than asked for are left out.

    Args:
        text: The document's text.
        sha256: Its artifact.
        published: Its date, "" where it is not known.
        endpoint: The model, and the languages it is to read.
    """
    readable = only(text, passages(text), frozenset(endpoint.languages))
    found = []
    for start, end in _portions(readable):
        before = readable[max(0, start - BEFORE) : start]
        messages = (
            {"role": "system", "content": prompt()},
            {"role": "user", "content": _asked(readable[start:end], before, sha256, published)},
        )
        told = [sha256, endpoint.model, prompt_version(), start, end, endpoint.max_tokens, messages]
        found.append(Question(hashlib.sha256(orjson.dumps(told)).hexdigest()[:32], start, end, messages))
    return found


def _asked(passage: str, before: str, sha256: str, published: str) -> str:
    """The question itself; its marks carry the document's hash, which the document cannot know."""
    mark = sha256[:12]
    parts = [f"Date of the document: {published or 'unknown'}"]
    if before.strip():
        parts.append(f"<before-{mark}>\n{before.strip()}\n</before-{mark}>\nTake no claims from the words above.")
    parts.append(f"<passage-{mark}>\n{passage.strip()}\n</passage-{mark}>")
    return "\n\n".join(parts)


def _portions(text: str) -> list[tuple[int, int]]:
    """Stretches of at most :data:`PORTION` characters that end with a line, else with a sentence or a word."""
    found = []
    at = 0
    while at < len(text):
        end = min(len(text), at + PORTION)
        if end < len(text):
            ends = (text.rfind(mark, at + PORTION // 2, end) for mark in ("\n", ". ", " "))
            end = next((place + 1 for place in ends if place >= 0), end)
        if text[at:end].strip():
            found.append((at, end))
        at = end
    return found
