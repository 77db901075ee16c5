"""Dossiers: every form says the same, every note stands where it says, and no word of a source becomes markup."""

from __future__ import annotations

import io
import json
import re

import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document
from lxml import html as lxml_html

from finemesh.cli import cli
from finemesh.model.errors import UserError
from finemesh.reports.dossier import FORMS, render, write_dossier
from finemesh.reports.dossier.content import Bullets, Dossier, Drawing, Grid, Note, Paragraph, Said, Section
from finemesh.reports.dossier.pdf import picture_png

DAY = "2024-05-03"
HOSTILE = '<script>alert(1)</script> #panic("x") *b* [a](javascript:x) | `c` $1$ \\ _d_ \x07 မြန်မာ 中国'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><circle cx="9" cy="9" r="5"/></svg>'


@pytest.fixture(scope="module")
def dossier(small_case) -> Dossier:
    return small_case.dossier("Htoo Group of Companies", as_of=DAY)


def pdf_text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(page.get_textpage().get_text_range() for page in pages)


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def texts(dossier: Dossier) -> dict[str, str]:
    return {
        "html": lxml_html.fromstring(render(dossier, "html")).text_content(),
        "md": render(dossier, "md").decode().replace("\\", ""),
        "docx": docx_text(render(dossier, "docx")),
        "pdf": pdf_text(render(dossier, "pdf")),
    }


def test_every_note_stands_where_it_says(small_case, dossier):
    assert len(dossier.notes) > 5
    for note in dossier.notes:
        assert small_case.context(note.sha256, note.locator)[1] == note.quote
    used = set(re.findall(r"\[\^(\d+)\](?!:)", render(dossier, "md").decode()))
    assert used == {str(note.number) for note in dossier.notes}
    hashes = {note.sha256 for note in dossier.notes}
    assert all(any(sha in source.text for source in dossier.sources) for sha in hashes)
    assert len(dossier.sources) == len(hashes)


def test_it_tells_designations_relations_and_what_is_not_known(dossier):
    headings = [section.heading for section in dossier.sections]
    for heading in ("Summary", "Designations", "Who it is", "Relations", "What is not known"):
        assert heading in headings
    first = dossier.sections[0].blocks[0].said.text
    assert first.startswith(f"On {DAY}, HTOO GROUP OF COMPANIES is listed by")
    unknown = next(s for s in dossier.sections if s.heading == "What is not known")
    told = " ".join(item.text for item in unknown.blocks[0].items)
    assert "No list is loaded of" in told and "judged by nobody" in told


def test_the_day_decides(small_case):
    before = small_case.dossier("Htoo Group of Companies", as_of="2021-08-18")
    assert (
        before.sections[0].blocks[0].said.text.startswith("On 2021-08-18, HTOO GROUP OF COMPANIES is on no loaded list")
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_and_the_same_again(dossier, form):
    data = render(dossier, form)
    assert data == render(dossier, form)
    told = texts(dossier)[form]
    plain = re.sub(r"\s+", " ", told)
    assert dossier.title in plain
    for section in dossier.sections:
        assert section.heading in plain
    flat = re.sub(r"[\s-]+", "", told)
    for note in dossier.notes:
        assert re.sub(r"[\s-]+", "", note.quote[:40]) in flat


def test_html_leads_to_its_notes_and_loads_nothing(dossier):
    tree = lxml_html.fromstring(render(dossier, "html"))
    targets = {a.get("href")[1:] for a in tree.xpath("//a[starts-with(@href, '#')]")}
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)) and targets <= set(ids)
    assert {f"n{note.number}" for note in dossier.notes} <= targets
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert not re.search(rb"url\(|@import", render(dossier, "html"))


def hostile() -> Dossier:
    said = Said(HOSTILE, (1,), HOSTILE)
    blocks = (
        Paragraph(said),
        Bullets((said,)),
        Grid(("A", HOSTILE), ((said, Said("- 1. x")),), (1, 2)),
        Drawing(SVG, HOSTILE, 40),
    )
    note = Note(1, HOSTILE, HOSTILE, "a" * 64, "row=1`;x=2")
    return Dossier(HOSTILE, HOSTILE, (Section(HOSTILE, blocks),), (note,), (said,))


def test_words_of_a_source_stay_words():
    found = hostile()
    tree = lxml_html.fromstring(render(found, "html"))
    assert not tree.xpath("//script") and not tree.xpath("//a[starts-with(@href, 'javascript')]")
    assert "<script>alert(1)</script>" in tree.text_content()
    markdown = render(found, "md").decode()
    assert "<script" not in markdown.replace("\\<script", "") and "](javascript" not in markdown.replace("\\](", "")
    assert '<script>alert(1)</script> #panic("x")' in docx_text(render(found, "docx"))
    assert "<script>alert(1)</script>" in pdf_text(render(found, "pdf"))


def test_the_picture_becomes_png():
    assert picture_png(SVG).startswith(b"\x89PNG")


def test_an_unknown_form_and_a_missing_folder_are_told(dossier, tmp_path):
    with pytest.raises(UserError, match="no such form"):
        write_dossier(dossier, tmp_path / "x.rtf")
    with pytest.raises(UserError, match="cannot write the dossier"):
        write_dossier(dossier, tmp_path / "no" / "x.md")
    write_dossier(dossier, tmp_path / "x.MD")
    assert [p.name for p in tmp_path.iterdir()] == ["x.MD"]


def test_the_command(small_case, tmp_path):
    run = CliRunner().invoke
    root = str(small_case.folder.root)
    done = run(cli, ["-c", root, "dossier", "Htoo Group", "--as-of", DAY, "-o", str(tmp_path / "h.pdf"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["party"] == "HTOO GROUP OF COMPANIES" and told["notes"] > 5
    assert (tmp_path / "h.pdf").read_bytes().startswith(b"%PDF")
    wrong = run(cli, ["-c", root, "dossier", "Htoo Group", "-o", str(tmp_path / "h.txt")])
    assert wrong.exit_code != 0 and not (tmp_path / "h.txt").exists()
