"""Reading the curated facts about regimes: strictly, so that a slip in a file is a message and not a wrong answer.

Every scalar stays the text that stands in the file. YAML's own guesses would turn dates into objects and
Norway (``no``) into a boolean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from finemesh.model.authority import AUTHORITIES
from finemesh.model.dataset import authority_of
from finemesh.model.dates import first_day, is_date
from finemesh.model.errors import DataError
from finemesh.model.regime import Checked, Measure, Programme, Regime, Standing, Target, TargetKind

_COUNTRY = re.compile(r"^[a-z]{2}$")
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)+$")
_REGIME_KEYS = {"id", "country", "title", "measures", "since", "until", "legal_basis", "source_url"}
_REGIME_EXTRAS = {"scope", "standing", "checked", "note", "read"}
_REGIME_REQUIRED = _REGIME_KEYS - {"until"}
_PROGRAMME_KEYS = {"title", "countries", "regimes", "also", "parts", "note"}
_HINT = "docs/regimes.md says what an entry must look like"

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """The programmes of one dataset as its file gives them.

    Attributes:
        dataset: Dataset that the file speaks of.
        extends: Dataset whose programmes hold here too, or an empty string.
        contains: Whether a key may stand inside a longer text (a title with its annex).
        programmes: Folded key or spelling -> programme.
    """

    dataset: str
    extends: str
    contains: bool
    programmes: Mapping[str, Programme]


@dataclass(frozen=True, slots=True)
class TargetFile:
    """What texts call the targets: epithets to pass over, nouns by kind, names and adjectives by country."""

    epithets: frozenset[str]
    nouns: Mapping[str, TargetKind]
    names: Mapping[str, Target]
    adjectives: Mapping[str, Target]


def data_text(folder: str, name: str) -> str | None:
    """The text of a file of the package's data, or None where there is no such file."""
    path = files("finemesh").joinpath("data", folder, name)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def data_names(folder: str) -> list[str]:
    """The names of the YAML files of a data folder, in order."""
    entries = files("finemesh").joinpath("data", folder).iterdir()
    return sorted(entry.name for entry in entries if entry.name.endswith(".yml"))


