"""What goes into a case: adding, fetching, building, verifying."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finemesh.case.opened import Opened
from finemesh.model.progress import Progress, no_progress

if TYPE_CHECKING:
    from finemesh.build.asking import Consulted
    from finemesh.build.intake import Added, Origin
    from finemesh.build.run import BuildReport
    from finemesh.build.verification import Verification
    from finemesh.model.source import Source


class Filling(Opened):
    """What fills a case and checks it."""

    def add(
        self,
        paths: Iterable[str | Path],
        origin: Origin | None = None,
        *,
        progress: Progress = no_progress,
        today: date | None = None,
    ) -> Added:
        """Take files and folders into the archive; lists and documents are recognised by their content.

        Args:
            paths: Files, or folders of files.
            origin: What the user knows of them (dataset, snapshot, publisher, ...).
            progress: Is told how far the work is.
            today: The day that counts as today.

        Raises:
            UserError: A path does not exist, or the archive cannot be written.
        """
        from finemesh.build import intake

        with self.folder.lock("add"):
            return intake.add(
                self.archive,
                [Path(p) for p in paths],
                origin or intake.Origin(),
                today or date.today(),
                progress,
            )

    def fetchable(self) -> list[str]:
        """The lists that :meth:`fetch` knows an address of."""
        from finemesh.sources.fetch import REMOTES

        return list(REMOTES)

    def fetch(self, dataset: str, *, progress: Progress = no_progress, today: date | None = None) -> Source | None:
        """Bring the current list of a dataset from its publisher and take it into the archive.

        Returns:
            The new source, or None where nothing has changed since the last time.

        Raises:
            UserError: There is no address of that dataset.
            SourceError: It could not be had, or what came is not the list.
        """
        from finemesh.build.fetching import fetch_into

        with self.folder.lock("fetch"):
            return fetch_into(self.folder, self.archive, dataset, today or date.today(), progress)

    def build(self, *, jobs: int = 0, progress: Progress = no_progress) -> BuildReport:
        """Bring everything derived up to date; what was read before is not read again.

        Args:
            jobs: Processes that read at a time; 0 means one a processor.
            progress: Is told how far the work is.

        Raises:
            ConflictError: Another process is building.
        """
        from finemesh.build.run import build

        self.close()
        return build(self.folder, jobs or os.cpu_count() or 1, progress)

    def consult(self, *, progress: Progress = no_progress) -> Consulted:
        """Ask the language model that ``case.toml`` names about the documents of the last build; opens a connection.

        What it answers is kept in the case. Build again: what of it stands in the documents becomes claims.

        Raises:
            UserError: The case names no model, or its key is not set.
        """
        from finemesh.build.asking import consult

        self._require_tables()
        with self.folder.lock("build --llm"):
            return consult(self.folder, progress)

    def verify(self, *, jobs: int = 0, progress: Progress = no_progress) -> Verification:
        """Check every evidence row, and the hash of every archived file, against the archived bytes."""
        from finemesh.build.verification import verify

        self._require_tables()
        return verify(self.folder, jobs or os.cpu_count() or 1, progress)
