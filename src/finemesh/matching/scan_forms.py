"""Under which sequences of words a name of the lists is looked for in texts, and what each of them needs to count.

A text seldom writes a name as a list does: it leaves out "Company Limited", "Dr" or the patronymic, and turns "PUTIN,
Vladimir" around. And it writes many words that some list knows as a name ("Hope" is a ship): those count only with a
sign in the text that the party is meant.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from finemesh.matching import knowledge
from finemesh.matching.party import Name
from finemesh.matching.scan_text import words_of
from finemesh.matching.word import Kind
from finemesh.matching.words import is_organisation, read_name

MAX_WORDS = 16
"""Words of a name that are looked for; a longer name is found by its beginning."""
TELLING, TELLING_OF_THREE, SURE, SURE_OF_TWO = 900, 500, 1200, 1600
"""Hundredths of a bit: from here on one word is enough, or several common ones, or three; from here on case makes no
difference, for names of three words, and of two."""


class Needs:
    """Bits: what a sequence of words needs to count as a name.

    ``CAPITALS``: its words begin with capital letters, as a name's do (in scripts that have them). ``NO_COMMA``: no
    comma stands in it. ``CONTEXT``: the party is named in the text in another way too, or a word beside it says what it
    is. ``ALONE``: no syllable of a Burmese name stands beside it, which would make it another person's.
    ``COUNTRY``: a country of the party is named beside it or, where none is, in the text; or the party in another way.
    ``MARKED``: an ordinary word; even where the party is named in another way it counts only in capitals or quotes.
    """

    NOTHING = 0
    CAPITALS = 1
    NO_COMMA = 2
    CONTEXT = 4
    ALONE = 8
    COUNTRY = 16
    MARKED = 32


class Form(NamedTuple):
    """A sequence of words under which a name is looked for.

    Attributes:
        words: Folded (:func:`finemesh.matching.scan_text.plain`).
        score: How sure it is that the name is meant where the words stand, 0 to 1.
        needs: What must hold.
    """

    words: tuple[str, ...]
    score: float
    needs: int


def forms_of(name: Name, schema: str) -> list[Form]:
    """The forms of a name; the first is the name as it is written."""
    words = words_of(name.text[:400])[:MAX_WORDS]
    if not words:
        return []
    person = is_organisation(schema) is False
    found: dict[tuple[str, ...], Form] = {words: _form(words, name, schema, 1.0)}
    for shorter, score in _shorter(words, name.text, person):
        if shorter not in found:
            form = _form(shorter, name, schema, score)
            if all(map(is_ordinary, shorter)):
                found[shorter] = form._replace(needs=form.needs | Needs.CONTEXT)
            elif not form.needs & Needs.CONTEXT:
                found[shorter] = form
    return list(found.values())


def _form(words: tuple[str, ...], name: Name, schema: str, score: float) -> Form:
    organisation = is_organisation(schema)
    person = organisation is False
    told = telling(words, person)
    needs = Needs.NO_COMMA if person else Needs.NOTHING
    syllables = not organisation and len(words) > 1 and all(w in knowledge.lexicon().burmese_syllables for w in words)
    if all(map(_is_common, words)) and (len(words) == 1 or (person and not syllables)):
        needs |= Needs.CONTEXT | (Needs.NOTHING if all(map(is_ordinary, words)) and person else Needs.MARKED)
    elif len(words) == 1:
        needs |= _one_word(words[0], name, schema, told)
    else:
        needs |= _several_words(words, name, schema, told, syllables)
    if syllables:
        needs |= Needs.ALONE
    any_case = told >= SURE and (len(words) > 2 or (not organisation and told >= SURE_OF_TWO))
    if not any_case or name.kind == "weak" or all(map(is_ordinary, words)):
        needs |= Needs.CAPITALS
    if needs & (Needs.CAPITALS | Needs.CONTEXT):
        score = min(score, 0.9)
    return Form(words, score, needs)


def _several_words(words: tuple[str, ...], name: Name, schema: str, told: int, syllables: bool) -> int:
    """What a name of several words needs."""
    organisation = is_organisation(schema)
    letters = sum(map(len, words))
    if organisation is not False and not _BODIES.isdisjoint(words) and is_generic(words):
        return Needs.COUNTRY
    if letters <= 2 or (letters <= 4 and organisation is not False):
        return Needs.CONTEXT
    if name.kind == "weak" and (organisation is False or told < TELLING):
        return Needs.CONTEXT
    if syllables and len(words) == 2 and name.kind != "name":
        return Needs.CONTEXT  # many people bear it
    if organisation and is_generic(words) and told < (TELLING if len(words) < 3 else TELLING_OF_THREE):
        return Needs.CONTEXT
    return Needs.CONTEXT if schema in _THINGS and len(words) < 3 else Needs.NOTHING


_THINGS = ("Vessel", "Airplane", "Vehicle")
"""Their names are taken from everywhere."""


_BODIES = frozenset(
    "academy administration agency air army authority bank board brigade bureau centre center command commission "
    "committee council court department directorate division force forces front fund guard guards government institute "
    "intelligence ministry movement navy office organisation organization parliament party police security service "
    "staff state university".split()
)
"""Words of what every country has."""


def _one_word(word: str, name: Name, schema: str, told: int) -> int:
    """What a name of one word needs."""
    if is_organisation(schema) is not True or schema in _THINGS:
        unspaced = not word.isascii() and len(word) > 3
        common = name.kind == "weak" or not unspaced
    else:
        common = name.kind == "weak" and len(word) < 6
        common = common or len(word) <= 3 or told < TELLING or is_ordinary(word)
    return Needs.CONTEXT if common else Needs.NOTHING


def _shorter(words: tuple[str, ...], text: str, person: bool) -> list[tuple[tuple[str, ...], float]]:
    """What texts write for a name, each with how sure it is that the name is meant."""
    found = []
    if person:
        turned = words
        before, comma, after = text.partition(",")
        if comma and "," not in after and after.strip() and before.strip():
            count = len(words_of(before))
            turned = words[count:] + words[:count]
            found.append((turned, 0.95))
        bare = turned[_titles(turned) :]
        if len(bare) > 1:
            found.append((bare, 0.95))
        if len(bare) == 3:
            middle = [i for i in (1, 2) if _is_patronymic(bare[i])]
            found += [(bare[:i] + bare[i + 1 :], 0.85) for i in middle]
    else:
        start, end = _legal_forms(words)
        if end - start > 1 and telling(words[start:end], False) >= TELLING:
            found.append((words[start:end], 0.9))
    return found


def _titles(words: tuple[str, ...]) -> int:
    """How many words at the beginning are titles."""
    position, listed = 0, list(words)
    titles = knowledge.lexicon().honorifics
    while position < len(words) - 1 and (phrase := titles.at(listed, position)) and phrase.opens:
        position += len(phrase.words)
    return position if position < len(words) else 0


_LEFT_OUT = ("LTD", "LLC", "JSC")
"""Classes of legal forms that texts leave out; "Group" and "Corporation" tell companies apart."""


def _legal_forms(words: tuple[str, ...]) -> tuple[int, int]:
    """Where the name begins and ends without legal forms ("JSC", "Co Ltd")."""
    listed, forms = list(words), knowledge.lexicon().legal_forms
    start, end = 0, len(words)
    if (phrase := forms.at(listed, 0)) and phrase.opens and phrase.key in _LEFT_OUT and len(phrase.words) < end:
        start = len(phrase.words)
    for length in range(min(4, end - start - 1), 0, -1):
        closing = forms.at(listed, end - length)
        if closing and len(closing.words) == length and closing.key in _LEFT_OUT:
            return start, end - length
    return start, end


def _is_patronymic(word: str) -> bool:
    return len(word) > 5 and word.endswith(
        ("ovich", "evich", "ovna", "evna", "ович", "евич", "овна", "евна", "івна", "иівна", "ovych", "evych", "ivna")
    )


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(w for line in knowledge.data_lines("ordinary_words.txt") for w in line.split())


def is_ordinary(word: str) -> bool:
    """Whether a folded word is in a common dictionary."""
    return word in _ordinary()


def _is_common(word: str) -> bool:
    """Whether a word is an ordinary one, a title, or of a country ("Chinese")."""
    return is_ordinary(word) or word in countries() or word in knowledge.lexicon().honorifics.by_first


@lru_cache(maxsize=1)
def countries() -> dict[str, list[tuple[str, ...]]]:
    """Names and adjectives of countries by first word, folded: each as (rest of the words..., name of the country)."""
    found: dict[str, list[tuple[str, ...]]] = {}
    lines = (files("finemesh") / "data" / "words" / "countries.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            names = [n.strip() for n in line.replace(":", ",").split(",") if n.strip()]
            for name in names:
                first, *rest = words_of(name)
                found.setdefault(first, []).append((*rest, names[0]))
    return found


@lru_cache(maxsize=1 << 17)
def _weight(word: str, person: bool) -> tuple[int, bool]:
    """What a folded word tells, in hundredths of a bit, and whether many organisations share it."""
    words = [w for w in read_name(word, "Person" if person else "Company").words if w.kind not in _SILENT]
    return sum(w.weight for w in words), all(w.kind in _SHARED for w in words)


_SILENT = (Kind.LEGAL, Kind.PARTICLE)
_SHARED = (Kind.GENERIC, Kind.NUMBER, Kind.INITIAL)


def telling(words: tuple[str, ...], person: bool) -> int:
    """How much the words of a name tell together; titles nothing."""
    start = _titles(words) if person else 0
    return sum([_weight(w, person)[0] for w in words[start:]])


def is_generic(words: tuple[str, ...]) -> bool:
    """Whether every word is one that many organisations share, or an ordinary one ("Ministry of Petroleum")."""
    return all(_weight(w, False)[1] or is_ordinary(w) for w in words)
