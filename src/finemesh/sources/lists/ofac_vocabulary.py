"""What OFAC calls the facts of an entry, and which property each belongs to.

The same labels stand in front of the facts in the remarks of ``sdn.csv`` (``Tax ID No. 7744001497 (Russia)``), as
``idType`` in the classic XML, and as types of features and documents in the advanced and enhanced XML.

Source of the vocabulary: the reference values of the enhanced XML (105 kinds of documents, 34 and more kinds of
features), and the remarks of 2021-2024.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal[
    "number", "text", "phone", "country", "date", "gender", "measure", "day", "wallet", "operator", "link", "note"
]


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of fact.

    Attributes:
        kind: How its value is read.
        props: Properties that it may belong to; the first that the schema has is taken.
    """

    kind: Kind
    props: tuple[str, ...] = ()


_TABLE: tuple[tuple[Kind, str, str], ...] = (
    ("date", "birthDate", "DOB|Birthdate|Date of Birth"),
    ("text", "birthPlace", "POB|Place of Birth"),
    ("country", "nationality country", "nationality|Nationality Country"),
    ("country", "citizenship country", "citizen|Citizenship Country"),
    ("country", "jurisdiction country", "Nationality of Registration|Registration Country"),
    ("gender", "gender", "Gender"),
    ("text", "ethnicity", "ethnicity|Tribe"),
    ("text", "position notes", "Title"),
    (
        "number",
        "passportNumber idNumber registrationNumber",
        "Passport|Diplomatic Passport|Stateless Passport|Stateless Person Passport|British National Overseas Passport"
        "|Travel Document Number|Travel Document",
    ),
    ("number", "imoNumber registrationNumber", "Vessel Registration Identification|Vessel Registration Number"
     "|Vessel Registration|Vessel Registration Identification IMO"),
    ("number", "mmsi registrationNumber", "MMSI"),
    ("number", "callSign", "Vessel Call Sign|Other Vessel Call Sign"),
    (
        "number",
        "registrationNumber idNumber",
        "Registration Number|Registration ID|Business Registration Number|Business Registration Document #"
        "|Business Registration Document|Commercial Registry Number|C.R. No.|Company Number|UK Company Number"
        "|Chamber of Commerce Number|Economic Register Number (CBLS)|Economic Register Number|Matricula Mercantil No."
        "|Matricula Mercantil No|Folio Mercantil No.|Business Number|Registered Charity No.|Public Registration Number"
        "|Enterprise Number|Dubai Chamber of Commerce Membership No.|Central Registration System Number"
        "|Central Registration Number|Numero Unico de Identificacion|Istanbul Chamber of Comm. No."
        "|Identification Number"
        "|Certificate of Incorporation Number|Registration Certificate Number (Dubai)|Romanian C.R.|Branch Unit Number"
        "|Organization Code|RSIN|File Number|MSB Registration Number|Trademark number|Aircraft Tail Number"
        "|Previous Aircraft Tail Number",
    ),
    (
        "number",
        "licenseNumber idNumber registrationNumber",
        "License|Trade License No.|Tourism License No.|Afghan Money Service Provider License Number|Permit Number"
        "|SRE Permit No.|Pilot License Number",
    ),
    (
        "number",
        "taxNumber registrationNumber",
        "Tax ID No.|NIT #|NIT|RUC #|RUC|RIF #|RIF|RTN|R.F.C.|RFC|C.U.I.T.|C.U.I.L.|SIREN|Tax Payer|Italian Fiscal Code"
        "|Fiscal Code|CNPJ|D.P.I.|US FEIN|C.I.F.|N.I.F.|Paraguayan tax identification number"
        "|Numero Unico de Identificacao Tributaria (NUIT)|Romanian Tax Registration|C.U.I.",
    ),
    ("number", "vatCode taxNumber registrationNumber", "V.A.T. Number|VAT Number"),
    ("number", "socialSecurityNumber idNumber registrationNumber", "SSN"),
    (
        "number",
        "idNumber registrationNumber",
        "National ID No.|Cedula No.|D.N.I.|C.U.R.P.|C.U.I.P.|C.I.N.|CNP (Personal Numerical Code)|Personal ID Card"
        "|Identification Card|Tarjeta de Identidad No.|Numero de Identidad|Residency Number|Driver's License No."
        "|I.F.E.|Kenyan ID No.|Bosnian Personal ID No.|Stateless Person ID Card|Birth Certificate Number"
        "|Electoral Registry No.|Citizen's Card Number|NIE|N.I.E.|Turkish Identification Number"
        "|Seafarer's Identification Document|Moroccan Personal ID No.|Cartilla de Servicio Militar Nacional"
        "|Refugee ID Card|Malaysian ID|National Foreign ID Number|Credencial electoral|LE Number|Immigration No."
        "|Public Security and Immigration No.|VisaNumberID|Romanian Permanent Resident|Tazkira National ID Card"
        "|UAE Identification|Military Registration Number",
    ),
    ("number", "ogrnCode registrationNumber",
     "Russian State Individual Business Registration Number Pattern (OGRNIP)|OGRNIP"),
    ("number", "leiCode registrationNumber", "Legal Entity Number"),
    ("number", "dunsCode registrationNumber", "D-U-N-S Number"),
    ("number", "okpoCode registrationNumber", "Government Gazette Number"),
    ("number", "uscCode registrationNumber idNumber", "Unified Social Credit Code (USCC)|Unified Social Credit Code"
     "|United Social Credit Code Certificate (USCCC)|United Social Credit Code Certificate"),
    ("number", "giiNumber registrationNumber", "Global Intermediary Identification Number"),
    ("number", "swiftBic registrationNumber", "SWIFT/BIC"),
    ("number", "bikCode registrationNumber", "BIK (RU)"),
    ("number", "isinCode", "ISIN"),
    ("number", "ticker", "Equity Ticker|MICEX Code"),
    (
        "number",
        "serialNumber registrationNumber",
        "Serial No.|Aircraft Serial Identification|Aircraft Manufacturer's Serial Number (MSN)"
        "|Aircraft Manufacturer's Serial Number|Aircraft Construction Number"
        "|Aircraft Construction Number (also called L/N or S/N or F/N)",
    ),
    ("number", "icaoCode", "Aircraft Mode S Transponder Code"),
    ("text", "model", "Aircraft Model"),
    ("text", "manufacturer", "Aircraft Manufacturer"),
    ("date", "buildDate", "Aircraft Manufacture Date|Vessel Year of Build"),
    ("country", "pastFlags", "Former Vessel Flag"),
    ("country", "flag", "Vessel Flag|Other Vessel Flag"),
    ("text", "type", "Vessel Type|Other Vessel Type"),
    ("text", "tonnage", "Vessel Tonnage|Vessel Gross Tonnage"),
    ("text", "grossRegisteredTonnage", "Vessel Gross Registered Tonnage"),
    ("operator", "", "Aircraft Operator|Vessel Owner"),
    ("date", "incorporationDate", "Organization Established Date"),
    ("text", "sector", "Organization Type"),
    ("text", "classification", "Target Type"),
    ("text", "website", "Website"),
    ("text", "email", "Email Address|Email"),
    ("phone", "phone", "Phone Number|Phone No.|Telephone No.|Telephone Number|Telephone|Phone"),
    ("note", "", "Fax No.|Fax Number|Fax|Chinese Commercial Code|UN/LOCODE|Issuer Name"),
    ("link", "", "Linked To"),
    (
        "measure",
        "",
        "Additional Sanctions Information -|Additional Sanctions Information|Secondary sanctions risk"
        "|Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions"
        "|Executive Order 13662 Directive Determination -|Executive Order 13662 Directive Determination"
        "|Executive Order 14024 Directive Information -|Executive Order 14024 Directive Information"
        "|Executive Order 14014 Directive Information|CAATSA Section 235 Information|IFCA Determination -"
        "|IFCA Determination|PEESA Information|Executive Order 13846 information|Executive Order 14059 information"
        "|Executive Order 13846|Purchase/Sales For Divestment Date (CMIC)",
    ),
)  # fmt: skip

