"""Puts a document's blocks together into one text."""

from __future__ import annotations

import re

from finemesh.model.errors import SourceError
from finemesh.sources.documents.document import MAX_CHARACTERS

_SPACE = re.compile(r"[ \t\xa0\r\n\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TextBuilder:
    """Collects blocks, each of which becomes one line; refuses to grow without end.

    Args:
        name: The file's name, for errors.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[str] = []
        self.length = 0

    def block(self, text: str) -> None:
        """Add one line; white space is folded, an empty block is left out."""
        line = _SPACE.sub(" ", _CONTROL.sub("", text)).strip()
        if line:
            self.raw(line + "\n")

    def raw(self, text: str) -> None:
        """Add text as it is.

        Raises:
            SourceError: The text has grown beyond all bounds.
        """
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise SourceError(f"holds more than {MAX_CHARACTERS:,} characters; it is not read", where=self._name)
        self._parts.append(text)

    def text(self) -> str:
        """All of it.

        Raises:
            SourceError: There is nothing.
        """
        text = "".join(self._parts)
        if not text.strip():
            raise SourceError("the document holds no text", where=self._name)
        return text


def without_controls(text: str) -> str:
    """A text without control characters and non-characters; line ends and tabs stay."""
    return _CONTROL.sub("", text)
