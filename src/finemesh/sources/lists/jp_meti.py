"""Japan: entities to which exports are prohibited (METI), by the notices of the Foreign Ministry.

Publisher: Ministry of Economy, Trade and Industry,
https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html, one PDF each for Russia,
Belarus and other countries. What is read is the PDF's text. It holds one or several notices, each with its title,
``指定日`` (day of designation) and ``最終更新日`` (day of the last change), and numbered entries: Japanese name
with aliases in brackets (別称), English name with aliases, address (所在地).

What its dates mean: the two days are those of the notice, not of each entry. An entry that was added by a later change
does not carry the day on which that happened. The entries of one change stand in alphabetical order of their English
names and new ones are put behind, so those before the first step back in the alphabet were in the notice from the
beginning (49 for Russia, as announced on 2022-03-01): they take its day of designation. The others are "listed, date
not published". A notice that was never changed gives its day to all. The last change is ``modifiedAt`` for all.

Ids: numbers move when an entry is taken out, so the id is made of the English name.

What is left out: nothing of the text.
"""

from __future__ import annotations

import re

from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import digest, kept, sanction
from finemesh.sources.lists.countries import country_code
from finemesh.sources.lists.jp_meti_text import Block, Notice, Parts, blocks, iso_day, joined, parts_of
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.text import line_cells

DATASET = "jp_meti"
_MARKS = ("輸出等に係る禁止措置", "指定日")
_NUMBER_OF_NOTICE = re.compile(r"（(?P<number>[^（）]*告示[^（）]*)）")
_MEASURE = re.compile(r"輸出等に係る禁止措置")
_TARGETS = re.compile(r"の?対象となる(?P<whose>[^（）]+)")
_IN_BRACKETS = re.compile(r"[（(]\s*別\s*称\s*[、,]\s*(?P<names>.*)[）)]\s*$", re.DOTALL)
_JAPANESE_AND = re.compile(r"、|､|及び|並びに")
_INCLUDING = re.compile(r",? (?:\(?including) .*$|[（(][^（）()]*(?:含む|含まれる).*$|。.*$", re.DOTALL)
_ALSO = re.compile(r",?\s*a\.?k\.?a\.?,?\s*|,\s*(?=the\s+following\b)", re.IGNORECASE)
_FOLLOWING = re.compile(r"the\s*following\b.*?(?:alias(?:es)?)?\s*[:：]?\s*$", re.IGNORECASE | re.DOTALL)
_END_OF_ALIAS = re.compile(r"[\s;；.,]*(?:\band)?[\s;；,]*$")
_PLACES = re.compile(r"\s*[;；]\s*(?:and\s+)?")
_SHORT = re.compile(r"^(?P<name>.+?)\s+[(（][^()（）]{2,30}[)）]$", re.DOTALL)
_BROKEN = re.compile(r"(?<=\w)- (?=\w)")
_LEAST = {"ロシア": 100}


def recognise(probe: Probe) -> Recognition | None:
    """Know it by the words of its head; the snapshot is the day of the last change."""
    head = re.sub(r"\s", "", probe.text[:3000])
    if not all(mark in head for mark in _MARKS) or probe.text.lstrip().startswith(("<", "%PDF")):
        return None
    days = [day for line in probe.text.splitlines() if "更" in line[:12] and (day := iso_day(line))]
    return Recognition(DATASET, max(days, default=""))


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file)


def _read_file(out: FileEmitter, file: InputFile) -> None:
    notice: Notice | None = None
    first, last_key, count = True, "", 0
    for block in blocks(kept(out, line_cells(file.path))):
        if isinstance(block, Cell):
            out.issue("unknown-line", f"a line that belongs to no entry: {block.text[:80]!r}", block.locator)
            continue
        if block.notice is not notice:
            _finish(out, notice, count)
            notice, first, last_key, count = block.notice, True, "", 0
            _check(out, notice, block)
        parts = parts_of(block)
        key = re.sub(r"[^a-z0-9]", "", joined(parts.english, " ").text.casefold())
        first = first and key[:2] >= last_key[:2]
        last_key, count = key, count + 1
        _read_entry(out, block, parts, first or notice.first_day == notice.last_day)
    _finish(out, notice, count)
    if notice is None:
        out.issue("empty", "no entry could be read", severity="error")


def _check(out: FileEmitter, notice: Notice, block: Block) -> None:
    for name, cell, day in (
        ("指定日", notice.designated, notice.first_day),
        ("最終更新日", notice.amended, notice.last_day),
    ):
        if not day:
            message = f"{name} of a notice cannot be read: {cell.text!r}"
            out.issue("bad-date", message, cell.locator if cell else block.number.locator)


