"""Taking apart the running text of METI's notices: heads, entries, names in two languages, addresses.

The text comes out of a PDF, so lines break anywhere, an entry's number may stick to the end of the line before it
(``127055RU.10 対外諜報庁``), and the English name to the Japanese one. Numbers are full-width up to nine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from finemesh.sources.raw.cell import EMPTY, Cell, Joined

JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff々]")
HEAD = re.compile(r"^\s*[○〇◯]\s*(?P<text>.+)$")
_ENTRY = re.compile(r"(?:^\s*|(?<=[.。;；)A-Za-z]))(?P<number>[0-9０-９]{1,4})[ \u3000]+(?=(?P<name>\S.*)$)")
_DAY = re.compile(r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
_DESIGNATED = re.compile(r"指\s*定\s*日\s*[：:]")
_AMENDED = re.compile(r"最\s*終\s*更\s*新\s*日\s*[：:]")
_ADDRESS = re.compile(r"所\s*在\s*地\s*[：:]\s*")
_ALIASES = re.compile(r"別\s*称\s*[：:]\s*")
_DASH = re.compile(r"^\s*[-‐‑‒–—―－−]\s*(?P<name>\S.*)$")
_GLUED = re.compile(
    r"^(?P<japanese>.*[\u3041-\u30ff\u4e00-\u9fff々）」])\s*(?P<english>[A-Za-z“\"][A-Za-z0-9“\"].{3,})$"
)
_CLOSED = re.compile(r"^(?P<japanese>.*）)\s*(?P<english>[A-Za-z0-9“\"].{3,})$")
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(slots=True)
class Notice:
    """One announcement.

    Attributes:
        title: Its heading, the number of the notice included.
        designated, amended: The cells of its dates, ``2022年03月01日``.
        first_day, last_day: The same as ISO dates, empty where they cannot be read.
    """

    title: list[Cell] = field(default_factory=list)
    designated: Cell = EMPTY
    amended: Cell = EMPTY
    first_day: str = ""
    last_day: str = ""

    def take(self, line: Cell) -> bool:
        """Take a line of the head; False where it is none."""
        for pattern, cell_name, day_name in (
            (_AMENDED, "amended", "last_day"),
            (_DESIGNATED, "designated", "first_day"),
        ):
            if match := pattern.search(line.text):
                rest = line.cut(match.end(), len(line.text)).strip()
                setattr(self, cell_name, rest)
                setattr(self, day_name, iso_day(rest.text))
                return True
        return False


def iso_day(text: str) -> str:
    """``2022 年03月01 日`` as an ISO date, or an empty text."""
    match = _DAY.search(text.translate(_FULL))
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" if match else ""


@dataclass(slots=True)
class Block:
    """The lines of one entry.

    Attributes:
        notice: The announcement that it stands under.
        number: The cell of its number.
        lines: Its lines, the number cut off.
    """

    notice: Notice
    number: Cell
    lines: list[Cell]


def blocks(lines: Iterable[Cell]) -> Iterator[Block | Cell]:
    """The entries of a text in order; a line that belongs to nothing comes out as it is."""
    notice: Notice | None = None
    block: Block | None = None
    expected = 1
    for line in lines:
        if not line:
            continue
        if head := HEAD.match(line.text):
            if block is not None:
                yield block
            notice, block, expected = Notice([line.group(head, "text").strip()]), None, 1
            continue
        if notice is None:
            yield line
            continue
        if notice.take(line):
            continue
        begin = _begins(line, expected)
        if begin is not None:
            before, number, name = begin
            if block is not None:
                if before:
                    block.lines.append(before)
                yield block
            block, expected = Block(notice, number, [name]), expected + 1
        elif block is not None:
            block.lines.append(line.strip())
        elif notice.designated or notice.amended:
            yield line
        else:
            notice.title.append(line.strip())
    if block is not None:
        yield block


def _begins(line: Cell, expected: int) -> tuple[Cell, Cell, Cell] | None:
    """What stands before the entry, its number and its name, where the next entry begins in a line."""
    for match in _ENTRY.finditer(line.text):
        if int(match["number"].translate(_FULL)) == expected and JAPANESE.search(match["name"]):
            before = line.cut(0, match.start("number")).strip()
            return before, line.group(match, "number"), line.group(match, "name").strip()
    return None


@dataclass(slots=True)
class Parts:
    """The parts of an entry, each a list of stretches of lines.

    Attributes:
        japanese, english: The names.
        aliases: Further names, one list each.
        address: Where it is.
    """

    japanese: list[Cell] = field(default_factory=list)
    english: list[Cell] = field(default_factory=list)
    aliases: list[list[Cell]] = field(default_factory=list)
    address: list[Cell] = field(default_factory=list)


def parts_of(block: Block) -> Parts:
    """Sort the lines of an entry into its parts."""
    parts = Parts()
    target = parts.japanese
    for line in block.lines:
        if (found := _ADDRESS.search(line.text)) and target is not parts.address:
            if before := line.cut(0, found.start()).strip():
                target = _name_line(parts, before, target)
            target = parts.address
            line = line.cut(found.end(), len(line.text)).strip()
            if line:
                target.append(line)
            continue
        if target is parts.address:
            target.append(line)
            continue
        target = _name_line(parts, line, target)
    _unglue(parts)
    return parts


def _name_line(parts: Parts, line: Cell, target: list[Cell]) -> list[Cell]:
    if (found := _ALIASES.match(line.text)) or (found := _DASH.match(line.text)):
        rest = line.cut(found.end(), len(line.text)) if "name" not in found.groupdict() else line.group(found, "name")
        parts.aliases.append([rest.strip()])
        return parts.aliases[-1]
    if any(target is alias for alias in parts.aliases) and JAPANESE.search(target[-1].text + line.text):
        parts.aliases.append([line.strip()])  # a line in the other language
        return parts.aliases[-1]
    if target is parts.japanese and parts.japanese and not _open(parts.japanese) and not JAPANESE.search(line.text):
        target = parts.english
    target.append(line)
    return target


def _open(cells: list[Cell]) -> bool:
    """Whether a bracket is open at the end of the lines."""
    text = "".join(c.text for c in cells).replace("(", "（").replace(")", "）")
    return text.count("（") > text.count("）")


def _unglue(parts: Parts) -> None:
    """Part an English name from the Japanese one that it sticks to."""
    last = parts.japanese[-1] if parts.japanese else EMPTY
    match = _CLOSED.match(last.text) or (None if parts.english else _GLUED.match(last.text))
    if match is not None and JAPANESE.search(match["english"]) is None:
        parts.japanese[-1] = last.group(match, "japanese")
        parts.english.insert(0, last.group(match, "english"))


def joined(cells: list[Cell], gap: str) -> Cell:
    """The stretches as one text."""
    found = [c for c in cells if c]
    if not found:
        return EMPTY
    return found[0] if len(found) == 1 else Joined(*found, gap=gap)
