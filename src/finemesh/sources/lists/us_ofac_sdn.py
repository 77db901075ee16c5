"""US: OFAC Specially Designated Nationals and Blocked Persons List (SDN), as the CSV triple.

Publisher: US Treasury, Office of Foreign Assets Control. Format: ``dat_spec.txt``. ``sdn.csv`` has the entries,
``alt.csv`` the strong aliases, ``add.csv`` the addresses, ``sdn_comments.csv`` what did not fit into remarks;
none has a header, ``-0-`` means nothing, and the files end in a Control-Z.

What its dates mean: there are none. The list does not say when an entry was designated; finemesh then says
"listed, date not published" and in which snapshots it was seen. Only the remarks of some Russian banks give
listing and effective dates of directives, which become designations of their own.

What is left out: OFAC removes duplicates, which is no delisting of the person; names of removed entries are not
published here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from finemesh.sources.emitter import Emitter, EntityWriter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import sanction
from finemesh.sources.lists.ofac_remarks import read_remarks
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import Cell
from finemesh.sources.raw.table import Row, Table, csv_grid

DATASET = "us_ofac_sdn"
NOTHING = "-0-"
SDN = (
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


def recognise(probe: Probe) -> Recognition | None:
    """Know the four files by the number and shape of their columns; the date stands only in the path."""
    if probe.suffix != ".csv" or "-0-" not in probe.text:
        name = probe.name.lower()
        return Recognition(DATASET, part="comments") if name == "sdn_comments.csv" else None
    rows = probe.csv_rows(1)
    if not rows or not rows[0] or not rows[0][0].strip().isdigit():
        return None
    first = [v.strip() for v in rows[0]]
    if len(first) == len(SDN):
        return Recognition(DATASET, part="sdn")
    if len(first) == len(ALT) and first[1].isdigit() and first[2] in ALIASES:
        return Recognition(DATASET, part="alt")
    if len(first) == len(ADD) and first[1].isdigit():
        return Recognition(DATASET, part="add")
    return None


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read the triple of one day; side files without their ``sdn.csv`` are said, not joined to another day's."""
    main = snapshot.part("sdn")
    if main is None:
        names = ", ".join(f.name for f in snapshot.files)
        emitter.issue(
            "missing-file",
            f"sdn.csv of this day is missing: {names} cannot be read without it (another day's is not used)",
            severity="error",
        )
        return
    for part in ("alt", "add"):
        if snapshot.part(part) is None:
            emitter.issue(
                "missing-file",
                f"{part}.csv of this day is missing: "
                + ("aliases" if part == "alt" else "addresses")
                + " of this snapshot are not known",
                severity="info",
            )
    schemata = _read_entries(emitter.file(main), main, _comments(emitter, snapshot.part("comments")))
    if (alt := snapshot.part("alt")) is not None:
        _read_aliases(emitter.file(alt), alt, schemata)
    if (add := snapshot.part("add")) is not None:
        _read_addresses(emitter.file(add), add, schemata)


