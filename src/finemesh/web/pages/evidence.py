"""Evidence: the words at a place, read anew from the archive, in their context; and the archived bytes themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, Response

from finemesh.model.errors import FinemeshError, UserError
from finemesh.model.locator import Locator
from finemesh.model.source import Source
from finemesh.web.links import segment
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.documents import StoredClaim
    from finemesh.analysis.lookup import Stated
    from finemesh.sources.record import Field

_SHA = re.compile(r"^[0-9a-f]{64}$")
_IN_FULL = 3
"""Places that are read anew from the archive; further ones are named, and read when they are opened."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One place of an artifact as it is shown.

    Attributes:
        source: Where the artifact comes from.
        locator, place: The place, as it is kept and in words.
        at: Both in the form that an address takes.
        before, quote, after: The words, read from the archive.
        fields: The whole row or record, for lists.
        stated: Statements that rest on the place.
        claims: Claims that rest on the place.
        problem: Why it could not be read, or empty.
        read: Whether the archive was asked.
    """

    source: Source
    locator: str
    place: str
    at: str
    before: str = ""
    quote: str = ""
    after: str = ""
    fields: tuple[Field, ...] = ()
    stated: tuple[Stated, ...] = ()
    claims: tuple[StoredClaim, ...] = ()
    problem: str = ""
    read: bool = True

    @property
    def kept(self) -> str:
        """The words that were kept when the place was first read, or empty where nothing rests on it."""
        quotes = [s.quote for s in self.stated] + [c.claim.quote for c in self.claims]
        return quotes[0] if quotes else ""

    @property
    def agrees(self) -> bool:
        """Whether the archive still holds the words that were kept."""
        return not self.problem and self.quote.strip() == self.kept.strip()


def evidence(v: View) -> Response:
    """What one mark stands for: every place, the first ones read anew."""
    places = v.many("at", limit=24)
    if not places:
        raise UserError("no place is named", hint="evidence marks on the pages lead here")
    proofs = [read_place(v, at, read=number < _IN_FULL) for number, at in enumerate(places)]
    return v.render("evidence.html", proofs=proofs)


def read_place(v: View, at: str, *, read: bool = True) -> Proof:
    """A place with its words.

    Raises:
        MissingError: There is no such artifact.
        UserError: The place is no place.
    """
    sha256, _, locator = at.partition("~")
    source = source_of(v, sha256)
    try:
        place = Locator.parse(locator).describe()
    except FinemeshError as error:
        raise UserError(error.message) from error
    if not read:
        return Proof(source, locator, place, at, read=False)
    assert v.opened is not None
    found = v.opened.memory.get(("proof", at))
    if found is None:
        found = _proof(v, source, locator, place, at)
        if not found.problem:
            v.opened.remember(("proof", at), lambda: found)
    return found


def _proof(v: View, source: Source, locator: str, place: str, at: str) -> Proof:
    """Read a place from the archive; what cannot be read is told as the proof's problem."""
    look = v.case.look
    stated, claims = look.stated_at(source.sha256, locator), _claims_at(v, source, locator)
    try:
        before, quote, after = v.case.context(source.sha256, locator)
        fields = look.record(source.sha256, [locator]) if source.kind == "list" else []
    except (FinemeshError, OSError, ValueError) as error:
        problem = error.message if isinstance(error, FinemeshError) else f"it cannot be read: {error}"
        return Proof(source, locator, place, at, stated=tuple(stated), claims=tuple(claims), problem=problem)
    problem = "" if quote else "nothing stands at this place"
    before, after = _from_word(before), _to_word(after)
    return Proof(source, locator, place, at, before, quote, after, tuple(fields), tuple(stated), tuple(claims), problem)


def _from_word(text: str) -> str:
    """Context before a quote, from the beginning of a word where it was cut."""
    head, space, rest = text.partition(" ")
    return f"… {rest}" if space and len(text) >= 200 and len(head) < 40 else text


def _to_word(text: str) -> str:
    rest, space, tail = text.rpartition(" ")
    return f"{rest} …" if space and len(text) >= 200 and len(tail) < 40 else text


def _claims_at(v: View, source: Source, locator: str) -> list[StoredClaim]:
    """Claims of a document that rest on a place."""
    if source.kind != "document":
        return []
    try:
        return [c for c in v.case.claims([source.sha256]) if c.locator == locator]
    except UserError:
        return []


def source_of(v: View, sha256: str) -> Source:
    """Where an artifact comes from.

    Raises:
        MissingError: The case does not hold it.
    """
    if not _SHA.match(sha256):
        raise MissingError("no such artifact", hint="an artifact is named by the 64 digits of its SHA-256")
    assert v.opened is not None
    try:
        return v.opened.remember(("source", sha256), lambda: v.case.source(sha256)[0])
    except UserError as error:
        raise MissingError(error.message) from error


def artifact(v: View) -> Response:
    """The archived bytes, only ever as a file to be saved: no browser shows or runs them."""
    source = source_of(v, v.request.path_params["sha256"])
    path = v.case.archive.path(source.sha256)
    if not path.is_file():
        raise MissingError(
            "the archived file is not there", where=str(path), hint="`finemesh verify` tells what is missing"
        )
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{segment(source.name[:180] or source.sha256)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
