"""An entity as it is put together from statements."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

NAME_PROPS = ("name", "alias", "previousName", "weakAlias", "abbreviation")
"""Properties that hold names, the most telling first."""
COUNTRY_PROPS = ("nationality", "citizenship", "jurisdiction", "country", "mainCountry", "flag", "birthCountry")
"""Properties that tie a party to a country."""


def document_party_id(folded: str) -> str:
    """The id of a party that only documents name, made of its folded name."""
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return f"doc-{slug[:60]}-{digest}" if slug else f"doc-{digest}"


@dataclass(slots=True)
class EntityRecord:
    """One entity of one dataset, put together from its statements.

    Attributes:
        id, dataset: What names it.
        schema: The narrowest schema that its statements give.
        values: Property to values, sorted.
        target: Whether a ``Sanction`` names it.
        sections: Programme and measures of each ``Sanction`` that names it: two entries of one list that share one
            are two parties.
        identifiers: (property, value) pairs, sorted.
        first_seen, last_seen: Snapshots.
        listed: The earliest day from which a ``Sanction`` names it, as far as its list tells.
    """

    id: str
    dataset: str
    schema: str
    values: dict[str, list[str]] = field(default_factory=dict)
    target: bool = False
    sections: frozenset[str] = frozenset()
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    first_seen: str = ""
    last_seen: str = ""
    listed: str = ""

    @property
    def caption(self) -> str:
        """The name to show: the first name in Latin letters, else the first name, else the id."""
        for prop in ("name", "alias", "previousName", "weakAlias", "publicKey", "registrationNumber"):
            names = self.values.get(prop, [])
            if names:
                return min(names, key=lambda n: (not n.isascii(), not _latin(n), len(n) < 4, names.index(n)))
        return self.id

    @property
    def countries(self) -> list[str]:
        """ISO codes of every country that its statements tie it to."""
        found = {c for prop in COUNTRY_PROPS for c in self.values.get(prop, ())}
        return sorted(found)


def _latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return all(c < "ɐ" or "Ḁ" <= c <= "ỿ" for c in letters)
