"""The words of the pages: labels of properties, kinds, states, stances and countries."""

from __future__ import annotations

import re
from functools import lru_cache

from finemesh.model.claim import Stance
from finemesh.model.designation import State

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

PROPERTIES = {
    "name": "Name",
    "alias": "Also known as",
    "weakAlias": "Weak alias",
    "previousName": "Previous name",
    "abbreviation": "Abbreviation",
    "birthDate": "Date of birth",
    "birthPlace": "Place of birth",
    "birthCountry": "Country of birth",
    "deathDate": "Date of death",
    "idNumber": "Identity number",
    "passportNumber": "Passport",
    "taxNumber": "Tax number",
    "registrationNumber": "Registration number",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "imoNumber": "IMO number",
    "mmsi": "MMSI",
    "unscId": "UN reference",
    "mainCountry": "Main country",
    "incorporationDate": "Founded",
    "dissolutionDate": "Dissolved",
    "legalForm": "Legal form",
    "authorityId": "Reference of the list",
    "programId": "Programme",
    "program": "Programme",
    "startDate": "Designated",
    "listingDate": "Published",
    "endDate": "Delisted",
    "provisions": "Measures",
    "sourceUrl": "Source address",
    "publicKey": "Wallet",
    "holder": "Holder",
    "entity": "Target",
    "subject": "From",
    "object": "To",
    "fatherName": "Father's name",
    "motherName": "Mother's name",
}

SCHEMATA = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "company",
    "LegalEntity": "legal entity",
    "PublicBody": "public body",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": "wallet",
    "Thing": "party",
    "Asset": "asset",
    "UnknownLink": "link",
    "Sanction": "designation",
}

STATE_CLASS = {
    State.LISTED: "listed",
    State.LISTED_UNDATED: "listed",
    State.DELISTED: "delisted",
    State.NOT_LISTED: "absent",
    State.NO_LIST: "nolist",
    State.REGIME_ONLY: "regime",
    State.OWNED: "owned",
    State.INDETERMINATE: "unclear",
}
"""CSS class of a state; the state is always told in words or by its glyph as well."""

VERDICTS = {"confirmed": "✓", "contradicted": "≠", "unconfirmed": "?", "not checkable": "–"}
"""Glyph of a verdict, shown with its word."""

EDGES = {
    "UnknownLink": "linked to",
    "Ownership": "owner of",
    "Directorship": "director of",
    "Family": "family of",
    "Associate": "associate of",
    "Employment": "works for",
    "Membership": "member of",
    "Occupancy": "holds",
    "Representation": "acts for",
    "Succession": "succeeded by",
}
"""Words of a list's relation where it gives none of its own."""

CLAIM_HEADINGS = {
    "designation": "Sanctions that documents speak of",
    "role": "Roles",
    "supply": "Supplies",
    "ownership": "Ownership",
    "family": "Family",
    "meeting": "Meetings",
    "payment": "Payments",
    "partnership": "Partnerships",
}

_COUNTRY_PROPS = frozenset(
    {"country", "nationality", "citizenship", "jurisdiction", "mainCountry", "birthCountry", "flag"}
)


def property_label(prop: str) -> str:
    """A property in words: ``birthDate`` is "Date of birth"."""
    return PROPERTIES.get(prop) or _CAMEL.sub(" ", prop).capitalize()


def schema_label(schema: str) -> str:
    """A schema in words, in lower case."""
    return SCHEMATA.get(schema) or _CAMEL.sub(" ", schema).lower()


def counted(schema: str, count: int) -> str:
    """``1 person``, ``2 people``, ``3 aircraft``."""
    word = schema_label(schema)
    many = {"person": "people", "aircraft": "aircraft"}.get(word)
    many = many or (word[:-1] + "ies" if word.endswith("y") else word + "s")
    return plural(count, word, many)


def stance_label(stance: Stance) -> str:
    """A stance in words; what is simply asserted needs none."""
    return "" if stance is Stance.ASSERTED else stance.value.replace("_", " ")


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """A country's English name, or its code in capitals where nobody knows it."""
    from rigour.territories import get_territory

    territory = get_territory(code)
    return str(territory.name) if territory else code.upper()


def value_label(prop: str, value: str) -> str:
    """A value as people read it; countries by name, all else as it stands."""
    return country_name(value) if prop in _COUNTRY_PROPS and len(value) <= 6 else value


def plural(count: int, word: str, many: str = "") -> str:
    """``1 claim``, ``2 claims``, with thousands divided."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def short(text: str, limit: int) -> str:
    """A text of a bounded length, cut at a space where there is one near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit * 0.5 else cut).rstrip(" ,;:.") + "…"


def title_of(info: object) -> str:
    """A document's title without its publisher's name behind a bar, or its id where it has none."""
    title = str(getattr(info, "title", "") or "")
    publisher = str(getattr(info, "publisher", "") or "")
    if publisher and title.endswith(publisher):
        title = title.removesuffix(publisher).rstrip(" |–-—·:") or title
    return title or str(getattr(info, "doc", ""))


def host_of(url: str) -> str:
    """The host of a web address, to be shown as its text."""
    return re.sub(r"^https?://(www\.)?", "", url).split("/", 1)[0]
