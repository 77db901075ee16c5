"""What the questions of this room have in common: parties, their designations and the lists that are loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from finemesh.analysis.claim_log import Decided, claim_of, decided
from finemesh.analysis.documents import stored_claim
from finemesh.model.authority import AUTHORITIES
from finemesh.model.claim import Claim
from finemesh.model.dataset import DATASETS, authority_of
from finemesh.model.decision import Decision
from finemesh.model.designation import Designation
from finemesh.model.evidence import Evidence
from finemesh.resolution.judgements import CLAIM
from finemesh.resolution.reasons import ALIKE, RIVAL
from finemesh.store.decisions import DecisionLog
from finemesh.store.reader import Reader

_CELL_PROPS = ("startDate", "listingDate", "date", "endDate", "program", "provisions", "authorityId", "entity")
"""What proves a cell besides the entry's name: its dates, programme, measures, reference and key, in this order."""


COUNTRY = "country-"
"""How the id of a party begins that is a state, its government or its armed forces."""


@dataclass(frozen=True, slots=True)
class Party:
    """A real-world party: a cluster of records.

    Attributes:
        id: The cluster's id.
        caption: Name to show.
        schema: FollowTheMoney schema.
        members: Entity ids of its records.
        datasets: Datasets that hold a record.
        countries: ISO codes.
    """

    id: str
    caption: str
    schema: str
    members: tuple[str, ...]
    datasets: tuple[str, ...]
    countries: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract's ``target`` object."""
        return {"id": self.id, "caption": self.caption, "schema": self.schema}


