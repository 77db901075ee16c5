"""The word lists of ``finemesh/data/words``, read once.

Each list is a plain text file that a researcher can read and extend: ``#`` starts a comment, the rest is
said at the head of the file. Nothing here is about a document or a case.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def _lines(name: str) -> Iterator[str]:
    text = (files("finemesh") / "data" / "words" / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            yield line


@cache
def words(name: str) -> frozenset[str]:
    """All words of a plain list (``common``, ``roles``, ``places``)."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def classes(name: str) -> dict[str, frozenset[str]]:
    """A list of ``CLASS: words``; entries are separated by commas where a line has any, else by spaces."""
    found: dict[str, set[str]] = {}
    for line in _lines(name):
        label, colon, rest = line.partition(": ")
        if not colon:
            raise ValueError(f"{name}.txt: no class in {line!r}")
        entries = rest.split(",") if "," in rest else rest.split()
        found.setdefault(label, set()).update(entry.strip() for entry in entries)
    return {label: frozenset(entries) for label, entries in found.items()}


@cache
def states() -> dict[str, str]:
    """Each name and adjective of a country or body of states, to the name as written (``Burmese`` to ``Myanmar``)."""
    found: dict[str, str] = {}
    for source in ("countries", "bodies"):
        for line in _lines(source):
            name, _, others = line.partition(":")
            name = name.rstrip("!").strip()
            found[name] = name
            for other in others.split(","):
                if other.strip():
                    found[other.strip()] = name
    return found


@cache
def adjectives() -> frozenset[str]:
    """Words for a country that only stand before a noun (``Thai``, ``Russian``), or for its people."""
    endings = (
        "an",
        "ese",
        "ish",
        "i",
        "ch",
        "ic",
        "ai",
        "ss",
        "een",
        "ak",
        "ek",
        "ot",
        "ne",
        "no",
        "on",
        "sh",
        "yz",
        "jik",
    )
    found: set[str] = set()
    for line in _lines("countries"):
        name, _, others = line.partition(":")
        found.update(o for o in map(str.strip, others.split(",")) if o and o.endswith(endings) and o not in _NOUNS)
        found.discard(name)
    found.add("European")
    return frozenset(found)


_NOUNS = {
    "Great Britain",
    "Britain",
    "Burma",
    "Bosnia",
    "Saudi Arabian",
    "Republic of Korea",
    "Russian Federation",
    "Holland",
}


@cache
def blocs() -> frozenset[str]:
    """Bodies of several states: what "the bloc" can mean."""
    return frozenset(
        line.partition(":")[0].rstrip("!").strip() for line in _lines("bodies") if "!" in line.partition(":")[0]
    )


@cache
def relatives() -> dict[str, str]:
    """Each word for a relative, to the word for the other side ("wife" to "husband")."""
    return {line.split()[0]: line.split()[1] for line in _lines("families")}


@cache
def verb_table() -> list[tuple[str, tuple[str, str, str] | None, bool]]:
    """The verbs: (base form, its irregular past, participle and -ing form or None, whether it is also a noun)."""
    table = []
    for line in _lines("verbs"):
        for entry in line.split():
            base, *irregular = entry.split(":")
            also_noun = base.endswith("=")
            forms = tuple(irregular[:3]) + ("",) * (3 - len(irregular)) if irregular else None
            table.append((base.rstrip("="), forms, also_noun))
    return table  # type: ignore[return-value]
