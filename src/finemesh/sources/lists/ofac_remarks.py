"""The remarks of OFAC's lists: a small language of its own, taken apart by a table of patterns.

``DOB 18 Jul 1964; POB Yangon, Burma; nationality Burma; Gender Male; Linked To: HTOO GROUP OF COMPANIES.`` is a list
of facts divided by semicolons. Each row of :data:`RULES` says what a kind of fact looks like and what becomes of
it. A fact that no rule knows is kept as a note, with its place.

Source of the vocabulary: OFAC, "Data specification for the SDN list" (dat_spec.txt), and the lists of 2021-2024.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest, slug
from finemesh.sources.raw.cell import Cell

DATES = ("%d %b %Y", "%b %Y", "%Y")
_YEARS = 15
_RANGE = re.compile(r"^(?:between )?(?P<a>[\w ]+?) (?:to|and) (?P<b>[\w ]+)$")
_TAIL = re.compile(
    r"\s*(?:\([^()]*\)|issued\b.*|expires\b.*|;.*|- \d+/\d+/\d+H.*|individual\.?|\[[^\]]*\])\s*$", re.IGNORECASE
)

Handler = Callable[["Remark"], bool]


@dataclass(frozen=True, slots=True)
class Remark:
    """One fact of the remarks.

    Attributes:
        out: Where to write.
        entity: The entry that it is about.
        sanctions: The entry's sanctions.
        key: The cell with the entry's number.
        cell: The whole fact.
        value: What stands behind its label.
        match: The match of its rule.
        resolve: Finds the id of another entry by its name as written, or None.
    """

    out: FileEmitter
    entity: EntityWriter
    sanctions: list[EntityWriter]
    key: Cell
    cell: Cell
    value: Cell
    match: re.Match[str]
    resolve: Callable[[str], str | None]


def _prop(*props: str) -> Handler:
    """The first of these properties that the entry's schema has."""

    def handle(remark: Remark) -> bool:
        prop = _first(remark.entity.schema, props)
        return prop is not None and remark.entity.add(prop, remark.value)

    return handle


def _number(*props: str, prefix: str = "") -> Handler:
    """An identifier: the country in brackets, and dates of issue and expiry, are not part of it."""

    def handle(remark: Remark) -> bool:
        prop = _first(remark.entity.schema, props)
        cell = remark.value.strip(" #:.")
        while (match := _TAIL.search(cell.text)) and match.start() > 0:
            cell = cell.cut(0, match.start()).strip(" .,")
        return prop is not None and bool(cell) and remark.entity.add(prop, cell, value=prefix + cell.text)

    return handle


def _first(schema: str, props: tuple[str, ...]) -> str | None:
    known = ftm.get_schema(schema).properties
    return next((p for p in props if p in known), None)


def _date(prop: str) -> Handler:
    def handle(remark: Remark) -> bool:
        if prop not in ftm.get_schema(remark.entity.schema).properties:
            return False
        text = re.sub(r"^(circa|approximately|about) ", "", remark.value.text, flags=re.IGNORECASE)
        span = _RANGE.match(text)
        if span:
            years = [int(y) for y in re.findall(r"\b\d{4}\b", text)]
            if len(years) == 2 and 0 <= years[1] - years[0] <= _YEARS:
                for year in range(years[0], years[1] + 1):
                    remark.entity.add(prop, remark.value, value=str(year))
                return True
        cell = remark.value
        if text != cell.text:
            cell = cell.cut(len(cell.text) - len(text), len(cell.text))
        return remark.entity.date(prop, cell, DATES) is not None

    return handle


def _alias(remark: Remark) -> bool:
    prop = "previousName" if remark.match["kind"].startswith("f") else "weakAlias"
    return remark.entity.add(prop, remark.value.strip("'\" "))


def _measure(remark: Remark) -> bool:
    for sanction in remark.sanctions:
        sanction.add("provisions", remark.cell)
    return bool(remark.sanctions)


def _directive(remark: Remark) -> bool:
    """``Listing Date (EO 14024 Directive 3): 24 Feb 2022``: a designation of its own, under a directive."""
    programme = remark.cell.group(remark.match, "programme")
    writer = remark.out.entity("Sanction", f"{remark.entity.id}-{slug(programme.text)}")
    writer.link("entity", remark.entity.id, remark.key)
    writer.add("program", programme)
    prop = "startDate" if remark.match["kind"].lower() == "listing" else "date"
    return writer.date(prop, remark.value.strip(" ."), DATES) is not None


