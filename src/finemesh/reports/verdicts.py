"""The claim check as text: the document's sentence over the list's line."""

from __future__ import annotations

from collections.abc import Sequence

from finemesh.analysis.check import Verdict
from finemesh.model.claim import Stance
from finemesh.model.locator import Locator

MARKS = {"confirmed": "✓", "contradicted": "✗", "unconfirmed": "?", "not checkable": "–"}
"""A mark for each verdict; never shown without the word."""


def verdict_lines(verdict: Verdict) -> list[str]:
    """One verdict in a few lines, the first of them the verdict itself."""
    claim = verdict.claim.claim
    stance = claim.stance.value.replace("_", " ")
    lines = [
        f"{MARKS[verdict.verdict]} {verdict.verdict}: {claim.args.get('authority')} → {claim.args.get('target')} ({stance})",
        f"    document  “{claim.quote}”",
    ]
    cell = verdict.cell
    if cell is not None:
        shown = " · ".join(t for t in (cell.state.value, cell.designated or "", cell.programme or "") if t)
        lines.append(f"    list      {shown}")
        for item in cell.evidence[:2]:
            lines.append(
                f"              “{item.quote[:120]}” — {item.source}, {Locator.parse(item.locator).describe()}"
            )
    lines.append(f"    {verdict.note[:300]}")
    if verdict.others:
        lines.append("    also listed by " + ", ".join(f"{code} ({since})" for code, since in verdict.others.items()))
    return lines


def verdict_line(verdict: Verdict) -> str:
    """One verdict in one line: what is claimed, and what the list says where."""
    claim = verdict.claim.claim
    stance = "" if claim.stance is Stance.ASSERTED else f" ({claim.stance.value.replace('_', ' ')})"
    line = f"{MARKS[verdict.verdict]} {verdict.verdict:<13} {claim.args.get('authority')} → {claim.args.get('target')}{stance}"
    cell = verdict.cell
    if cell is None:
        return f"{line}: {verdict.note}"
    proof = next(iter(cell.evidence), None)
    place = f" ({proof.source}, {Locator.parse(proof.locator).describe()})" if proof else ""
    return f"{line}: {cell.state.value} {cell.designated or ''}".rstrip() + place


def verdicts_text(verdicts: Sequence[Verdict]) -> str:
    """Every verdict, divided by empty lines."""
    return "\n\n".join("\n".join(verdict_lines(v)) for v in verdicts)
