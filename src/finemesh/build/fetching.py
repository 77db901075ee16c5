"""Bring a list from its publisher into a case."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date

import orjson

from finemesh.build.intake import Origin, add
from finemesh.model.errors import UserError
from finemesh.model.progress import Progress, no_progress
from finemesh.model.source import Source
from finemesh.sources.fetch import REMOTES, Known, fetch
from finemesh.store.archive import Archive
from finemesh.store.folder import CaseFolder

_MEMORY = "fetched.json"


def fetch_into(folder: CaseFolder, archive: Archive, dataset: str, today: date, progress: Progress) -> Source | None:
    """Fetch one list, take it into the archive, and remember what the publisher said of it.

    Raises:
        UserError: There is no address of that dataset.
        SourceError: It could not be had, or what came is not the list.
    """
    remote = REMOTES.get(dataset)
    if remote is None:
        raise UserError(
            f"there is no address of {dataset!r} to fetch from",
            hint=f"known: {', '.join(REMOTES)}; other lists are downloaded by hand and added with `finemesh add`",
        )
    memory_path = archive.root / _MEMORY
    memory = orjson.loads(memory_path.read_bytes()) if memory_path.exists() else {}
    known = Known(**memory.get(dataset, {}))
    incoming = folder.root / ".incoming" / today.isoformat() / dataset
    found = fetch(remote, incoming, known, progress)
    if found.path is None:
        return None
    added = add(archive, [found.path], Origin(dataset=dataset, url=remote.url), today, no_progress)
    found.path.unlink()
    memory[dataset] = asdict(found.known)
    temporary = memory_path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(orjson.dumps(memory, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2))
    temporary.replace(memory_path)
    return added.sources[0]
