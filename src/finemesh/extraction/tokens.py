"""Words, numbers and marks of a text, with their places."""

from __future__ import annotations

import re

from finemesh.extraction.lexicon import classes, states

_TOKEN = re.compile(
    r"""
      (?:[A-Za-z]\.){2,}                                                 # U.S., P.E.I.
    | (?:US|A|C|S|HK|NZ|AU|CA)?[$€£¥₦]\s?\d+(?:,\d{3})*(?:\.\d+)?              # US$406
    | \d+(?:,\d{3})*(?:\.\d+)?(?:%|st\b|nd\b|rd\b|th\b)?(?:-[A-Za-z][\w-]*)?   # 25, 3.5%, 33rd, 10-year
    | (?:Co|Ltd|Inc|Corp|Pte|Pvt|Pty|Bhd|Sdn|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Brig|Capt|Sgt|Adm|Prof|Rev|Hon
        |Plc|St|No|Nos|Jr|Sr|Cdr|Comm|Engr|Barr|Vs|vs)\.(?=[\s,;:)’'-]|$)
    | [^\W\d_][\w]*(?:[-‑.&/][^\W_]\w*|[’'](?!s\b|t\b|re\b|ve\b|ll\b|d\b|m\b)[^\W\d_]\w*|(?<=n)[’']t\b|&(?=\s))*
    | n[’']t\b
    | [’'](?:s|re|ve|ll|d|m)\b
    | \.\.\.
    | \S
    """,
    re.VERBOSE,
)
_SPLIT_TAIL = classes("grammar")["split_tail"]
_NO_SPLIT = classes("grammar")["no_split"]
_NEGATED = re.compile(
    r"^(do|does|did|has|have|had|is|are|was|were|would|should|could|must|need|wo|ca)(n[’']t)$", re.IGNORECASE
)


class Token:
    """One word, number or mark.

    Attributes:
        text: As it is written.
        low: In lower case, curly apostrophes made straight.
        start, end: Characters of the text.
    """

    __slots__ = ("end", "low", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.low = text.lower().replace("’", "'") if not text.islower() or "’" in text else text
        self.start = start
        self.end = start + len(text)

    def __repr__(self) -> str:
        return f"{self.text}@{self.start}"


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a stretch of a text, in order.

    A participle that hangs on a name by a hyphen is taken apart ("UK-sanctioned" is three tokens), so is the
    negation of an auxiliary ("hasn't" is two) and a pair of states. Abbreviations keep their full stop.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        at = match.start()
        if "-" in word and word[0].isalpha():
            head, _, tail = word.rpartition("-")
            if (
                head
                and head.lower() not in _NO_SPLIT
                and (tail in _SPLIT_TAIL or (tail in states() and head in states()))
                and not head.endswith("-")
            ):
                found += (Token(head, at), Token("-", at + len(head)), Token(tail, at + len(head) + 1))
                continue
        if word[-1] == "t" and len(word) > 4:
            negated = _NEGATED.match(word)
            if negated:
                found += (Token(negated.group(1), at), Token(negated.group(2), at + negated.start(2)))
                continue
        found.append(Token(word, at))
    return found
