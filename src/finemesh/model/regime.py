"""Regimes: an authority's measures against a country, and the programmes of lists that rest on them.

A designation names somebody. A regime names a country: an arms embargo, export restrictions, a travel ban
on a government whose names are not published, or only the legal framework under which somebody can be
named. The facts are curated (``finemesh/data/regimes``); these are the values that they are read into.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from finemesh.model.dates import by


def _tight(text: str) -> str:
    return "".join(text.casefold().split())


class Measure(StrEnum):
    """The vocabulary of measures against a country. The value is the text that people read."""

    FRAMEWORK = "sanctions framework"
    ARMS = "arms embargo"
    EXPORT = "export restrictions"
    DUAL_USE = "dual-use controls"
    END_USE = "end-use controls"
    IMPORT = "import restrictions"
    FINANCIAL = "financial measures"
    INVESTMENT = "investment ban"
    SERVICES = "services ban"
    TRAVEL = "travel restrictions"
    TRANSPORT = "transport restrictions"
    MILITARY = "military cooperation ban"
    DIPLOMATIC = "diplomatic measures"


DEFINITIONS: dict[Measure, str] = {
    Measure.FRAMEWORK: "the legal ground for listing persons, whose assets are frozen and who are mostly "
    "barred from entry; the names stand in the authority's list",
    Measure.ARMS: "no supply of arms, ammunition, military goods and what belongs to them (in some regimes no "
    "purchase either)",
    Measure.EXPORT: "ban or licence for goods and technology other than arms and dual-use goods: equipment for "
    "repression or interception, oil technology, aviation fuel, luxury goods, industrial goods",
    Measure.DUAL_USE: "ban or licence for goods of the dual-use control lists to anybody in the country",
    Measure.END_USE: "ban or licence for exports to the country's military, police or intelligence, whatever the goods",
    Measure.IMPORT: "ban, licence or punitive tariff on goods that come from the country",
    Measure.FINANCIAL: "limits on loans, securities, banking, insurance, payments or the central bank beyond the "
    "freezing of listed persons' assets",
    Measure.INVESTMENT: "no new investment in the country or in a sector of it",
    Measure.SERVICES: "no professional, technical or other services beyond those that go with banned goods",
    Measure.TRAVEL: "entry is refused to a class of persons without published names",
    Measure.TRANSPORT: "airspace, airports, ports or road haulage closed, or limits on aircraft and ships",
    Measure.MILITARY: "no military training of or cooperation with the country's forces",
    Measure.DIPLOMATIC: "official contacts or aid suspended",
}
"""What each measure means, in one place. ``docs/regimes.md`` prints this table."""


class Standing(StrEnum):
    """Whether an instrument binds, or a government has only said what it will do."""

    LAW = "law"
    POLICY = "policy"


class Checked(StrEnum):
    """How far the facts of an entry were compared with a source.

    ``text``: the instrument itself or the authority's own page was read, at least the part that gives its number,
    day and subject. ``report``: a law firm's, a research
    institute's or a news agency's account that names the instrument was read. ``reference``: the act's number
    agrees with a reference collection, its date is the editor's knowledge. ``recalled``: the editor's
    knowledge, not yet compared with anything.
    """

    TEXT = "text"
    REPORT = "report"
    REFERENCE = "reference"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Regime:
    """Measures of one authority against one country under one set of instruments.

    Attributes:
        id: Stable id, ``authority-country-word`` in lower case (``eu-mm-arms``).
        authority: Code of the authority (``EU``).
        country: ISO 3166-1 code of the target, in lower case.
        title: What it is, in a few words.
        measures: Of the vocabulary, the weightiest first.
        since: First day on which the measures applied (partial ISO date).
        until: First day on which they no longer applied; empty while they are in force.
        legal_basis: Act, regulation or order, with its number.
        source_url: Official publication.
        scope: The part that the measures are against (occupied territories, a company); empty for the country.
        standing: Law or announced policy.
        checked: How far the facts were compared with a source.
        note: What a reader must know to use it rightly, in a sentence or two.
        read: Where the facts were read, if that is not ``source_url``.
    """

    id: str
    authority: str
    country: str
    title: str
    measures: tuple[Measure, ...]
    since: str
    until: str
    legal_basis: str
    source_url: str
    scope: str = ""
    standing: Standing = Standing.LAW
    checked: Checked = Checked.RECALLED
    note: str = ""
    read: tuple[str, ...] = ()

    @property
    def country_wide(self) -> bool:
        """Whether anything applies to the country itself, and not only to those who are listed or to a part."""
        return not self.scope and any(measure is not Measure.FRAMEWORK for measure in self.measures)

    def in_force(self, on: date) -> bool | None:
        """Whether it applied on a day; None where a partial date does not allow to say."""
        started = by(self.since, on)
        ended = by(self.until, on) if self.until else False
        if started is False or ended is True:
            return False
        return None if started is None or ended is None else True

    def as_json(self) -> dict[str, Any]:
        """The entry as plain values, for pages and the API."""
        return {
            "id": self.id,
            "authority": self.authority,
            "country": self.country,
            "title": self.title,
            "measures": [measure.value for measure in self.measures],
            "since": self.since,
            "until": self.until or None,
            "legal_basis": self.legal_basis,
            "source_url": self.source_url,
            "scope": self.scope or None,
            "standing": self.standing.value,
            "checked": self.checked.value,
            "note": self.note or None,
            "read": list(self.read),
        }


@dataclass(frozen=True, slots=True)
class Programme:
    """What a list calls a programme, and which countries and regimes stand behind it.

    Attributes:
        dataset: Dataset whose file defines it; lists of another publisher's dataset may use the same words.
        key: The word as the list writes it.
        title: The same in words.
        countries: ISO 3166-1 codes of the targets, the main one first; empty for thematic programmes.
        regimes: Ids of the regimes that it rests on.
        parts: Schedules or parts that the list tells apart, with their meaning.
        note: What a reader must know.
    """

    dataset: str
    key: str
    title: str
    countries: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""

    @property
    def thematic(self) -> bool:
        """Whether it targets conduct (terrorism, human rights, cyber) and no country."""
        return not self.countries

    def part(self, text: str) -> str | None:
        """The meaning of a schedule or part ("1,Part 3" is "1, Part 3"), or None where it is not known."""
        return {_tight(key): meaning for key, meaning in self.parts.items()}.get(_tight(text))


class TargetKind(StrEnum):
    """What a name in a text stands for: the state, those who rule it, or its armed forces."""

    STATE = "state"
    GOVERNMENT = "government"
    ARMED_FORCES = "armed forces"


@dataclass(frozen=True, slots=True)
class Target:
    """What a name means as the target of a regime.

    Attributes:
        country: ISO 3166-1 code, in lower case.
        kind: State, government or armed forces. Only the first is the country itself: the other two may
            stand in a list under their own names, which is to be looked up first.
        name: The country's usual English name.
    """

    country: str
    kind: TargetKind
    name: str
