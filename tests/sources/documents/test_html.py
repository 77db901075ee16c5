from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.model.errors import SourceError
from finemesh.sources.documents import extract_document
from finemesh.sources.documents.html import extract_html

PAGE = """<!DOCTYPE html><html><head><title>Brokers &amp; banks | The Reader</title>
<script>var x = "not text";</script><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a><a href="/about">About this site</a></nav>
<article><h1>Brokers &amp; banks</h1><p>Published 3 March 2024</p>
<p>Htoo&nbsp;Group of   Companies,
founded by <b>Tay</b>&#32;<i>Za</i>, has been sanctioned by the EU. &ldquo;It is not enough&rdquo;, says an advocate who
has followed the company for many years.</p>
<ul><li>A first item that names Miya Win International and its aircraft.</li><li>A second one, which names nobody.</li></ul>
<script>document.write("evil")</script>
</article></body></html>"""


def document(tmp_path, text=PAGE, encoding="utf-8"):
    path = tmp_path / "page.html"
    path.write_bytes(text.encode(encoding))
    return extract_html(path)


def test_the_text_is_there_and_scripts_are_not(tmp_path):
    text = document(tmp_path).text
    assert text.startswith("Brokers & banks | The Reader\n\n")
    assert "Htoo Group of Companies, founded by Tay Za, has been sanctioned by the EU. “It is not enough”" in text
    assert "A first item that names Miya Win International and its aircraft.\n" in text
    assert "not text" not in text
    assert "evil" not in text
    assert "About this site" not in text


def test_each_character_stands_in_the_source_where_it_is_said_to(tmp_path):
    found = document(tmp_path)
    for at, character in enumerate(found.text):
        span = found.source_span(at, at + 1)
        if span is None:
            assert character.isspace()
        else:
            assert unescape(PAGE[span[0] : span[1]]).replace("\xa0", " ").split() == character.split()


def test_a_passage_is_traced_to_its_source(tmp_path):
    found = document(tmp_path)
    start = found.text.index("Tay Za")
    span = found.source_span(start, start + len("Tay Za"))
    assert PAGE[span[0] : span[1]] == "Tay</b>&#32;<i>Za"


def test_metadata(tmp_path):
    found = document(tmp_path)
    assert found.title == "Brokers & banks | The Reader"
    assert found.publisher == "The Reader"
    assert found.published == "2024-03-03"


def test_a_page_without_text_is_told(tmp_path):
    with pytest.raises(SourceError, match="holds no text"):
        document(tmp_path, "<html><body><script>x</script></body></html>")


def test_a_page_that_is_all_one_piece_is_taken_whole(tmp_path):
    found = document(tmp_path, "<html><body>Only these words</body></html>")
    assert "Only these words" in found.text


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("<>&;/!-#pbdiv \n\"'=ax1é"), max_size=200))
def test_no_soup_breaks_the_reader(tmp_path_factory, soup):
    path = tmp_path_factory.mktemp("soup") / "page.html"
    path.write_text(f"<html><body><p>Words that stand here. {soup}</p></body></html>", encoding="utf-8")
    try:
        found = extract_html(path)
    except SourceError:
        return
    source = path.read_text(encoding="utf-8")
    for at in range(len(found.text)):
        span = found.source_span(at, at + 1)
        assert span is None or 0 <= span[0] < span[1] <= len(source)


LINKED = """<!DOCTYPE html><html><head><title>Who pays? | The Reader</title>
<meta property="og:url" content="https://reader.example/news/who-pays"/></head><body>
<nav><a href="/">Home</a></nav><article><h1>Who pays?</h1>
<p>A report by <a href="https://un.example/report.pdf">the UN &amp; its <b>experts</b></a> names the company, which has paid
for years and years. Write to <a href="mailto:a@b.example">us</a>, see <a href='../old'>what we wrote</a> about it.</p>
<p>Nothing is run: <a href="javascript:alert(1)">a script</a>, <a href="#top">a place</a>, <a>no link</a>, <a href="data:x">
data</a>. The company has been named in many papers before, and this one is no other.</p></article></body></html>"""


def test_links_are_kept_with_the_words_that_lead_there(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(LINKED, encoding="utf-8")
    found = extract_document(path, "page.html")
    assert [(found.text[a:b], where) for a, b, where in found.links] == [
        ("the UN & its experts", "https://un.example/report.pdf"),
        ("us", "mailto:a@b.example"),
        ("what we wrote", "https://reader.example/old"),
    ]


@pytest.mark.parametrize(
    ("body", "published"),
    [("Born in 1964, he went away. © 2019", ""), ("Published on January 1, 2019.", "2019-01-01")],
)
def test_a_year_is_no_day(tmp_path, body, published):
    path = tmp_path / "page.html"
    article = "<p>The company has been named in many papers before, and this one is no other at all.</p>" * 4
    path.write_text(f"<html><head><title>X</title></head><body><article>{article}<p>{body}</p></article></body></html>")
    assert extract_document(path, "page.html").published == published


def test_a_heading_is_no_publisher(tmp_path):
    article = "<p>The company has been named in many papers before, and this one is no other at all.</p>" * 4
    path = tmp_path / "page.html"
    page = "<html><head><title>Dirty money - {0}</title></head><body><article><h1>{1}</h1>{2}</article></body></html>"
    path.write_text(page.format("Ye Win Htut", "Ye Win Htut", article))
    assert extract_document(path, "page.html").publisher == ""
    path.write_text(page.format("The Reader", "Ye Win Htut", article))
    assert extract_document(path, "page.html").publisher == "The Reader"


def test_a_site_may_sign_its_own_page(tmp_path):
    article = "<p>The company has been named in many papers before, and this one is no other at all.</p>" * 4
    path = tmp_path / "page.html"
    head = "<html><head><title>A letter to Ye Win Htut | The Reader</title></head>"
    path.write_text(f"{head}<body><article><h1>A letter</h1>{article}<p>The Reader</p></article></body></html>")
    assert extract_document(path, "page.html").publisher == "The Reader"
