"""Asks the language model of a case about its documents and keeps what it answers.

Only what has no answer yet is asked. Each answer is kept as soon as it is there, so that what was stopped goes on where
it was. A build then checks the answers; here nothing is believed and nothing is decided.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from finemesh.build.answers import Answers
from finemesh.build.reading import READ_CHARS
from finemesh.extraction.llm.answers import read_answer
from finemesh.extraction.llm.client import NoAnswer, ask, open_client
from finemesh.extraction.llm.questions import Question, prompt_version, questions
from finemesh.model.endpoint import Endpoint
from finemesh.model.errors import UserError
from finemesh.model.progress import Progress
from finemesh.store.folder import CaseFolder
from finemesh.store.reader import Reader

if TYPE_CHECKING:
    import httpx

UNREACHED = 3
"""Questions in a row that reach nobody before the rest is not asked."""


@dataclass(slots=True)
class Consulted:
    """What came of asking.

    Attributes:
        model: The model that was asked.
        passages: Passages of all documents.
        known: Those that had an answer before.
        answered: Those that got one now.
        failed: Those that got none, by reason.
    """

    model: str
    passages: int = 0
    known: int = 0
    answered: int = 0
    failed: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "model": self.model,
            "prompt": prompt_version(),
            "passages": self.passages,
            "known": self.known,
            "answered": self.answered,
            "failed": dict(sorted(self.failed.items())),
        }


def consult(folder: CaseFolder, progress: Progress) -> Consulted:
    """Ask the model of the case about every passage of its documents that has no answer yet.

    Raises:
        UserError: The case names no model, or the variable with its key is not set.
    """
    endpoint = folder.settings().llm
    if endpoint is None:
        hint = "write [llm] with url and model into case.toml (docs/language-model.md)"
        raise UserError("the case names no language model", where=str(folder.root), hint=hint)
    answers = Answers(folder.answers)
    found = Consulted(endpoint.model)
    waiting: deque[tuple[str, Question]] = deque()
    for sha256, question in _questions(folder, endpoint):
        found.passages += 1
        if answers.read(sha256, question.key) is None:
            waiting.append((sha256, question))
    found.known = found.passages - len(waiting)
    if waiting:
        asyncio.run(_ask_all(endpoint, waiting, answers, found, progress))
    return found


def _questions(folder: CaseFolder, endpoint: Endpoint) -> Sequence[tuple[str, Question]]:
    """(document, question) of all documents in a fixed order."""
    reader = Reader(folder.derived)
    try:
        rows = reader.rows("SELECT DISTINCT sha256, published, text FROM documents ORDER BY ALL")
    finally:
        reader.close()
    found: dict[tuple[str, str], Question] = {}
    for row in rows:
        for question in questions(row["text"][:READ_CHARS], row["sha256"], row["published"], endpoint):
            found.setdefault((row["sha256"], question.key), question)
    return [(sha256, question) for (sha256, _), question in found.items()]


async def _ask_all(
    endpoint: Endpoint, waiting: deque[tuple[str, Question]], answers: Answers, found: Consulted, progress: Progress
) -> None:
    """Ask with as many at a time as the endpoint allows; stops by itself where nobody answers at the address."""
    total = len(waiting)
    unreached = 0

    async def work(client: httpx.AsyncClient) -> None:
        nonlocal unreached
        while waiting:
            sha256, question = waiting.popleft()
            try:
                if unreached >= UNREACHED:
                    raise NoAnswer("not asked any more, for nobody answers at its address", reached=False)
                await _one(client, endpoint, sha256, question, answers)
                found.answered += 1
                unreached = 0
            except NoAnswer as error:
                found.failed[error.why] += 1
                unreached = 0 if error.reached else unreached + 1
            progress("asking the language model", found.answered + found.failed.total(), total)

    progress("asking the language model", 0, total)
    async with open_client(endpoint) as client, asyncio.TaskGroup() as group:
        for _ in range(min(endpoint.at_once, total)):
            group.create_task(work(client))


async def _one(
    client: httpx.AsyncClient, endpoint: Endpoint, sha256: str, question: Question, answers: Answers
) -> None:
    """Ask one question and keep the answer; one that is no list of claims is asked for again and not kept."""
    for _ in range(endpoint.retries + 1):
        answer = await ask(client, endpoint, question.messages)
        if read_answer(answer) is not None:
            told = {
                "model": endpoint.model,
                "prompt": prompt_version(),
                "passage": [question.start, question.end],
                "answer": answer,
            }
            answers.write(sha256, question.key, told)
            return
    raise NoAnswer("its answer is no list of claims")
