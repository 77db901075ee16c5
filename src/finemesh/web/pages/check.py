"""What to fix in a document before it is published: every claim about sanctions beside the list's own line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.errors import UserError
from finemesh.reports.shown.words import VERDICTS
from finemesh.reports.verdicts import GROUPS, grouped
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.check import Verdict


def check(v: View) -> Response:
    """The page of one document's check."""
    assert v.opened is not None
    try:
        found = v.case.look.documents(v.request.path_params["doc"])
    except UserError as error:
        raise MissingError(error.message, hint=error.hint) from error
    doc = found[0].info
    as_of = v.day if v.as_of else None
    key = ("check page", doc.doc, doc.sha256, as_of or v.site.today(), v.answers)
    verdicts: Sequence[Verdict] = v.opened.remember(key, lambda: v.case.check(doc.sha256, as_of=as_of))
    counts = Counter(x.verdict for x in verdicts)
    return v.render(
        "check.html",
        doc=doc,
        name=doc.sha256 if len(found) > 1 else doc.doc,
        groups=[(heading, about, items) for (heading, about), items in zip(GROUPS, grouped(verdicts), strict=True)],
        total=len(verdicts),
        fixes=sum(bool(x.fix) for x in verdicts),
        counts={word: counts[word] for word in VERDICTS if counts[word]},
        day=verdicts[0].as_of if verdicts else None,
    )
