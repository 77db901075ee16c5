"""OFAC's lists as four CSV files: entries, aliases, addresses, and the rest of remarks that are too long.

Format: ``dat_spec.txt`` (https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas). The
SDN list calls them ``sdn.csv``, ``alt.csv``, ``add.csv`` and ``sdn_comments.csv``, the non-SDN list ``cons_prim.csv``,
``cons_alt.csv``, ``cons_add.csv`` and ``cons_comments.csv``. None has a header, ``-0-`` means nothing, and the files
end in a Control-Z. They have no dates but those in remarks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import kept
from finemesh.sources.lists.ofac_entry import Entry, Names, add_address
from finemesh.sources.lists.ofac_facts import Fact, add_fact
from finemesh.sources.lists.ofac_remarks import read_remarks
from finemesh.sources.lists.ofac_vocabulary import LABELLED, is_company
from finemesh.sources.probe import Probe
from finemesh.sources.raw.cell import EMPTY, Cell, Foreign
from finemesh.sources.raw.table import Row, Table, csv_grid, sniff_delimiter

NOTHING = "-0-"
MAIN = (
    "ent_num",
    "SDN_Name",
    "SDN_Type",
    "Program",
    "Title",
    "Call_Sign",
    "Vess_type",
    "Tonnage",
    "GRT",
    "Vess_flag",
    "Vess_owner",
    "Remarks",
)
ALT = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
ADD = ("ent_num", "add_num", "address", "city_state_zip", "country", "add_remarks")
COMMENTS = ("ent_num", "remarks_extended")
SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
ALIASES = {"aka": "alias", "fka": "previousName", "nka": "alias"}
_VESSEL = {
    "Call_Sign": "Vessel Call Sign",
    "Vess_type": "Vessel Type",
    "Tonnage": "Vessel Tonnage",
    "GRT": "Vessel Gross Registered Tonnage",
    "Vess_flag": "Vessel Flag",
    "Vess_owner": "Vessel Owner",
}
OUTLYING = frozenset(("UKRAINE-EO13662", "NS-PLC", "CMIC-EO13959", "FSE-IR", "FSE-SY", "561-Related", "561List"))
"""Programmes of the non-SDN list: an entry of that list stands under these only."""


def recognise_csv(probe: Probe) -> tuple[str, str] | None:
    """Know the files by the number and shape of their columns.

    Returns:
        ``sdn`` or ``cons``, and the part (``main``, ``alt``, ``add``, ``comments``). Which list a side file belongs to
        stands in its name only.
    """
    name = probe.name.lower()
    family = "cons" if name.startswith("cons") else "sdn"
    if name in ("sdn_comments.csv", "cons_comments.csv"):
        return family, "comments"
    if probe.suffix != ".csv" or NOTHING not in probe.text:
        return None
    rows = [[v.strip() for v in row] for row in probe.csv_rows(20)]
    if not rows or not rows[0] or not rows[0][0].isdigit():
        return None
    first = rows[0]
    if len(first) == len(MAIN):
        outlying = all(set(r[3].split("] [")) <= OUTLYING for r in rows if len(r) == len(MAIN))
        return "cons" if outlying else family, "main"
    if len(first) == len(ALT) and first[1].isdigit() and first[2] in ALIASES:
        return family, "alt"
    if len(first) == len(ADD) and first[1].isdigit():
        return family, "add"
    return None


def read_csv(snapshot: Snapshot, emitter: Emitter, names: dict[str, str]) -> None:
    """Read the files of one day; side files without their main file are said, not joined to another day's.

    Args:
        snapshot: The snapshot.
        emitter: Where to write.
        names: File names by part, for messages.
    """
    main = snapshot.part("main")
    if main is None:
        found = ", ".join(f.name for f in snapshot.files if f.part in names)
        emitter.issue(
            "missing-file",
            f"{names['main']} of this day is missing: {found} cannot be read without it (another day's is not used)",
            severity="error",
        )
        return
    for part, what in (("alt", "aliases"), ("add", "addresses")):
        if snapshot.part(part) is None:
            emitter.issue(
                "missing-file",
                f"{names[part]} of this day is missing: {what} of this snapshot are not known",
                severity="info",
            )
    schemata = _read_entries(emitter.file(main), main, _comments(emitter, snapshot.part("comments")))
    if (alt := snapshot.part("alt")) is not None:
        _read_side(emitter.file(alt), alt, ALT, schemata, names["main"], _read_alias)
    if (add := snapshot.part("add")) is not None:
        _read_side(emitter.file(add), add, ADD, schemata, names["main"], _read_address)


def _rows(out: FileEmitter, file: InputFile, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one file; a row of another width is an issue."""
    for row in kept(out, Table(csv_grid(file.path, None, sniff_delimiter(file.path)), header=columns)):
        if row.values == ["\x1a"]:
            continue
        if len(row.values) != len(columns):
            out.issue(
                "bad-row",
                f"{len(row.values)} columns where {len(columns)} are expected; the row is not read",
                row.locator,
                severity="error",
            )
            continue
        yield row


