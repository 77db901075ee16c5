"""Take files and folders into a case."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from finemesh.model.dataset import DATASETS, DOCUMENTS
from finemesh.model.dates import is_date
from finemesh.model.errors import FinemeshError, SourceError, UserError
from finemesh.model.issue import Issue
from finemesh.model.progress import Progress
from finemesh.model.source import Source
from finemesh.sources.documents.packed import holds_documents, inner_documents
from finemesh.sources.probe import Probe
from finemesh.sources.registry import recognise
from finemesh.store.archive import Archive

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """What the user says about the files; empty means "read it from the file".

    Attributes:
        dataset: The dataset that they belong to.
        snapshot: The date of the snapshot.
        published: When a document was published.
        publisher: By whom.
        url: From where.
    """

    dataset: str = ""
    snapshot: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""

    def check(self) -> None:
        """Raise a UserError where a date is none."""
        for name, value in (("--snapshot", self.snapshot), ("--published", self.published)):
            if value and not is_date(value):
                raise UserError(f"{name}: not a date: {value!r}", hint="write 2022-09-22, 2022-09 or 2022")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding.

    Attributes:
        sources: What is in the case now of what was named.
        new: How many of them were not in the case before.
        issues: Files that could not be taken, and files that were taken but not recognised.
    """

    sources: tuple[Source, ...]
    new: int
    issues: tuple[Issue, ...]


def add(archive: Archive, paths: Iterable[Path], origin: Origin, today: date, progress: Progress) -> Added:
    """Take files, and all files below folders, into the archive.

    Hidden files and folders are passed over, links are not followed out of the folder. What was taken before
    a Ctrl-C or a failing file stays taken; adding again completes the rest.

    Raises:
        UserError: A path does not exist, or the archive cannot be written.
    """
    origin.check()
    found = list(_walk(paths))
    before = {(s.sha256, s.path) for s in archive.sources()}
    taken: list[Source] = []
    pending: list[Source] = []
    issues: list[Issue] = []
    try:
        for number, (path, rel) in enumerate(found, 1):
            progress("adding", number, len(found))
            try:
                source = _take(archive, path, rel, origin, today)
            except FinemeshError as error:
                if isinstance(error, UserError):
                    raise
                issues.append(Issue("unreadable", error.message, "error", source=path.name))
                continue
            except OSError as error:
                issues.append(Issue("unreadable", f"cannot be read: {error.strerror}", "error", source=rel))
                continue
            found_now = [source, *_take_inner(archive, source, origin, issues)]
            pending += found_now
            taken += found_now
            if len(pending) >= _BATCH:
                archive.record(pending)
                pending = []
    finally:
        archive.record(pending)
    issues += not_recognised(taken)
    new = sum((s.sha256, s.path) not in before for s in taken)
    return Added(tuple(taken), new, tuple(issues))


def not_recognised(sources: Iterable[Source]) -> list[Issue]:
    """The issues of files that no reader takes, those left out that were only opened for what is in them."""
    every = list(sources)
    opened = {s.path.partition("!/")[0] for s in every if "!/" in s.path}
    return [unrecognised(s) for s in every if s.kind in ("unknown", "table") and s.path not in opened]


def unrecognised(source: Source) -> Issue:
    """The issue of a file that is in the archive but that no reader takes."""
    if source.size == 0:
        return Issue("empty-file", "the file is empty", "warning", source=source.name, sha256=source.sha256)
    what = "a table without a mapping" if source.kind == "table" else "neither a known list nor a document"
    return Issue(
        "not-recognised",
        f"{what}: it is kept in the archive but not read",
        "warning",
        source=source.name,
        sha256=source.sha256,
    )


def _walk(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every regular file with its path relative to the parent of what was named."""
    for path in paths:
        if not path.exists():
            raise UserError("no such file or folder", where=str(path))
        here = path.resolve()
        if here.is_file():
            yield here, f"{here.parent.name}/{here.name}" if here.parent.name else here.name
            continue
        for folder, folders, files in os.walk(here):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(files):
                file = Path(folder) / name
                if not name.startswith(".") and stat.S_ISREG(file.lstat().st_mode):
                    yield file, str(file.relative_to(here.parent))


def _take(archive: Archive, path: Path, rel: str, origin: Origin, today: date) -> Source:
    with path.open("rb") as stream:
        sha256, size = archive.put(stream)
    source = Source(
        sha256=sha256,
        name=path.name,
        path=rel,
        size=size,
        publisher=origin.publisher,
        url=origin.url,
        published=origin.published,
        retrieved=today.isoformat(),
    )
    return classify(source, archive.path(sha256), origin)


def _take_inner(archive: Archive, outer: Source, origin: Origin, issues: list[Issue]) -> list[Source]:
    """The documents within a ZIP or a message, each as a source of its own (``folder/mails.zip!/a/letter.pdf``)."""
    probe = Probe(archive.path(outer.sha256), outer.name, outer.path)
    if outer.kind == "list" or not holds_documents(probe):
        return []
    taken: list[Source] = []
    left_out: list[str] = []
    try:
        for inner in inner_documents(probe, left_out):
            try:
                with inner.stream as stream:
                    sha256, size = archive.put(stream)
            except SourceError as error:
                left_out.append(f"{inner.path}: {error.message}")
                continue
            path = f"{outer.path}!/{inner.path}"
            source = replace(outer, sha256=sha256, name=inner.name, path=path, size=size, kind="unknown", dataset="")
            taken.append(classify(source, archive.path(sha256), origin))
    except SourceError as error:
        issues.append(Issue("unreadable", error.message, "error", source=outer.name, sha256=outer.sha256))
    if left_out:
        said = f"{len(left_out)} files within it are not taken: {'; '.join(left_out[:10])}"
        issues.append(Issue("not-taken", said, "info", source=outer.name, sha256=outer.sha256))
    return taken


def classify(source: Source, path: Path, origin: Origin) -> Source:
    """Say what an archived file is; what the user says goes before what the file says."""
    found = recognise(Probe(path, source.name, source.path))
    dataset = origin.dataset or found.dataset
    if found.kind == "document":
        return replace(source, kind="document", dataset=origin.dataset or DOCUMENTS)
    if found.kind != "list":
        return replace(source, kind=found.kind, dataset=origin.dataset, snapshot=origin.snapshot)
    snapshot, basis = (origin.snapshot, "given") if origin.snapshot else (found.snapshot, found.basis)
    if not snapshot:
        snapshot, basis = source.retrieved, "added"
    known = DATASETS.get(dataset)
    return replace(
        source,
        kind="list",
        reader=found.reader,
        dataset=dataset,
        snapshot=snapshot,
        snapshot_basis=basis,
        part=found.part,
        publisher=source.publisher or (known.publisher if known else ""),
        title=known.title if known else "",
        url=source.url or (known.url if known else ""),
    )
