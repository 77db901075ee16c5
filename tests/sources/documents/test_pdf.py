import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.documents.samples import ENCRYPTED, pdf

from finemesh.model.errors import SourceError
from finemesh.sources.documents import extract_document
from finemesh.sources.documents import pdf as reader
from finemesh.sources.verify import check

PAGES = [["Harbour Light Group was", "sanctioned by the UK."], ["Stone Gate Trading was not."]]


def read(tmp_path, raw, name="paper.pdf"):
    path = tmp_path / name
    path.write_bytes(raw)
    return extract_document(path, name)


def test_the_text_of_each_page_and_where_it_begins(tmp_path):
    found = read(tmp_path, pdf(PAGES))
    assert found.text == "Harbour Light Group was\nsanctioned by the UK.\nStone Gate Trading was not.\n"
    assert found.page_of(found.text.index("sanctioned")) == 1
    assert found.page_of(found.text.index("Stone Gate")) == 2


def test_a_place_is_checked_by_reading_the_file_again(tmp_path):
    found = read(tmp_path, pdf(PAGES))
    at = found.text.index("Stone Gate Trading")
    locator = f"page=2;chars={at}-{at + 18}"
    path = tmp_path / "paper.pdf"
    assert check(path, "paper.pdf", [(locator, "Stone Gate Trading")]) == []
    assert check(path, "paper.pdf", [(locator, "Stone Gate Tradinx")]) != []
    assert check(path, "paper.pdf", [(f"page=1;chars={at}-{at + 18}", "Stone Gate Trading")]) != []


def test_what_the_file_says_of_itself(tmp_path):
    found = read(tmp_path, pdf(PAGES, "/Title (Brokers) /Author (Olena Marchuk) /CreationDate (D:20240301120000Z)"))
    assert (found.title, found.author, found.published) == ("Brokers", "Olena Marchuk", "2024-03-01")
    assert found.published_basis == "the PDF's date of creation"
    assert read(tmp_path, pdf(PAGES, "/CreationDate (D:20249999)")).published == ""


def test_scanned_pages_are_said_to_be_scans(tmp_path):
    found = read(tmp_path, pdf([*PAGES, [], [], ["Words."], []], picture_on=(2, 3, 5)))
    [(code, said)] = found.notes
    assert code == "scanned-page" and "not read" in said and said.endswith("page 3-4, 6")
    assert found.page_of(found.text.index("Words")) == 5


def test_a_file_of_scans_only_is_told(tmp_path):
    with pytest.raises(SourceError, match=r"all pages are scans.*they are not read: the case does not ask for it"):
        read(tmp_path, pdf([[], []], picture_on=(0, 1)))


def test_where_a_line_stands_on_its_page(tmp_path):
    found = read(tmp_path, pdf(PAGES))
    first, second = found.text.index("Harbour"), found.text.index("sanctioned")
    left, bottom, right, top = found.box_of(first, first + 7)
    assert (left, bottom <= 780 <= top, right > left) == (50, True, True)
    low = found.box_of(second, second + 10)
    assert low[3] <= bottom  # the second line stands below the first
    assert found.box_of(first, second + 10) == (50, low[1], max(right, low[2]), top)
    page_two = found.text.index("Stone Gate")
    assert found.box_of(second, page_two + 5) == low  # a passage over two pages: its place on the first
    path = tmp_path / "paper.pdf"
    place = f"page=1;chars={second}-{second + 10};box={','.join(map(str, low))}"
    assert check(path, "paper.pdf", [(place, "sanctioned")]) == []
    wrong = f"page=1;chars={second}-{second + 10};box=1,2,3,4"
    assert "elsewhere on the page" in check(path, "paper.pdf", [(wrong, "sanctioned")])[0][1]


def test_empty_pages_are_no_scans(tmp_path):
    assert read(tmp_path, pdf([*PAGES, []])).notes == ()
    with pytest.raises(SourceError, match="holds no text"):
        read(tmp_path, pdf([[]]))


def test_an_encrypted_file_is_told(tmp_path):
    with pytest.raises(SourceError, match="encrypted"):
        read(tmp_path, pdf(PAGES, trailer=ENCRYPTED))


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-" + b"\0" * 5000, b"%PDF-1.4\n" + b"[" * 50_000]
)
def test_a_broken_file_is_told(tmp_path, raw):
    with pytest.raises(SourceError, match=r"PDF|no text"):
        read(tmp_path, raw)


def test_a_file_without_its_table_is_repaired(tmp_path):
    raw = pdf(PAGES)
    broken = raw[: raw.rindex(b"startxref")] + b"startxref\n7\n%%EOF\n"
    assert "Harbour Light Group" in read(tmp_path, broken).text


def test_pages_beyond_the_limit_are_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    found = read(tmp_path, pdf([*PAGES, ["A third page."]]))
    assert "third" not in found.text
    assert found.notes == (("too-many-pages", "only the first 2 of 3 pages are read"),)


def test_five_thousand_pages_are_read(tmp_path):
    found = read(tmp_path, pdf([[f"Page {i}."] for i in range(5000)]))
    assert len(found.pages) == 5000
    assert found.page_of(found.text.index("Page 4999.")) == 5000


def test_page_trees_that_bite_their_tail_end(tmp_path):
    raw = pdf(PAGES).replace(b"/Type /Page /Parent", b"/Type /Pages /Kids [2 0 R] /Parent", 1)
    try:
        assert "Stone Gate" in read(tmp_path, raw).text
    except SourceError as error:
        assert "PDF" in error.message or "no text" in error.message


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900), st.binary(min_size=1, max_size=12))
def test_no_damage_breaks_the_reader(tmp_path_factory, place, junk):
    raw = bytearray(pdf(PAGES))
    raw[place : place + len(junk)] = junk
    try:
        found = read(tmp_path_factory.mktemp("damage"), bytes(raw))
    except SourceError:
        return
    assert found.text.strip()
