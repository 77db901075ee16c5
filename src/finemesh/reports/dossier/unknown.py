"""What a dossier does not know, said by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from finemesh.analysis.corroboration import Fact
from finemesh.analysis.coverage import CoverageRow
from finemesh.model.authority import AUTHORITIES
from finemesh.model.designation import State
from finemesh.reports.shown.words import plural


def unknown(row: CoverageRow, facts: Sequence[Fact], waiting: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Sentences about lists that are not there, dates that are not told, and judgements that nobody has made.

    Args:
        row: The party's row of the coverage matrix.
        facts: What documents say of it.
        waiting: Pairs of records of which one is the party's and that nobody has judged.
    """
    missing = [_name(code) for code, cell in row.cells.items() if cell.state is State.NO_LIST]
    if missing:
        yield f"No list is loaded of: {', '.join(missing)}. Nothing is said about their designations."
    for code, cell in row.cells.items():
        if cell.state is State.LISTED_UNDATED:
            yield f"{_name(code)}: the list does not publish the day of designation ({cell.basis})."
        elif cell.state is State.INDETERMINATE:
            yield f"{_name(code)}: cannot be told ({cell.basis})."
        elif cell.state is State.NOT_LISTED:
            yield f"{_name(code)}: “not listed” rests on this: {cell.basis}."
    if waiting:
        pairs = "; ".join(f"{left} and {right}" for left, right in waiting[:12])
        more = f"; and {len(waiting) - 12} more" if len(waiting) > 12 else ""
        yield f"{plural(len(waiting), 'pair')} of records that may be the same party wait for a person: {pairs}{more}."
    claims = [c for f in facts for c in f.claims]
    open_ = sum(1 for c in claims if c.answer is None)
    if open_:
        yield (
            f"{open_} of {plural(len(claims), 'claim')} were read by a program and judged by nobody; a claim is what"
            " somebody says, and the reader can be wrong."
        )
    undated = sum(1 for f in facts if not f.claim.claim.start and not f.claim.claim.end)
    if undated:
        yield f"{plural(undated, 'fact')} of documents {'has' if undated == 1 else 'have'} no date in the text."


def _name(code: str) -> str:
    return AUTHORITIES[code].name if code in AUTHORITIES else code
