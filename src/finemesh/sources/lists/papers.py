"""Identity documents: which property a number belongs to, and what else a list says of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest
from finemesh.sources.lists.countries import add_countries, country_code
from finemesh.sources.lists.prose import add_dates, date_spans, is_nothing, numbered
from finemesh.sources.raw.cell import EMPTY, Cell

_KINDS = (
    (re.compile(r"pass?port|pasaporte|travel document|reiseausweis", re.IGNORECASE), "passportNumber"),
    (re.compile(r"\bINN\b"), "innCode"),
    (re.compile(r"\bUSCC\b|unified social credit", re.IGNORECASE), "uscCode"),
    (re.compile(r"fiscal|tax|\bTIN\b|\bVAT\b|steuer", re.IGNORECASE), "taxNumber"),
    (re.compile(r"social security|\bSSN\b|national insurance", re.IGNORECASE), "socialSecurityNumber"),
    (re.compile(r"\bOGRN\b|main state registration", re.IGNORECASE), "ogrnCode"),
    (re.compile(r"\bKPP\b"), "kppCode"),
    (re.compile(r"\bOKPO\b"), "okpoCode"),
    (re.compile(r"\bIMO\b"), "imoNumber"),
    (re.compile(r"\bMMSI\b"), "mmsi"),
    (re.compile(r"\bLEI\b|legal entity identifier", re.IGNORECASE), "leiCode"),
    (re.compile(r"\bSWIFT\b|\bBIC\b", re.IGNORECASE), "swiftBic"),
    (re.compile(r"regist|company number|business number|licen[cs]e|trade", re.IGNORECASE), "registrationNumber"),
)
"""What a document's kind is called in the lists, and the property of its number, most special first."""

_ISSUER = re.compile(r"^\(?(?P<country>[A-Z][A-Za-zü’' ]+?)\)?(?= (?:number|passport|national|identity)\b|[.,;(]|\)|$)")
_EXPIRES = re.compile(r"\b(?:expir\w*|valid until)(?: date)?(?: on)?:?\s+(?P<day>\S.*)$", re.IGNORECASE | re.DOTALL)

_NUMBER = re.compile(
    r"(?<!\w)(?<!\d\.)(?:(?!(?:ID|NO|No|BPA)\b)[A-ZА-ЯІ]{1,6}[ /.-]?)?\d[\dA-ZА-Я]*"
    r"(?:(?:[./-]| (?=\d)|, (?=\d{3}\b))[\dA-Z]*\d[\dA-Z]*)*(?![\w+])"
)
_BURMESE = re.compile(
    r"\b\d{1,2} ?/ ?[A-Za-z]{3,14} ?\([A-Za-z]{1,7}\) ?\d{5,7}\b|\b[A-Z][a-z]{2,13} ?\((?:N|Naing)\) ?\d{5,7}\b"
    r"|(?<=series )\S+ (?:No\.? )\d{5,8}\b"
)
"""A national registration number of Myanmar: state, township, class, number (``12/YAKANA(N)006981``)."""
_DATED = re.compile(
    r"(?:\b(?:issued|issue|dated?|expir\w*|expires|born|since|until|on|of|in)\b[^\d;,]{0,25})$", re.IGNORECASE
)
_LEADING = re.compile(
    r"(?!\d{1,2}\.\d{1,2}\.\d{4})(?=\S*\d)[A-ZА-Я]{0,4}[A-Za-z]?\d[\w/.‐-]*\w(?=$|[\s,(])"
    r"|[A-Z][A-Z0-9]{5,}\d(?=$|[ ,(])"
)
_BIC = re.compile(r"(?<=SWIFT/BIC )[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")
_LEAST_DIGITS = 4
_REGISTERS = re.compile(r";\s*|,\s+(?=[A-Z])|(?<=\d)\.?\s+(?=\(?(?:TIN|INN|OGRN|KPP|OKPO|BIN|УНП|Tax|Reg|Company)\b)")
_NEXT_NUMBER = re.compile(r"(?<=\d)(?:\.\s+|\s+and\s+)(?=[A-Z]{0,3} ?\d{5})|(?<=\d),\s+(?=(?:National|Passport|ID)\b)")
_LABEL = re.compile(r"^[\w ]*\b(?:passports?|number|numbers|no)\b[ .:]*$", re.IGNORECASE)


def number_in(cell: Cell) -> Cell | None:
    """The first document number in a piece of prose, or None.

    ``Passport No: 592667 (Qatari passport issued on 3 May 2007)`` gives ``592667``. Dates are no numbers.
    """
    burmese = cell.find(_BURMESE, 0)
    if burmese is not None:
        return burmese
    dates = [(start, end) for start, end, _ in date_spans(cell.text)]
    for match in _NUMBER.finditer(cell.text):
        start, end = match.span()
        if sum(c.isdigit() for c in match[0]) < _LEAST_DIGITS:
            continue
        if any(a <= start and end <= b and end - start < b - a + 1 for a, b in dates) and not _is_plain(match[0]):
            continue
        if _DATED.search(cell.text[:start]) and _is_date(match[0]):
            continue
        return cell.cut(start, end)
    return None


def _leading(piece: Cell) -> Cell | None:
    """The number that a cell of numbers begins with, short ones too (``983 (diplomatic)``)."""
    match = _LEADING.match(piece.text)
    return (
        piece.group(match) if match and not (match[0].isdigit() and piece.text[match.end() :].startswith(" ")) else None
    )


