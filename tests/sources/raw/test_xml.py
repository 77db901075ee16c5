import pytest

from finemesh.model.errors import SourceError
from finemesh.sources.raw.xml import XmlRecords, root_of

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<list xmlns="urn:x" made="2024-01-01">
  <person id="7">
    <name>Tay Za</name>
    <alias><name> Teza </name></alias>
    <alias><name>တေဇ</name></alias>
  </person>
  <person id="8"><name>Second</name><surprise>!</surprise></person>
</list>
"""


def write(tmp_path, text):
    path = tmp_path / "list.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_records_know_line_and_path(tmp_path):
    records = XmlRecords(write(tmp_path, LIST), ["person"])
    seen = []
    for record in records:
        seen.append((record.attribute("id").text, record.cell("name").locator))
        for alias in record.cells("alias", "name"):
            seen.append((alias.text, alias.locator))
    assert seen == [
        ("7", "line=3;element=person[1]/name[1]"),
        ("Teza", "line=3;element=person[1]/alias[1]/name[1];chars=1-5"),
        ("တေဇ", "line=3;element=person[1]/alias[2]/name[1]"),
        ("8", "line=8;element=person[2]/name[1]"),
    ]
    assert records.unexplained() == {"person/surprise": "line=8;element=person[2]"}
    assert records.unexplained(["person/surprise"]) == {}
    assert root_of(write(tmp_path, LIST)) == ("list", "urn:x", {"made": "2024-01-01"})


def test_a_truncated_file_gives_what_was_before(tmp_path):
    names = []
    with pytest.raises(SourceError, match="not well-formed"):
        for record in XmlRecords(write(tmp_path, LIST[: LIST.index("<surprise>")]), ["person"]):
            names.append(record.cell("name").text)
    assert names == ["Tay Za"]


BOMB = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><list><person><name>&j;</name></person></list>"
)
EXTERNAL = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><list><person><name>&x;</name></person></list>'


@pytest.mark.parametrize("text", [BOMB, EXTERNAL])
def test_entities_are_refused(tmp_path, text):
    with pytest.raises(SourceError, match=r"entities|amplification"):
        list(XmlRecords(write(tmp_path, text), ["person"]))


def test_deep_nesting_is_refused(tmp_path):
    deep = "<list><person>" + "<a>" * 200 + "x" + "</a>" * 200 + "</person></list>"
    with pytest.raises(SourceError, match=r"nests too deeply|not well-formed"):
        list(XmlRecords(write(tmp_path, deep), ["person"]))
