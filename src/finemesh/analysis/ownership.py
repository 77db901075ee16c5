"""Parties that no list names but that listed ones own, under each authority's own rule.

Shares come from what lists state and what documents assert; the cell says who says so. Where a listed owner's share is
not stated, the cell keeps its state and says that the rule may be met. A party owned under a rule counts as a listed
owner in turn, as the rules have it. Control without ownership is not computed, and a claim that somebody "was
sanctioned" is checked against the names of the lists, not against ownership (:mod:`finemesh.analysis.check`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finemesh.analysis.documents import stored_claim
from finemesh.analysis.entity import edges_of
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.ownership_rules import OwnershipRule, percent, percent_of_sentence, rule_of
from finemesh.model.dates import first_day, last_day
from finemesh.model.designation import Cell, Designation, State
from finemesh.model.evidence import Evidence

MAX_DEPTH = 5
"""Owners of owners that are followed."""

Ask = Callable[[Party, str], tuple[Cell, list[Designation]]]
"""The cell of a party by an authority as the lists have it, and the designations that prove it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """That one party owns (a part of) another, as one source says.

    Attributes:
        owner: The owner.
        asset: Party id of what is owned.
        share: In percent, None where it is not stated.
        speaker: Who says so.
        evidence: Where.
    """

    owner: Party
    asset: str
    share: float | None
    speaker: str
    evidence: tuple[Evidence, ...]


_Part = tuple[Holding, str, list[Designation]]
"""A holding of a blocked owner, how it is blocked, and what proves that."""
_Judged = tuple[State, str, tuple[Evidence, ...], list[Designation]]
"""The state that ownership gives, in words (none where no listed party owns anything), and what proves it."""


