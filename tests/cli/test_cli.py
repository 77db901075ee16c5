"""The command line as its users meet it: what it prints, how it fails, with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from finemesh.cli import _COMMANDS, cli

ROOT = Path(__file__).parents[2]


def run(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "finemesh", *map(str, args)], capture_output=True, text=True, cwd=cwd, timeout=300
    )


def objects(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def ask(small_case):
    def call(*args: str) -> list[dict]:
        result = CliRunner().invoke(
            cli, ["-c", str(small_case.folder.root), *args, "--json"], catch_exceptions=False, standalone_mode=False
        )
        return objects(result.stdout)

    return call


def test_from_an_empty_folder_to_an_answer(tmp_path, small_files):
    case = tmp_path / "my-case"
    assert run("init", case).returncode == 0
    added = run("-c", case, "add", small_files, "--json")
    assert {o["kind"] for o in objects(added.stdout)} == {"list", "document"}
    assert "5 files in the case, 5 of them new" in added.stderr
    built = run("-c", case, "build")
    assert built.returncode == 0
    assert "Reading (5) ..." in built.stderr
    assert "Reading" not in built.stdout
    assert "Nothing has changed" in run("-c", case, "build").stdout
    below = case / "archive"
    shown = run("coverage", "--entity", "Htoo Group of Companies", "--as-of", "2022-09-22", cwd=below)
    assert "HTOO GROUP OF COMPANIES" in shown.stdout
    assert "as of 2022-09-22" in shown.stdout
    verified = run("-c", case, "verify", "--json")
    assert verified.returncode == 0
    assert objects(verified.stdout)[0]["failed"] == 0


def test_tampering_makes_verify_fail(tmp_path, small_files):
    case = tmp_path / "case"
    run("init", case)
    run("-c", case, "add", small_files)
    run("-c", case, "build")
    victim = next(p for p in (case / "archive").rglob("*") if p.is_file() and p.name != "sources.jsonl")
    victim.chmod(0o644)
    victim.write_bytes(victim.read_bytes() + b" ")
    result = run("-c", case, "verify")
    assert result.returncode == 1
    assert victim.name in result.stdout
    assert "its hash is another one" in result.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["status"], 1, "no case here"),
        (["frobnicate"], 2, "No such command: 'frobnicate'"),
        (["covrage"], 2, "Did you mean 'coverage'?"),
        (["gaps"], 2, "Missing option"),
        (["screen"], 2, "Missing argument"),
        (["screen", "x", "--threshold", "7"], 2, "Invalid value"),
        (["init", "/proc/nowhere/case"], 1, "cannot make a case"),
    ],
)
def test_failures_say_what_and_what_to_do(tmp_path, args, code, said):
    result = run(*args, cwd=tmp_path)
    assert result.returncode == code
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["coverage"], "nobody to look up"),
        (["coverage", "--entity", "x", "--as-of", "then"], "not a date: 'then'"),
        (["coverage", "--entity", "x", "--authority", "XX"], "unknown authority: 'XX'"),
        (["check", "nothing"], "no such document: 'nothing'"),
        (["entity", "nobody"], "no such entity: 'nobody'"),
        (["claims", "note-on"], "perhaps: note-on-brokers"),
    ],
)
def test_questions_that_cannot_be_answered(small_case, args, said):
    result = run("-c", small_case.folder.root, *args)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_traceback_is_shown_only_when_it_is_asked_for(tmp_path):
    assert "Traceback" in run("--debug", "status", cwd=tmp_path).stderr


EVIDENCE = {"sha256", "source", "locator", "quote"}
CELL = {"state", "designated", "delisted", "programme", "reference", "dataset", "snapshot", "evidence"}


def test_screen_has_the_contracts_shape(ask):
    first, second = ask("screen", "Tay Za", "Htoo Group of Companies")
    assert first["query"] == "Tay Za"
    assert second["results"][0]["id"] == "ofac-35765"
    result = first["results"][0]
    assert {"id", "caption", "schema", "score", "datasets", "authorities", "explanation"} <= result.keys()
    assert 0 <= result["score"] <= 1
    assert all({"part", "score", "weight", "left", "right"} <= p.keys() for p in result["explanation"])


def test_coverage_and_gaps_have_the_contracts_shape(ask):
    (row,) = ask("coverage", "--entity", "Tay Za", "--as-of", "2022-09-22", "--authority", "US,EU")
    assert {"query", "target", "as_of", "cells"} <= row.keys()
    assert list(row["cells"]) == ["US", "EU"]
    assert row["cells"]["US"].keys() >= CELL
    assert all(e.keys() == EVIDENCE for e in row["cells"]["US"]["evidence"])
    assert row["target"].keys() == {"id", "caption", "schema"}
    assert ask("gaps", "--listed-by", "US", "--not-by", "EU") == []


def test_claims_mentions_and_check_have_the_contracts_shape(ask):
    claims = ask("claims", "note-on-brokers")
    wanted = {"doc", "type", "quote", "args", "stance", "speaker", "start", "end", "offset", "page", "sha256"}
    assert claims
    assert all(c.keys() >= wanted | {"entities", "method"} for c in claims)
    mentions = ask("mentions", "note-on-brokers.txt")
    assert any(m.get("text") == "Htoo Group of Companies" and m["entity"] for m in mentions)
    assert all({"doc", "start", "end", "type", "text", "entity"} <= m.keys() for m in mentions if "relation" not in m)
    check = ask("check", "note-on-brokers")
    assert all({"claim", "verdict", "as_of", "cell", "match", "note"} <= c.keys() for c in check)


def test_the_graphs_answers_have_the_contracts_shape(ask, small_case, tmp_path):
    (path,) = ask("path", "Min Aung Hlaing", "Htoo Group of Companies")
    assert len(path["hops"]) == 2
    assert all({"from", "to", "relation", "stance", "speaker", "evidence"} <= hop.keys() for hop in path["hops"])
    roles = ask("roles", "--organisation", "Htoo Group of Companies")
    shape = {"holder", "role", "organisation", "counterpart", "start", "end", "status", "evidence"}
    assert roles
    assert all(shape <= role.keys() for role in roles)
    assert ask("timeline", "Tay Za")[0]["date"] == "1964-07-18"
    assert ask("ownership", "Tay Za") == []
    facts = ask("facts", "Tay Za")
    assert {"fact", "type", "independent", "speakers", "differences", "denied"} <= facts[0].keys()
    (done,) = ask("export", "--format", "gexf", "-o", str(tmp_path / "x.gexf"))
    assert (done["claims"], done["rejected"]) == (0, 0)
    assert done["open"] > 0
    for words in (["facts"], ["roles"], ["timeline", "Tay Za"], ["path", "Tay Za", "Min Aung Hlaing"], ["claims"]):
        result = run("-c", small_case.folder.root, *words)
        assert (result.returncode, "Tay Z" in result.stdout or "Tay ZA" in result.stdout) == (0, True), words


def test_the_other_commands_print_json(ask):
    assert ask("status")[0]["counts"]["documents"] == 2
    assert ask("datasets")[0]["dataset"] == "us_ofac_sdn"
    assert {i["code"] for i in ask("issues")} >= {"missing-file"}
    assert ask("entity", "ofac-34663")[0]["caption"] == "Tay ZA"


def test_the_matrix_as_csv_and_xlsx(small_case, tmp_path):
    import csv
    import io

    from openpyxl import load_workbook

    args = ["-c", str(small_case.folder.root), "coverage", "--entity", "Tay Za", "--as-of", "2022-09-22"]
    rows = list(csv.DictReader(io.StringIO(run(*args, "--format", "csv").stdout)))
    assert rows[0]["US state"] == "listed, date not published"
    assert rows[0]["US evidence"].startswith("sdn.csv, row 4")
    result = subprocess.run(
        [sys.executable, "-m", "finemesh", *args, "--format", "xlsx"], capture_output=True, timeout=60
    )
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(result.stdout)
    assert load_workbook(path).sheetnames == ["Coverage", "Details"]


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli)
    return [(name, cli.get_command(context, name)) for name in _COMMANDS]


@pytest.mark.parametrize(("name", "command"), commands(), ids=[n for n, _ in commands()])
def test_every_command_is_documented(name, command):
    assert command.help
    assert f"finemesh {name}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    if name != "serve":
        assert any(p.name == "as_json" for p in command.params), f"{name} has no --json"
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_one_name_is_screened_without_loading_what_is_not_needed(small_case):
    code = (
        "import sys; from finemesh.case import Case; "
        f"Case.open({str(small_case.folder.root)!r}).screen(['Tay Za']); "
        "print([m for m in ('followthemoney', 'trafilatura', 'starlette', 'lxml', 'rich', 'openpyxl') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert result.stdout.strip() == "[]"


def test_shell_completion_is_there():
    result = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'finemesh'; from finemesh.cli import main; main()"],
        env={"_FINEMESH_COMPLETE": "bash_source", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "complete -o nosort" in result.stdout
