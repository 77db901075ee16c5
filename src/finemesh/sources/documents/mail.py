"""E-mail: subject, sender and the words of the message; what is attached is read by itself.

Of a message in several forms the plain one is taken. Messages within messages are part of the text. Nothing is
loaded from outside, and addresses stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, cast

from finemesh.model.errors import SourceError
from finemesh.sources.documents.builder import TextBuilder, without_controls
from finemesh.sources.documents.document import Document
from finemesh.sources.documents.html import visible_blocks

MAX_BYTES = 100_000_000
"""Bytes that a message may have, attachments counted."""
MAX_PARTS = 1_000
"""Parts of a message that are looked at."""
MAX_DEPTH = 10
"""Messages within messages."""
MAX_HEADER = 20_000
"""Characters of a header that are looked at: the library takes 400 times its length to take one apart."""


class _Bounded(EmailPolicy):
    """Reads messages as the library's own policy does, with an end to their headers and to its patience with them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The header taken apart; one that the library breaks on is a plain text."""
        try:
            return super().header_fetch_parse(name, value)
        except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
            return " ".join(value.split())


_POLICY = _Bounded()
_HEADER = re.compile(
    r"^(?:from|received|return-path|message-id|delivered-to|mime-version|subject|date|to|x-[\w-]+):", re.I
)
_NAMED = re.compile(r"^(?:from|to|subject|date|message-id):", re.I | re.M)


def is_mail(text: str) -> bool:
    """Whether a text starts with the headers of a message."""
    head = text[:20_000].replace("\r\n", "\n").split("\n\n", 1)[0]
    return bool(_HEADER.match(head)) and len({m.group().lower() for m in _NAMED.finditer(head)}) >= 3


def extract_mail(path: Path) -> Document:
    """Read a message.

    Raises:
        SourceError: It is too large or nested too deeply, or holds no text.
    """
    message = _message(path)
    builder = TextBuilder(path.name)
    attached: list[str] = []
    _add_message(message, builder, attached, 0)
    subject, sender = _header(message, "subject"), _header(message, "from")
    notes = []
    if attached:
        named = ", ".join(attached[:10])
        notes.append(("attachment", f"{len(attached)} attached files are no part of the text: {named}"))
    published = _day(message)
    return Document(
        text=builder.text(),
        title=subject[:300],
        author=sender[:300],
        published=published,
        published_basis="the message's date" if published else "",
        notes=tuple(notes),
    )


def attachments(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files attached to a message, also to messages within it: (name, bytes).

    Raises:
        SourceError: It is too large or nested too deeply.
    """
    yield from _attachments(_message(path), 0)


def _message(path: Path) -> EmailMessage:
    if path.stat().st_size > MAX_BYTES:
        raise SourceError(f"larger than {MAX_BYTES:,} bytes; it is not read", where=path.name)
    try:
        with path.open("rb") as stream:
            return cast(EmailMessage, BytesParser(policy=_POLICY).parse(stream))
    except (RecursionError, ValueError, LookupError, IndexError, AttributeError) as error:
        raise SourceError(f"not readable as a message: {type(error).__name__}", where=path.name) from error


def _header(message: EmailMessage, name: str) -> str:
    """A header's words; one that the library cannot take apart is taken as it stands."""
    try:
        return without_controls(" ".join(str(message.get(name) or "").split()))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError, RecursionError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
        return without_controls(" ".join(str(raw).split()))


def _day(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts of a message without going into messages within it, in order."""
    waiting: list[EmailMessage] = [message]
    seen = 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            children = [cast(EmailMessage, child) for child in part.iter_parts()]
            if part.get_content_subtype() == "alternative":
                children = _best(children)
            waiting[:0] = children
        else:
            yield part


def _best(choices: list[EmailMessage]) -> list[EmailMessage]:
    """Of one text in several forms the plain one, else all."""
    plain = [part for part in choices if part.get_content_type() == "text/plain"]
    return plain[:1] or choices


def _add_message(message: EmailMessage, builder: TextBuilder, attached: list[str], depth: int) -> None:
    builder.block(_header(message, "subject"))
    builder.block(f"From: {sender}" if (sender := _header(message, "from")) else "")
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/rfc822" and isinstance(part.get_payload(), list):
            for inner in cast(list[EmailMessage], part.get_payload()):
                if depth >= MAX_DEPTH:
                    attached.append("a message")
                else:
                    _add_message(inner, builder, attached, depth + 1)
        elif _is_file(part) or part.get_content_maintype() != "text":
            attached.append(part.get_filename() or kind)
        elif kind == "text/html":
            for block in visible_blocks(_words(part)):
                builder.block(block)
        else:
            for line in _words(part).splitlines():
                builder.raw(without_controls(line).rstrip() + "\n")


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return False


def _words(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    try:
        return raw.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        return raw.decode("cp1252", "replace")


def _attachments(message: EmailMessage, depth: int) -> Iterator[tuple[str, bytes]]:
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            if depth < MAX_DEPTH:
                for inner in cast(list[EmailMessage], part.get_payload()):
                    yield from _attachments(inner, depth + 1)
        elif _is_file(part):
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes) and raw:
                yield part.get_filename() or "attachment", raw


__all__ = ["attachments", "extract_mail", "is_mail"]
