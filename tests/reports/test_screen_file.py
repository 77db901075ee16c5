"""Whole tables are screened: every form in and out, stopped and gone on, in one process or several."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from finemesh.analysis.screen_rows import RowOptions
from finemesh.model.errors import SourceError, UserError
from finemesh.reports import screen_file as module
from finemesh.reports.row_files import open_rows, open_writer
from finemesh.reports.screen_file import screen_file, screen_rows, with_columns

ROWS = [
    {"nr": "7", "name": "Tay Za", "agent": "Htoo Group of Companies"},
    {"nr": "8", "name": "Nobody of That Name", "agent": ""},
    {"nr": "9", "name": "", "agent": "Min Aung Hlaing"},
    {"nr": "10", "name": "=cmd|' /C calc'!A0", "agent": "<b>Mín Aúng\x0bHlaing</b>"},
]
OPTIONS = RowOptions(("name", "agent"), id_column="nr")


@pytest.fixture(scope="session")
def derived(small_case):
    return small_case.folder.derived


def write(path, rows=ROWS):
    form = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".parquet": "parquet"}[path.suffix]
    writer = open_writer(path, form, list(rows[0]))
    for row in rows:
        writer.write(row)
    writer.close()
    return path


def best(derived, path, options=OPTIONS, **how) -> list[list[tuple[str, str, str | None]]]:
    file = open_rows(path)
    chunks = screen_rows(derived, file, with_columns(file, options), **how)
    return [
        [(a["qid"], a["column"], a["results"][0]["caption"] if a["results"] else None) for a in answers]
        for chunk in chunks
        for _, answers in chunk
    ]


EXPECTED = [
    [("7", "name", "Tay ZA"), ("7", "agent", "HTOO GROUP OF COMPANIES")],
    [("8", "name", None)],
    [("9", "agent", "Min Aung HLAING")],
    [("10", "name", None), ("10", "agent", "Min Aung HLAING")],
]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_form_is_read(derived, tmp_path, form):
    assert best(derived, write(tmp_path / f"rows.{form}")) == EXPECTED


def test_an_answer_has_the_contracts_shape(derived, tmp_path):
    file = open_rows(write(tmp_path / "rows.csv"))
    ((_, (answer, _)), *_) = next(screen_rows(derived, file, OPTIONS))
    assert answer.keys() == {"qid", "query", "column", "results"}
    assert {"id", "caption", "schema", "score", "datasets", "authorities", "explanation"} <= answer["results"][0].keys()
    assert answer["results"][0]["authorities"] == ["US"]


def test_rows_are_named_by_number_without_an_id_column(derived, tmp_path):
    found = best(derived, write(tmp_path / "rows.csv"), RowOptions(("name",)))
    assert [row[0][0] for row in found if row] == ["0", "1", "3"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_form_is_written(derived, tmp_path, form):
    out = tmp_path / f"out.{form}"
    done = screen_file(derived, write(tmp_path / "rows.csv"), out, OPTIONS)
    assert (done.rows, done.found, done.resumed) == (4, 3, 0)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["rows.csv", out.name])
    if form == "jsonl":
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert [line["qid"] for line in lines] == ["7", "7", "8", "9", "10", "10"]
        assert lines[0]["row"] == ROWS[0]
        return
    if form == "csv":
        rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    elif form == "xlsx":
        head, *lines = load_workbook(out).active.iter_rows(values_only=True)
        rows = [dict(zip(head, line, strict=True)) for line in lines]
    else:
        with duckdb.connect(":memory:") as connection:
            lines = connection.execute(f"SELECT * FROM '{out}'")
            rows = [dict(zip([d[0] for d in lines.description], line, strict=True)) for line in lines.fetchall()]
    assert [r["nr"] for r in rows] == ["7", "8", "9", "10"]
    assert [r["agent: match caption"] or None for r in rows] == [
        "HTOO GROUP OF COMPANIES", None, "Min Aung HLAING", "Min Aung HLAING",
    ]  # fmt: skip
    assert 0.5 < float(rows[0]["name: match score"]) <= 1
    assert "word: tay ~ tay" in rows[0]["name: match why"]


def test_columns_of_the_file_that_are_called_like_ours_stay(derived, tmp_path):
    path = write(tmp_path / "rows.csv", [{"name": "Tay Za", "match id": "mine"}])
    screen_file(derived, path, tmp_path / "out.csv", RowOptions(()))
    (row,) = csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8", newline=""))
    assert row["match id"] == "mine"
    assert row["match id 2"] == "ofac-34663"


def test_what_was_stopped_goes_on(derived, tmp_path, monkeypatch):
    path = write(tmp_path / "rows.csv", [{"name": f"Tay Za {n}" if n % 2 else "Tay Za"} for n in range(60)])
    monkeypatch.setattr(module, "CHUNK", 10)
    screen_file(derived, path, tmp_path / "whole.csv", RowOptions(()), jobs=1)

    def stop(what, done, total):
        if done == 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_file(derived, path, tmp_path / "out.csv", RowOptions(()), jobs=1, progress=stop)
    assert not (tmp_path / "out.csv").exists()
    with (tmp_path / "out.csv.part").open("ab") as part:
        part.write(b'["half a line')
    done = screen_file(derived, path, tmp_path / "out.csv", RowOptions(()), jobs=1)
    assert (done.rows, done.resumed) == (60, 20)
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_other_options_begin_anew(derived, tmp_path, monkeypatch):
    path = write(tmp_path / "rows.csv", [{"name": "Tay Za"}] * 30)
    monkeypatch.setattr(module, "CHUNK", 10)

    def stop(what, done, total):
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_file(derived, path, tmp_path / "out.csv", RowOptions(()), jobs=1, progress=stop)
    done = screen_file(derived, path, tmp_path / "out.csv", RowOptions((), threshold=0.9), jobs=1)
    assert (done.rows, done.resumed) == (30, 0)


@pytest.mark.slow
def test_several_processes_find_the_same(derived, tmp_path, monkeypatch):
    rows = [{"name": ("Tay Za", "Min Aung Hlaing", "Somebody Else")[n % 3], "nr": str(n)} for n in range(120)]
    path = write(tmp_path / "rows.csv", rows)
    monkeypatch.setattr(module, "CHUNK", 20)
    options = RowOptions(("name",), "nr")
    assert best(derived, path, options, jobs=2) == best(derived, path, options, jobs=1)


@pytest.mark.slow
def test_what_was_killed_goes_on_and_leaves_no_process_behind(derived, tmp_path):
    rows = [{"name": ("Tay Za", "Min Aung Hlaing", f"Somebody Else {n}")[n % 3]} for n in range(6000)]
    path = write(tmp_path / "rows.csv", rows)
    screen_file(derived, path, tmp_path / "whole.csv", RowOptions(()), jobs=1)
    command = [sys.executable, "-c", KILLED, str(derived), str(path), str(tmp_path / "out.csv"), str(tmp_path / "pids")]
    process = subprocess.Popen(command)
    state, workers = tmp_path / "out.csv.progress", tmp_path / "pids"
    while process.poll() is None and not (workers.exists() and state.exists()):
        time.sleep(0.01)
    process.kill()
    process.wait()
    left = [int(pid) for pid in workers.read_text("utf-8").split()]
    for _ in range(1000):
        left = [pid for pid in left if is_running(pid)]
        if not left:
            break
        time.sleep(0.02)
    assert not left
    done = screen_file(derived, path, tmp_path / "out.csv", RowOptions(()), jobs=1)
    assert (done.rows, done.resumed > 0) == (6000, True)
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


KILLED = """
import multiprocessing, sys
from pathlib import Path
from finemesh.analysis.screen_rows import RowOptions
from finemesh.reports import screen_file as module

