"""The claim check as text: the document's sentence over the list's line."""

from __future__ import annotations

from finemesh.analysis.check import Verdict
from finemesh.model.claim import Stance
from finemesh.model.designation import State
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator

MARKS = {"confirmed": "✓", "contradicted": "✗", "unconfirmed": "?", "not checkable": "–"}
"""A mark for each verdict; never shown without the word."""
_WIDTH = 13
_QUOTE = 120
_NOTE = 300


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
    if verdict.others:
        lines.append("    also listed by " + ", ".join(f"{code} ({since})" for code, since in verdict.others.items()))
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


def _who(verdict: Verdict) -> str:
    args = verdict.claim.claim.args
    return f"{args.get('authority')} → {args.get('target')}"


def _place(evidence: Evidence) -> str:
    return f"{evidence.source}, {Locator.parse(evidence.locator).describe()}"
