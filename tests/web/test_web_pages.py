"""Each page says what it should, and every link on every page leads somewhere."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html
from tests.web.sample import BURMESE, TODAY

PAGES = (
    "/",
    "/search?q=Htoo+Group+of+Companies",
    "/search",
    "/screen",
    "/screen?name=Htoo+Group+of+Companies",
    "/documents",
    "/documents?q=army&order=claims",
    "/document/brokers",
    "/document/brokers?as_of=2022-01-01",
    "/document/hostile",
    "/document/long",
    "/document/long?part=2",
    "/entity/ofac-35765",
    "/entity/ofac-27225?as_of=2022-09-22",
    "/coverage",
    "/coverage?doc=brokers",
    "/coverage?doc=brokers&as_of=2022-09-22&gaps=1",
    "/coverage?names=Htoo+Group+of+Companies%0ANobody+At+All",
    "/coverage?listed_by=US&not_by=EU",
    "/listing/ofac-35765?authority=EU",
    "/listing/ofac-35739?authority=EU",
    "/listing/ofac-35739?authority=JP",
    "/network",
    "/network?id=ofac-35765",
    "/network?id=ofac-35765&since=2020&until=2024-06",
    "/timeline?id=ofac-35765",
    "/timeline?id=ofac-35765&kind=designations&as_of=2022-01-01",
    "/network?id=ofac-35765&id=doc-myanmar-junta&kind=supply",
    "/tie?source=ofac-35765&target=ofac-34663",
    "/lists",
    "/issues",
    "/issues?severity=warning",
)


def text_of(response) -> str:
    """The words of a page, white space made one."""
    tree = lxml_html.fromstring(response.text)
    return re.sub(r"\s+", " ", tree.text_content())


@pytest.mark.parametrize("address", PAGES)
def test_page_renders_with_title_main_and_heading(client, address):
    response = client.get(address)
    assert response.status_code == 200
    tree = lxml_html.fromstring(response.text)
    assert tree.findtext(".//title").strip().endswith("Brokers & <friends>")
    assert len(tree.findall(".//main")) == 1 and len(tree.findall(".//h1")) == 1
    assert not re.search(r"\bNone\b|Undefined|\{\{|\}\}", text_of(response))


@pytest.mark.parametrize("address", PAGES)
def test_tables_have_scoped_headings_and_fields_have_labels(client, address):
    tree = lxml_html.fromstring(client.get(address).text)
    for heading in tree.iter("th"):
        assert heading.get("scope"), lxml_html.tostring(heading)
    for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = field.xpath("ancestor::label") or tree.xpath(f"//label[@for='{field.get('id')}']")
        assert labelled or field.get("aria-label"), lxml_html.tostring(field)


def test_ids_are_not_given_twice(client):
    for address in PAGES:
        ids = lxml_html.fromstring(client.get(address).text).xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_every_link_leads_to_a_page(client):
    """From the overview onwards, as far as a few hundred pages."""
    todo, seen = ["/"], {"/"}
    while todo and len(seen) < 700:
        address = todo.pop(0)
        response = client.get(address)
        assert response.status_code == 200, address
        if "html" not in response.headers["content-type"]:
            continue
        for href in re.findall(r'href="([^"]*)"', response.text):
            link = unescape(href)
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith(("#", "/static")):
                continue
            target = (parts.path or address.partition("?")[0]) + (f"?{parts.query}" if parts.query else "")
            if target not in seen:
                seen.add(target)
                todo.append(target)
    assert len(seen) > 150


def test_static_files_that_pages_name_are_there(client):
    for name in ("style.css", "app.js", "theme.js", "icon.svg"):
        response = client.get(f"/static/{name}")
        assert response.status_code == 200 and response.headers["cache-control"] == "no-cache"
    for part in re.findall(r'url\("([^"]+)"\)', client.get("/static/style.css").text):
        assert client.get(f"/static/{part}").status_code == 200


def test_overview_tells_what_the_case_holds(client):
    text = text_of(client.get("/"))
    assert "3 documents with 14 claims" in text
    assert "Consolidated List of Financial Sanctions Targets" in text
    assert "The biggest gaps" in text and "Aung Hlaing OO" in text
    assert "No list is loaded of United Nations" in text


def test_document_shows_claims_beside_their_sentences(client):
    response = client.get("/document/brokers")
    text = text_of(response)
    assert "12 claims, 7 of them about sanctions" in text
    assert "2022-09-22, the document's own date" in text
    assert "says UN Special Rapporteur, relayed by brokers.txt" in text
    assert "called for Canada designates Mega Hill General Trading" in text
    card = lxml_html.fromstring(response.text).xpath("//aside[contains(@class, 'card')]")[0]
    assert "EU designates Htoo Group of Companies" in re.sub(r"\s+", " ", card.text_content())
    assert "confirmed" in card.text_content()


def test_document_verdicts_follow_the_chosen_day(client):
    before = lxml_html.fromstring(client.get("/document/brokers?as_of=2022-01-01").text)
    first = before.xpath("//aside[contains(@class, 'card')]")[0].text_content()
    assert "contradicted" in first and "not listed" in first


def test_document_marks_names_by_what_is_known(client):
    tree = lxml_html.fromstring(client.get("/document/brokers").text)
    listed = tree.xpath("//a[contains(@class, 'm linked listed')]")
    assert {a.text_content() for a in listed} >= {"Htoo Group of Companies", "Tay Za"}
    unlinked = tree.xpath("//span[@class='m unlinked']")
    assert "chairman" in {s.text_content() for s in unlinked}
    assert {a.text_content() for a in tree.xpath("//a[@class='m linked']")} >= {"Russia", "Mega Hill General Trading"}


def test_document_text_is_whole_whatever_is_marked_in_it(client):
    from tests.web.sample import BROKERS

    tree = lxml_html.fromstring(client.get("/document/brokers").text)
    runs = [p.text_content() for p in tree.xpath("//p[@class='run']")]
    assert "\n".join(runs) == "\n".join(line for line in BROKERS.split("\n") if line)


def test_open_in_document_shows_the_place(client):
    start = 100
    tree = lxml_html.fromstring(client.get(f"/document/brokers?at={start}-130").text)
    assert len(tree.xpath("//*[@id='at']")) == 1
    assert tree.xpath("//*[contains(@class, 'hit')]")


def test_long_document_comes_in_parts_and_a_place_finds_its_part(client):
    text = text_of(client.get("/document/long"))
    assert "part 1 of 4" in text and "In the year 2999" not in text
    assert "others with claims: 4" in text
    last = text_of(client.get("/document/long?at=300000-300010"))
    assert "In the year 2999" in last
    assert client.get("/document/long?part=999").status_code == 200


def test_entity_shows_values_side_by_side_with_marks(client):
    response = client.get("/entity/ofac-35765")
    text = text_of(response)
    assert BURMESE in text and "ofac-35765" in text
    assert "European Union ● listed 2022-02-21" in text
    assert "Tay Za is chairman of Htoo Group of Companies" in text
    assert "“Linked To”" in text and "says US Treasury, Office of Foreign Assets Control" in text
    assert "Why these records are one" in text and "same name" in text
    values = lxml_html.fromstring(response.text).xpath("//table[contains(@class, 'values')]//tr/td[1]")
    assert values and all(cell.xpath(".//a[@class='ev']") for cell in values)


def test_entity_strip_has_a_bar_for_each_designation(client):
    tree = lxml_html.fromstring(client.get("/entity/ofac-27225").text)
    titles = tree.xpath("//*[local-name()='svg'][@class='strip']//*[local-name()='title']/text()")
    assert any("UK: designated 2021-02-25, delisted 2024-01-31" in t for t in titles)
    assert any("US: seen since the snapshot of 2021-08-18, date not published" in t for t in titles)


def test_coverage_shows_states_gaps_and_dates(client):
    response = client.get("/coverage?doc=brokers&as_of=2022-09-22")
    tree = lxml_html.fromstring(response.text)
    rows = {
        re.sub(r"\s+", " ", r.find("th").text_content()).strip(): r
        for r in tree.xpath("//div[contains(@class, 'matrix')]//tbody/tr")
    }
    htoo = next(r for name, r in rows.items() if name.lower().startswith("htoo group"))
    assert "2022-02-21" in htoo.text_content() and "2021-09-02" in htoo.text_content()
    mcm = next(r for name, r in rows.items() if name.upper().startswith("MYANMAR CHEMICAL"))
    assert mcm.xpath(".//span[@class='gap']") and "listed 2022-03-25" in re.sub(r"\s+", " ", mcm.text_content())
    assert "listed nowhere" in next(r for n, r in rows.items() if n.startswith("Mega Hill")).text_content()


def test_coverage_follows_day_columns_and_filters(client):
    early = text_of(client.get("/coverage?entity=ofac-35765&as_of=2021-10-01&cols=EU,UK"))
    assert "1 gap" in early
    heads = lxml_html.fromstring(client.get("/coverage?entity=ofac-35765&cols=EU,UK").text)
    assert [h.text_content() for h in heads.xpath("//div[contains(@class,'matrix')]//thead//th")][1:3] == ["EU", "UK"]
    filtered = text_of(client.get("/coverage?doc=brokers&gaps=1"))
    assert "listed nowhere" not in filtered.partition("What the signs")[0].replace("hide “listed nowhere”", "")
    none = text_of(client.get("/coverage?doc=brokers&country=zz"))
    assert "left by the filters" in none


def test_coverage_offers_the_days_of_change(client):
    tree = lxml_html.fromstring(client.get("/coverage?entity=ofac-35765&as_of=2022-01-01").text)
    titles = tree.xpath("//*[contains(@class, 'ticks')]//*[local-name()='title']/text()")
    assert any(t.startswith("2022-02-21: EU designated 2022-02-21") for t in titles)
    steps = tree.xpath("//*[@data-swap='steps']//a/@href")
    assert any("as_of=2021-09-02" in s for s in steps) and any("as_of=2022-02-21" in s for s in steps)


def test_coverage_files(client):
    csv_file = client.get("/coverage.csv?entity=ofac-35765&as_of=2022-09-22")
    assert csv_file.headers["content-disposition"] == 'attachment; filename="coverage-2022-09-22.csv"'
    assert "2022-02-21" in csv_file.text
    book = client.get("/coverage.xlsx?doc=brokers")
    assert book.status_code == 200 and book.content[:2] == b"PK"
    assert client.get("/coverage.csv").status_code == 400


def test_listing_shows_the_entry_with_its_words_marked(client):
    response = client.get("/listing/ofac-35765?authority=EU")
    marked = lxml_html.fromstring(response.text).xpath("//table[@class='record']//mark/text()")
    assert {"Htoo Group of Companies", "2022-02-21", "EU-MMR"} <= set(marked)
    assert "Official Journal" in text_of(response)
    none = text_of(client.get("/listing/ofac-35739?authority=EU"))
    assert "not listed" in none and "screen the name" in none


def test_evidence_reads_the_archive_anew(client, web_case):
    place = next(v for v in web_case.entity("ofac-35765").values if v.prop == "weakAlias").evidence[0]
    response = client.get("/evidence", params={"at": f"{place.sha256}~{place.locator}"})
    text = text_of(response)
    assert "Weak alias: HCG" in text and "Read from the archived file just now" in text
    assert place.sha256[:16] in text and "row 8" in text
    assert "SDN_Name" in text and "HTOO GROUP OF COMPANIES" in text
    assert "HCG" in lxml_html.fromstring(response.text).xpath("//blockquote/mark/text()")


def test_evidence_says_when_the_archive_holds_other_words(client, web_case):
    place = next(v for v in web_case.entity("ofac-35765").values if v.prop == "weakAlias").evidence[0]
    beyond = place.locator.replace("row=8", "row=99999")
    assert "nothing stands at this place" in text_of(client.get("/evidence", params={"at": f"{place.sha256}~{beyond}"}))


def test_evidence_of_a_claim_tells_speaker_and_leads_into_the_document(client, web_case):
    claim = next(c for c in web_case.claims(["brokers"]) if c.claim.speaker)
    response = client.get("/evidence", params={"at": f"{claim.claim.sha256}~{claim.locator}"})
    assert "says UN Special Rapporteur, relayed by brokers.txt" in text_of(response)
    assert f"at={claim.claim.offset[0]}-{claim.claim.offset[1]}#at" in response.text


def test_fragment_has_the_content_only(client):
    whole, part = (
        client.get("/listing/ofac-35765?authority=EU"),
        client.get("/listing/ofac-35765?authority=EU&fragment=1"),
    )
    assert "<header" in whole.text and "<html" in whole.text
    assert "<html" not in part.text and "Htoo Group of Companies" in part.text
    assert "<html" not in client.get("/entity/nobody?fragment=1").text


def test_network_draws_ties_with_their_stance_and_a_table(client):
    response = client.get("/network?id=ofac-35765")
    tree = lxml_html.fromstring(response.text)
    ties = tree.xpath("//a[contains(@class, 'tie')]/@aria-label")
    assert any("supplies helicopters to" in t and "Says brokers.txt" in t for t in ties)
    assert "The same as a table" in text_of(response)
    assert "listed by US, UK, EU" in response.text
    assert client.get("/network?q=Htoo+Group+of+Companies").headers["location"] == "/network?id=ofac-35765"
    assert client.get("/network?q=zzzz+qqqq").status_code == 404


def test_the_network_can_be_narrowed_to_dates_and_voices(client):
    def rows(query):
        return len(lxml_html.fromstring(client.get(f"/network?id=ofac-35765{query}").text).xpath("//table//tbody/tr"))

    every = rows("")
    voices = lxml_html.fromstring(client.get("/network?id=ofac-35765").text).xpath(
        "//select[@name='voice']/option/@value"
    )
    told = [rows(f"&voice={voice}") for voice in voices if voice]
    assert every and len(told) > 1 and all(0 < count < every for count in told)
    assert rows("&voice=Nobody") == 0
    assert rows("&until=1990") < every
    assert client.get("/network?id=ofac-35765&since=soon").status_code == 400


def test_the_timeline_has_years_and_says_who_says_so(client):
    tree = lxml_html.fromstring(client.get("/timeline?id=ofac-35765").text)
    years = tree.xpath("//section/h2/text()")
    assert years == sorted(years) and years
    assert all("says" in item.text_content() for item in tree.xpath("//ol[@class='events']/li"))
    only = lxml_html.fromstring(client.get("/timeline?id=ofac-35765&kind=designations").text)
    assert {g.text for g in only.xpath("//span[@class='group']")} == {"designations"}
    assert client.get("/timeline").status_code == 400 and client.get("/timeline?id=nobody").status_code == 404


def test_network_file_stands_alone(client):
    response = client.get("/network.svg?id=ofac-35765")
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert response.headers["content-disposition"].startswith("attachment")
    tree = lxml_html.etree.fromstring(response.content)
    assert tree.tag.endswith("svg") and not tree.xpath("//*[local-name()='a' or local-name()='script']")


def test_tie_shows_who_says_so(client):
    text = text_of(client.get("/tie?source=ofac-35765&target=doc-myanmar-junta&kind=supply"))
    assert "supplies helicopters to" in text and "says brokers.txt" in text and "until 2021" in text


def test_as_of_is_carried_along_and_marked(client):
    response = client.get("/entity/ofac-35765?as_of=2022-01-15")
    assert 'class="asof chosen"' in response.text
    tree = lxml_html.fromstring(response.text)
    for href in tree.xpath("//nav[@aria-label='Pages']//a/@href | //main//a[@class='party']/@href"):
        assert "as_of=2022-01-15" in href
    today = client.get(f"/entity/ofac-35765?as_of={TODAY}")
    assert 'class="asof chosen"' not in today.text


def test_printed_evidence_is_numbered_as_the_marks(client):
    tree = lxml_html.fromstring(client.get("/entity/ofac-35765").text)
    marks = {a.text for a in tree.xpath("//main//a[@class='ev']")}
    printed = {li.get("value") for li in tree.xpath("//section[@class='printed']//li")}
    assert marks == printed


def test_issues_are_filtered(client):
    every = text_of(client.get("/issues"))
    assert "notes.bin" in every
    assert "0 issues" in text_of(client.get("/issues?dataset=nothing"))


def test_unbuilt_case_gives_three_steps(tmp_path):
    from starlette.testclient import TestClient

    from finemesh.case import Case
    from finemesh.web.app import create_app

    case = Case.init(tmp_path / "empty")
    with TestClient(create_app(case), base_url="http://localhost") as empty:
        first = empty.get("/")
        assert first.status_code == 200 and first.text.count("<li>") == 3 and "finemesh -c" in first.text
        assert empty.get("/documents").status_code == 409
        assert empty.get("/api/status").json()["error"]["hint"] == "run `finemesh build`"
        case.build(jobs=1)
        built = empty.get("/")
        assert built.status_code == 200 and "No official list yet" in built.text


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "md"])
def test_a_dossier_is_a_file_that_its_page_leads_to(client, form):
    links = lxml_html.fromstring(client.get("/entity/ofac-35765?as_of=2024-05-03").text).xpath("//a/@href")
    link = next(href for href in links if href.startswith(f"/dossier.{form}?"))
    response = client.get(link)
    assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    assert f"2024-05-03.{form}" in response.headers["content-disposition"]
    if form in ("html", "md"):
        assert "Htoo Group of Companies" in response.text