def told(what, done, total):
    workers = multiprocessing.active_children()
    Path(sys.argv[4]).write_text(" ".join(str(worker.pid) for worker in workers))

if __name__ == "__main__":
    module.CHUNK = 20
    module.screen_file(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), RowOptions(()), 2, told)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_file_that_grows_is_noticed(derived, tmp_path, monkeypatch):
    path = write(tmp_path / "rows.csv", [{"name": "Tay Za"}] * 30)
    monkeypatch.setattr(module, "CHUNK", 10)
    file = open_rows(path)
    chunks = screen_rows(derived, file, with_columns(file, RowOptions(())), jobs=1)
    next(chunks)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("Soe Win\n")
    with pytest.raises(SourceError, match="changed while it was read"):
        list(chunks)


@pytest.mark.parametrize(
    ("name", "text", "options", "error", "said"),
    [
        ("a.csv", "name,x\nTay Za,1\n", RowOptions(("nmae",)), UserError, "no column 'nmae'"),
        ("a.csv", "name,x\nTay Za,1\n", RowOptions(("name",), id_column="id"), UserError, "no column 'id'"),
        ("a.csv", "x,y\nTay Za,1\n", RowOptions(()), UserError, "not clear which column"),
        ("a.csv", "", RowOptions(()), SourceError, "empty"),
        ("a.csv", "\n\n", RowOptions(()), SourceError, "no column names"),
        ("a.doc", "name\n", RowOptions(()), UserError, "not read here"),
        ("a.xlsx", "not a workbook", RowOptions(()), SourceError, "workbook cannot be read"),
    ],
)
def test_files_that_cannot_be_screened(derived, tmp_path, name, text, options, error, said):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=said):
        screen_file(derived, tmp_path / name, tmp_path / "out.csv", options)
    assert not (tmp_path / "out.csv").exists()


