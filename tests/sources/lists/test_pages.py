"""The pages in docs/lists: one for each list, linked from the index, and every kind of issue explained."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from finemesh.model.dataset import DATASETS
from finemesh.sources.registry import readers

ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "docs" / "lists"
INDEX = (PAGES / "README.md").read_text(encoding="utf-8")
PAGE_OF = {
    "ftm_entities": "ftm.md",
    "ftm_statements": "ftm.md",
    "targets_simple": "ua_war_sanctions.md",
    "mapped_table": "../mapping.md",
}
"""Readers of formats, which serve many lists."""
WITHOUT_READER = {"jp_mof"}


def issue_codes() -> set[str]:
    """The codes of every issue that the sources and the build can raise, read from the code."""
    found = set()
    for room in ("sources", "build"):
        for path in (ROOT / "src" / "finemesh" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name in ("issue", "Issue") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


@pytest.mark.parametrize("reader", sorted(readers()))
def test_every_reader_has_a_page_that_the_index_names(reader: str) -> None:
    page = PAGE_OF.get(reader, f"{reader}.md")
    assert (PAGES / page).is_file()
    assert f"({page})" in INDEX


def test_every_dataset_stands_in_the_index() -> None:
    assert {name for name in DATASETS if f"`{name}`" not in INDEX} == set()
    assert {
        name for name in DATASETS if name not in readers() and not (PAGES / f"{name}.md").exists()
    } == WITHOUT_READER


@pytest.mark.parametrize("page", sorted(p.name for p in PAGES.glob("*.md") if p.name not in ("README.md", "ftm.md")))
def test_a_page_tells_what_it_must(page: str) -> None:
    text = (PAGES / page).read_text(encoding="utf-8")
    for part in ("**Publisher**", "**Where**", "**Checked with**", "**Dates**", "https://"):
        assert part in text, part
    assert re.search(r"\*\*Left out\*\*|\*\*Traps\*\*", text)


def test_every_kind_of_issue_is_explained() -> None:
    codes = issue_codes()
    assert len(codes) > 40
    assert {code for code in codes if f"`{code}`" not in INDEX} == set()


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for path in PAGES.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+\.md)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).is_file(), (path.name, target)
