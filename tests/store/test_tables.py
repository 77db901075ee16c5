import pytest

from finemesh.model.errors import DataError
from finemesh.store import tables
from finemesh.store.reader import Reader
from finemesh.store.tables import ISSUES, Table

SMALL = Table("small", {"name": "VARCHAR", "count": "BIGINT", "share": "DOUBLE", "ok": "BOOLEAN"}, ("name",))
ROWS = [("ü", 2, 0.5, True), ("a\x00b", 1, 0.25, False), ("", -1, 0.0, True), ("မင်း 'x' \"y\"\n", 0, 1.0, False)]


def test_rows_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "small.parquet"
    tables.write_rows(SMALL, ROWS, path)
    with tables.connect() as connection:
        assert connection.execute(f"SELECT * FROM '{path}'").fetchall() == ROWS


def test_no_rows_are_a_table_too(tmp_path):
    path = tmp_path / "small.parquet"
    tables.write_rows(SMALL, [], path)
    with tables.connect() as connection:
        assert connection.execute(f"SELECT count(*) FROM '{path}'").fetchone() == (0,)


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path):
    tables.write_sorted(SMALL, ROWS, tmp_path / "1.parquet")
    tables.write_sorted(SMALL, reversed(ROWS), tmp_path / "2.parquet")
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


def test_missing_and_damaged_tables_are_told(tmp_path):
    with pytest.raises(DataError, match="run `finemesh build`"):
        Reader(tmp_path).rows("SELECT 1 FROM issues")
    for table in tables.ALL:
        tables.write_rows(table, [], tmp_path / f"{table.name}.parquet")
    assert Reader(tmp_path).rows("SELECT * FROM issues WHERE code = ?", ["x"]) == []
    (tmp_path / f"{ISSUES.name}.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(DataError, match="damaged"):
        Reader(tmp_path).rows("SELECT * FROM issues")


def test_a_literal_cannot_break_out():
    with tables.connect() as connection:
        assert connection.execute(f"SELECT {tables.literal(chr(39) + '; DROP TABLE x')}").fetchone() == (
            "'; DROP TABLE x",
        )
