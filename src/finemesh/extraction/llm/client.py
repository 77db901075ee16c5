"""Asking an OpenAI-compatible endpoint, with an end to everything: time, length, tries.

Proxies and passwords of the surroundings are left alone, and no redirect is followed: what a case sends goes to the
address that the user wrote, and nowhere else.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from typing import Any

import httpx
import orjson

from finemesh.model.endpoint import Endpoint
from finemesh.model.errors import UserError

MAX_BYTES = 4_000_000
"""Bytes that an answer may have."""
_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
"""States of HTTP that may pass."""
_LONGEST_PAUSE = 60.0


class NoAnswer(Exception):  # noqa: N818 - it is an answer too: none
    """The model gave no answer that can be read.

    Args:
        why: In a few words that are the same for the same cause.
        passing: Whether asking again may help.
        reached: Whether anybody was there.
        pause: Seconds that the other side asks to wait.
    """

    def __init__(self, why: str, *, passing: bool = False, reached: bool = True, pause: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.passing, self.reached, self.pause = why, passing, reached, pause


def open_client(endpoint: Endpoint) -> httpx.AsyncClient:
    """A client for an endpoint; close it.

    Raises:
        UserError: The variable that should hold the key is not set.
    """
    headers = {}
    if endpoint.key_env:
        key = os.environ.get(endpoint.key_env, "").strip()
        if not key or not key.isascii() or not key.isprintable():
            raise UserError(
                f"the environment variable {endpoint.key_env} holds no key", hint="set it, or take key_env out of [llm]"
            )
        headers["Authorization"] = f"Bearer {key}"
    return httpx.AsyncClient(
        headers=headers, timeout=httpx.Timeout(endpoint.timeout), follow_redirects=False, trust_env=False
    )


async def ask(client: httpx.AsyncClient, endpoint: Endpoint, messages: Sequence[dict[str, str]]) -> str:
    """The words of the answer to one question; asked again where a failure may pass.

    Raises:
        NoAnswer: There is none.
    """
    pause = endpoint.pause
    for left in range(endpoint.retries, -1, -1):
        try:
            async with asyncio.timeout(endpoint.timeout):
                return await _once(client, endpoint, messages)
        except NoAnswer as error:
            failure = error
        except TimeoutError:
            failure = NoAnswer("it took too long", passing=True)
        if not failure.passing or not left:
            raise failure
        await asyncio.sleep(min(max(pause, failure.pause), _LONGEST_PAUSE))
        pause *= 2
    raise AssertionError("never reached")


async def _once(client: httpx.AsyncClient, endpoint: Endpoint, messages: Sequence[dict[str, str]]) -> str:
    body = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": endpoint.max_tokens,
        "stream": False,
    }
    raw = bytearray()
    try:
        async with client.stream("POST", endpoint.url.rstrip("/") + "/chat/completions", json=body) as response:
            if response.status_code != 200:
                pause = response.headers.get("retry-after", "")
                raise NoAnswer(
                    f"HTTP {response.status_code}",
                    passing=response.status_code in _PASSING,
                    pause=float(pause) if pause.isdigit() and len(pause) < 6 else 0.0,
                )
            async for chunk in response.aiter_bytes():
                raw += chunk
                if len(raw) > MAX_BYTES:
                    raise NoAnswer("its answer is far too long")
    except httpx.TimeoutException as error:
        raise NoAnswer("it took too long", passing=True) from error
    except httpx.ConnectError as error:
        raise NoAnswer("nobody answers at its address", passing=True, reached=False) from error
    except httpx.HTTPError as error:
        raise NoAnswer(f"the connection failed ({type(error).__name__})", passing=True) from error
    return _content(bytes(raw))


def _content(raw: bytes) -> str:
    """The words in an answer of the form that OpenAI has set."""
    try:
        answer: Any = orjson.loads(raw)
        content = answer["choices"][0]["message"]["content"]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise NoAnswer("its answer is not in OpenAI's form", passing=True) from error
    if not isinstance(content, str):
        raise NoAnswer("its answer holds no words")
    return content
