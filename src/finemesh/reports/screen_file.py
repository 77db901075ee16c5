"""Screening a file of any length: in all processors, a chunk of rows at a time, going on where it was stopped.

What is found is first put into ``OUT.part``, a line of JSON for each row, beside ``OUT.progress``, which says how far
it goes and from what; when all rows are there, OUT is written in one go and both are taken away.
"""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from finemesh.analysis.screen_rows import Answer, Row, RowOptions, RowScreener, check_columns, name_columns
from finemesh.model.errors import SourceError, UserError
from finemesh.model.progress import Progress, no_progress
from finemesh.reports.row_files import FORMS, RowFile, open_rows, open_writer, unique

CHUNK = 500
"""Rows that a process takes at a time."""
Chunk = list[tuple[int, Row]]
Answered = tuple[Row, list[Answer]]

_screener: RowScreener | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """What came of it.

    Attributes:
        rows: Rows of the file.
        found: Rows with at least one candidate.
        resumed: Rows that had been screened before.
        problems: What of the file could not be read.
    """

    rows: int
    found: int
    resumed: int = 0
    problems: tuple[str, ...] = ()


def screen_rows(
    derived: Path, file: RowFile, options: RowOptions, jobs: int = 0, progress: Progress = no_progress, skip: int = 0
) -> Iterator[list[Answered]]:
    """Rows with their answers, in order, a chunk at a time.

    Args:
        derived: The case's ``derived/``.
        file: The file.
        options: What its rows say, see :func:`with_columns`.
        jobs: Processes; 0 for one a processor.
        progress: Told how many rows are done.
        skip: So many rows were done before.

    Raises:
        SourceError: The file cannot be read, or changed while it was.
    """
    before = _identity(file.path)
    done = skip
    rows = itertools.islice(enumerate(file.rows()), skip, None)
    for chunk in _answered(derived, options, _chunks(rows), jobs or os.cpu_count() or 1, file.total - skip):
        done += len(chunk)
        progress("rows", done, max(done, file.total))
        yield chunk
    if _identity(file.path) != before:
        raise SourceError("the file changed while it was read", where=str(file.path), hint="run the same command again")


def with_columns(file: RowFile, options: RowOptions) -> RowOptions:
    """The options with the column of names filled in (by its heading) where none is said, checked against the file.

    Raises:
        UserError: A column is not there, or it is not clear which holds names.
    """
    columns = options.columns or name_columns(file.columns, str(file.path))
    options = replace(options, columns=tuple(columns))
    check_columns(options, file.columns, str(file.path))
    return options


def _chunks(rows: Iterator[tuple[int, Row]]) -> Iterator[Chunk]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _answered(
    derived: Path, options: RowOptions, chunks: Iterator[Chunk], jobs: int, total: int
) -> Iterator[list[Answered]]:
    if jobs == 1 or total <= 2 * CHUNK:
        screener = RowScreener(derived, options)
        for chunk in chunks:
            yield _together(chunk, screener.screen(chunk))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start, (derived, options)) as pool:
        waiting: deque[tuple[Chunk, Future[list[list[Answer]]]]] = deque()
        try:
            for chunk in chunks:
                waiting.append((chunk, pool.submit(_work, chunk)))
                if len(waiting) > 3 * jobs:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _next(waiting: deque[tuple[Chunk, Future[list[list[Answer]]]]]) -> list[Answered]:
    chunk, future = waiting.popleft()
    try:
        return _together(chunk, future.result())
    except BrokenProcessPool as error:
        raise SourceError(
            f"a process stopped while it screened rows {chunk[0][0]} to {chunk[-1][0]}",
            hint="the same command goes on from there; --jobs 1 uses less memory",
        ) from error


def _together(chunk: Chunk, answers: list[list[Answer]]) -> list[Answered]:
    return [(row, found) for (_, row), found in zip(chunk, answers, strict=True)]


def _start(derived: Path, options: RowOptions) -> None:
    global _screener
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _screener = RowScreener(derived, options)


