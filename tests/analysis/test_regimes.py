"""Regimes, programmes and targets: the files are sound, and the origin release's two sets come out of them."""

import importlib.util
import os
from datetime import date
from pathlib import Path

import pytest

from finemesh.analysis import regimes as api
from finemesh.analysis.regime_data import data_names, data_text, read_programmes
from finemesh.model.authority import AUTHORITIES
from finemesh.model.dates import is_date
from finemesh.model.designation import State
from finemesh.model.regime import DEFINITIONS, Checked, Measure, Standing, TargetKind

ORIGIN = date(2024, 3, 1)
ON_MYANMAR = {"AU", "CA", "UK", "EU", "NZ", "US"}
ON_RUSSIA = {"SG", "AU", "CA", "UK", "EU", "NZ", "KR", "JP", "US"}


def every():
    return api.regimes(policies=True)


# the files


def test_every_authority_has_a_file():
    assert {name.removesuffix(".yml").upper() for name in data_names("regimes")} - {"TARGETS"} == set(AUTHORITIES)


def test_ids_are_unique_and_dates_real():
    ids = [r.id for r in every()]
    assert len(ids) == len(set(ids)) > 200
    assert all(is_date(r.since) and (not r.until or is_date(r.until)) for r in every())


def test_every_entry_cites_an_act_and_an_official_address():
    assert all(r.legal_basis and r.source_url.startswith("https://") for r in every())
    press = ("reuters", "wikipedia", "lexology", "mondaq", "bakermckenzie", "yahoo", "opensanctions")
    assert not [r.id for r in every() if any(word in r.source_url for word in press)]


def test_what_was_read_in_reports_only_says_where():
    assert not [r.id for r in every() if r.checked is Checked.REPORT and not r.read]


def test_the_origins_regimes_rest_on_something_that_was_read():
    sound = (Checked.TEXT, Checked.REPORT)
    for country, authorities in (("mm", ON_MYANMAR), ("ru", ON_RUSSIA)):
        for code in authorities:
            found = [r for r in api.regimes(code, country, ORIGIN) if r.country_wide]
            assert any(r.checked in sound for r in found), (code, country)


def test_every_measure_is_defined():
    assert set(DEFINITIONS) == set(Measure)


def test_policies_are_told_apart_from_law():
    assert {r.id for r in every() if r.standing is Standing.POLICY} == {"kr-mm-2021", "nz-mm-contacts"}


# the origin release


def test_who_had_measures_against_myanmar_on_the_day_of_the_release():
    codes = {r.authority for r in api.regimes(country="mm", on=ORIGIN)}
    assert codes >= ON_MYANMAR
    assert not codes & {"KR", "SG", "JP", "UN"}


def test_who_had_measures_against_russia_on_the_day_of_the_release():
    codes = {r.authority for r in api.regimes(country="ru", on=ORIGIN)}
    assert codes >= ON_RUSSIA
    assert "UN" not in codes


@pytest.mark.parametrize("code", sorted(ON_MYANMAR))
def test_myanmar_is_regime_only(code):
    cell = api.regime_cell(code, "mm", ORIGIN)
    assert cell is not None
    assert cell.state is State.REGIME_ONLY
    assert "https://" in cell.basis and cell.reference and cell.measures


@pytest.mark.parametrize("code", sorted(ON_RUSSIA))
def test_russia_is_regime_only(code):
    cell = api.regime_cell(code, "ru", ORIGIN)
    assert cell is not None
    assert cell.state is State.REGIME_ONLY
    assert set(cell.measures) & {m.value for m in api.measures_meant("export restrictions")}


@pytest.mark.parametrize(
    ("code", "country"), [("KR", "mm"), ("SG", "mm"), ("JP", "mm"), ("UN", "mm"), ("UN", "ru"), ("SG", "by")]
)
def test_who_had_none(code, country):
    assert api.regime_cell(code, country, ORIGIN) is None


def test_the_announced_measures_of_korea_are_there_for_who_asks():
    (found,) = api.regimes("KR", "mm", ORIGIN, policies=True)
    assert found.since == "2021-03-12"
    assert Measure.ARMS in found.measures


