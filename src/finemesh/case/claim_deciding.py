"""The part of the façade that decisions about claims pass through (:class:`finemesh.case.Case` has these methods).

A decision is on the disk when a method returns it, and holds for the next question that is asked; nothing is built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from finemesh.case.opened import Opened
from finemesh.model.claim import ARGS, CORE, ArgValue, Claim, Stance
from finemesh.model.dates import is_date
from finemesh.model.decision import Answer, Decision
from finemesh.model.errors import UserError

if TYPE_CHECKING:
    from finemesh.analysis.claim_log import LostDecision
    from finemesh.analysis.documents import StoredClaim

_SHORTEST = 6
"""Characters by which a claim may be named instead of its whole id."""
_MANY = ";"
"""Between the names of an arg that holds several."""


class DecidingClaims(Opened):
    """What people decide about the claims of a case."""

    def accept(self, *claims: str, note: str = "", who: str = "") -> list[Decision]:
        """Say that the document says so, as it was read.

        Args:
            claims: Their ids, or the beginnings of them.
            note: Why.
            who: Who decides; the user of this computer by default.

        Raises:
            UserError: There is no such claim; nothing was written.
        """
        return self._answer(claims, Answer.ACCEPTED, note, who)

    def reject(self, *claims: str, note: str = "", who: str = "") -> list[Decision]:
        """Say that the document does not say so; the arguments are those of :meth:`accept`."""
        return self._answer(claims, Answer.REJECTED, note, who)

    def correct(self, claim: str, changes: Mapping[str, str], *, note: str = "", who: str = "") -> Decision:
        """Say what the document says in truth.

        Args:
            claim: Its id, or the beginning of it.
            changes: Args, ``stance``, ``speaker``, ``start`` and ``end`` by name; an empty value takes one out, several
                names stand parted by ``;``. What is not named stays as it stands.
            note: Why.
            who: Who decides; the user of this computer by default.

        Raises:
            UserError: There is no such claim, or it would be none with these changes; nothing was written.
        """
        from finemesh.analysis.claim_log import correction, reading
        from finemesh.resolution.judgements import CLAIM
        from finemesh.store.decisions import DecisionLog

        stored = self.claim(claim)
        told = self._linked(changed(stored.claim, changes))
        read = stored.decision.read if stored.decision else stored.claim
        log = DecisionLog(self.folder.decisions)
        return log.append(CLAIM, *reading(read), correction(told), note=note, who=who)

    def claim(self, id: str) -> StoredClaim:
        """A claim by its id or the beginning of it, with what people say of it.

        Raises:
            UserError: There is none, or there are several.
        """
        return self._claims([id])[0]

    def lost_decisions(self, docs: Sequence[str] = ()) -> list[LostDecision]:
        """Decisions about claims of documents (of all by default) that are not read any more."""
        from finemesh.analysis.documents import resolve_documents

        hashes = {sha256 for _, sha256 in resolve_documents(self.reader, docs)} if docs else None
        return [item for item in self.facts.decided.lost if hashes is None or item.claim.sha256 in hashes]

    def _answer(self, claims: Sequence[str], answer: Answer, note: str, who: str) -> list[Decision]:
        from finemesh.analysis.claim_log import reading
        from finemesh.resolution.judgements import CLAIM
        from finemesh.store.decisions import DecisionLog, draft

        found = {c.id: c.decision.read if c.decision else c.claim for c in self._claims(claims)}
        drafts = [draft(CLAIM, *reading(c), answer.value, note=note, who=who) for c in found.values()]
        return DecisionLog(self.folder.decisions).append_all(drafts)

    def _claims(self, ids: Sequence[str]) -> list[StoredClaim]:
        from finemesh.analysis.documents import claims_by_id, told

        found = []
        for id in ids:
            if len(id) < _SHORTEST:
                raise UserError(f"not the id of a claim: {id!r}", hint="`finemesh claims DOC` shows ids")
            hits = {item.id: item for item in claims_by_id(self.reader, id)}
            if len(hits) != 1:
                text = f"{len(hits)} claims begin so: {id!r}" if hits else f"no such claim: {id!r}"
                raise UserError(text, hint="`finemesh claims DOC` shows ids")
            found += told(self.facts.decided, hits.values(), rejected=True)
        return found

    def _linked(self, claim: Claim) -> Claim:
        """A corrected claim with the ids of its parties, as far as the case has them."""
        from finemesh.build.background import Background
        from finemesh.build.linking import Linker

        clusters = {row["entity"]: row["cluster"] for row in self.reader.rows("SELECT entity, cluster FROM entities")}
        linker = Linker(self.index, Background(self.folder.derived / "statements.parquet"), clusters)
        told = {"type": claim.type.value, "args": claim.args, "quote": claim.quote}
        document = linker.open(claim.doc, claim.sha256, claim.quote, {"mentions": [], "claims": [told]})
        ids = document.claim(told)

        def there(id: str) -> str | None:
            return clusters.get(id)

        linked = {a: [there(id) for id in v] if isinstance(v, list) else there(v) for a, v in ids.items()}
        return replace(claim, entities=linked)


def changed(claim: Claim, changes: Mapping[str, str]) -> Claim:
    """A claim with some changes, as :meth:`DecidingClaims.correct` takes them.

    Raises:
        UserError: The claim would be none.
    """
    args: dict[str, ArgValue] = dict(claim.args)
    rest: dict[str, Any] = {}
    for name, raw in changes.items():
        value = " ".join(raw.split())
        if name in ARGS[claim.type]:
            args[name] = _value(claim, name, value)
        elif name in ("start", "end"):
            if value and not is_date(value):
                raise UserError(f"not a date: {value!r}", hint="write 2021, 2021-02 or 2021-02-01")
            rest[name] = value or None
        elif name == "speaker":
            rest[name] = value or None
        elif name == "stance":
            rest[name] = _stance(value)
        else:
            known = ", ".join((*ARGS[claim.type], "stance", "speaker", "start", "end"))
            raise UserError(f"a {claim.type.value} claim has no {name!r}", hint=f"it has: {known}")
    missing = [n for n in CORE[claim.type] if not args.get(n) and claim.args.get(n)]
    if missing:
        raise UserError(f"without {missing[0]!r} this is no {claim.type.value} claim", hint="reject it instead")
    return replace(claim, args=args, **rest)


def _value(claim: Claim, name: str, value: str) -> ArgValue:
    if name not in ("participants", "parties"):
        return value or None
    names = [part.strip() for part in value.split(_MANY) if part.strip()]
    if len(names) < 2:
        raise UserError(f"a {claim.type.value} needs two {name}", hint=f"part them with {_MANY!r}")
    return names


def _stance(value: str) -> Stance:
    try:
        return Stance(value.replace(" ", "_").replace("-", "_"))
    except ValueError as error:
        raise UserError(f"no such stance: {value!r}", hint="one of: " + ", ".join(Stance)) from error