def _cell(row: Row, column: str) -> Cell:
    cell = row[column]
    return EMPTY if cell.text == NOTHING else cell


def _comments(emitter: Emitter, file: InputFile | None) -> dict[str, Cell]:
    """Where remarks go on, by entry number."""
    found: dict[str, Cell] = {}
    if file is not None:
        out = emitter.file(file)
        for row in _rows(out, file, COMMENTS):
            if row.text("ent_num") in found:
                out.issue("duplicate-id", "remarks go on twice; the first place is read", row.locator)
            found.setdefault(row.text("ent_num"), Foreign.of(row.whole("remarks_extended"), file.sha256))
    return found


def person_name(cell: Cell) -> str:
    """``ZA, Tay`` as ``Tay ZA``; what follows a second comma (``Jr.``) comes last."""
    last, _, rest = cell.text.partition(", ")
    first, _, suffix = rest.partition(", ")
    return " ".join(p for p in (first, last, suffix) if p)


def _read_entries(out: FileEmitter, file: InputFile, comments: dict[str, Cell]) -> dict[str, str]:
    """Read the entries; returns the schema of each entry number."""
    schemata: dict[str, str] = {}
    names, later = Names(), list[Callable[[], object]]()
    for row in _rows(out, file, MAIN):
        number, kind, name = row["ent_num"], _cell(row, "SDN_Type"), _cell(row, "SDN_Name")
        if not number.text.isdigit() or not name:
            out.issue("bad-row", "an entry without number or name is not read", row.locator, severity="error")
            continue
        if number.text in schemata:
            out.issue("duplicate-id", f"entry {number.text} stands here again; both are kept", row.locator)
        if kind.text not in SCHEMATA:
            out.issue("unknown-value", f"SDN_Type {kind.text!r} is not known; read as an organisation", kind.locator)
        remarks = _cell(row, "Remarks")
        schema = schemata[number.text] = _schema(kind, remarks)
        names.add(name.text, f"ofac-{number.text}")
        entry = Entry(out, out.entity(schema, f"ofac-{number.text}"), number, names.find, later)
        for programme in _cell(row, "Program").split(r"\]\s*\["):
            entry.programme(programme)
        _read_entry(row, entry, name)
        read_remarks(entry, row.whole("Remarks") if remarks else EMPTY, comments.get(number.text, EMPTY))
    for read in later:
        read()
    return schemata


def _schema(kind: Cell, remarks: Cell) -> str:
    schema = SCHEMATA.get(kind.text, "Organization")
    if schema != "Organization":
        return schema
    facts = (LABELLED.match(f.strip()) for f in remarks.text.rstrip(".").split(";"))
    return "Company" if any(m and is_company(m["label"], m["value"]) for m in facts) else schema


def _read_entry(row: Row, entry: Entry, name: Cell) -> None:
    party, title = entry.party, _cell(row, "Title")
    if party.schema == "Person":
        party.add("name", name, value=person_name(name))
        last = name.find(r"^([^,]+), ")
        if last is not None:
            party.add("lastName", last)
            first = name.find(r"^[^,]+, ([^,]+)")
            if first is not None:
                party.add("firstName", first)
        party.add("position", title)
        return
    party.add("name", name)
    party.add("notes", title)
    for column, label in _VESSEL.items():
        value = _cell(row, column)
        if value and party.schema == "Vessel":
            add_fact(entry, Fact(Cell(label, ""), value, value))
        else:
            party.add("notes", value)


def _read_side(
    out: FileEmitter,
    file: InputFile,
    columns: tuple[str, ...],
    schemata: dict[str, str],
    main: str,
    read: Callable[[FileEmitter, EntityWriter, Row], None],
) -> None:
    for row in _rows(out, file, columns):
        schema = schemata.get(row.text("ent_num"))
        if schema is None:
            out.issue("orphan", f"a row of an entry that {main} does not have", row.locator)
            continue
        read(out, out.entity(schema, f"ofac-{row.text('ent_num')}"), row)


def _read_alias(out: FileEmitter, party: EntityWriter, row: Row) -> None:
    name, kind = _cell(row, "alt_name"), row["alt_type"]
    if kind.text not in ALIASES:
        out.issue("unknown-value", f"alt_type {kind.text!r} is not known; read as an alias", kind.locator)
    value = person_name(name) if party.schema == "Person" else name.text
    party.add(ALIASES.get(kind.text, "alias"), name, value=value)
    party.add("notes", _cell(row, "alt_remarks"))


def _read_address(out: FileEmitter, party: EntityWriter, row: Row) -> None:
    add_address(party, [_cell(row, "address"), _cell(row, "city_state_zip")], _cell(row, "country"))
    party.add("notes", _cell(row, "add_remarks"))
