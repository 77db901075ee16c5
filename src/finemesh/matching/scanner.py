"""Names of the case in running text, with exact places.

:mod:`finemesh.matching.scan_find` says where the words of a name stand, whatever their case, accents, line breaks,
double spaces, hyphenation, possessive and case endings. Here it is judged whether they are meant as the name: a name
that tells little ("Hope" is a ship, "MEC" a company) is reported only where something in the text speaks for it, and a
name that is part of a longer one ("Soe Win" in "Soe Win Maung") is somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from finemesh.matching.party import Party
from finemesh.matching.scan_find import Raw, open_finder
from finemesh.matching.scan_forms import Needs
from finemesh.matching.scan_place import Place, can_be_called
from finemesh.matching.scan_table import KINDS, Columns, Held, ScanTable, open_table


class NameHit(NamedTuple):
    """A name found in a text.

    Attributes:
        start, end: Characters of the text, end exclusive.
        party_ids: Everyone who bears it, sorted.
        name: The name as the list writes it.
        kind: ``name``, ``alias``, ``weak`` or ``previous``.
        score: How sure it is that this name is meant, 0 to 1.
        schemata: What those who bear it are (FollowTheMoney).
    """

    start: int
    end: int
    party_ids: tuple[str, ...]
    name: str
    kind: str
    score: float
    schemata: frozenset[str]


class _Bearer(NamedTuple):
    party: int
    name: int
    kind: int
    score: int
    needs: int


class _Entry(NamedTuple):
    """Who bears a name: its words are enough, the party must be named otherwise too, or the place is asked."""

    always: list[_Bearer]
    possible: list[_Bearer]
    asked: list[_Bearer]


_ASKED = Needs.CONTEXT | Needs.COUNTRY | Needs.ALONE


class Scanner:
    """Finds the names of some parties in texts."""

    def __init__(self, table: Columns) -> None:
        """Search with a table that is open."""
        self._finder = open_finder(table)
        self._ends = table.numbers("entry.end", "I")
        self._columns = (
            table.numbers("bearer.party", "I"),
            table.numbers("bearer.name", "I"),
            table.numbers("bearer.kind", "B"),
            table.numbers("bearer.score", "B"),
            table.numbers("bearer.needs", "B"),
        )
        self._schema = table.numbers("party.schema", "B")
        self._texts = {
            name: (table.bytes(name), table.numbers(f"{name}.end", "Q"))
            for name in ("schema", "party.id", "name", "country")
        }
        self._entries: dict[int, _Entry] = {}
        self._told: dict[tuple[_Bearer, ...], tuple[tuple[str, ...], str, str, float, frozenset[str]]] = {}
        self._schemata = [self._text("schema", i) for i in range(len(self._texts["schema"][1]) - 1)]

    @classmethod
    def of(cls, parties: Iterable[Party]) -> Scanner:
        """A scanner for some parties, without a file."""
        table = ScanTable()
        for party in parties:
            table.add(party)
        return cls(Held(table.sections()))

    @classmethod
    def open(cls, folder: Path) -> Scanner:
        """A scanner for the parties of an index.

        Raises:
            DataError: There is no table in the folder, or it is damaged or of another version.
        """
        return cls(open_table(folder))

    def scan(self, text: str) -> list[NameHit]:
        """Every name in a text, in order, without overlaps (the longer name wins)."""
        place = Place(text)
        judged: list[tuple[Raw, list[_Bearer], list[_Bearer]]] = []
        for raw in self._finder.find(text):
            if place.goes_on(raw.end):
                continue
            entry = self._entry_of(raw.entry)
            meant, possible = entry.always, entry.possible
            if entry.asked:
                meant, possible = meant.copy(), possible.copy()
                for bearer in entry.asked:
                    says = self._speaks_for(place, raw, bearer)
                    if says:
                        meant.append(bearer)
                    elif says is False:
                        possible.append(bearer)
            judged.append((raw, meant, possible))
        sure = _longest([(raw, meant) for raw, meant, _ in judged if meant])
        named = {b.party for _, meant in sure for b in meant}
        every: list[tuple[Raw, list[_Bearer]]] = []
        for raw, meant, possible in judged:
            known = possible and [b for b in possible if b.party in named and _may_follow(place, raw, b)]
            if known:
                every.append((raw, meant + known))
            elif meant:
                every.append((raw, meant))
        return [self._hit(text, raw, bearers) for raw, bearers in _longest(every)]

    def _speaks_for(self, place: Place, raw: Raw, bearer: _Bearer) -> bool | None:
        """Whether the place speaks for a bearer: None where it is another's name, False where more is needed."""
        needs = bearer.needs
        if needs & Needs.ALONE and not place.stands_alone(raw.start, raw.end):
            return None
        if needs & Needs.CONTEXT:
            return place.is_called(raw.start, raw.end, self._schema_of(bearer))
        if needs & Needs.COUNTRY:
            countries = self._text("country", bearer.party).split()
            if not countries:
                return place.telling_words(raw.start, raw.end) > 2 and bearer.kind != _WEAK
            return place.is_in_country(raw.start, raw.end, countries)
        return True

    def _hit(self, text: str, raw: Raw, bearers: list[_Bearer]) -> NameHit:
        key = tuple(bearers)
        told = self._told.get(key)
        if told is None:
            best = min(bearers, key=lambda b: (-b.score, b.kind, self._text("name", b.name)))
            told = self._told[key] = (
                tuple(sorted({self._text("party.id", b.party) for b in bearers})),
                self._text("name", best.name),
                KINDS[best.kind],
                best.score / 100,
                frozenset(map(self._schema_of, bearers)),
            )
        return NameHit(raw.start, raw.end + _closes(text, raw), *told)

    def _entry_of(self, number: int) -> _Entry:
        entry = self._entries.get(number)
        if entry is None:
            rows = range(self._ends[number], self._ends[number + 1])
            bearers = [_Bearer(*(column[row] for column in self._columns)) for row in rows]
            entry = self._entries[number] = _Entry([], [], [])
            for bearer in bearers:
                if not bearer.needs & _ASKED:
                    entry.always.append(bearer)
                elif bearer.needs & _ASKED == Needs.CONTEXT and not can_be_called(self._schema_of(bearer)):
                    entry.possible.append(bearer)
                else:
                    entry.asked.append(bearer)
        return entry

    def _schema_of(self, bearer: _Bearer) -> str:
        return self._schemata[self._schema[bearer.party]]

    def _text(self, column: str, number: int) -> str:
        data, ends = self._texts[column]
        return bytes(data[ends[number] : ends[number + 1]]).decode()


