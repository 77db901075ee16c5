"""Names in a sentence by their capital letters: people, organisations, places and states.

A name is a run of capitalised words with the small words that names have inside ("Ministry of Hotels and
Tourism"). What stands before a person's name is left outside ("Dr", "Senior General", "Foreign Minister"), so
are the first words of sentences. Whether "A and B Company" is one name or two is decided by what the document
shows elsewhere (:class:`Evidence`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from finemesh.extraction.lexicon import adjectives, classes, states, words
from finemesh.extraction.morphology import singular, verb_forms
from finemesh.extraction.nameparts import (
    bracket_inside,
    calendar_words,
    closed_words,
    initials,
    is_acronym,
    is_capital,
    is_headline,
    kind_of_name,
    ministry_list,
    organisation_words,
    possessive_inside,
    title_length,
    without_legal,
)
from finemesh.extraction.offices import (
    is_national,
    joins_states,
    office_of_state,
    only_title,
    portfolio_before,
    role_before_name,
    titled_by,
)
from finemesh.extraction.tokens import Token


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a sentence: tokens ``first`` to ``last`` (exclusive) and its kind.

    Kinds: ``person``, ``organization``, ``place``, ``state``, ``adjective`` (of a state), ``product``,
        ``name`` (not known).
    """

    first: int
    last: int
    kind: str


@dataclass(slots=True)
class Evidence:
    """What a document shows about its names.

    Attributes:
        strong: How often a run of words stood as a name of its own, away from the start of a sentence.
        joined: Names with "and" inside that are one name (an acronym or a legal form proves it).
        small: Words that the document also writes small.
    """

    strong: Counter[str] = field(default_factory=Counter)
    joined: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)


_CONNECT = classes("grammar")["connect"]
_LEADING = classes("grammar")["leading"]


