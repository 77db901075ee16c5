"""The claim patterns: frames of verbs and nouns, as data that a researcher reads and extends.

A pattern names words and says which part of their sentence fills which arg of the claim. The files are in
``finemesh/data/claims/``, one for each type; ``docs/claims.md`` tells how they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from finemesh.extraction.morphology import singular
from finemesh.model.claim import ARGS, ClaimType, Stance
from finemesh.model.errors import DataError

_KEYS = frozenset(
    (
        "name about verbs nouns args fixed heads without needs kinds words not_words empty near optional stance"
        " examples"
    ).split()
)
EXTRA_ARGS = {
    ClaimType.PARTNERSHIP: ("one", "two", "pair"),
    ClaimType.FAMILY: ("pair",),
}
"""Args of a pattern that become args of the claim: ``one`` and ``two`` are the parties, a ``pair`` is both."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that says what a pattern reads, and what it does not.

    Attributes:
        text: The sentence (or several).
        claims: The claims that must come out of it: args, and stance where it is not ``asserted``.
        published: The date against which it is read.
    """

    text: str
    claims: tuple[dict[str, Any], ...]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern.

    Attributes:
        name: Its name, unique in its type.
        type: The type of the claims it reads.
        about: What it reads, in a sentence.
        verbs, nouns: The words that it starts from, in base form. Nouns of several words are matched from the end.
        args: Each arg to the slots that can fill it, best first.
        fixed: Args with a fixed value.
        heads: Slots that must be filled by one of some nouns.
        without: Slots whose noun must not be one of some.
        kinds: Args whose party must be of one of some kinds.
        stance: A stance that replaces what the sentence shows.
        needs: Slots that must be filled at all.
        words: Words of which one must stand before the noun.
        not_words: Words of which none may.
        empty: Slots that no party may fill.
        near: Nouns of which one must stand in the sentence or the two before it.
        optional: Args of :data:`finemesh.model.claim.CORE` that this pattern may leave empty.
        examples: Sentences that are run as tests.
    """

    name: str
    type: ClaimType
    about: str
    verbs: frozenset[str]
    nouns: frozenset[tuple[str, ...]]
    args: dict[str, tuple[str, ...]]
    fixed: dict[str, str] = field(default_factory=dict)
    heads: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    without: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    stance: Stance | None = None
    needs: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    not_words: frozenset[str] = frozenset()
    empty: tuple[str, ...] = ()
    near: frozenset[tuple[str, ...]] = frozenset()
    optional: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All patterns, by the words that they start from."""

    frames: tuple[Frame, ...]
    by_verb: dict[str, tuple[Frame, ...]]
    by_noun: dict[str, tuple[Frame, ...]]


def _load(name: str) -> Any:
    text = (files("finemesh") / "data" / "claims" / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_loader())


@cache
def _loader() -> type[Any]:
    """A safe loader that leaves "on", "off", "yes" and "no" as words: they are prepositions here."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: type[Any] = type("WordLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in options if tag != "tag:yaml.org,2002:bool"]
        for first, options in base.yaml_implicit_resolvers.items()
    }
    return loader


def split(text: str | list[str] | None, mark: str = ",") -> list[str]:
    """The entries of a list written in one line."""
    if text is None:
        return []
    entries = text.split(mark) if isinstance(text, str) else text
    return [entry.strip() for entry in entries if entry.strip()]


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The named word lists of ``lists.yml``."""
    return {name: frozenset(split(entries)) for name, entries in _load("lists.yml").items()}


@cache
def stance_words() -> dict[str, dict[str, frozenset[str]]]:
    """The words of ``stance.yml``: stance to kind of word to words."""
    return {
        stance: {kind: frozenset(split(entries)) for kind, entries in kinds.items()}
        for stance, kinds in _load("stance.yml").items()
    }


def _words(text: str | list[str] | None, where: str) -> list[str]:
    """Words, with ``@list`` replaced by the list's words."""
    found: list[str] = []
    for entry in split(text):
        if entry.startswith("@"):
            if entry[1:] not in word_lists():
                raise DataError(f"unknown word list {entry}", where=where)
            found += sorted(word_lists()[entry[1:]])
        else:
            found.append(entry)
    return found


