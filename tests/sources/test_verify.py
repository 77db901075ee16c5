from openpyxl import Workbook

from finemesh.sources.verify import check, context


def test_quotes_in_tables(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('name,dob\n"Tay Za",18/07/1964\n', encoding="utf-8")
    rows = [
        ("row=2;col=1;column=name", "Tay Za"),
        ("row=2;col=2;column=dob;chars=6-10", "1964"),
        ("row=2;col=1;column=name", "Tay Zar"),
        ("row=2;col=9", "Tay Za"),
        ("row=7;col=1", "Tay Za"),
        ("nonsense", "Tay Za"),
    ]
    wrong = dict(check(path, "a.csv", rows))
    assert sorted(wrong) == [2, 3, 4, 5]
    assert "other words stand there" in wrong[2]
    assert "nothing stands there" in wrong[3]
    assert context(path, "a.csv", "row=2;col=2;chars=6-10") == ("18/07/", "1964", "")


def test_quotes_in_sheets(tmp_path):
    book = Workbook()
    book.active.title = "Data"
    book.active.append(["name"])
    book.active.append(["Tay Za"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    rows = [
        ("sheet=Data;row=2;col=1", "Tay Za"),
        ("sheet=Data;row=1;col=1", "Tay Za"),
        ("sheet=No;row=2;col=1", "Tay Za"),
    ]
    assert [at for at, _ in check(path, "a.xlsx", rows)] == [1, 2]


def test_quotes_in_xml(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<l>\n<p i='7'><n>Tay</n><n>Za</n></p>\n</l>")
    rows = [
        ("line=2;element=p[1]/n[2]", "Za"),
        ("line=2;element=p[1]/@i", "7"),
        ("line=1;element=p[1]/n[2]", "Za"),
        ("line=2;element=p[1]/n[3]", "Za"),
        ("line=2;element=p[2]/n[1]", "Za"),
    ]
    assert [at for at, _ in check(path, "a.xml", rows)] == [2, 3, 4]


def test_quotes_in_json_lines(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"a": {"b/c": ["x", 1.5]}}\nnot json\n{"a": 2}\n')
    rows = [
        ("line=1;pointer=/a/b~1c/0", "x"),
        ("line=1;pointer=/a/b~1c/1", "1.5"),
        ("line=3;pointer=/a", "2"),
        ("line=3;pointer=/b", "2"),
        ("line=2;pointer=/a", "2"),
    ]
    assert [at for at, _ in check(path, "a.json", rows)] == [3, 4]


def test_quotes_in_documents(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>Tay &amp; Za were there for a long time, and nobody saw them leave.</p></body></html>"
    )
    text = "Tay & Za were"
    from finemesh.sources.documents import extract_document

    document = extract_document(path, "a.html")
    start = document.text.index(text)
    span = document.source_span(start, start + len(text))
    rows = [
        (f"chars={start}-{start + len(text)};source={span[0]}-{span[1]}", text),
        (f"chars={start}-{start + len(text)};source={span[0] + 1}-{span[1]}", text),
        (f"chars={start + 1}-{start + len(text)}", text),
    ]
    assert [at for at, _ in check(path, "a.html", rows)] == [1, 2]


def test_an_artifact_that_cannot_be_read_fails_as_a_whole(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    wrong = check(path, "a.xlsx", [("sheet=Data;row=1;col=1", "x"), ("sheet=Data;row=2;col=1", "x")])
    assert [at for at, _ in wrong] == [0, 1]
    assert "cannot be read" in wrong[0][1]
