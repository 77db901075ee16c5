from __future__ import annotations

import os
from pathlib import Path

import pytest
from workbook import Value, write_workbook

from finemesh.model.errors import SourceError
from golden import GOLDEN, failures, read_files, readable, recognised

HEADER = [
    *("Unique Identifier", "Type", "First name", "Middle name(s)", "Last name", "Title", "Additional Information"),
    *("Alias/Alternate Spellings", "Address", "DOB", "Citizenship", "Citizenship 2", "Citizenship 3"),
    *("Place of Birth", "Passport Number", "Associates/Relatives", "Date of Sanction", "Date of Additional Sanction"),
    *("Sanction Status", "General Rationale for Sanction", "Travel Ban", "Asset Freeze", "Dealing with Securities"),
    *("Service Prohibition", "Ship Ban", "Aircraft Ban"),
]


def row(**values: Value) -> list[Value]:
    names = {h.replace(" ", "_").replace("(s)", "").replace("/", "_"): h for h in HEADER}
    named = {names[k]: v for k, v in values.items()}
    return [named.get(h) for h in HEADER]


IVAN = row(
    Unique_Identifier="RUS-1",
    Type="Individual",
    First_name="Ivan",
    Middle_name="Petrovich",
    Last_name="EXAMPLE",
    Title="Minister of Examples",
    Alias_Alternate_Spellings="Ivan PRIMER; Vanya EXAMPLE",
    DOB="23/03/1980",
    Citizenship="Russia",
    Citizenship_2="Cyprus",
    Place_of_Birth="Moscow, Russia",
    Passport_Number="MP1234567",
    Associates_Relatives="Son of Pyotr Example; Close associate of 'Example Bank'; a friend",
    Date_of_Sanction="18/03/2022",
    Date_of_Additional_Sanction="2023-05-06",
    Sanction_Status="Active",
    General_Rationale_for_Sanction="Is an example.",
    Travel_Ban="Yes",
    Asset_Freeze="Y",
    Ship_Ban="No",
    Aircraft_Ban="partly",
)
ROWS = [
    IVAN,
    row(Unique_Identifier="RUS-2", Type="Entity", Last_name="Example Shipping, LLC", DOB="XX/05/1999", Address="Moscow",
        Alias_Alternate_Spellings="Primer, OOO, Sample", Citizenship="Russia", Date_of_Sanction="07/10/2022",
        Asset_Freeze=True, Sanction_Status="Active"),
    row(Unique_Identifier="RUS-2", Type="Bank", Last_name="Example Bank", Date_of_Sanction="31/02/2022"),
    row(Unique_Identifier="RUS-3", Type="Asset", Last_name="All aircraft"),
    row(Unique_Identifier="RUS-4", Type="individual", First_name="Anna", Last_name="SAMPLE", DOB="dd/mm/1970",
        Citizenship="Atlantis", Date_of_Sanction="2022-03-18"),
    row(Unique_Identifier="RUS-5", Type="Robot", Last_name="R2", DOB="circa 1977", Date_of_Sanction="2022-03-18"),
    row(Unique_Identifier="RUS-6", Type="Individual"),
    row(Unique_Identifier="RUS-7", Type="Individual", Last_name="FREE", Date_of_Sanction="18/03/2022",
        Sanction_Status="Revoked", General_Rationale_for_Sanction="Was an example.", Travel_Ban="Yes"),
    row(Type="Total"),
]  # fmt: skip


def book(path: Path, *rows: list[Value], heading: bool = True) -> Path:
    above: list[list[Value]] = [["Russia Sanctions Register"], ["as at 1 May 2024"], [], []] if heading else []
    return write_workbook(path, {"Notes": [["Read me"]], "Register": [*above, list(HEADER), *rows]})


def test_golden(tmp_path: Path) -> None:
    emitter = read_files(book(tmp_path / "Russia-Sanctions-Register.xlsx", *ROWS), date="2024-05-01")
    assert failures(emitter) == []
    expected = GOLDEN / "nz_russia" / "expected.txt"
    if os.environ.get("FINEMESH_GOLDEN") == "write":
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(readable(emitter), encoding="utf-8")
    assert readable(emitter) == expected.read_text(encoding="utf-8")


def test_recognised_by_its_columns_whatever_its_name(tmp_path: Path) -> None:
    assert recognised(book(tmp_path / "x.xlsx", IVAN, heading=False)).dataset == "nz_russia"
    assert recognised(write_workbook(tmp_path / "y.xlsx", {"A": [["Unique Identifier"]]})).reader == ""


def test_an_unknown_column_is_said(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", {"Register": [[*HEADER, "Mood"], [*IVAN, "good"]]})
    issues = {i.code: i.message for i in read_files(path, date="2024").issues.all()}
    assert "Mood" in issues["unknown-field"]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "Russia-Sanctions-Register.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    assert recognised(path).reader == ""
    from finemesh.sources.emitter import Emitter, InputFile, Snapshot
    from finemesh.sources.lists.nz_russia import read

    emitter = Emitter(Snapshot("nz_russia", "2024", (InputFile(path, path.name, "0" * 64),)))
    with pytest.raises(SourceError):
        read(emitter.snapshot, emitter)
