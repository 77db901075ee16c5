"""The case: the façade over the house, and the public Python API.

::

    import finemesh

    case = finemesh.open("my-case")
    case.add(["lists/", "releases/"])
    case.build()
    for row in case.coverage(["Htoo Group of Companies"], as_of="2022-09-22"):
        print(row.query, row.cells["EU"].state, row.cells["EU"].designated)

Every answer is a value with its evidence; ``as_json()`` gives the shapes of the command line. Questions are
read-only and need no lock. Heavy libraries are loaded only by the methods that use them.
"""

from __future__ import annotations

from finemesh.case.asking import Day, ScreenOptions
from finemesh.case.claim_deciding import DecidingClaims
from finemesh.case.deciding import Deciding
from finemesh.case.filling import Filling
from finemesh.case.tracing import Tracing

__all__ = ["Case", "Day", "ScreenOptions"]


class Case(Filling, Tracing, Deciding, DecidingClaims):
    """One case folder: what fills it, what is asked of it, what people decide about it."""
