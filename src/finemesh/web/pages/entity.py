"""An entity: every value and relation with who says so, each one click from its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from finemesh.model.claim import ClaimType
from finemesh.model.dataset import DATASETS
from finemesh.model.designation import State
from finemesh.model.entity import NAME_PROPS
from finemesh.model.errors import UserError
from finemesh.reports.shown import speech, words
from finemesh.web.shown.strip import strip
from finemesh.web.view import MissingError, View

if TYPE_CHECKING:
    from finemesh.analysis.corroboration import Fact
    from finemesh.analysis.documents import DocumentInfo, StoredClaim
    from finemesh.analysis.entity import Edge, Profile, Value

_GROUP_OF = {"Ownership": "ownership", "Family": "family"} | dict.fromkeys(
    ("Directorship", "Employment", "Membership", "Occupancy"), "role"
)
_OTHER_LINKS = "Links that lists state"
_CONTESTED = 40
"""Facts on which documents differ that are shown."""
_CLAIMS = 400
"""Claims of one party that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A relation as a line: either a list states it, or documents claim it in the same words of the same speaker.

    Attributes:
        start: For the order.
        edge: Of a list, or None.
        claims: Of documents.
        speaker: The list's publisher.
    """

    start: str
    edge: Edge | None = None
    claims: tuple[StoredClaim, ...] = ()
    speaker: str = ""


def profile_of(v: View, id: str) -> Profile:
    """Everything known of a party.

    Raises:
        MissingError: There is no such party.
    """
    assert v.opened is not None
    try:
        return v.opened.remember(("profile", id, v.answers), lambda: v.case.entity(id))
    except UserError as error:
        raise MissingError(error.message, hint="the search box finds parties by name") from error


def entity(v: View) -> Response:
    """The page of one party."""
    profile = profile_of(v, v.request.path_params["id"])
    party, look = profile.party, v.case.look
    designations = look.designations([party.id]).get(party.id, [])
    newest = {dataset: snapshots[-1] for dataset, snapshots in v.case.facts.snapshots.items()}
    cells = look.standing([party.id], v.day)[party.id].cells
    sanctions = [c for c in profile.claims if c.claim.type is ClaimType.DESIGNATION]
    return v.render(
        "entity.html",
        party=party,
        profile=profile,
        other_names=_other_names(profile),
        values=_by_property(profile.values),
        cells=cells,
        absent=[(code, cell) for code, cell in cells.items() if cell.state is State.NOT_LISTED],
        no_list=[code for code, cell in cells.items() if cell.state is State.NO_LIST],
        strip=strip(designations, v.case.settings.authorities, newest, v.day, v.site.today()),
        designations=designations,
        proof=look.proof(designations),
        relations=_relations(v, profile),
        sanctions=same_claims(v, sanctions[:_CLAIMS]),
        documents=_documents(v, profile),
        contested=_contested(v, party.id),
        edge_words=speech.edge_words,
        datasets=[(name, DATASETS[name].title if name in DATASETS else name) for name in party.datasets],
    )


def _other_names(profile: Profile) -> list[Value]:
    """Names besides the one that is the heading, those in other scripts first."""
    seen = {profile.party.caption.casefold()}
    found = []
    for value in profile.values:
        if value.prop in NAME_PROPS and value.value.casefold() not in seen:
            seen.add(value.value.casefold())
            found.append(value)
    order = {prop: number for number, prop in enumerate(NAME_PROPS)}
    return sorted(found, key=lambda v: (v.value.isascii(), order[v.prop]))


def _by_property(values: Sequence[Value]) -> list[tuple[str, list[Value]]]:
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(value.prop, []).append(value)
    return list(groups.items())


def _relations(v: View, profile: Profile) -> list[tuple[str, list[Told]]]:
    """Relations by kind, each kind in the order of time, what has no date last."""
    groups: dict[str, list[Told]] = {}
    for edge in profile.edges:
        kind = _GROUP_OF.get(edge.kind)
        heading = words.CLAIM_HEADINGS[kind] if kind else _OTHER_LINKS
        start = edge.values.get("startDate", edge.values.get("date", [""]))[0]
        groups.setdefault(heading, []).append(Told(start, edge=edge, speaker=v.case.facts.publisher_of(edge.evidence)))
    others = [c for c in profile.claims if c.claim.type is not ClaimType.DESIGNATION][:_CLAIMS]
    for line in same_claims(v, others):
        groups.setdefault(words.CLAIM_HEADINGS[line.claims[0].claim.type.value], []).append(line)
    order = [*words.CLAIM_HEADINGS.values(), _OTHER_LINKS]
    for told in groups.values():
        told.sort(key=lambda t: (not t.start, t.start))
    return sorted(groups.items(), key=lambda group: order.index(group[0]))


def same_claims(v: View, claims: Sequence[StoredClaim]) -> list[Told]:
    """Claims that say the same, in the same stance, of the same dates and by the same speaker, as one line."""
    groups: dict[tuple[object, ...], list[StoredClaim]] = {}
    for item in claims:
        claim = item.claim
        says = "".join(part.text for part in speech.sentence(claim)).casefold()
        speaker = speech.said(claim.speaker, v.publishers.get(claim.sha256, ""), item.source)
        groups.setdefault((says, claim.stance, claim.start, claim.end, speaker), []).append(item)
    return [Told(found[0].claim.start or "", claims=tuple(found)) for found in groups.values()]


def _contested(v: View, id: str) -> list[Fact]:
    """Facts about a party of which documents tell something differently, or that somebody denies."""
    assert v.opened is not None
    every: list[Fact] = v.opened.remember(("facts", v.answers), v.case.corroborate)
    return [f for f in every if id in f.parties and (f.differences or (f.denied and f.asserted))][:_CONTESTED]


def _documents(v: View, profile: Profile) -> list[tuple[DocumentInfo, int]]:
    """The documents that mention a party with how often they do, the newest first."""
    assert v.opened is not None
    infos = v.documents()
    found = [(info, profile.mentions[info.doc]) for info in infos if info.doc in profile.mentions]
    return sorted(found, key=lambda pair: (pair[0].published, pair[0].doc), reverse=True)
