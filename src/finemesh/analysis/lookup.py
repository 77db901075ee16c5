"""The small questions of pages: a document's text, where parties stand, what rests on a place.

They read what is there and judge nothing; the rules are in the other modules of this room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from finemesh.analysis.coverage import CoverageRow, coverage
from finemesh.analysis.documents import DocumentInfo, document_text, list_documents, resolve_documents
from finemesh.analysis.facts import Facts, Party
from finemesh.analysis.parties import named_in
from finemesh.model.designation import Designation
from finemesh.model.evidence import Evidence
from finemesh.model.locator import Locator
from finemesh.model.source import Source
from finemesh.sources.record import Field, record
from finemesh.store.archive import Archive


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document with its text.

    Attributes:
        info: Its origin and counts.
        text: Every character, as offsets count them.
        pages: Offsets at which its pages begin; empty for documents without pages.
    """

    info: DocumentInfo
    text: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A party that documents mention.

    Attributes:
        party: The party.
        documents: How many documents mention it.
        mentions: How many times they do.
    """

    party: Party
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement that rests on a place.

    Attributes:
        party: The party that it tells of (for a designation, its target), or None where it tells of a tie.
        schema, prop, value: The statement.
        other: The party that the value names by its id, or None.
        quote: The words at the place.
    """

    party: Party | None
    schema: str
    prop: str
    value: str
    other: Party | None
    quote: str


class Lookup:
    """Small questions to one case.

    Args:
        facts: The case's parties and designations.
        archive: Its input bytes.
        authorities: The columns of the case.
    """

    def __init__(self, facts: Facts, archive: Archive, authorities: tuple[str, ...]) -> None:
        self.facts = facts
        self.archive = archive
        self.authorities = authorities

    def documents(self, name: str) -> list[DocumentText]:
        """The documents that are named by id, file name or the beginning of a hash, with their texts.

        Raises:
            UserError: There is none.
        """
        found = []
        for doc, sha256 in resolve_documents(self.facts.reader, [name]):
            row = document_text(self.facts.reader, doc, sha256)
            pages = tuple(int(offset) for offset in row["pages"].split(",") if offset)
            found.append(DocumentText(list_documents(self.facts.reader, doc, sha256)[0], row["text"], pages))
        return found

    def names_in(self, doc: str) -> list[str]:
        """Names of the parties of a document, in the order in which it names them.

        Raises:
            UserError: There is no such document.
        """
        return named_in(self.facts.reader, resolve_documents(self.facts.reader, [doc]))

    def standing(self, ids: Sequence[str], as_of: date) -> dict[str, CoverageRow]:
        """What each authority of the case says of some parties (by id, of the party or a record), without evidence."""
        parties = self.facts.parties(ids)
        targets = [(id, parties[id], 1.0) for id in dict.fromkeys(ids) if id in parties]
        rows = coverage(self.facts, targets, self.authorities, as_of, evidence=False, owned=False)
        return {row.query: row for row in rows}

    def coverage(
        self, targets: Sequence[tuple[str, Party | None, float]], authorities: Sequence[str], as_of: date
    ) -> list[CoverageRow]:
        """The matrix of parties that are found already: what was asked for, the party (or None) and the score."""
        return coverage(self.facts, targets, authorities, as_of)

    def designations(self, ids: Sequence[str]) -> dict[str, list[Designation]]:
        """Every designation of some parties (by id), the earliest first; parties without one are left out."""
        parties = self.facts.parties(ids)
        by_target = self.facts.designations(m for party in parties.values() for m in party.members)
        found: dict[str, list[Designation]] = {}
        for id in dict.fromkeys(ids):
            own = [d for m in (parties[id].members if id in parties else ()) for d in by_target.get(m, ())]
            if own:
                found[id] = sorted(own, key=lambda d: (d.designated or d.published or "9", d.dataset, d.id))
        return found

    def proof(self, designations: Sequence[Designation]) -> dict[tuple[str, str], tuple[Evidence, ...]]:
        """What proves designations, from the newest snapshot that holds each: (id, dataset) to evidence."""
        found = self.facts.evidence(designations)
        return {key: tuple(by_snapshot[max(by_snapshot)]) for key, by_snapshot in found.items() if by_snapshot}

    def mentioned(self, limit: int) -> list[Mentioned]:
        """The parties that most documents mention."""
        rows = self.facts.reader.rows(
            "SELECT e.cluster, count(DISTINCT m.doc) AS documents, count(*) AS mentions FROM mentions m"
            " JOIN (SELECT DISTINCT entity, cluster FROM entities) e ON m.entity = e.entity"
            " GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT ?",
            [limit],
        )
        parties = self.facts.parties(r["cluster"] for r in rows)
        return [Mentioned(parties[r["cluster"]], r["documents"], r["mentions"]) for r in rows]

    def stated_at(self, sha256: str, locator: str) -> list[Stated]:
        """The statements that rest on exactly this place."""
        rows = self.facts.reader.rows(
            "SELECT DISTINCT s.entity, s.schema, s.prop, s.value, e.quote, d.target FROM evidence e"
            " JOIN statements s USING (n) LEFT JOIN designations d ON d.id = s.entity AND d.dataset = s.dataset"
            " WHERE e.sha256 = ? AND e.locator = ? ORDER BY ALL LIMIT 50",
            [sha256, locator],
        )
        parties = self.facts.parties(id for r in rows for id in (r["target"] or r["entity"], r["value"]))
        return [
            Stated(
                parties.get(r["target"] or r["entity"]),
                r["schema"],
                r["prop"],
                r["value"],
                parties.get(r["value"]),
                r["quote"],
            )
            for r in rows
        ]

    def record(self, sha256: str, locators: Sequence[str]) -> list[Field]:
        """The fields of the whole row or record in which places of a list lie; empty for documents.

        Raises:
            DataError, SourceError: The archived file is not there or cannot be read.
        """
        return record(self.archive.path(sha256), locators, self._headings(sha256, locators[0]))

    def _headings(self, sha256: str, locator: str) -> dict[int, str]:
        """What the reader called the columns of a row, as far as it took something from them."""
        place = Locator.parse(locator)
        if place.row is None:
            return {}
        start = str(replace(place, col=None, column=None, chars=None)) + ";"
        rows = self.facts.reader.rows(
            "SELECT DISTINCT locator FROM evidence WHERE sha256 = ? AND starts_with(locator, ?)", [sha256, start]
        )
        found = [Locator.parse(row["locator"]) for row in rows]
        return {place.col: place.column for place in found if place.col and place.column}

    def sources(self) -> list[Source]:
        """Everything that was added, as the last build saw it, the latest first."""
        rows = self.facts.reader.rows("SELECT * FROM sources ORDER BY retrieved DESC, dataset, snapshot, path, sha256")
        return [Source(**row) for row in rows]
