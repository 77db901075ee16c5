"""Amounts and shares as documents write them, as numbers that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCALES = {"thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "m": 1e6, "mn": 1e6, "crore": 1e7,
           "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12}  # fmt: skip
_CURRENCIES = {
    "us$": "USD", "usd": "USD", "$": "$", "dollar": "$", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP",
    "gbp": "GBP", "pound": "GBP", "¥": "JPY", "yen": "JPY", "rmb": "CNY", "yuan": "CNY", "cny": "CNY",
    "s$": "SGD", "sgd": "SGD", "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD", "kyat": "MMK", "mmk": "MMK",
    "baht": "THB", "thb": "THB", "rouble": "RUB", "ruble": "RUB", "rub": "RUB", "rupee": "INR", "inr": "INR",
    "rs": "INR", "won": "KRW",
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<before>[a-z]{0,3}[$€£¥]|\b[a-z]{2,3}\b)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*-?\s*"
    r"(?P<scale>thousand|million|billion|trillion|lakh|crore|mn|bn|[kmb]\b)?\s*(?P<after>[a-z]+)?",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent|percent)", re.IGNORECASE)
_HALVES = {"half": 50.0, "all": 100.0, "wholly": 100.0, "whole": 100.0}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, or a number of anything.

    Attributes:
        number: How much.
        currency: ISO code, ``$`` for dollars of a country that is not said, or empty.
    """

    number: float
    currency: str

    def agrees(self, other: Amount) -> bool:
        """Whether both may be one sum: the same number, of currencies that do not exclude each other."""
        one, two = self.currency, other.currency
        dollars = {one, two}
        fits = one == two or not one or not two or ("$" in dollars and dollars <= {"$", "USD", "AUD", "CAD", "SGD"})
        return fits and abs(self.number - other.number) <= 1e-9 * max(abs(self.number), abs(other.number))


def amount(text: str) -> Amount | None:
    """The first amount of a text, or None: ``US$406 million`` is 406,000,000 USD."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    number = float(found["number"].replace(",", "")) * _SCALES.get((found["scale"] or "").casefold(), 1.0)
    for word in (found["before"], found["after"]):
        plain = (word or "").casefold()
        code = _CURRENCIES.get(plain) or _CURRENCIES.get(plain.removesuffix("s"))
        if code:
            return Amount(number, code)
    return Amount(number, "")


def share(text: str) -> float | None:
    """A share in per cent, or None: ``51 percent`` is 51, ``half`` is 50."""
    found = _SHARE.search(text)
    if found:
        return float(found[1])
    return next((value for word, value in _HALVES.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)), None)
