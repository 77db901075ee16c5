"""The compiled kernel and the plain Python give the same results, to the last digit."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.compile_kernel import compile_kernel

from finemesh.matching import kernel
from finemesh.matching.columns import Asked, Columns, Found
from finemesh.matching.compare import PlainComparer
from finemesh.matching.facts import kinds_of
from finemesh.matching.index_build import INDEX_FILE, build_index
from finemesh.matching.kernel import KernelComparer, KernelSearch
from finemesh.matching.party import Name, Party, party_from_ftm
from finemesh.matching.scorers import SCORERS, get_scorer
from finemesh.matching.search import PlainSearch
from finemesh.matching.sections import Sections
from finemesh.matching.words import read_name, read_names

PEOPLE = "Ivan Petrov Sergei Petrovich Aleksandr Oleksandr Mohammed Muhammad al Masri bin Laden Min Aung Hlaing Soe Win Tun Htun Kim Jong Un Hugo Chávez J. R. Abdul Rahman Abdulrahman Jean Claude JC Dr. General Путин محمد 習近平 김정은 မင်းအောင်လှိုင်".split()
PEOPLE += "bin Omar Ahmed Nancy Khin Hnin Wai Ko 박지영 Park Ji Young Hsi Chin ping فرناندو بيريز Fernando Perez Castro Castillo".split()
FIRMS = "Chile Peru Forty-Four II Министерство обороны Group of Companies International 第三 Bank of No. 1 2 Trading Group Holding OOO LLC Ltd Co., Technoprom Techno Prom Завод Plant International Myanma Oil and Gas Enterprise Aktiengesellschaft 10th Tenth Islamic State MOGE 石油 公司".split()
names = st.one_of(
    st.lists(
        st.sampled_from(
            "novin energy corporation energycorporation representaciones inversiones internacionales aerosun".split()
        ),
        max_size=5,
    ).map(" ".join),
    st.lists(st.sampled_from(PEOPLE), max_size=6).map(" ".join),
    st.lists(st.sampled_from(FIRMS), max_size=7).map(" ".join),
    st.text(alphabet="abceghiklmnorstuyz -.'", max_size=24),
    st.text(max_size=20),
)
schemas = st.sampled_from((None, "Person", "Company"))


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory):
    """The kernel, compiled now from the sources that are here; without a compiler there is nothing to test."""
    if not shutil.which("cc"):
        pytest.skip("no C compiler")
    target = tmp_path_factory.mktemp("kernel") / "_kernel.so"
    assert compile_kernel(Path(kernel.__file__).parent / "native", target)
    patch = pytest.MonkeyPatch()
    patch.setattr(kernel, "LIBRARY", target)
    patch.delenv("FINEMESH_KERNEL", raising=False)
    kernel.library.cache_clear()
    assert kernel.library() is not None
    yield
    patch.undo()
    kernel.library.cache_clear()


def test_without_the_library_names_are_matched_in_python(tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "LIBRARY", tmp_path / "none.so")
    kernel.library.cache_clear()
    build_index([Party("p", "Person", "Soe Win", (Name("Soe Win"),))], tmp_path)
    columns = Columns(Sections(tmp_path / INDEX_FILE))
    assert isinstance(kernel.open_search(columns, get_scorer()), PlainSearch)
    (tmp_path / "none.so").write_bytes(b"no library")
    kernel.library.cache_clear()
    assert kernel.library() is None
    monkeypatch.undo()
    kernel.library.cache_clear()
    assert isinstance(kernel.open_search(columns, get_scorer()), KernelSearch)


def test_a_compiler_that_fails_is_no_failure(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CC", "false")
    assert not compile_kernel(Path(kernel.__file__).parent / "native", tmp_path / "k.so")
    monkeypatch.setenv("CC", "/nowhere/cc")
    assert not compile_kernel(Path(kernel.__file__).parent / "native", tmp_path / "k.so")
    assert not (tmp_path / "k.so").exists()


@given(st.lists(names, max_size=3), st.lists(names, max_size=3), schemas, schemas, st.sampled_from(list(SCORERS)))
@settings(max_examples=400, deadline=None)
def test_two_parties_meet_in_the_same_way(left, right, schema, other, scorer):
    scheme = get_scorer(scorer)
    pair = [read_name(n, schema, scheme.edition) for n in left], [read_name(n, other, scheme.edition) for n in right]
    plain, compiled = PlainComparer(scheme, pair), KernelComparer(scheme, pair)
    (expected,), (found,) = plain.compare([(0, 1)]), compiled.compare([(0, 1)])
    assert compiled.points([(0, 1), (1, 0)]) == plain.points([(0, 1), (1, 0)])
    assert (found is None) == (expected is None)
    if found is not None:
        assert found._replace(alignment=None) == expected._replace(alignment=None)
        assert found.alignment._replace(pairs=()) == expected.alignment._replace(pairs=())
        assert sorted(found.alignment.pairs) == sorted(expected.alignment.pairs)


def _searches(folder: Path) -> tuple[PlainSearch, KernelSearch]:
    columns = Columns(Sections(folder / INDEX_FILE))
    return PlainSearch(columns, get_scorer()), KernelSearch(columns, get_scorer())


def _plain(found: list[list[Found]]) -> list[list[tuple[object, ...]]]:
    return [[(f.party, f.name, f.points, f.level, sorted(f.alignment.pairs)) for f in row] for row in found]


@pytest.fixture(scope="module")
def searches(tmp_path_factory):
    chance = random.Random(4)
    parties = []
    for number in range(600):
        words, schema = (PEOPLE, "Person") if number % 2 else (FIRMS, "Company")
        texts = {" ".join(chance.sample(words, chance.randint(1, 4))) for _ in range(chance.randint(1, 3))}
        kinds = itertools.cycle(("name", "alias", "weak"))
        parties.append(
            Party(f"p{number}", schema, "x", tuple(Name(t, k) for t, k in zip(sorted(texts), kinds, strict=False)))
        )
    folder = tmp_path_factory.mktemp("kernel-index")
    build_index(parties, folder)
    return _searches(folder)


@given(st.lists(st.tuples(names, schemas), max_size=5), st.integers(1, 8))
@settings(max_examples=80, deadline=None)
def test_the_same_names_are_found(searches, queries, limit):
    plain, compiled = searches
    asked = [Asked(r, kinds_of(schema)) for text, schema in queries for r in read_names(text, schema)]
    assert _plain(compiled.search_many(asked, limit)) == _plain(plain.search_many(asked, limit))


def test_one_by_one_is_as_together(searches):
    _, compiled = searches
    asked = [Asked(read_name(a + " " + b), 255) for a, b in itertools.pairwise(PEOPLE + FIRMS)]
    together = compiled.search_many(asked, 3)
    assert together == [compiled.search_many([one], 3)[0] for one in asked]


def test_what_is_remembered_changes_nothing(searches, monkeypatch):
    plain, compiled = searches
    asked = [Asked(read_name(a + " " + b), 255) for a, b in itertools.pairwise(FIRMS + PEOPLE)]
    expected = _plain(plain.search_many(asked, 3))
    assert _plain(compiled.search_many(asked, 3)) == expected
    monkeypatch.setattr(kernel, "_REMEMBERED", 10)
    for place, one in enumerate(asked):
        assert _plain(compiled.search_many([one], 3)) == expected[place : place + 1]


@pytest.mark.real
def test_on_real_lists(shared, tmp_path):
    data = shared / "data" / "matching"
    lines = (data / "targets.ftm.jsonl").read_text("utf-8").splitlines()
    build_index([party_from_ftm(json.loads(line)) for line in lines[::4]], tmp_path)
    plain, compiled = _searches(tmp_path)
    queries = [json.loads(line) for line in (data / "workload-dev.jsonl").read_text("utf-8").splitlines()[::16]]
    asked = [Asked(r, kinds_of(q["schema"])) for q in queries for r in read_names(q["name"], q["schema"])]
    assert _plain(compiled.search_many(asked, 5)) == _plain(plain.search_many(asked, 5))
