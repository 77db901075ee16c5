"""Links between entries of one list: by reference (``Brother of Yassin Chouka (QDi.301)``) and by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest
from finemesh.sources.raw.cell import Cell

UN_REFERENCE = r"\b[A-Z]{2}[ie]\.\d{3}\b"
"""Permanent reference of a UN entry, the form since 2014 (``QDi.301``)."""
_SENTENCE = re.compile(r"(?<=[a-z)\d”]{2}[.;])\s+(?=[A-Z“])")
_KIN = (
    r"(?:half[- ]|twin |elder |younger |older )?(?:brother|sister|son|daughter|father|mother|wife|husband|uncle|aunt"
    r"|nephew|niece|cousin|spouse)(?:[- ]in[- ]law)?"
)
_KINSHIP = re.compile(rf"\b{_KIN}(?=\s+of|\s+to|[’']s name)", re.IGNORECASE)
_FAMILY = re.compile(rf"\b{_KIN}\s+(?:of|to)\s+(?P<names>[^.;]*)$|\b{_KIN}[’']s name(?: is|:) [^.;]*$", re.IGNORECASE)
_OTHER_TIE = re.compile(r"\b(?:associated|member|leader|founded|led|with|by|for|in|under|at|from|was|is|has)\b", re.I)
_MAX_ROLE = 400


def add_text(writer: EntityWriter, prop: str, *cells: Cell, value: str | None = None) -> None:
    """Add prose with its line breaks and indentation made single spaces."""
    found = [c for c in cells if c]
    if found:
        writer.add(prop, *found, value=" ".join((found[0].text if value is None else value).split()))


def mentions(
    out: FileEmitter,
    entity: str,
    prose: Cell,
    pattern: re.Pattern[str],
    references: Mapping[str, str],
    schemata: Mapping[str, str],
) -> None:
    """Links to the entries that a text names by their reference.

    Kinship between two people becomes ``Family``; every other mention becomes a link whose role is the sentence up
    to the reference, because only the sentence says what the relation is.

    Args:
        out: Where to write.
        entity: The entry whose text it is.
        prose: The text.
        pattern: What a reference looks like.
        references: Entity ids by reference.
        schemata: Schema of each entry.
    """
    if pattern.search(prose.text) is None:
        return
    for sentence in prose.split(_SENTENCE):
        for match in pattern.finditer(sentence.text):
            target = references.get(match[0])
            if target is None or target == entity:
                continue
            end = match.end() + (sentence.text[match.end() : match.end() + 1] == ")")
            before, quote = sentence.cut(0, match.start()), sentence.cut(0, end)
            people = schemata.get(entity) == schemata.get(target) == "Person"
            if not (people and _family(out, entity, target, before, quote)):
                connect(out, entity, target, quote)


def _family(out: FileEmitter, entity: str, target: str, before: Cell, quote: Cell) -> bool:
    last = max(_KINSHIP.finditer(before.text), key=lambda m: m.start(), default=None)
    found = _FAMILY.search(before.text, last.start()) if last else None
    if last is None or found is None or _OTHER_TIE.search(found["names"] or ""):
        return False
    writer = out.entity("Family", f"{entity}-family-{digest(target)}")
    writer.link("person", entity, quote)
    writer.link("relative", target, quote)
    add_text(writer, "relationship", before.cut(last.start(), last.end()))
    return True


def connect(out: FileEmitter, entity: str, target: str, quote: Cell, role: str | None = None) -> None:
    """An ``UnknownLink`` between two entries whose role is what the list says, or ``role`` where its column says it."""
    writer = out.entity("UnknownLink", f"{entity}-link-{digest(target)}")
    writer.link("subject", entity, quote)
    writer.link("object", target, quote)
    add_text(writer, "role", quote.cut(max(0, len(quote.text) - _MAX_ROLE), len(quote.text)), value=role)


def owns(out: FileEmitter, owner: str, asset: str, quote: Cell) -> None:
    """An ``Ownership`` that the list states (a parent company, a ship's owner)."""
    writer = out.entity("Ownership", f"{owner}-owns-{digest(asset)}")
    writer.link("owner", owner, quote)
    writer.link("asset", asset, quote)
