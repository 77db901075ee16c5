"""Names as lists print them: two scripts in one cell, brackets with variants, labels, titles, "Last, First".

``Andrey TROSHEV (a.k.a. Andrei TROSHEV) Андрей ТРОШЕВ`` holds a name, an alias and the name in another script. What no
label or script tells apart stays one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from finemesh.sources.emitter import EntityWriter
from finemesh.sources.lists.countries import country_code
from finemesh.sources.lists.prose import numbered
from finemesh.sources.raw.cell import Cell

OTHER_SCRIPT = r"[^\W\d_A-Za-z\u00aa-\u024f\u02b0-\u02ff\u1e00-\u1eff]"
"""A letter that is not Latin."""
_LANGUAGE = (
    r"(?:Russian|Belarusian|Belarussian|Ukrainian|Arabic|Persian|Farsi|Burmese|Chinese|Hebrew|Georgian|Cyrillic|Kazakh"
    r"|Serbian|original)"
)
_SCRIPT_RUN = re.compile(
    rf"\((?:(?:in )?{_LANGUAGE}[^():]*:\s*)?(?P<bracket>{OTHER_SCRIPT}[^()]*)\)"
    rf"|{OTHER_SCRIPT}(?:[^A-Za-z\u00c0-\u024f()\[\];]*{OTHER_SCRIPT})?[”»]?"
)
_LABEL = re.compile(
    r"[\s,;(\[]*(?:\b(?P<alias>a\.?k\.?a\b\.?|(?:also\s+)?known\s+as|alias\b|or in (?:Russian|Belarusian|Ukrainian))"
    r"|\b(?P<former>f\.?k\.?a\b\.?|formerly(?: known as)?\b\.?|former name\b|former\b|previously(?: known as)?\b"
    r"|ex[- ](?=[A-Z])))[:\s]*",
    re.IGNORECASE,
)
_SPELLING = re.compile(
    rf"[\s,;(\[–-]*(?:in )?\b{_LANGUAGE}\b(?: (?:spelling|script|language))?\s*:?\s*$", re.IGNORECASE
)
_LANGUAGE_FIRST = re.compile(rf"(?:in )?{_LANGUAGE}(?: (?:spelling|script|language))?\s*:\s*", re.IGNORECASE)
_BRACKET = re.compile(r"(?P<word>[^\s()]+)\s*\((?:a\.?k\.?a\.?\s*)?(?P<others>[^()]+)\)")
_TRAILING = re.compile(r"^(?P<outer>[^()]*\w[^()]*?)\s*\((?P<inner>[^()]+)\)?[\s.,]*$")
_ROLE = re.compile(
    r"\b(?:Minister|Ministry|Governor|Head|Committee|representative|Director|Commander|Chief|Attach[eé]|Secretary|Embassy"
    r"|Consulate?|Mayor|President|Chairman|Department|Commission|Society|Affairs)\b"
)
_FORM = re.compile(
    r"^(?:(?:Public|Private|Open|Closed|Joint|Stock|Limited|Liability|Company|Co|Ltd|LLC|JSC|PJSC|OJSC|CJSC|GmbH|PLC|Inc"
    r"|LLP|NGO|Foundation|[OАA]{1,2}[OТT]|[OZP]A[OO])\b[ .,-]*)+$",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"[,;]?\s*\(+\s*(?:born|DOB|date of birth|passport)\b.*$|\s*\(\(.*$|[,;]?\s+born (?:on |in )?\d.*$",
    re.IGNORECASE | re.DOTALL,
)
_LISTED_AS = re.compile(r"\s*\((?:as )?(?:previously|formerly) listed(?: as)?\)?$|\s*\(former name\)?$", re.IGNORECASE)
_SLASH = re.compile(r"\s+/\s+|\s*;\s+")
_AND_SO = re.compile(r",\s*|\s+/\s*|;\s*|\s+or\s+")
_GLUED = re.compile(r"(?<=[A-Z’'-][A-Z])\s+(?=[A-Z][a-z])")
_FULL = re.compile(r"^[A-Z][a-z’'-]+\b.*\b[A-Z]{2}[A-Z’'-]*$")
_HYPHENATED = re.compile(r"-\s*\n\s*")
_ALIKE = 0.6
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii)\b", re.IGNORECASE)
_RANK = (
    r"(?:(?:Brigadier|Major|Lieutenant|Colonel|Lt\.?|Brig\.?|Maj\.?)[ -](?:General|Gen\.?|Colonel|Col\.?)|General|Gen\."
    r"|Colonel|Col\.|Lieutenant|Lt\.|Major|Maj\.|Captain|Capt\.|Commander|Cdr\.?|(?:Rear |Vice )?Admiral|Brigadier"
    r"|Sergeant|Staff|Dr\.?|Doctor|Professor|Prof\.?|Mr\.?|Mrs\.?|Ms\.?|Engineer|Eng\.|Mullah|Maulavi)"
)
_TITLE = re.compile(rf"^(?:{_RANK}\s+)+(?=\S+\s+\S)")
_ONLY_TITLE = re.compile(rf"^(?:(?:{_RANK}|Haji|Hajji|Alhaj|Qari|Sheikh|Shaykh)\s*)+$")

_NOT_PLAIN = re.compile(
    rf"[(),;/\[\]–]|{OTHER_SCRIPT}|\b(?:[af]\.?k\.?a|[Kk]nown|[Aa]lias|or|[Ff]ormer|[Ff]ormerly|[Pp]reviously|[Ee]x|[AF][Kk]?[.]?[Kk][.]?[Aa])\b"
    rf"|[A-Z’'-][A-Z]\s+[A-Z][a-z]|^{_RANK}\s"
)
"""What a name must have before it is looked at more closely; most names have none of it."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a cell.

    Attributes:
        kind: ``name``, ``alias``, ``previousName``, ``title``, ``position`` or ``notes``.
        cell: Where it stands.
        value: The name.
    """

    kind: str
    cell: Cell
    value: str


def names_in(cell: Cell, *, person: bool) -> list[Name]:
    """The names in a cell, the first one being the name itself."""
    cell = cell.strip(" ,;\t\n\u00a0")
    if not _NOT_PLAIN.search(cell.text):
        return [_name("name", cell)]
    found: list[Name] = []
    language = _LANGUAGE_FIRST.match(cell.text)
    cell = cell.cut(language.end(), len(cell.text)) if language else cell
    listed = _LISTED_AS.search(cell.text)
    cell = cell.cut(0, listed.start()) if listed else cell
    remark = _REMARK.search(cell.text) if person else None
    if remark is not None and remark.start():
        found.append(_name("notes", cell))
        cell = cell.cut(0, remark.start())
    title = _TITLE.match(cell.text) if person else None
    if title is not None:
        found.append(_name("title", cell.cut(0, title.end()).strip()))
        cell = cell.cut(title.end(), len(cell.text))
    _scripts(cell, found, person)
    return found


def add_names(writer: EntityWriter, cell: Cell, prop: str = "name") -> set[str]:
    """Add the names of a cell: the first as ``prop``, variants as aliases (of a weak alias: as weak aliases).

    Returns:
        The names, folded to lower case.
    """
    person = writer.schema == "Person"
    names: set[str] = set()
    for name in (name for part in numbered(cell) for name in names_in(part, person=person)):
        kind = name.kind
        if kind in ("title", "position", "notes"):
            writer.add(kind, name.cell, value=name.value)
        else:
            names.add(name.value.casefold())
            writer.add(prop if kind == "name" or prop == "weakAlias" else kind, name.cell, value=name.value)
    return names


def _name(kind: str, cell: Cell, value: str = "") -> Name:
    return Name(kind, cell, " ".join(_HYPHENATED.sub("-", value or cell.text).split()))


def _scripts(cell: Cell, found: list[Name], person: bool) -> None:
    """Take out the stretches in another script; what is left between them is Latin."""
    runs = list(_SCRIPT_RUN.finditer(cell.text))
    if not runs or not re.search(r"[A-Za-z]{2}", cell.text):
        _labels(cell, "name", found, person)
        return
    latin: list[Cell] = []
    at = 0
    for run in runs:
        latin.append(cell.cut(at, run.start()))
        at = run.end()
    latin.append(cell.cut(at, len(cell.text)))
    if any(_is_fragment(part) for part in latin if part):
        _labels(cell, "name", found, person)
        return
    for part in latin:
        label = _SPELLING.search(part.text)
        part = _closed(part.cut(0, label.start()) if label else part)
        if re.search(r"\w", part.text):
            _labels(part, "name" if not any(n.kind == "name" for n in found) else "alias", found, person)
    for run in runs:
        script = cell.group(run, "bracket" if run["bracket"] else 0)
        parts = script.split(r",\s*|،\s*")
        several = len(parts) > 1 and all(" " in p.text for p in parts)
        found += [_name("name", p.strip(" ,.–-")) for p in (parts if several else [script])]


def _is_fragment(part: Cell) -> bool:
    """Whether Latin letters between others are no name: ``OOO``, or a Latin letter within a Cyrillic word."""
    letters = re.findall(r"[^\W\d_]", part.text)
    return bool(letters) and (len(letters) < 4 or _FORM.match(part.text.strip(' ‘’“”"()«»,')) is not None)


def _closed(cell: Cell) -> Cell:
    """Without brackets that lost their other half to a cut, and without dashes at the ends."""
    cell = cell.strip(" ,;–-\t\n\u00a0")
    while cell.text.startswith(")") or (cell.text.startswith("(") and cell.text.count("(") > cell.text.count(")")):
        cell = cell.cut(1, len(cell.text)).strip(" ,;–-")
    while cell.text.endswith("(") or (cell.text.endswith(")") and cell.text.count(")") > cell.text.count("(")):
        cell = cell.cut(0, len(cell.text) - 1).strip(" ,;–-")
    return cell


def _labels(cell: Cell, kind: str, found: list[Name], person: bool) -> None:
    """``X a.k.a. Y``, ``X (ex Y)``: cut at the labels that say what a name is."""
    marks = [m for m in _LABEL.finditer(cell.text) if m.start() and not _inside(cell.text, m)]
    starts = [(0, kind), *((m.end(), "alias" if m["alias"] else "previousName") for m in marks)]
    ends = [*(m.start() for m in marks), len(cell.text)]
    for (start, what), end in zip(starts, ends, strict=True):
        part = _closed(cell.cut(start, end))
        if not re.search(r"\w", part.text):
            continue
        if what == kind:
            _brackets(part, kind, found, person)
        else:
            found += [_name(what, _closed(p)) for p in part.split(_AND_SO)]


def _inside(text: str, match: re.Match[str]) -> bool:
    """Whether a label stands in brackets in the middle of a name: ``Jihad (a.k.a. Mohammad) SULTAN``."""
    closing = text.find(")", match.end())
    return closing > 0 and "(" in match[0] and bool(re.match(r"\s*[\w‘“'\"]", text[closing + 1 :]))


def _brackets(cell: Cell, kind: str, found: list[Name], person: bool) -> None:
    parts = cell.split(_SLASH)
    for number, part in enumerate(parts):
        what = kind if number == 0 else "alias"
        if number and person and " " not in part.text and " " in parts[0].text:
            found.append(_name(what, part, f"{parts[0].text.rpartition(' ')[0]} {part.text}"))
            continue
        trailing = _TRAILING.match(part.text)
        inner = part.group(trailing, "inner") if trailing else None
        if trailing is not None and inner is not None and person and _ROLE.search(inner.text):
            _glued(part.group(trailing, "outer"), what, found, person)
            found.append(_name("position", inner))
        elif person and trailing is not None and _ROLE.search(part.text.partition(",")[2]):
            _glued(part, what, found, person)
        elif person and "(" in part.text and _variants(part, what, found):
            continue
        elif trailing is not None and inner is not None and _is_name(inner.text, person):
            _glued(part.group(trailing, "outer"), what, found, person)
            found += [_name("alias", p) for p in (inner.split(_AND_SO) if person else [inner])]
        else:
            _glued(part, what, found, person)


def _variants(part: Cell, kind: str, found: list[Name]) -> bool:
    """``Simon (Salomon) TOKOLONGA``: the word before a bracket may be any of those within.

    Brackets that hold whole names, or no names, are left to others.
    """
    brackets = list(_BRACKET.finditer(part.text))
    others = [[o.strip() for o in _AND_SO.split(b["others"]) if o.strip()] for b in brackets]
    if not brackets or any(not _is_name(b["others"], True) for b in brackets):
        return False
    if any(len(o.split()) > 1 for o in others[-1]) and brackets[-1].end() == len(part.text):
        return False
    bare = re.sub(r"\s*\([^()]*\)", "", part.text)
    found.append(_name(kind, part, bare))
    for bracket, names in zip(brackets, others, strict=True):
        before = re.sub(r"\s*\([^()]*\)", "", part.text[: bracket.start()])
        after = re.sub(r"\s*\([^()]*\)", "", part.text[bracket.end() :])
        found += [_name("alias", part, o if len(o.split()) > 2 else f"{before}{o} {after}") for o in names]
    return True


def _is_name(inner: str, person: bool) -> bool:
    """Whether what stands in brackets behind a name is a name too, and no country, number or remark."""
    if country_code(inner) is not None or not re.search(r"[A-Z]", inner) or _FORM.match(inner):
        return False
    words = re.findall(r"[^\W\d]+", inner)
    lower = sum(w.islower() and len(w) > 3 for w in words)
    return bool(words) and lower * 2 < len(words) and (not person or not re.search(r"\d|\bborn\b", inner))


def _glued(part: Cell, kind: str, found: list[Name], person: bool) -> None:
    """``Imad ZUREIQ Emad ZURAIQ``: names of people set one behind the other, each ending in capitals."""
    if not person:
        found.append(_name(kind, part))
        return
    pieces = part.split(_GLUED)
    commas = part.split(r",\s+")
    if len(commas) > 1 and all(_FULL.match(c.text) for c in commas):
        pieces = commas
    if len(pieces) > 1 and all(_FULL.match(p.text) for p in pieces):
        found.append(_name(kind, pieces[0]))
        found += [_name("alias", p) for p in pieces[1:]]
    else:
        _natural(part, commas, kind, found)


def _natural(part: Cell, commas: list[Cell], kind: str, found: list[Name]) -> None:
    """``Kabir, A., Maulavi`` as ``A. Kabir`` with a title; ``Al-Haq, Amin`` as ``Amin Al-Haq``."""
    titles = [c for c in commas[1:] if _ONLY_TITLE.match(c.text)]
    roles = [c for c in commas[1:] if _ROLE.search(c.text)]
    rest = [c for c in commas if c not in titles and c not in roles]
    if _spellings([c.text for c in rest]):
        found += [_name(kind if number == 0 else "alias", c) for number, c in enumerate(rest)]
    elif len(rest) == 2 and _both_whole(rest[0].text, rest[1].text):
        found += [_name(kind, rest[0]), _name("alias", rest[1])]
    elif len(rest) == 2 and rest[1].text[-2:].isupper() and not rest[0].text[-2:].isupper() and len(rest[1].text) > 3:
        found.append(_name(kind, part, f"{rest[0].text} {rest[1].text}"))
    elif len(rest) == 2 and not _SUFFIX.match(rest[1].text) and "(" not in part.text:
        found.append(_name(kind, part, f"{rest[1].text} {rest[0].text}"))
    elif titles or roles:
        found.append(_name(kind, part, ", ".join(c.text for c in rest)))
    else:
        found.append(_name(kind, part))
    found += [_name("title", c) for c in titles] + [_name("position", c) for c in roles]


def _spellings(words: list[str]) -> bool:
    """Whether a list is spellings of one word (``Shahada, Shahade, Shahadeh``), not the parts of a name."""
    if len(words) < 2 or any(" " in w for w in words):
        return False
    return all(SequenceMatcher(None, words[0].casefold(), w.casefold()).ratio() > _ALIKE for w in words[1:])


def _both_whole(left: str, right: str) -> bool:
    """Whether both sides of a comma are whole names: three words each, or a word in common."""
    a, b = left.casefold().split(), right.casefold().split()
    return len(a) > 1 and len(b) > 1 and (min(len(a), len(b)) > 2 or bool(set(a) & set(b)))
