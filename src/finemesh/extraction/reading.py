"""What every reader of a document starts from: its sentences, words and names, found once for all of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from finemesh.extraction.names import NameFinder, NameSpan
from finemesh.extraction.sentences import sentences
from finemesh.extraction.spans import Span
from finemesh.extraction.tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a text; the three lists go together. Nobody changes them.

    Attributes:
        spans: Where each sentence stands.
        tokens: Its words.
        names: Its names by their capitals, in the light of the whole text.
    """

    spans: list[Span]
    tokens: list[list[Token]]
    names: list[list[NameSpan]]


@lru_cache(maxsize=1)
def read_words(text: str) -> Words:
    """The sentences of a text with their words and names; the last text's answer is kept for the next reader."""
    spans = sentences(text)
    tokens = [tokenize(text, span.start, span.end) for span in spans]
    first = NameFinder()
    for line in tokens:
        first.find(line)
    finder = NameFinder(first.learned)
    return Words(spans, tokens, [finder.find(line) for line in tokens])


@contextmanager
def many_small_values() -> Iterator[None]:
    """Leave the collector of reference cycles aside while a document's parses are built: they all stay in use."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
