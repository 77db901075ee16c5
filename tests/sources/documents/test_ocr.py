"""Pages that are pictures: read where tesseract is, said to be unread where it is not, and checked honestly."""

import subprocess

import pytest
from tests.sources.documents.samples import pdf, scanned

from finemesh.case import Case
from finemesh.model.errors import DataError, SourceError
from finemesh.model.locator import Locator
from finemesh.sources.documents import extract_document, ocr
from finemesh.sources.documents.ocr import Engine, find_engine, read_picture
from finemesh.sources.verify import check

PAGES = [
    ["The first page has its letters."],
    ["Harbour Light Group was sanctioned by Canada.", "Stone Gate Trading sold drones to the navy."],
    ["The last page has its letters too."],
]
RAW = scanned(pdf(PAGES), (1,))


@pytest.fixture
def tesseract():
    """The installed tesseract; without it a test is skipped."""
    find_engine.cache_clear()
    engine, why = find_engine("eng")
    if engine is None:
        pytest.skip(f"no text recognition: {why}")
    yield engine
    find_engine.cache_clear()


@pytest.fixture
def no_tesseract(monkeypatch):
    """A machine without it."""
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    find_engine.cache_clear()
    yield
    find_engine.cache_clear()


def paper(tmp_path, raw=RAW):
    path = tmp_path / "paper.pdf"
    path.write_bytes(raw)
    return path


def test_a_picture_of_a_page_is_read_and_said_to_be_one(tmp_path, tesseract):
    found = extract_document(paper(tmp_path), "paper.pdf", "eng")
    assert "Harbour Light Group was sanctioned by Canada.\nStone Gate Trading sold drones" in found.text
    assert (found.ocr, found.ocr_pages) == (tesseract.label, (2,))
    [(code, said)] = found.notes
    assert code == "recognised-page" and tesseract.label in said and said.endswith("page 2")
    at = found.text.index("Stone Gate")
    assert found.recognised(at) and not found.recognised(0) and found.page_of(at) == 2
    left, bottom, right, top = found.box_of(at, at + 10)
    assert 45 <= left <= 55 and 755 <= bottom < top <= 780 and 200 < right < 400  # the second printed line
    assert found.box_of(0, 5)[1] > 770


def test_the_same_picture_gives_the_same_letters(tmp_path, tesseract):
    path = paper(tmp_path)
    assert extract_document(path, "paper.pdf", "eng") == extract_document(path, "paper.pdf", "eng")


def test_a_quote_is_checked_by_reading_the_picture_again(tmp_path, tesseract):
    path = paper(tmp_path)
    text = extract_document(path, "paper.pdf", "eng").text
    at = text.index("Stone Gate")
    good = str(Locator(page=2, chars=(at, at + 10), ocr=tesseract.label))
    assert check(path, "paper.pdf", [(good, "Stone Gate")]) == []
    assert "other words" in check(path, "paper.pdf", [(good, "Stone Cake")])[0][1]
    other = str(Locator(page=2, chars=(at, at + 10), ocr="tesseract 1.0 eng"))
    [(_, why)] = check(path, "paper.pdf", [(other, "Stone Gate")])
    assert "read by tesseract 1.0 eng, which cannot read them again here" in why


def test_a_quote_from_a_picture_is_not_passed_where_it_cannot_be_read(tmp_path, no_tesseract):
    [(_, why)] = check(paper(tmp_path), "paper.pdf", [("page=2;chars=0-4;ocr=tesseract 5.3.0 eng", "The ")])
    assert "tesseract is not installed" in why


def test_without_tesseract_the_pages_are_named_and_the_rest_is_read(tmp_path, no_tesseract):
    found = extract_document(paper(tmp_path), "paper.pdf", "eng")
    assert "first page" in found.text and "last page" in found.text and "Harbour" not in found.text
    assert found.ocr == "" and found.ocr_pages == ()
    [(code, said)] = found.notes
    assert code == "scanned-page" and "not read: tesseract is not installed" in said and said.endswith("page 2")
    with pytest.raises(SourceError, match=r"all pages are scans.*tesseract is not installed"):
        extract_document(paper(tmp_path, scanned(pdf(PAGES), (0, 1, 2))), "paper.pdf", "eng")


def test_a_language_without_data_is_said(tmp_path, tesseract):
    assert find_engine("xyz") == (None, "tesseract has no data for xyz")
    assert find_engine("eng; rm -rf /")[0] is None
    [(code, said)] = extract_document(paper(tmp_path), "paper.pdf", "xyz").notes
    assert code == "scanned-page" and "no data for xyz" in said


def test_pictures_beyond_the_limit_stay_scans(tmp_path, tesseract, monkeypatch):
    monkeypatch.setattr(ocr, "MAX_PAGES", 1)
    found = extract_document(paper(tmp_path, scanned(pdf(PAGES), (0, 1))), "paper.pdf", "eng")
    assert found.ocr_pages == (1,)
    assert [code for code, _ in found.notes] == ["recognised-page", "scanned-page"]


def test_one_that_hangs_or_fails_is_told(monkeypatch):
    picture = b"P5 1 1 255\n\0"
    with pytest.raises(SourceError, match="CalledProcessError"):
        read_picture(Engine("/bin/false", "5", "eng"), picture)
    real = subprocess.run
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0.2)
    monkeypatch.setattr(ocr.subprocess, "run", lambda _, **more: real(["/bin/sleep", "30"], **more))
    with pytest.raises(SourceError, match="TimeoutExpired"):
        read_picture(Engine("tesseract", "5", "eng"), picture)


def test_a_case_with_a_scan(tmp_path, tesseract):
    case = Case.init(tmp_path / "case")
    case.add([paper(tmp_path)])
    case.build(jobs=1)
    [claim] = [c for c in case.claims() if c.claim.type == "designation"]
    place = Locator.parse(claim.locator)
    assert claim.claim.method.endswith(f" on {tesseract.label}")
    assert (place.page, place.ocr, claim.claim.page) == (2, tesseract.label, 2)
    assert f"scanned pages read by {tesseract.label}" in place.describe()
    assert place.box is not None
    assert case.documents()[0].ocr == tesseract.label
    before, quote, after = case.context(claim.claim.sha256, claim.locator)
    assert quote == claim.claim.quote and before.endswith("letters.\n") and after.startswith("\nStone Gate")
    assert case.verify(jobs=1).failed == 0


def test_a_case_that_wants_no_pictures_read(tmp_path, tesseract):
    case = Case.init(tmp_path / "case")
    settings = case.folder.root / "case.toml"
    settings.write_text(settings.read_text().replace('ocr = "eng"', 'ocr = ""'))
    case.add([paper(tmp_path)])
    case.build(jobs=1)
    assert [i.code for i in case.issues()] == ["scanned-page"]
    settings.write_text(settings.read_text().replace('ocr = ""', 'ocr = "eng"'))
    assert case.build(jobs=1).read == 1  # the same file is read again, for now its pictures count
    assert [i.code for i in case.issues()] == ["recognised-page"]


@pytest.mark.parametrize("wrong", ["7", '"eng;rm"', '"../x"', '"-psm"'])
def test_settings_that_name_no_language(tmp_path, wrong):
    case = Case.init(tmp_path / "case")
    settings = case.folder.root / "case.toml"
    settings.write_text(settings.read_text().replace('ocr = "eng"', f"ocr = {wrong}"))
    with pytest.raises(DataError, match="ocr must name languages"):
        case.folder.settings()
