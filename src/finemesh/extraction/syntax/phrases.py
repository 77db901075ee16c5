"""What follows what: the small look-aheads by which the parser decides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from finemesh.extraction.lexicon import classes, relatives, words
from finemesh.extraction.syntax.nodes import NP, VG, Chunk
from finemesh.extraction.syntax.unit import Unit

EXAMPLES = frozenset(("including", "such as", "namely", "like", "notably", "especially"))
"""Words before the examples of what was just named."""

TAKES_INFINITIVE = classes("grammar")["takes_infinitive"]
"""Nouns that an infinitive hangs on ("plans to sell")."""

ACTOR_NOUNS = classes("grammar")["actor_nouns"]
"""Heads of phrases that mean one actor."""
COMPANY = frozenset(("together with", "along with", "as well as"))
"""Words that bring a further subject in ("and, together with its subsidiary, was ...")."""
ON_NOUN = frozenset("target focus cover affect include involve concern comprise aim direct".split())
"""Verbs that belong to the object before them when they follow it as ", targeting ..."."""

SAYS_THAT = classes("grammar")["says_that"]
"""Verbs that a clause follows ("says that", "demands X impose")."""

OF_MEASURE = frozenset("coordinate announce impose introduce levy adopt agree".split())
"""Participles that belong to the measure, not to whom it is against ("sanctions on X, *announced* by Y")."""

_MEASURES = frozenset(("embargo", "ban", "freeze", "sanction"))
_LOOK = 40
"""Chunks that a look-ahead reads at most."""


def _tag(chunks: Sequence[Chunk], i: int) -> str:
    if not 0 <= i < len(chunks):
        return ""
    c = chunks[i]
    return "NP" if isinstance(c, NP) else "VG" if isinstance(c, VG) else c.tag


def _low(chunks: Sequence[Chunk], i: int) -> str:
    c = chunks[i] if 0 <= i < len(chunks) else None
    return c.low if isinstance(c, Unit) else ""


def finite_at(chunks: Sequence[Chunk], i: int, surely: bool = False) -> bool:
    """Whether the verb group at a place is a finite verb rather than a participle (``surely``: beyond doubt)."""
    group = chunks[i] if 0 <= i < len(chunks) else None
    if not isinstance(group, VG):
        return False
    if group.form in ("finite", "base"):
        return True
    if group.form != "past":
        return False
    j = i + 1
    while _tag(chunks, j) in ("ADV", "DATE"):
        j += 1
    following = _tag(chunks, j)
    if following == "NP" or (following == "W" and _low(chunks, j) == "that" and group.lemma in SAYS_THAT):
        return True
    if surely:
        return False
    if following in ("P", "") and _low(chunks, j) in ("by", ""):
        return False
    return not verb_ahead(chunks, i) and following not in ("", ".", ",")


def subject_ahead(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether the noun phrase at a place is the subject of a finite verb that follows it."""
    if _tag(chunks, i) != "NP":
        return False
    j = i + 1
    while j < min(len(chunks), i + _LOOK):
        tag = _tag(chunks, j)
        if tag == "VG":
            return finite_at(chunks, j, surely=True)
        if tag in ("P", "TO"):
            j += 1
            if _tag(chunks, j) not in ("NP", "DATE"):
                return False
            j += 1
        elif tag == "(":
            while j < len(chunks) and j < i + _LOOK and _tag(chunks, j) != ")":
                j += 1
            j += 1
        elif tag in ("ADV", "DATE"):
            j += 1
        elif tag == "CC" and _tag(chunks, j + 1) == "NP":
            j += 2
        elif tag == "," and _tag(chunks, j + 1) == "NP" and (k := _after_bracket(chunks, j + 2)) >= 0:
            j = k + (_tag(chunks, k) == "," and _tag(chunks, k + 1) not in ("NP", "CC"))
        elif tag == "," and _tag(chunks, j + 1) == "CC" and _tag(chunks, j + 2) == "NP":
            j += 3
        elif tag == "," and _tag(chunks, j + 1) == "W" and _tag(chunks, j + 2) == "VG":
            j += 3
            while j < min(len(chunks), i + _LOOK) and _tag(chunks, j) in ("NP", "P", "TO", "DATE", "ADV", "CC"):
                j += 1
            if _tag(chunks, j) != ",":
                return False
            j += 1
        else:
            return False
    return False


def _after_bracket(chunks: Sequence[Chunk], i: int) -> int:
    """Where a list or its verb goes on after a name and its short form in brackets; -1 where it does not."""
    if _tag(chunks, i) == "(" and _tag(chunks, i + 2) == ")":
        i += 3
    return i if _tag(chunks, i) in (",", "VG", "CC") else -1


