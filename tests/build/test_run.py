"""The way through a build: again, in part, stopped, damaged, in another order."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.small_case import SNAPSHOTS, write_small_case

from finemesh.build.intake import Origin
from finemesh.build.workers import Outcome, run_tasks
from finemesh.case import Case
from finemesh.model.errors import ConflictError, DataError, UserError


def new_case(tmp_path, *paths, name="case") -> Case:
    case = Case.init(tmp_path / name)
    if paths:
        case.add(paths)
    return case


def derived_hashes(case: Case) -> dict[str, str]:
    root = case.folder.derived
    return {
        str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }


def codes(case: Case) -> set[str]:
    return {issue.code for issue in case.issues()}


def test_nothing_changed_means_nothing_done(tmp_path, small_files):
    case = new_case(tmp_path, small_files)
    assert not case.build(jobs=1).unchanged
    before = derived_hashes(case)
    report = case.build(jobs=1)
    assert report.unchanged
    assert derived_hashes(case) == before


def test_only_what_is_new_is_read(tmp_path, small_files):
    case = new_case(tmp_path, small_files / "lists")
    assert case.build(jobs=1).read == 3
    case.add([small_files / "documents"])
    report = case.build(jobs=1)
    assert (report.read, report.kept) == (2, 3)


def test_a_rebuild_from_the_archive_gives_the_same_bytes(tmp_path, small_files):
    case = new_case(tmp_path, small_files / "lists")
    case.build(jobs=1)
    case.add([small_files / "documents"])
    case.build(jobs=1)
    before = derived_hashes(case)
    shutil.rmtree(case.folder.derived)
    case.build(jobs=2)
    assert derived_hashes(case) == before


def test_the_order_of_adding_changes_nothing(tmp_path, small_files):
    forward, backward = new_case(tmp_path, name="1"), new_case(tmp_path, name="2")
    files = sorted(p for p in small_files.rglob("*") if p.is_file())
    for path in files:
        forward.add([path])
    for path in reversed(files):
        backward.add([path])
    forward.build(jobs=1)
    backward.build(jobs=1)
    assert derived_hashes(forward) == derived_hashes(backward)


def test_derived_files_that_are_damaged_or_gone_are_made_again(tmp_path, small_files):
    case = new_case(tmp_path, small_files)
    case.build(jobs=1)
    before = derived_hashes(case)
    (case.folder.derived / "statements.parquet").write_bytes(b"PAR1 broken")
    case.close()
    with pytest.raises(DataError, match="delete derived/"):
        case.entity("ofac-34663")
    shutil.rmtree(case.folder.derived)
    case.close()
    with pytest.raises(DataError, match="not built yet"):
        case.documents()
    case.build(jobs=1)
    assert derived_hashes(case) == before


def test_an_empty_case_builds(tmp_path):
    case = new_case(tmp_path)
    case.build(jobs=1)
    assert case.documents() == []
    assert case.datasets() == []
    assert case.screen(["Tay Za"]) == [[]]
    assert case.verify(jobs=1).as_json() == {"checked": 0, "artifacts": 0, "failed": 0, "failures": []}


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t ",
    "binary.bin": os.urandom(4096),
    "binary.txt": b"\x00\x01\x02" * 100,
    "latin.txt": "Tay Za war nicht überall".encode("cp1252"),
    "broken.xml": b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1",
    "strange.csv": b"what,is,this\n1,2,3\n",
    "noise.html": b"<html><body>" + b"<div>" * 3000 + b"deep</body>",
    "fake.xlsx": b"PK\x03\x04 no workbook",
    "long-name.txt": b"Tay Za " + b"A" * 10_000 + b" was there.",
    "unclosed.csv": b'name,notes\nTay Za,"never closed' + b"x" * 1_200_000,
}


def test_bad_files_give_issues_and_the_rest_is_kept(tmp_path, small_files):
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    truncated = folder / "2023-06-29"
    truncated.mkdir()
    (truncated / "sdn.csv").write_bytes(SNAPSHOTS["2022-06-28"].encode()[:-40])
    case = new_case(tmp_path, small_files, folder)
    report = case.build(jobs=1)
    told = {issue.source for issue in report.issues}
    assert {"empty.txt", "blank.txt", "binary.bin", "binary.txt", "strange.csv", "fake.xlsx"} <= told
    assert all(issue.message for issue in report.issues)
    assert {"latin", "long-name", "note-on-brokers", "army-and-friends"} <= {d.doc for d in case.documents()}
    assert case.verify(jobs=1).failed == 0
    assert case.coverage(["Htoo Group of Companies"], as_of="2024-06-01")[0].cells["US"].state.in_force


def test_a_folder_of_many_small_files(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:04}.txt").write_text(f"Note {number}\n\nTay Za was seen in {number}.\n")
    case = new_case(tmp_path, folder)
    assert case.build(jobs=2).counts["documents"] == 300
    assert case.verify(jobs=2).failed == 0


@pytest.mark.slow
def test_a_document_of_fifty_megabytes(tmp_path, small_files):
    path = tmp_path / "large.txt"
    line = "Htoo Group of Companies has been sanctioned by the US, and nobody knows since when it had been expected. "
    paragraphs = 50_000_000 // (len(line) * 20)
    path.write_text("A large document\n\n" + (line * 20 + "\n\n") * paragraphs)
    case = new_case(tmp_path, path, small_files / "lists")
    report = case.build(jobs=1)
    assert report.counts["documents"] == 1
    assert report.counts["mentions"] == 20 * paragraphs
    assert 0 < report.counts["claims"] < report.counts["mentions"]
    (issue,) = [i for i in report.issues if i.source == "large.txt"]
    assert "1,000,000 of 50," in issue.message and issue.locator.startswith("chars=1000000-")


def test_a_second_build_is_refused_while_one_runs(tmp_path, small_files):
    case = new_case(tmp_path, small_files)
    with case.folder.lock("build"), pytest.raises(ConflictError, match="in use"):
        case.build(jobs=1)
    case.build(jobs=1)
    assert case.documents()


def start_build(case: Case) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "finemesh", "-c", str(case.folder.root), "build"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_loses_nothing(tmp_path, small_files, how):
    reference = new_case(tmp_path, small_files, name="reference")
    reference.build(jobs=1)
    wanted = derived_hashes(reference)
    case = new_case(tmp_path, small_files)
    for wait in (0.0, 0.3, 0.6, 1.0, 1.5, 2.5):
        process = start_build(case)
        said = process.stderr.readline()  # it has begun: an interpreter that is still starting cannot speak for itself
        time.sleep(wait)
        process.send_signal(how)
        said += process.communicate(timeout=60)[1]
        assert "Traceback" not in said
    case.build(jobs=1)
    assert derived_hashes(case) == wanted


def test_an_old_answer_stays_until_the_new_one_is_complete(tmp_path, small_files, monkeypatch):
    case = new_case(tmp_path, small_files)
    case.build(jobs=1)
    before = derived_hashes(case)
    extra = tmp_path / "extra.txt"
    extra.write_text("Another note\n\nTay Za again.\n")
    case.add([extra])

    def fail(*args, **kwargs):
        raise UserError("the disk is full")

    monkeypatch.setattr("finemesh.build.merge.merge_snapshots", fail)
    with pytest.raises(UserError, match="disk is full"):
        case.build(jobs=1)
    tables = {k: v for k, v in derived_hashes(case).items() if not k.startswith("parts/")}
    assert tables == {k: v for k, v in before.items() if not k.startswith("parts/")}
    monkeypatch.undo()
    assert case.build(jobs=1).counts["documents"] == 3


def test_what_the_user_says_goes_before_what_the_file_says(tmp_path, small_files):
    case = new_case(tmp_path)
    added = case.add([small_files / "lists" / "2022-06-28"], Origin(snapshot="2022-07-01", dataset="us_ofac_sdn"))
    assert [(s.snapshot, s.snapshot_basis) for s in added.sources] == [("2022-07-01", "given")]
    case.add([small_files / "documents"], Origin(published="2020-02", publisher="Somebody", url="https://example.org"))
    case.build(jobs=1)
    document = case.documents()[0]
    assert (document.published, document.publisher, document.url) == ("2020-02", "Somebody", "https://example.org")
    with pytest.raises(UserError, match="--snapshot: not a date"):
        case.add([small_files], Origin(snapshot="soon"))
    with pytest.raises(UserError, match="no such file or folder"):
        case.add([tmp_path / "nowhere"])


def test_hidden_files_and_links_out_of_the_folder_are_not_taken(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "a.txt").write_text("Words\n\nhere.")
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    case = new_case(tmp_path, folder)
    assert [s.name for s in case.archive.sources()] == ["a.txt"]


def test_tampering_with_the_archive_is_found_and_named(tmp_path, small_files):
    case = new_case(tmp_path, small_files)
    case.build(jobs=1)
    good = case.verify(jobs=1)
    assert good.failed == 0
    assert good.checked > 50
    source = next(s for s in case.archive.sources() if s.name == "sdn.csv" and s.snapshot == "2022-06-28")
    path = case.archive.path(source.sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"HTOO", b"HTOA"))
    bad = case.verify(jobs=1)
    assert bad.failed > 0
    assert [(f.sha256, f.source) for f in bad.failures] == [(source.sha256, "sdn.csv")]
    assert "its hash is another one" in bad.failures[0].why
    path.unlink()
    assert "not there" in case.verify(jobs=1).failures[0].why


def test_evidence_that_does_not_hold_is_rejected_when_it_is_read(tmp_path, small_files, monkeypatch):
    from finemesh.build import work

    real = work.check
    monkeypatch.setattr(
        work, "check", lambda path, name, rows: [*real(path, name, rows), (0, "other words stand there")]
    )
    case = Case.init(tmp_path / "case")
    case.add([small_files / "lists" / "2024-05-03"])
    from finemesh.build.plan import pieces

    piece = pieces(case.archive.sources())[0]
    work.read_piece(work.ReadTask(piece, case.archive.root, case.folder.derived / "parts"))
    report = work.read_report(work.Parts(case.folder.derived / "parts").report(piece.key))
    assert [i["code"] for i in report["issues"] if i["severity"] == "error"] == ["not-verified"]


def test_small_case_files_are_what_they_say(tmp_path):
    files = {p.name for p in write_small_case(tmp_path).rglob("*") if p.is_file()}
    assert files == {"sdn.csv", "note-on-brokers.txt", "army-and-friends.html"}
    assert Path(tmp_path / "lists").is_dir()


def test_what_a_killed_process_did_not_read_is_read_by_the_next_build(tmp_path, small_files, monkeypatch):
    case = new_case(tmp_path, small_files)
    whole = new_case(tmp_path, small_files, name="whole")
    whole.build(jobs=1)

    def killed_once(function, tasks, jobs, time_limit):
        lost, *rest = tasks
        yield Outcome(lost, None, "the process that read it was killed (SIGTERM)", died=True)
        yield from run_tasks(function, rest, jobs, time_limit)

    with monkeypatch.context() as patch:
        patch.setattr("finemesh.build.run.run_tasks", killed_once)
        first = case.build(jobs=1)
    assert [i.message for i in first.issues if i.severity == "error"] == [
        "the process that read it was killed (SIGTERM)"
    ]
    second = case.build(jobs=1)
    assert second.read == 1
    assert not [i for i in second.issues if i.severity == "error"]
    assert derived_hashes(case) == derived_hashes(whole)
    assert case.build(jobs=1).unchanged
