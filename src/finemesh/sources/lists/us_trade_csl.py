"""US: Consolidated Screening List (CSL), the lists of Commerce, State and Treasury in one table.

Publisher: US Department of Commerce, International Trade Administration,
https://www.trade.gov/consolidated-screening-list (CSV and TSV, also gzipped). Columns are explained at
https://developer.trade.gov/consolidated-screening-list.html; a cell holds several values divided by ``; ``.

What its dates mean: ``start_date`` is the day on which the rule or order took effect on the party (designated),
``end_date`` the last day of a denial order, which may lie far ahead. Treasury's rows and the State Department's
debarments carry no dates; Treasury's are dated by its own lists (:mod:`finemesh.sources.lists.us_ofac_sdn`).

Ids: Treasury's rows are the entries of its own lists and share their ids (``ofac-<number>``), also where one entry
stands here once for each of its lists. The others have none: the number in ``_id`` changes with the row, so the id is
made of list and name. Commerce repeats a party under each country in which it has an address; that is one party here.

What is left out: shortened links to the publishers' pages, which are the same in every row of a list, and the file's
row number. The measures stand in the list's title, not in a column: each is given with the title as evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import digest, expect_at_least, kept, report_table, sanction
from finemesh.sources.lists.countries import add_countries, country_code
from finemesh.sources.lists.csl_text import add_other_names, belongs, id_facts, measures_of, source_code
from finemesh.sources.lists.ofac_csv import person_name
from finemesh.sources.lists.ofac_entry import SCHEMATA, Entry, Names
from finemesh.sources.lists.ofac_facts import Fact, add_fact
from finemesh.sources.lists.ofac_remarks import DIVIDER, read_fact
from finemesh.sources.lists.ofac_vocabulary import is_company
from finemesh.sources.lists.prose import add_dates
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Row, Table, csv_grid, sniff_delimiter

DATASET = "us_trade_csl"
_KNOWN_BY = {"source", "entity_number", "license_requirement", "license_policy", "federal_register_notice"}
_IGNORED = ("_id", "source_list_url", "source_information_url")
_LEAST = 5_000
_VESSEL = {
    "call_sign": "Vessel Call Sign",
    "vessel_type": "Vessel Type",
    "gross_tonnage": "Vessel Tonnage",
    "gross_registered_tonnage": "Vessel Gross Registered Tonnage",
    "vessel_flag": "Vessel Flag",
    "vessel_owner": "Vessel Owner",
}
_LINKED = re.compile(r"^\((Linked To: .*)\)\.?$")
_ORDERS = {"y": "standard order", "n": "not the standard order"}


def recognise(probe: Probe) -> Recognition | None:
    """Know it by its columns; the date stands only in the path."""
    return Recognition(DATASET) if set(probe.csv_header) >= _KNOWN_BY else None


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot."""
    for file in snapshot.files:
        _read_file(emitter.file(file), file)


@dataclass(slots=True)
class _Seen:
    """What the file has told so far: names of entries, and what can be read only when all are known."""

    names: Names = field(default_factory=Names)
    others: Names = field(default_factory=Names)
    later: list[Callable[[], object]] = field(default_factory=list)


def _read_file(out: FileEmitter, file: InputFile) -> None:
    table = Table(csv_grid(file.path, None, sniff_delimiter(file.path)))
    seen, count = _Seen(), 0
    for row in kept(out, table):
        if not row["name"] or not row["source"]:
            out.issue("bad-row", "a row without name or source is not read", row.locator, severity="error")
            continue
        if len(row.values) != len(table.header):
            message = f"{len(row.values)} columns where {len(table.header)} are expected; the row is not read"
            out.issue("bad-row", message, row.locator, severity="error")
            continue
        count += 1
        if row["entity_number"]:
            _read_treasury(out, row, seen)
        else:
            _read_other(out, row, seen)
    for read_late in seen.later:
        read_late()
    expect_at_least(out, "rows", count, _LEAST, "it has had more than 10,000 since 2016")
    report_table(out, table, _IGNORED)


def _code(out: FileEmitter, row: Row) -> str:
    code = source_code(row.text("source"))
    if not measures_of(code):
        out.issue(
            "unknown-value",
            f"the list {row.text('source')!r} is not known; its measures are not",
            row["source"].locator,
        )
    return code


def _begin(
    out: FileEmitter, row: Row, party: EntityWriter, key: Cell, programme: Cell, suffix: str = ""
) -> EntityWriter:
    """A sanction with what all lists say of one."""
    writer = sanction(out, party, key, programme, suffix)
    title = row["source"]
    authority = title.find(r" - ([^-]+)$")
    writer.add("authority", authority if authority is not None else title)
    code, programmes = source_code(title.text), row.text("programs").split("; ")
    for measure in measures_of(code) if belongs(code, programme.text, programmes) else ():
        writer.add("provisions", title, value=measure)
    writer.add("summary", row["federal_register_notice"])
    writer.add("provisions", row["license_requirement"])
    writer.add("provisions", row["license_policy"])
    order = row["standard_order"]
    if order and order.text.casefold() in _ORDERS:
        writer.add("status", order, value=_ORDERS[order.text.casefold()])
    for column, prop in (("start_date", "startDate"), ("end_date", "endDate")):
        day = row[column]
        if day and day.text < "1945":
            out.issue("bad-date", f"{prop}: cannot be so old: {day.text!r}", day.locator)
        else:
            writer.date(prop, day)
    return writer


