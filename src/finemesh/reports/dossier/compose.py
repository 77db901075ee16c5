"""A dossier put together from the answers of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from finemesh.analysis.claim_words import words as claim_in_words
from finemesh.analysis.corroboration import Fact
from finemesh.analysis.coverage import CoverageRow
from finemesh.analysis.documents import DocumentInfo, StoredClaim
from finemesh.analysis.entity import Edge, Profile, Value
from finemesh.analysis.facts import Facts
from finemesh.analysis.network import Network
from finemesh.analysis.timeline import Event
from finemesh.model.authority import AUTHORITIES
from finemesh.model.claim import ClaimType, Stance
from finemesh.model.designation import Cell, State
from finemesh.model.entity import NAME_PROPS
from finemesh.model.source import Source
from finemesh.reports.dossier.content import (
    Block,
    Bullets,
    Dossier,
    Drawing,
    Grid,
    Notebook,
    Paragraph,
    Said,
    Section,
)
from finemesh.reports.dossier.unknown import unknown
from finemesh.reports.shown import speech, words
from finemesh.reports.shown.drawing import LEGEND, drawing
from finemesh.reports.shown.picture import picture

_FACTS, _EVENTS, _DOCUMENTS = 250, 250, 200
"""So many of each are written out; the dossier says how many more there are."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a dossier is made from.

    Attributes:
        title: The case's title.
        day: The as-of day.
        profile: The party.
        row: Its row of the coverage matrix, with evidence.
        facts: What documents say of it, with independent voices.
        events: Its timeline.
        network: The network around it.
        documents: Every document of the case.
        sources: Where each artifact comes from.
        waiting: Records that may be the same party and wait for a person: (record, record).
    """

    title: str
    day: date
    profile: Profile
    row: CoverageRow
    facts: Sequence[Fact]
    events: Sequence[Event]
    network: Network
    documents: Sequence[DocumentInfo]
    sources: Sequence[Source]
    waiting: Sequence[tuple[str, str]]


def compose(facts: Facts, material: Material) -> Dossier:
    """The dossier of a party."""
    origin: dict[str, Source] = {}
    for source in material.sources:
        origin.setdefault(source.sha256, source)
    book = Notebook(facts, origin)
    party = material.profile.party
    sections = (
        Section("Summary", tuple(_summary(material))),
        Section("Designations", tuple(_designations(material, book))),
        Section("Who it is", tuple(_values(material.profile, book))),
        *_relations(facts, material, book),
        Section("Timeline", tuple(_timeline(material, book))),
        Section("Network", tuple(_network(material))),
        Section("Documents that mention it", tuple(_documents(material))),
        Section("Why these records are one party", tuple(_reasons(material.profile))),
        Section("What is not known", (Bullets(tuple(Said(t) for t in unknown(material.row, material.facts,
                                                                            material.waiting))),)),
    )  # fmt: skip
    countries = ", ".join(words.country_name(code) for code in party.countries)
    kind = words.schema_label(party.schema).capitalize()
    byline = ". ".join(part for part in (kind, countries, f"As of {material.day}", material.title, party.id) if part)
    return Dossier(
        party.caption, byline, tuple(s for s in sections if s.blocks), book.notes(), book.sources()
    )  # fmt: skip


def _summary(material: Material) -> Iterator[Block]:
    """Who lists the party and who does not, in sentences."""
    name, cells = material.profile.party.caption, material.row.cells
    of: dict[State, list[str]] = {}
    for code, cell in cells.items():
        of.setdefault(cell.state, []).append(_since(code, cell))
    told = []
    listed = [*of.get(State.LISTED, ()), *of.get(State.LISTED_UNDATED, ())]
    told.append(
        f"On {material.day}, {name} is " + (f"listed by {_joined(listed)}." if listed else "on no loaded list.")
    )
    for kind, before in (
        (State.DELISTED, "Delisted by"),
        (State.OWNED, "Owned by listed parties under the rules of"),
        (State.REGIME_ONLY, "Subject to a regime, without an entry, of"),
        (State.INDETERMINATE, "Cannot be told for"),
        (State.NOT_LISTED, "Not on the list of"),
    ):
        if of.get(kind):
            told.append(f"{before} {_joined(of[kind])}.")
    yield Paragraph(Said(" ".join(told)))
    supported = sum(1 for f in material.facts if len(f.asserted) > 1)
    documents = len({c.claim.sha256 for f in material.facts for c in f.claims})
    if material.facts:
        yield Paragraph(
            Said(
                f"{words.plural(len(material.facts), 'fact')} about it stand in {words.plural(documents, 'document')}"
                f" of the case, {supported} of them with two or more independent voices. What a document says is told"
                " with its speaker; it is not a finding of this dossier."
            )
        )


def _since(code: str, cell: Cell) -> str:
    name = AUTHORITIES[code].name if code in AUTHORITIES else code
    if cell.state is State.LISTED:
        return f"{name} (since {cell.designated})"
    if cell.state is State.LISTED_UNDATED:
        return f"{name} (date not published)"
    return f"{name} ({cell.delisted})" if cell.state is State.DELISTED and cell.delisted else name


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _designations(material: Material, book: Notebook) -> Iterator[Block]:
    """A line for each authority, and what rests on what."""
    rows = []
    for code, cell in material.row.cells.items():
        if cell.state is State.NO_LIST:
            continue
        state = str(cell.state) + (f" since {cell.designated}" if cell.designated else "")
        state += f", delisted {cell.delisted}" if cell.delisted else ""
        measures = "; ".join(cell.measures)
        rows.append(
            (
                Said(AUTHORITIES[code].name if code in AUTHORITIES else code),
                Said(state, book.mark(cell.evidence)),
                Said(cell.programme or "", (), words.short(measures, 200)),
                Said(cell.reference or ""),
                Said(cell.basis),
            )
        )
        rows += [
            (
                Said(""),
                Said(f"also listed{f' since {d.designated}' if d.designated else ''}"),
                Said(d.programme, (), words.short("; ".join(d.measures), 200)),
                Said(d.reference),
                Said(d.dataset),
            )
            for d in cell.others
        ]
    if rows:
        yield Grid(("Authority", "State", "Programme", "Reference", "Rests on"), tuple(rows), (14, 20, 20, 14, 32))


def _values(profile: Profile, book: Notebook) -> Iterator[Block]:
    """Names and other values; what differs stands side by side."""
    names = [v for v in profile.values if v.prop in NAME_PROPS]
    others = [v for v in profile.values if v.prop not in NAME_PROPS]
    rows = []
    last = ""
    for value in [*names, *others]:
        heading = "" if value.prop == last else words.property_label(value.prop)
        last = value.prop
        rows.append((Said(heading), _value(value, book), Said(", ".join(value.datasets))))
    if rows:
        yield Grid(("What", "Value", "List"), tuple(rows), (22, 56, 22))


def _value(value: Value, book: Notebook) -> Said:
    text = words.short(words.value_label(value.prop, value.value), 600)
    return Said(text, book.mark(value.evidence[:1]), value.lang)


def _relations(facts: Facts, material: Material, book: Notebook) -> Iterator[Section]:
    """What lists state and documents say of the party and others, by kind."""
    edges, told = material.profile.edges, list(material.facts)[:_FACTS]
    if not edges and not told:
        return
    left = len(material.facts) - len(told)
    more = f" {left} further facts, those with the fewest voices, are left out." if left else ""
    yield Section("Relations", (Paragraph(Said(f"By kind; each with who says so.{more}")),))
    if edges:
        yield Section("Stated by lists", (Bullets(tuple(_edge(facts, e, book) for e in edges)),), 3)
    for kind in ClaimType:
        own = [f for f in told if f.type is kind]
        if own:
            lines = sorted(own, key=lambda f: (not f.claim.claim.start, f.claim.claim.start or "", f.id))
            yield Section(words.CLAIM_HEADINGS[kind.value], (Bullets(tuple(_fact(facts, f, book) for f in lines)),), 3)


def _edge(facts: Facts, edge: Edge, book: Notebook) -> Said:
    share = f" ({edge.values['percentage'][0]} %)" if edge.values.get("percentage") else ""
    when = speech.when(edge.values.get("startDate", [""])[0], edge.values.get("endDate", [""])[0])
    aside = ", ".join(part for part in (when, f"says {facts.publisher_of(edge.evidence) or 'a list'}") if part)
    return Said(
        f"{edge.source.caption} {speech.edge_words(edge)} {edge.target.caption}{share}", book.mark(edge.evidence), aside
    )


def _fact(facts: Facts, fact: Fact, book: Notebook) -> Said:
    """A fact in words, with everybody who says or denies it, and where they differ."""
    claim = fact.claim.claim
    aside = [speech.when(claim.start, claim.end, claim.type)]
    for voice in fact.asserted:
        relay = f", relayed by {_joined(voice.relayed_by)}" if voice.relayed_by else ""
        aside.append(f"says {voice.speaker}{relay}")
    for stance, claims in (
        (Stance.DENIED, fact.denied),
        (Stance.PLANNED, fact.planned),
        (Stance.CALLED_FOR, fact.called_for),
    ):
        if claims:
            aside.append(f"{words.stance_label(stance)} by {_joined(_speakers(facts, claims))}")
    aside += [f"{d.detail} differs: {' / '.join(value for value, _ in d.values)}" for d in fact.differences]
    judged = sum(1 for c in fact.claims if c.accepted)
    aside.append(f"accepted by a person ({judged} of {len(fact.claims)} claims)" if judged else "")
    evidence = [c.evidence for c in [fact.claim, *(c for c in fact.claims if c.id != fact.claim.id)]]
    return Said(claim_in_words(claim), book.mark(evidence), "; ".join(part for part in aside if part))


def _speakers(facts: Facts, claims: Sequence[StoredClaim]) -> list[str]:
    return list(dict.fromkeys(facts.speaker_of(c.claim, c.source) for c in claims))


def _timeline(material: Material, book: Notebook) -> Iterator[Block]:
    events = list(material.events)
    shown = events[-_EVENTS:]
    if len(shown) < len(events):
        yield Paragraph(Said(f"The last {len(shown)} of {len(events)} dated events."))
    rows = tuple(
        (
            Said(f"{e.date} to {e.end}" if e.end and e.end != e.date else e.date),
            Said(e.what, book.mark(e.evidence[:1]), "" if e.stance == "asserted" else e.stance.replace("_", " ")),
            Said(e.speaker),
        )
        for e in shown
    )
    if rows:
        yield Grid(("When", "What", "Says"), rows, (16, 58, 26))


def _network(material: Material) -> Iterator[Block]:
    found = material.network
    if not found.bonds:
        return
    title = f"Network around {material.profile.party.caption}, as of {material.day}"
    more = f" {found.left_out} more parties do not fit." if found.left_out else ""
    drawn = picture(found, [material.profile.party.id])
    parties = words.plural(len(found.nodes), "party", "parties")
    text = f"{title}: {parties}, {words.plural(len(found.bonds), 'tie')}; they are listed above under Relations.{more}"
    yield Drawing(drawing(drawn, title), f"{text} In the picture: {LEGEND}.", drawn.width)


def _documents(material: Material) -> Iterator[Block]:
    mentions = material.profile.mentions
    found = sorted((d for d in material.documents if d.doc in mentions), key=lambda d: (d.published, d.doc))
    lines = [
        Said(
            ", ".join(part for part in (d.publisher, f"“{words.title_of(d)}”", d.published) if part),
            (),
            words.plural(mentions[d.doc], "mention"),
        )
        for d in found[-_DOCUMENTS:]
    ]
    if len(found) > len(lines):
        yield Paragraph(Said(f"The newest {len(lines)} of {len(found)}."))
    if lines:
        yield Bullets(tuple(lines))


def _reasons(profile: Profile) -> Iterator[Block]:
    if profile.reasons:
        rows = tuple(
            (Said(left), Said(right), Said(reason), Said(f"{score:.2f}"))
            for left, right, reason, score in profile.reasons
        )
        yield Grid(("Record", "Record", "Because", "Score"), rows, (26, 26, 38, 10))
    else:
        yield Paragraph(Said(f"There is one record only: {', '.join(profile.party.members)}."))
