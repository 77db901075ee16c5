"""Making the index: every name read once, its words, where they occur, and the keys under which they are found."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import orjson

from finemesh.matching.columns import pack_word
from finemesh.matching.facts import kinds_of
from finemesh.matching.kernel import flags_of
from finemesh.matching.party import Name, Party
from finemesh.matching.retrieval import consonant_mask, exact_key, meaning_keys, search_keys
from finemesh.matching.scan_table import ScanTable
from finemesh.matching.sections import write_sections
from finemesh.matching.word import Reading, Word
from finemesh.matching.words import read_names

INDEX_FILE = "names.index"
KINDS: Final = ("name", "alias", "weak", "previous")

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
    write_sections(folder / INDEX_FILE, builder.sections())
    texts.write(folder)
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
        self.parties.add(_json(_party_row(party)))
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
        words = list(self.words)
        by_key: dict[int, list[int]] = {}
        for number, word in enumerate(words):
            for key in (*search_keys(word.code), exact_key(word.code), *meaning_keys(word.key, word.group)):
                by_key.setdefault(key, []).append(number)
        by_word: list[list[int]] = [[] for _ in words]
        for name in range(len(self.name_party)):
            for w in sorted(set(self.name_words[self.name_ends[name] : self.name_ends[name + 1]])):
                by_word[w].append(name)
        keys = sorted(by_key)
        masks = array("Q", [consonant_mask(w.code) for w in words])
        word_texts = _Texts()
        for word in words:
            word_texts.add(word.text.encode())
        result: dict[str, array[int] | bytes | bytearray] = {
            "word": b"".join(map(pack_word, words)),
            "word.text": word_texts.data,
            "word.text.end": word_texts.ends,
            "key": array("I", keys),
            "key.end": _ends(by_key[k] for k in keys),
            "key.words": _joined(by_key[k] for k in keys),
            "key.masks": array("Q", [masks[w] for k in keys for w in by_key[k]]),
            "word.names.end": _ends(by_word),
            "word.names": _joined(by_word),
            "name.words": self.name_words,
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
        }
        return {name: bytes(data) for name, data in result.items()}


def _ends(lists: Iterable[list[int]]) -> array[int]:
    ends = array("I", [0])
    for found in lists:
        ends.append(ends[-1] + len(found))
    return ends


def _joined(lists: Iterable[list[int]]) -> array[int]:
    joined = array("I")
    for found in lists:
        joined.extend(found)
    return joined


def _json(row: list[object]) -> bytes:
    try:
        return orjson.dumps(row)
    except TypeError:  # half a surrogate pair, from broken text: shown as "?"
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")


def _party_row(party: Party) -> list[object]:
    return [
        party.id,
        party.schema,
        party.caption,
        party.datasets,
        party.authorities,
        party.countries,
        party.birth_dates,
        party.genders,
        party.identifiers,
        party.addresses,
        party.birth_places,
    ]