# questions


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        (date(2015, 6, 1), {"uk-mm-arms"}),
        (date(2021, 4, 28), {"uk-mm-arms", "uk-mm-burma-2019"}),
        (date(2021, 4, 29), {"uk-mm-arms", "uk-mm-2021"}),
    ],
)
def test_burma_became_myanmar(day, ids):
    assert {r.id for r in api.regimes("UK", "mm", day)} == ids


def test_before_the_invasion_singapore_had_nothing():
    assert api.regimes("SG", "ru", date(2022, 3, 13)) == []
    assert [r.id for r in api.regimes("sg", "RU", date(2022, 3, 14))] == ["sg-ru-financial"]


def test_a_partial_date_is_not_stretched():
    (travel,) = [r for r in api.regimes("NZ", "mm") if r.id == "nz-mm-travel"]
    assert travel.since == "2021-02"
    assert [
        travel.in_force(date(2021, 1, 31)),
        travel.in_force(date(2021, 2, 15)),
        travel.in_force(date(2021, 2, 28)),
    ] == [
        False,
        None,
        True,
    ]
    assert api.regimes("NZ", "mm", date(2021, 2, 15)) == []


def test_what_ended_is_over_on_that_day():
    syria = api.regime("us-sy")
    assert syria is not None
    assert [syria.in_force(date(2025, 6, 29)), syria.in_force(date(2025, 6, 30))] == [True, False]


def test_a_framework_for_listing_is_no_measure_against_the_country():
    assert api.regimes("EU", "gt", ORIGIN)
    assert api.regime_cell("EU", "gt", ORIGIN) is None


def test_measures_against_occupied_territories_are_not_against_ukraine():
    assert api.regimes("EU", "ua", ORIGIN)
    assert all(api.regime_cell(code, "ua", ORIGIN) is None for code in AUTHORITIES)


def test_an_unknown_authority_has_no_regimes():
    assert (api.regimes("XX"), api.regime("xx-mm")) == ([], None)


def test_entries_are_plain_values_for_the_api():
    shown = api.regimes("CA", "mm", ORIGIN)[0].as_json()
    assert shown["authority"] == "CA"
    assert shown["until"] is None
    assert all(isinstance(word, str) for word in shown["measures"])


# programmes


@pytest.mark.parametrize(
    ("dataset", "text", "countries", "ids"),
    [
        ("us_ofac_sdn", "BURMA-EO14014", ("mm",), ("us-mm-eo14014",)),
        ("us_ofac_sdn", "[RUSSIA-EO14024]", ("ru",), ("us-ru-eo14024",)),
        ("us_ofac_cons", "UKRAINE-EO13662", ("ru", "ua"), ("us-ru-2014",)),
        ("us_trade_csl", "GLOMAG", (), ()),
        ("gb_hmt", "Burma", ("mm",), ("uk-mm-burma-2019", "uk-mm-eu")),
        ("gb_hmt", "Venezuela ", ("ve",), ("uk-ve",)),
        ("gb_hmt", "Iran (human rights)", ("ir",), ("uk-ir-rights",)),
        ("gb_fcdo", "The Myanmar (Sanctions) Regulations 2021", ("mm",), ("uk-mm-2021",)),
        ("eu_fsf", "MMR", ("mm",), ("eu-mm-framework",)),
        ("eu_journal", "EU-BLR", ("by",), ("eu-by-framework",)),
        ("un_sc", "GB", ("gw",), ("un-gw",)),
        ("au_dfat", "Autonomous (Thematic – Corruption)", (), ()),
        ("au_dfat", "1533 (Democratic Republic of the Congo) ", ("cd",), ()),
        ("ca_sema", "Myanmar (Burma) / Myanmar (Birmanie)", ("mm",), ("ca-mm-framework",)),
        ("ca_sema", "South Sudan / Soudan du sud", ("ss",), ("ca-ss",)),
        (
            "ch_seco",
            "Ordinance of 16 March 2022 on measures against Belarus (SR 946.231.116.9), annex 13",
            ("by",),
            ("ch-by-framework",),
        ),
        ("jp_meti", "対象となるロシア連邦の団体", ("ru",), ("jp-ru-export",)),
    ],
)
def test_programmes(dataset, text, countries, ids):
    found = api.programme(dataset, text)
    assert found is not None
    assert (found.countries, found.regimes) == (countries, ids)
    assert found.thematic is not bool(countries)


def test_a_programme_that_is_not_known_is_none():
    assert api.programme("us_ofac_sdn", "NEW-EO99999") is None
    assert api.programme("us_ofac_sdn", "") is None
    assert api.programme("somebody_else", "SDGT") is None