_WEAK = KINDS.index("weak")


def _may_follow(place: Place, raw: Raw, bearer: _Bearer) -> bool:
    """Whether a name that tells little counts where its bearer is named in another way."""
    return not bearer.needs & Needs.MARKED or place.is_marked(raw.start, raw.end)


def _closes(text: str, raw: Raw) -> int:
    """1 where a bracket that the name opened is closed right behind it."""
    inside = text[raw.start : raw.end]
    return int(text[raw.end : raw.end + 1] == ")" and inside.count("(") > inside.count(")"))


def _longest(found: list[tuple[Raw, list[_Bearer]]]) -> list[tuple[Raw, list[_Bearer]]]:
    """Of names that overlap the one that begins first, of those the longest.

    What is left out says who else is meant: those who bear a person's name without its title (the end of the longer
    one) or a company's without its legal form (its beginning), where one of them bears both.
    """
    kept: list[tuple[Raw, list[_Bearer]]] = []
    for raw, bearers in sorted(found, key=lambda f: (f[0].start, -f[0].end, f[0].entry)):
        if not kept or raw.start >= kept[-1][0].end:
            kept.append((raw, bearers))
            continue
        longer, its = kept[-1]
        same = longer[:2] == raw[:2]  # read in two ways
        inside = raw.end == longer.end if its[0].needs & Needs.NO_COMMA else raw.start == longer.start
        if same or (inside and any(b.score >= _BARE and b.party in {i.party for i in its} for b in bearers)):
            kept[-1] = (longer, list(dict.fromkeys([*its, *bearers])))
    return kept


_BARE = 90
"""Score from which a shorter name is the longer one without a title or a legal form."""
