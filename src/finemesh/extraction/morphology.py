"""English inflection, as far as the parser needs it: verb forms to their verb, plurals to their noun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from finemesh.extraction.lexicon import classes, verb_table

_VOWELS = "aeiou"
_DOUBLING = classes("grammar")["doubling"]
_DOUBLING_L = classes("grammar")["doubling_l"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a word as a verb form.

    Attributes:
        lemma: The base form.
        forms: Letters for what the word can be: ``b`` base, ``s`` third person, ``d`` past, ``n`` past
            participle, ``g`` -ing.
        noun: Whether the verb's base form is also a noun.
    """

    lemma: str
    forms: str
    noun: bool


def inflect(base: str) -> dict[str, str]:
    """The regular forms of a verb: its spellings, each with its form letter."""
    if base.endswith("e"):
        stem = base[:-1]
        ing = base + "ing" if base.endswith(("ee", "oe", "ye")) else stem + "ing"
        ed = base + "d"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        ing, ed = base + "ing", base[:-1] + "ied"
    elif base in _DOUBLING or base in _DOUBLING_L:
        ing, ed = base + base[-1] + "ing", base + base[-1] + "ed"
    elif base.endswith("c"):
        ing, ed = base + "king", base + "ked"
    else:
        ing, ed = base + "ing", base + "ed"
    if base.endswith("y") and base[-2] not in _VOWELS:
        third = base[:-1] + "ies"
    elif base.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = base + "es"
    else:
        third = base + "s"
    return {"b": base, "s": third, "d": ed, "n": ed, "g": ing}


@cache
def verb_forms() -> dict[str, Verb]:
    """Every form of every verb that the parser knows."""
    found: dict[str, Verb] = {}
    for base, irregular, noun in verb_table():
        forms = inflect(base)
        if irregular:
            past, participle, ing = irregular
            forms["d"], forms["n"] = past, participle or past
            if ing:
                forms["g"] = ing
        for letter, form in forms.items():
            known = found.get(form)
            if known is None:
                found[form] = Verb(base, letter, noun)
            elif known.lemma == base:
                found[form] = Verb(
                    base, known.forms if letter in known.forms else known.forms + letter, noun or known.noun
                )
        if base in _DOUBLING_L:  # American spelling
            found.setdefault(base + "ing", Verb(base, "g", noun))
            found.setdefault(base + "ed", Verb(base, "dn", noun))
    for form, letter in (("focussed", "dn"), ("focussing", "g"), ("focusses", "s")):
        found[form] = Verb("focus", letter, True)
    for lemma in ("be", "have", "do"):
        for form in classes("closed")[lemma]:
            found.pop(form, None)
    return found


_IRREGULAR_PLURALS = {
    "men": "man", "women": "woman", "children": "child", "people": "person", "wives": "wife", "businessmen":
    "businessman",
    "spokesmen": "spokesman", "chairmen": "chairman", "lives": "life", "media": "media", "series": "series",
    "aircraft": "aircraft",
    "headquarters": "headquarters", "arms": "arms", "sanctions": "sanction", "attaches": "attaché",
}  # fmt: skip


@cache
def singular(word: str) -> str:
    """The singular of a noun in lower case ("subsidiaries" to "subsidiary", "sons-in-law" to "son-in-law")."""
    known = _IRREGULAR_PLURALS.get(word)
    if known:
        return known
    first, hyphen, rest = word.partition("-")
    if hyphen and rest in ("in-law", "general", "in-chief"):
        return singular(first) + "-" + rest
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]
