"""Who designates: the authorities that the coverage matrix knows, and the datasets that speak for them."""

from __future__ import annotations

from dataclasses import dataclass

from finemesh.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Authority:
    """A state or body that designates.

    Attributes:
        code: The code that is written everywhere (``UK``, not ``GB``).
        name: The name in words.
        adjective: As in "Canadian sanctions".
        countries: ISO 3166 codes that FollowTheMoney data use for it.
        aliases: Other words for it in English texts, in lower case.
    """

    code: str
    name: str
    adjective: str
    countries: tuple[str, ...]
    aliases: tuple[str, ...]


AUTHORITIES: dict[str, Authority] = {
    a.code: a
    for a in (
        Authority(
            "UN",
            "United Nations",
            "UN",
            ("un", "zz"),
            ("un", "u.n.", "united nations", "un security council", "security council", "unsc"),
        ),
        Authority(
            "US",
            "United States",
            "US",
            ("us",),
            (
                "us",
                "u.s.",
                "usa",
                "u.s.a.",
                "united states",
                "united states of america",
                "america",
                "american",
                "ofac",
                "us treasury",
                "us department of the treasury",
                "us treasury department",
                "us government",
                "washington",
            ),
        ),
        Authority(
            "UK",
            "United Kingdom",
            "UK",
            ("gb", "uk"),
            (
                "uk",
                "u.k.",
                "united kingdom",
                "britain",
                "great britain",
                "british",
                "gb",
                "ofsi",
                "fcdo",
                "uk government",
            ),
        ),
        Authority(
            "EU",
            "European Union",
            "EU",
            ("eu",),
            ("eu", "e.u.", "european union", "council of the european union", "european"),
        ),
        Authority("CA", "Canada", "Canadian", ("ca",), ("canada", "canadian", "ca", "canadian government")),
        Authority(
            "AU",
            "Australia",
            "Australian",
            ("au",),
            ("australia", "australian", "au", "dfat", "australian government"),
        ),
        Authority("CH", "Switzerland", "Swiss", ("ch",), ("switzerland", "swiss", "ch", "seco")),
        Authority("NZ", "New Zealand", "New Zealand", ("nz",), ("new zealand", "nz", "aotearoa")),
        Authority("JP", "Japan", "Japanese", ("jp",), ("japan", "japanese", "jp")),
        Authority(
            "KR",
            "Republic of Korea",
            "South Korean",
            ("kr",),
            ("republic of korea", "south korea", "korea", "south korean", "kr"),
        ),
        Authority("SG", "Singapore", "Singaporean", ("sg",), ("singapore", "singaporean", "sg")),
        Authority("UA", "Ukraine", "Ukrainian", ("ua",), ("ukraine", "ukrainian", "ua")),
    )
}

_BY_ALIAS = {alias: a.code for a in AUTHORITIES.values() for alias in (*a.aliases, a.name.casefold())}
_BY_COUNTRY = {country: a.code for a in AUTHORITIES.values() for country in a.countries}


def find_authority(text: str) -> str | None:
    """The code meant by a word or phrase ("the European Union", "Canadian"), or None."""
    folded = " ".join(text.casefold().replace("’s", "").replace("'s", "").split())
    return _BY_ALIAS.get(folded.removeprefix("the "))


def authority_of_country(country: str) -> str | None:
    """The authority code of a FollowTheMoney country code, or None."""
    return _BY_COUNTRY.get(country.casefold())


def parse_authorities(text: str) -> tuple[str, ...]:
    """Read a comma-separated option (``US,EU``); names and adjectives are understood too.

    Raises:
        UserError: One of them is not an authority that finemesh knows.
    """
    codes = []
    for word in text.split(","):
        word = word.strip()
        if not word:
            continue
        code = word.upper() if word.upper() in AUTHORITIES else find_authority(word)
        if code is None:
            raise UserError(f"unknown authority: {word!r}", hint="known: " + ", ".join(AUTHORITIES))
        if code not in codes:
            codes.append(code)
    return tuple(codes)