def test_the_file_itself_is_never_replaced(derived, tmp_path):
    path = write(tmp_path / "rows.csv")
    with pytest.raises(UserError, match="would replace"):
        screen_file(derived, path, path, OPTIONS)


def test_broken_lines_are_told_and_the_rest_is_screened(derived, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"name": "Tay Za"}\n{"name": \n[1]\n{"name": ["x", "Tay Za"]}\n', encoding="utf-8"
    )
    done = screen_file(derived, tmp_path / "a.jsonl", tmp_path / "out.jsonl", RowOptions(()))
    assert (done.rows, done.found, len(done.problems)) == (2, 2, 2)


AWKWARD = (
    "A" * 10_000, "min aung hlaing " * 700, "م" * 10_000, "李" * 10_000, "ထွန်း" * 2_000, "a b " * 5_000, "Z̷̧̛a̶l̴g̵o̶" * 300,
    "😀😀", "; ; ;", "a.k.a.", "@", "-", "'; DROP TABLE x;--", "<script>alert(1)</script>",
)  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
def test_awkward_names_have_an_answer_and_stay_as_they_are(derived, tmp_path, form):
    marked = ["Tay Za 😀", "\u202eTay Za\u202c", "\u200fTay\u200f Za", "ＴＡＹ ＺＡ", "\ufeffTay Za"]
    path = write(tmp_path / f"rows.{form}", [{"name": name} for name in (*marked, *AWKWARD)])
    out = tmp_path / f"out.{form}"
    done = screen_file(derived, path, out, RowOptions(()), jobs=1)
    assert done.rows == len(marked) + len(AWKWARD)
    answers = best(derived, path, RowOptions(()), jobs=1)
    assert [found for ((_, _, found),) in answers[: len(marked)]] == ["Tay ZA"] * len(marked)
    assert [row["name"] for row in open_rows(path).rows()][: len(marked)] == [
        row["name"] if form != "jsonl" else row["row"]["name"] for row in open_rows(out).rows()
    ][: len(marked)]


def test_problems_are_told_as_rows_are_given_out(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"name": "Tay Za"}\n{"name": \n', encoding="utf-8")
    problems: list[str] = []
    assert len(list(open_rows(tmp_path / "a.jsonl", problems).rows())) == 1
    assert len(problems) == 1


def test_broken_utf8_and_nul_bytes(derived, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name\nTay Z\x00a\n\xff\xfeTay Za\n")
    done = screen_file(derived, tmp_path / "a.csv", tmp_path / "out.csv", RowOptions(()))
    assert done.rows == 2


def test_a_sheet_of_typed_cells(derived, tmp_path):
    book = Workbook()
    book.active.append(["name", "n", "when"])
    book.active.append(["Tay Za", 3.0, None])
    book.save(tmp_path / "a.xlsx")
    done = screen_file(derived, tmp_path / "a.xlsx", tmp_path / "out.xlsx", RowOptions(()))
    assert (done.rows, done.found) == (1, 1)
