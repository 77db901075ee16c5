"""Kills, full disks, read-only folders, damaged and newer files: no acknowledged decision is lost, none comes twice."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.namesakes import make_namesakes

from finemesh.case import Case
from finemesh.model.errors import DataError, FinemeshError

_WORK = """
import itertools, sys
from pathlib import Path
from finemesh.case import Case
from finemesh.store.decisions import DecisionLog
what, root, other = sys.argv[1:4]
case = Case.open(root)
case.reader.rows("SELECT 1 FROM entities")
print("ready", flush=True)
for number in itertools.count():
    if what == "decide":
        for item in case.decide(f"fsf-{number % 4}", f"seco-{number % 4}", "same", who="w").decisions:
            print(item.id, flush=True)
    elif what == "merge":
        found = DecisionLog(Path(other)).append("judgement", f"fsf-{number % 4}", "seco-9", "unsure", who="o")
        case.merge_decisions(other)
        print(found.id, flush=True)
    else:
        for item in case.decide("fsf-0-2", "seco-0", "unsure", who="b", settle=False).decisions:
            print(item.id, flush=True)
        (case.folder.derived / "build.json").unlink(missing_ok=number % 2 == 0) if number % 3 == 0 else None
        case.build(jobs=1)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Case:
    return make_namesakes(tmp_path_factory.mktemp("faults"), 4)


@pytest.fixture
def case(built, tmp_path) -> Case:
    shutil.copytree(built.folder.root, tmp_path / "case")
    return Case.open(tmp_path / "case")


def _killed(what: str, case: Case, other: Path, delay: float) -> list[str]:
    """Run the work and kill it; returns the ids that it acknowledged."""
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORK, what, str(case.folder.root), str(other)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    time.sleep(delay)
    worker.kill()
    out, _ = worker.communicate()
    return [line for line in out.split("\n")[:-1] if len(line) == 32]


def _harness(case: Case, tmp_path: Path, kills: int, seed: int) -> int:
    chance, other = random.Random(seed), tmp_path / "other.db"
    acknowledged: list[str] = []
    for number in range(kills):
        what = ("decide", "merge", "build")[number % 3]
        acknowledged += _killed(what, case, other, chance.uniform(0, 0.6))
        ids = [d.id for d in case.decisions()]
        assert len(ids) == len(set(ids)), "a decision stands twice"
        assert set(acknowledged) <= set(ids), f"a decision was lost in {what}"
        again = Case.open(case.folder.root)
        again.build(jobs=1)
        assert {r["cluster"] for r in again.reader.rows("SELECT cluster FROM entities")}
        again.close()
    return len(acknowledged)


@pytest.mark.slow
def test_six_kills_lose_nothing(case, tmp_path):
    assert _harness(case, tmp_path, 6, 1) > 0


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("FINEMESH_KILLS") is None, reason="long: FINEMESH_KILLS=200 asks for 200 kills")
def test_many_kills_lose_nothing(case, tmp_path):
    assert _harness(case, tmp_path, int(os.environ["FINEMESH_KILLS"]), 2) > 0


def test_a_newer_log_is_left_alone(case):
    case.decide("fsf-0", "seco-0", "same")
    with sqlite3.connect(case.folder.decisions) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = case.folder.decisions.read_bytes()
    for act in (
        case.decisions,
        lambda: case.decide("fsf-1", "seco-1", "same"),
        lambda: case.undo(1),
        lambda: case.build(jobs=1),
    ):
        with pytest.raises(DataError, match="newer finemesh"):
            act()
    assert case.folder.decisions.read_bytes() == before


def test_a_damaged_log_is_said_and_left_alone(case):
    case.decide("fsf-0", "seco-0", "same")
    case.folder.decisions.write_bytes(b"no longer a database" * 400)
    before = case.folder.decisions.read_bytes()
    with pytest.raises(DataError, match="cannot be read"):
        case.decisions()
    with pytest.raises(DataError):
        case.decide("fsf-1", "seco-1", "same")
    assert case.folder.decisions.read_bytes() == before


