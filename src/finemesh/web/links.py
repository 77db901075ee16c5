"""Addresses of pages; each carries the as-of date along."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

Param = str | int | bool | None | Sequence[str]

_WEB = re.compile(r"^https?://[^\s/?#\\]+[^\s]*$", re.IGNORECASE)


def address(path: str, params: Mapping[str, Param] | Sequence[tuple[str, str]] = ()) -> str:
    """A path with its query; empty values are left out, sequences repeat their key."""
    pairs: list[tuple[str, str]] = []
    for key, value in params.items() if isinstance(params, Mapping) else params:
        if value is None or value is False or value == "":
            continue
        if value is True:
            pairs.append((key, "1"))
        elif isinstance(value, str | int):
            pairs.append((key, str(value)))
        else:
            pairs += [(key, item) for item in value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def segment(text: str) -> str:
    """A text as one segment of a path."""
    return quote(text, safe="")


def web_link(url: str) -> str:
    """A URL of the outside world if it may become a link (http and https only), else an empty text."""
    return url if len(url) < 2000 and _WEB.match(url) else ""
