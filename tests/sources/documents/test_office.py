import pytest
from tests.sources.documents.samples import W, docx, odt, paragraph, zipped

from finemesh.model.errors import SourceError
from finemesh.sources.documents import document_format, extract_document
from finemesh.sources.documents import office as reader
from finemesh.sources.probe import Probe
from finemesh.sources.verify import check

CORE = (
    '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Brokers</dc:title><dc:creator>Olena Marchuk</dc:creator>'
    "<dcterms:created>2024-03-01T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def read(tmp_path, raw, name="paper.docx"):
    path = tmp_path / name
    path.write_bytes(raw)
    return extract_document(path, name)


def test_word_paragraphs_and_runs(tmp_path):
    found = read(
        tmp_path, docx(paragraph("Harbour ", "Light", " Group") + paragraph("was <b/>".replace("<b/>", "sanctioned.")))
    )
    assert found.text == "Harbour Light Group\nwas sanctioned.\n"


def test_word_tables_footnotes_and_marks(tmp_path):
    row = f"<w:tr><w:tc>{paragraph('Name')}</w:tc><w:tc>{paragraph('Stone Gate')}{paragraph('Trading')}</w:tc></w:tr>"
    body = f"<w:tbl>{row}</w:tbl><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{paragraph("A note.")}</w:footnote></w:footnotes>'
    found = read(tmp_path, docx(body, **{"word__footnotes.xml": notes}))
    assert found.text == "Name | Stone Gate Trading\na b c\nA note.\n"


def test_deleted_and_doubled_words_are_left_out(tmp_path):
    body = (
        "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t> new</w:t></w:r></w:ins></w:p>"
        '<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{paragraph('twice')}</mc:Fallback><w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t>link</w:t></w:r></w:p>"
    )
    assert read(tmp_path, docx(body)).text == "Kept new\nlink\n"


def test_what_a_word_file_says_of_itself(tmp_path):
    found = read(tmp_path, docx(paragraph("Words."), **{"docProps__core.xml": CORE}))
    assert (found.title, found.author, found.published) == ("Brokers", "Olena Marchuk", "2024-03-01")


def test_macros_are_named_and_not_read(tmp_path):
    found = read(tmp_path, docx(paragraph("Words."), **{"word__vbaProject.bin": b"\xd0\xcf\x11\xe0"}))
    assert found.notes == (("not-read", "macros or embedded objects are not read: word/vbaProject.bin"),)


def test_a_place_is_checked_by_reading_the_file_again(tmp_path):
    found = read(tmp_path, docx(paragraph("Harbour Light Group was sanctioned.")))
    path = tmp_path / "paper.docx"
    assert found.text.startswith("Harbour Light Group")
    assert check(path, "paper.docx", [("chars=0-19", "Harbour Light Group")]) == []
    assert check(path, "paper.docx", [("chars=0-19", "Harbour Light Groop")]) != []


def test_odt_paragraphs_spaces_and_notes(tmp_path):
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        '<text:h>Brokers</text:h><text:p>Harbour<text:s text:c="3"/>Light <text:span>Group</text:span> was'
        "<text:line-break/>named<office:annotation><text:p>a comment</text:p></office:annotation>.</text:p>"
        "<text:list><text:list-item><text:p>Stone Gate</text:p></text:list-item></text:list>"
    )
    meta = "<dc:title>T</dc:title><meta:initial-creator>Ann</meta:initial-creator><meta:creation-date>2024-03-01T1:2:3</meta:creation-date>"
    found = read(tmp_path, odt(body, meta), "paper.odt")
    assert found.text == "Brokers\nHarbour Light Group was named.\nStone Gate\n"
    assert (found.title, found.author, found.published) == ("T", "Ann", "2024-03-01")


def test_a_spreadsheet_is_no_document(tmp_path):
    path = tmp_path / "table.ods"
    path.write_bytes(odt("<text:p>1</text:p>", kind="spreadsheet"))
    assert document_format(Probe(path, path.name)) is None


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [BILLION, OUTSIDE, " " * 100_000 + OUTSIDE])
def test_entities_are_refused(tmp_path, head):
    xml = f'{head}<w:document xmlns:w="{W}"><w:body>{paragraph("&a; words")}</w:body></w:document>'
    with pytest.raises(SourceError, match=r"entities|XML"):
        read(tmp_path, zipped({"word/document.xml": xml}))


@pytest.mark.parametrize(
    "raw",
    [
        docx("<w:p>"),
        docx(""),
        docx(paragraph(" ")),
        docx(paragraph("Words."))[:-40],
        docx(paragraph("Words.")).replace(b"PK\x03\x04", b"PK\x03\x05"),
        zipped({"word/document.xml": b"\0" * 200}),
        docx("<w:p>" * 5000 + "</w:p>" * 5000),
    ],
    ids=["cut XML", "empty", "blank", "cut ZIP", "broken ZIP", "no XML", "deep"],
)
def test_what_cannot_be_read_is_told(tmp_path, raw):
    with pytest.raises(SourceError):
        read(tmp_path, raw)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    bomb = zipped({"word/document.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})
    assert len(bomb) < 100_000
    with pytest.raises(SourceError, match="unpacks"):
        read(tmp_path, bomb)
    monkeypatch.setattr(reader, "MAX_XML", 1000)
    with pytest.raises(SourceError, match="unpacks to more"):
        read(tmp_path, docx(paragraph("word " * 1000)))


def test_a_space_that_stands_for_many_is_bounded(tmp_path):
    found = read(tmp_path, odt('<text:p>a<text:s text:c="999999999"/>b</text:p>'), "a.odt")
    assert found.text == "a b\n"
