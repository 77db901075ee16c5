import pytest

from finemesh.model.errors import SourceError
from finemesh.sources.raw.table import Table, cell_text, csv_grid, sheet_grid, sheet_names, sniff_delimiter


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_cells_know_row_and_column(tmp_path):
    path = write(tmp_path, 'name,notes\n"Tay Za","two\nlines"\nx, y \n')
    rows = list(Table(csv_grid(path)))
    assert rows[0]["notes"].text == "two\nlines"
    assert rows[0]["notes"].locator == "row=2;col=2;column=notes"
    assert rows[1]["notes"].locator == "row=3;col=2;column=notes;chars=1-2"


def test_columns_are_accounted_for(tmp_path):
    table = Table(csv_grid(write(tmp_path, "name,dob,new\na,b,c\n")))
    for row in table:
        assert row["name"]
        assert not row["gone"]
    assert table.unexplained(ignored=["dob"]) == ["new"]
    assert table.absent == {"gone"}
    assert table.column_locator("new") == "row=1;col=3;column=new"


def test_short_rows_and_empty_rows_do_no_harm(tmp_path):
    rows = list(Table(csv_grid(write(tmp_path, "a,b\n1\n,\n\n2,3\n"))))
    assert [(r.number, r.text("a"), r.text("b")) for r in rows] == [(2, "1", ""), (5, "2", "3")]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "ü“”"), ("utf-8-sig", "ü“”"), ("cp1252", "ü“”"), ("utf-16", "ü“”")],
)
def test_encodings_are_told_by_the_bytes(tmp_path, encoding, text):
    path = write(tmp_path, f"name,x\n{text},1\n", encoding)
    assert next(iter(Table(csv_grid(path)))).text("name") == text


def test_a_quote_that_is_never_closed_keeps_what_was_before(tmp_path):
    path = write(tmp_path, 'name,x\nkept,1\n"never closed,' + "x" * 1_100_000)
    rows = []
    with pytest.raises(SourceError, match="row 3 cannot be read"):
        for row in Table(csv_grid(path)):
            rows.append(row.text("name"))
    assert rows == ["kept"]


@pytest.mark.parametrize(
    ("text", "delimiter"), [("a;b;c\n1;2,5;3", ";"), ("a\tb\n1\t2", "\t"), ("a,b\n1,2", ","), ("a", ",")]
)
def test_delimiters(tmp_path, text, delimiter):
    assert sniff_delimiter(write(tmp_path, text)) == delimiter


def test_sheets_are_read_with_their_row_numbers(tmp_path):
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "A list"
    sheet["B3"], sheet["C3"] = "name", "date"
    sheet["B4"], sheet["C4"] = "Tay Za", datetime(2021, 9, 2)
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert sheet_names(path) == ["A list"]
    rows = list(Table(sheet_grid(path, "A list"), prefix="sheet=A list;"))
    assert rows[0]["date"].text == "2021-09-02"
    assert rows[0]["date"].locator == "sheet=A list;row=4;col=3;column=date"


def test_what_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 no zip at all")
    with pytest.raises(SourceError, match="not a readable workbook"):
        sheet_names(path)


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (2.0, "2"), (2.5, "2.5"), (True, "TRUE"), (7, "7"), (1e300, "1e+300"), ("x ", "x ")]
)
def test_typed_cells_as_text(value, text):
    assert cell_text(value) == text
