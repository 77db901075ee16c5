"""The coverage matrix: who is designated by which authority, as of a day; and its gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from finemesh.analysis.combine import combine
from finemesh.analysis.facts import COUNTRY, Facts, Party
from finemesh.analysis.ownership import Ask, Ownership
from finemesh.analysis.regimes import programme, programme_of_authority, regime_cell, target
from finemesh.analysis.status import Standing, standing
from finemesh.model.designation import Cell, Designation, State
from finemesh.model.evidence import Evidence

MAX_EVIDENCE = 12
"""Evidence rows that one cell carries at most."""


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One party of the matrix.

    Attributes:
        query: What was asked for.
        target: The party, or None where none was found.
        as_of: The day.
        cells: Authority code to cell, in the order of the case's columns.
        match: How well the target's name fits the query, 0..1.
    """

    query: str
    target: Party | None
    as_of: date
    cells: dict[str, Cell]
    match: float = 1.0

    @property
    def gaps(self) -> int:
        """How many authorities do not list a target that others list; 0 where nobody lists it."""
        states = [cell.state for cell in self.cells.values()]
        if not any(s.in_force for s in states):
            return 0
        return sum(s in (State.NOT_LISTED, State.DELISTED, State.REGIME_ONLY) for s in states)

    def as_json(self) -> dict[str, Any]:
        """The contract's coverage object."""
        return {
            "query": self.query,
            "target": self.target.as_json() if self.target else None,
            "as_of": self.as_of.isoformat(),
            "match": round(self.match, 4),
            "gaps": self.gaps,
            "cells": {code: cell.as_json() for code, cell in self.cells.items()},
        }


def coverage(
    facts: Facts,
    targets: Sequence[tuple[str, Party | None, float]],
    authorities: Sequence[str],
    as_of: date,
    *,
    evidence: bool = True,
    owned: bool = True,
) -> list[CoverageRow]:
    """The rows of the matrix for some parties.

    Args:
        facts: The case.
        targets: What was asked for, the party found for it (or None) and how well its name fits.
        authorities: Columns.
        as_of: The day.
        evidence: Whether to fetch the evidence of each cell.
        owned: Whether to look for listed owners of those who are not listed.
    """
    members = [m for _, party, _ in targets if party for m in party.members]
    doubtful = facts.doubtful(members)
    by_target = facts.designations([*members, *(d for found in doubtful.values() for d in found)])
    absent = {code: combine([], _lists(facts, code), as_of)[0] for code in authorities}
    rows: list[CoverageRow] = []
    proofs: list[dict[str, list[Designation]]] = []
    asked = list({p.id: p for _, p, _ in targets if p is not None}.values())
    ownership = Ownership(facts, asked, as_of) if owned else None

    @cache
    def owner_cell(owner: Party, code: str) -> tuple[Cell, list[Designation]]:
        cells, proof = _cells(facts, owner, "", facts.designations(owner.members), {code: absent[code]}, as_of)
        return cells[code], proof.get(code, [])

    for query, party, score in targets:
        cells, needed = _cells(facts, party, _state_of(party, query), by_target, absent, as_of)
        if party is not None:
            namesakes = sorted({d for m in party.members for d in doubtful.get(m, ())} - set(party.members))
            _doubt(facts, cells, needed, namesakes, by_target, as_of)
            if ownership is not None:
                _owned(ownership, party, cells, needed, owner_cell)
        rows.append(CoverageRow(query, party, as_of, cells, score))
        proofs.append(needed)
    return _with_evidence(facts, rows, proofs) if evidence else rows


def _cells(
    facts: Facts,
    party: Party | None,
    state: str,
    by_target: dict[str, list[Designation]],
    absent: dict[str, Cell],
    as_of: date,
) -> tuple[dict[str, Cell], dict[str, list[Designation]]]:
    standings: dict[str, list[Standing]] = defaultdict(list)
    for member in party.members if party else ():
        for designation in by_target.get(member, ()):
            snapshots = facts.snapshots.get(designation.dataset, designation.snapshots)
            standings[designation.authority].append(standing(designation, snapshots, as_of))
    cells: dict[str, Cell] = {}
    needed: dict[str, list[Designation]] = {}
    for code, none in absent.items():
        cells[code] = none
        if code in standings:
            cells[code], needed[code] = combine(standings[code], _lists(facts, code), as_of)
        if state and cells[code].state in (State.NOT_LISTED, State.NO_LIST, State.DELISTED):
            cells[code] = regime_cell(code, state, as_of) or cells[code]
    return cells, needed


def _lists(facts: Facts, authority: str) -> dict[str, Sequence[str]]:
    """The loaded lists of an authority with their snapshots."""
    return {dataset: facts.snapshots[dataset] for dataset in facts.lists_of.get(authority, ())}


def _doubt(
    facts: Facts,
    cells: dict[str, Cell],
    needed: dict[str, list[Designation]],
    namesakes: Sequence[str],
    by_target: dict[str, list[Designation]],
    as_of: date,
) -> None:
    """Where an authority lists a namesake who may be the same party, its cell does not say "not listed"."""
    for namesake in namesakes:
        for designation in by_target.get(namesake, ()):
            cell = cells.get(designation.authority)
            if cell is None or cell.state is not State.NOT_LISTED:
                continue
            snapshots = facts.snapshots.get(designation.dataset, designation.snapshots)
            found = standing(designation, snapshots, as_of)
            if found.state.in_force:
                basis = f"an entry of the same or a like name ({namesake}, {found.basis}) may be this party or another"
                cells[designation.authority] = Cell(
                    State.INDETERMINATE,
                    basis,
                    reference=designation.reference or None,
                    dataset=designation.dataset,
                    snapshot=found.snapshot,
                    entity=namesake,
                )
                needed[designation.authority] = [designation]


