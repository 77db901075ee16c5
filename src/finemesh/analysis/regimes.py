"""Which measures stand against a country, what a list's programme means, and whom a text means by "the junta".

The facts are files of the package (``data/regimes``, ``data/programmes``), read once, when they are first asked
for. ``docs/regimes.md`` says how they are sourced and how to correct one.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from finemesh.analysis.regime_data import (
    ProgrammeFile,
    TargetFile,
    data_names,
    data_text,
    fold,
    read_programmes,
    read_regimes,
    read_targets,
)
from finemesh.model.dataset import DATASETS
from finemesh.model.dates import first_day
from finemesh.model.designation import Cell, State
from finemesh.model.errors import DataError
from finemesh.model.regime import Measure, Programme, Regime, Target

_TARGETS = "targets.yml"

_ALL = frozenset(Measure)
_EXPORTS = frozenset({Measure.EXPORT, Measure.DUAL_USE, Measure.END_USE, Measure.ARMS})
_PHRASES: tuple[tuple[re.Pattern[str], frozenset[Measure]], ...] = tuple(
    (re.compile(pattern), frozenset(measures))
    for pattern, measures in (
        (r"\b(sanction|restrictive measure)|(?<!arms )(?<!weapons )\bembargo(es)?$", _ALL),
        (r"\b(arms|weapons?|military) (embargo|ban|export|sales?)|\b(embargo|ban) on (\w+ )?arms", {Measure.ARMS}),
        (r"^(?!.*\bfuel\b).*\bexport", _EXPORTS),
        (r"\b(jet|aviation) fuel\b", {Measure.EXPORT}),
        (r"\bdual[- ]use\b", {Measure.DUAL_USE}),
        (r"\bend[- ]use", {Measure.END_USE}),
        (r"\b(import|tariff)", {Measure.IMPORT}),
        (r"\b(financial|banking|insurance|capital market|swift|debt)\b", {Measure.FINANCIAL}),
        (r"\bfinancial services\b", {Measure.FINANCIAL, Measure.SERVICES}),
        (r"\binvestment", {Measure.INVESTMENT}),
        (r"\b(travel|visa|entry) (ban|restriction)", {Measure.TRAVEL, Measure.FRAMEWORK}),
        (r"\b(asset|blacklist|listing|designat)", {Measure.FRAMEWORK}),
        (r"\b(airspace|overflight|aircraft|flights?|ports?|shipping|vessels?)\b", {Measure.TRANSPORT}),
        (r"\b(military|defence|defense) (cooperation|training|exchanges?|ties)\b", {Measure.MILITARY}),
        (r"\b(high[- ]level contacts?|diplomatic|aid suspension|suspension of aid)\b", {Measure.DIPLOMATIC}),
        (r"\btrade (ban|embargo|restriction)", _EXPORTS | {Measure.IMPORT}),
    )
)


@cache
def _of(authority: str) -> tuple[Regime, ...]:
    name = f"{authority.lower()}.yml"
    text = data_text("regimes", name) if authority.upper() in _authorities() else None
    return read_regimes(name, text) if text is not None else ()


@cache
def _authorities() -> tuple[str, ...]:
    return tuple(name.removesuffix(".yml").upper() for name in data_names("regimes") if name != _TARGETS)


@cache
def _programmes(dataset: str) -> ProgrammeFile | None:
    name = f"{dataset}.yml"
    text = data_text("programmes", name) if name in data_names("programmes") else None
    return read_programmes(name, text, regime) if text is not None else None


@cache
def _targets() -> TargetFile:
    text = data_text("regimes", _TARGETS)
    if text is None:
        raise DataError("the names of the targets are not in the package", where=_TARGETS, hint="install finemesh anew")
    return read_targets(_TARGETS, text)


def regimes(
    authority: str | None = None, country: str | None = None, on: date | None = None, *, policies: bool = False
) -> list[Regime]:
    """The measures of an authority against a country.

    Args:
        authority: Authority code (``EU``); None for all.
        country: ISO country code; None for all.
        on: Only what was certainly in force on this day; None for everything ever curated. What a partial
            date leaves open is left out: ask :meth:`Regime.in_force` to tell it apart.
        policies: With what a government announced without an instrument (``standing: policy``) too.

    Returns:
        In order of authority, country, start.

    Raises:
        DataError: A file of the package is damaged.
    """
    codes = _authorities() if authority is None else (authority.upper(),)
    wanted = country.casefold() if country is not None else None
    found = [
        r
        for code in codes
        for r in _of(code)
        if (wanted is None or r.country == wanted)
        and (policies or r.standing == "law")
        and (on is None or r.in_force(on) is True)
    ]
    return sorted(found, key=lambda r: (r.authority, r.country, r.since, r.id))


def regime_cell(authority: str, country: str, on: date) -> Cell | None:
    """The coverage cell of a country, its government or its forces, where no list names them.

    Returns:
        A cell in the state ``regime only`` whose basis tells each measure with its start, its instrument and
        the official publication, the oldest first; None where nothing applied to the country as a whole.
        A mere framework for listing persons is no measure against the country.
    """
    standing = sorted(
        (r for r in regimes(authority, country, on) if r.country_wide), key=lambda r: (first_day(r.since), r.id)
    )
    if not standing:
        return None
    oldest = standing[0]
    return Cell(
        State.REGIME_ONLY,
        basis="; ".join(_told(r) for r in standing),
        programme=oldest.title,
        reference=oldest.legal_basis,
        measures=tuple(dict.fromkeys(m.value for r in standing for m in r.measures)),
    )


def _told(found: Regime) -> str:
    return f"{', '.join(found.measures)} since {found.since} ({found.legal_basis}, {found.source_url})"


def regime(id_: str) -> Regime | None:
    """The regime of an id, or None."""
    return next((r for r in _of(id_.partition("-")[0]) if r.id == id_), None)


def programme(dataset: str, text: str) -> Programme | None:
    """What a list's programme means.

    Args:
        dataset: Dataset of the list (``us_ofac_sdn``).
        text: The programme as the list writes it; case, accents, dashes and spaces do not matter.

    Returns:
        The programme, or None where it is not known (a list may always bring a new one).
    """
    folded = fold(text)
    source: ProgrammeFile | None = _programmes(dataset)
    while source is not None and folded:
        if folded in source.programmes:
            return source.programmes[folded]
        if source.contains:
            inside = [key for key in source.programmes if _stands_in(key, folded)]
            if inside:
                return source.programmes[max(inside, key=lambda key: (len(key), key))]
        source = _programmes(source.extends) if source.extends else None
    return None


def programme_of_authority(authority: str, text: str) -> Programme | None:
    """What a programme means where only the authority is known: a third party's table repeats the official words."""
    found = (programme(d.name, text) for d in DATASETS.values() if d.authority == authority)
    return next((p for p in found if p is not None), None)


