"""A whole website of other people's pages: none fails, and each quote stands where it is said to stand."""

import pytest

from finemesh.extraction.claims import read_claims
from finemesh.extraction.mentions import read_mentions
from finemesh.sources.documents import extract_document

pytestmark = [pytest.mark.real, pytest.mark.slow]


def test_every_third_page_is_read(shared):
    pages = sorted(p for p in (shared / "data/documents").rglob("*.ht*") if p.is_file())
    assert len(pages) > 300
    pages = pages[::3]
    claims = 0
    for path in pages:
        document = extract_document(path, f"{path.stem}.html")
        for claim in read_claims(path.stem, document.text, document.published):
            assert document.text[claim.offset[0] : claim.offset[1]] == claim.quote
            claims += 1
        mentions, _ = read_mentions(path.stem, document.text)
        assert all(document.text[m.start : m.end] == m.text for m in mentions)
    assert claims > 1000
