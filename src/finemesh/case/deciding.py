"""The part of the façade that people's decisions pass through (:class:`finemesh.case.Case` has these methods).

A decision is on the disk when a method returns it; the parties follow at once, or with the next build where
another process is writing to the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from finemesh.case.opened import Opened
from finemesh.model.decision import Decision, Judgement
from finemesh.model.errors import ConflictError, UserError
from finemesh.store.folder import CASE_FILE, CaseFolder

if TYPE_CHECKING:
    from finemesh.analysis.review import ReviewFilter, ReviewQueue
    from finemesh.resolution.judgements import Conflict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of deciding.

    Attributes:
        decisions: As they stand in the log now.
        settled: Whether the parties of the case hold them already.
    """

    decisions: tuple[Decision, ...]
    settled: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values; of a single decision, its own."""
        items = [{**decision_json(d), "settled": self.settled} for d in self.decisions]
        return items[0] if len(items) == 1 else {"decisions": items, "settled": self.settled}


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining two logs.

    Attributes:
        added: Decisions that were new here.
        conflicts: Every conflict of the joined log.
        settled: Whether the parties of the case hold them already.
    """

    added: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...]
    settled: bool


def decision_json(decision: Decision) -> dict[str, Any]:
    """A decision as plain values; of a claim, the reading that it is about, and the correction, as values too."""
    reading, value = decision.right or None, decision.value or None
    if decision.kind == "claim":
        reading = orjson.loads(decision.right)
        value = orjson.loads(decision.value) if decision.value.startswith("{") else decision.value
    return {
        "number": decision.number,
        "kind": decision.kind,
        "left": decision.left,
        "right": reading,
        "value": value,
        "who": decision.who,
        "when": decision.when,
        "note": decision.note or None,
        "id": decision.id,
    }


