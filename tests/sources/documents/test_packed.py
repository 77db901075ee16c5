"""Documents within a ZIP or a message become documents of the case."""

from datetime import date
from email.message import EmailMessage

import pytest
from tests.sources.documents.samples import docx, paragraph, pdf, zipped

from finemesh.build.intake import Origin, add
from finemesh.model.errors import SourceError
from finemesh.sources.documents import packed
from finemesh.sources.probe import Probe
from finemesh.store.archive import Archive


def taken(tmp_path, name, raw):
    path = tmp_path / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(raw)
    return add(Archive(tmp_path / "archive"), [path], Origin(publisher="Someone"), date(2024, 3, 1), lambda *_: None)


def test_the_documents_of_a_zip(tmp_path):
    raw = zipped(
        {
            "a/letter.txt": "Words of a letter.",
            "b/paper.pdf": pdf([["Words."]]),
            "note.docx": docx(paragraph("Words.")),
            "__MACOSX/._letter.txt": b"\0",
            "picture.png": b"\x89PNG",
        }
    )
    added = taken(tmp_path, "papers.zip", raw)
    documents = {s.path: s for s in added.sources if s.kind == "document"}
    assert set(documents) == {f"in/papers.zip!/{p}" for p in ("a/letter.txt", "b/paper.pdf", "note.docx")}
    assert documents["in/papers.zip!/b/paper.pdf"].doc == "paper"
    assert {s.publisher for s in documents.values()} == {"Someone"}
    assert [(i.code, i.source) for i in added.issues] == [("not-taken", "papers.zip")]
    assert "picture.png" in added.issues[0].message


def test_the_attachments_of_a_message(tmp_path):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.c", "d@e.f", "S"
    message.set_content("See what is attached.")
    message.add_attachment(pdf([["Words."]]), maintype="application", subtype="pdf", filename="../../list.pdf")
    added = taken(tmp_path, "letter.eml", message.as_bytes())
    assert [(s.name, s.kind) for s in added.sources] == [("letter.eml", "document"), ("list.pdf", "document")]
    assert list(tmp_path.rglob("list.pdf")) == []


def test_paths_that_climb_are_only_names(tmp_path):
    added = taken(tmp_path, "climb.zip", zipped({"../../../up.txt": "Words.", "C:\\win\\down.txt": "Words too."}))
    assert {s.name for s in added.sources if s.kind == "document"} == {"up.txt", "down.txt"}
    assert not (tmp_path / "up.txt").exists() and not (tmp_path.parent / "up.txt").exists()


def test_a_bomb_in_a_zip_is_left_out_and_the_rest_taken(tmp_path):
    added = taken(tmp_path, "bomb.zip", zipped({"bomb.txt": b"a" * 40_000_000, "fine.txt": "Words."}))
    assert [s.name for s in added.sources if s.kind == "document"] == ["fine.txt"]
    assert any("bomb.txt" in i.message for i in added.issues)


def test_a_zip_that_says_it_holds_too_much_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "MAX_TOTAL", 100)
    added = taken(tmp_path, "big.zip", zipped({"one.txt": "x" * 200}))
    assert [s.kind for s in added.sources] == ["unknown"]
    assert any("holds too much" in i.message for i in added.issues)
    path = tmp_path / "in" / "big.zip"
    with pytest.raises(SourceError, match="holds too much"):
        list(packed.inner_documents(Probe(path, path.name), []))


def test_a_zip_in_a_zip_stays_closed(tmp_path):
    added = taken(tmp_path, "outer.zip", zipped({"inner.zip": zipped({"a.txt": "Words."}), "b.txt": "Words."}))
    assert [s.name for s in added.sources if s.kind == "document"] == ["b.txt"]


def test_a_word_file_is_not_opened_as_a_zip(tmp_path):
    added = taken(tmp_path, "note.docx", docx(paragraph("Words."), **{"word__inner.txt": "hidden"}))
    assert [(s.name, s.kind) for s in added.sources] == [("note.docx", "document")]