@pytest.mark.parametrize("name", ["candidates.parquet", "records.parquet", "entities.parquet", "proposals.parquet"])
def test_a_damaged_derived_file_is_said_and_made_again_without_losing_a_decision(case, name):
    case.decide("fsf-0", "seco-0", "same")
    good = (case.folder.derived / name).read_bytes()
    case.close()
    (case.folder.derived / name).write_bytes(b"PAR1 damaged")
    if name in ("candidates.parquet", "records.parquet"):
        with pytest.raises(DataError, match="finemesh build"):
            case.decide("fsf-1", "seco-1", "unsure")
        case.undo(2, settle=False)
    case.build(jobs=1)
    assert (case.folder.derived / name).read_bytes() == good
    assert case.decisions()[0].value == "same"


def test_a_derived_folder_that_is_gone_is_made_again(case):
    case.decide("fsf-0", "seco-0", "same")
    case.close()
    shutil.rmtree(case.folder.derived)
    with pytest.raises(DataError, match="not built"):
        case.decide("fsf-1", "seco-1", "same")
    case.build(jobs=1)
    parties = {r["entity"]: r["cluster"] for r in case.reader.rows("SELECT entity, cluster FROM entities")}
    assert parties["fsf-0"] == parties["seco-0"]


_READ_ONLY = """
import os, sys
from finemesh.case import Case
from finemesh.model.errors import FinemeshError
case = Case.open(sys.argv[1])
case.reader.rows("SELECT 1 FROM entities")
import numpy, finemesh.build.run, finemesh.resolution.judgements, finemesh.store.decisions  # while they may be read
import encodings.idna, encodings.utf_8, sqlite3
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for act in (lambda: case.decide("fsf-0", "seco-0", "same"), lambda: case.undo(1), lambda: case.build(jobs=1)):
    try:
        act()
        print("done")
    except FinemeshError as error:
        print(type(error).__name__, str(error).replace(chr(10), " "))
print("log", [d.value for d in case.decisions()])
"""


@pytest.mark.parametrize("kept", [0, 1])
def test_a_read_only_folder_is_said_and_can_still_be_read(case, kept):
    """As a user who may not write: root may write everywhere, so that the process gives up its rights first."""
    for number in range(kept):
        case.decide(f"fsf-{number + 1}", f"seco-{number + 1}", "same")
    case.close()
    folders = [case.folder.root, *(p for p in case.folder.root.rglob("*") if p.is_dir())]
    above = [p for p in case.folder.root.parents if p.stat().st_uid == os.geteuid() and not p.stat().st_mode & 0o001]
    files = [p for p in case.folder.root.rglob("*") if p.is_file()]
    modes = {p: p.stat().st_mode for p in [*folders, *above, *files]}
    try:
        for path in files:
            path.chmod(0o444)
        for path in folders:
            path.chmod(0o555)
        for path in above:
            path.chmod(modes[path] | 0o011)
        run = [sys.executable, "-c", _READ_ONLY, str(case.folder.root)]
        done = subprocess.run(run, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        out = done.stdout.splitlines()
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert out[0].startswith(("UserError", "DataError")) and str(case.folder.root) in out[0]
    assert out[-1] == f"log {['same'] * kept}"
    assert len(case.decisions()) == kept
    assert case.decide("fsf-0", "seco-0", "same").settled


_FULL = """
import resource, signal, sys
from finemesh.case import Case
from finemesh.model.errors import FinemeshError
case = Case.open(sys.argv[1])
case.reader.rows("SELECT 1 FROM entities")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    case.decide("fsf-0", "seco-0", "same")
    print("done")
except FinemeshError as error:
    print(type(error).__name__, str(error).replace(chr(10), " "))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no such limit here")
@pytest.mark.parametrize("limit", [0, 100, 5_000, 20_000])
def test_a_full_disk_is_said_and_nothing_is_half_written(case, limit):
    """Files may not grow beyond a limit, as on a disk that is full at that moment."""
    case.close()
    out = subprocess.run(
        [sys.executable, "-c", _FULL, str(case.folder.root), str(limit)], capture_output=True, text=True, check=True
    ).stdout
    assert "Traceback" not in out
    decisions = case.decisions()
    if out.startswith("done"):
        assert len(decisions) == 1
    else:
        assert out.split()[0] in ("UserError", "DataError")
        assert len(decisions) == ("are kept" in out)
    try:
        case.build(jobs=1)
    except FinemeshError:
        pytest.fail("the case does not open after a full disk")
    assert case.decide("fsf-1", "seco-1", "same").settled