class NameFinder:
    """Finds the names of one document's sentences.

    Args:
        evidence: What an earlier pass over the same document showed; None in the first pass.
    """

    def __init__(self, evidence: Evidence | None = None) -> None:
        self.evidence = evidence
        self.learned = Evidence()

    def find(self, tokens: Sequence[Token]) -> list[NameSpan]:
        """The names of a sentence, in order."""
        found: list[NameSpan] = []
        lows = [t.low for t in tokens]
        headline = is_headline(tokens)
        at, begin = 0, True
        while at < len(tokens):
            token = tokens[at]
            if token.text is token.low and token.text[0].isalpha():  # all small: the common case
                self.learned.small.add(token.low)
                at, begin = at + 1, False
                continue
            if not is_capital(token) and not self._numbered_unit(tokens, at):
                if token.text[0].isalpha() and not token.text[0].isupper():
                    self.learned.small.add(token.low)
                    begin = False
                elif token.text in ":.!?“":
                    begin = True
                at += 1
                continue
            end = self._run(tokens, lows, at)
            self._pieces(tokens, lows, at, end, begin, headline, found)
            at, begin = end, False
        return found

    @staticmethod
    def _numbered_unit(tokens: Sequence[Token], at: int) -> bool:
        """A number that belongs to a unit's name: "33rd Light Infantry Division", "1 Division"."""
        text = tokens[at].text
        if not text[0].isdigit() or at + 1 >= len(tokens) or not is_capital(tokens[at + 1]) or "%" in text:
            return False
        low = tokens[at + 1].low
        if low in classes("closed")["month"] or low in classes("closed")["weekday"]:
            return False
        if text.isdigit() and len(text) < 4 and (not at or tokens[at - 1].low not in classes("closed")["month"]):
            after = at + 1
            while after < len(tokens) and is_capital(tokens[after]):
                after += 1
            if after > at + 2 and tokens[after - 1].low in _CLOSERS:
                return True  # "24 Hour Group"
        return text.endswith(("st", "nd", "rd", "th")) or (
            len(text) <= 3 and any(t.low in _UNIT_WORDS for t in tokens[at + 1 : at + 6])
        )

    def _run(self, tokens: Sequence[Token], lows: Sequence[str], at: int) -> int:
        """The end of the longest run of name words from ``at``."""
        end = at + 1
        count = len(tokens)
        while end < count:
            token = tokens[end]
            low = token.low
            nxt = tokens[end + 1] if end + 1 < count else None
            inside = low in ("'", "'s") and nxt is not None and is_capital(nxt) and possessive_inside(lows, end)
            if low in ("no.", "nos.") and nxt is not None and nxt.text[0].isdigit():
                end += 2
            elif is_capital(token) or inside or (low == "-" and joins_states(tokens, lows, end)):
                end += 1
            elif low == "," and nxt is not None and nxt.low.rstrip(".") in _AFTER_COMMA:
                end += 2
            elif low == "group" and tokens[end - 1].text[0].isupper() and singular(lows[end - 1]) != "working":
                end += 3 if tuple(lows[end + 1 : end + 3]) == ("of", "companies") else 1
                break
            elif token.text.isdigit() and len(token.text) <= 3 and self._number_inside(tokens, at, end):
                end += 1
            elif low == "(" and bracket_inside(tokens, lows, at, end):
                end += 4
            elif low in _CONNECT and (jump := self._connected(tokens, lows, at, end)):
                end = jump
            elif low == "," and ministry_list(tokens, lows, at, end):
                end += 1
            else:
                break
        return end

    @staticmethod
    def _number_inside(tokens: Sequence[Token], first: int, at: int) -> bool:
        """A number that ends a name ("Enterprise 2") or goes on ("Camp 7 Hospital"), and is no date or amount."""
        before = tokens[at - 1].low
        if before in ("no.", "nos."):
            return True
        if before in classes("closed")["month"] or at - first < 1:
            return False
        nxt = tokens[at + 1] if at + 1 < len(tokens) else None
        if is_acronym(tokens[at - 1].text) and tokens[at - 1].text not in states() and len(tokens[at].text) < 3:
            return nxt is None or nxt.low in _AFTER_NUMBER
        return before in _UNIT_WORDS or (nxt is not None and is_capital(nxt) and nxt.low in _UNIT_WORDS)

    def _connected(self, tokens: Sequence[Token], lows: Sequence[str], first: int, at: int) -> int:
        """Where the name goes on after a small word, or 0 where it does not."""
        low = lows[at]
        nxt = at + 1
        if low in ("of", "for", "on", "in") and nxt < len(tokens) and lows[nxt] == "the":
            nxt += 1
        if nxt >= len(tokens) or not is_capital(tokens[nxt]) or lows[nxt] in calendar_words():
            return 0
        if low in ("of", "for", "on"):
            heads = classes("organisations")["head"]
            if low == "of" and lows[at - 1] in organisation_words() and lows[nxt] in _REGIONS:
                return nxt
            of_office = lows[first] == "office" or lows[at - 1] not in words("roles")  # "Office of the Chief of X"
            known = of_office and any(word in heads for word in lows[first:at])
            return nxt if known or is_national(tokens, lows, first, at, nxt) else 0
        if low in ("and", "&"):
            return nxt if low == "&" or self._and_inside(tokens, lows, first, at) else 0
        if low in ("the", "in"):
            return 0
        return nxt

    def _and_inside(self, tokens: Sequence[Token], lows: Sequence[str], first: int, at: int) -> bool:
        """Whether "and" stands inside one name ("Oil and Gas Enterprise")."""
        end = at + 1
        while end < len(tokens) and is_capital(tokens[end]):
            end += 1
        left, right = lows[first:at], lows[at + 1 : end]
        whole = " ".join(t.text for t in tokens[first:end])
        if self._both_stand(tokens, first, at, end):
            return False
        if (
            first
            and lows[first - 1] == ","
            and first > 1
            and is_capital(tokens[first - 2])
            and left[0] not in _MINISTRIES
        ):
            return False  # "A Bank, B Works and C Logistics"
        if (
            lows[end : end + 1]
            and lows[end] in _PLURAL
            and (self.evidence is None or whole not in self.evidence.joined)
        ):
            return False  # "B Works and C Logistics are"
        if left[0] in _MINISTRIES and right and right[0] in _MINISTRIES and lows[end : end + 1] == ["of"]:
            return False  # "Directorate of X and Directorate of Y"
        if self.evidence is not None and any(
            whole == j or j.startswith(whole + " ") or whole.startswith(j) for j in self.evidence.joined
        ):
            return True
        if end + 1 < len(tokens) and lows[end] == "(" and is_acronym(tokens[end + 1].text):
            acronym = tokens[end + 1].text
            if initials(tokens[at + 1 : end], acronym):
                return False
            if initials(tokens[first:end], acronym):
                self.learned.joined.add(whole)
                return True
        common, inside = words("common"), organisation_words()
        of = [i for i, low in enumerate(left) if low in ("of", "for", "on")]
        if of and left[of[0] - 1] in _MINISTRIES and all(low in common for low in left[of[-1] + 1 :]):
            return bool(right) and all(low in common or low in inside for low in right)
        if any(low in inside and low not in common for low in left) or left[-1] in _CLOSERS:
            return False
        if right and right[-1] in inside and left[-1] in common and right[0] in common and right[0] not in states():
            name = " ".join(t.text for t in tokens[first:at])
            if self.evidence is None or not self.evidence.strong[name]:
                self.learned.joined.add(without_legal(tokens[first:end]))
                return True
        return False

    def _both_stand(self, tokens: Sequence[Token], first: int, at: int, end: int) -> bool:
        """Whether the document shows the two sides of an "and" to be names of their own."""
        if self.evidence is None:
            return False
        left = " ".join(t.text for t in tokens[first:at])
        right = " ".join(t.text for t in tokens[at + 1 : end])
        strong = self.evidence.strong
        legal = classes("organisations")["legal"]
        if any(name.startswith(left + " ") and name[len(left) + 1 :].split()[0].lower() in legal for name in strong):
            return bool(right)  # "Left Company Limited" stands elsewhere
        proved = f"{left} {tokens[at].text} {right}" in self.evidence.joined
        return bool(right) and not proved and strong[left] > 0 and strong[right] > 0

    def _pieces(
        self,
        tokens: Sequence[Token],
        lows: Sequence[str],
        first: int,
        end: int,
        begin: bool,
        headline: bool,
        found: list[NameSpan],
    ) -> None:
        """Take a run apart into titles, states and the name itself."""
        at = first
        if begin:
            at = self._skip_opening(tokens, lows, first, end)
        while end > at and (
            lows[end - 1] in _CONNECT or lows[end - 1] in ("'s", "'") or lows[end - 1] in calendar_words()
        ):
            end -= 1
        at, titled = self._leading(tokens, lows, at, end, found)
        if at >= end:
            return
        if all(low in closed_words() for low in lows[at:end]) and not is_acronym(tokens[at].text):
            return
        if only_title(lows, at, end) or (headline and not self._seen(tokens, at, end)):
            return
        if self._office_before(tokens, lows, at, end):
            found.append(NameSpan(at, at + 1, "organization"))
            self.learned.strong[tokens[at].text] += 1
            at, titled = at + 1, True
        kind = kind_of_name([t.text for t in tokens[at:end]], lows[at:end])
        if titled and kind == "name":
            kind = "person"
        if first and lows[first - 1] in _SHIPS and kind in ("name", "product"):
            kind = "vessel"
        if not begin or at > first:
            self.learned.strong[" ".join(t.text for t in tokens[at:end])] += 1
        found.append(NameSpan(at, end, kind))

    def _leading(
        self, tokens: Sequence[Token], lows: Sequence[str], at: int, end: int, found: list[NameSpan]
    ) -> tuple[int, bool]:
        """Take titles, and states and organisations that stand by themselves, from the front of a run.

        Returns:
            Where the name itself starts, and whether a title stands before it.
        """
        titled = False
        while at < end:
            length = title_length(lows, at)
            if length and titled and at + length == end - 1 and lows[at] in ("u", "ko", "ma"):
                break  # "General Ko Lay": a name of two syllables
            if length and at + length < end and not (at + length == end - 1 and lows[end - 1] in organisation_words()):
                at, titled = at + length, True
                continue
            state = self._state(tokens, at, end)
            if state:
                stop, kind = state
                if (
                    stop == end
                    or office_of_state(tokens, lows, at, stop, end)
                    or self._state_stands_alone(tokens, lows, stop, end, kind)
                ):
                    found.append(NameSpan(at, stop, kind))
                    at = stop
                    continue
            named = portfolio_before(lows, at, end)
            if named > at:
                at, titled = named, True
                continue
            stop, role = titled_by(lows, at, end)
            if stop > at and (self._seen(tokens, at, stop) or not words("common").issuperset(lows[at:stop])):
                found.append(NameSpan(at, stop, "organization"))
                self.learned.strong[" ".join(t.text for t in tokens[at:stop])] += 1
                at, titled = role, True
                continue
            role = role_before_name(lows, at, end)
            if role > at:
                at, titled = role, True
                continue
            break
        return at, titled

    def _office_before(self, tokens: Sequence[Token], lows: Sequence[str], at: int, end: int) -> bool:
        """An acronym that stands elsewhere by itself, before a person's name ("Office of the SUC *Ye Win Htut*")."""
        if self.evidence is None or not 2 < end - at < 6 or not is_acronym(tokens[at].text):
            return False
        if not tokens[at].text.isupper() or not self.evidence.strong[tokens[at].text]:
            return False
        rest = range(at + 1, end)
        known = words("common") | organisation_words()
        return all(lows[i] not in known and lows[i].isalpha() and not is_acronym(tokens[i].text) for i in rest)

    def _skip_opening(self, tokens: Sequence[Token], lows: Sequence[str], first: int, end: int) -> int:
        """Where the name starts when the run starts a sentence."""
        at = first
        common, closed = words("common"), closed_words()
        while at < end and not is_acronym(tokens[at].text) and tokens[at].text not in states():
            low = lows[at]
            alone = at + 1 == end
            if low == "may" and not alone and lows[at + 1] not in calendar_words():
                break  # a name: the modal verb hardly starts a sentence before a capital
            if (
                (low in closed and not title_length(lows, at))
                or (low in common and not alone and tokens[at + 1].text in states())
                or (
                    (low in common or low in verb_forms())
                    and (alone or low in _LEADING)
                    and not self._seen(tokens, at, end)
                )
            ):
                at += 1
            else:
                break
            while at < end and lows[at] in ("of", "the", "'s", "'", "and", "for", "on", "in", ","):
                at += 1
        return at

    def _seen(self, tokens: Sequence[Token], first: int, end: int) -> bool:
        """Whether the run stands elsewhere in the document as a name."""
        return self.evidence is not None and self.evidence.strong[" ".join(t.text for t in tokens[first:end])] > 0

    @staticmethod
    def _state(tokens: Sequence[Token], at: int, end: int) -> tuple[int, str] | None:
        """A state, body or its adjective at the start of a run: (end, kind)."""
        known = states()
        for stop in range(min(end, at + 6), at, -1):
            name = " ".join(t.text for t in tokens[at:stop])
            if name in known:
                return stop, "adjective" if name in adjectives() else "state"
        return None

    def _state_stands_alone(self, tokens: Sequence[Token], lows: Sequence[str], at: int, end: int, kind: str) -> bool:
        """Whether a state before further capitals is a word of its own ("Austrian Schiebel Corporation")."""
        if title_length(lows, at) or role_before_name(lows, at, end) > at or only_title(lows, at, end):
            return True
        rest = " ".join(t.text for t in tokens[at:end])
        if self.evidence is not None and self.evidence.strong[rest]:
            whole_is_common = all(low in words("common") for low in lows[at:end])
            return kind == "adjective" or not whole_is_common
        return kind == "adjective" and lows[at] not in words("common") and lows[at] not in organisation_words()


_PLURAL = frozenset(("are", "were", "have", "both"))
_SHIPS = classes("grammar")["ships"]
_REGIONS = frozenset("asia africa europe pacific east west north south".split())
_UNIT_WORDS = classes("grammar")["unit_words"]
_AFTER_NUMBER = frozenset("and or , . ) is are was were has have 's ' with from to by : ;".split())
_AFTER_COMMA = frozenset("ltd llc inc gmbh limited llp plc".split())
_MINISTRIES = classes("grammar")["ministries"]
_CLOSERS = classes("grammar")["closers"]