def _read_treasury(out: FileEmitter, row: Row, seen: _Seen) -> None:
    """An entry of one of OFAC's lists."""
    number, kind, name = row["entity_number"], row["type"], row["name"]
    facts = id_facts(row["ids"])
    schema = SCHEMATA.get(kind.text.casefold(), "Organization")
    if kind.text.casefold() not in SCHEMATA:
        out.issue("unknown-value", f"the type {kind.text!r} is not known; read as an organisation", row.locator)
    if schema == "Organization" and any(is_company(f.label.text, f.value.text) for f in facts):
        schema = "Company"
    entry = Entry(out, out.entity(schema, f"ofac-{number.text}"), number, seen.names.find, seen.later)
    party = entry.party
    seen.names.add(name.text, party.id)
    for programme in row["programs"].split("; "):
        writer = _begin(out, row, party, number, programme)
        writer.add("authorityId", number)
        entry.sanctions[programme.text] = writer
    if not entry.sanctions:
        out.issue("no-programme", "an entry has no programme, so no designation is read", row.locator)
    _code(out, row)
    party.add("name", name, value=person_name(name) if schema == "Person" else None)
    for alias in row["alt_names"].split("; "):
        party.add("alias", alias, value=person_name(alias) if schema == "Person" else None)
    for title in row["title"].split("; "):
        party.add("position" if schema == "Person" else "notes", title)
    _read_places(row, party)
    if schema == "Person":
        for cell in row["dates_of_birth"].split("; "):
            add_dates(party, "birthDate", cell)
        party.add_all("birthPlace", row["places_of_birth"].split("; "))
    for column, prop in (("nationalities", "nationality"), ("citizenships", "citizenship")):
        for cell in row[column].split("; "):
            add_countries(party, prop if schema == "Person" else "country", cell)
    for column, label in _VESSEL.items():
        if value := row[column]:
            add_fact(entry, Fact(Cell(label, ""), value, value))
    for fact in facts:
        if not add_fact(entry, fact):
            out.issue("unknown-value", f"the id {fact.text!r} is not known; kept as a note", fact.value.locator)
    for remark in row["remarks"].split(DIVIDER):
        linked = _LINKED.match(remark.text)
        for cell in remark.group(linked, 1).split(r"; (?=Linked To: )") if linked else (remark,):
            read_fact(entry, cell)


def _read_places(row: Row, party: EntityWriter) -> None:
    """``12 Street, Moscow, 119034, RU``: the last part is a country where it is a code of one."""
    for address in row["addresses"].split("; "):
        last = address.find(r"(?:^|, )([A-Z]{2})$")
        if last is None or last.text != address.text:
            party.add("address", address)
        if last is not None and country_code(last.text):
            party.add("country", last)


def _read_other(out: FileEmitter, row: Row, seen: _Seen) -> None:
    """A party on a list of Commerce or State, of which the table does not say whether it is a person."""
    name, title = row["name"], row["source"]
    code = _code(out, row)
    key = digest(code, " ".join(name.text.casefold().split()))
    party = out.entity("LegalEntity", f"us-csl-{code}-{key}")
    seen.others.add(name.text, party.id)
    for programme in row["programs"].split("; ") or [title]:
        suffix = "-".join(p for p in (code if programme is title else programme.text, row.text("start_date")) if p)
        writer = _begin(out, row, party, name, programme, suffix)
        for remark in row["remarks"].split("; "):
            writer.add("status" if code == "dpl" else "reason", remark)
    parent = add_other_names(out, party, name, row["alt_names"])
    if parent is not None:
        role, parent_name = parent
        seen.later.append(lambda: _link_parent(out, party, role, parent_name, seen.others))
    _read_places(row, party)
    unread = ("ids", "title", "citizenships", "nationalities", "dates_of_birth", "places_of_birth", *_VESSEL)
    for column in unread:
        party.add("notes", row[column])


def _link_parent(out: FileEmitter, party: EntityWriter, role: Cell, parent: Cell, names: Names) -> None:
    found = names.find(parent.text)
    if found is None or found == party.id:
        return
    writer = out.entity("UnknownLink", f"{party.id}-link-{digest(found)}")
    writer.link("subject", party.id, role)
    writer.link("object", found, parent)
    writer.add("role", role)


READER = ListReader(DATASET, 1, recognise, read)
