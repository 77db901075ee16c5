"""What could not be read, as a value that travels with the result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing that a reader could not take over as it stands, with its place.

    Attributes:
        code: A short, stable kind, e.g. ``unknown-field``, ``bad-date``, ``missing-file``.
        message: What is wrong, and what was done about it.
        severity: ``error`` (a file or record was not read), ``warning`` (a value was not read) or
            ``info`` (read, but worth knowing).
        dataset: The dataset concerned, if it is known.
        source: The file name as it was added.
        sha256: The artifact's hash, empty when the file never reached the archive.
        locator: The place inside the artifact (see :mod:`finemesh.model.locator`), may be empty.
        count: How many times it occurs (repeats of one kind are counted, the first place is kept).
    """

    code: str
    message: str
    severity: Severity = "warning"
    dataset: str = ""
    source: str = ""
    sha256: str = ""
    locator: str = ""
    count: int = 1
