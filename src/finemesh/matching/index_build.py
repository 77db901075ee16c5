"""Making the index: every name read once, its words, where they occur, and the keys under which they are found."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import orjson

from finemesh.matching.columns import pack_word
from finemesh.matching.facts import kinds_of
from finemesh.matching.kernel import flags_of
from finemesh.matching.party import Name, Party
from finemesh.matching.retrieval import consonant_mask, consonants_of, exact_key, meaning_keys, search_keys
from finemesh.matching.scan_table import ScanTable
from finemesh.matching.sections import write_sections
from finemesh.matching.word import Reading, Word
from finemesh.matching.words import read_names

INDEX_FILE = "names.index"
KINDS: Final = ("name", "alias", "weak", "previous")

FACTS: Final = ("countries", "birth_dates", "genders", "identifiers", "addresses", "birth_places")
"""What of a party is kept besides what is shown of it."""

Numbers = npt.NDArray[np.uint32]
Progress = Callable[[str, int, int], None]


def build_index(parties: Iterable[Party], folder: Path, progress: Progress | None = None) -> None:
    """Write the index of some parties into a folder.

    The same parties in the same order give the same bytes.

    Args:
        parties: With at least one readable name; others are left out.
        folder: Made if it is not there. An index in it is replaced.
        progress: Called with a label, how many are done and how many there are (0: not known).
    """
    builder, texts = _Builder(), ScanTable()
    total = len(parties) if isinstance(parties, (list, tuple)) else 0
    for count, party in enumerate(parties, 1):
        builder.add(party)
        texts.add(party)
        if progress and count % 1000 == 0:
            progress("names", count, total)
    folder.mkdir(parents=True, exist_ok=True)
    texts.write(folder)
    del texts  # before the other file is put together: both need much memory
    write_sections(folder / INDEX_FILE, builder.sections())
    if progress:
        progress("names", total, total)


class _Texts:
    """Many texts as one, with their ends."""

    def __init__(self) -> None:
        self.ends = array("Q", [0])
        self.data = bytearray()

    def add(self, data: bytes) -> None:
        self.data += data
        self.ends.append(len(self.data))


class _Builder:
    def __init__(self) -> None:
        self.words: dict[Word, int] = {}
        self.parties = _Texts()
        self.facts = _Texts()
        self.texts = _Texts()
        self.name_words = array("I")
        self.name_ends = array("I", [0])
        self.name_party = array("I")
        self.name_flags = array("B")
        self.name_weight = array("I")
        self.name_kind = array("B")
        self.party_kinds = array("B")

    def add(self, party: Party) -> None:
        readings = [(name, r) for name in party.names for r in read_names(name.text, party.schema)]
        if not readings:
            return
        number = len(self.parties.ends) - 1
        self.parties.add(_json([party.id, party.caption, party.schema, party.datasets, party.authorities]))
        self.facts.add(_json([getattr(party, name) for name in FACTS]))
        self.party_kinds.append(kinds_of(party.schema))
        for name, reading in readings:
            self._add_name(number, name, reading)

    def _add_name(self, party: int, name: Name, reading: Reading) -> None:
        for word in reading.words:
            self.name_words.append(self.words.setdefault(word, len(self.words)))
        self.name_ends.append(len(self.name_words))
        self.name_party.append(party)
        self.name_flags.append(flags_of(reading))
        self.name_weight.append(sum(w.weight for w in reading.words))
        self.name_kind.append(KINDS.index(name.kind))
        self.texts.add(name.text.encode("utf-8", "replace"))

    def sections(self) -> dict[str, bytes]:
        """The sections of the index file; words that sound alike stand together, and are found in one place."""
        found = list(self.words)
        order = sorted(range(len(found)), key=lambda n: (consonants_of(found[n].code), found[n]))
        words = [found[n] for n in order]
        places = np.empty(len(words), np.uint32)
        places[order] = np.arange(len(words), dtype=np.uint32)
        name_words = places[np.frombuffer(self.name_words, np.uint32)] if words else places
        texts = _Texts()
        for word in words:
            texts.add(word.text.encode())
        result: dict[str, Any] = {
            "word": b"".join(map(pack_word, words)),
            "word.text": texts.data,
            "word.text.end": texts.ends,
            **_filed(words),
            **_held(name_words, np.frombuffer(self.name_ends, np.uint32), len(words)),
            "name.words": name_words,
            "name.end": self.name_ends,
            "name.party": self.name_party,
            "name.flags": self.name_flags,
            "name.weight": self.name_weight,
            "name.kind": self.name_kind,
            "name.text": self.texts.data,
            "name.text.end": self.texts.ends,
            "party.kinds": self.party_kinds,
            "party": self.parties.data,
            "party.end": self.parties.ends,
            "party.facts": self.facts.data,
            "party.facts.end": self.facts.ends,
        }
        return {name: bytes(data) for name, data in result.items()}


def _filed(words: Sequence[Word]) -> dict[str, Any]:
    """The words by the keys under which they are found."""
    keys, numbers, masks = array("I"), array("I"), array("Q")
    for number, word in enumerate(words):
        masks.append(consonant_mask(word.code))
        for key in (*search_keys(word.code), exact_key(word.code), *meaning_keys(word.key, word.group)):
            keys.append(key)
            numbers.append(number)
    filed = np.frombuffer(keys, np.uint32) if keys else np.empty(0, np.uint32)
    order = np.argsort(filed, kind="stable")
    different, first = np.unique(filed[order], return_index=True)
    by_key = np.frombuffer(numbers, np.uint32)[order] if numbers else filed
    return {
        "key": different.astype(np.uint32),
        "key.end": np.append(first, len(filed)).astype(np.uint32),
        "key.words": by_key,
        "key.masks": np.frombuffer(masks, np.uint64)[by_key] if masks else np.empty(0, np.uint64),
    }


def _held(name_words: Numbers, name_ends: Numbers, count: int) -> dict[str, Any]:
    """The names that hold each word, each once, in order."""
    names = np.repeat(np.arange(len(name_ends) - 1, dtype=np.uint64), np.diff(name_ends))
    held = np.unique(name_words.astype(np.uint64) << np.uint64(32) | names)
    ends = np.searchsorted(held >> np.uint64(32), np.arange(count + 1, dtype=np.uint64))
    return {"word.names.end": ends.astype(np.uint32), "word.names": (held & np.uint64(0xFFFFFFFF)).astype(np.uint32)}


def _json(row: list[object]) -> bytes:
    try:
        return orjson.dumps(row)
    except TypeError:  # half a surrogate pair, from broken text: shown as "?"
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
