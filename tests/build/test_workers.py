import os
import subprocess
import sys
import time

from finemesh.build.workers import run_tasks
from finemesh.model.errors import SourceError


def work(task: str) -> str:
    if task == "hang":
        time.sleep(60)
    if task == "spin":
        while True:
            pass
    if task == "wait":
        time.sleep(1.5)
    if task == "crash":
        os.abort()
    if task == "hungry":
        return "x" * (1 << 40)
    if task == "refuse":
        raise SourceError("not readable", where="row 3")
    if task == "bug":
        raise KeyError("oops")
    return task.upper()


def test_one_bad_task_fails_alone():
    tasks = ["a", "hang", "b", "crash", "c", "hungry", "refuse", "bug", "d"]
    outcomes = {o.task: o for o in run_tasks(work, tasks, 2, lambda task: 2.0 if task == "hang" else 60.0)}
    assert {t: outcomes[t].result for t in "abcd"} == {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert outcomes["hang"].failure == "it took too long and was given up"
    assert "killed (SIGABRT)" in outcomes["crash"].failure
    assert "memory" in outcomes["hungry"].failure
    assert outcomes["refuse"].failure == "not readable (row 3)"
    assert outcomes["bug"].failure == "KeyError: 'oops'"


def test_a_task_without_a_processor_is_given_longer_than_one_with_it():
    outcomes = {o.task: o for o in run_tasks(work, ["spin", "wait"], 2, lambda task: 0.5)}
    assert outcomes["spin"].died
    assert outcomes["wait"].result == "WAIT"


def test_no_tasks_no_processes():
    assert list(run_tasks(work, [], 2, lambda task: 1.0)) == []


def test_a_plain_script_may_build_a_case(tmp_path, small_files):
    script = tmp_path / "mine.py"
    script.write_text(
        "import sys, finemesh\n"
        "case = finemesh.init(sys.argv[1])\n"
        "case.add([sys.argv[2]])\n"
        "print([i.message for i in case.build(jobs=2).issues if i.severity == 'error'])\n"
        "print(len(case.claims()))\n"
    )
    command = [sys.executable, str(script), str(tmp_path / "case"), str(small_files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    errors, claims = done.stdout.splitlines()
    assert errors == "[]"
    assert int(claims) > 0
    assert "Traceback" not in done.stderr
