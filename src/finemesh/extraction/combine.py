"""From the values of args to claims: every combination of the parties, one claim for each pair."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from finemesh.extraction.frames import Frame
from finemesh.model.claim import ArgValue, ClaimType

TEXT_ARGS = frozenset(("measure", "goods", "value", "share", "amount", "relation", "role", "event", "place"))
"""Args whose value is the words of a phrase, not a party."""


def combine(
    frame: Frame, values: dict[str, list[tuple[str, str]]]
) -> Iterator[tuple[dict[str, ArgValue], dict[str, str]]]:
    """Every combination of the parties, one claim for each pair."""
    parts = [arg for arg in values if arg not in TEXT_ARGS and arg not in ("pair", "participants")]
    rest: dict[str, ArgValue] = {arg: values[arg][0][0] for arg in values if arg in TEXT_ARGS}
    if "participants" in values:
        names = list(dict.fromkeys(name for name, _ in values["participants"]))
        if len(names) > 1:
            yield {"participants": names, **rest}, {}
        return
    if "pair" in values:
        yield from _pairs(frame, values["pair"], rest)
        return
    if "one" in values and values["one"] == values.get("two") and len(values["one"]) > 1:
        return  # "these banks' business with these companies", where both mean the same list
    for choice in product(*(values[arg] for arg in parts)):
        chosen = dict(zip(parts, choice, strict=True))
        if "counterpart" in chosen and chosen["counterpart"] in [v for a, v in chosen.items() if a != "counterpart"]:
            del chosen["counterpart"]  # "spokesperson for X": X is the organisation
        names = [value for value, _ in chosen.values()]
        if len(set(names)) < len(names):
            continue
        args: dict[str, ArgValue] = {arg: value for arg, (value, _) in chosen.items()}
        kinds = {arg: kind for arg, (_, kind) in chosen.items()}
        if "one" in frame.args:
            if len(names) == 2:
                yield {"parties": [args["one"], args["two"]], **rest}, kinds  # type: ignore[list-item]
            continue
        yield {**args, **rest}, kinds


def _pairs(
    frame: Frame, refs: list[tuple[str, str]], rest: dict[str, ArgValue]
) -> Iterator[tuple[dict[str, ArgValue], dict[str, str]]]:
    """The first of a list with each of the others."""
    first, *others = list(dict.fromkeys(name for name, _ in refs))
    for other in others:
        if frame.type is ClaimType.FAMILY:
            yield {"person": first, "relative": other, **rest}, {}
        else:
            yield {"parties": [first, other], **rest}, {}