class Facts:
    """Parties and designations of a case, read when they are asked for.

    Args:
        reader: The derived tables.
        log: What people decided; without it nobody has decided anything about a claim.
    """

    def __init__(self, reader: Reader, log: DecisionLog | None = None) -> None:
        self.reader = reader
        self._log = log
        self._decided: tuple[object, Decided] = None, Decided()

    @property
    def decided(self) -> Decided:
        """The decisions about claims, as the log has them at this moment."""
        if self._log is None:
            return self._decided[1]
        stamp = self._log.stamp()
        if self._decided[0] != stamp:
            self._decided = stamp, self._lay_over(self._log.all())
        return self._decided[1]

    def _lay_over(self, decisions: list[Decision]) -> Decided:
        hashes = sorted({claim_of(d).sha256 for d in decisions if d.kind == CLAIM})
        if not hashes:
            return Decided()
        rows = self.reader.rows(
            "SELECT c.*, '' AS source, '' AS published FROM claims c"
            " WHERE sha256 IN (SELECT unnest($hashes)) ORDER BY doc, offset_start, id",
            {"hashes": hashes},
        )
        return decided(decisions, ((row["id"], stored_claim(row).claim) for row in rows))

    @cached_property
    def snapshots(self) -> dict[str, tuple[str, ...]]:
        """Each loaded list with the dates of its snapshots, in order.

        A snapshot of which nothing could be read does not count: that a party is not in it says nothing.
        """
        rows = self.reader.rows("SELECT dataset, snapshot FROM snapshots ORDER BY ALL")
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row["dataset"]].append(row["snapshot"])
        return {dataset: tuple(dates) for dataset, dates in found.items()}

    @cached_property
    def lists_of(self) -> dict[str, tuple[str, ...]]:
        """The loaded lists of each authority."""
        found: dict[str, list[str]] = {code: [] for code in AUTHORITIES}
        for dataset in self.snapshots:
            authority = authority_of(dataset)
            if authority:
                found[authority].append(dataset)
        return {code: tuple(datasets) for code, datasets in found.items()}

    def main_list(self, authority: str) -> str:
        """The loaded list of an authority with most entries in its newest snapshot; empty where none is loaded."""
        return self._main_lists.get(authority, "")

    @cached_property
    def _main_lists(self) -> dict[str, str]:
        rows = self.reader.rows("SELECT dataset, snapshot, entries FROM snapshots ORDER BY ALL")
        newest = {row["dataset"]: row["entries"] for row in rows}
        return {code: max(lists, key=lambda d: (newest[d], d)) for code, lists in self.lists_of.items() if lists}

    def parties(self, clusters: Iterable[str]) -> dict[str, Party]:
        """Parties by cluster id (or by the id of any of their records), those that exist."""
        wanted = set(clusters)
        if not wanted:
            return {}
        rows = self.reader.rows(
            "SELECT e.* FROM entities e WHERE e.cluster IN"
            " (SELECT cluster FROM entities WHERE entity IN (SELECT unnest($ids)) OR cluster IN (SELECT unnest($ids)))"
            " ORDER BY e.cluster, e.target DESC, e.entity, e.dataset",
            {"ids": sorted(wanted)},
        )
        by_cluster: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            by_cluster[row["cluster"]].append(row)
        found = {id: make_party(id, group) for id, group in by_cluster.items()}
        for party in list(found.values()):
            for member in party.members:
                if member in wanted:
                    found.setdefault(member, party)
        return found

    def designations(self, members: Iterable[str]) -> dict[str, list[Designation]]:
        """Designations by the entity id of their target."""
        wanted = sorted(set(members))
        if not wanted:
            return {}
        rows = self.reader.rows("SELECT * FROM designations WHERE target IN (SELECT unnest($ids))", {"ids": wanted})
        found: dict[str, list[Designation]] = defaultdict(list)
        for row in rows:
            found[row["target"]].append(make_designation(row))
        return found

    def doubtful(self, members: Iterable[str]) -> dict[str, list[str]]:
        """Entities that may be the same party as some entities, but that nobody has judged: entity id to entity ids.

        Entities of one name, and those whose names are so much alike that the scorer alone cannot tell them apart;
        a weaker resemblance waits for a person and says nothing of a list.
        """
        wanted = sorted(set(members))
        rows = self.reader.rows(
            'SELECT "left", "right" FROM proposals'
            ' WHERE ("left" IN (SELECT unnest($ids)) OR "right" IN (SELECT unnest($ids)))'
            " AND (NOT starts_with(reason, $alike) OR score >= $rival) ORDER BY ALL",
            {"ids": wanted, "alike": ALIKE, "rival": RIVAL},
        )
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row["left"]].append(row["right"])
            found[row["right"]].append(row["left"])
        return found

    def waiting(self, members: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of records that may be one party and wait for a person, of which one is among some entities."""
        rows = self.reader.rows(
            'SELECT "left", "right" FROM proposals'
            ' WHERE "left" IN (SELECT unnest($ids)) OR "right" IN (SELECT unnest($ids))'
            ' ORDER BY score DESC, "left", "right"',
            {"ids": sorted(set(members))},
        )
        return [(row["left"], row["right"]) for row in rows]

    @cached_property
    def source_names(self) -> dict[str, str]:
        """File name of each artifact."""
        rows = self.reader.rows("SELECT sha256, min(name) AS name FROM sources GROUP BY sha256")
        return {row["sha256"]: row["name"] for row in rows}

    @cached_property
    def dataset_of(self) -> dict[str, str]:
        """Dataset of each artifact of a list."""
        rows = self.reader.rows(
            "SELECT sha256, min(dataset) AS dataset FROM sources WHERE kind = 'list' GROUP BY sha256"
        )
        return {row["sha256"]: row["dataset"] for row in rows}

    @cached_property
    def publishers(self) -> dict[str, str]:
        """Publisher of each document, by artifact; documents that name none are left out."""
        rows = self.reader.rows(
            "SELECT sha256, min(publisher) AS publisher FROM documents WHERE publisher <> '' GROUP BY ALL"
        )
        return {row["sha256"]: row["publisher"] for row in rows}

    def publisher_of(self, evidence: Iterable[Evidence]) -> str:
        """Who publishes the list that some evidence stands in; empty where none of it stands in a list."""
        for item in evidence:
            dataset = self.dataset_of.get(item.sha256, "")
            if dataset:
                return DATASETS[dataset].publisher if dataset in DATASETS else dataset
        return ""

    def speaker_of(self, claim: Claim, source: str) -> str:
        """Who says what a claim says: its speaker, else the publisher of its document, else the document's name."""
        return claim.speaker or self.publishers.get(claim.sha256) or source

    def evidence(self, designations: Sequence[Designation]) -> dict[tuple[str, str], dict[str, list[Evidence]]]:
        """What proves designations: (id, dataset) to snapshot to evidence rows, the most telling first.

        The name of the entry comes first, then its dates, programme, measures and number.
        """
        if not designations:
            return {}
        targets = {d.target for d in designations}
        rows = self.reader.rows(
            "SELECT s.entity, s.dataset, s.prop, e.snapshot, e.sha256, e.locator, e.quote"
            " FROM statements s JOIN evidence e USING (n) WHERE s.entity IN (SELECT unnest($ids))"
            " AND (s.prop = 'name' OR s.schema = 'Sanction' AND s.prop IN (SELECT unnest($props)))"
            " ORDER BY e.snapshot, e.sha256, e.locator",
            {"ids": sorted(targets | {d.id for d in designations}), "props": list(_CELL_PROPS)},
        )
        order = {prop: number for number, prop in enumerate(_CELL_PROPS)}
        rows.sort(key=lambda r: (r["snapshot"], order.get(r["prop"], -1)))
        by_entity: dict[tuple[str, str], dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            name = self.source_names.get(row["sha256"], "")
            item = Evidence(row["sha256"], name, row["locator"], row["quote"])
            by_entity[row["entity"], row["dataset"]][row["snapshot"]].append(item)
        found: dict[tuple[str, str], dict[str, list[Evidence]]] = {}
        for d in designations:
            own, names = by_entity[d.id, d.dataset], by_entity[d.target, d.dataset]
            found[d.id, d.dataset] = {s: list(dict.fromkeys([*names.get(s, ()), *own[s]])) for s in own}
        return found


def make_party(id: str, rows: Sequence[dict[str, Any]]) -> Party:
    """A party from the entity rows of its cluster; the caption comes from a listed record with the plainest name."""
    best = min(
        rows,
        key=lambda r: (not r["target"], not r["caption"].isascii(), r["caption"].isupper(), r["entity"]),
    )
    return Party(
        id=id,
        caption=best["caption"],
        schema=_narrowest([r["schema"] for r in rows]),
        members=tuple(sorted({r["entity"] for r in rows})),
        datasets=tuple(sorted({r["dataset"] for r in rows})),
        countries=tuple(sorted({c for r in rows for c in r["countries"].split(";") if c})),
    )


_BREADTH = ("Thing", "LegalEntity", "Organization", "PublicBody", "Company", "Person", "Vessel", "Airplane")


def _narrowest(schemata: Sequence[str]) -> str:
    """The narrowest of some schemata of one party, by a fixed order (this room does not load the model)."""
    return max(schemata, key=lambda s: (_BREADTH.index(s) if s in _BREADTH else 99, s))


def make_designation(row: dict[str, Any]) -> Designation:
    """A designation from its table row."""
    return Designation(
        id=row["id"],
        target=row["target"],
        authority=row["authority"],
        dataset=row["dataset"],
        programme="; ".join(row["programme"].split("\n")),
        measures=tuple(m for m in row["measures"].split("\n") if m),
        reference="; ".join(row["reference"].split("\n")),
        legal_basis="; ".join(row["legal_basis"].split("\n")),
        designated=row["designated"],
        effective=row["effective"],
        published=row["published"],
        amended=row["amended"],
        delisted=row["delisted"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        snapshots=tuple(row["snapshots"].split(";")),
    )