def verb_ahead(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a finite verb follows the verb at ``i`` in the same clause."""
    inside = 0
    for j in range(i + 1, min(len(chunks), i + _LOOK)):
        c = chunks[j]
        if isinstance(c, VG):
            if c.form == "finite" and not inside:
                return True
            if (
                c.form in ("base", "past")
                and not inside
                and _tag(chunks, j + 1) == "NP"
                and _tag(chunks, j - 1) in ("NP", ",", "ADV")
            ):
                return True
            inside = max(0, inside - 1) if c.form in ("finite", "base", "past") else inside
        elif isinstance(c, Unit):
            if c.tag == "W":
                inside += 1
            elif c.tag in ("SUB", ";", ":", "“") or (
                c.tag == "CC" and _tag(chunks, j + 1) == "NP" and subject_ahead(chunks, j + 1)
            ):
                return False
    return False


@cache
def _people_words() -> frozenset[str]:
    return (
        words("roles")
        | frozenset(relatives())
        | {
            "general",
            "colonel",
            "soldier",
            "person",
            "man",
            "woman",
            "individual",
            "criminal",
            "perpetrator",
            "mastermind",
        }
    )


@cache
def _ranks() -> frozenset[str]:
    """Ranks of one word, which stand before names without saying more ("General NAME")."""
    ranks = frozenset(entry for group in classes("titles").values() for entry in group if " " not in entry)
    return ranks | classes("grammar")["past_person"]


_PARTY_NOUNS = classes("grammar")["party_nouns"]


def party_like(phrase: NP) -> bool:
    """Whether a phrase can mean a person, an organisation or a state."""
    if phrase.members:
        return all(party_like(m) for m in phrase.members)
    if phrase.name is not None:
        return phrase.name.kind != "product"
    return bool(phrase.pronoun) or phrase.head in _PARTY_NOUNS or phrase.head in _people_words()


def is_person(phrase: NP) -> bool:
    """Whether a phrase means a person by its noun or its name."""
    if phrase.head in _people_words():
        return True
    return phrase.name is not None and phrase.name.kind == "person"


def _kinds_differ(one: NP, two: NP) -> bool:
    """Whether one phrase names a person and the other an organisation."""
    kinds = {p.name.kind for p in (one, two) if p.name is not None}
    return kinds == {"person", "organization"}


def may_join(
    chunks: Sequence[Chunk], members: list[NP], phrase: NP, i: int, comma_only: bool, open_phrase: NP | None = None
) -> bool:
    """Whether a phrase goes on with a list; ``open_phrase`` is what the list hangs on."""
    last = members[-1]
    if phrase.pronoun and phrase.pronoun in ("it", "he", "she", "they", "we", "i", "this", "these", "which", "there"):
        return False
    if (
        open_phrase is not None
        and open_phrase.plural
        and party_like(open_phrase)
        and is_person(phrase)
        and not is_person(last)
        and phrase.head
    ):
        return False
    if open_phrase is not None and _parallel(chunks, open_phrase, phrase, i):
        return False
    if phrase.head in _MEASURES and phrase.name is None and last.head not in _MEASURES and not last.pronoun:
        return False  # "sanctions on X, and an embargo"
    if open_phrase is not None and _role_over(open_phrase) and not is_person(last) and _person_named(phrase):
        return False  # "NAME, the head of X, and NAME, the head of Y"
    if (
        comma_only
        and last.name is not None
        and phrase.name is not None
        and (last.name.tag == "STATE") != (phrase.name.tag == "STATE")
    ):
        return False
    if (
        comma_only
        and _kinds_differ(last, phrase)
        and open_phrase is not None
        and open_phrase.plural
        and party_like(open_phrase)
    ):
        return False
    if phrase.pronoun in ("all", "both") and _tag(chunks, i + 1) in ("VG", "ADV"):
        return False
    if party_like(last) != party_like(phrase):
        if party_like(last) and not last.pronoun and phrase.det != "its" and phrase.possessor is None:
            return False
        if last.name is not None and phrase.name is None and not phrase.possessor:
            return False
        if last.name is None and phrase.name is not None and phrase.name.kind != "product" and comma_only:
            return False
    if comma_only:
        return _list_goes_on(chunks, i)
    return True


def _person_named(phrase: NP) -> bool:
    """Whether a phrase is a person's name, a rank before it or nothing."""
    if phrase.name is None or phrase.name.kind != "person":
        return False
    return all(u is phrase.name or u.low in _rank_words() for u in phrase.units)


@cache
def _rank_words() -> frozenset[str]:
    return frozenset(word for entry in classes("titles")["rank"] for word in entry.split())


def _role_over(phrase: NP) -> bool:
    """Whether a phrase is a role that still looks for its organisation ("the head of ...")."""
    return phrase.name is None and bool(phrase.head) and is_person(phrase)


def _parallel(chunks: Sequence[Chunk], outer: NP, phrase: NP, i: int) -> bool:
    """ "the son of X and brother of Y", "chair of X and a member of Y": the second stands beside the outer noun.

    So does the second name in "X of Blueport, Y of Redport".
    """
    if outer.name is not None and phrase.name is not None and "person" in (outer.name.kind, phrase.name.kind):
        return _low(chunks, i + 1) in ("of", "from", "as") and isinstance(chunks[i + 2], NP)
    if phrase.name is not None or phrase.det not in ("", "a", "an") or phrase.possessor is not None or phrase.plural:
        return False
    return is_person(outer) and is_person(phrase) and _low(chunks, i + 1) == "of"


def _list_goes_on(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether "and" or a further comma follows, so that "A, B" is the start of a list; or a name ends it."""
    j = i + 1
    while j < min(len(chunks), i + 12):
        tag = _tag(chunks, j)
        if tag == "CC":
            return _tag(chunks, j + 1) in ("NP", "ADV") or _tag(chunks, j + 1) == "VG"
        if tag == ",":
            return _tag(chunks, j + 1) in ("NP", "CC", "ADV")
        if tag == "(":
            while j < len(chunks) and j < i + 30 and _tag(chunks, j) != ")":
                j += 1
            j += 1
        elif tag in ("P", "NP", "DATE", "ADV", "TO"):
            j += 1
        else:
            return False
    return False


def is_apposition(chunks: Sequence[Chunk], phrase: NP, other: NP, i: int, j: int) -> bool:
    """Whether ``phrase, other`` names one thing twice ("its director, NAME,", "NAME, a company").

    Args:
        chunks: All chunks.
        phrase: The first phrase.
        other: The second, at chunk ``j``.
        i: The comma or dash between them.
        j: Where the second stands.
    """
    if other.pronoun or phrase.pronoun in ("it", "he", "she", "we", "i", "this"):
        return False
    if _tag(chunks, i) == "–":
        if phrase.name is not None and other.name is not None and other.name.tag == "STATE" != phrase.name.tag:
            return False  # "countries that sanctioned X – Japan and Canada – should ..."
        return party_like(other) or bool(other.name)
    after = _tag(chunks, j + 1)
    titled = not other.head or other.head in _ranks()
    named, other_named = phrase.name is not None, other.name is not None and titled and other.possessor is None
    closed = after in (",", "VG", ".", "", "–", "(", "CC", "P", "W", "TO", "DATE", ";")
    if not named and other_named and phrase.head and phrase.plural:
        return party_like(phrase) and _names_follow(chunks, j)
    if not named and other_named and phrase.head and not phrase.plural:
        if not closed:
            return False
        first = phrase.units[0].low if phrase.units else ""
        if phrase.head == "one" or first == "one":
            return bool(phrase.pps)
        personal = other.name is not None and other.name.kind in ("person", "organization")
        owned = (
            phrase.det in ("its", "his", "her", "their", "whose", "one", "a", "an")
            or phrase.possessor is not None
            or _is_role(phrase)
        )
        sure = personal and phrase.det in ("the", "a", "an")
        return ((owned or phrase.det == "the") and party_like(phrase)) or sure
    if named and other.name is None and other.head:
        if other.head in _PLACE_NOUNS and (other.possessor is not None or other.det):
            return True  # "Hanoi, Vietnam's capital"
        if other.det in ("a", "an") or (other.head in ("part", "member", "subsidiary", "unit") and after == "P"):
            return True
        if not party_like(other) or (after == "CC" and _described_name(chunks, j + 2)):
            return False
        if (
            other.det == "the"
            or other.possessor is not None
            or other.det in ("its", "his", "her", "their")
            or _is_role(other)
        ):
            return not _list_goes_on(chunks, j) or (other.det in ("the",) and after in ("P", ",")) or _is_role(other)
    return False


_PLACE_NOUNS = frozenset("capital city town province region district port island village".split())


def describes_list(chunks: Sequence[Chunk], whole: NP, other: NP, j: int) -> bool:
    """Whether a plural noun after a list of names says what they are ("A, B and C, democracies that ...")."""
    if other.name is not None or other.det or other.possessor is not None or not other.plural or other.pronoun:
        return False
    return all(m.name is not None for m in whole.each()) and _tag(chunks, j + 1) in ("W", "P", ",", ".")


def _names_follow(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a list of names starts at a place: "two sons, A and B", "members of the council, A, B and C"."""
    j, names = i, 0
    while isinstance(np := chunks[j] if j < len(chunks) else None, NP) and np.name is not None and not np.possessor:
        names += 1
        j += 1
        while _tag(chunks, j) == "(":
            while j < len(chunks) and _tag(chunks, j) != ")":
                j += 1
            j += 1
        if _tag(chunks, j) not in (",", "CC"):
            break
        j += 1 + (_tag(chunks, j) == "," and _tag(chunks, j + 1) == "CC")
    return names > 1


def _described_name(chunks: Sequence[Chunk], i: int) -> bool:
    """A name with a description before it ("shareholder NAME")."""
    phrase = chunks[i] if i < len(chunks) else None
    return isinstance(phrase, NP) and phrase.name is not None and bool(phrase.head)


def _is_role(phrase: NP) -> bool:
    return phrase.head in _people_words() and not phrase.plural
