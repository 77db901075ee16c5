"""The claims of a document: patterns laid over its parsed sentences, with speaker, stance and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finemesh.extraction.analysis import Analysis, Sentence, analyse
from finemesh.extraction.dates import find_dates
from finemesh.extraction.frames import frame_set
from finemesh.extraction.headings import Heading
from finemesh.extraction.kinds import in_passing
from finemesh.extraction.match import Found, Matcher
from finemesh.extraction.reading import many_small_values
from finemesh.extraction.refs import Resolver
from finemesh.extraction.rounds import Told, with_days
from finemesh.extraction.spans import KnownName
from finemesh.extraction.speech import Speakers
from finemesh.extraction.when import when
from finemesh.model.claim import CORE, ArgValue, Claim, ClaimType


def read_claims(
    doc: str, text: str, published: str | None = None, known: Sequence[KnownName] = (), sha256: str = ""
) -> list[Claim]:
    """The claims that a document makes, in the order of its sentences.

    Args:
        doc: The document's id.
        text: Its text.
        published: Its date (partial ISO), for relative dates.
        known: Names of the case that the matching room found in it; may be empty.
        sha256: The document's artifact.

    Returns:
        Claims whose ``quote`` is ``text[offset[0]:offset[1]]``, with ``entities`` left empty. A fact that the
        document repeats is one claim.
    """
    with many_small_values():
        return _read(doc, text, published, known, sha256)


def _read(doc: str, text: str, published: str | None, known: Sequence[KnownName], sha256: str) -> list[Claim]:
    analysis = analyse(text, published or _date_line(text), known)
    heading = Heading(analysis)
    resolver = Resolver(analysis)
    speakers = Speakers(analysis)
    matcher = Matcher(frame_set(), resolver)
    told: list[Told] = []
    head = _headline_end(text)
    for sentence in analysis.sentences:
        if _REFERENCE.match(analysis.text, sentence.span.start):
            continue
        resolver.enter(sentence)
        speakers.hear(sentence, resolver)
        matcher.hear(sentence.parse)
        for found in heading.add(sentence, matcher.read(sentence.parse), resolver):
            claim = _claim(doc, sha256, analysis, sentence, found, speakers, resolver)
            if claim is None:
                continue
            told.append(Told(claim, found, sentence))
            if claim.type is ClaimType.FAMILY and claim.args.get("relation"):
                resolver.learn_relative(*(str(claim.args[arg]) for arg in ("person", "relative", "relation")))
    claims: dict[tuple[object, ...], Claim] = {}
    for claim in with_days(told, analysis):
        key = _key(claim)
        if key not in claims or (_in_heading(claims[key], head) and not _in_heading(claim, head)):
            claims[key] = claim  # what the headline says is quoted from the body
    dated = {(*key[:-2], None, None) for key, claim in claims.items() if claim.start or claim.end}
    for key in dated & claims.keys():
        if claims[key].type is ClaimType.DESIGNATION:
            del claims[key]  # said again without its day
    ordered = sorted(claims.values(), key=lambda claim: claim.offset[0])
    return _without_headline(ordered, head)


def _in_heading(claim: Claim, head: int) -> bool:
    """Whether a claim is quoted from the headline, or from a line without a full stop within the text."""
    return claim.offset[0] < head or claim.quote[-1].isalnum()


def _headline_end(text: str) -> int:
    """Where the headline ends: the first line, where there are further ones."""
    return max(0, text.find("\n", 0, 400))


_REFERENCE = re.compile(r"(?:Read|See|Access|Download|View|Watch|Click|Contact|Visit|Listen)\b")
"""Lines that point the reader elsewhere ("Read our investigation into ..."): they say nothing of their own."""


def _date_line(text: str) -> str | None:
    """The date of a document that carries it in a line of its own near its head."""
    for line in text[:600].split("\n", 8)[:6]:
        dates = find_dates(line, None) if len(line) < 40 else []
        if dates and len(line) - (dates[0].end - dates[0].start) < 14:
            return dates[0].iso
    return None


def _claim(
    doc: str, sha256: str, analysis: Analysis, sentence: Sentence, found: Found, speakers: Speakers, resolver: Resolver
) -> Claim | None:
    kind = found.frame.type
    if any(not found.args.get(arg) for arg in CORE[kind] if arg not in found.frame.optional):
        return None
    span = sentence.span
    speaker = speakers.of(sentence, found.start, resolver, found.predicate)
    if kind in _BUSINESS and _reports(analysis, found):
        return None
    if kind is ClaimType.DESIGNATION and _is_author(analysis, str(found.args["target"])):
        return None
    if kind is ClaimType.DESIGNATION and speaker and speaker == found.args["target"]:
        return None  # "X states that it is subject to sanctions" says whose law X keeps
    if speaker in found.args.values():
        speaker = None  # "X announced that it had sanctioned Y"
    described = found.phrase is not None and in_passing(found.frame, found.phrase)
    start, end = when(found.predicate, found.phrase, found.stance, analysis.published, described)
    return Claim(
        doc=doc,
        type=kind,
        quote=analysis.text[span.start : span.end],
        args=found.args,
        offset=(span.start, span.end),
        stance=found.stance,
        speaker=speaker,
        start=start,
        end=end,
        sha256=sha256,
        method=f"pattern:{kind.value}/{found.frame.name}",
    )


_BUSINESS = frozenset((ClaimType.OWNERSHIP, ClaimType.SUPPLY, ClaimType.PAYMENT, ClaimType.PARTNERSHIP))
_CAMPAIGNING = re.compile(
    r" (?:calls? (?:on|for)|urges?|welcom(?:es?|ed)|exposed|condemns?|has found|found|asked|contacted) "
)


def _reports(analysis: Analysis, found: Found) -> bool:
    """Whether a party is the publisher, in a text that it publishes about others ("PUBLISHER calls on ...")."""
    author = analysis.author
    if not author:
        return False
    parties = [name for value in found.args.values() for name in (value if isinstance(value, list) else [value])]
    full = [analysis.registry.party(name) for name in parties if name]
    named = author in parties or any(party is not None and party.name == author for party in full)
    return named and _CAMPAIGNING.search(analysis.text, analysis.text.find("\n")) is not None


def _is_author(analysis: Analysis, name: str) -> bool:
    """Whether a name is the publisher's, in full or short."""
    party = analysis.registry.party(name)
    short = "".join(word[0] for word in analysis.author.split())
    names = (name, party.name) if party is not None else (name,)
    return bool(analysis.author) and (analysis.author in names or name == short)


