"""One request as a page sees it: the case, the asked day, links that carry it on, evidence marks, templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from finemesh.case import Case
from finemesh.model.dates import as_day
from finemesh.model.errors import UserError
from finemesh.model.locator import Locator
from finemesh.store.decisions import DecisionLog
from finemesh.web.links import Param, address, segment
from finemesh.web.notes import Notes
from finemesh.web.shelf import Opened, Shelf

if TYPE_CHECKING:
    from finemesh.analysis.documents import DocumentInfo
    from finemesh.analysis.facts import Party

MAX_TEXT = 2000
"""Characters that one parameter may have, a pasted list of names excepted."""


class MissingError(UserError):
    """There is no such page, party, document or artifact."""


@dataclass(slots=True)
class Site:
    """What every request shares.

    Attributes:
        shelf: The case.
        templates: Jinja environment.
        today: Tells the day that counts as today.
        title: Of the case, as it was when the server began.
    """

    shelf: Shelf
    templates: Environment
    today: Callable[[], date]
    title: str


@dataclass(slots=True)
class View:
    """One request.

    Attributes:
        site: What every request shares.
        request: The request.
        opened: The case as the last build left it; None where there is nothing to ask yet.
        as_of: The chosen day as it was written, empty for today.
        day: The asked day.
        notes: The evidence marks of the page.
    """

    site: Site
    request: Request
    opened: Opened | None
    as_of: str = ""
    day: date = field(init=False)
    notes: Notes = field(init=False)

    def __post_init__(self) -> None:
        """Read the as-of date.

        Raises:
            UserError: It is no date.
        """
        self.notes = Notes(self.url)
        self.day = self.site.today()
        written = self.one("as_of")
        if written:
            self.day = as_day(written, today=self.day)
            self.as_of = written if self.day != self.site.today() else ""

    @property
    def case(self) -> Case:
        """The case."""
        assert self.opened is not None
        return self.opened.case

    @property
    def answers(self) -> tuple[int, int, int]:
        """Stands for what people have decided: another value after every decision."""
        return DecisionLog(self.case.folder.decisions).stamp()

    @property
    def documents_by_hash(self) -> dict[str, DocumentInfo]:
        """Every document by the hash of its artifact."""
        opened = self.opened
        assert opened is not None
        return opened.remember("by hash", lambda: {info.sha256: info for info in self.documents()})

    def documents(self) -> list[DocumentInfo]:
        """Every document, without its text."""
        assert self.opened is not None
        return self.opened.remember("documents", self.case.documents)

    @staticmethod
    def chars(locator: str) -> str:
        """The characters of a place in a document's text, as the document page wants them."""
        chars = Locator.parse(locator).chars
        return f"{chars[0]}-{chars[1]}" if chars else ""

    @property
    def publishers(self) -> dict[str, str]:
        """Publisher of each document, by its hash: who relays what somebody says in it."""
        return self.case.facts.publishers

    @property
    def params(self) -> QueryParams:
        """The parameters of the address."""
        return self.request.query_params

    @property
    def fragment(self) -> bool:
        """Whether only the content is wanted, for the drawer."""
        return self.params.get("fragment") == "1"

    def one(self, name: str, default: str = "", *, limit: int = MAX_TEXT) -> str:
        """A parameter.

        Raises:
            UserError: It is far too long, or holds what no address should hold.
        """
        return _checked(name, self.params.get(name, default), limit).strip()

    def many(self, name: str, *, limit: int = 200) -> list[str]:
        """Every value of a repeated parameter, each once.

        Raises:
            UserError: There are too many, or one is far too long.
        """
        values = [_checked(name, v, MAX_TEXT).strip() for v in self.params.getlist(name)]
        found = list(dict.fromkeys(v for v in values if v))
        if len(found) > limit:
            raise UserError(f"too many values of {name!r}: {len(found)}", hint=f"at most {limit}")
        return found

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within bounds.

        Raises:
            UserError: It is no number.
        """
        raw = self.one(name)
        if not raw:
            return default
        if not raw.isascii() or not raw.isdigit() or len(raw) > 12:
            raise UserError(f"not a number: {name} = {raw[:40]!r}")
        return min(high, max(low, int(raw)))

    def url(self, path: str, /, **params: Param) -> str:
        """The address of a page, with the as-of date if one was chosen (``as_of=""`` leaves it out)."""
        return address(path, {"as_of": self.as_of, **params})

    def again(self, /, **changed: Param) -> str:
        """The address of this page with some parameters changed (None or empty takes one out)."""
        kept = [(k, v) for k, v in self.params.multi_items() if k not in changed and k != "fragment"]
        new = address("", changed).removeprefix("?")
        old = address("", kept).removeprefix("?")
        query = "&".join(part for part in (old, new) if part)
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    def entity_url(self, id: str) -> str:
        """The address of a party."""
        return self.url(f"/entity/{segment(id)}")

    def listing_url(self, party: Party, code: str, name: str = "", **params: Param) -> str:
        """The address of what an authority says of a party; a state has no record, and is asked for by name."""
        if party.members:
            return self.url(f"/listing/{segment(party.id)}", authority=code, **params)
        return self.url("/listing/-", name=name or party.caption, authority=code, **params)

    def document_url(self, name: str, **params: Param) -> str:
        """The address of a document, by its id, or by its hash where the id is not its own."""
        return self.url(f"/document/{segment(name)}", **params)

    def check_url(self, name: str) -> str:
        """The address of a document's check."""
        return self.url(f"/check/{segment(name)}")

    def render(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """The page, or only its content for the drawer."""
        html = self.site.templates.get_template(template).render(v=self, **values)
        return HTMLResponse(html, status)


def _checked(name: str, value: str, limit: int) -> str:
    if len(value) > limit:
        raise UserError(f"{name!r} is too long: {len(value):,} characters", hint=f"at most {limit:,}")
    if "\x00" in value:
        raise UserError(f"{name!r} holds a character that no text should hold")
    return value
