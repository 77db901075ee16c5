import sqlite3

import pytest

from finemesh.model.errors import DataError
from finemesh.store.decisions import DecisionLog


def test_decisions_are_kept_in_order_and_never_changed(tmp_path):
    log = DecisionLog(tmp_path / "decisions.db")
    assert log.all() == []
    first = log.append("judgement", "a", "b", "same", note="same passport", who="me")
    second = log.append("undo", first.id, "", "")
    assert [d.number for d in log.all()] == [1, 2]
    assert log.all() == [first, second]
    connection = sqlite3.connect(log.path)
    for statement in ("UPDATE decision SET value = 'x'", "DELETE FROM decision"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)


def test_a_log_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "decisions.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DataError, match="newer finemesh"):
        DecisionLog(path).append("judgement", "a", "b", "same")
    assert path.read_bytes() == before


def test_a_file_that_is_no_log_is_told(tmp_path):
    path = tmp_path / "decisions.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DataError, match="cannot be read or written"):
        DecisionLog(path).all()
