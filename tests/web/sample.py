"""A small case for the pages: a real excerpt of OFAC's list, two overlaid lists, and documents in our own words.

The facts are those of the brokers release; some words are hostile on purpose.
"""

from __future__ import annotations

from pathlib import Path

from tests.web.overlay import Entry, Overlay

from finemesh.case import Case

N = "-0- "
TODAY = "2026-08-01"
HOSTILE = '<img src=x onerror=alert(1)> & "Sons" Ltd'
BURMESE = "ထူးကုမ္ပဏီများအုပ်စု"


def _sdn(number: int, name: str, kind: str = N, programme: str = "BURMA-EO14014", remarks: str = N) -> str:
    return f'{number},"{name}",{kind},"{programme}",{",".join([N] * 7)},{remarks}\r\n'


MAH = _sdn(
    27225,
    "HLAING, Min Aung",
    "individual",
    "GLOMAG] [BURMA-EO14014",
    '"DOB 03 Jul 1956; POB Dawei, Burma; Gender Male."',
)
MEHL = _sdn(
    31517,
    "MYANMA ECONOMIC HOLDINGS PUBLIC COMPANY LIMITED",
    remarks="\"Registration Number 156387282 (Burma); a.k.a. 'MEHL'.\"",
)
KTSL = _sdn(
    34659,
    "KT SERVICES & LOGISTICS KTSL COMPANY LIMITED",
    remarks='"Organization Established Date 18 Feb 2014; Linked To: MYANMA ECONOMIC HOLDINGS PUBLIC COMPANY LIMITED."',
)
THAUNG = _sdn(
    34660,
    "THAUNG, Jonathan Myo Kyaw",
    "individual",
    remarks='"DOB 29 Dec 1981; nationality Burma; Linked To: MYANMA ECONOMIC HOLDINGS PUBLIC COMPANY LIMITED."',
)
TAY_ZA = _sdn(
    34663,
    "ZA, Tay",
    "individual",
    remarks='"DOB 18 Jul 1964; alt. DOB 18 Jul 1967; citizen Burma; Gender Male; Passport 306869 (Burma)."',
)
OO = _sdn(35738, "OO, Aung Hlaing", "individual", remarks='"DOB 11 Jun 1977; nationality Burma; Gender Male."')
MCM = _sdn(
    35739,
    "MYANMAR CHEMICAL AND MACHINERY COMPANY LIMITED",
    remarks='"Registration Number 100220040 (Burma) issued 10 Feb 2001; Linked To: OO, Aung Hlaing."',
)
HTOO = _sdn(
    35765,
    "HTOO GROUP OF COMPANIES",
    remarks="\"Organization Type: Activities of holding companies; a.k.a. 'HCG'; Linked To: ZA, Tay.\"",
)
SDN = {"2021-08-18": MAH + MEHL, "2022-06-28": MAH + MEHL + KTSL + THAUNG + TAY_ZA + OO + MCM + HTOO}  # fmt: skip
SDN["2024-05-03"] = SDN["2022-06-28"]

BROKERS = """Who sells to the army
22 September 2022

Htoo Group of Companies has been sanctioned by the EU, the UK and the US, says The Reader. Its chairman is Tay Za.
Myanmar Chemical & Machinery and its director, Aung Hlaing Oo, have been sanctioned by the US and the UK, but not by the EU.
Mega Hill General Trading has been sanctioned by the EU. The Reader calls on Canada to sanction Mega Hill General Trading.
According to the UN Special Rapporteur, Russia has transferred US$406 million in arms to the Myanmar junta.
Htoo Group of Companies supplied helicopters to the Myanmar junta through Mega Hill General Trading until 2021.
Min Aung Hlaing, head of the Myanmar junta, met Tay Za in Yangon in March 2022.
"""
HOSTILE_TEXT = f"""<script>alert("title")</script>
3 May 2023

The company {HOSTILE} was founded by Tay Za. A tag </span></p><b>stays text</b> &amp; so does this &lt;i&gt;.
{BURMESE} is the name of Htoo Group of Companies in Burmese.
"""