def _finish(out: FileEmitter, notice: Notice | None, count: int) -> None:
    title = "".join(c.text for c in notice.title) if notice else ""
    for word, least in _LEAST.items():
        if word in title and "以外" not in title and count < least:
            out.issue("too-few", f"{count} entries, where at least {least} are expected: is the file cut off?")


def _read_entry(out: FileEmitter, block: Block, parts: Parts, from_the_beginning: bool) -> None:
    japanese, english = joined(parts.japanese, ""), joined(parts.english, " ")
    plain = _also(english)
    name = plain or _without_aliases(japanese)
    if not name:
        out.issue("bad-row", "an entry without name is not read", block.number.locator, severity="error")
        return
    party = out.entity("LegalEntity", f"jp-meti-{digest(' '.join(name.text.casefold().split()))}")
    _add_names(party, parts, japanese, english)
    for place in joined(parts.address, " ").split(_PLACES):
        _add(party, "address", place.strip(" .,;；"))
        country = place.find(r"(?:^|[,，]\s*|\s)([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3})[\s.。,;；]*$")
        if country is not None and country_code(country.text):
            party.add("country", country, value=country_code(country.text))
    _add_sanction(out, block, party, from_the_beginning)


def _add_sanction(out: FileEmitter, block: Block, party: EntityWriter, from_the_beginning: bool) -> None:
    notice = block.notice
    title = joined(notice.title, "")
    number, whose, measure = (
        _cut(title, _NUMBER_OF_NOTICE, "number"),
        _cut(title, _TARGETS, "whose"),
        _cut(title, _MEASURE, 0),
    )
    writer = sanction(out, party, block.number, whose or title, suffix=digest(number.text or title.text))
    writer.add("provisions", measure)
    writer.add("summary", number)
    writer.add("authorityId", block.number, value=str(int(block.number.text)))
    if notice.first_day and from_the_beginning:
        writer.add("startDate", notice.designated, value=notice.first_day)
    if notice.last_day:
        writer.add("modifiedAt", notice.amended, value=notice.last_day)


def _cut(title: Cell, pattern: re.Pattern[str], group: int | str) -> Cell:
    match = pattern.search(title.text)
    return title.group(match, group) if match else EMPTY


def _also(english: Cell) -> Cell:
    """The English name without what introduces its aliases."""
    match = _ALSO.search(english.text)
    return (english.cut(0, match.start()) if match and match.start() else english).strip(" ,;")


def _without_aliases(japanese: Cell) -> Cell:
    match = _IN_BRACKETS.search(japanese.text)
    return (japanese.cut(0, match.start()) if match else japanese).strip()


def _add(party: EntityWriter, prop: str, cell: Cell, lang: str = "") -> None:
    """Add a text that may be broken over lines, also at a hyphen."""
    party.add(prop, cell, value=_BROKEN.sub("-", cell.text), lang=lang)


def _add_name(party: EntityWriter, name: Cell, lang: str = "") -> None:
    """Add a name; what it is said to include is kept as a note."""
    including = _INCLUDING.search(name.text)
    if including and including.start():
        _add(party, "notes", name, lang)
        name = name.cut(0, including.start())
    _add(party, "name", name, lang)


def _add_names(party: EntityWriter, parts: Parts, japanese: Cell, english: Cell) -> None:
    _add_name(party, _also(english))
    if short := _SHORT.match(_also(english).text):
        _add(party, "alias", _also(english).group(short, "name"))
    match = _ALSO.search(english.text)
    if match and match.start():
        rest = english.cut(match.end(), len(english.text))
        if not _FOLLOWING.search(rest.text):
            _add_alias(party, rest)
    _add_name(party, _without_aliases(japanese), "jpn")
    if within := _IN_BRACKETS.search(japanese.text):
        for name in japanese.group(within, "names").split(_JAPANESE_AND):
            party.add("alias", name, lang="jpn")
    for alias in parts.aliases:
        for name in joined(alias, " ").split(r"[;；]\s*(?:and\b)?"):
            _add_alias(party, name)


def _add_alias(party: EntityWriter, alias: Cell) -> None:
    end = _END_OF_ALIAS.search(alias.text)
    name = alias.cut(0, end.start()) if end else alias
    if alias.text.rstrip(" ;；").endswith((" Inc.", " Co.", " Ltd.", " Corp.", " S.A.")):
        name = alias.strip(" ;；")
    _add(party, "alias", name)


READER = ListReader(DATASET, 1, recognise, read)
