"""The case, safe to ask from several threads, and taken anew when a build has put other tables in its place."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from finemesh.case import Case
from finemesh.model.errors import ConflictError, DataError

T = TypeVar("T")
Stamp = tuple[int, int, int] | None
"""Identity of ``build.json`` (modified, inode, size); None where there is no complete build."""

_ATTEMPTS = 4
_PATIENCE_S = 0.6
"""How long a missing ``build.json``, or a table that cannot be read, may be one that is just being written."""
_MEMORY = 4000


class UnbuiltError(DataError):
    """The case has no derived tables yet."""


@dataclass(slots=True)
class Opened:
    """A case as one build left it.

    Attributes:
        case: Opened for this build only.
        stamp: Of the build.
        memory: Answers that do not change until the next build.
    """

    case: Case
    stamp: Stamp
    memory: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)

    def remember(self, key: Hashable, find: Callable[[], T]) -> T:
        """The answer to a question that has one answer for each build."""
        try:
            found: T = self.memory[key]
        except KeyError:
            found = find()
            self.memory[key] = found
            while len(self.memory) > _MEMORY:
                self.memory.popitem(last=False)
        return found


class Shelf:
    """Holds one case open for many requests.

    An answer is given only if the tables were the same before and after it was put together; otherwise it is put
    together again, so that no page mixes two builds.

    Args:
        case: The case; the shelf opens its folder for itself.
    """

    def __init__(self, case: Case) -> None:
        self.folder = case.folder
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def stamp(self) -> Stamp:
        """Which build is there now."""
        try:
            found = (self.folder.derived / "build.json").stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def ask(self, question: Callable[[Opened], T]) -> T:
        """Put a question to the case.

        Args:
            question: Is given the opened case; may be asked again when a build has come in between.

        Raises:
            UnbuiltError: There is nothing to ask yet.
            ConflictError: Builds come faster than answers.
        """
        failed: Opened | None = None
        for _ in range(_ATTEMPTS):
            opened = self._current()
            try:
                answer = question(opened)
            except DataError:
                if failed is not None and self.stamp() == failed.stamp:
                    raise
                failed = opened
                self._put_back(opened)
                continue
            if self.stamp() == opened.stamp:
                return answer
        raise ConflictError("the case is being built", hint="wait a moment, then load the page again")

    def act(self, deed: Callable[[Opened], T]) -> T:
        """Let something be done that changes the case; once, whatever build comes in between.

        Raises:
            UnbuiltError: There is no case to act on yet.
        """
        return deed(self._current())

    def _put_back(self, opened: Opened) -> None:
        """Open the case anew for the next question: its tables may be just being replaced, one after the other."""
        with self._lock:
            if self._opened is opened:
                self._opened = None
        time.sleep(_PATIENCE_S)

    def _current(self) -> Opened:
        stamp = self.stamp()
        if stamp is None and self._opened is not None:
            stamp = self._wait()
        if stamp is None:
            raise UnbuiltError("the case is not built yet", where=str(self.folder.root), hint="run `finemesh build`")
        with self._lock:
            if self._opened is None or self._opened.stamp != stamp:
                self._opened = _open(Case(self.folder), stamp)
            return self._opened

    def _wait(self) -> Stamp:
        """The stamp of a build that is being put in place at this moment, or None where none comes."""
        end = time.monotonic() + _PATIENCE_S
        while time.monotonic() < end:
            stamp = self.stamp()
            if stamp is not None:
                return stamp
            time.sleep(0.02)
        return None


def _open(case: Case, stamp: Stamp) -> Opened:
    """Open everything that is opened once, while nobody else does."""
    _ = case.settings, case.facts.snapshots, case.facts.lists_of, case.facts.source_names, case.index, case.look
    return Opened(case, stamp)
