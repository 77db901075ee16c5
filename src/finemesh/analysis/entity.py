"""Everything a case knows of one party, each value with its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from finemesh.analysis.documents import StoredClaim, stored_claim, told
from finemesh.analysis.facts import Facts, Party
from finemesh.model.errors import UserError
from finemesh.model.evidence import Evidence

MAX_EVIDENCE = 8
"""Evidence rows shown for one value."""

_EDGES: dict[str, tuple[str, str]] = {
    "UnknownLink": ("subject", "object"),
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Employment": ("employee", "employer"),
    "Membership": ("member", "organization"),
    "Occupancy": ("holder", "post"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
}
_HIDDEN = frozenset({"topics", "createdAt", "modifiedAt", "retrievedAt"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a party.

    Attributes:
        prop: FollowTheMoney property.
        value: The value.
        lang: Its language, or empty.
        datasets: Datasets that state it.
        first_seen, last_seen: Snapshots.
        evidence: Where it stands.
    """

    prop: str
    value: str
    lang: str
    datasets: tuple[str, ...]
    first_seen: str
    last_seen: str
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "prop": self.prop,
            "value": self.value,
            "lang": self.lang or None,
            "datasets": list(self.datasets),
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
            "evidence": [e.as_json() for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation that a list states between two parties.

    Attributes:
        kind: FollowTheMoney schema of the relation.
        source, target: The two parties.
        values: Role, percentage, dates, ... by property.
        evidence: Where it stands.
    """

    kind: str
    source: Party
    target: Party
    values: dict[str, list[str]]
    evidence: tuple[Evidence, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "kind": self.kind,
            "source": self.source.as_json(),
            "target": self.target.as_json(),
            "values": self.values,
            "evidence": [e.as_json() for e in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Profile:
    """A party with everything that is known of it.

    Attributes:
        party: The party.
        values: Values of its records, names first; differing values stand side by side.
        edges: Relations that lists state.
        claims: Claims of documents that name it.
        reasons: Why its records are one party: (left, right, reason, score).
        mentions: Documents that mention it: document id to number of mentions.
    """

    party: Party
    values: tuple[Value, ...]
    edges: tuple[Edge, ...]
    claims: tuple[StoredClaim, ...]
    reasons: tuple[tuple[str, str, str, float], ...]
    mentions: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            **self.party.as_json(),
            "members": list(self.party.members),
            "datasets": list(self.party.datasets),
            "countries": list(self.party.countries),
            "values": [v.as_json() for v in self.values],
            "edges": [e.as_json() for e in self.edges],
            "claims": [c.as_json() for c in self.claims],
            "reasons": [
                {"left": left, "right": right, "reason": reason, "score": score}
                for left, right, reason, score in self.reasons
            ],
            "mentions": self.mentions,
        }


def profile(facts: Facts, id: str) -> Profile:
    """Everything known of a party.

    Args:
        facts: The case.
        id: Id of the party, or of any of its records.

    Raises:
        UserError: There is no such party.
    """
    found = facts.parties([id])
    if id not in found:
        raise UserError(f"no such entity: {id!r}", hint="`finemesh screen NAME` finds ids")
    party = found[id]
    reasons = facts.reader.rows("SELECT * FROM clusters WHERE cluster = ? ORDER BY ALL", [party.id])
    return Profile(
        party=party,
        values=values_of(facts, party),
        edges=edges_of(facts, [party]),
        claims=claims_of(facts, party),
        reasons=tuple((r["left"], r["right"], r["reason"], r["score"]) for r in reasons),
        mentions=_mentions(facts, party),
    )


_PROP_ORDER = ("name", "alias", "weakAlias", "previousName", "title", "firstName", "lastName", "position", "birthDate")


def values_of(facts: Facts, party: Party) -> tuple[Value, ...]:
    """The values of the members of a party, names first; differing values stand side by side."""
    rows = facts.reader.rows(
        "SELECT s.prop, s.value, s.lang, s.dataset, s.first_seen, s.last_seen, e.snapshot, e.sha256, e.locator,"
        " e.quote, src.name FROM statements s JOIN evidence e USING (n)"
        " LEFT JOIN (SELECT sha256, any_value(name ORDER BY name) AS name FROM sources GROUP BY sha256) src"
        "  USING (sha256)"
        " WHERE s.entity IN (SELECT unnest($ids))"
        " ORDER BY s.prop, s.value, s.lang, e.snapshot DESC, e.sha256, e.locator",
        {"ids": list(party.members)},
    )
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["prop"] not in _HIDDEN:
            groups[row["prop"], row["value"], row["lang"]].append(row)
    order = {prop: n for n, prop in enumerate(_PROP_ORDER)}
    keys = sorted(groups, key=lambda k: (order.get(k[0], len(order)), k))
    return tuple(_value(*key, groups[key]) for key in keys)


def _value(prop: str, value: str, lang: str, rows: list[dict[str, Any]]) -> Value:
    evidence = [Evidence(r["sha256"], r["name"] or "", r["locator"], r["quote"]) for r in rows]
    return Value(
        prop,
        value,
        lang,
        tuple(sorted({r["dataset"] for r in rows})),
        min(r["first_seen"] for r in rows),
        max(r["last_seen"] for r in rows),
        tuple(dict.fromkeys(evidence))[:MAX_EVIDENCE],
    )


def edges_of(
    facts: Facts, parties: Sequence[Party] | None, schemata: Sequence[str] = tuple(_EDGES)
) -> tuple[Edge, ...]:
    """Relations that lists state of some parties (of all where None), in a fixed order."""
    members = sorted({m for p in parties or () for m in p.members})
    rows = facts.reader.rows(
        "SELECT s.entity, s.dataset, s.schema, s.prop, s.value, e.snapshot, e.sha256, e.locator, e.quote, src.name"
        " FROM statements s JOIN evidence e USING (n)"
        " LEFT JOIN (SELECT sha256, any_value(name ORDER BY name) AS name FROM sources GROUP BY sha256) src"
        "  USING (sha256)"
        " WHERE (s.entity, s.dataset) IN (SELECT entity, dataset FROM statements"
        "   WHERE schema IN (SELECT unnest($schemata)) AND ($every OR value IN (SELECT unnest($ids))))"
        " ORDER BY s.schema, s.entity, s.dataset, e.snapshot DESC, s.prop, s.value, e.sha256, e.locator",
        {"schemata": list(schemata), "ids": members, "every": parties is None},
    )
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["schema"], row["entity"], row["dataset"]].append(row)
    ends = {r["value"] for r in rows if r["prop"] in _EDGES[r["schema"]]}
    known = facts.parties(ends)
    found: dict[tuple[str, str, str, str], Edge] = {}
    for (schema, _, _), group in groups.items():
        edge = _edge(schema, group, known)
        if edge is not None and edge.source.id != edge.target.id:
            key = (schema, edge.source.id, edge.target.id, ";".join(edge.values.get("role", [])))
            found.setdefault(key, edge)
    return tuple(found[key] for key in sorted(found))


def edge_pairs(facts: Facts) -> list[tuple[str, str]]:
    """The ids of any two parties between which a list states a relation, in a fixed order."""
    first, second = ([ends[n] for ends in _EDGES.values()] for n in (0, 1))
    rows = facts.reader.rows(
        "SELECT DISTINCT a.cluster AS source, b.cluster AS target FROM statements s"
        " JOIN statements t ON s.entity = t.entity AND s.dataset = t.dataset AND s.schema = t.schema"
        " JOIN entities a ON a.entity = s.value JOIN entities b ON b.entity = t.value"
        " WHERE s.schema IN (SELECT unnest($schemata)) AND s.prop IN (SELECT unnest($first))"
        " AND t.prop IN (SELECT unnest($second)) AND s.prop <> t.prop AND a.cluster <> b.cluster ORDER BY ALL",
        {"schemata": list(_EDGES), "first": first, "second": second},
    )
    return [(row["source"], row["target"]) for row in rows]


def _edge(schema: str, rows: list[dict[str, Any]], known: dict[str, Party]) -> Edge | None:
    first, second = _EDGES[schema]
    values: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["value"] not in values[row["prop"]]:
            values[row["prop"]].append(row["value"])
    source = next((known[v] for v in values.pop(first, []) if v in known), None)
    target = next((known[v] for v in values.pop(second, []) if v in known), None)
    if source is None or target is None:
        return None
    evidence = dict.fromkeys(Evidence(r["sha256"], r["name"] or "", r["locator"], r["quote"]) for r in rows)
    return Edge(schema, source, target, dict(values), tuple(evidence)[:MAX_EVIDENCE])


def claims_of(facts: Facts, party: Party) -> tuple[StoredClaim, ...]:
    """Claims of documents in which a party is linked, newest document first."""
    rows = facts.reader.rows(
        "SELECT c.*, d.name AS source, d.published FROM claims c JOIN documents d USING (doc, sha256)"
        " WHERE EXISTS (SELECT 1 FROM unnest($ids) AS t(id) WHERE contains(c.entities, '\"' || t.id || '\"'))"
        " ORDER BY d.published DESC, c.doc, c.offset_start, c.id",
        {"ids": list(party.members)},
    )
    return tuple(told(facts.decided, map(stored_claim, rows)))


def _mentions(facts: Facts, party: Party) -> dict[str, int]:
    rows = facts.reader.rows(
        "SELECT doc, count(*) AS found FROM mentions WHERE entity IN (SELECT unnest($ids)) GROUP BY doc ORDER BY doc",
        {"ids": list(party.members)},
    )
    return {row["doc"]: row["found"] for row in rows}
