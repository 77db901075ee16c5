"""Pairs that resemble each other: what typing errors, transliterations and further names hide from exact reasons.

Each party's names are put to the index of the matching room, with its birth dates, countries and identifiers; what the
entity scorer finds is proposed. A pair is joined without a person only where the scorer is very sure, a fact besides
the name agrees, and neither of the two resembles somebody else nearly as much. The thresholds are measured on judged
pairs (docs/resolution.md, ``benchmarks/resolution.py --judged``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from finemesh.matching.facts import facts
from finemesh.matching.index import Index, Match, Query
from finemesh.matching.party import Party
from finemesh.model.entity import EntityRecord
from finemesh.resolution.candidates import Candidate, Step
from finemesh.resolution.clusters import Clusters
from finemesh.resolution.judgements import two
from finemesh.resolution.parties import index_parties
from finemesh.resolution.reasons import ALIKE, RIVAL

PROPOSE = 0.7
"""Score from which a pair is put to a person."""
JOIN = 0.97
"""Score from which a pair is joined without one, if a fact besides the name agrees and there is no rival."""
_LIMIT = 8
_MOST_NAMES = 4
_AGREES = 0.8
_SILENT = frozenset({"schema", "gender"})


@dataclass(frozen=True, slots=True)
class _Resemblance:
    """Two parties (by their roots) that resemble each other.

    Attributes:
        score: Of the entity scorer.
        left, right: The records that do.
        reason: In words.
        supported: Whether a fact besides the name agrees.
    """

    score: float
    left: str
    right: str
    reason: str
    supported: bool


def find_alike(index: Index, clusters: Clusters, records: Sequence[EntityRecord]) -> list[Candidate]:
    """Pairs of parties that resemble each other, in a fixed order.

    Args:
        index: The index of the names of these records.
        clusters: The parties that exact reasons have made.
        records: Every record, sorted by id.
    """
    found = _resemblances(index, clusters, records)
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, other), item in found.items():
        if item.score >= RIVAL:
            near[one].append((item.score, other))
            near[other].append((item.score, one))
    made = []
    for (one, other), item in sorted(found.items()):
        sure = item.score >= JOIN and item.supported
        sure = sure and not _has_rival(clusters, near[one], other) and not _has_rival(clusters, near[other], one)
        left, right = two(item.left, item.right)
        score = item.score if sure else min(item.score, JOIN)
        made.append(Candidate(Step.ALIKE, "", left, right, item.reason, round(score, 4), sure))
    return sorted(made)


def _has_rival(clusters: Clusters, near: Sequence[tuple[float, str]], chosen: str) -> bool:
    """Whether a party resembles somebody else too, who cannot be the chosen one."""
    return any(other != chosen and clusters.against(other, chosen) for _, other in near)


def _resemblances(
    index: Index, clusters: Clusters, records: Sequence[EntityRecord]
) -> dict[tuple[str, str], _Resemblance]:
    """The most alike records of each two parties. Names are put to the index together, and explained when chosen."""
    asked = list(_queries(clusters, records))
    found: dict[tuple[str, str], tuple[str, Query, Match]] = {}
    answers = index.screen_many((query for _, query in asked), _LIMIT, PROPOSE, explain=False)
    for (id, query), matches in zip(asked, answers, strict=True):
        root = clusters.root(id)
        for match in matches:
            if match.id not in clusters or clusters.root(match.id) == root:
                continue
            key = two(root, clusters.root(match.id))
            if key in found and found[key][2].score >= match.score:
                continue
            if clusters.against(*key) or clusters.clash_of(id, match.id):
                continue
            found[key] = id, query, match
    met = {match.id for _, _, match in found.values()}
    parties = {party.id: party for party in index_parties(r for r in records if r.id in met)}
    return {key: _resemblance(*chosen, parties[chosen[2].id]) for key, chosen in found.items()}


def _resemblance(id: str, query: Query, match: Match, other: Party) -> _Resemblance:
    words, supported = _told(query, other)
    reason = f"{ALIKE}{query.name} / {match.name}" + "".join(f", {word}" for word in words)
    return _Resemblance(match.score, id, match.id, reason, supported)


def _queries(clusters: Clusters, records: Sequence[EntityRecord]) -> Iterator[tuple[str, Query]]:
    """The names of each party with what its record knows; a name that a party has several times is asked once."""
    seen: dict[str, set[str]] = defaultdict(set)
    for record in records:
        names = seen[clusters.root(record.id)]
        for name in record.values.get("name", ()):
            folded = " ".join(sorted(name.casefold().replace(",", " ").split()))
            if folded in names or len(names) >= _MOST_NAMES or len(folded) < 4:
                continue
            names.add(folded)
            yield record.id, _query(name, record)


def _query(name: str, record: EntityRecord) -> Query:
    values: Mapping[str, list[str]] = record.values
    dates = values.get("birthDate", values.get("incorporationDate", []))
    return Query(
        name,
        record.schema,
        tuple(record.countries),
        tuple(dates),
        tuple(record.identifiers),
        tuple(values.get("gender", ())),
    )


def _told(asked: Query, other: Party) -> tuple[list[str], bool]:
    """What the facts of two records say, in words, and whether a whole date, an identifier or an address agrees."""
    words, supported = [], False
    for found, _ in facts(asked.as_party(), other, kinds=False):
        label, score = found["part"], found["score"]
        if label in _SILENT or score is None:
            continue
        word = "same" if score >= 0.99 else "similar" if score >= 0.5 else "different"
        words.append(f"{word} {label} ({found['left']}" + ("" if word == "same" else f" / {found['right']}") + ")")
        whole = label != "date" or len(str(found["left"])) == len(str(found["right"])) == 10
        supported = supported or (label != "country" and whole and score >= _AGREES)
    return words, supported
