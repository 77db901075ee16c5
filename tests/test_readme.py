"""The README's example is run, and says what the README says that it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import click

from finemesh.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_prints_what_the_readme_shows(tmp_path, monkeypatch):
    code, shown = re.search(r"```python\n(.*?)```\s+```text\n(.*?)```", README, re.S).groups()
    monkeypatch.chdir(tmp_path)
    cli.main(["demo", "--no-serve", "--jobs", "1"], standalone_mode=False)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {})
    assert said.getvalue() == shown


def test_every_command_of_the_readme_exists():
    names = set(
        re.findall(r"finemesh(?: -c \S+)? ([a-z][a-z-]+)", " ".join(re.findall(r"```sh\n(.*?)```", README, re.S)))
    )
    assert names >= {"init", "add", "build", "coverage", "gaps", "check", "serve"}
    context = click.Context(cli)
    assert all(cli.get_command(context, name) for name in names)


def test_every_place_that_the_readme_names_is_there():
    places = [p for p in re.findall(r"\]\(([^)#]+)\)", README) if not p.startswith("http")]
    assert places
    assert [p for p in places if not (ROOT / p).exists()] == []


def test_every_goal_that_the_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    goals = set(re.findall(r"\bmake ([a-z]+)", README))
    assert goals >= {"demo", "test"}
    assert all(re.search(rf"^{goal}:", makefile, re.M) for goal in goals)