def _end_with_parent() -> None:
    """End this process when the one that started it has gone without a word (it was killed)."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(chunk: Chunk) -> list[list[Answer]]:
    assert _screener is not None
    return _screener.screen(chunk)


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def screen_file(
    derived: Path, path: Path, out: Path, options: RowOptions, jobs: int = 0, progress: Progress = no_progress
) -> Screened:
    """Screen every row of a file into another, in the form that its ending names.

    A run that was stopped goes on where it was, if file, options and index are the same.

    Raises:
        UserError: The ending of ``out`` names no form, or a column is not there.
        SourceError: The file cannot be read, or changed while it was.
    """
    form = FORMS.get(out.suffix.lower())
    if form is None:
        raise UserError("the ending does not say a form", where=str(out), hint=".csv, .xlsx, .jsonl or .parquet")
    if out.resolve() == path.resolve():
        raise UserError("the result would replace the file that is read", where=str(out))
    file = open_rows(path)
    options = with_columns(file, options)
    part, state = out.with_name(out.name + ".part"), out.with_name(out.name + ".progress")
    key = _key(derived, path, options)
    done, size = _resume(part, state, key)
    resumed = done
    with part.open("r+b" if size else "wb") as stream:
        stream.truncate(size)
        stream.seek(size)
        for chunk in screen_rows(derived, file, options, jobs, progress, skip=done):
            for row, answers in chunk:
                stream.write(orjson.dumps([row, answers], option=orjson.OPT_APPEND_NEWLINE, default=str))
            stream.flush()
            done += len(chunk)
            _note(state, {"key": key, "rows": done, "bytes": stream.tell()})
    found = _finish(part, out, form, file, options)
    part.unlink()
    state.unlink(missing_ok=True)
    return Screened(done, found, resumed, tuple(file.problems))


def _key(derived: Path, path: Path, options: RowOptions) -> str:
    parts = (_identity(path), _identity(derived / "index" / "names.index"), str(path.resolve()), asdict(options))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _resume(part: Path, state: Path, key: str) -> tuple[int, int]:
    try:
        noted = orjson.loads(state.read_bytes())
        if noted["key"] == key and part.stat().st_size >= noted["bytes"]:
            return int(noted["rows"]), int(noted["bytes"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, 0


def _note(state: Path, value: dict[str, Any]) -> None:
    partial = state.with_suffix(".tmp")
    partial.write_bytes(orjson.dumps(value))
    partial.replace(state)


_FIELDS = ("score", "id", "caption", "schema", "name", "authorities", "datasets", "why", "others")


def _finish(part: Path, out: Path, form: str, file: RowFile, options: RowOptions) -> int:
    """Turn the rows of the part file into the form that was asked for; how many have a candidate."""
    heads = {c: [f"match {field}" if len(options.columns) == 1 else f"{c}: match {field}" for field in _FIELDS]
             for c in options.columns}  # fmt: skip
    added = [head for column in options.columns for head in heads[column]]
    columns = unique([*file.columns, *added])
    renamed = dict(zip(added, columns[len(file.columns) :], strict=True))
    partial = out.with_name(out.name + ".tmp")
    writer = open_writer(partial, form, columns)
    found = 0
    with part.open("rb") as stream:
        for line in stream:
            row, answers = orjson.loads(line)
            found += any(answer["results"] for answer in answers)
            if form == "jsonl":
                for answer in answers or [{"qid": None, "query": None, "column": None, "results": []}]:
                    writer.write({**answer, "row": row})
                continue
            flat = {k: _plain(v) for k, v in row.items()}
            for answer in answers:
                values = _flat(answer["results"])
                flat.update({renamed[h]: v for h, v in zip(heads[answer["column"]], values, strict=True)})
            writer.write(flat)
    writer.close()
    partial.replace(out)
    return found


def _plain(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def _flat(results: list[dict[str, Any]]) -> list[Any]:
    """The best candidate as cells; the others as ``score caption (id)``."""
    if not results:
        return ["", *[""] * (len(_FIELDS) - 1)]
    best = results[0]
    why = "; ".join(
        f"{p['part']}: {p['left'] or '-'} ~ {p['right'] or '-'} ({p['score']:.2f} x {p['weight']:.1f})"
        for p in best["explanation"]
    )
    others = "; ".join(f"{r['score']:.3f} {r['caption']} ({r['id']})" for r in results[1:])
    return [
        best["score"], best["id"], _safe(best["caption"]), best["schema"], _safe(best["name"]),
        ";".join(best["authorities"]), ";".join(best["datasets"]), _safe(why), _safe(others),
    ]  # fmt: skip


def _safe(text: str) -> str:
    """A text of a list that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
