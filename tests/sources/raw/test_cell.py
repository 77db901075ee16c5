from hypothesis import given
from hypothesis import strategies as st

from finemesh.model.locator import Locator
from finemesh.sources.raw.cell import Cell

texts = st.text(st.characters(codec="utf-8"), max_size=60)


def stands_where_it_says(cell: Cell, whole: str) -> bool:
    chars = Locator.parse(cell.locator).chars
    return cell.text == (whole if chars is None else whole[chars[0] : chars[1]])


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_a_piece_of_a_piece_knows_its_place(text, a, b):
    cell = Cell(text, "row=1;col=2")
    piece = cell.cut(min(a, b), max(a, b)).strip()
    assert stands_where_it_says(piece, text)
    assert piece.text == text[min(a, b) : max(a, b)].strip()


@given(st.lists(texts.filter(lambda t: ";" not in t), max_size=6))
def test_the_parts_of_a_list_know_their_places(parts):
    text = ";".join(parts)
    found = Cell(text, "row=1;col=2").split(";")
    assert [p.text for p in found] == [p.strip() for p in parts if p.strip()]
    assert all(stands_where_it_says(p, text) for p in found)


def test_groups_and_finds_know_their_places():
    cell = Cell("DOB 18 Jul 1964; alt. DOB 1967", "row=9")
    assert [c.text for c in cell.finditer(r"DOB ([^;]+)")] == ["18 Jul 1964", "1967"]
    found = cell.find(r"alt\. DOB (.+)")
    assert found is not None
    assert found.locator == "row=9;chars=26-30"
    assert cell.find("nothing(.)") is None


def test_an_empty_cell_is_false_and_a_whole_one_names_no_characters():
    assert not Cell("  ", "row=1")
    assert Cell("x", "row=1").locator == "row=1"
    assert Cell("x ", "row=1").strip().locator == "row=1;chars=0-1"
