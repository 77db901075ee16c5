"""A name's plainest form, under which equal names meet."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LEGAL = frozenset(
    "co company companies ltd limited llc inc incorporated corp corporation plc pte pvt private gmbh ag sa srl bv nv"
    " jsc ojsc pjsc cjsc ao oao pao zao ooo llp lp the".split()
)
_TITLES = frozenset(
    "mr mrs ms dr sir u daw gen general lt lieutenant col colonel maj major brig brigadier senior".split()
)


def fold_name(name: str, schema: str) -> str:
    """Lower-case words without accents and punctuation; legal forms and titles left out (never all of a name)."""
    text = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    words = _WORD.findall("".join(c for c in text if not unicodedata.combining(c)))
    dropped = _TITLES if schema == "Person" else _LEGAL
    return " ".join([w for w in words if w not in dropped] or words)
