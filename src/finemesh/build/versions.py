"""What code a result was made by: a hash of the rooms that made it.

A new finemesh reads again what it may read differently; nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def room_version(room: str) -> str:
    """A hash of every source and data file of a room (``sources``, ``extraction``, ``data``, ...)."""
    root = Path(__file__).parents[1] / room
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
