"""nomenklatura's xref on a file of entities; called by ``resolution.py --peer`` with a Python that has nomenklatura.

usage: resolution_xref.py ENTITIES.ftm.json PAIRS.csv

Prints one JSON object with the CPU seconds of loading, of xref, and of scoring PAIRS.csv (left, right) once more with
the same algorithm, for the rate of pairs.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main(entities: Path, pairs: Path) -> dict[str, Any]:
    scratch = Path(tempfile.mkdtemp())
    os.environ["NOMENKLATURA_DB_URL"] = f"sqlite:///{scratch / 'n.db'}"

    from followthemoney import StatementEntity
    from nomenklatura.db import make_session
    from nomenklatura.matching import DedupeAlgorithm
    from nomenklatura.resolver import Resolver
    from nomenklatura.store import load_entity_file_store
    from nomenklatura.xref import xref

    with make_session() as session:
        resolver = Resolver[StatementEntity](session, create=True)
        start = time.process_time()
        store = load_entity_file_store(entities, resolver=resolver)
        loaded = time.process_time()
        wall = time.perf_counter()
        xref(resolver, session, store, scratch / "index", limit=5000, discount_internal=1.0)
        found = time.process_time()
        wall = time.perf_counter() - wall
        view = store.default_view(external=True)
        with pairs.open(encoding="utf-8") as stream:
            wanted = [(view.get_entity(left), view.get_entity(right)) for left, right in csv.reader(stream)]
        config = DedupeAlgorithm.default_config()
        begun = time.process_time()
        for left, right in wanted:
            if left is not None and right is not None:
                DedupeAlgorithm.compare(left, right, config)
        scored = time.process_time() - begun
    return {
        "load": loaded - start,
        "xref": found - loaded,
        "xref_wall": wall,
        "algorithm": DedupeAlgorithm.NAME,
        "pairs": len(wanted),
        "scoring": scored,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