def _rows(out: FileEmitter, file: InputFile, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one file; a row of another width is an issue."""
    for row in Table(csv_grid(file.path), header=columns):
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
    return cell.cut(0, 0) if cell.text == NOTHING else cell


def _comments(emitter: Emitter, file: InputFile | None) -> dict[str, list[tuple[FileEmitter, Cell]]]:
    """Continuations of remarks by entry number."""
    found: dict[str, list[tuple[FileEmitter, Cell]]] = defaultdict(list)
    if file is not None:
        out = emitter.file(file)
        for row in _rows(out, file, COMMENTS):
            found[row.text("ent_num")].append((out, _cell(row, "remarks_extended")))
    return found


def person_name(cell: Cell) -> str:
    """``ZA, Tay`` as ``Tay ZA``; what follows a second comma (``Jr.``) comes last."""
    last, _, rest = cell.text.partition(", ")
    first, _, suffix = rest.partition(", ")
    return " ".join(p for p in (first, last, suffix) if p)


def _read_entries(
    out: FileEmitter, file: InputFile, comments: dict[str, list[tuple[FileEmitter, Cell]]]
) -> dict[str, str]:
    """Read ``sdn.csv``; returns the schema of each entry number."""
    rows = list(_rows(out, file, SDN))
    by_name = {_normal(row.text("SDN_Name")): f"ofac-{row.text('ent_num')}" for row in reversed(rows)}
    schemata: dict[str, str] = {}
    for row in rows:
        number, kind = row["ent_num"], _cell(row, "SDN_Type")
        if number.text in schemata:
            out.issue("duplicate-id", f"entry {number.text} stands here again; both are kept", row.locator)
        if kind.text not in SCHEMATA:
            out.issue("unknown-value", f"SDN_Type {kind.text!r} is not known; read as an organisation", kind.locator)
        schemata[number.text] = SCHEMATA.get(kind.text, "Organization")
        entity = out.entity(schemata[number.text], f"ofac-{number.text}")
        _read_entry(row, entity)
        sanctions = []
        for programme in _cell(row, "Program").split(r"\]\s*\["):
            writer = sanction(out, entity, number, programme)
            writer.add("authorityId", number)
            sanctions.append(writer)
        remarks = _cell(row, "Remarks")
        for emitter, text in [(out, remarks), *comments.get(number.text, ())]:
            read_remarks(emitter, _moved(entity, emitter), sanctions, number, text, _resolver(by_name))
    return schemata


def _moved(entity: EntityWriter, out: FileEmitter) -> EntityWriter:
    return out.entity(entity.schema, entity.id)


def _resolver(by_name: dict[str, str]) -> Callable[[str], str | None]:
    return lambda name: by_name.get(_normal(name))


def _normal(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .").casefold()


def _read_entry(row: Row, entity: EntityWriter) -> None:
    name = _cell(row, "SDN_Name")
    if entity.schema == "Person":
        entity.add("name", name, value=person_name(name))
        if (last := name.find(r"^([^,]+), ")) is not None:
            entity.add("lastName", last)
        entity.add("position", _cell(row, "Title"))
        return
    entity.add("name", name)
    entity.add("notes", _cell(row, "Title"))
    if entity.schema == "Vessel":
        entity.add("callSign", _cell(row, "Call_Sign"))
        entity.add("type", _cell(row, "Vess_type"))
        entity.add("tonnage", _cell(row, "Tonnage"))
        entity.add("grossRegisteredTonnage", _cell(row, "GRT"))
        entity.add("flag", _cell(row, "Vess_flag"))
        entity.add("notes", _cell(row, "Vess_owner"))
    else:
        for column in ("Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner"):
            entity.add("notes", _cell(row, column))


def _read_aliases(out: FileEmitter, file: InputFile, schemata: dict[str, str]) -> None:
    for row in _rows(out, file, ALT):
        schema = schemata.get(row.text("ent_num"))
        if schema is None:
            out.issue("orphan", "an alias of an entry that sdn.csv does not have", row.locator)
            continue
        entity = out.entity(schema, f"ofac-{row.text('ent_num')}")
        name, kind = _cell(row, "alt_name"), row["alt_type"]
        if kind.text not in ALIASES:
            out.issue("unknown-value", f"alt_type {kind.text!r} is not known; read as an alias", kind.locator)
        value = person_name(name) if schema == "Person" else name.text
        entity.add(ALIASES.get(kind.text, "alias"), name, value=value)
        entity.add("notes", _cell(row, "alt_remarks"))


def _read_addresses(out: FileEmitter, file: InputFile, schemata: dict[str, str]) -> None:
    for row in _rows(out, file, ADD):
        schema = schemata.get(row.text("ent_num"))
        if schema is None:
            out.issue("orphan", "an address of an entry that sdn.csv does not have", row.locator)
            continue
        entity = out.entity(schema, f"ofac-{row.text('ent_num')}")
        cells = [c for c in (_cell(row, n) for n in ("address", "city_state_zip", "country")) if c]
        entity.add("address", *cells, value=", ".join(c.text for c in cells))
        country = _cell(row, "country")
        if country and country.text.casefold() not in ("undetermined",):
            entity.add("country", country)
        entity.add("notes", _cell(row, "add_remarks"))


READER = ListReader(DATASET, 1, recognise, read)