_FAMILIES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("wallet", re.compile(r"^Digital Currency Address - (?P<name>[A-Z0-9]{2,6})$")),
    ("day", re.compile(r"^(?P<kind>Listing|Effective) Date \((?P<name>[^()]+)\)$", re.IGNORECASE)),
    ("measure", re.compile(
        r"^Executive Order \d{5}.*$|^Transactions Prohibited For .*$|^.* (?:Information|Determination)$", re.IGNORECASE
    )),
)  # fmt: skip
"""Labels with a name inside."""


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).rstrip(" :-#.")


LABELS: dict[str, Label] = {
    _plain(name): Label(kind, tuple(props.split())) for kind, props, names in _TABLE for name in names.split("|")
}
"""Labels in lower case, without what may stand at their end."""

_ALL = sorted({n.rstrip(" :-#.") for _, _, names in _TABLE for n in names.split("|")}, key=lambda n: (-len(n), n))
_NAMED = (
    r"Digital Currency Address - [A-Z0-9]{2,6}|(?:Listing|Effective) Date \([^()]+\)"
    r"|Transactions Prohibited For Persons Owned or Controlled By[^:]*"
)
LABELLED = re.compile(
    rf"^(?:alt\.? )?(?P<label>(?:{_NAMED}|{'|'.join(re.escape(n) for n in _ALL)})(?![A-Za-z0-9])\.?)"
    r"[ .:#-]*(?P<value>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""A fact of the remarks: its label and its value."""


@lru_cache(maxsize=5_000)
def label_of(text: str) -> tuple[Label, str] | None:
    """The kind of fact that a label names, and the name inside it (a currency, a directive); None if it is unknown."""
    known = LABELS.get(_plain(text))
    if known is not None:
        return known, ""
    plain = " ".join(text.split()).rstrip(" :-#.")
    for kind, pattern in _FAMILIES:
        match = pattern.match(plain)
        if match:
            return Label(kind), match.groupdict().get("name") or ""
    return None


COMPANY = frozenset(("isin", "equity ticker", "bik (ru)", "micex code"))
"""Labels that only a company can have."""
COMPANY_TYPES = frozenset(("public company", "private company", "state-owned enterprise"))
"""Target types that are companies."""


def is_company(label: str, value: str) -> bool:
    """Whether a fact shows that an entity is a company."""
    plain = _plain(label)
    return plain in COMPANY or (plain == "target type" and value.casefold() in COMPANY_TYPES)
