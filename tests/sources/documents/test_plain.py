import pytest

from finemesh.model.errors import SourceError
from finemesh.sources.documents import extract_document


def test_the_text_is_the_file_itself(tmp_path):
    path = tmp_path / "note.md"
    path.write_bytes("# A title \r\n\r\nMarch 1, 2024\n\nText with ü.\n".encode())
    found = extract_document(path, "note.md")
    assert found.text == "# A title \r\n\r\nMarch 1, 2024\n\nText with ü.\n"
    assert found.title == "A title"
    assert (found.published, found.published_basis) == ("2024-03-01", "a line of the document")
    assert found.source_span(0, 3) is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 2024-03-01", "2024-03-01"),
        ("1 March 2024", "2024-03-01"),
        ("March 2024", "2024-03"),
        ("in March", ""),
    ],
)
def test_publication_dates(tmp_path, line, date):
    path = tmp_path / "note.txt"
    path.write_text(f"Title\n{line}\ntext", encoding="utf-8")
    assert extract_document(path, "note.txt").published == date


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b""), ("a.txt", b" \n "), ("a.bin", b"\0\1\2"), ("a.txt", b"\0" * 100)]
)
def test_what_is_no_document_is_told(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError):
        extract_document(path, name)