def _stands_in(key: str, text: str) -> bool:
    """Whether a key stands in a text as a word; scripts without spaces have no words to keep whole."""
    edges = r"(?<![a-z0-9]){}(?![a-z0-9])" if key.isascii() else "{}"
    return re.search(edges.format(re.escape(key)), text) is not None


def target(name: str) -> Target | None:
    """Whom a text means: "the illegal Myanmar junta" is the government of ``mm``.

    Only names of states, governments and armed forces are understood. "Russian companies" or "the junta"
    alone are nobody's.
    """
    data = _targets()
    words = [w.removesuffix("'s") if w.endswith("'s") else w.rstrip("'") for w in fold(name).strip(".,;:").split()]
    while words and (words[0] in ("the", "a", "an", "and") or words[0].rstrip(",") in data.epithets):
        words.pop(0)
    for phrase in (fold(name).removeprefix("the "), " ".join(words)):
        if phrase in data.names:
            return data.names[phrase]
    for cut in range(1, len(words)):
        left, right = " ".join(words[:cut]), [w for w in words[cut:] if w not in data.epithets]
        if left in data.adjectives and (kind := data.nouns.get(" ".join(right))):
            known = data.adjectives[left]
            return Target(known.country, kind, known.name)
        if right[:1] in (["of"], ["in"]) and (kind := data.nouns.get(left)):
            state = target(" ".join(right[1:]))
            if state is not None and state.kind == "state":
                return Target(state.country, kind, state.name)
    return None


def target_country(name: str) -> str | None:
    """The country meant by the name of a regime's target ("the Myanmar junta" is ``mm``), or None."""
    found = target(name)
    return found.country if found else None


def measures_meant(text: str) -> frozenset[Measure]:
    """The measures that a text's word for a measure can mean; empty where it says nothing known.

    "Sanctions" without more can mean any of them; "export restrictions" are every control of exports, an
    arms embargo included.
    """
    folded = fold(text)
    return frozenset(measure for pattern, meant in _PHRASES if pattern.search(folded) for measure in meant)
