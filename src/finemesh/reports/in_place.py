"""Files that appear under their name only when they are complete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def in_place(path: Path, write: Callable[[Path], T]) -> T:
    """Let somebody write a file beside the wanted one, and put it there when it is done.

    Args:
        path: The wanted file.
        write: Writes the file that it is given.

    Raises:
        OSError: The place cannot be written; what stood there before is left as it was.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        done = write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return done
