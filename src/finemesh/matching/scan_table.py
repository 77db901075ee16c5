"""The table in which a text's words are looked up: every sequence of words that begins a name, by its number.

It is a file of its own beside the index of names, memory-mapped like it, and made from the same parties.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol, cast, get_args

from finemesh.matching.party import Name, NameKind, Party
from finemesh.matching.scan_fold import fold_table
from finemesh.matching.scan_forms import Needs, forms_of
from finemesh.matching.scan_text import chain, word_key
from finemesh.matching.sections import Sections, write_sections

SCAN_FILE = "texts.index"
KINDS: tuple[str, ...] = get_args(NameKind)
_GOES_ON = 1
"""Bit of a sequence's value: some name goes on after it. The rest is the number of its entry and one, or 0."""


_Bearer = tuple[int, int, int, float, int]
"""Of a sequence of words: party, text and kind of the name, how sure it is, what it needs."""


class Columns(Protocol):
    """Named sections of numbers and texts (:class:`finemesh.matching.sections.Sections`, or :class:`Held`)."""

    def numbers(self, name: str, code: str) -> memoryview:
        """A section as numbers (``B``, ``H``, ``I`` or ``Q``)."""

    def bytes(self, name: str) -> memoryview:
        """A section as bytes."""


class Held:
    """Sections in memory."""

    def __init__(self, sections: Mapping[str, bytes]) -> None:
        self._sections = sections

    def bytes(self, name: str) -> memoryview:
        """A section as bytes."""
        return memoryview(self._sections[name])

    def numbers(self, name: str, code: str) -> memoryview:
        """A section as numbers."""
        found: memoryview = self.bytes(name).cast(cast("Literal['B', 'H', 'I', 'Q']", code))
        return found


class ScanTable:
    """Gathers the names of parties, and makes the sections of the table.

    An *entry* is a sequence of words that is a name; its *bearers* are those who have it, each with the kind of the
    name, how sure it is, and what it needs to count. The same parties in the same order give the same bytes.
    """

    def __init__(self) -> None:
        self._sequences: dict[int, int] = {}
        self._first: set[int] = set()
        self._bearers: list[list[_Bearer]] = []
        self._ids: list[str] = []
        self._schemata: dict[str, int] = {}
        self._schema = array("B")
        self._names: dict[str, int] = {}
        self._countries: list[str] = []

    def add(self, party: Party) -> None:
        """Add a party with its names."""
        number = len(self._ids)
        self._ids.append(party.id)
        self._countries.append(" ".join(party.countries))
        self._schema.append(self._schemata.setdefault(party.schema, min(len(self._schemata), 255)))
        for name in party.names:
            self._add_name(number, name, party.schema)

    def _add_name(self, party: int, name: Name, schema: str) -> None:
        for form in forms_of(name, schema):
            text = self._names.setdefault(name.text, len(self._names))
            bearers = self._bearers[self._entry(form.words)]
            new = (party, text, KINDS.index(name.kind), form.score, form.needs)
            for old in bearers[-8:]:
                if old[0] == party and old[4] == form.needs and old[3] >= form.score:
                    break
            else:
                bearers.append(new)

    def _entry(self, words: tuple[str, ...]) -> int:
        """The entry of a sequence of words, made if it is not there."""
        key = chain(0, word_key(words[0])) or 1
        self._first.add(key)
        for word in words[1:]:
            self._sequences[key] = self._sequences.get(key, 0) | _GOES_ON
            key = chain(key, word_key(word)) or 1
        value = self._sequences.get(key, 0)
        if not value >> 1:
            self._bearers.append([])
            value = self._sequences[key] = value | len(self._bearers) << 1
        return (value >> 1) - 1

    def write(self, folder: Path) -> None:
        """Write the table into the folder of an index."""
        write_sections(folder / SCAN_FILE, self.sections())

    def sections(self) -> dict[str, bytes]:
        """The sections of the file."""
        flags = array("B")
        ends, parties, names, kinds, scores, needs = (array(c) for c in "IIIBBB")
        ends.append(0)
        for bearers in self._bearers:
            common = Needs.CAPITALS | Needs.NO_COMMA
            for party, name, kind, score, need in bearers:
                common &= need
                parties.append(party)
                names.append(name)
                kinds.append(kind)
                scores.append(round(score * 100))
                needs.append(need)
            ends.append(len(parties))
            flags.append(common)
        return {
            **fold_table(),
            **_slots(self._sequences),
            "filter": _filter(self._first),
            "entry.flags": flags.tobytes(),
            "entry.end": ends.tobytes(),
            "bearer.party": parties.tobytes(),
            "bearer.name": names.tobytes(),
            "bearer.kind": kinds.tobytes(),
            "bearer.score": scores.tobytes(),
            "bearer.needs": needs.tobytes(),
            "party.schema": self._schema.tobytes(),
            **_texts("schema", self._schemata),
            **_texts("party.id", self._ids),
            **_texts("country", self._countries),
            **_texts("name", self._names),
        }


def _slots(sequences: Mapping[int, int]) -> dict[str, bytes]:
    """Keys and values with open addressing, at most half full."""
    size = 1 << max(4, (2 * len(sequences)).bit_length())
    keys, values = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
    for key, value in sequences.items():
        slot = key >> 20 & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], values[slot] = key, value
    return {"slot.key": keys.tobytes(), "slot.value": values.tobytes()}


def _filter(keys: set[int]) -> bytes:
    """A bit for the number of every first word, among so many that few others are set by chance."""
    size = 1 << max(16, (16 * len(keys)).bit_length())
    bits = array("Q", bytes(size // 8))
    for key in keys:
        place = key & (size - 1)
        bits[place >> 6] |= 1 << (place & 63)
    return bits.tobytes()


def _texts(name: str, texts: Mapping[str, int] | list[str]) -> dict[str, bytes]:
    data, ends = bytearray(), array("Q", [0])
    for text in texts:
        data += text.encode("utf-8", "replace")
        ends.append(len(data))
    return {name: bytes(data), f"{name}.end": ends.tobytes()}


def open_table(folder: Path) -> Columns:
    """The table in the folder of an index.

    Raises:
        DataError: There is none, or it is damaged or of another version.
    """
    return Sections(folder / SCAN_FILE)