def test_the_words_of_a_list_are_known_in_the_tables_of_others():
    russia = api.programme_of_authority("UK", "The Russia (Sanctions) (EU Exit) Regulations 2019")
    assert russia is not None and "ru" in russia.countries
    burma = api.programme_of_authority("US", "EO 14014 Directive 1")
    assert burma is not None and burma.regimes == ("us-mm-eo14014", "us-mm-moge")
    assert api.programme_of_authority("NG", "SDGT") is None


def test_schedules_have_a_meaning():
    belarus = api.programme("ca_sema", "Belarus / Bélarus")
    assert belarus is not None
    assert belarus.part("1,Part 3") == belarus.part("1, Part 3") == "entities"
    assert belarus.part("9") is None


def test_every_programme_file_is_sound():
    for name in data_names("programmes"):
        text = data_text("programmes", name)
        assert text is not None
        assert read_programmes(name, text, api.regime).dataset == name.removesuffix(".yml")


# targets


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Myanmar", "mm", TargetKind.STATE),
        ("Burma", "mm", TargetKind.STATE),
        ("the Myanmar junta", "mm", TargetKind.GOVERNMENT),
        ("the illegal and illegitimate Myanmar junta", "mm", TargetKind.GOVERNMENT),
        ("Myanmar’s military junta", "mm", TargetKind.GOVERNMENT),
        ("military junta of Myanmar", "mm", TargetKind.GOVERNMENT),
        ("Myanmar military", "mm", TargetKind.ARMED_FORCES),
        ("Tatmadaw", "mm", TargetKind.ARMED_FORCES),
        ("Russia", "ru", TargetKind.STATE),
        ("the Russian regime", "ru", TargetKind.GOVERNMENT),
        ("Government of the Russian Federation", "ru", TargetKind.GOVERNMENT),
        ("Belarus", "by", TargetKind.STATE),
        ("Lukashenko's regime", "by", TargetKind.GOVERNMENT),
        ("North Korea", "kp", TargetKind.STATE),
        ("Türkiye", "tr", TargetKind.STATE),
    ],
)
def test_targets(name, country, kind):
    found = api.target(name)
    assert found is not None
    assert (found.country, found.kind) == (country, kind)
    assert api.target_country(name) == country


@pytest.mark.parametrize(
    "name",
    [
        "the junta",
        "",
        "arms brokers",
        "Russian companies supplying the Myanmar military",
        "Myanma Oil and Gas Enterprise",
        "Myanmar junta’s aviation fuel supply chain",
        "business interests of the Myanmar junta",
        "Myanmar Economic Corporation",
    ],
)
def test_what_is_no_target_of_a_regime(name):
    assert api.target(name) is None
    assert api.target_country(name) is None


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("arms embargo", {Measure.ARMS}),
        ("global arms embargo", {Measure.ARMS}),
        ("sanctions", set(Measure)),
        ("sanctions and export restrictions", set(Measure)),
        ("export restrictions", {Measure.EXPORT, Measure.DUAL_USE, Measure.END_USE, Measure.ARMS}),
        ("ban on aviation fuel exports", {Measure.EXPORT}),
        ("visa ban", {Measure.TRAVEL, Measure.FRAMEWORK}),
        ("ban from all meetings", set()),
    ],
)
def test_what_a_word_for_a_measure_can_mean(text, measures):
    assert api.measures_meant(text) == measures


# tools and page


def tool(name):
    path = Path(__file__).parents[2] / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_shows_what_the_files_hold():
    made = tool("regimes_table")
    shown = made.PAGE.read_text(encoding="utf-8").split(made.BEGIN)[1].split(made.END)[0]
    assert shown.strip() == made.tables()


def lists():
    return Path(os.environ.get("FINEMESH_SHARED", "../shared")) / "data" / "lists"


@pytest.mark.real
@pytest.mark.skipif(not lists().is_dir(), reason="no shared lists")
def test_every_programme_of_the_real_lists_is_mapped():
    made = tool("list_programmes")
    found = made.count(lists())
    assert set(found) == set(made.LISTS)
    assert sum(len(counter) for counter in found.values()) > 350
    assert [(d, *key) for d, counter in found.items() for key in counter if made.unmapped(d, *key)] == []
