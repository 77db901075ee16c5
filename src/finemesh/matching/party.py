"""Who is matched: a party with its names and facts, as plain values read from FollowTheMoney JSON.

Neither :mod:`followthemoney` nor any storage is needed for it, so that a search can begin at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from finemesh.model.dataset import authority_of

NameKind = Literal["name", "alias", "weak", "previous"]

NAME_PROPERTIES: dict[str, NameKind] = {
    "name": "name",
    "alias": "alias",
    "weakAlias": "weak",
    "previousName": "previous",
    "abbreviation": "weak",
}
"""Which properties hold names, and of what kind each is, in the order in which they are read."""

COUNTRY_PROPERTIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry", "birthCountry", "flag")
BIRTH_PROPERTIES = ("birthDate", "incorporationDate", "buildDate")

IDENTIFIER_PROPERTIES = (
    "imoNumber",
    "mmsi",
    "callSign",
    "serialNumber",
    "registrationNumber",
    "idNumber",
    "passportNumber",
    "taxNumber",
    "vatCode",
    "innCode",
    "ogrnCode",
    "okpoCode",
    "leiCode",
    "swiftBic",
    "uscCode",
    "npiCode",
    "permId",
    "giiNumber",
    "dunsCode",
    "wikidataId",
    "uniqueEntityId",
    "cageCode",
    "socialSecurityNumber",
    "unscId",
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a party.

    Attributes:
        text: As it is written in the source.
        kind: ``weak`` marks what a list itself calls a weak alias (nicknames, code names, abbreviations).
    """

    text: str
    kind: NameKind = "name"


@dataclass(frozen=True, slots=True)
class Party:
    """A person, organisation, vessel or aircraft with what can be compared.

    Attributes:
        id: The entity's id.
        schema: FollowTheMoney schema, e.g. ``Person``, ``Company``, ``Vessel``.
        caption: The name to show.
        names: Every name, the first one first.
        countries: ISO 3166 codes in lower case, of any relation (nationality, place of registration, flag).
        birth_dates: Partial ISO dates of birth (people) or of foundation (organisations).
        genders: ``male``, ``female``, ``other``.
        identifiers: Pairs of property and value, e.g. ``("imoNumber", "IMO9187629")``.
        addresses: Addresses as written.
        birth_places: Places of birth as written.
        datasets: Datasets that know it.
        authorities: Codes of the authorities that list it (``US``, ``EU``, ...).
    """

    id: str
    schema: str
    caption: str
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()


def party_from_ftm(obj: Mapping[str, Any]) -> Party:
    """Read a FollowTheMoney entity in its JSON form (``id``, ``schema``, ``properties``, ``datasets``, ``caption``).

    Values that are not texts are left out; missing keys give empty fields. The first and last name of a
    person without a full name are put together.
    """
    found = obj.get("properties")
    properties: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    names: dict[str, Name] = {}
    for prop, kind in NAME_PROPERTIES.items():
        if prop in properties:
            for text in _texts(properties, prop):
                names.setdefault(text, Name(text, kind))
    if not names:
        parts = [text for prop in ("firstName", "secondName", "lastName") for text in _texts(properties, prop)[:1]]
        if parts:
            names[" ".join(parts)] = Name(" ".join(parts))
    caption = obj.get("caption")
    datasets = tuple(map(str, obj.get("datasets") or ()))
    return Party(
        id=str(obj.get("id") or ""),
        schema=str(obj.get("schema") or ""),
        caption=str(caption) if caption else next(iter(names), str(obj.get("id") or "")),
        names=tuple(names.values()),
        countries=tuple(dict.fromkeys([c.lower() for c in _of_any(properties, COUNTRY_PROPERTIES)])),
        birth_dates=tuple(dict.fromkeys(_of_any(properties, BIRTH_PROPERTIES))),
        genders=tuple(dict.fromkeys(_texts(properties, "gender"))),
        identifiers=tuple([(p, v) for p in IDENTIFIER_PROPERTIES if p in properties for v in _texts(properties, p)]),
        addresses=tuple(dict.fromkeys(_texts(properties, "address"))),
        birth_places=tuple(dict.fromkeys(_texts(properties, "birthPlace"))),
        datasets=datasets,
        authorities=_authorities(datasets),
    )


def _of_any(properties: Mapping[str, Any], wanted: Iterable[str]) -> list[str]:
    return [text for prop in wanted if prop in properties for text in _texts(properties, prop)]


@lru_cache(maxsize=4096)
def _authorities(datasets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([a for a in map(authority_of, datasets) if a]))


def _texts(properties: Mapping[str, Any], prop: str) -> list[str]:
    values = properties.get(prop) or ()
    if isinstance(values, str):
        values = (values,)
    return [v for v in values if isinstance(v, str) and v.strip()]