class Deciding(Opened):
    """What people decide about a case."""

    def decisions(self) -> list[Decision]:
        """The whole log, oldest first."""
        from finemesh.store.decisions import DecisionLog

        return DecisionLog(self.folder.decisions).all()

    def conflicts(self) -> tuple[Conflict, ...]:
        """Decisions that contradict each other, for people to look at."""
        from finemesh.resolution.judgements import judged

        return judged(self.decisions()).conflicts

    def decide(
        self,
        left: str,
        right: str,
        judgement: str,
        *,
        note: str = "",
        who: str = "",
        anyway: bool = False,
        settle: bool = True,
    ) -> Outcome:
        """Judge whether two records are one party.

        Args:
            left: Entity id of a record, or ``NAME@DOCUMENT`` for a name as a document writes it.
            right: That of the other.
            judgement: ``same``, ``not-same`` or ``unsure``.
            note: Why.
            who: Who decides; the user of this computer by default.
            anyway: Write it though it contradicts other decisions; the conflict is then shown until it is cleared.
            settle: Bring the parties up to date at once.

        Raises:
            UserError: There is no such party, or the judgement is none of the three.
            ConflictError: It contradicts other decisions; nothing was written.
        """
        return self.decide_all([(left, right)], judgement, note=note, who=who, anyway=anyway, settle=settle)

    def decide_all(
        self,
        pairs: Iterable[tuple[str, str]],
        judgement: str,
        *,
        note: str = "",
        who: str = "",
        anyway: bool = False,
        settle: bool = True,
    ) -> Outcome:
        """Judge many pairs alike, all or none; the arguments are those of :meth:`decide`."""
        from finemesh.resolution.judgements import JUDGEMENT, new_conflicts
        from finemesh.store.decisions import DecisionLog, draft

        if judgement not in set(Judgement):
            raise UserError(f"no such judgement: {judgement!r}", hint="same, not-same or unsure")
        wanted = self._records(list(dict.fromkeys(pairs)))
        self._require(wanted)
        drafts = [draft(JUDGEMENT, a, b, str(Judgement(judgement)), note=note, who=who) for a, b in wanted]
        log = DecisionLog(self.folder.decisions)
        if not anyway:
            found = new_conflicts(log.all(), [replace(d, when="9999") for d in drafts])
            if found:
                raise ConflictError(
                    found[0].text + (f"; and {len(found) - 1} more conflicts" if len(found) > 1 else ""),
                    where=str(log.path),
                    hint="take one of them back with `finemesh undo N`, or write it all the same with --anyway",
                )
        return self._settled(log.append_all(drafts), settle)

    def _records(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The pairs with the ids of names that are given as ``NAME@DOCUMENT``."""
        written = sorted({id for pair in pairs for id in pair if "@" in id and not id.startswith("doc-")})
        if not written:
            return list(pairs)
        rows = self.reader.rows(
            "SELECT name || '@' || doc AS written, min(record) AS record FROM links"
            " WHERE name || '@' || doc IN (SELECT unnest($ids)) GROUP BY ALL",
            {"ids": written},
        )
        known = {row["written"]: row["record"] for row in rows}
        return [(known.get(left, left), known.get(right, right)) for left, right in pairs]

    def _require(self, pairs: Sequence[tuple[str, str]]) -> None:
        ids = sorted({id for pair in pairs for id in pair})
        rows = self.reader.rows(
            "SELECT DISTINCT entity FROM (SELECT entity FROM entities UNION ALL SELECT record FROM links)"
            " WHERE entity IN (SELECT unnest($ids))",
            {"ids": ids},
        )
        known = {row["entity"] for row in rows}
        for id in ids:
            if id not in known:
                raise UserError(f"no such entity: {id!r}", hint="`finemesh screen NAME` finds ids")
        for left, right in pairs:
            if left == right:
                raise UserError(f"{left!r} twice: a decision is about two records")

    def undo(self, number: int, *, note: str = "", who: str = "", settle: bool = True) -> Outcome:
        """Take back a decision by its number; taking back an undo brings back what it took back.

        Raises:
            UserError: There is no such decision, or it is taken back already.
        """
        from finemesh.resolution.judgements import UNDO, about_parties, in_force
        from finemesh.store.decisions import DecisionLog, draft

        log = DecisionLog(self.folder.decisions)
        decisions = log.all()
        found = next((d for d in decisions if d.number == number), None)
        if found is None:
            raise UserError(f"no such decision: {number}", hint="`finemesh decisions` lists them")
        if found.id not in {d.id for d in in_force(decisions)}:
            raise UserError(f"decision {number} is taken back already", hint="undo the undo to bring it back")
        written = log.append_all([draft(UNDO, found.id, "", "", note=note, who=who)])
        if found not in about_parties(decisions):
            return Outcome(tuple(written), True)
        return self._settled(written, settle)

    def merge_decisions(self, other: str | Path) -> Joined:
        """Take in the decisions of a copy of this case (a case folder, or its ``decisions.db``).

        Raises:
            UserError: There is no log there.
            DataError: It is damaged or of a newer version; nothing was changed.
        """
        from finemesh.store.decisions import DecisionLog

        path = Path(other)
        if (path / CASE_FILE).is_file():
            path = CaseFolder(path).decisions
        if not path.is_file():
            raise UserError("no decisions there", where=str(path), hint="name a case folder or a decisions.db")
        added = DecisionLog(self.folder.decisions).take_in(DecisionLog(path))
        outcome = self._settled(added, True)
        return Joined(outcome.decisions, self.conflicts(), outcome.settled)

    def _settled(self, decisions: Sequence[Decision], settle: bool) -> Outcome:
        return Outcome(tuple(decisions), self.settle() if settle else False)

    def settle(self) -> bool:
        """Bring the parties up to date with the decisions; nothing is read or compared again.

        Returns:
            Whether they are; not so while another process writes to the case.
        """
        from finemesh.build.settling import settle_again

        self.close()
        return settle_again(self.folder)

    def review(self, wanted: ReviewFilter | None = None) -> ReviewQueue:
        """The pairs that wait for a person, the most telling first."""
        from finemesh.analysis.review import ReviewFilter, load_queue

        return load_queue(self.reader).ask(self.decisions(), wanted or ReviewFilter())
