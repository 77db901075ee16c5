"""Worker processes that can be killed.

Files are untrusted: a parser may hang, eat the memory or crash. Each task runs in a process of its own pool with a
deadline and a memory limit; when it goes beyond them the process is killed, the task fails alone, and a new process
takes its place. On a busy machine a task that has had little of a processor is given longer.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from finemesh.model.errors import FinemeshError

Task = TypeVar("Task")
Result = TypeVar("Result")

MEMORY_LIMIT = 6_000_000_000
"""Bytes of address space that a worker may have (mapped libraries count)."""
PATIENCE = 5
"""How many times its time limit a task may take that had not so much of a processor."""
_PRELOAD = ["finemesh.build.work"]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of a task.

    Attributes:
        task: The task.
        result: Its result, None where it failed.
        failure: Why it failed, in words for people; empty where it did not.
        died: Whether its process was killed or given up: trying again may go better.
    """

    task: Task
    result: Result | None
    failure: str = ""
    died: bool = False


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: Any
    pipe: Connection
    task: Task | None = None
    limit: float = 0.0
    started: float = 0.0
    worked: float = 0.0

    def give(self, task: Task, limit: float) -> None:
        """Hand it a task."""
        self.task, self.limit = task, limit
        self.started, self.worked = time.monotonic(), _worked(self.process.pid, 0.0)
        self.pipe.send(task)

    @property
    def left(self) -> float:
        """Seconds until it is late, if it has a processor for itself."""
        return self.started + self.limit - time.monotonic()

    @property
    def late(self) -> bool:
        """Whether its task has had its time."""
        if self.left > 0:
            return False
        had_its_share = _worked(self.process.pid, math.inf) - self.worked >= self.limit * 0.9
        return had_its_share or self.left + (PATIENCE - 1) * self.limit <= 0


def run_tasks(
    function: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, time_limit: Callable[[Task], float]
) -> Iterator[Outcome[Task, Result]]:
    """Run a function over tasks in worker processes; outcomes come as they are ready.

    Args:
        function: A module-level function; a FinemeshError that it raises becomes the task's failure.
        tasks: Started in this order.
        jobs: How many processes at most.
        time_limit: Seconds that a task may take; more where other programs keep the processors busy.
    """
    if not tasks:
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    waiting = deque(tasks)
    workers = [_start(context, function) for _ in range(max(1, min(jobs, len(tasks))))]
    try:
        busy = 0
        while waiting or busy:
            for worker in workers:
                if worker.task is None and waiting:
                    task = waiting.popleft()
                    worker.give(task, time_limit(task))
                    busy += 1
            for position, outcome in _collect(workers, context, function):
                busy -= 1
                workers[position].task = None
                yield outcome
    finally:
        for worker in workers:
            worker.process.kill()
        for worker in workers:
            worker.process.join()
            worker.pipe.close()


def _collect(
    workers: list[_Worker[Task]], context: Any, function: Callable[[Task], Result]
) -> Iterator[tuple[int, Outcome[Task, Result]]]:
    """Wait for the next outcomes; a worker that died or is late is replaced."""
    busy = {w.pipe: n for n, w in enumerate(workers) if w.task is not None}
    left = min(w.left for w in workers if w.task is not None)
    ready = wait(list(busy), timeout=max(0.05, min(left, 1.0)))
    for pipe in ready:
        position = busy[pipe]  # type: ignore[index]
        worker = workers[position]
        task = worker.task
        assert task is not None
        died = False
        try:
            result, failure = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            result, failure, died = None, _cause_of_death(worker.process.exitcode), True
            workers[position] = _start(context, function)
        yield position, Outcome(task, result, failure, died)
    for position, worker in enumerate(workers):
        if worker.task is not None and worker.pipe not in ready and worker.late:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()
            task = worker.task
            workers[position] = _start(context, function)
            yield position, Outcome(task, None, "it took too long and was given up", died=True)


def _worked(pid: int, unknown: float) -> float:
    """Seconds that a process had a processor; ``unknown`` where the system does not tell."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return unknown


def _cause_of_death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name
        return f"the process that read it was killed ({name}): too much memory, or a fault in a library"
    return "the process that read it ended unexpectedly"


def _start(context: Any, function: Callable[[Any], Any]) -> _Worker[Any]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function), daemon=True)
    with _main_left_alone():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _main_left_alone() -> Iterator[None]:
    """Keep a new process from running the user's script again, as multiprocessing else does to find its functions.

    Ours are all in modules; so a script may build a case without ``if __name__ == "__main__"``.
    """
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    try:
        for name in kept:
            setattr(main, name, None)
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


def _serve(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """The life of a worker: take a task, answer, take the next."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        try:
            answer: tuple[Any, str] = (function(task), "")
        except FinemeshError as error:
            answer = (None, error.message + (f" ({error.where})" if error.where else ""))
        except MemoryError:
            answer = (None, "it needs more memory than a file may have")
        except RecursionError:
            answer = (None, "it nests too deeply")
        except Exception as error:  # a fault of ours or of a library must not end the build
            answer = (None, f"{type(error).__name__}: {error}")
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            os._exit(0)