def fold(text: str) -> str:
    """A programme or name for comparing: case, accents, dashes, quotes, brackets and spaces even."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("–", "-").replace("—", "-"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.casefold().split()).strip("[] ")


def read_regimes(name: str, text: str) -> tuple[Regime, ...]:
    """The entries of one file of ``data/regimes``.

    Args:
        name: File name, ``<authority in lower case>.yml``.
        text: Its content.

    Raises:
        DataError: The file or one of its entries is not as it must be; it names both.
    """
    top = _mapping(_load(name, text), name)
    _keys(top, {"authority", "regimes"}, {"authority", "regimes"}, name)
    authority = _text(top, "authority", name)
    if authority not in AUTHORITIES or name != f"{authority.lower()}.yml":
        raise _error(f"the authority {authority!r} is unknown or does not fit the file's name", name)
    entries = top["regimes"]
    if not isinstance(entries, list):
        raise _error("'regimes' must be a list", name)
    regimes = tuple(_regime(authority, _mapping(entry, name), name) for entry in entries)
    _unique((r.id for r in regimes), name)
    return regimes


def _regime(authority: str, entry: dict[str, Any], name: str) -> Regime:
    where = f"{name}: {entry.get('id', entry)}"
    _keys(entry, _REGIME_KEYS | _REGIME_EXTRAS, _REGIME_REQUIRED, where)
    country, since, until = (_text(entry, key, where) for key in ("country", "since", "until"))
    prefix = f"{authority.lower()}-{country}"
    if not _COUNTRY.match(country):
        raise _error(f"not an ISO country code in lower case: {country!r}", where)
    id_ = _text(entry, "id", where)
    if not _ID.match(id_) or not f"{id_}-".startswith(f"{prefix}-"):
        raise _error(f"the id must be words joined by hyphens and begin with {prefix!r}", where)
    if not is_date(since) or (until and not is_date(until)):
        raise _error(f"not a partial ISO date: {since!r}, {until!r}", where)
    if until and first_day(until) <= first_day(since):
        raise _error(f"'until' {until} is not after 'since' {since}", where)
    measures = tuple(_member(Measure, word, where) for word in _list(entry, "measures", where))
    if not measures or len(set(measures)) != len(measures):
        raise _error("measures are missing or stand there twice", where)
    return Regime(
        id=id_,
        authority=authority,
        country=country,
        title=_text(entry, "title", where),
        measures=measures,
        since=since,
        until=until,
        legal_basis=_text(entry, "legal_basis", where),
        source_url=_url(_text(entry, "source_url", where), ("https://",), where),
        scope=_text(entry, "scope", where),
        standing=_member(Standing, _text(entry, "standing", where) or "law", where),
        checked=_member(Checked, _text(entry, "checked", where) or "recalled", where),
        note=_text(entry, "note", where),
        read=tuple(_url(url, ("https://", "http://"), where) for url in _list(entry, "read", where)),
    )


def read_programmes(name: str, text: str, regime: Callable[[str], Regime | None]) -> ProgrammeFile:
    """The programmes of one file of ``data/programmes``.

    Args:
        name: File name, ``<dataset>.yml``.
        text: Its content.
        regime: Finds a regime by its id.

    Raises:
        DataError: The file or one of its entries is not as it must be; it names both.
    """
    top = _mapping(_load(name, text), name)
    _keys(top, {"dataset", "extends", "match", "programmes"}, {"dataset"}, name)
    dataset = _text(top, "dataset", name)
    if name != f"{dataset}.yml" or not authority_of(dataset):
        raise _error(f"the dataset {dataset!r} is unknown, or does not fit the file's name", name)
    match = _text(top, "match", name) or "exact"
    if match not in ("exact", "contains"):
        raise _error(f"'match' is 'exact' or 'contains', not {match!r}", name)
    table: dict[str, Programme] = {}
    for key, value in _mapping(top.get("programmes", {}), name).items():
        where = f"{name}: {key}"
        entry = _mapping(value, where)
        _keys(entry, _PROGRAMME_KEYS, {"title"}, where)
        programme = _programme(dataset, key, entry, where, regime)
        for spelling in (key, *_list(entry, "also", where)):
            if table.setdefault(fold(spelling), programme) is not programme:
                raise _error(f"{spelling!r} stands for two programmes", where)
    return ProgrammeFile(dataset, _text(top, "extends", name), match == "contains", MappingProxyType(table))


def _programme(
    dataset: str, key: str, entry: dict[str, Any], where: str, regime: Callable[[str], Regime | None]
) -> Programme:
    countries = tuple(_list(entry, "countries", where))
    for country in countries:
        if not _COUNTRY.match(country):
            raise _error(f"not an ISO country code in lower case: {country!r}", where)
    ids = tuple(_list(entry, "regimes", where))
    for id_ in ids:
        found = regime(id_)
        if found is None:
            raise _error(f"there is no regime {id_!r}", where)
        if found.authority != authority_of(dataset) or found.country not in countries:
            raise _error(f"the regime {id_!r} is of another authority or another country", where)
    parts = {k: str(v) for k, v in _mapping(entry.get("parts", {}), where).items()}
    return Programme(
        dataset, key, _text(entry, "title", where), countries, ids, MappingProxyType(parts), _text(entry, "note", where)
    )


def read_targets(name: str, text: str) -> TargetFile:
    """The names of the targets of regimes.

    Raises:
        DataError: The file is not as it must be, or a name stands for two countries.
    """
    top = _mapping(_load(name, text), name)
    _keys(top, {"epithets", "nouns", "targets"}, {"epithets", "nouns", "targets"}, name)
    nouns_of = _mapping(top["nouns"], name)
    nouns = {fold(n): _member(TargetKind, kind, name) for kind in nouns_of for n in _list(nouns_of, kind, name)}
    names: dict[str, Target] = {}
    adjectives: dict[str, Target] = {}
    for country, value in _mapping(top["targets"], name).items():
        where = f"{name}: {country}"
        entry = _mapping(value, where)
        _keys(entry, {*(kind.value for kind in TargetKind), "adjectives"}, {"state"}, where)
        if not _COUNTRY.match(country):
            raise _error("not an ISO country code in lower case", where)
        title = _list(entry, "state", where)[0]
        for kind in TargetKind:
            for word in _list(entry, kind.value, where):
                if names.setdefault(fold(word), Target(country, kind, title)).country != country:
                    raise _error(f"{word!r} stands for two countries", where)
        for word in _list(entry, "adjectives", where):
            if adjectives.setdefault(fold(word), Target(country, TargetKind.STATE, title)).country != country:
                raise _error(f"{word!r} stands for two countries", where)
    epithets = frozenset(fold(word) for word in _list(top, "epithets", name))
    return TargetFile(epithets, MappingProxyType(nouns), MappingProxyType(names), MappingProxyType(adjectives))


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Everything is text, and a key that stands twice in a mapping is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if len(set(map(str, keys))) != len(keys):
            raise yaml.constructor.ConstructorError(None, None, f"a key stands twice among {keys}", node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _load(name: str, text: str) -> object:
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise DataError("the file is not YAML as expected", where=name, hint=" ".join(str(error).split())) from error


def _error(message: str, where: str) -> DataError:
    return DataError(message, where=where, hint=_HINT)


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _error("a mapping is expected", where)
    return value


def _keys(entry: Mapping[str, Any], known: set[str], required: set[str], where: str) -> None:
    if unknown := sorted(set(entry) - known):
        raise _error(f"unknown key: {', '.join(unknown)}", where)
    if missing := sorted(key for key in required if not entry.get(key)):
        raise _error(f"missing or empty: {', '.join(missing)}", where)


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str) or value != value.strip():
        raise _error(f"{key!r} must be one line of text", where)
    return value


def _list(entry: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise _error(f"{key!r} must be a list of texts", where)
    return value


def _member(kind: type[_E], value: str, where: str) -> _E:
    try:
        return kind(value)
    except ValueError:
        raise _error(f"{value!r} is none of: {', '.join(kind)}", where) from None


def _url(value: str, schemes: tuple[str, ...], where: str) -> str:
    if not value.startswith(schemes) or " " in value:
        raise _error(f"not a URL: {value!r}", where)
    return value


def _unique(ids: Iterable[str], name: str) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise _error(f"the id {id_!r} stands there twice", name)
        seen.add(id_)