def _is_plain(text: str) -> bool:
    return text.isdigit() and len(text) > _LEAST_DIGITS


def _is_date(text: str) -> bool:
    return len(text) <= 10 and any(end - start == len(text) for start, end, _ in date_spans(text))


def number_property(schema: str, kind: str) -> str:
    """The property of a document's number, among those that the schema has; ``idNumber`` by default."""
    properties = ftm.get_schema(schema).properties
    for pattern, prop in _KINDS:
        if prop in properties and pattern.search(kind):
            return prop
    return "idNumber" if "idNumber" in properties else "registrationNumber"


def document(
    out: FileEmitter,
    holder: EntityWriter,
    kind: Cell,
    number: Cell,
    *,
    prop: str = "",
    country: Cell = EMPTY,
    issued: Cell = EMPTY,
    expires: Cell = EMPTY,
    notes: Sequence[Cell] = (),
    flags: Sequence[tuple[Cell, str]] = (),
) -> None:
    """Write a document's number, and a document of its own where the list says more than the number.

    Args:
        out: Where to write.
        holder: Whose document it is.
        kind: What the list calls it.
        number: Its number.
        prop: The property of the number, where the list's form decides it; by default the kind decides.
        country: Who issued it.
        issued: Since when it is valid.
        expires: Until when.
        notes: What else the list says of it.
        flags: What the list says of it by a yes, with the words for it (``known to be false``).
    """
    properties = ftm.get_schema(holder.schema).properties
    prop = prop if prop in properties else number_property(holder.schema, kind.text)
    if prop not in properties:
        holder.add("notes", number)
        return
    if not number or not holder.add(prop, number):
        for cell in (kind, country, issued, expires, *notes) if any(notes) else ():
            holder.add("notes", cell)
        return
    if not (country or issued or expires or any(notes) or flags) or not ftm.is_a(holder.schema, "LegalEntity"):
        holder.add_all("notes", notes)
        return
    schema = "Passport" if prop == "passportNumber" else "Identification"
    paper = out.entity(schema, f"{holder.id}-document-{digest(prop, number.text)}", once=True)
    paper.link("holder", holder.id, number)
    paper.add("number", number)
    paper.add("type", kind)
    add_countries(paper, "country", country)
    add_dates(paper, "startDate", issued)
    add_dates(paper, "endDate", expires)
    for cell, text in flags:
        paper.add("summary", cell, value=text)
    for note in notes:
        paper.add("summary", note, value=" ".join(note.text.split()))
        issuer = note.find(_ISSUER, "country")
        if issuer is not None and (code := country_code(issuer.text)):
            paper.add("country", issuer, value=code)
        until = note.find(_EXPIRES, "day")
        if until is not None and (spans := date_spans(until.text)):
            add_dates(paper, "endDate", until.cut(0, spans[0][1]))


def papers(out: FileEmitter, holder: EntityWriter, numbers: Cell, details: Cell = EMPTY, prop: str = "") -> None:
    """Documents whose numbers stand in one cell and their details, in the same order, in another.

    Where there are no numbers the details are searched for them. Prose without a number is kept as a note.

    Args:
        out: Where to write.
        holder: Whose documents they are.
        numbers: ``(1) 349054 (2) 3490054``, or prose that holds numbers.
        details: ``(1) Kuwaiti (2) Kuwaiti. Issued in Kuwait. Expired on 31 March 2006.``
        prop: The property of the numbers where neither they nor their details say it.
    """
    found = _pieces(numbers)
    about = numbered(details, keep=True)
    if not found:
        found, about = _pieces(details), []
    paired = len(found) == len(about)
    for place, piece in enumerate(found):
        detail = about[place] if paired and not is_nothing(about[place].text) else EMPTY
        number = _leading(piece) or number_in(piece)
        kind = number_property(holder.schema, f"{piece.text} {detail.text}")
        kind = prop if prop and kind == "idNumber" else kind
        if number is None and piece.text.strip(" :.") and not _LABEL.match(piece.text):
            holder.add("notes", piece)
        elif number is not None:
            rest = piece if len(piece.text) > len(number.text) + 2 else EMPTY
            document(out, holder, EMPTY, number, prop=kind, notes=[n for n in (rest, detail) if n])
    if not paired:
        for piece in about:
            if not is_nothing(piece.text):
                holder.add("notes", piece)


def _pieces(cell: Cell) -> list[Cell]:
    """Each document of a cell; ``726457392. 753337929`` and ``381420565 and 654120219`` are two."""
    return [part for piece in numbered(cell) for part in piece.split(_NEXT_NUMBER)]


def registration_numbers(holder: EntityWriter, cell: Cell, prop: str = "registrationNumber") -> None:
    """Numbers of a company's registers, each with the words that say which (``OGRN: 5167746407054``).

    Args:
        holder: The company.
        cell: The numbers.
        prop: The property of a number without such words.
    """
    for piece in numbered(cell):
        for part in piece.split(_REGISTERS):
            number = number_in(part) or _leading(part) or part.find(_BIC, 0)
            if number is None:
                holder.add("notes", part)
                continue
            kind = number_property(holder.schema, part.text.replace(number.text, " "))
            holder.add(
                prop if kind == "idNumber" and prop in ftm.get_schema(holder.schema).properties else kind, number
            )
