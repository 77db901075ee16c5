"""US: OFAC Consolidated (non-SDN) Sanctions List.

Publisher: US Treasury, Office of Foreign Assets Control, https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList.
It joins the lists that do not block: Sectoral Sanctions Identifications (SSI), Non-SDN Menu-Based Sanctions (MBS),
Chinese Military-Industrial Complex Companies (CMIC), Foreign Sanctions Evaders (FSE), Palestinian Legislative Council
(PLC), and correspondent account sanctions (CAPTA). Formats and ids are those of the SDN list
(:mod:`finemesh.sources.lists.us_ofac_sdn`).

What its dates mean: the classic XML and the CSV files give listing and effective dates of some directives only; the
enhanced XML gives the day of publication on each list, the SDN list included.
"""

from __future__ import annotations

from finemesh.sources.emitter import Emitter, Snapshot
from finemesh.sources.lists.ofac_formats import read_formats, recognise_format
from finemesh.sources.probe import ListReader, Probe, Recognition

DATASET = "us_ofac_cons"
_NAMES = {
    "main": "cons_prim.csv",
    "alt": "cons_alt.csv",
    "add": "cons_add.csv",
    "comments": "cons_comments.csv",
}


def recognise(probe: Probe) -> Recognition | None:
    """Know the files of the non-SDN list, in any of its formats."""
    return recognise_format(probe, "cons", DATASET)


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read the files of one day."""
    read_formats(snapshot, emitter, _NAMES)


READER = ListReader(DATASET, 1, recognise, read)
