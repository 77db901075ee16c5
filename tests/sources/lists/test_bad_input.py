"""What hostile or broken publishers send, given to the reader of each list: a clear refusal, or an issue and the rest kept."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from workbook import write_workbook

from finemesh.model.errors import SourceError
from finemesh.sources.emitter import Emitter
from finemesh.sources.raw import table as tables
from golden import GOLDEN, failures, read_files, recognised

XML = {
    "ca_sema/sema-lmes.xml": "record",
    "ch_seco/consolidated-list.xml": "target",
    "eu_fsf/xmlFullSanctionsList_1_1.xml": "sanctionEntity",
    "gb_fcdo/UK-Sanctions-List.xml": "Designation",
    "un_sc/consolidated.xml": "INDIVIDUAL",
    "us_ofac_cons/consolidated.xml": "sdnEntry",
    "us_ofac_cons/CONS_ENHANCED.XML": "entity",
    "us_ofac_sdn/sdn_advanced.xml": "DistinctParty",
}
CSV = [
    "au_dfat/2026/regulation8_consolidated.csv",
    "eu_fsf/csvFullSanctionsList_1_1.csv",
    "eu_journal/consolidated/32013R0401.csv",
    "ftm_statements/statements.csv",
    "gb_fcdo/UK-Sanctions-List.csv",
    "gb_hmt/2018/ConList.csv",
    "gb_hmt/2025/ConList.csv",
    "targets_simple/targets.simple.csv",
    "us_ofac_sdn/sdn.csv",
    "us_trade_csl/consolidated.csv",
]
WORKBOOKS = ["au_dfat/2026/regulation8_consolidated.csv", "gb_hmt/2025/ConList.csv", "gb_fcdo/UK-Sanctions-List.csv"]
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)


def codes(emitter: Emitter) -> set[str]:
    assert failures(emitter) == []
    return {i.code for i in emitter.issues.all()}


def entities(emitter: Emitter) -> set[str]:
    return {row[2] for row in emitter.rows}


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / Path(name).name
    path.write_bytes(data)
    return path


def text_of(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode("utf-8-sig")


def refused_or_said(path: Path, say: str) -> None:
    """The file is not recognised, refused with a message, or read up to the place, which is an error."""
    if not recognised(path, f"2024-01-01/{path.name}").reader:
        return
    try:
        emitter = read_files(path, rel=f"2024-01-01/{path.name}")
    except SourceError as error:
        assert re.search(say, error.message)
        return
    found = [i for i in emitter.issues.all() if i.code == "damaged-file"]
    assert found and found[0].severity == "error"
    assert re.search(say, found[0].message)
    assert failures(emitter) == []
    assert not any("root:" in row[5] or "aaaaaaaaaaaaaaaaaaaa" in row[5] for row in emitter.rows)


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(("doctype", "use"), [(BOMB, "&j;"), (EXTERNAL, "&e;")], ids=["bomb", "external"])
def test_entities_are_never_expanded(tmp_path: Path, name: str, doctype: str, use: str) -> None:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text_of(name))
    text = re.sub(rf"(<(?:\w+:)?{XML[name]}\b[^>]*>)", rf"\g<1>{use}", text, count=1)
    assert use in text
    refused_or_said(put(tmp_path, name, (doctype + text).encode()), r"entit|amplification|not well-formed")


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("depth", [100, 5_000])
def test_deep_nesting_is_refused(tmp_path: Path, name: str, depth: int) -> None:
    deep = "<deep>" * depth + "</deep>" * depth
    text = re.sub(rf"(<(?:\w+:)?{XML[name]}\b[^>]*>)", rf"\g<1>{deep}", text_of(name), count=1)
    refused_or_said(put(tmp_path, name, text.encode()), "nests too deeply|not well-formed")


@pytest.mark.parametrize("name", XML)
def test_an_xml_list_that_breaks_off_is_said_to_be_half(tmp_path: Path, name: str) -> None:
    data = (GOLDEN / name).read_bytes()
    whole = read_files(GOLDEN / name)
    half = read_files(put(tmp_path, name, data[: int(len(data) * 0.8)]), date=whole.snapshot.date)
    assert "damaged-file" in codes(half)
    if name not in ("ch_seco/consolidated-list.xml", "us_ofac_sdn/sdn_advanced.xml"):
        # What they need to read an entry (places, documents, dates of listing) stands at the end of the file.
        assert entities(half)
    assert entities(half) <= entities(whole)


@pytest.mark.parametrize("name", XML)
def test_an_unknown_element_is_named(tmp_path: Path, name: str) -> None:
    tag = XML[name]
    text = re.sub(rf"(<(?:\w+:)?{tag}\b[^>]*>)", r"\g<1><mood>good</mood>", text_of(name), count=1)
    emitter = read_files(put(tmp_path, name, text.encode()))
    said = [i for i in emitter.issues.all() if i.code == "unknown-field" and "mood" in i.message]
    assert said and said[0].locator


@pytest.mark.parametrize("name", CSV)
def test_a_quote_that_stays_open_keeps_the_rows_before(tmp_path: Path, name: str, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MAX_FIELD", 20_000)
    data = (GOLDEN / name).read_bytes()
    whole = read_files(GOLDEN / name, date="2024-01-01")
    opened = data.rstrip(b"\r\n\x1a") + b'\r\n"' + b"never closed, " * 5_000
    emitter = read_files(put(tmp_path, name, opened), date="2024-01-01")
    assert "damaged-file" in codes(emitter)
    assert entities(emitter) == entities(whole)


@pytest.mark.parametrize("name", CSV)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_say_the_same(tmp_path: Path, name: str, encoding: str) -> None:
    if encoding == "utf-16" and name == "ftm_statements/statements.csv":
        pytest.skip("read as bytes")
    raw = (GOLDEN / name).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    path = put(tmp_path, name, text.encode(encoding))
    if not recognised(path, f"2024-01-01/{path.name}").reader:
        pytest.fail(f"not recognised as {encoding}")
    emitter = read_files(path, date="2024-01-01")
    codes(emitter)
    assert entities(emitter) == entities(read_files(GOLDEN / name, date="2024-01-01"))


@pytest.mark.parametrize("name", CSV)
def test_rows_of_another_width_are_said_and_the_rest_is_kept(tmp_path: Path, name: str) -> None:
    data = (GOLDEN / name).read_bytes().rstrip(b"\r\n\x1a")
    emitter = read_files(put(tmp_path, name, data + b"\r\n99999,half a row\r\n"), date="2024-01-01")
    assert codes(emitter) & {"bad-row", "damaged-file", "unknown-value", "bad-entity", "no-name"}, codes(emitter)
    assert entities(read_files(GOLDEN / name, date="2024-01-01")) <= entities(emitter)


DATES: list[tuple[str, Callable[[str], str]]] = [
    ("gb_hmt/2025/ConList.csv", lambda t: re.sub(r"\b\d\d/\d\d/(\d{4})\b", r"31/02/\1", t)),
    ("au_dfat/2024/regulation8_consolidated.csv", lambda t: re.sub(r"\b\d\d/\d\d/(\d{4})\b", r"31/02/\1", t)),
    ("eu_journal/consolidated/32013R0401.csv", lambda t: re.sub(r"\b\d{1,2}\.\d{1,2}\.(\d{4})\b", r"31.2.\1", t)),
    ("ca_sema/sema-lmes.xml", lambda t: re.sub(r">(\d{4})-\d\d-\d\d<", r">\1-02-31<", t)),
    ("un_sc/consolidated.xml", lambda t: re.sub(r">(\d{4})-\d\d-\d\d<", r">\1-02-31<", t)),
    ("us_ofac_sdn/sdn.csv", lambda t: re.sub(r"DOB \d\d \w{3} (\d{4})", r"DOB 31 Feb \1", t)),
    (
        "us_ofac_cons/CONS_ENHANCED.XML",
        lambda t: re.sub(r'datePublished="(\d{4})-[\d-]+"', r'datePublished="\1-02-31"', t),
    ),
    ("us_trade_csl/consolidated.csv", lambda t: re.sub(r",(\d{4})-\d\d-\d\d,", r",\1-02-31,", t)),
    ("ch_seco/consolidated-list.xml", lambda t: re.sub(r'(enactment-date=")(\d{4})-[\d-]+', r"\g<1>\2-02-31", t)),
    ("gb_fcdo/UK-Sanctions-List.csv", lambda t: re.sub(r"\b\d\d/\d\d/(\d{4})\b", r"31/02/\1", t)),
]


@pytest.mark.parametrize(("name", "change"), DATES, ids=[name for name, _ in DATES])
def test_the_31st_of_february_is_said(tmp_path: Path, name: str, change: Callable[[str], str]) -> None:
    text = text_of(name)
    changed = change(text)
    assert changed != text
    emitter = read_files(put(tmp_path, name, changed.encode()), date="2024-01-01")
    assert "bad-date" in codes(emitter)
    assert not any("-02-31" in row[5] for row in emitter.rows if row[4].endswith(("Date", "At", "date")))
    assert entities(emitter)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO(text_of(name), newline="")))
    good = write_workbook(tmp_path / "good.xlsx", {"Data": rows})
    assert recognised(good, "2024-01-01/good.xlsx").reader
    for data in (b"PK\x03\x04 no zip", b"", text_of(name).encode()[:100], good.read_bytes()[:-200]):
        refused_or_said(put(tmp_path, "bad.xlsx", data), "workbook|zip|damaged|cannot")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, name: str, monkeypatch) -> None:
    rows = list(csv.reader(io.StringIO(text_of(name), newline="")))
    path = write_workbook(tmp_path / "bomb.xlsx", {"Data": rows})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 3_000_000)
    monkeypatch.setattr(tables, "MAX_SHEET", 2_000_000)
    refused_or_said(path, "unpacks to far more")


@pytest.mark.parametrize("name", ["un_sc/consolidated.xml", "us_ofac_cons/CONS_ENHANCED.XML", "ca_sema/sema-lmes.xml"])
def test_a_zip_is_read_in_place_whatever_its_members_are_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(GOLDEN / name, "../../../outside/list.xml")
    before = sorted(tmp_path.rglob("*"))
    if recognised(path, "2024-01-01/list.zip").reader:
        codes(read_files(path, rel="2024-01-01/list.zip"))
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent.parent.parent / "outside").exists()


@pytest.mark.parametrize(
    ("name", "find", "other"),
    [
        ("us_ofac_sdn/sdn.csv", None, '{id},"SOMEBODY, Else","individual","SDGT"' + ",-0- " * 8),
        ("gb_hmt/2025/ConList.csv", "Individual", "Entity"),
        ("au_dfat/2026/regulation8_consolidated.csv", "Individual", "Entity"),
    ],
)
def test_an_id_that_stands_for_somebody_else_is_said(tmp_path: Path, name: str, find: str | None, other: str) -> None:
    lines = (GOLDEN / name).read_bytes().decode().rstrip("\r\n\x1a").split("\n")
    if find is None:
        lines.append(other.format(id=lines[0].split(",")[0]))
    else:
        row = next(line for line in lines if f",{find}," in line)
        lines.append(row.replace(f",{find},", f",{other},"))
    emitter = read_files(put(tmp_path, name, "\n".join(lines).encode()), date="2024-01-01")
    assert "duplicate-id" in codes(emitter)