CLAIMS = [
    {"type": "designation", "quote": "Htoo Group of Companies has been sanctioned by the EU, the UK and the US",
     "args": {"authority": code, "target": "Htoo Group of Companies", "measure": "sanctions"}, "start": None}
    for code in ("EU", "UK", "US")
] + [
    {"type": "role", "quote": "Its chairman is Tay Za.",
     "args": {"holder": "Tay Za", "role": "chairman", "organisation": "Htoo Group of Companies", "counterpart": None}},
    {"type": "designation", "stance": "denied", "quote": "have been sanctioned by the US and the UK, but not by the EU",
     "args": {"authority": "EU", "target": "Myanmar Chemical & Machinery", "measure": None}},
    {"type": "designation",
     "quote": "Myanmar Chemical & Machinery and its director, Aung Hlaing Oo, have been sanctioned by the US and the UK, "
              "but not by the EU.",
     "args": {"authority": "EU", "target": "Aung Hlaing Oo", "measure": None}},
    {"type": "designation", "quote": "Mega Hill General Trading has been sanctioned by the EU.",
     "args": {"authority": "EU", "target": "Mega Hill General Trading", "measure": None}},
    {"type": "designation", "stance": "called_for",
     "quote": "The Reader calls on Canada to sanction Mega Hill General Trading.",
     "args": {"authority": "Canada", "target": "Mega Hill General Trading", "measure": "sanctions"}},
    {"type": "supply", "speaker": "UN Special Rapporteur",
     "quote": "Russia has transferred US$406 million in arms to the Myanmar junta.",
     "args": {"supplier": "Russia", "recipient": "Myanmar junta", "goods": "arms", "value": "US$406 million", "via": None}},
    {"type": "supply", "end": "2021",
     "quote": "Htoo Group of Companies supplied helicopters to the Myanmar junta through Mega Hill General Trading until 2021.",
     "args": {"supplier": "Htoo Group of Companies", "recipient": "Myanmar junta", "goods": "helicopters", "value": None,
              "via": "Mega Hill General Trading"}},
    {"type": "role", "quote": "Min Aung Hlaing, head of the Myanmar junta,",
     "args": {"holder": "Min Aung Hlaing", "role": "head", "organisation": "Myanmar junta", "counterpart": None}},
    {"type": "meeting", "start": "2022-03", "quote": "Min Aung Hlaing, head of the Myanmar junta, met Tay Za in Yangon in March 2022.",
     "args": {"participants": ["Min Aung Hlaing", "Tay Za"], "place": "Yangon", "event": None}},
]  # fmt: skip
HOSTILE_CLAIMS = [
    {"type": "ownership", "quote": f"The company {HOSTILE} was founded by Tay Za.", "speaker": "<b>nobody</b>",
     "args": {"owner": "Tay Za", "asset": HOSTILE, "share": "<i>all</i>"}},
]  # fmt: skip
DOCUMENT_PARTIES = {
    "Russia": "doc-russia",
    "Myanmar junta": "doc-myanmar-junta",
    "Mega Hill General Trading": "doc-mega-hill",
    HOSTILE: "doc-hostile/ü?#",
}


def make_case(folder: Path, *, long_text: bool = True) -> Case:
    """Build the small case below a folder, and overlay what other rooms would read."""
    files = write_files(folder / "files", long_text=long_text)
    case = Case.init(folder / "case", "Brokers & <friends>")
    case.add([files])
    case.build(jobs=1)
    overlay_case(case)
    return case


def write_files(folder: Path, *, long_text: bool) -> Path:
    """The input files."""
    for day, rows in SDN.items():
        place = folder / "us_ofac_sdn" / day
        place.mkdir(parents=True)
        (place / "sdn.csv").write_bytes(rows.encode("ascii") + b"\x1a")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "brokers.txt").write_text(BROKERS, encoding="utf-8")
    (documents / "hostile.txt").write_text(HOSTILE_TEXT, encoding="utf-8")
    if long_text:
        line = "In the year {} the ministry said nothing of Htoo Group of Companies, and nobody asked why it did not.\n"
        text = "A long report\n\n" + "".join(line.format(n) for n in range(3000))
        (documents / "long.txt").write_text(text, encoding="utf-8")
    (files := folder / "unknown").mkdir()
    (files / "notes.bin").write_bytes(bytes(range(256)) * 4)
    return folder


def overlay_case(case: Case) -> None:
    """Two further lists, claims and mentions."""
    overlay = Overlay(case)
    htoo, mcm = "ofac-35765", "ofac-35739"
    overlay.add_list(
        "eu_journal",
        "2026-07",
        [
            Entry("EU.1", "Htoo Group of Companies", htoo, alias=BURMESE, designated="2022-02-21", programme="EU-MMR", country="mm"),
            Entry("EU.2", "Min Aung Hlaing", "ofac-27225", "Person", designated="2021-03-22", programme="EU-MMR", country="mm"),
            Entry("EU.3", HOSTILE, designated="2023-02", programme="<script>alert(2)</script>", measure="javascript:alert(3)"),
        ],
    )  # fmt: skip
    overlay.add_list(
        "gb_hmt",
        "2025-04-14",
        [
            Entry("14140", "HTOO GROUP OF COMPANIES", htoo, designated="2021-09-02", programme="Myanmar"),
            Entry("15050", "MYANMAR CHEMICAL & MACHINERY CO", mcm, designated="2022-03-25", programme="Myanmar"),
            Entry("13897", "Min Aung Hlaing", "ofac-27225", "Person", designated="2021-02-25", delisted="2024-01-31", programme="Myanmar"),
        ],
    )  # fmt: skip
    for name, id in DOCUMENT_PARTIES.items():
        overlay.add_party(id, name)
    entities = {
        "Htoo Group of Companies": htoo,
        "Tay Za": "ofac-34663",
        "Min Aung Hlaing": "ofac-27225",
        "Aung Hlaing Oo": "ofac-35738",
        "Myanmar Chemical & Machinery": mcm,
        **DOCUMENT_PARTIES,
    }
    for doc, claims, text in (("brokers", CLAIMS, BROKERS), ("hostile", HOSTILE_CLAIMS, HOSTILE_TEXT)):
        overlay.add_claims(doc, claims, entities)
        found = [
            (at, at + len(name), "organization", id)
            for name, id in entities.items()
            for at in range(len(text))
            if text.startswith(name, at)
        ]
        role = text.find("chairman")
        found += [(role, role + 8, "role", "")] if role >= 0 else []
        overlay.add_mentions(doc, sorted([*found, (0, 3, "name", ""), (1, 6, "name", "")]))
    if any(row["doc"] == "long" for row in overlay.rows["documents"]):
        said = "In the year 2950 the ministry said nothing of Htoo Group of Companies, and nobody asked why it did not."
        args = {"holder": "Htoo Group of Companies", "role": "silence", "organisation": None, "counterpart": None}
        overlay.add_claims("long", [{"type": "role", "quote": said, "args": args}], entities)
    overlay.write()
