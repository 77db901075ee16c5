"""The language model that a user has: where it answers, and how patiently it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from finemesh.model.errors import DataError


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint, as ``[llm]`` of ``case.toml`` names it.

    Attributes:
        url: Its base address, e.g. ``http://localhost:11434/v1``.
        model: The model's name there.
        key_env: Name of the environment variable that holds its key; empty where it needs none. The key itself is
            never written down.
        languages: Languages of which passages are sent (ISO 639).
        at_once: Questions that are asked at a time.
        timeout: Seconds that an answer may take.
        retries: How often a question is asked again after a failure that may pass.
        pause: Seconds before the first of these; doubled each time.
        max_tokens: Tokens that an answer may have.
    """

    url: str
    model: str
    key_env: str = ""
    languages: tuple[str, ...] = ("en",)
    at_once: int = 2
    timeout: float = 300.0
    retries: int = 2
    pause: float = 2.0
    max_tokens: int = 4000


_BOUNDS = {
    "at_once": (1, 64),
    "timeout": (0.1, 3600),
    "retries": (0, 10),
    "pause": (0, 60),
    "max_tokens": (100, 100_000),
}


def endpoint_from(raw: Any, where: str) -> Endpoint:
    """The endpoint of a table of settings.

    Raises:
        DataError: Something in it is missing, unknown or of the wrong kind; no value is repeated in the message.
    """
    if not isinstance(raw, dict):
        raise DataError("llm must be a table", where=where, hint="write [llm] and below it url and model")
    names = [field.name for field in fields(Endpoint)]
    unknown = sorted(set(raw) - set(names))
    if unknown:
        raise DataError(f"unknown setting: llm.{unknown[0]}", where=where, hint="known: " + ", ".join(names))
    for name in ("url", "model"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise DataError(f"llm.{name} is missing", where=where, hint="see docs/language-model.md")
    parts = urlsplit(raw["url"])
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise DataError("llm.url is no address", where=where, hint="for instance http://localhost:11434/v1")
    if not isinstance(key := raw.get("key_env", ""), str) or not re.fullmatch(r"(?:[A-Z_][A-Z0-9_]*)?", key):
        hint = 'write key_env = "MY_MODEL_KEY" and set that variable; the key itself does not belong in case.toml'
        raise DataError("llm.key_env is no name of an environment variable", where=where, hint=hint)
    languages = raw.get("languages", ["en"])
    if not isinstance(languages, list) or not languages or not all(isinstance(code, str) for code in languages):
        raise DataError("llm.languages must be a list of codes", where=where, hint='for instance ["en", "my"]')
    for name, (low, high) in _BOUNDS.items():
        value = raw.get(name, low)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise DataError(f"llm.{name} must be a number from {low} to {high}", where=where)
        if name in ("at_once", "retries", "max_tokens") and not isinstance(value, int):
            raise DataError(f"llm.{name} must be a whole number", where=where)
    return Endpoint(**{**raw, "languages": tuple(languages)})
