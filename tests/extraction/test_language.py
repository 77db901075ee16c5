"""Which language a text is in, and that claims are read from English alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finemesh.case import Case
from finemesh.extraction.language import languages, only, passages

ENGLISH = "The UK sanctioned Harbour Light Group in May 2021.\nIt sold drones to the army.\n"
OTHERS = {
    "ar": "الشركة مدرجة على قائمة العقوبات منذ العام الماضي.\n",
    "de": "Die Firma wurde im Mai 2021 auf die Liste gesetzt, weil sie der Armee Drohnen verkauft hat.\n"
    "Ihr Direktor steht ebenfalls auf der Liste, sein Sohn aber nicht.\n",
    "es": "La empresa fue sancionada en mayo de 2021 por vender armas a la junta.\n"
    "Su director también figura en la lista, según un informe publicado ayer.\n",
    "fr": "Le groupe a été sanctionné en mai 2021, mais son directeur ne figure sur aucune liste.\n"
    "La société vend des drones à l'armée depuis plusieurs années, selon un rapport.\n",
    "id": "Perusahaan itu dikenai sanksi pada tahun 2021 karena menjual senjata kepada junta militer.\n"
    "Direkturnya juga masuk daftar, tetapi anaknya tidak disebut dalam laporan tersebut.\n",
    "ko": "이 회사는 2021년 5월 미국의 제재를 받았다.\n",
    "my": "ကုမ္ပဏီကို အမေရိကန်နှင့် ကနေဒါက ပိတ်ဆို့အရေးယူခဲ့သည်။\n",
    "ru": "Компания «Рассвет» была внесена в санкционный список США и Канады.\n",
    "th": "บริษัทนี้ถูกคว่ำบาตรโดยสหรัฐอเมริกาเมื่อปีที่แล้ว\n",
    "uk": "Компанія була внесена до санкційного списку, її директор також, про що йдеться у звіті.\n",
    "vi": "Công ty này đã bị trừng phạt vào tháng 5 năm 2021 vì bán vũ khí cho quân đội.\n"
    "Giám đốc của công ty cũng có tên trong danh sách, theo một báo cáo.\n",
    "zh": "该公司已被美国和加拿大制裁，其董事也被列入名单。\n",
}


@pytest.mark.parametrize("code", OTHERS)
def test_languages_are_told_apart(code):
    assert languages(OTHERS[code], passages(OTHERS[code])) == (code,)


@pytest.mark.parametrize("code", OTHERS)
def test_a_document_in_two_languages_is_cut_where_it_changes(code):
    text = ENGLISH + OTHERS[code] + "\n" + "The EU has not sanctioned it.\n"
    cut = passages(text)
    assert [p.language for p in cut] == ["en", code, "en"]
    assert "".join(text[p.start : p.end] for p in cut) == text
    kept = only(text, cut)
    assert len(kept) == len(text) and kept.startswith(ENGLISH) and "The EU has not" in kept
    assert kept[cut[1].start : cut[1].end].strip() == ""


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Light Group was sanctioned by Canada.\n",
        "Ye Win Htut\nMaung Maung Zaw\nDaw Khin Phyu Win\n",
        "Canada: Stone Gate Trading Co. Ltd., Kalden\n",
        "http://www.example.org/la/de/el/un/der/les/report_en.pdf\n",
        "12.5 %\n",
        "Sanctions on suppliers of jet fuel\n",
        "",
    ],
)
def test_names_and_short_lines_are_not_taken_for_another_language(text):
    assert only(text, passages(text)) == text


def test_lines_of_names_between_go_with_their_neighbours():
    text = OTHERS["ru"] + "12. 2021\n" + OTHERS["ru"]
    assert [p.language for p in passages(text)] == ["ru"]
    named = ENGLISH + "Ye Win Htut, Maung Maung Zaw\n" + ENGLISH
    assert [p.language for p in passages(named)] == ["en"]


@given(st.text(max_size=400))
def test_any_text_is_cut_without_loss(text):
    cut = passages(text)
    assert "".join(text[p.start : p.end] for p in cut) == text
    assert len(only(text, cut)) == len(text)


def test_lines_without_end_are_judged_piece_by_piece():
    text = ENGLISH.replace("\n", " ") * 200 + "Компания была внесена в список. " * 200
    assert [p.language for p in passages(text)] == ["en", "ru"]


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A case with a document in two languages and one in Spanish."""
    folder = tmp_path_factory.mktemp("languages")
    case = Case.init(folder / "case")
    mixed = ENGLISH + OTHERS["fr"] + "The EU has not sanctioned Harbour Light Group.\n" + OTHERS["my"] * 3
    (folder / "mixed.txt").write_text(mixed, encoding="utf-8")
    spanish = OTHERS["es"] + "Canada sanctions Harbour Light Group, dijo ayer el director de la empresa a la prensa.\n"
    (folder / "spanish.txt").write_text(spanish, encoding="utf-8")
    case.add([folder / "mixed.txt", folder / "spanish.txt"])
    case.build(jobs=1)
    return case


def test_a_document_says_its_languages(case):
    assert {d.doc: d.language for d in case.documents()} == {"mixed": "fr;en;my", "spanish": "es"}


def test_claims_are_read_from_english_alone_and_stand_where_they_stand(case):
    claims = [c.claim for c in case.claims() if c.claim.type == "designation"]
    assert {(c.doc, c.args["authority"], c.stance.value) for c in claims} == {
        ("mixed", "UK", "asserted"),
        ("mixed", "EU", "denied"),
    }
    text = case.look.documents("mixed")[0].text
    assert all(text[slice(*c.offset)] == c.quote for c in claims)
    assert case.verify(jobs=1).failed == 0


def test_names_are_mentioned_in_any_language(case):
    assert any("Harbour Light Group" in m.text for m in case.mentions(["spanish"]))


def test_it_is_told_that_claims_are_not_read(case):
    told = {i.source: i.message for i in case.issues() if i.code == "not-english"}
    assert told["spanish.txt"].startswith("the document is not in English (es)")
    assert "characters of the document are not in English (fr, my)" in told["mixed.txt"]
