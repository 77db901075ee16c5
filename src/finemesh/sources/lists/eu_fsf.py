"""EU: consolidated list of financial sanctions, the Commission's Financial Sanctions Files (FSF 1.1, XML and CSV).

Publisher: European Commission, DG FISMA, https://webgate.ec.europa.eu/fsd/fsf; files ``xmlFullSanctionsList_1_1`` and
``csvFullSanctionsList_1_1``, schema ``http://eu.europa.ec/fpi/fsd/export``. Built from that schema and the CSV's
header, with files written by hand: no whole file of the publisher was at hand. Both say when they were made.

An entry has a ``logicalId`` and a reference (``EU.36.64``). The XML nests its names, addresses, birth dates, documents
and citizenships; the CSV has a row for each of them with the entry's own columns repeated. Each names the act that
it comes from.

What its dates mean: ``designationDate`` is the day of the designation; where it is missing, a "Date of listing: ..." in
the remark is. The entry's own
``regulation`` is the last act that changed it, so its day of publication is an amendment, unless no older act is named:
the oldest act named anywhere in the entry is the publication, and its day of entry into force the effective date. The
file lists only who is listed; ``delistingDate`` is in the schema and read.

What is left out: asset freezes are what the file is about and are not written; travel bans are not in it. The CSV
does not say which names are strong.
"""

from __future__ import annotations

from collections.abc import Callable

from finemesh.model.dates import is_date, parse_date
from finemesh.sources.emitter import Emitter, FileEmitter, InputFile, Snapshot
from finemesh.sources.lists.common import expect_at_least, kept, known, report_table, report_xml
from finemesh.sources.lists.eu_fsf_parts import COLUMNS, DATES, READERS, Entry, Part, add_contact
from finemesh.sources.lists.repeats import Fact, Facts
from finemesh.sources.probe import ListReader, Probe, Recognition
from finemesh.sources.raw.cell import EMPTY
from finemesh.sources.raw.table import Row, Table, csv_grid, sniff_delimiter
from finemesh.sources.raw.xml import Node, XmlRecords

DATASET = "eu_fsf"
NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
LEAST = 1_500
SCHEMATA = {"person": "Person", "enterprise": "Organization", "P": "Person", "E": "Organization"}
_RENAMED = {
    "EU_ReferenceNumber": "euReferenceNumber",
    "BirthDate": "birthdate",
    "Day": "dayOfMonth",
    "Month": "monthOfYear",
    "TypeCode": "identificationTypeCode",
    "TypeDescription": "identificationTypeDescription",
}
"""Columns of the CSV whose attribute in the XML is called otherwise."""
_ACT = (
    "Type",
    "OrganisationType",
    "PublicationDate",
    "EntryIntoForceDate",
    "NumberTitle",
    "Programme",
    "PublicationUrl",
)
_IGNORED_PART = ("LogicalId", "RegulationLanguage", "AsAtListingTime")
_XML_PARTS = {"nameAlias": "NameAlias", "address": "Address", "birthdate": "BirthDate"} | {
    "identification": "Identification",
    "citizenship": "Citizenship",
}


def recognise(probe: Probe) -> Recognition | None:
    """Know the XML by its namespace, the CSV by its columns; both tell their day."""
    root = probe.xml_root
    if root is not None:
        if root[0] != "export" or root[1] != NAMESPACE:
            return None
        return Recognition(DATASET, _day(root[2].get("generationDate", "")[:10]))
    if not {"fileGenerationDate", "Entity_LogicalId", "NameAlias_WholeName"} <= set(probe.csv_header):
        return None
    first = next((row for row in probe.csv_rows(3)[1:] if row), None)
    return Recognition(DATASET, _day(first[0]) if first else "")


