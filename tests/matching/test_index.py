"""The index: what goes in comes out, in another process too; damage is noticed."""

from __future__ import annotations

import pytest

from finemesh.matching.index import Index, Query
from finemesh.matching.index_build import INDEX_FILE, build_index
from finemesh.matching.party import Name, Party, party_from_ftm
from finemesh.model.errors import DataError

PARTIES = [
    Party(
        "mah", "Person", "Min Aung Hlaing", (Name("Min Aung Hlaing"), Name("မင်းအောင်လှိုင်", "alias")),
        countries=("mm",), birth_dates=("1956-07-03",), datasets=("us_ofac_sdn",), authorities=("US",),
    ),
    Party("sw", "Person", "Soe Win", (Name("Soe Win"),), countries=("mm",)),
    Party("vp", "Person", "Vladimir Putin", (Name("Vladimir Vladimirovich Putin"),), countries=("ru",)),
    Party("mogec", "Company", "Myanma Oil and Gas Enterprise", (Name("Myanma Oil and Gas Enterprise"), Name("MOGE", "weak"))),
    Party("me1", "Company", "No. 1 Mining Enterprise", (Name("No. 1 Mining Enterprise"),)),
    Party("me2", "Company", "No. 2 Mining Enterprise", (Name("No. 2 Mining Enterprise"),)),
    Party("tp", "Company", "OOO Технопром", (Name("ООО Технопром"), Name("Technoprom LLC", "alias"))),
    Party("empty", "Person", "?", (Name("???"),)),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    build_index(PARTIES, folder)
    return folder


@pytest.fixture(scope="module")
def index(folder):
    return Index.open(folder)


def best(index: Index, name: str, schema: str | None = None, **known) -> str | None:
    matches = index.screen(Query(name, schema, **known), threshold=0.5)
    return matches[0].id if matches else None


def test_every_name_finds_its_party_first(index):
    for party in PARTIES[:-1]:
        for name in party.names:
            assert best(index, name.text, party.schema) == party.id


def test_parties_without_a_readable_name_are_left_out(index):
    assert len(index) == len(PARTIES) - 1


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Sr. Gen. Min Aung Hlaing", "mah"),
        ("MinAungHlaing", "mah"),
        ("Путин, Владимир", "vp"),
        ("Wladimir Putin", "vp"),
        ("Tekhnoprom", "tp"),
        ("Mining Enterprise No. 2", "me2"),
        ("Mining Enterprise No 1", "me1"),
    ],
)
def test_other_spellings(index, name, id):
    assert best(index, name) == id


@pytest.mark.parametrize(
    "name", ["Win Soe", "Aung Hlaing Min", "Mining Enterprise No. 3", "John Smith", "", "🙂", "\x00", "M"]
)
def test_other_names_find_nobody(index, name):
    assert best(index, name) is None


def test_a_match_says_who_and_why(index):
    match = index.screen(Query("Min Aung Hlaing", "Person"))[0].as_json()
    assert (match["id"], match["caption"], match["schema"]) == ("mah", "Min Aung Hlaing", "Person")
    assert (match["datasets"], match["authorities"]) == (["us_ofac_sdn"], ["US"])
    assert 0.5 < match["score"] <= 1
    assert [(p["left"], p["right"], p["score"]) for p in match["explanation"][:3]] == [
        (w, w, 1.0) for w in ("min", "aung", "hlaing")
    ]


def test_facts_of_the_query_count(index):
    plain = index.screen(Query("Min Aung Hlaing", "Person"))[0].score
    right = index.screen(Query("Min Aung Hlaing", "Person", birth_dates=("1956-07-03",)))[0]
    wrong = index.screen(Query("Min Aung Hlaing", "Person", birth_dates=("1990-01-01",)))[0]
    assert wrong.score < plain < right.score
    assert right.explanation[-1]["part"] == "date"


def test_another_kind_of_party_scores_less(index):
    assert index.screen(Query("Soe Win", "Company"))[0].score < index.screen(Query("Soe Win", "Person"))[0].score


def test_many_at_once_are_the_same_as_one_by_one(index):
    queries = [
        Query(n, s) for n in ("Soe Win", "Win Soe", "", "Technoprom", "Mining Enterprise") for s in (None, "Person")
    ]
    assert list(index.screen_many(queries)) == [index.screen(q) for q in queries]


def test_limit_and_threshold(index):
    assert len(index.screen(Query("Mining Enterprise"), limit=1)) <= 1
    assert all(m.score >= 0.3 for m in index.screen(Query("Mining Enterprise"), threshold=0.3))


def test_the_same_parties_give_the_same_bytes(folder, tmp_path):
    build_index(iter(PARTIES), tmp_path)
    assert (tmp_path / INDEX_FILE).read_bytes() == (folder / INDEX_FILE).read_bytes()


def test_a_new_index_replaces_the_old_one(tmp_path):
    build_index(PARTIES[:1], tmp_path)
    old = Index.open(tmp_path)
    build_index(PARTIES[1:2], tmp_path)
    assert best(Index.open(tmp_path), "Soe Win") == "sw"
    assert best(old, "Min Aung Hlaing") == "mah"


def test_an_empty_index_answers(tmp_path):
    build_index([], tmp_path)
    index = Index.open(tmp_path)
    assert len(index) == 0
    assert index.screen(Query("Soe Win")) == []
    assert index.scan("Soe Win") == []


def test_no_index_is_a_clear_error(tmp_path):
    with pytest.raises(DataError, match="no name index"):
        Index.open(tmp_path)


@pytest.mark.parametrize("cut", [0, 5, 30, 200, -1])
def test_a_cut_index_is_noticed(folder, tmp_path, cut):
    (tmp_path / INDEX_FILE).write_bytes((folder / INDEX_FILE).read_bytes()[:cut])
    with pytest.raises(DataError) as error:
        Index.open(tmp_path)
    assert "finemesh build" in (error.value.hint or "")


def test_damage_anywhere_is_noticed(folder, tmp_path):
    data = (folder / INDEX_FILE).read_bytes()
    places = [p for p in range(0, len(data), 97) if data[p]]  # padding between sections is not read
    for place in places:
        (tmp_path / INDEX_FILE).write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with pytest.raises(DataError):
            Index.open(tmp_path)


def test_long_and_strange_names_go_in_and_out(tmp_path):
    names = [
        "Ivan " * 2500,
        "x" * 10_000,
        "a\x00b\x1b[31m c",
        "Robert'); DROP TABLE--",
        "<script>alert(1)</script>",
        "\ud800 lone",
    ]
    parties = [Party(f"p{i}", "Person", n, (Name(n),)) for i, n in enumerate(names)]
    build_index(parties, tmp_path)
    index = Index.open(tmp_path)
    for party in parties:
        assert best(index, party.names[0].text, "Person") == party.id


def test_parties_are_read_from_followthemoney():
    party = party_from_ftm(
        {
            "id": "x", "schema": "Person", "datasets": ["gb_hmt"],
            "properties": {"name": ["A B"], "weakAlias": ["C"], "birthDate": ["1970"], "nationality": ["MM"], "imoNumber": [7]},
        }
    )  # fmt: skip
    assert [(n.text, n.kind) for n in party.names] == [("A B", "name"), ("C", "weak")]
    assert (party.caption, party.countries, party.birth_dates, party.authorities) == (
        "A B",
        ("mm",),
        ("1970",),
        ("UK",),
    )
    split = party_from_ftm({"id": "y", "schema": "Person", "properties": {"firstName": ["Ko"], "lastName": ["Jimmy"]}})
    assert split.names == (Name("Ko Jimmy"),)
