"""Where and how a build works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from finemesh.build.plan import Parts
from finemesh.model.progress import Progress


@dataclass(frozen=True, slots=True)
class Way:
    """Where and how a build works.

    Attributes:
        work: Folder of the new tables.
        parts: Results of the pieces.
        jobs: How many processes work at a time.
        progress: Is told how far the work is.
    """

    work: Path
    parts: Parts
    jobs: int
    progress: Progress
