"""The prose of the UK's lists: OFSI's ``Other Information``, labelled since 2022 and free before, and FCDO's columns.

``(UK Sanctions List Ref):RUS1831. Financial sanctions imposed in addition to an asset freeze: Trust services. Date
trust services sanctions imposed: 21/03/2023. (UK Statement of Reasons):... (Gender):Male`` is cut at its labels.
Trust services and other measures that carry a day of their own become a designation of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from finemesh.model import schema as ftm
from finemesh.sources.emitter import EntityWriter, FileEmitter
from finemesh.sources.lists.common import digest, slug
from finemesh.sources.lists.contacts import add_contacts, add_phones
from finemesh.sources.lists.countries import add_countries
from finemesh.sources.lists.papers import registration_numbers
from finemesh.sources.lists.prose import is_nothing, numbered
from finemesh.sources.lists.relations import UN_REFERENCE, add_text, connect, mentions, owns
from finemesh.sources.raw.cell import Cell

LABELS = (
    "UK Sanctions List Ref",
    "UN Ref",
    "UK Statement of Reasons",
    "Gender",
    "Phone number",
    "Website",
    "Email address",
    "Type of entity",
    "Business Reg No",
    "Parent company",
    "Subsidiaries",
    "IMO number",
    "Current owners",
    "Flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year built",
)
_LABEL = re.compile(r"\((?P<label>" + "|".join(map(re.escape, LABELS)) + r")\) ?:")
_UK_REFERENCE = re.compile(r"[A-Z]{3,8}\d{4}[A-Z]?\b|[A-Z]{2}[ie]\.\d{3}\b")
_UN_REFERENCE = re.compile(
    r"\b(?P<list>[A-Z]{2})(?P<kind>[ieIE])\. ?(?P<number>\d{3})\b"
    r"|\b[QT][IE]\.[A-Z]\.\d{1,3}\.\d\d\b|\b[EI]\.\d+\.[A-Z]\.\d+\b"
)
_UN_OLD = re.compile(
    r"\bUN ?Ref(?:erence)?[.: ]*(?P<ref>[A-Z]{2}[ieIE]\. ?\d{3}|[QT][IE]\.[A-Z]\.\d+\.\d+|[EI]\.\d+\.[A-Z]+\.\d+)", re.I
)
_MEASURES = re.compile(
    r"Financial sanctions imposed in addition to (?P<freeze>an asset freeze): (?P<list>.*?)\s*"
    r"(?=Date |The prohibition|Linked|$)",
    re.DOTALL,
)
_MEASURE_DATE = re.compile(r"Date (?P<what>[\w ]+?) sanctions imposed: ?(?P<day>\d\d/\d\d/\d{4})")
_REGULATIONS = re.compile(
    r"\bthe (?P<act>(?:[A-Z][\w’'-]*(?: (?:and|of|the|for))? |\([^()]*\) ){1,14}Regulations \d{4})"
)
_GENDER = re.compile(r"\bGender ?: ?(?P<value>male|female)\b", re.IGNORECASE)
_IMO = re.compile(r"\bIMO(?: [Nn]umber| [Nn]o\.?)?[ .:]*(?P<value>\d{7})\b")
_ALSO = re.compile(r"Also (?:referred to|known) as:? ?(?P<names>[^.;(]+)")
_ALIAS = re.compile(r"^[A-Z][\w’'‘`-]*(?: [\w’'‘`-]+){0,4}$")
_EMAIL = re.compile(r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_WEBSITE = re.compile(r"(?P<value>(?:https?://|www\.)[^\s,;()]+[^\s,;().])")
_COMPANIES = re.compile(r";\s*|(?<=[a-z)])\.\s+(?=[A-Z])")
_NO_NAME = re.compile(r"^(?:is the |subsidiary |part of |none\b|n/a\b|various\b)", re.IGNORECASE)
_TIED = re.compile(
    r"(?:[Ll]inked to|[Ll]inks to|[Aa]ssociations? with|[Aa]ssociated with|links to listed individuals)[: ]+"
    r"(?P<names>[^.]+)"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_MENTION = re.compile(rf"{UN_REFERENCE}|\b[A-Z]{{3,8}}\d{{4}}\b")


Sanctions = Mapping[Cell, EntityWriter]
"""The sanctions of a group by the cell of their regime."""


def name_key(name: str) -> str:
    """A name as it is looked up: without brackets, case, and double spaces."""
    return " ".join(_BRACKETS.sub("", name).strip(" .,").casefold().split())


class Prose:
    """Reads the prose of every group; links are written at the end, when every name and reference is known."""

    def __init__(self, out: FileEmitter) -> None:
        self.out = out
        self.names: dict[str, str] = {}
        self.references: dict[str, str] = {}
        self.schemata: dict[str, str] = {}
        self.mentions: list[tuple[str, Cell]] = []
        self.ties: list[tuple[EntityWriter, Cell]] = []
        self.companies: list[tuple[EntityWriter, str, Cell]] = []
        simple: dict[str, Callable[[EntityWriter, Cell], object]] = {
            "Gender": lambda entity, cell: _first(entity, ("gender", "notes"), cell),
            "Phone number": add_phones,
            "Website": add_contacts,
            "Email address": add_contacts,
            "Type of entity": _forms,
            "Business Reg No": registration_numbers,
            "IMO number": lambda entity, cell: _first(entity, ("imoNumber", "notes"), cell.strip(" .")),
            "Flag of ship": lambda entity, cell: add_countries(entity, _property(entity, "flag"), cell),
            "Previous flags": lambda entity, cell: add_countries(entity, _property(entity, "pastFlags"), cell),
            "Type of ship": lambda entity, cell: _first(entity, ("type", "notes"), cell),
            "Tonnage of ship": lambda entity, cell: _first(entity, ("tonnage", "notes"), cell),
            "Length of ship": lambda entity, cell: entity.add("notes", cell, value=f"Length: {cell.text}"),
            "Year built": lambda entity, cell: _first(entity, ("buildDate", "notes"), cell),
            "Hull identification number": lambda entity, cell: _first(entity, ("registrationNumber", "notes"), cell),
        }
        self.simple = simple
        self.prefix = out.dataset.replace("_", "-")

    def named(self, entity: EntityWriter, name: str) -> None:
        """Remember a name of a group, the first group that bears it."""
        self.names.setdefault(name_key(name), entity.id)
        self.schemata[entity.id] = entity.schema

    def read(self, cell: Cell, entity: EntityWriter, sanctions: Sanctions) -> None:
        """Take the prose of one group apart."""
        marks = list(_LABEL.finditer(cell.text))
        self.free(cell.cut(0, marks[0].start() if marks else len(cell.text)).strip(), entity, sanctions, old=True)
        ends = [*(m.start() for m in marks[1:]), len(cell.text)][: len(marks)]
        for mark, end in zip(marks, ends, strict=True):
            label, part = mark["label"], cell.cut(mark.end(), end).strip()
            if not part:
                continue
            if label in self.simple:
                self.simple[label](entity, part)
            elif label == "UK Statement of Reasons":
                self.reasons(part, entity, sanctions)
            elif label in ("Parent company", "Subsidiaries", "Current owners"):
                self.company(entity, label, part)
            else:
                self.reference(label, part, entity, sanctions)

    def company(self, entity: EntityWriter, label: str, part: Cell) -> None:
        """Take up the parents, subsidiaries or owners that a cell names."""
        self.companies += [(entity, label, c) for n in numbered(part) for c in n.split(_COMPANIES)]

    def reference(self, label: str, part: Cell, entity: EntityWriter, sanctions: Sanctions) -> None:
        """Take up the references (``UN Ref``, ``UK Sanctions List Ref``) that a text begins with."""
        pattern = _UN_REFERENCE if label == "UN Ref" else _UK_REFERENCE
        at = 0
        while match := pattern.match(part.text, at):
            reference = part.group(match)
            value = (
                f"{match['list']}{match['kind'].lower()}.{match['number']}"
                if match.groupdict().get("list")
                else match[0]
            )
            self.references.setdefault(value, entity.id)
            for sanction in sanctions.values():
                sanction.add("unscId" if label == "UN Ref" else "authorityId", reference, value=value)
            gap = re.compile(r"[ ./,&]*(?:and )?").match(part.text, match.end())
            at = gap.end() if gap else match.end()
        if not at:
            self.out.issue("bad-reference", f"{label} {part.text[:60]!r} cannot be read", part.locator)
        self.free(part.cut(at, len(part.text)).strip(), entity, sanctions)

    def free(self, part: Cell, entity: EntityWriter, sanctions: Sanctions, *, old: bool = False) -> None:
        """Take up prose without a label."""
        part = part.strip(" .") if len(part.text) < 3 else part
        if not part:
            return
        add_text(entity, "notes", part)
        self.mentions.append((entity.id, part))
        self.ties.append((entity, part))
        if old:
            self._old(part, entity, sanctions)
        for match in _MEASURES.finditer(part.text):
            dates = {m["what"].casefold(): part.group(m, "day") for m in _MEASURE_DATE.finditer(part.text)}
            for regime, sanction in sanctions.items():
                sanction.add("provisions", part.group(match, "freeze"), value="Asset freeze")
                for measure in part.group(match, "list").split(r"(?<!etc)\.\s*|(?<=etc)\.\s+(?=[A-Z])"):
                    self._measure(sanction, entity, regime, measure, dates.get(measure.text.casefold()))

    def _measure(
        self, sanction: EntityWriter, entity: EntityWriter, regime: Cell, measure: Cell, day: Cell | None
    ) -> None:
        """A further measure; with a day of its own it is a designation of its own."""
        if day is None:
            add_text(sanction, "provisions", measure)
            return
        writer = self.out.entity("Sanction", f"{sanction.id}-{slug(measure.text)}", once=True)
        writer.link("entity", entity.id, measure)
        writer.add("program", regime)
        add_text(writer, "provisions", measure)
        writer.date("startDate", day, ("%d/%m/%Y",))

    def _old(self, part: Cell, entity: EntityWriter, sanctions: Sanctions) -> None:
        """What the free prose before 2022 says in a fixed form."""
        for reference in part.finditer(_UN_OLD, "ref"):
            value = reference.text.replace(" ", "")
            value = value[:2] + value[2:3].lower() + value[3:] if value[3:4] == "." else value
            self.references.setdefault(value, entity.id)
            for sanction in sanctions.values():
                sanction.add("unscId", reference, value=value)
        for names in part.finditer(_ALSO, "names"):
            for name in names.split(r",\s*(?:and\s+)?|\s+and\s+|\s+or\s+"):
                if _ALIAS.match(name.text):
                    entity.add("weakAlias", name)
        for pattern, prop in ((_GENDER, "gender"), (_IMO, "imoNumber"), (_EMAIL, "email"), (_WEBSITE, "website")):
            if prop in ftm.get_schema(entity.schema).properties:
                entity.add_all(prop, part.finditer(pattern, "value"))

    def reasons(self, part: Cell, entity: EntityWriter, sanctions: Sanctions) -> None:
        """Take up a statement of reasons, with the regulations that it cites."""
        self.mentions.append((entity.id, part))
        for sanction in sanctions.values():
            add_text(sanction, "reason", part)
            for act in part.finditer(_REGULATIONS, "act"):
                add_text(sanction, "summary", act)

    def finish(self) -> None:
        """Write the links between groups."""
        for entity, cell in self.mentions:
            mentions(self.out, entity, cell, _MENTION, self.references, self.schemata)
        for writer, cell in self.ties:
            self._tie(writer, cell)
        for writer, label, cell in self.companies:
            self._company(writer, label, cell)

    def _tie(self, entity: EntityWriter, cell: Cell) -> None:
        """``Linked to`` and a name that a group bears; other names stay in the note."""
        for tie in _TIED.finditer(cell.text):
            for name in cell.group(tie, "names").split(r",\s*(?:and )?|;\s*|\s+and\s+"):
                target = self.names.get(name_key(name.text))
                if target is not None and target != entity.id:
                    connect(self.out, entity.id, target, cell.group(tie))

    def _company(self, entity: EntityWriter, label: str, cell: Cell) -> None:
        """A parent, subsidiary or ship owner: another group where it bears the name, else a party of its own."""
        cell = cell.strip(" .,")
        if not cell or _NO_NAME.match(cell.text) or is_nothing(cell.text):
            add_text(entity, "notes", cell)
            return
        target = self.names.get(name_key(cell.text))
        if target == entity.id:
            return
        if target is None:
            target = f"{self.prefix}-named-{digest(name_key(cell.text))}"
            schema = "Company" if label == "Subsidiaries" else "LegalEntity"
            add_text(self.out.entity(schema, target, once=True), "name", cell)
        if label == "Previous owners":
            connect(self.out, entity.id, target, cell, "Previous owner/operator")
            return
        owner, asset = (entity.id, target) if label == "Subsidiaries" else (target, entity.id)
        if self.schemata.get(asset) == "Organization":
            connect(self.out, entity.id, target, cell)
        else:
            owns(self.out, owner, asset, cell)


def _property(entity: EntityWriter, prop: str) -> str:
    return prop if prop in ftm.get_schema(entity.schema).properties else "country"


def _first(entity: EntityWriter, props: tuple[str, ...], cell: Cell) -> None:
    """Add to the first property that the schema has."""
    known = ftm.get_schema(entity.schema).properties
    entity.add(next(p for p in props if p in known), cell)


def _forms(entity: EntityWriter, cell: Cell) -> None:
    for part in numbered(cell):
        _first(entity, ("legalForm", "notes"), part)


def is_company(prose: str) -> bool:
    """Whether an entity is told to have a parent company or subsidiaries: only a company can be owned."""
    return "(Parent company):" in prose or "(Subsidiaries):" in prose
