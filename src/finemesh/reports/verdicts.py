"""The claim check as text: the document's sentence over the list's line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finemesh.analysis.check import CONFIRMED, CONTRADICTED, Verdict
from finemesh.model.claim import Stance
from finemesh.model.designation import State
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator

MARKS = {"confirmed": "✓", "contradicted": "✗", "unconfirmed": "?", "not checkable": "–"}
"""A mark for each verdict; never shown without the word."""
GROUPS = (
    ("To look at", "The list says otherwise, or does not prove it, or gives another date, or it is done already."),
    ("Confirmed", "The list says so too."),
    ("Not checkable", "Calls and plans that are not done yet, and authorities of which no list is loaded."),
)
"""Headings of the groups of :func:`grouped`, with a word on each."""
_WIDTH = 13
_QUOTE = 120
_NOTE = 300


def grouped(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict], list[Verdict]]:
    """Verdicts by what a writer does with them: those to look at (contradicted first), confirmed, not checkable."""
    order = list(MARKS)
    fixes = sorted((v for v in verdicts if v.fix), key=lambda v: (v.verdict != CONTRADICTED, -order.index(v.verdict)))
    rest = [v for v in verdicts if not v.fix]
    confirmed = [v for v in rest if v.verdict == CONFIRMED]
    return fixes, confirmed, [v for v in rest if v.verdict != CONFIRMED]


def verdict_lines(verdict: Verdict) -> list[str]:
    """One verdict in a few lines, the first of them the verdict itself."""
    stance = verdict.claim.claim.stance.value.replace("_", " ")
    lines = [
        f"{MARKS[verdict.verdict]} {verdict.verdict}: {_who(verdict)} ({stance})",
        f"    document  “{verdict.claim.claim.quote}”",
    ]
    cell = verdict.cell
    if cell is not None:
        shown = " · ".join(t for t in (cell.state.value, cell.designated or "", cell.programme or "") if t)
        lines.append(f"    list      {shown}")
        lines += [f"              “{e.quote[:_QUOTE]}” — {_place(e)}" for e in cell.evidence[:2]]
    lines.append(f"    {verdict.note[:_NOTE]}")
    if verdict.fix:
        lines.insert(1, f"    to fix    {verdict.fix}")
    if verdict.spellings:
        lines.append("    the list also writes " + "; ".join(verdict.spellings))
    if verdict.near:
        alike = ", ".join(f"{n.party.caption} ({n.score:.2f})" for n in verdict.near)
        lines.append(f"    {verdict.authority} lists names like it: {alike}")
    if verdict.others:
        lines.append("    also listed by " + _codes(verdict.others))
    if verdict.delisted:
        lines.append("    delisted by " + _codes(verdict.delisted))
    return lines


def verdict_line(verdict: Verdict) -> str:
    """One verdict in one line: what is claimed, and what the list says where."""
    claim, cell = verdict.claim.claim, verdict.cell
    stance = "" if claim.stance is Stance.ASSERTED else f" ({claim.stance.value.replace('_', ' ')})"
    line = f"{MARKS[verdict.verdict]} {verdict.verdict:<{_WIDTH}} {_who(verdict)}{stance}"
    if cell is None:
        return f"{line}: {verdict.note}"
    place = f" ({_place(cell.evidence[0])})" if cell.evidence else ""
    since = (
        f" {cell.designated}"
        if cell.designated
        else f", {cell.basis}"
        if cell.evidence and cell.state is State.NOT_LISTED
        else ""
    )
    return f"{line}: {cell.state.value}{since}{place}"


def _codes(dates: Mapping[str, str]) -> str:
    return ", ".join(f"{code} ({since})" for code, since in dates.items())


def _who(verdict: Verdict) -> str:
    args = verdict.claim.claim.args
    return f"{args.get('authority')} → {args.get('target')}"


def _place(evidence: Evidence) -> str:
    return f"{evidence.source}, {Locator.parse(evidence.locator).describe()}"
