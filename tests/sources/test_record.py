"""The whole row or record around a place, with the place marked in it."""

from __future__ import annotations

import pytest

from finemesh.model.errors import FinemeshError
from finemesh.sources.record import Field, record


def test_row_of_a_table_with_headings(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,name,note\n1,Alpha,a\n2,Beta,born 1960 in X\n", encoding="utf-8")
    found = record(path, ["row=3;col=3;column=note;chars=5-9", "row=3;col=2;column=name", "row=2;col=2;column=name"])
    assert [(f.name, f.text) for f in found] == [("id", "2"), ("name", "Beta"), ("note", "born 1960 in X")]
    assert found[0].spans == () and found[1].spans == ((0, 4),)
    assert found[2].cuts() == [("born ", False), ("1960", True), (" in X", False)]


def test_row_of_a_table_without_headings_takes_names_that_are_known(tmp_path):
    path = tmp_path / "sdn.csv"
    path.write_text('36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA"\n173,"ANGLO",-0- ,"CUBA"\n', encoding="utf-8")
    found = record(path, ["row=2;col=4;column=Program"], {2: "SDN_Name"})
    assert [f.name for f in found] == ["column 1", "SDN_Name", "column 3", "Program"]
    assert found[3].spans == ((0, 4),)


def test_record_of_xml(tmp_path):
    path = tmp_path / "list.xml"
    path.write_text(
        '<L><R id="1"><N>Alpha</N></R><R id="2"><N>Beta</N><A><N>B1</N></A><A><N>B2</N></A><E/></R></L>',
        encoding="utf-8",
    )
    found = record(path, ["line=1;element=R[2]/A[2]/N[1]", "line=1;element=R[2]/@id"])
    assert [(f.name, f.text, bool(f.spans)) for f in found] == [
        ("@id", "2", True),
        ("N", "Beta", False),
        ("A › N", "B1", False),
        ("A › N", "B2", True),
    ]


def test_object_of_json_lines(tmp_path):
    path = tmp_path / "list.json"
    path.write_text(
        '{"id": "a"}\n{"id": "b", "properties": {"name": ["Beta", "B/eta"], "none": null}}\n', encoding="utf-8"
    )
    found = record(path, ["line=2;pointer=/properties/name/1;chars=0-1"])
    assert [(f.name, f.text) for f in found] == [
        ("id", "b"),
        ("properties/name/0", "Beta"),
        ("properties/name/1", "B/eta"),
    ]
    assert found[2].spans == ((0, 1),)


@pytest.mark.parametrize("locator", ["row=99;col=1", "row=1;col=99", "chars=1-2"])
def test_no_such_place_gives_nothing_marked(tmp_path, locator):
    path = tmp_path / "list.csv"
    path.write_text("id,name\n", encoding="utf-8")
    assert not [f for f in record(path, [locator]) if f.spans]


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FinemeshError):
        record(tmp_path / "none.csv", ["row=1;col=1"])


def test_places_that_overlap_are_joined():
    from finemesh.model.locator import Locator
    from finemesh.sources.record import _field

    places = [Locator(chars=(2, 5)), Locator(chars=(4, 8)), Locator(chars=(10, 11))]
    assert _field("x", "abcdefghijkl", places).spans == ((2, 8), (10, 11))
    assert Field("x", "abc").cuts() == [("abc", False)]
