"""What the last complete build wrote down of itself; its presence means that the tables belong together."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

MANIFEST = "build.json"
"""Written last."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last complete build wrote down.

    Attributes:
        fingerprint: Hash of everything that the tables depend on but decisions; empty where there is no complete build.
        counts: Rows by table.
        decisions: Hash of the decisions that the parties were settled with; empty where they are to be settled again.
    """

    fingerprint: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    decisions: str = ""


def read_manifest(derived: Path) -> Manifest:
    """What the last complete build wrote down."""
    try:
        values = orjson.loads((derived / MANIFEST).read_bytes())
        counts = {str(k): int(v) for k, v in values["counts"].items()}
        return Manifest(str(values["fingerprint"]), counts, str(values["decisions"]))
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError):
        return Manifest()


def write_manifest(derived: Path, manifest: Manifest) -> None:
    """Write it; it appears only when it is complete."""
    temporary = derived / f".{MANIFEST}.{os.getpid()}"
    try:
        temporary.write_bytes(orjson.dumps(asdict(manifest), option=orjson.OPT_SORT_KEYS))
        temporary.replace(derived / MANIFEST)
    finally:
        temporary.unlink(missing_ok=True)