def _key(claim: Claim) -> tuple[object, ...]:
    """What makes two claims of one document the same fact."""

    def plain(value: ArgValue) -> object:
        if isinstance(value, list):
            return tuple(sorted(v.casefold() for v in value))
        return (value or "").casefold().rstrip(".")

    args: tuple[object, ...] = tuple(plain(claim.args.get(arg)) for arg in CORE[claim.type])
    if claim.type is ClaimType.FAMILY:
        args = tuple(sorted(map(str, args)))  # X is the son of Y, Y is the father of X
    if claim.type is ClaimType.ROLE:
        return (
            claim.type,
            args,
            plain(claim.args.get("counterpart")),
            claim.stance,
        )  # a title is said with a name by everybody
    return (claim.type, args, claim.stance, claim.speaker, claim.start, claim.end)


def _without_headline(claims: list[Claim], head: int) -> list[Claim]:
    """Leave out what the headline says where the body says it too."""

    def repeated(claim: Claim) -> bool:
        return any(
            c.type == claim.type and c.stance == claim.stance and c.offset[0] >= head and _alike(c, claim)
            for c in claims
        )

    return [c for c in claims if c.offset[0] >= head or not repeated(c)]


def _alike(one: Claim, two: Claim) -> bool:
    """Whether two claims of one type say nearly the same of the same parties."""
    for arg in CORE[one.type]:
        a, b = (set(str(c.args.get(arg) or "").casefold().split()) for c in (one, two))
        if not (a <= b or b <= a):
            return False
    return True
