"""A case folder that is open: its places and its derived files, opened when they are needed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from finemesh.model.errors import DataError
from finemesh.store.folder import CaseFolder, Settings
from finemesh.store.reader import Reader

if TYPE_CHECKING:
    from finemesh.analysis.facts import Facts
    from finemesh.analysis.lookup import Lookup
    from finemesh.matching.index import Index
    from finemesh.store.archive import Archive


class Opened:
    """A case folder.

    Args:
        folder: Its places.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self.folder = folder

    @classmethod
    def init(cls, path: str | Path, title: str = "") -> Self:
        """Make a new, empty case.

        Raises:
            UserError: There is a case already, the folder is not empty, or it cannot be written.
        """
        return cls(CaseFolder.init(Path(path), title))

    @classmethod
    def open(cls, path: str | Path = ".") -> Self:
        """Open the case at a folder or the nearest one above it.

        Raises:
            UserError: There is none.
        """
        return cls(CaseFolder.find(Path(path)))

    @cached_property
    def settings(self) -> Settings:
        """What ``case.toml`` says."""
        return self.folder.settings()

    def _require_tables(self) -> None:
        if not (self.folder.derived / "build.json").exists():
            raise DataError("the case is not built yet", where=str(self.folder.root), hint="run `finemesh build`")

    @cached_property
    def reader(self) -> Reader:
        """The derived tables."""
        self._require_tables()
        return Reader(self.folder.derived)

    @cached_property
    def facts(self) -> Facts:
        """Parties and designations."""
        from finemesh.analysis.facts import Facts
        from finemesh.store.decisions import DecisionLog

        return Facts(self.reader, DecisionLog(self.folder.decisions))

    @cached_property
    def index(self) -> Index:
        """The index of names."""
        from finemesh.matching.index import Index

        self._require_tables()
        return Index.open(self.folder.derived / "index")

    @cached_property
    def archive(self) -> Archive:
        """The input bytes."""
        from finemesh.store.archive import Archive

        return Archive(self.folder.archive)

    @cached_property
    def look(self) -> Lookup:
        """Small questions: a document's text, where parties stand on a day, what rests on a place."""
        from finemesh.analysis.lookup import Lookup

        return Lookup(self.facts, self.archive, self.settings.authorities)

    def close(self) -> None:
        """Let go of the derived files (they are opened again when they are needed)."""
        if "reader" in self.__dict__:
            self.reader.close()
        for name in ("reader", "facts", "index", "look"):
            self.__dict__.pop(name, None)

    def __repr__(self) -> str:
        return f"Case({str(self.folder.root)!r})"
