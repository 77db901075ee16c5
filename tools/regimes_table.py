#!/usr/bin/env python3
"""Print the tables of docs/regimes.md from the curated facts.

python tools/regimes_table.py            to standard output
python tools/regimes_table.py --write    into docs/regimes.md, between the two marks
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from finemesh.analysis.regimes import regimes
from finemesh.model.authority import AUTHORITIES
from finemesh.model.regime import DEFINITIONS, Checked, Regime

BEGIN, END = "<!-- tables: tools/regimes_table.py -->", "<!-- end of tables -->"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "regimes.md"
CORE = {"mm": "Myanmar", "ru": "Russia", "by": "Belarus"}


def tables() -> str:
    """The measures and their meaning, what is covered and how it was checked, and the three countries in full."""
    everything = regimes(policies=True)
    lines = ["### Measures", "", "| measure | meaning |", "| --- | --- |"]
    lines += [f"| {measure} | {meaning} |" for measure, meaning in DEFINITIONS.items()]
    lines += ["", "### What is covered", ""]
    lines += [
        "| authority | entries | countries | " + " | ".join(Checked) + " |",
        "| --- |" + " ---: |" * (2 + len(Checked)),
    ]
    for code in AUTHORITIES:
        found = [r for r in everything if r.authority == code]
        checked = Counter(r.checked for r in found)
        counts = " | ".join(str(checked[level]) for level in Checked)
        lines.append(f"| {code} | {len(found)} | {len({r.country for r in found})} | {counts} |")
    checked = Counter(r.checked for r in everything)
    lines.append(
        f"| all | {len(everything)} | {len({r.country for r in everything})} | "
        + " | ".join(str(checked[level]) for level in Checked)
        + " |"
    )
    for country, name in CORE.items():
        lines += [
            "",
            f"### {name}",
            "",
            "| authority | measures | since | until | legal basis | checked |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [_row(r) for r in everything if r.country == country]
    return "\n".join(lines)


def _row(found: Regime) -> str:
    measures = ", ".join(found.measures) + (f" ({found.scope})" if found.scope else "")
    basis = f"[{found.legal_basis}]({found.source_url})" + (" (policy)" if found.standing == "policy" else "")
    return f"| {found.authority} | {measures} | {found.since} | {found.until or ''} | {basis} | {found.checked} |"


def main() -> int:
    """Print the tables, or put them into the page."""
    if "--write" not in sys.argv[1:]:
        sys.stdout.write(tables() + "\n")
        return 0
    text = PAGE.read_text(encoding="utf-8")
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{head}{BEGIN}\n{tables()}\n{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
