"""Names in running text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finemesh.matching.party import Name, Party
from finemesh.matching.scan_table import SCAN_FILE, ScanTable
from finemesh.matching.scanner import Scanner
from finemesh.model.errors import DataError

PARTIES = [
    Party("mah", "Person", "Min Aung Hlaing", (Name("Min Aung Hlaing"), Name("မင်းအောင်လှိုင်", "alias"))),
    Party("tz", "Person", "Tay Za", (Name("Tay Za"), Name("Teza", "weak"))),
    Party("vp", "Person", "Путин Владимир", (Name("Владимир Путин"),)),
    Party("moge", "Company", "Myanma Oil and Gas Enterprise", (Name("Myanma Oil and Gas Enterprise"), Name("MOGE", "weak"))),
    Party("isil", "Organization", "Islamic State", (Name("Islamic State in Iraq and the Levant"), Name("ISIL", "weak"))),
    Party("hope", "Vessel", "HOPE", (Name("HOPE"),)),
    Party("obrien", "Person", "Conor O'Brien", (Name("Conor O'Brien"),)),
]  # fmt: skip


@pytest.fixture(scope="module")
def scanner():
    return Scanner.of(PARTIES)


def found(scanner: Scanner, text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.party_ids[0]) for h in scanner.scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("General Min Aung Hlaing said so.", [("Min Aung Hlaing", "mah")]),
        ("Min Aung Hlaing's family", [("Min Aung Hlaing", "mah")]),
        ("Min Aung Hlaing’s family", [("Min Aung Hlaing", "mah")]),
        ("MIN AUNG HLAING", [("MIN AUNG HLAING", "mah")]),
        ("by Min Aung\nHlaing and", [("Min Aung\nHlaing", "mah")]),
        ("by Min  Aung \r\n Hlaing and", [("Min  Aung \r\n Hlaing", "mah")]),
        ("ဗိုလ်ချုပ်မှူးကြီး မင်းအောင်လှိုင် က", [("မင်းအောင်လှိုင်", "mah")]),
        ("Встреча с Владимиром Путиным.", [("Владимиром Путиным", "vp")]),
        ("Tay Za's Htoo Group", [("Tay Za", "tz")]),
        ("Conor O’Brien's ship", [("Conor O’Brien", "obrien")]),
        ("Myanma Oil and Gas Enterprise (MOGE)", [("Myanma Oil and Gas Enterprise", "moge"), ("MOGE", "moge")]),
    ],
)
def test_names_are_found_where_they_stand(scanner, text, expected):
    assert found(scanner, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "There is hope for the best.",
        "Min Aung. Hlaing is a township.",
        "Min Aung\n\nHlaing",
        "aminaung hlaingx",
        "\x00\x01 \ud800 ���",
    ],
)
def test_nothing_is_found_where_nothing_is(scanner, text):
    assert found(scanner, text) == []


def test_the_longer_name_wins():
    parties = [
        Party("a", "Company", "x", (Name("Htoo Group"),)),
        Party("b", "Company", "y", (Name("Htoo Group of Companies"),)),
    ]
    assert found(Scanner.of(parties), "the Htoo Group of Companies in Yangon") == [("Htoo Group of Companies", "b")]


def test_a_longer_name_that_the_text_breaks_off_leaves_the_shorter_one():
    scanner = Scanner.of(
        [Party("bank", "Company", "Bank of Ayar", (Name("Bank of Ayar"), Name("Bank of Ayar Trading Enterprise")))]
    )
    assert found(scanner, "They own the Bank of Ayar") == [("Bank of Ayar", "bank")]
    assert found(scanner, "They own the Bank of Ayar Trading") == [("Bank of Ayar", "bank")]


def test_everybody_of_a_name_is_given():
    parties = [Party(i, "Person", "Aung Moe Myint", (Name("Aung Moe Myint"),)) for i in ("b", "a")]
    (hit,) = Scanner.of(parties).scan("He met Aung Moe Myint.")
    assert hit.party_ids == ("a", "b")


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_places_are_exact_in_any_surroundings(before, after):
    scanner = Scanner.of(PARTIES[:1])
    text = f"{before}. Min Aung Hlaing. {after}"
    hits = [h for h in scanner.scan(text) if h.start == len(before) + 2]
    assert [text[h.start : h.end] for h in hits] == ["Min Aung Hlaing"]
    spans = [(h.start, h.end) for h in scanner.scan(text)]
    assert spans == sorted(spans)
    assert all(0 <= s < e <= len(text) for s, e in spans)


def test_a_long_text_without_spaces(scanner):
    assert found(scanner, "a" * 200_000) == []
    assert found(scanner, "မ" * 20_000) == []


MORE = [
    Party("mah", "Person", "Min Aung Hlaing", (Name("Senior General Min Aung Hlaing"), Name("MIN, Aung Hlaing"))),
    Party("mah2", "Person", "Min Aung Hlaing", (Name("Min Aung Hlaing"),)),
    Party("sw", "Person", "Soe Win", (Name("Soe Win"), Name("Ko Win", "alias"))),
    Party("gen", "Person", "Général", (Name("Général"), Name("Pierre Grandville"))),
    Party("vp", "Person", "Putin", (Name("Vladimir Vladimirovich PUTIN"), Name("ПУТИН, Владимир"))),
    Party("xi", "Person", "Xi", (Name("習近平"),)),
    Party("kim", "Person", "Kim", (Name("김정은"),)),
    Party("som", "Person", "Somchai", (Name("สมชาย วงศ์สวัสดิ์"),)),
    Party("asad", "Person", "Assad", (Name("بشار الأسد"),)),
    Party("sky", "Company", "Sky Aviator", (Name("SKY AVIATOR COMPANY LIMITED"),)),
    Party("mom", "PublicBody", "MoM", (Name("Ministry of Mines"),), countries=("mm",)),
    Party("mor", "PublicBody", "MoM", (Name("Ministry of Mines"),), countries=("ru",)),
    Party("cn", "Company", "Chinese", (Name("Chinese:"),)),
    Party("uac", "Company", "UAC", (Name("Unified Avionics Corporation"), Name("UAC"), Name("International", "alias"))),
    Party("bright", "Vessel", "BRIGHT", (Name("BRIGHT"),)),
    Party("horizon", "Vessel", "BALTIC HORIZON", (Name("BALTIC HORIZON"),)),
    Party("green", "Company", "GREEN LIGHT", (Name("GREEN LIGHT"),)),
    Party("qual", "Company", "Lenormand Technoservice", (Name("Lenormand & Technoservice (LTS) plc"),)),
]


@pytest.fixture(scope="module")
def more():
    return Scanner.of(MORE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vladimir Putin’s palace", [("Vladimir Putin", "vp")]),
        ("Указ Путина Владимира подписан", [("Путина Владимира", "vp")]),
        ("Встреча с Путиным Владимиром.", [("Путиным Владимиром", "vp")]),
        ("Vladimir Putin'in ziyareti", [("Vladimir Putin", "vp")]),
        ("国家主席习近平出席", [("习近平", "xi")]),
        ("國家主席習近平出席", [("習近平", "xi")]),
        ("김정은은 말했다", [("김정은", "kim")]),
        ("นายสมชาย วงศ์สวัสดิ์กล่าว", [("สมชาย วงศ์สวัสดิ์", "som")]),
        ("التقى وبشار الأسد امس", [("بشار الأسد", "asad")]),
        ("with Vladi-\nmir Putin again", [("Vladi-\nmir Putin", "vp")]),
        ("with Vladimir Pu-\n  tin again", [("Vladimir Pu-\n  tin", "vp")]),
        ("sold by Sky Aviator Company\nLimited to them", [("Sky Aviator Company\nLimited", "sky")]),
        ("Myanmar’s Ministry of Mines", [("Ministry of Mines", "mom")]),
        ("In Russia, the Ministry of Mines said", [("Ministry of Mines", "mor")]),
        ("the tanker Bright left", [("Bright", "bright")]),
        ("Bright (IMO 9187629) left", [("Bright", "bright")]),
        ("the vessels called BALTIC HORIZON", [("BALTIC HORIZON", "horizon")]),
        ("Unified Avionics Corporation (UAC)", [("Unified Avionics Corporation", "uac"), ("UAC", "uac")]),
        ("Lenormand and Technoservice (LTS) plc", [("Lenormand and Technoservice (LTS) plc", "qual")]),
        ("by Lenormand & Technoservice (LTS).", [("Lenormand & Technoservice (LTS)", "qual")]),
    ],
)
def test_names_as_texts_write_them(more, text, expected):
    assert found(more, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the Ethnic Youth General Strike Committee and Général",
        "Kyaw Soe Win and Soe Win Maung met Daw Aung Soe Win.",
        "a Chinese company and the Chinese: all of them",
        "the Ministry of Mines of Atlantis",
        "the Ministry of Mines in Peru",
        "a Bright future for Bright Star School",
        "Volunteers on International Cooperation",
        "sends a green light to companies",
        "UAC is a word here",
        "The list: Putin; Vladimir",
    ],
)
def test_words_that_are_no_names_here(more, text):
    assert found(more, text) == []


def test_an_ordinary_word_counts_only_where_it_is_marked(more):
    text = "Unified Avionics Corporation sells to the International Committee."
    assert found(more, text) == [("Unified Avionics Corporation", "uac")]
    assert ("International", "uac") in found(more, text + " “International” is what they call it.")


def test_what_is_left_of_a_company_without_its_legal_form(more):
    assert found(more, "sold by Sky Aviator to them") == []  # two ordinary words
    text = "Sky Aviator Company Limited did. Sky  Aviator is known."
    assert found(more, text) == [("Sky Aviator Company Limited", "sky"), ("Sky  Aviator", "sky")]
    telling = Scanner.of([Party("m", "Company", "x", (Name("Wanbado Mining Co., Ltd."),))])
    assert found(telling, "Wanbado Mining denies it") == [("Wanbado Mining", "m")]


def test_a_burmese_name_within_a_longer_one_is_somebody_elses(more):
    assert found(more, "Soe Win met Kyaw Soe Win") == [("Soe Win", "sw")]
    assert found(more, "General Soe Win Said so") == [("Soe Win", "sw")]
    assert found(more, "Ko Win came") == []
    assert found(more, "Ko Win is Soe Win") == [("Ko Win", "sw"), ("Soe Win", "sw")]


def test_a_title_in_one_list_does_not_hide_who_bears_the_name_in_another(more):
    (hit,) = more.scan("as Senior General Min Aung Hlaing said")
    assert hit.party_ids == ("mah", "mah2")
    assert (hit.start, hit.end) == (3, 33)


def test_a_syllable_that_goes_on_is_another_name(scanner):
    assert found(scanner, "မင်းအောင်လှိုင်") == [("မင်းအောင်လှိုင်", "mah")]
    short = Scanner.of([Party("p", "Person", "x", (Name("မင်းအောင်လှို"),))])
    assert found(short, "မင်းအောင်လှိုင်") == []


def test_normal_forms_make_no_difference(more):
    for name, id in (("김정은", "kim"), ("بشار الأسد", "asad"), ("Pierre Grandville", "gen")):
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            text = unicodedata.normalize(form, name)
            assert found(more, f"x {text} x") == [(text, id)]


def test_a_scanner_opened_from_a_file_finds_the_same(tmp_path, more):
    table = ScanTable()
    for party in MORE:
        table.add(party)
    table.write(tmp_path)
    text = "Vladimir Putin, Soe Win, 习近平 and the tanker Bright."
    assert Scanner.open(tmp_path).scan(text) == more.scan(text) != []
    (tmp_path / SCAN_FILE).write_bytes(b"no index")
    with pytest.raises(DataError, match="damaged"):
        Scanner.open(tmp_path)


CARRIERS = ("{}", "{}'s men", "{}’s men", "({}),", "“{}”", "by\n{}\nand", "{}.", "x-{}", "{}\u2029")


@given(
    st.sampled_from(["Min Aung Hlaing", "Myanma Oil and Gas Enterprise", "Conor O'Brien", "Владимир Путин"]),
    st.sampled_from([" ", "  ", "\n", " \n ", "\r\n", "\u00a0", "\t", "-", "-\n"]),
    st.sampled_from(CARRIERS),
    st.sampled_from([str.title, str.upper, str]),
)
@settings(max_examples=200, deadline=None)
def test_planted_names_are_found_with_exact_places(name, gap, carrier, case):
    scanner = Scanner.of(PARTIES)
    planted = case(gap.join(name.split(" ")))
    text = "They met " + carrier.format(planted) + " later."
    place = text.index(planted)
    assert (place, place + len(planted)) in [(h.start, h.end) for h in scanner.scan(text)]
