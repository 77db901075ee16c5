"""Designations and the cells of the coverage matrix."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from finemesh.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Designation:
    """An authority lists a target, as one dataset tells it.

    The five dates are kept apart and stay partial; an empty string means "not published".

    Attributes:
        id: Entity id of the ``Sanction`` object.
        target: Entity id of the listed party.
        authority: Code of the authority.
        dataset: Dataset that says so.
        programme: Programme as the list writes it.
        measures: Measures as the list writes them (asset freeze, export control, ...).
        reference: The list's own number of the entry.
        legal_basis: The act, order or regulation.
        designated, effective, published, amended, delisted: Partial ISO dates.
        first_seen, last_seen: First and last snapshot that holds it.
        snapshots: Every snapshot that holds it, in order.
    """

    id: str
    target: str
    authority: str
    dataset: str
    programme: str = ""
    measures: tuple[str, ...] = ()
    reference: str = ""
    legal_basis: str = ""
    designated: str = ""
    effective: str = ""
    published: str = ""
    amended: str = ""
    delisted: str = ""
    first_seen: str = ""
    last_seen: str = ""
    snapshots: tuple[str, ...] = ()


class State(StrEnum):
    """The eight states of a cell. The value is the text that people read."""

    LISTED = "listed"
    LISTED_UNDATED = "listed, date not published"
    DELISTED = "delisted"
    NOT_LISTED = "not listed"
    NO_LIST = "no list loaded"
    REGIME_ONLY = "regime only"
    OWNED = "owned"
    INDETERMINATE = "indeterminate"

    @property
    def in_force(self) -> bool:
        """Whether the target is listed in this state."""
        return self in (State.LISTED, State.LISTED_UNDATED)


GLYPHS: dict[State, str] = {
    State.LISTED: "●",
    State.LISTED_UNDATED: "●",
    State.DELISTED: "✕",
    State.OWNED: "◇",
    State.REGIME_ONLY: "◐",
    State.NOT_LISTED: "o",
    State.NO_LIST: "–",
    State.INDETERMINATE: "?",
}
"""One glyph a state, for pages and terminals; never shown without the state's text within reach."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one authority says of one target, as of a day.

    Attributes:
        state: One of eight.
        basis: In words, on what the state rests ("designation date", "in the snapshot of 2022-06-28",
            "not in the snapshot of 2026-08, the only one loaded; it is later than the asked day").
        designated, delisted, programme, reference, dataset: Of the earliest designation in force.
        snapshot: The snapshot that the state rests on.
        measures: Of the same designation.
        entity: The list's own entity id of the target.
        evidence: Rows that prove it, those of the earliest designation first.
        others: Further designations of the target by this authority on that day.
    """

    state: State
    basis: str = ""
    designated: str | None = None
    delisted: str | None = None
    programme: str | None = None
    reference: str | None = None
    dataset: str | None = None
    snapshot: str | None = None
    measures: tuple[str, ...] = ()
    entity: str | None = None
    evidence: tuple[Evidence, ...] = ()
    others: tuple[Designation, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The contract's CELL object with further keys."""
        return {
            "state": self.state.value,
            "designated": self.designated,
            "delisted": self.delisted,
            "programme": self.programme,
            "reference": self.reference,
            "dataset": self.dataset,
            "snapshot": self.snapshot,
            "basis": self.basis,
            "measures": list(self.measures),
            "entity": self.entity,
            "others": [
                {
                    "dataset": d.dataset,
                    "programme": d.programme,
                    "measures": list(d.measures),
                    "reference": d.reference,
                    "designated": d.designated or None,
                    "delisted": d.delisted or None,
                }
                for d in self.others
            ],
            "evidence": [e.as_json() for e in self.evidence],
        }
