"""Names that go on a list which descriptions break up: "the leader, NAME, the minister of trade, NAME, and NAME"."""

from __future__ import annotations

from finemesh.extraction.syntax.nodes import NP, VG, Chunk
from finemesh.extraction.syntax.phrases import finite_at, is_person
from finemesh.extraction.syntax.reader import Parse
from finemesh.extraction.syntax.unit import Unit

_OF_ROLE = frozenset(("of", "for", "in", "at", "on", "to", "from"))
"""Prepositions that go on with what somebody is ("minister *for* trade")."""
_LONGEST = 120


def further_names(parse: Parse, phrase: NP) -> list[NP]:
    """The named phrases that follow a phrase in its list.

    Args:
        parse: The sentence.
        phrase: The first of the list.

    Returns:
        The names between commas and "and", up to the first word that cannot stand in such a list. What a
        preposition brings in is no member; nor is what turns out to be the subject of a verb.
    """
    chunks = parse.chunks
    first = phrase.each()[0]
    i = next((index for index, chunk in enumerate(chunks) if chunk is first), len(chunks))
    return _Walk(chunks).run(i + 1, first)


class _Walk:
    """A walk along a list."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.chunks = chunks
        self.found: list[tuple[int, NP]] = []
        self.comma = 0

    def run(self, i: int, last: NP) -> list[NP]:
        """Walk from ``i``; ``last`` stands before it."""
        stop = min(len(self.chunks), i + _LONGEST)
        joined, inside = "", False
        while i < stop:
            chunk = self.chunks[i]
            if isinstance(chunk, NP):
                if not joined or chunk.pronoun or (chunk.name is not None and chunk.name.tag != "NAME"):
                    break
                if inside and joined == "and" and not chunk.head:
                    break  # "a subsidiary of X and Y"
                if chunk.name is not None and chunk.name.kind not in ("product", "place"):
                    self.found.append((i, chunk))
                last, joined, inside = chunk, "", False
            elif isinstance(chunk, VG):
                break
            elif chunk.tag in (",", "CC"):
                if chunk.low in ("or", "and/or", "nor", "as well as", "together with", "along with"):
                    break
                joined = joined if joined == "," else "," if chunk.tag == "," else "and"
                self.comma = i if chunk.tag == "," else self.comma
            elif chunk.tag == "(":
                i = self._closing(i)
            elif chunk.tag in ("P", "TO") and not joined and self._describes(i, last):
                i += 1
                after = self.chunks[i]
                inside = isinstance(after, NP) and after.name is not None and after.name.tag == "NAME"
            elif chunk.tag not in ("DATE", "ADV", "”", '"'):
                break
            i += 1
        return [name for at, name in self.found if not (self._verb_follows(i) and at > self.comma)]

    def _closing(self, i: int) -> int:
        """The place of the bracket that closes the one at ``i``."""
        return next((j for j in range(i, min(len(self.chunks), i + 30)) if self._tag(j) == ")"), len(self.chunks))

    def _tag(self, i: int) -> str:
        chunk = self.chunks[i] if i < len(self.chunks) else None
        return chunk.tag if isinstance(chunk, Unit) else ""

    def _describes(self, i: int, last: NP) -> bool:
        """Whether a preposition goes on with what the last phrase is."""
        unit = self.chunks[i]
        if not isinstance(unit, Unit) or i + 1 >= len(self.chunks) or not isinstance(self.chunks[i + 1], NP):
            return False
        role = bool(last.head) and is_person(NP(0, 0, head=last.head))
        return unit.low in ("of", "as") or (role and unit.low in _OF_ROLE)

    def _verb_follows(self, i: int) -> bool:
        """Whether the list ran into a verb, so that its last names are the verb's subject."""
        group = self.chunks[i] if i < len(self.chunks) else None
        if not isinstance(group, VG):
            return False
        by = i + 1 < len(self.chunks) and isinstance(after := self.chunks[i + 1], Unit) and after.low == "by"
        told = group.form == "past" and isinstance(self.chunks[i - 1], NP) and not by  # "..., NAME responded"
        return told or finite_at(self.chunks, i)
