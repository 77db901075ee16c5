"""The proof of one statement, mention or claim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Archived bytes, a place in them, and the words that stand there.

    Attributes:
        sha256: Hash of the archived artifact (64 hexadecimal digits).
        source: The artifact's name as it was added.
        locator: Where in the artifact (:mod:`finemesh.model.locator`).
        quote: The exact words at that place.
    """

    sha256: str
    source: str
    locator: str
    quote: str

    def as_json(self) -> dict[str, str]:
        """The contract's EVIDENCE object."""
        return {"sha256": self.sha256, "source": self.source, "locator": self.locator, "quote": self.quote}
