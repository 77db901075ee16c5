"""Pages that are pictures, read by tesseract where it is installed.

What comes of it is a machine's reading and may be wrong: it is said wherever the text goes. The same version with
the same languages gives the same characters, so a place is checked by reading the picture again; with another version,
or without tesseract, it cannot be checked, and that is what is said then.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from finemesh.model.errors import SourceError

MAX_PAGES = 200
"""Pages of one document that are read."""
PAGE_SECONDS = 120
"""Seconds that a page may take."""
_LANGUAGES = re.compile(r"[A-Za-z_]+(?:\+[A-Za-z_]+)*")
_VERSION = re.compile(r"tesseract\s+v?(\d+(?:\.\d+)*)")

PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An installed tesseract.

    Attributes:
        program: Its path.
        version: Its version.
        languages: The languages it reads with, as it names them (``eng``, ``eng+mya``).
    """

    program: str
    version: str
    languages: str

    @property
    def label(self) -> str:
        """What stands in a locator."""
        return f"tesseract {self.version} {self.languages}"


@cache
def find_engine(languages: str) -> tuple[Engine | None, str]:
    """The installed tesseract with these languages, or None and why not.

    Args:
        languages: Codes of tesseract joined by ``+``; empty means that pictures are not to be read.
    """
    if not languages:
        return None, "the case does not ask for it (`ocr` in case.toml)"
    program = shutil.which("tesseract")
    if program is None:
        return None, "tesseract is not installed"
    version = _VERSION.search(_output([program, "--version"]))
    if version is None:
        return None, "tesseract does not run"
    installed = set(_output([program, "--list-langs"]).split())
    missing = [code for code in languages.split("+") if code not in installed]
    if missing or not _LANGUAGES.fullmatch(languages):
        return None, f"tesseract has no data for {'+'.join(missing) or languages}"
    return Engine(program, version.group(1), languages), ""


def engine_of(label: str) -> Engine:
    """The engine that a locator names.

    Raises:
        SourceError: It is not installed here in that version.
    """
    engine, why = find_engine(label.rpartition(" ")[2])
    if engine is None or engine.label != label:
        here = why or f"here is {engine.label if engine else 'none'}"
        raise SourceError(f"pages that are pictures were read by {label}, which cannot read them again here: {here}")
    return engine


def read_picture(engine: Engine, pgm: bytes) -> list[tuple[str, PixelBox]]:
    """The lines of a page from a grey picture of it, each with its place; empty where there are none.

    Args:
        engine: What reads.
        pgm: The picture as binary PGM.

    Raises:
        SourceError: It took too long or failed.
    """
    command = [engine.program, "stdin", "stdout", "-l", engine.languages, "--dpi", "300", "tsv"]
    try:
        done = subprocess.run(
            command, input=pgm, capture_output=True, timeout=PAGE_SECONDS, check=True, env=_environment()
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise SourceError(f"tesseract could not read it: {type(error).__name__}") from error
    return _lines(done.stdout.decode("utf-8", "replace"))


def _lines(tsv: str) -> list[tuple[str, PixelBox]]:
    """Words of tesseract's table put together to lines."""
    words: list[tuple[tuple[str, ...], str, PixelBox]] = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(int, cells[6:10])
            words.append((tuple(cells[2:5]), cells[11].strip(), (left, top, left + width, top + height)))
    found = []
    for _, group in groupby(words, key=lambda word: word[0]):
        line = list(group)
        lefts, tops, rights, bottoms = zip(*(box for _, _, box in line), strict=True)
        found.append((" ".join(text for _, text, _ in line), (min(lefts), min(tops), max(rights), max(bottoms))))
    return found


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=30, check=False, env=_environment())
    except (subprocess.SubprocessError, OSError):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """One thread a process: the workers share the processors already, and the result does not hang on their number."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}
