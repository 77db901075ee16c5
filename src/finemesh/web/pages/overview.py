"""The overview: what the case holds, what came last, what to look at, and where the biggest gaps are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.source import Source
from finemesh.web.pages.holdings import held_lists
from finemesh.web.view import View

if TYPE_CHECKING:
    from finemesh.analysis.coverage import CoverageRow
    from finemesh.analysis.lookup import Mentioned

_LOOKED_AT = 400
"""Most-mentioned parties among which the biggest gaps are sought."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """A party that documents mention and not everybody lists.

    Attributes:
        mentioned: The party, and how often it is named.
        row: Where it stands.
    """

    mentioned: Mentioned
    row: CoverageRow


def overview(v: View) -> Response:
    """The first page."""
    case, day = v.case, v.site.today()
    assert v.opened is not None and v.opened.stamp is not None
    counts = case.status(today=day).counts
    documents = v.opened.remember("documents", case.documents)
    loaded = [a for a in case.settings.authorities if case.facts.lists_of.get(a)]
    issues = v.opened.remember("issues", case.issues)
    gaps, listed_nowhere = biggest_gaps(v)
    return v.render(
        "overview.html",
        counts=counts,
        documents=sorted(documents, key=lambda d: (d.published, d.doc), reverse=True),
        claims=sum(d.claims for d in documents),
        held=held_lists(v),
        loaded=loaded,
        missing=[a for a in case.settings.authorities if a not in loaded],
        issues=[i for i in issues if i.severity != "info"][:6],
        severities={s: sum(i.count for i in issues if i.severity == s) for s in ("error", "warning", "info")},
        built=datetime.fromtimestamp(v.opened.stamp[0] / 1e9),
        latest=_latest(v.opened.remember("sources", case.look.sources)),
        gaps=gaps,
        listed_nowhere=listed_nowhere,
    )


def biggest_gaps(v: View) -> tuple[list[Gap], int]:
    """The parties of documents that somebody lists and somebody else does not, and how many nobody lists.

    Those that most documents name come first, among equals those that most authorities list.
    """
    assert v.opened is not None
    look = v.case.look
    mentioned = v.opened.remember("mentioned", lambda: look.mentioned(_LOOKED_AT))
    rows = v.opened.remember(("standing", v.day), lambda: look.standing([m.party.id for m in mentioned], v.day))
    found = [Gap(m, rows[m.party.id]) for m in mentioned if m.party.id in rows]
    with_gaps = [g for g in found if g.row.gaps]
    with_gaps.sort(key=lambda g: (-g.mentioned.documents, -_listings(g.row), g.mentioned.party.caption))
    nowhere = sum(not _listings(g.row) for g in found)
    return with_gaps[:_SHOWN], nowhere


def _listings(row: CoverageRow) -> int:
    return sum(cell.state.in_force for cell in row.cells.values())


def _latest(sources: list[Source]) -> dict[str, list[Source]]:
    """What was added on the last day on which something was, by dataset."""
    if not sources:
        return {}
    day = max(s.retrieved for s in sources)
    found: dict[str, list[Source]] = {}
    for source in sources:
        if source.retrieved == day:
            found.setdefault(source.dataset or "not recognised", []).append(source)
    return found