class Ownership:
    """Who owns some parties, and theirs in turn.

    Args:
        facts: The case.
        parties: The parties that are asked for.
        as_of: The day; what began later or had ended is left out.
    """

    def __init__(self, facts: Facts, parties: Sequence[Party], as_of: date) -> None:
        self._facts = facts
        self._day = as_of
        self._of: dict[str, list[Holding]] = defaultdict(list)
        claimed = self._claimed()
        level, seen = list(parties), {p.id for p in parties}
        for _ in range(MAX_DEPTH):
            found = [*self._stated(level), *(h for p in level for h in claimed.get(p.id, ()))]
            for holding in found:
                self._of[holding.asset].append(holding)
            level = list({h.owner.id: h.owner for h in found if h.owner.id not in seen}.values())
            seen |= {p.id for p in level}
            if not level:
                break

    def cell(self, party: Party, code: str, cell: Cell, ask: Ask) -> tuple[Cell, list[Designation]] | None:
        """The cell of a party that an authority does not list, and what proves it; None where no listed party owns it.

        Args:
            party: The party.
            code: The authority.
            cell: What its lists say of the party.
            ask: What they say of its owners.
        """
        rule = rule_of(code, self._day)
        if rule is None or party.id not in self._of:
            return None
        state, words, evidence, proof = self._judge(party, rule, ask, frozenset({party.id}))
        if not words:
            return None
        if state is State.OWNED:
            return Cell(state, words, evidence=evidence), proof
        return replace(cell, basis=f"{cell.basis}; {words}", evidence=(*cell.evidence, *evidence)), proof

    def _judge(self, party: Party, rule: OwnershipRule, ask: Ask, path: frozenset[str]) -> _Judged:
        parts: list[_Part] = []
        unknown: list[_Part] = []
        for holding in self._by_owner(party.id):
            blocked = self._blocked(holding.owner, rule, ask, path)
            if blocked is not None:
                (parts if holding.share is not None else unknown).append((holding, *blocked))
        shares = [holding.share for holding, _, _ in parts if holding.share is not None]
        if rule.met_by(shares):
            return _judged(State.OWNED, parts, f"the rule is {_told(rule)}")
        if unknown:
            return _judged(State.NOT_LISTED, [*unknown, *parts], f"whether that meets {_told(rule)} is not known")
        return State.NOT_LISTED, "", (), []

    def _blocked(
        self, owner: Party, rule: OwnershipRule, ask: Ask, path: frozenset[str]
    ) -> tuple[str, list[Designation]] | None:
        """How an authority blocks an owner, in words: by its list, or as owned itself; None where it does not."""
        cell, proof = ask(owner, rule.authority)
        if cell.state.in_force:
            return f"listed {cell.designated}" if cell.designated else "listed", proof
        if owner.id in path or len(path) > MAX_DEPTH:
            return None
        state, words, _, proof = self._judge(owner, rule, ask, path | {owner.id})
        return (f"not listed, but {words.partition(';')[0]}", proof) if state is State.OWNED else None

    def _by_owner(self, asset: str) -> list[Holding]:
        """One holding for each owner: of several sources the one that states the largest share."""
        best: dict[str, Holding] = {}
        for holding in self._of.get(asset, ()):
            old = best.get(holding.owner.id)
            if old is None or (holding.share or 0.0) > (old.share or 0.0):
                best[holding.owner.id] = holding
        return [best[id] for id in sorted(best)]

    def _stated(self, parties: Sequence[Party]) -> list[Holding]:
        """What lists state."""
        wanted = {p.id for p in parties}
        found = []
        for edge in edges_of(self._facts, list(parties), ("Ownership",)):
            start, end = (edge.values.get(k, [""])[0] for k in ("startDate", "endDate"))
            if edge.target.id in wanted and self._stands(start, end):
                share = percent(" ".join(edge.values.get("percentage", [])) + "%")
                speaker = self._facts.publisher_of(edge.evidence) or "a list"
                found.append(Holding(edge.source, edge.target.id, share, speaker, edge.evidence))
        return found

    def _claimed(self) -> dict[str, list[Holding]]:
        """What documents assert, by the party that is owned."""
        rows = self._facts.reader.rows(
            "SELECT c.*, d.name AS source, d.published FROM claims c JOIN documents d USING (doc, sha256)"
            " WHERE c.type = 'ownership' AND c.stance = 'asserted' ORDER BY c.doc, c.offset_start, c.id"
        )
        items = [stored_claim(row) for row in rows]
        ids = {id for item in items for id in item.claim.entities.values() if isinstance(id, str)}
        known = self._facts.parties(ids)
        told = Counter((item.claim.sha256, item.claim.offset) for item in items)
        found: dict[str, list[Holding]] = defaultdict(list)
        for item in items:
            claim = item.claim
            owner, asset = (known.get(str(claim.entities.get(arg) or "")) for arg in ("owner", "asset"))
            if owner is None or asset is None or owner.id == asset.id:
                continue
            if self._stands(claim.start or "", claim.end or ""):
                speaker = self._facts.speaker_of(claim, item.source)
                share = percent(str(claim.args.get("share") or ""))
                if share is None and told[claim.sha256, claim.offset] == 1:
                    share = percent_of_sentence(claim.quote)
                found[asset.id].append(Holding(owner, asset.id, share, speaker, (item.evidence,)))
        return found

    def _stands(self, start: str, end: str) -> bool:
        """Whether something of these partial dates may hold on the day."""
        return not (start and first_day(start) > self._day) and not (end and last_day(end) < self._day)


def _judged(state: State, parts: Sequence[_Part], ending: str) -> _Judged:
    owners = []
    for holding, how, _ in parts:
        share = f"{holding.share:g} %" if holding.share is not None else "an unstated share"
        owners.append(f"{share} owned by {holding.owner.caption} ({how}), says {holding.speaker}")
    evidence = tuple(dict.fromkeys(e for holding, _, _ in parts for e in holding.evidence[:4]))
    return state, f"{', '.join(owners)}; {ending}", evidence, [d for _, _, proof in parts for d in proof]


def _told(rule: OwnershipRule) -> str:
    least = f"{rule.share:g} % or more" if rule.inclusive else f"more than {rule.share:g} %"
    return f"{least}{', added up' if rule.together else ' by one owner'} ({rule.rule})"
