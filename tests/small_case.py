"""A small case written by hand: three snapshots of an official list in its own format, and two documents."""

from __future__ import annotations

from pathlib import Path

NOTHING = "-0- "


def sdn_row(
    number: int, name: str, kind: str = NOTHING, programme: str = "BURMA-EO14014", remarks: str = NOTHING
) -> str:
    """One row of ``sdn.csv``."""
    return f'{number},"{name}",{kind},"{programme}",{",".join([NOTHING] * 7)},{remarks}\r\n'


HTOO = sdn_row(35765, "HTOO GROUP OF COMPANIES", remarks="\"a.k.a. 'HCG'; Linked To: ZA, Tay.\"")
TAY_ZA = sdn_row(34663, "ZA, Tay", "individual", remarks='"DOB 18 Jul 1964; citizen Burma; Gender Male."')
MIN_AUNG_HLAING = sdn_row(27225, "HLAING, Min Aung", "individual", "GLOMAG] [BURMA-EO14014", '"DOB 03 Jul 1956."')
GONE = sdn_row(9, "A COMPANY THAT WENT AWAY LTD.", programme="BURMA")
SNAPSHOTS = {
    "2021-08-18": MIN_AUNG_HLAING + GONE,
    "2022-06-28": MIN_AUNG_HLAING + GONE + HTOO + TAY_ZA,
    "2024-05-03": MIN_AUNG_HLAING + HTOO + TAY_ZA,
}
NOTE = """A note on brokers
23 September 2022

Htoo Group of Companies has been sanctioned by the US. Tay Za is the chairman of Htoo Group of Companies.
Mega Hill General Trading has not been sanctioned by the US.
"""
PAGE = """<!DOCTYPE html><html><head><title>The army &amp; its friends | The Reader</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>The army &amp; its friends</h1><p>Published 3 March 2024.</p>
<p>Min&nbsp;Aung Hlaing, the head of the junta, has been sanctioned by the United States and met Tay Za in Yangon.</p>
<p>The company of Tay Za has sold parts of aircraft to the Myanmar military for many years, say those who watch it.</p>
</article></body></html>"""


def write_small_case(folder: Path) -> Path:
    """Write the files of the small case below a folder.

    Returns:
        The folder that holds ``lists`` and ``documents``.
    """
    for day, rows in SNAPSHOTS.items():
        place = folder / "lists" / day
        place.mkdir(parents=True)
        (place / "sdn.csv").write_bytes(rows.encode("ascii") + b"\x1a")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "note-on-brokers.txt").write_text(NOTE, encoding="utf-8")
    (documents / "army-and-friends.html").write_text(PAGE, encoding="utf-8")
    return folder
