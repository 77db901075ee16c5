"""What is asked of the graph: facts with their voices, roles, timelines, paths; and the graph as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from finemesh.case.asking import Asking, Day
from finemesh.model.dates import as_day
from finemesh.model.errors import UserError

if TYPE_CHECKING:
    from finemesh.analysis.corroboration import Fact
    from finemesh.analysis.facts import Party
    from finemesh.analysis.path import Path as TiePath
    from finemesh.analysis.path import PathQuestion
    from finemesh.analysis.roles import Role
    from finemesh.analysis.ties import Tie
    from finemesh.analysis.timeline import Event
    from finemesh.reports.dossier.content import Dossier
    from finemesh.reports.exports import Exported


class Tracing(Asking):
    """The questions that go over the whole graph."""

    def corroborate(self, entity: str | None = None, docs: Sequence[str] = ()) -> list[Fact]:
        """The facts that documents speak of: how many independent voices say each, where they differ, who denies it.

        Args:
            entity: Only facts about this party (a name or an id).
            docs: Only facts that one of these documents speaks of; what others say of them stands beside.

        Raises:
            UserError: There is no such party or document.
        """
        from finemesh.analysis.corroboration import corroborate

        found = corroborate(self.facts, [item for item in self.claims() if not item.rejected])
        if entity is not None:
            party = self.require(entity)
            found = [f for f in found if party.id in f.parties]
        if docs:
            wanted = {c.id for c in self.claims(docs)}
            found = [f for f in found if any(c.id in wanted for c in f.claims)]
        return found

    def roles(self, entity: str | None = None, *, organisation: str | None = None, on: Day = None) -> list[Role]:
        """Who holds which role where.

        Args:
            entity: Only roles of this party (a name or an id).
            organisation: Only roles in this one.
            on: Only roles that may be held on this day; by default all, with their status of today.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.roles import roles

        holder, within = (self.require(name) if name else None for name in (entity, organisation))
        day = as_day(on, today=date.today())
        return roles(self.facts, day, holder=holder, organisation=within, held=on is not None)

    def ownership(self, entity: str) -> list[Tie]:
        """Who owns a party (a name or an id) and what it owns, as lists state and documents say.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.ties import ownership_ties

        return ownership_ties(self.facts, self.require(entity))

    def timeline(self, entity: str) -> list[Event]:
        """What is dated of a party (a name or an id), in order.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.timeline import timeline

        return timeline(self.facts, self.require(entity))

    def paths(self, start: str, end: str, question: PathQuestion | None = None) -> list[TiePath]:
        """How two parties (names or ids) are tied: the shortest chains of ties, the best supported first.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.path import PathQuestion, paths

        wanted = question or PathQuestion()
        wanted = replace(wanted, avoid=tuple(self.require(name).id for name in wanted.avoid))
        return paths(self.facts, self.require(start), self.require(end), wanted)

    def dossier(self, entity: str, *, as_of: Day = None) -> Dossier:
        """Everything that the case knows of a party, to be written by :func:`finemesh.reports.dossier.write_dossier`.

        Args:
            entity: A name or an id.
            as_of: The day for which designations are told.

        Raises:
            UserError: There is no such party.
        """
        from finemesh.analysis.coverage import coverage
        from finemesh.analysis.timeline import timeline
        from finemesh.reports.dossier.compose import Material, compose

        party, day = self.require(entity), as_day(as_of, today=date.today())
        material = Material(
            title=self.settings.title,
            day=day,
            profile=self.entity(party.id),
            row=coverage(self.facts, [(entity, party, 1.0)], self.settings.authorities, day)[0],
            facts=self.corroborate(party.id),
            events=timeline(self.facts, party),
            network=self.network([party.id], as_of=day),
            documents=self.documents(),
            sources=self.archive.sources(),
            waiting=self.facts.waiting(party.members),
        )
        return compose(self.facts, material)

    def export(
        self,
        path: str | Path,
        format: str,
        *,
        claims: str = "accepted",
        as_of: Day = None,
        authorities: Sequence[str] = (),
    ) -> Exported:
        """Write the resolved case for other tools.

        Args:
            path: The file; a folder for ``csv``.
            format: ``ftm``, ``statements``, ``csv``, ``xlsx``, ``gexf``, ``graphml`` or ``cypher``.
            claims: ``accepted`` (those that people have accepted or corrected), ``all`` but the rejected, or ``none``.
            as_of: The day for which is told who lists a party.
            authorities: Whose lists count for that; those of the case by default.

        Raises:
            UserError: There is no such format, or the place cannot be written.
        """
        from finemesh.analysis.graph import Which
        from finemesh.reports.exports import ExportOptions, export

        if claims not in set(Which):
            raise UserError(f"no such choice of claims: {claims!r}", hint="accepted, all or none")
        day = as_day(as_of, today=date.today())
        columns = tuple(authorities) or self.settings.authorities
        return export(self.facts, Path(path), ExportOptions(format, Which(claims), columns, day))

    def tied(self, name: str) -> Party | None:
        """The party that a name or an id means best, where ties are asked for; None where there is none.

        A state is on no list; what documents say of it hangs on the party that they name so.
        """
        from finemesh.analysis.screening import document_party

        party, _ = self.find(name)
        if party is not None and not party.members:
            named = document_party(self.facts, name, None)
            return named[0] if named else party
        return party

    def require(self, name: str) -> Party:
        """The party that a name or an id means best, see :meth:`tied`.

        Raises:
            UserError: There is none.
        """
        party = self.tied(name)
        if party is None:
            raise UserError(f"no such party: {name!r}", hint="`finemesh screen NAME` finds parties")
        return party