def _linked(remark: Remark) -> bool:
    target = remark.resolve(remark.value.text)
    if target is None:
        remark.out.issue(
            "unresolved-link",
            "an entry is linked to a name that stands on no entry of this snapshot; kept as a note",
            remark.cell.locator,
            severity="info",
        )
        return False
    writer = remark.out.entity("UnknownLink", f"{remark.entity.id}-link-{digest(target)}")
    writer.link("subject", remark.entity.id, remark.value)
    writer.link("object", target, remark.value)
    return writer.add("role", remark.cell, value="Linked To")


def _wallet(remark: Remark) -> bool:
    wallet = remark.out.entity("CryptoWallet", f"ofac-wallet-{digest(remark.match['address'])}")
    wallet.link("holder", remark.entity.id, remark.key)
    wallet.add("currencySymbol", remark.cell.group(remark.match, "currency"))
    return wallet.add("publicKey", remark.cell.group(remark.match, "address"))


def _ignore(remark: Remark) -> bool:
    return True


_REGISTRATION = (
    "Registration Number|Registration ID|Business Registration Number|Commercial Registry Number|C\\.R\\. No\\."
    "|Company Number|Trade License No\\.?|Chamber of Commerce Number|Economic Register Number(?: \\(CBLS\\))?"
    "|Business Registration Document #?|Matricula Mercantil No\\.?|Folio Mercantil No\\.?|Business Number"
    "|Registered Charity No\\.|Public Registration Number|Enterprise Number|UK Company Number|License"
    "|Dubai Chamber of Commerce Membership No\\.|Central Registration Number|Numero Unico de Identificacion"
    "|Identification Number|Istanbul Chamber of Comm\\. No\\.|Fiscal Code|Global Intermediary Identification Number"
)
_TAX = (
    "Tax ID No\\.?|V\\.A\\.T\\. Number|NIT|RUC|RIF|RTN|R\\.F\\.C\\.|C\\.U\\.I\\.T\\.|C\\.U\\.I\\.L\\.|SIREN|"
    "SRE Permit No\\.|Tax Payer|Italian Fiscal Code|CNPJ|D\\.P\\.I\\.?"
)
_ID = (
    "National ID No\\.?|Cedula No\\.?|D\\.N\\.I\\.|C\\.U\\.R\\.P\\.|Personal ID Card|Identification Card"
    "|Tarjeta de Identidad No\\.?|Numero de Identidad|Residency Number|Driver's License No\\.?|SSN|I\\.F\\.E\\."
    "|C\\.U\\.I\\."
    "|Kenyan ID No\\.|Bosnian Personal ID No\\.|Stateless Person ID Card|British National Overseas Passport"
    "|Birth Certificate Number|Electoral Registry No\\.|Citizen's Card Number|NIE|Turkish Identification Number"
    "|Seafarer's Identification Document|Moroccan Personal ID No\\.|Cartilla de Servicio Militar Nacional"
    "|Refugee ID Card|Diplomatic Passport|Pilot License Number|Malaysian ID|N\\.I\\.E\\.|National Foreign ID Number"
)

