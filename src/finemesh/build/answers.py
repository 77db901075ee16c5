"""What a language model answered, kept in the case.

A model may answer otherwise tomorrow, or be gone. So its answers are kept as they came, one file each, named by the
document and by a hash of the question, model and prompt; every build checks them anew and needs no model.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from finemesh.model.errors import UserError


@dataclass(frozen=True, slots=True)
class Answers:
    """The folder of answers of a case.

    Attributes:
        root: ``answers`` in the case folder; need not be there.
    """

    root: Path

    def _path(self, sha256: str, key: str) -> Path:
        return self.root / sha256[:2] / sha256 / f"{key}.json"

    def read(self, sha256: str, key: str) -> str | None:
        """The answer to a question about a document, None where there is none (or none that can be read)."""
        try:
            answer = orjson.loads(self._path(sha256, key).read_bytes())["answer"]
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def write(self, sha256: str, key: str, told: dict[str, Any]) -> None:
        """Keep an answer; it appears only when it is complete.

        Args:
            sha256: The document.
            key: The question.
            told: ``answer``, and beside it what a person wants to know who finds the file (model, prompt, passage).

        Raises:
            UserError: It cannot be written.
        """
        path = self._path(sha256, key)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2))
            temporary.replace(path)
        except OSError as error:
            raise UserError(f"cannot keep an answer: {error.strerror}", where=str(path)) from error
        finally:
            temporary.unlink(missing_ok=True)

    def version(self) -> str:
        """A hash of all answers; "" where there are none."""
        paths = sorted(self.root.glob("??/*/*.json"))
        digest = hashlib.sha256()
        for path in paths:
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest() if paths else ""
