"""finemesh: documents and official sanctions lists in, cited answers out.

The public Python API is :mod:`finemesh.case`::

    import finemesh
    case = finemesh.open("my-case")

Nothing heavy is imported here, so that one name can be screened in well under a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finemesh.model.version import VERSION

__version__ = VERSION
__all__ = ["Case", "__version__", "init", "open"]

if TYPE_CHECKING:
    from pathlib import Path

    from finemesh.case import Case


def __getattr__(name: str) -> object:
    """Load the façade only when it is asked for (PEP 562)."""
    if name == "Case":
        from finemesh.case import Case

        return Case
    raise AttributeError(f"module 'finemesh' has no attribute {name!r}")


def open(path: str | Path) -> Case:
    """Open an existing case folder.

    Args:
        path: The case folder (the one that holds ``case.toml``), or any folder below it.

    Raises:
        finemesh.model.errors.UserError: There is no case at or above ``path``.
    """
    from finemesh.case import Case

    return Case.open(path)


def init(path: str | Path) -> Case:
    """Make a new, empty case folder and open it.

    Raises:
        finemesh.model.errors.UserError: ``path`` is already a case, or cannot be written.
    """
    from finemesh.case import Case

    return Case.init(path)
