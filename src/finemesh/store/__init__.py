"""Where things are kept: the archive, the derived Parquet tables, the human log.

This room knows files, hashes, locks and columns. It knows no list, no name and no question.

* :mod:`finemesh.store.folder` - a case folder, its ``case.toml`` and its lock
* :mod:`finemesh.store.archive` - input bytes by SHA-256, and the log of where they came from
* :mod:`finemesh.store.tables` - what the derived tables hold, and how they are written and read
* :mod:`finemesh.store.decisions` - the append-only log of what people decided
"""