_ALT = r"^(?:alt\. )?"
RULES: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if fold else 0), handler)
    for pattern, fold, handler in (
        (_ALT + r"DOB (?P<value>.+)$", False, _date("birthDate")),
        (_ALT + r"POB (?P<value>.+)$", False, _prop("birthPlace")),
        (_ALT + r"nationality (?P<value>.+)$", False, _prop("nationality", "country")),
        (_ALT + r"citizen (?P<value>.+)$", False, _prop("citizenship", "country")),
        (_ALT + r"Gender:? (?P<value>.+)$", False, _prop("gender")),
        (r"^(?P<kind>[afn])\.k\.a\.:? (?P<value>.+)$", False, _alias),
        (r"^Linked To: (?P<value>.+)$", True, _linked),
        (_ALT + r"(?:Diplomatic |Stateless )?Passport:? (?P<value>.+)$", False, _number("passportNumber")),
        (
            _ALT + r"(?:Vessel Registration Identification |(?:Identification|Company) Number |Vessel Registration )"
            r"IMO (?P<value>\d{7}).*$",
            False,
            _number("imoNumber", prefix="IMO"),
        ),
        (_ALT + r"MMSI:? (?P<value>\d+).*$", False, _number("mmsi")),
        (
            _ALT + r"(?:" + _REGISTRATION + r")[ :#]+(?P<value>.+)$",
            False,
            _number("registrationNumber", "idNumber"),
        ),
        (_ALT + r"(?:" + _TAX + r")[ :#]+(?P<value>.+)$", False, _number("taxNumber", "registrationNumber")),
        (_ALT + r"(?:" + _ID + r")[ :#]+(?P<value>.+)$", False, _number("idNumber", "registrationNumber")),
        (_ALT + r"Legal Entity Number (?P<value>.+)$", False, _number("leiCode", "registrationNumber")),
        (_ALT + r"D-U-N-S Number (?P<value>.+)$", False, _number("dunsCode", "registrationNumber")),
        (_ALT + r"Government Gazette Number (?P<value>.+)$", False, _number("okpoCode", "registrationNumber")),
        (_ALT + r"Unified Social Credit Code(?: \(USCC\))? (?P<value>.+)$", False, _number("uscCode", "idNumber")),
        (_ALT + r"SWIFT/BIC:? (?P<value>.+)$", False, _number("swiftBic", "registrationNumber")),
        (_ALT + r"BIK \(RU\) (?P<value>.+)$", False, _number("bikCode", "registrationNumber")),
        (_ALT + r"ISIN (?P<value>.+)$", False, _number("isinCode", "registrationNumber")),
        (_ALT + r"Aircraft Tail Number (?P<value>.+)$", False, _number("registrationNumber")),
        (
            _ALT + r"Aircraft (?:Manufacturer's Serial Number(?: \(MSN\))?|Construction Number(?: \([^)]*\))?) "
            r"(?P<value>.+)$",
            False,
            _number("serialNumber"),
        ),
        (_ALT + r"Aircraft Mode S Transponder Code (?P<value>.+)$", False, _number("icaoCode")),
        (_ALT + r"Aircraft Model (?P<value>.+)$", False, _prop("model")),
        (_ALT + r"Aircraft Manufacture Date (?P<value>.+)$", False, _date("buildDate")),
        (_ALT + r"Vessel Year of Build (?P<value>.+)$", False, _date("buildDate")),
        (_ALT + r"Former Vessel Flag (?P<value>.+)$", False, _prop("pastFlags")),
        (_ALT + r"Vessel Flag (?P<value>.+)$", False, _prop("flag")),
        (_ALT + r"Vessel Type (?P<value>.+)$", False, _prop("type")),
        (_ALT + r"Vessel Call Sign (?P<value>.+)$", False, _prop("callSign")),
        (_ALT + r"Organization Established Date (?P<value>.+)$", False, _date("incorporationDate")),
        (_ALT + r"Organization Type: (?P<value>.+)$", False, _prop("sector")),
        (_ALT + r"Target Type (?P<value>.+)$", False, _prop("classification")),
        (_ALT + r"Website:? (?P<value>\S+)$", True, _prop("website")),
        (_ALT + r"Email(?: Address)?:? (?P<value>\S+@\S+)$", True, _prop("email")),
        (_ALT + r"(?:Tele)?phone(?: Number| No\.)?:? (?P<value>.+)$", True, _prop("notes")),
        (
            _ALT + r"Digital Currency Address - (?P<currency>[A-Z]+) (?P<value>(?P<address>\S+)).*$",
            False,
            _wallet,
        ),
        (
            r"^(?P<kind>Listing|Effective) Date \((?P<programme>[^)]+)\): (?P<value>.+)$",
            True,
            _directive,
        ),
        (
            _ALT + r"(?P<value>(?:Additional Sanctions Information|Secondary sanctions risk|Transactions Prohibited For"
            r"|Executive Order \d+ Directive|CAATSA Section|Executive Order \d+|Section \d+|Subject to).*)$",
            True,
            _measure,
        ),
    )
)


def read_remarks(
    out: FileEmitter,
    entity: EntityWriter,
    sanctions: list[EntityWriter],
    key: Cell,
    remarks: Cell,
    resolve: Callable[[str], str | None],
) -> None:
    """Take the remarks of one entry apart.

    Args:
        out: Where to write.
        entity: The entry.
        sanctions: Its sanctions.
        key: The cell with its number.
        remarks: The remarks.
        resolve: Finds the id of another entry by its name as written.
    """
    for fact in facts(remarks):
        for pattern, handler in RULES:
            match = pattern.match(fact.text)
            if match is None:
                continue
            value = fact.group(match, "value").strip()
            if handler(Remark(out, entity, sanctions, key, fact, value, match, resolve)):
                break
        else:
            entity.add("notes", fact)


def facts(remarks: Cell) -> list[Cell]:
    """The facts of a remarks cell, without the full stop at its end."""
    found = remarks.split(r";\s+(?![^()]*\))|;$")
    if found and found[-1].text.endswith(".") and not found[-1].text.endswith("k.a."):
        found[-1] = found[-1].cut(0, len(found[-1].text) - 1)
    return [f for f in found if f]
