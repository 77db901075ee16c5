"""Where in an artifact a value stands, as one short readable string.

A locator is a list of ``key=value`` pairs joined by ``;`` in a fixed order::

    row=35;col=12;column=remarks;chars=4-17                       CSV (row 1 is the first row of the file)
    sheet=Data;row=7134;col=11;column=DOB                         XLSX
    line=88;element=INDIVIDUAL[17]/INDIVIDUAL_ALIAS[2]/ALIAS_NAME XML (line of the record's start tag)
    line=12;pointer=/properties/name/0                            JSON lines
    pointer=/12/properties/name/0                                 a file that is one JSON array
    line=34;chars=4-17                                            a list that is published as text
    chars=120-162;source=20344-20391                              a document's text, and its archived HTML
    page=3;chars=120-162;box=72,510,523,536                       a PDF's text, and where it stands on the page
    page=3;chars=120-162;box=...;ocr=tesseract 5.3.0 eng          the same where pages are pictures that a program read

``chars`` counts characters (Unicode code points) of the cell, element or document text, from 0, end
exclusive. ``member`` names a file inside a ZIP.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from finemesh.model.errors import DataError

_ESCAPES = (("%", "%25"), (";", "%3B"), ("=", "%3D"), ("\n", "%0A"), ("\r", "%0D"))


def escape(value: str) -> str:
    """Make a value safe to stand inside a locator string."""
    for plain, code in _ESCAPES:
        if plain in value:
            value = value.replace(plain, code)
    return value


def _unescape(value: str) -> str:
    for plain, code in reversed(_ESCAPES):
        value = value.replace(code, plain)
    return value


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside one artifact. ``str()`` gives the stored form, :meth:`parse` reads it back.

    Attributes:
        member: Path inside a ZIP artifact.
        sheet: Worksheet name.
        row: Row of a table, from 1, the header row counted.
        col: Column of a table, from 1.
        column: The column's heading, where the table has one.
        line: Line of the artifact, from 1.
        element: XML: record tag and ordinal, then the path below it; ``@name`` for an attribute.
        pointer: JSON pointer inside the line's object.
        page: Page of a document, from 1.
        chars: Characters (start, end) within the cell, element or document text.
        source: Characters (start, end) of the archived source that hold a document's passage.
        box: Left, bottom, right, top on the page in points from its lower left corner, as PDF counts.
        ocr: What read the pages of the document that are pictures: program, version, languages. The characters
            of the whole document count on it.
    """

    member: str | None = None
    sheet: str | None = None
    row: int | None = None
    col: int | None = None
    column: str | None = None
    line: int | None = None
    element: str | None = None
    pointer: str | None = None
    page: int | None = None
    chars: tuple[int, int] | None = None
    source: tuple[int, int] | None = None
    box: tuple[int, int, int, int] | None = None
    ocr: str | None = None

    def __str__(self) -> str:
        """The stored form."""
        parts = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None:
                continue
            if isinstance(value, tuple):
                value = f"{value[0]}-{value[1]}" if len(value) == 2 else ",".join(map(str, value))
            parts.append(f"{field.name}={escape(str(value))}")
        return ";".join(parts)

    @classmethod
    def parse(cls, text: str) -> Locator:
        """Read the stored form back.

        Raises:
            DataError: ``text`` is not a locator.
        """
        values: dict[str, object] = {}
        for part in text.split(";") if text else ():
            key, _, raw = part.partition("=")
            try:
                if key in ("row", "col", "line", "page"):
                    values[key] = int(raw)
                elif key in ("chars", "source"):
                    start, _, end = raw.partition("-")
                    values[key] = (int(start), int(end))
                elif key == "box":
                    left, bottom, right, top = map(int, raw.split(","))
                    values[key] = (left, bottom, right, top)
                else:
                    values[key] = _unescape(raw)
            except ValueError:
                raise DataError(f"not a locator: {text!r}") from None
        try:
            return cls(**values)  # type: ignore[arg-type]
        except TypeError:
            raise DataError(f"not a locator: {text!r}") from None

    def describe(self) -> str:
        """The place in words, for people: ``sheet Data, row 7134, column DOB``."""
        words = []
        if self.member:
            words.append(f"in {self.member}")
        if self.sheet:
            words.append(f"sheet {self.sheet}")
        if self.row is not None:
            words.append(f"row {self.row}")
        if self.column:
            words.append(f"column {self.column}")
        elif self.col is not None:
            words.append(f"column {self.col}")
        if self.page is not None:
            words.append(f"page {self.page}")
        if self.line is not None:
            words.append(f"line {self.line}")
        if self.element:
            words.append(self.element)
        if self.pointer:
            words.append(self.pointer)
        if self.chars:
            words.append(f"characters {self.chars[0]}–{self.chars[1]}")
        if self.ocr:
            words.append(f"scanned pages read by {self.ocr}")
        return ", ".join(words)
