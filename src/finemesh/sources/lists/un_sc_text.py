"""The prose inside UN entries: aliases that hold several names, comments with legal basis and relations."""

from __future__ import annotations

import re

from finemesh.sources.emitter import EntityWriter
from finemesh.sources.lists.prose import add_dates, date_spans, numbered
from finemesh.sources.lists.relations import add_text
from finemesh.sources.raw.cell import Cell

_ZONE = re.compile(r"^\d{4}-\d\d-\d\d(?=[-+Z])")
_BASIS = re.compile(
    r"[Ll]isted(?: on [\w ]+?)? pursuant to paragraphs? [^.“:]*?resolutions? \d{4}(?: \(\d{4}\))?"
    r"(?:\s*\((?P<measure>[^)]*(?:Freeze|Ban|embargo)[^)]*)\))?"
)
_GENDER = re.compile(r"\bGender:?\s*(male|female)\b", re.IGNORECASE)
_NOT_NAME = re.compile(
    r"[,;]?\s*\(?\b(?:born|DOB|DPOB|POB|passport|date of birth|ID number)\b.*$", re.DOTALL | re.IGNORECASE
)
_BRACKET = re.compile(r"^(?P<outer>[^()]+)\((?P<inner>[^()]+)\)?$", re.DOTALL)
_OTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f\u02b0-\u02ff\u1e00-\u1eff]")
_SCRIPT = re.compile(
    r"\b(?:original script|in arabic(?: script)?)\s*:\s*(?P<name>[^\x00-\u024f][^;,()]*)", re.IGNORECASE
)
_PLAIN_NAME = re.compile(r"^[A-Z][\w’'‘`-]*(?: [\w’'‘`-]+){1,5}$")
_COMMA_NAME = re.compile(r"^(?P<last>[^,()]+), (?P<first>(?!(?:jr|sr|guro|chui)\b)[^,()]+)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^.*(?:\bnumber|\bno\.?|”\))\s*:?\s*(?=(?:[A-Z]{1,3} )?\S*\d)|^(?:[A-Z]?[a-z]{2,}:?\s+)+(?=.*\d)", re.I | re.S
)
_NUMBER_TAIL = re.compile(r"\s*(?:\(|, (?=[A-Z])).*$", re.DOTALL)
_LISTED_AS = re.compile(r"\s*\((?:previously|formerly) listed as\)$")
_DIED = re.compile(r"(?:^|[.;]\s+)(?:Died|Deceased) on (?P<day>\d[\w. ]+?\d{4})\b")
_ADDRESS = re.compile(r"^(?:[A-Z][\w-]* ){0,2}Office\b.*,|^\d.*,")


def day(cell: Cell) -> Cell:
    """A day without the time zone that some days carry (``2015-07-01-04:00``)."""
    return cell.find(_ZONE, 0) or cell


def years(first: str, last: str) -> tuple[str, ...]:
    """The years that ``FROM_YEAR`` and ``TO_YEAR`` mean."""
    spans = date_spans(f"{first} to {last}")
    return spans[0][2] if spans and spans[0][2] else (first, last)


def add_month(entity: EntityWriter, year: Cell, note: Cell) -> bool:
    """A year whose note gives the month (``Sep.``, ``Nov. 1973``) is a month."""
    if not year or not note:
        return False
    text = note.text if year.text in note.text else f"{note.text} {year.text}"
    spans = date_spans(text)
    if len(spans) != 1 or spans[0][1] - spans[0][0] != len(text) or len(spans[0][2]) != 1 or len(spans[0][2][0]) != 7:
        return False
    return entity.add("birthDate", year, note, value=spans[0][2][0])


def alias_names(cell: Cell, *, person: bool) -> list[tuple[Cell, str]]:
    """The names in an alias: one, several (``a; b``), or one in two scripts."""
    found: list[tuple[Cell, str]] = []
    cut = _NOT_NAME.search(cell.text)
    body = cell.cut(0, cut.start()) if cut and cut.start() else cell
    for part in numbered(body):
        for name in (n for half in _halves(part) for n in half.split(r";")):
            name = name.strip(' "“”,\n')
            former = _LISTED_AS.search(name.text)
            name = name.cut(0, former.start()) if former else name
            value = " ".join(name.text.split())
            comma = _COMMA_NAME.match(value) if person else None
            found.append((name, f"{comma['first']} {comma['last']}" if comma else value))
    return found


def _halves(name: Cell) -> list[Cell]:
    """A name and what stands in brackets behind it, where that is the same name in another script, or several."""
    match = _BRACKET.match(name.text)
    if match is None:
        return [name]
    outer, inner = (_OTHER_SCRIPT.search(match[g]) is not None for g in ("outer", "inner"))
    return (
        [name.group(match, "outer"), name.group(match, "inner")] if outer != inner or ";" in match["inner"] else [name]
    )


def add_alias(entity: EntityWriter, prop: str, name: Cell, note: Cell) -> None:
    """Add an alias, the names that its note holds, and the note itself."""
    for cell, value in alias_names(name, person=entity.schema == "Person"):
        entity.add(prop, cell, value=value)
    if _NOT_NAME.search(name.text):
        add_text(entity, "notes", name)
    if not note:
        return
    pieces = note.split(r";")
    if len(pieces) > 1 and all(_PLAIN_NAME.match(" ".join(p.text.split())) for p in pieces):
        entity.add_all(prop, pieces)
        return
    script = note.find(_SCRIPT, "name")
    if script is not None:
        entity.add(prop, script, lang="ara" if "arabic" in note.text.casefold() else "")
    add_text(entity, "notes", name, note, value=f"{name.text}: {note.text}")


def document_number(cell: Cell) -> Cell:
    """A document's number without the words before it (``Libyan Passport No. 96/184442``)."""
    lead = _NUMBER.match(cell.text)
    core = cell.cut(lead.end(), len(cell.text)) if lead else cell
    tail = _NUMBER_TAIL.search(core.text)
    return (core.cut(0, tail.start()) if tail and tail.start() else core).strip()


def is_address(note: Cell) -> bool:
    """Whether the note of an address is the address (``Branch Office 14: Dubai, United Arab Emirates``)."""
    return bool(_ADDRESS.match(note.text))


def basis(sanction: EntityWriter, comments: Cell) -> None:
    """The legal basis and the measures that a comment names."""
    for match in _BASIS.finditer(comments.text):
        add_text(sanction, "summary", comments.group(match))
        measure = comments.group(match, "measure")
        for part in measure.split(r",") if measure else ():
            add_text(sanction, "provisions", part)


def comment_facts(entity: EntityWriter, comments: Cell) -> None:
    """What a comment says of a person in a fixed form: the gender, and the day of death."""
    for pattern, group, prop in ((_GENDER, 1, "gender"), (_DIED, "day", "deathDate")):
        fact = comments.find(pattern, group)
        if fact is not None and prop == "gender":
            entity.add(prop, fact)
        elif fact is not None:
            add_dates(entity, prop, fact)
