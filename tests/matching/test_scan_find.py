"""The compiled search for names in texts and the one in Python find the same."""

from __future__ import annotations

import json
import shutil
import unicodedata
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.compile_kernel import compile_kernel

from finemesh.matching import kernel, scan_find
from finemesh.matching.fold import fold
from finemesh.matching.party import Name, Party, party_from_ftm
from finemesh.matching.scan_find import KernelFinder, PlainFinder, open_finder
from finemesh.matching.scan_fold import APOSTROPHES, MANY, VALUE, Class, class_of, fold_char, fold_table, gap_of
from finemesh.matching.scan_table import Held, ScanTable
from finemesh.matching.scan_text import stem

NAMES = """Min Aung Hlaing|Tay Za|Soe Win|MOGE|Conor O'Brien|Владимир Путин|Зеленский|Павел Сергеевич Грачёв|بشار الأسد|
习近平|김정은|မင်းအောင်လှိုင်|สมชาย|Techno Prom|Technoprom Export|Crédit Agricole|A & B Trading Co., Ltd.|J. R. Smith|
L'Armée Rouge|No. 1|Ürümqi Öl|क़ासिम सुलेमानी|Islamic State in Iraq and the Levant|ISIL""".replace("\n", "").split("|")
PARTIES = [Party(f"p{i}", "Person" if i % 2 else "Company", n, (Name(n),)) for i, n in enumerate(NAMES)]
WORDS = [w for n in NAMES for w in n.split()]
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["путина", "Владимиром", "Сергеевича", "Зеленского", "Putin'in", "al", "s", "и", "Hlaings", "الاسد", "وبشار"]),
    st.sampled_from([" ", "  ", "\n", "\r\n", "-\n", "-", ".", ", ", "'s ", "’s ", "'", "! ", "\u00ad", "\u200b", "\n\n"]),
    st.text(max_size=4),
)  # fmt: skip
texts = st.lists(pieces, max_size=30).map("".join)


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory):
    """The kernel, compiled now from the sources that are here."""
    if not shutil.which("cc"):
        pytest.skip("no C compiler")
    target = tmp_path_factory.mktemp("kernel") / "_kernel.so"
    assert compile_kernel(Path(kernel.__file__).parent / "native", target)
    patch = pytest.MonkeyPatch()
    patch.setattr(kernel, "LIBRARY", target)
    patch.delenv("FINEMESH_KERNEL", raising=False)
    kernel.library.cache_clear()
    yield
    patch.undo()
    kernel.library.cache_clear()


def finders(parties: list[Party]) -> tuple[KernelFinder, PlainFinder]:
    table = ScanTable()
    for party in parties:
        table.add(party)
    held = Held(table.sections())
    found = open_finder(held)
    assert isinstance(found, KernelFinder)
    return found, PlainFinder(held)


@pytest.fixture(scope="module")
def both():
    return finders(PARTIES)


@given(texts)
@settings(max_examples=600, deadline=None)
def test_both_find_the_same(both, text):
    compiled, plain = both
    assert compiled.find(text) == plain.find(text)


@given(texts, st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_where_a_slice_ends_makes_no_difference(both, text, size):
    compiled, plain = both
    long = "word " * 40 + text + " word" * 40
    patch = pytest.MonkeyPatch()
    patch.setattr(scan_find, "SLICE", 400 + size)
    try:
        assert compiled.find(long + long) == plain.find(long + long)
    finally:
        patch.undo()


def test_more_names_than_there_is_room_for(both):
    compiled, _ = both
    assert len(compiled.find("Tay Za. " * 20_000)) == 20_000


def test_one_word_that_fills_a_slice_ends(both, monkeypatch):
    compiled, plain = both
    monkeypatch.setattr(scan_find, "SLICE", 100)
    text = "a" * 350 + " Tay Za"
    assert compiled.find(text) == plain.find(text) != []


def test_without_the_kernel_python_searches(monkeypatch):
    monkeypatch.setattr(scan_find, "library", lambda: None)
    assert isinstance(open_finder(Held(ScanTable().sections())), PlainFinder)


def test_the_table_holds_the_rules():
    table = fold_table()
    pages, cells, more = (
        array("H", table["fold.pages"]),
        array("I", table["fold.cells"]),
        array("I", table["fold.more"]),
    )
    for code in [*range(0x3100), *range(0x3400, 0x110000, 97)]:
        char, cell = chr(code), cells[pages[code >> 8] << 8 | code & 255]
        assert cell >> 21 & 7 == class_of(char), hex(code)
        value = cell & VALUE
        if class_of(char) is Class.OTHER:
            assert cell >> 24 & 7 == gap_of(char), hex(code)
        elif cell & MANY:
            assert "".join(chr(c & VALUE) for c in more[value + 1 : value + 1 + more[value]]) == fold_char(char)
        else:
            assert (chr(value) if value else "") == fold_char(char), hex(code)


def test_folding_agrees_with_that_of_names():
    # an acute accent by itself is an apostrophe in texts ("O´Brien"); Unicode takes it apart into a space and an accent
    assert [c for c in APOSTROPHES if fold(f"a{c}b") != "ab"] == ["´"]
    for code in range(0x250):
        char = chr(code)
        if char.isalpha() and len(fold(char)) == 1 and class_of(char) is Class.LETTER:
            assert fold(fold_char(char)) == fold(char) or unicodedata.normalize("NFD", char)[0].lower() == fold_char(
                char
            )


@pytest.mark.parametrize(
    "forms",
    [
        "Путин Путина Путину Путиным Путине",
        "Зеленский Зеленского Зеленскому Зеленским Зеленском",
        "Сергей Сергея Сергею Сергеем Сергее",
        "Юрий Юрия Юрию Юрием Юрии",
        "Павел Павла Павлу Павлом Павле",
        "Газпром Газпрома Газпрому Газпромом Газпроме",
        "Максим Максима Максиму Максимом Максиме",
        "Мария Марии Марию Марией",
        "Иванова Ивановой Иванову",
        "Лукашенка Лукашенку Лукашенко Лукашенком",
    ],
)
def test_every_case_of_a_slavic_name_has_one_stem(forms):
    assert len({stem("".join(map(fold_char, form))) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair", [("петров", "петросян"), ("иванов", "иваненко"), ("ким", "кимов"), ("газпром", "газнефть")]
)
def test_other_names_have_other_stems(pair):
    assert stem(pair[0]) != stem(pair[1])


@pytest.mark.real
def test_on_real_names(shared):
    lines = (shared / "data" / "matching" / "targets.ftm.jsonl").read_text("utf-8").splitlines()
    parties = [party_from_ftm(json.loads(line)) for line in lines[::7]]
    compiled, plain = finders(parties)
    text = (
        "\n".join(n.text.title() for p in parties[::5] for n in p.names) + "\nThe Bank of the Group and Oil, Company's."
    )
    found = compiled.find(text)
    assert len(found) > 500
    assert found == plain.find(text)