def _day(text: str) -> str:
    found = parse_date(text, DATES) or ""
    return found if is_date(found) else ""


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read every file of the snapshot (there is one)."""
    for file in snapshot.files:
        out = emitter.file(file)
        with file.path.open("rb") as stream:
            xml = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        reader = _Reader(out)
        (reader.xml if xml else reader.csv)(file)
        basis = "the list has held more than 2,000 since 2022"
        expect_at_least(out, "entries", len(reader.ids), LEAST, basis)


class _Reader:
    """Reads the entries of one file, in either form."""

    def __init__(self, out: FileEmitter) -> None:
        self.out = out
        self.entries: dict[str, Entry] = {}
        """The entries of the CSV, whose rows may be apart."""
        self.ids: set[str] = set()

    def xml(self, file: InputFile) -> None:
        """Read the XML."""
        records = XmlRecords(file.path, ("sanctionEntity",))
        for record in kept(self.out, records):
            entry = self._entry(_attributes(record), record.child("subjectType"))
            if entry is None:
                self.out.issue("bad-row", "an entry without logicalId is not read", record.locator, severity="error")
                continue
            for act in record.children("regulation"):
                entry.act(_attributes(act), act.cell("publicationUrl"))
            for tag, part in _XML_PARTS.items():
                for node in record.children(tag):
                    READERS[part](self.out, entry, _attributes(node), list(node.cells("remark")))
                    self._extras(entry, node)
            for cell in record.cells("remark"):
                entry.remark(cell)
            entry.finish()
        report_xml(self.out, records, _ignored())

    def csv(self, file: InputFile) -> None:
        """Read the CSV: a row for each part, with the entry's own columns in all."""
        table = Table(csv_grid(file.path, None, sniff_delimiter(file.path)))
        own = [n for n in table.header if n.startswith("Entity_")]
        facts: list[Fact[Entry]] = [
            ((*(f"Entity_Regulation_{c}" for c in _ACT),), _row_act),
            (("Entity_Remark",), lambda row, entry: entry.remark(row["Entity_Remark"])),
        ]
        facts += [((*(f"{part}_{c}" for c in columns),), self._row_part(part)) for part, columns in COLUMNS.items()]
        reader = Facts(table, facts)
        table.expect(
            (*own, *(f"{part}_Regulation_{c}" for part in COLUMNS for c in ("PublicationDate", "EntryIntoForceDate")))
        )
        for row in kept(self.out, table):
            if len(row.values) != len(table.header):
                message = f"{len(row.values)} columns where {len(table.header)} are expected; the row is not read"
                self.out.issue("bad-row", message, row.locator, severity="error")
                continue
            entry = self._row_entry(row)
            if entry is not None:
                reader.read(row, entry, entry.done)
                for part in COLUMNS:
                    entry.part_act(_columns(row, f"{part}_Regulation_"))
        for entry in self.entries.values():
            entry.finish()
        ignored = ["fileGenerationDate", *(f"{p}_{c}" for p in COLUMNS for c in _IGNORED_PART)]
        ignored += [f"{p}_Regulation_{c}" for p in COLUMNS for c in _ACT]
        report_table(self.out, table, ignored)

    def _row_entry(self, row: Row) -> Entry | None:
        key = row["Entity_LogicalId"]
        entry = self.entries.get(key.text)
        if entry is None:
            entry = self._entry(_columns(row, "Entity_"), None)
            if entry is None:
                self.out.issue("bad-row", "a row without Entity_LogicalId is not read", row.locator, severity="error")
                return None
            self.entries[key.text] = entry
        elif row["Entity_EU_ReferenceNumber"].text != entry.reference:
            message = f"logicalId {key.text} stands with two references; its rows are read as one entry"
            self.out.issue("duplicate-id", message, row.locator)
        return entry

    def _row_part(self, part: str) -> Callable[[Row, Entry], None]:
        def read_part(row: Row, entry: Entry) -> None:
            get = _columns(row, f"{part}_")
            remark = get("Remark")
            READERS[part](self.out, entry, get, [remark] if remark else [])

        return read_part

    def _entry(self, get: Part, subject: Node | None) -> Entry | None:
        key = get("LogicalId")
        if not key.text.isdigit():
            return None
        kind = subject.attribute("code") if subject is not None else get("SubjectType")
        letter = (
            subject.attribute("classificationCode") if subject is not None else get("SubjectType_ClassificationCode")
        )
        known(self.out, "subject type", kind, SCHEMATA, "read as an organisation")
        schema = SCHEMATA.get(kind.text) or SCHEMATA.get(letter.text, "Organization")
        entity = self.out.entity(schema, f"eu-fsf-{key.text}", once=True)
        if key.text in self.ids:
            self.out.issue("duplicate-id", f"logicalId {key.text} stands here again; both are kept", key.locator)
        self.ids.add(key.text)
        return Entry(self.out, entity, get)

    def _extras(self, entry: Entry, node: Node) -> None:
        """Acts and contacts, which are elements of their own in the XML."""
        for act in node.children("regulationSummary"):
            entry.part_act(_attributes(act))
        for contact in node.children("contactInfo"):
            add_contact(entry.entity, contact.attribute("key").text, contact.attribute("value"))


def _attributes(node: Node) -> Part:
    return lambda key: node.attribute(_RENAMED.get(key, key[0].lower() + key[1:]))


def _row_act(row: Row, entry: Entry) -> None:
    entry.act(_columns(row, "Entity_Regulation_"), row["Entity_Regulation_PublicationUrl"])


def _columns(row: Row, prefix: str) -> Part:
    return lambda key: row[prefix + key] if prefix + key in row.table.places else EMPTY


def _ignored() -> list[str]:
    """Shapes of the XML that say nothing about the entry."""
    entry, found = "sanctionEntity", list[str]()
    for tag in (*_XML_PARTS, "regulation"):
        for name in ("logicalId", "regulationLanguage", "asAtListingTime", "regulationType", "organisationType"):
            found.append(f"{entry}/{tag}/@{name}")
        for name in ("regulationType", "numberTitle", "publicationUrl"):
            found.append(f"{entry}/{tag}/regulationSummary/@{name}")
    return found


READER = ListReader(DATASET, 1, recognise, read)
