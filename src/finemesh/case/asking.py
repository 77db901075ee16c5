"""What is asked of a case; every answer comes with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finemesh.case.opened import Opened
from finemesh.model.dates import as_day
from finemesh.model.errors import UserError
from finemesh.model.progress import Progress, no_progress

if TYPE_CHECKING:
    from finemesh.analysis.changes import Changes
    from finemesh.analysis.check import Verdict
    from finemesh.analysis.coverage import CoverageRow
    from finemesh.analysis.documents import DocumentInfo, StoredClaim
    from finemesh.analysis.entity import Profile
    from finemesh.analysis.facts import Party
    from finemesh.analysis.inventory import DatasetInfo, Status
    from finemesh.analysis.network import Network, TieFilter
    from finemesh.analysis.screen_rows import RowOptions
    from finemesh.analysis.screening import Candidate
    from finemesh.model.claim import Mention, Relation
    from finemesh.model.issue import Issue
    from finemesh.model.source import Source
    from finemesh.reports.screen_file import Screened

Day = str | date | None
"""An as-of day: an ISO date (a partial one means its last day), or None for today."""


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """How to screen.

    Attributes:
        schema: Only parties of this schema (``Person``, ``Organization``, ``Vessel``, ...).
        limit: Candidates at most, for each name.
        threshold: The lowest score, 0..1; 0.5 is the balance of misses and false alarms.
        as_of: Designations are told for this day.
    """

    schema: str | None = None
    limit: int = 5
    threshold: float = 0.5
    as_of: Day = None


class Asking(Opened):
    """The questions."""

    def status(self, *, today: date | None = None) -> Status:
        """What the case holds, in one view."""
        from finemesh.analysis import inventory
        from finemesh.build.manifest import read_manifest

        lists = {d.name: (d.snapshots[-1].date, d.age_days or 0) for d in self.datasets(today=today) if d.snapshots}
        return inventory.Status(
            title=self.settings.title,
            counts=read_manifest(self.folder.derived).counts,
            lists=lists,
            authorities={a: bool(self.facts.lists_of.get(a)) for a in self.settings.authorities},
            issues=inventory.issue_counts(self.reader),
        )

    def datasets(self, *, today: date | None = None) -> list[DatasetInfo]:
        """Every list with its snapshots, counts and age."""
        from finemesh.analysis import inventory

        return inventory.datasets(self.facts, today or date.today())

    def issues(self) -> list[Issue]:
        """What could not be read, and where."""
        from finemesh.analysis import inventory

        return inventory.issues(self.reader)

    def documents(self) -> list[DocumentInfo]:
        """Every document."""
        from finemesh.analysis.documents import list_documents

        return list_documents(self.reader)

    def screen(self, names: Sequence[str], options: ScreenOptions = ScreenOptions()) -> list[list[Candidate]]:
        """Which parties of the case each name may mean, best first, with explained scores."""
        from finemesh.analysis.screening import screen, with_standing
        from finemesh.matching.index import Query

        queries = [Query(name=name, schema=options.schema) for name in names]
        found = screen(self.index, self.facts, queries, options.limit, options.threshold)
        return with_standing(self.facts, found, self.settings.authorities, as_day(options.as_of, today=date.today()))

    def screen_rows(
        self,
        path: str | Path,
        options: RowOptions,
        *,
        jobs: int = 0,
        progress: Progress = no_progress,
        problems: list[str] | None = None,
    ) -> Iterator[list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
        """The rows of a CSV, XLSX, JSON Lines or Parquet file with their candidates, in order, a chunk at a time.

        Args:
            path: The file.
            options: What its rows say.
            jobs: Processes; 0 for one a processor.
            progress: Told how many rows are done.
            problems: Filled with what cannot be read of the file, while rows are given out.
        """
        from finemesh.reports.row_files import open_rows
        from finemesh.reports.screen_file import screen_rows, with_columns

        self._require_tables()
        file = open_rows(Path(path), problems)
        return screen_rows(self.folder.derived, file, with_columns(file, options), jobs, progress)

    def screen_file(
        self,
        path: str | Path,
        out: str | Path,
        options: RowOptions,
        *,
        jobs: int = 0,
        progress: Progress = no_progress,
    ) -> Screened:
        """Screen every row of a file into another one; a run that was stopped goes on where it was.

        Args:
            path: CSV, XLSX, JSON Lines or Parquet.
            out: The result, in the form that its ending names.
            options: What the rows say.
            jobs: Processes; 0 for one a processor.
            progress: Told how many rows are done.
        """
        from finemesh.reports.screen_file import screen_file

        self._require_tables()
        return screen_file(self.folder.derived, Path(path), Path(out), options, jobs, progress)

    def find(self, name: str) -> tuple[Party | None, float]:
        """The party that a name or an id means best, and how well it fits (0..1)."""
        from finemesh.analysis.screening import find_target

        return find_target(self.index, self.facts, name)

    def coverage(
        self,
        entities: Sequence[str] = (),
        *,
        source: str | Path | None = None,
        authorities: Sequence[str] = (),
        as_of: Day = None,
    ) -> list[CoverageRow]:
        """The coverage matrix of some parties, as of a day.

        Args:
            entities: Names or ids.
            source: A text file of names (one a line), or a document of the case, whose parties are added.
            authorities: Columns; those of the case by default.
            as_of: The day.

        Raises:
            UserError: There is nothing to ask for, or ``source`` is neither file nor document.
        """
        from finemesh.analysis.coverage import coverage

        names = [*entities, *(self._names_of(source) if source else ())]
        if not names:
            raise UserError("nobody to look up", hint="name parties with --entity, or a file with --from")
        targets = [(name, *self.find(name)) for name in names]
        day = as_day(as_of, today=date.today())
        return coverage(self.facts, targets, tuple(authorities) or self.settings.authorities, day)

    def _names_of(self, source: str | Path) -> list[str]:
        from finemesh.analysis.documents import resolve_documents
        from finemesh.analysis.parties import named_in

        path = Path(source)
        documents = [] if path.is_file() and path.suffix == ".txt" else [str(source)]
        if documents or self._is_document(path):
            return named_in(self.reader, resolve_documents(self.reader, [str(source)]))
        lines = path.read_text(encoding="utf-8").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))

    def _is_document(self, path: Path) -> bool:
        return bool(self.reader.rows("SELECT 1 FROM documents WHERE name = ? LIMIT 1", [path.name]))

    def gaps(
        self,
        listed_by: Sequence[str],
        not_by: Sequence[str],
        *,
        as_of: Day = None,
        country: str = "",
        schema: str = "",
        any_of: bool = False,
        proven: int | None = None,
    ) -> list[CoverageRow]:
        """Who is listed by all (or any) of some authorities and by none of some others.

        With ``proven`` only so many rows are given their evidence, which costs most of the time.
        """
        from finemesh.analysis.coverage import GapQuestion, gaps

        day = as_day(as_of, today=date.today())
        question = GapQuestion(tuple(listed_by), tuple(not_by), day, country, schema, any_of)
        return gaps(self.facts, question, self.settings.authorities, proven)

    def changes(self, dataset: str, start: str | None = None, end: str | None = None) -> Changes:
        """Who was added, removed and amended between two snapshots of a list.

        Args:
            dataset: The list.
            start: A day; the last snapshot on or before it is taken (by default the first).
            end: The same for the later one (by default the last).

        Raises:
            UserError: The list is not loaded, or has no snapshot on or before a day.
        """
        from finemesh.analysis.changes import changes

        return changes(self.facts, dataset, start, end)

    def mentions(self, docs: Sequence[str] = ()) -> list[Mention | Relation]:
        """Names, ranks, roles and organisations in documents, with their relations (all documents by default)."""
        from finemesh.analysis import documents

        return documents.mentions(self.reader, documents.resolve_documents(self.reader, docs))

    def claims(self, docs: Sequence[str] = ()) -> list[StoredClaim]:
        """Claims read from documents (all documents by default), each with what people say of it."""
        from finemesh.analysis import documents

        wanted = documents.resolve_documents(self.reader, docs) if docs else None
        return documents.told(self.facts.decided, documents.claims(self.reader, wanted), rejected=True)

    def check(self, doc: str, *, as_of: Day = None) -> list[Verdict]:
        """Each designation claim of a document against the lists, on the document's own date or another.

        Claims that people rejected are left out: the document does not say so.
        """
        return self.check_claims([item for item in self.claims([doc]) if not item.rejected], as_of=as_of)

    def check_claims(self, claims: Sequence[StoredClaim], *, as_of: Day = None) -> list[Verdict]:
        """Some claims against the lists; those that are no designation are passed over."""
        from finemesh.analysis.check import check

        today = date.today()
        day = as_day(as_of, today=today) if as_of is not None else None
        return check(self.index, self.facts, claims, self.settings.authorities, as_of=day, today=today)

    def entity(self, id: str) -> Profile:
        """Everything known of a party, each value with its sources.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.entity import profile

        return profile(self.facts, id)

    def network(self, ids: Sequence[str], *, as_of: Day = None, wanted: TieFilter | None = None) -> Network:
        """The ties of some parties (by id), with who says so.

        Args:
            ids: Parties whose ties are shown, in the order in which they were chosen.
            as_of: The day for which designations are told.
            wanted: Which ties are shown; all by default.
        """
        from finemesh.analysis.network import TieFilter, network

        day = as_day(as_of, today=date.today())
        return network(self.facts, ids, self.settings.authorities, day, wanted or TieFilter())

    def source(self, sha256: str) -> list[Source]:
        """Where an artifact comes from: each time it was added.

        Raises:
            UserError: The case does not hold it.
        """
        found = [s for s in self.archive.sources() if s.sha256 == sha256]
        if not found:
            raise UserError(f"no such artifact: {sha256!r}")
        return found

    def context(self, sha256: str, locator: str) -> tuple[str, str, str]:
        """The words before, at and behind a place of an artifact, read anew from the archive.

        Of a document with pages that are pictures, the text of the last build is taken: reading them takes minutes, and
        :meth:`verify` does it.

        Raises:
            UserError, DataError, SourceError: There is no such artifact or place, or it cannot be read.
        """
        from finemesh.model.locator import Locator
        from finemesh.sources.verify import around, context

        place = Locator.parse(locator)
        if place.ocr:
            found = self.look.documents(sha256)
            return around(found[0].text, place)
        return context(self.archive.path(sha256), self.source(sha256)[0].name, locator)