def _nouns(text: str | list[str] | None, where: str) -> frozenset[tuple[str, ...]]:
    """Nouns as tuples of words, the last in the singular."""
    found = set()
    for entry in _words(text, where):
        parts = entry.split()
        found.add((*parts[:-1], parts[-1] if parts[-1] == "arms" else singular(parts[-1])))
    return frozenset(found)


def _frame(kind: ClaimType, raw: dict[str, Any], where: str) -> Frame:
    unknown = set(raw) - _KEYS
    if unknown or "name" not in raw:
        raise DataError(f"a pattern with unknown or missing keys: {sorted(unknown) or 'name'}", where=where)
    where = f"{where}:{raw['name']}"
    allowed = (*ARGS[kind], *EXTRA_ARGS.get(kind, ()))
    args = {arg: tuple(split(slots, "|")) for arg, slots in (raw.get("args") or {}).items()}
    for arg in (*args, *(raw.get("fixed") or {})):
        if arg not in allowed:
            raise DataError(f"{kind.value} has no arg {arg!r}", where=where, hint=f"it has {', '.join(allowed)}")
    if not (raw.get("verbs") or raw.get("nouns")) or not args:
        raise DataError("a pattern needs verbs or nouns, and args", where=where)
    return Frame(
        name=raw["name"],
        type=kind,
        about=raw.get("about", ""),
        verbs=frozenset(_words(raw.get("verbs"), where)),
        nouns=_nouns(raw.get("nouns"), where),
        args=args,
        fixed=dict(raw.get("fixed") or {}),
        heads={slot: _nouns(entries, where) for slot, entries in (raw.get("heads") or {}).items()},
        without={slot: _nouns(entries, where) for slot, entries in (raw.get("without") or {}).items()},
        kinds={arg: frozenset(split(entries)) for arg, entries in (raw.get("kinds") or {}).items()},
        stance=Stance(raw["stance"]) if raw.get("stance") else None,
        needs=tuple(split(raw.get("needs"))),
        words=frozenset(_words(raw.get("words"), where)),
        not_words=frozenset(split(raw.get("not_words"))),
        empty=tuple(split(raw.get("empty"))),
        near=_nouns(raw.get("near"), where),
        optional=tuple(split(raw.get("optional"))),
        examples=tuple(
            Example(e["text"], tuple(e.get("claims") or ()), e.get("published")) for e in raw.get("examples") or ()
        ),
    )


def _frames() -> Iterator[Frame]:
    for kind in ClaimType:
        name = f"{kind.value}.yml"
        if not (files("finemesh") / "data" / "claims" / name).is_file():
            continue
        seen: set[str] = set()
        for raw in _load(name):
            frame = _frame(kind, raw, name)
            if frame.name in seen:
                raise DataError(f"two patterns are named {frame.name!r}", where=name)
            seen.add(frame.name)
            yield frame


@cache
def frame_set() -> FrameSet:
    """All patterns of ``finemesh/data/claims``.

    Raises:
        DataError: A pattern is not written as it must be.
    """
    frames = tuple(_frames())
    by_verb: dict[str, list[Frame]] = {}
    by_noun: dict[str, list[Frame]] = {}
    for frame in frames:
        for verb in frame.verbs:
            by_verb.setdefault(verb, []).append(frame)
        for head in sorted({noun[-1] for noun in frame.nouns}):
            by_noun.setdefault(head, []).append(frame)
    return FrameSet(frames, {k: tuple(v) for k, v in by_verb.items()}, {k: tuple(v) for k, v in by_noun.items()})
