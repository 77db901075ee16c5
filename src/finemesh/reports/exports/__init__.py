"""The resolved case as files of other tools; one module a family of formats.

Every claim in them says who speaks, who relays it, in which stance, and where it stands. A claim that is not asserted
is never written as a relation that a tool would take for a fact: in FollowTheMoney it is a ``Note``, in graphs an edge
with its stance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from finemesh.analysis.facts import Facts
from finemesh.analysis.graph import Which, choose, graph
from finemesh.model.errors import UserError
from finemesh.reports.exports import ftm, graphs, tables
from finemesh.reports.in_place import in_place

FORMATS = ("ftm", "statements", "csv", "xlsx", "gexf", "graphml", "cypher")


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export.

    Attributes:
        format: One of :data:`FORMATS`.
        claims: Which claims go in.
        authorities: Whose lists count for "listed by".
        as_of: The day for which that is told.
    """

    format: str
    claims: Which
    authorities: Sequence[str]
    as_of: date


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        path: The file, or the folder of CSV files.
        counts: What it holds.
        claims: Claims that went in.
        open, rejected: Claims that were left out, as in :class:`finemesh.analysis.graph.Chosen`.
    """

    path: Path
    counts: dict[str, int]
    claims: int
    open: int
    rejected: int


def export(facts: Facts, path: Path, options: ExportOptions) -> Exported:
    """Write the case.

    Raises:
        UserError: There is no such format, or the place cannot be written.
    """
    if options.format not in FORMATS:
        raise UserError(f"no such format: {options.format!r}", hint="known: " + ", ".join(FORMATS))
    chosen = choose(facts, options.claims)
    try:
        if options.format in ("ftm", "statements"):
            writer = ftm.write_entities if options.format == "ftm" else ftm.write_statements
            counts = in_place(path, lambda file: writer(facts, chosen.claims, file))
        else:
            whole = graph(facts, chosen.claims, options.authorities, options.as_of)
            if options.format == "csv":
                counts = tables.write_csv(whole, path)
            else:
                writers = {"xlsx": tables.write_xlsx, "gexf": graphs.gexf, "graphml": graphs.graphml,
                           "cypher": graphs.cypher}  # fmt: skip
                counts = in_place(path, lambda file: writers[options.format](whole, file))
    except OSError as error:
        hint = "check the folder and its permissions"
        raise UserError(f"cannot write the export: {error.strerror}", where=str(path), hint=hint) from error
    return Exported(path, counts, len(chosen.claims), chosen.open, chosen.rejected)