def _owned(
    ownership: Ownership,
    party: Party,
    cells: dict[str, Cell],
    needed: dict[str, list[Designation]],
    ask: Ask,
) -> None:
    """Where listed parties own one that is not listed, its cell says so."""
    for code, cell in cells.items():
        if cell.state in (State.NOT_LISTED, State.DELISTED) and (found := ownership.cell(party, code, cell, ask)):
            cells[code], owners = found
            own = [] if cells[code].state is State.OWNED else needed.get(code, [])
            needed[code] = [*own, *owners]


def _state_of(party: Party | None, query: str) -> str:
    """The country of a party that is a state, its government or its forces; empty for everybody else."""
    if party is not None and party.id.startswith(COUNTRY):
        return party.countries[0]
    found = target(query) or (target(party.caption) if party is not None else None)
    return found.country if found is not None else ""


def _with_evidence(
    facts: Facts, rows: list[CoverageRow], proofs: list[dict[str, list[Designation]]]
) -> list[CoverageRow]:
    wanted = [d for needed in proofs for designations in needed.values() for d in designations]
    found = facts.evidence(wanted)
    finished = []
    for row, needed in zip(rows, proofs, strict=True):
        cells = dict(row.cells)
        for code, designations in needed.items():
            items: list[Evidence] = list(cells[code].evidence)
            for designation in designations:
                by_snapshot = found.get((designation.id, designation.dataset), {})
                items += _of_snapshot(by_snapshot, cells[code].snapshot or "")
            unique = list(dict.fromkeys(items))
            cells[code] = replace(cells[code], evidence=tuple(unique[:MAX_EVIDENCE]))
        finished.append(replace(row, cells=cells))
    return finished


def _of_snapshot(by_snapshot: dict[str, list[Evidence]], wanted: str) -> list[Evidence]:
    """The evidence of the wanted snapshot, else of the nearest earlier one, else of the first."""
    if not by_snapshot:
        return []
    if wanted in by_snapshot:
        return by_snapshot[wanted]
    earlier = [s for s in by_snapshot if s <= wanted]
    return by_snapshot[max(earlier) if earlier else min(by_snapshot)]


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """Who is listed here and not there.

    Attributes:
        listed_by: Authorities that must list the party (all of them, or at least one with ``any_of``).
        not_by: Authorities of which none may list it.
        as_of: The day.
        country: ISO code that the party must be tied to, or empty.
        schema: Schema (``Person``, ``Company``, ``Vessel``, ...) of the party, or empty.
        any_of: Whether one of ``listed_by`` is enough.
    """

    listed_by: tuple[str, ...]
    not_by: tuple[str, ...]
    as_of: date
    country: str = ""
    schema: str = ""
    any_of: bool = False


def gaps(
    facts: Facts, question: GapQuestion, authorities: Sequence[str], proven: int | None = None
) -> list[CoverageRow]:
    """Every party with such a gap, those with the most listings first, then by name.

    Args:
        facts: The case.
        question: Who is asked for.
        authorities: Columns.
        proven: Only so many rows, the first ones, are given their evidence (it costs most of the time); None for all.
    """
    candidates = _listed_parties(facts, question)
    columns = list(dict.fromkeys((*authorities, *question.listed_by, *question.not_by)))
    targets = [(party.caption, party, 1.0) for party in candidates]
    rows = [row for row in coverage(facts, targets, columns, question.as_of, evidence=False) if _fits(row, question)]
    rows.sort(key=lambda r: (-sum(c.state.in_force for c in r.cells.values()), r.query.casefold(), r.query))
    shown = rows[:proven]
    return [*coverage(facts, [(r.query, r.target, 1.0) for r in shown], columns, question.as_of), *rows[len(shown) :]]


def _fits(row: CoverageRow, question: GapQuestion) -> bool:
    listed = [row.cells[code].state.in_force for code in question.listed_by]
    if not (any(listed) if question.any_of else all(listed)):
        return False
    open_states = (State.NOT_LISTED, State.DELISTED, State.REGIME_ONLY)
    return all(row.cells[code].state in open_states for code in question.not_by)


def _listed_parties(facts: Facts, question: GapQuestion) -> list[Party]:
    """Parties that one of the asked authorities has ever designated, filtered by country and schema."""
    rows = facts.reader.rows(
        "SELECT DISTINCT e.cluster FROM designations d JOIN entities e ON e.entity = d.target"
        " WHERE d.authority IN (SELECT unnest($authorities)) ORDER BY 1",
        {"authorities": list(question.listed_by)},
    )
    parties = facts.parties(r["cluster"] for r in rows)
    found = [parties[r["cluster"]] for r in rows]
    if question.country:
        wanted = question.country.casefold()
        by_target = facts.designations(m for p in found for m in p.members)
        found = [p for p in found if wanted in p.countries or wanted in _programme_countries(p, by_target)]
    if question.schema:
        found = [p for p in found if _is_schema(p.schema, question.schema)]
    return found


def _programme_countries(party: Party, by_target: dict[str, list[Designation]]) -> set[str]:
    """The countries against which the programmes stand under which a party is listed."""
    found: set[str] = set()
    for member in party.members:
        for designation in by_target.get(member, ()):
            for text in designation.programme.split("; "):
                known = programme(designation.dataset, text) or programme_of_authority(designation.authority, text)
                found.update(known.countries if known else ())
    return found


_ORGANISATIONS = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})


def _is_schema(schema: str, wanted: str) -> bool:
    """Whether a party counts as of a schema; the kinds of organisation are not told apart by most lists."""
    return schema.casefold() == wanted.casefold() or (schema in _ORGANISATIONS and wanted in _ORGANISATIONS)
