"""US: OFAC Specially Designated Nationals and Blocked Persons List (SDN).

Publisher: US Treasury, Office of Foreign Assets Control, https://sanctionslist.ofac.treas.gov/Home/SdnList. Four
formats are read: the CSV files (:mod:`~finemesh.sources.lists.ofac_csv`), and the classic, advanced and enhanced XML
(:mod:`~finemesh.sources.lists.ofac_classic`, ``ofac_advanced``, ``ofac_enhanced``). An entry has the same id in all of
them: ``ofac-<number>``.

What its dates mean: the CSV files and the classic XML do not say when an entry was designated; finemesh then says
"listed, date not published" and in which snapshots it was seen. Only the remarks of some Russian banks give listing
and effective dates of directives, which become designations of their own. The advanced and enhanced XML give the
day on which each entry was published on each list, and OFAC designates by publishing.

What is left out: OFAC removes duplicates, which is no delisting of the person; names of removed entries are not
published here.
"""

from __future__ import annotations

from finemesh.sources.emitter import Emitter, Snapshot
from finemesh.sources.lists.ofac_formats import read_formats, recognise_format
from finemesh.sources.probe import ListReader, Probe, Recognition

DATASET = "us_ofac_sdn"
_NAMES = {"main": "sdn.csv", "alt": "alt.csv", "add": "add.csv", "comments": "sdn_comments.csv"}


def recognise(probe: Probe) -> Recognition | None:
    """Know the files of the SDN list, in any of its formats."""
    return recognise_format(probe, "sdn", DATASET)


def read(snapshot: Snapshot, emitter: Emitter) -> None:
    """Read the files of one day."""
    read_formats(snapshot, emitter, _NAMES)


READER = ListReader(DATASET, 2, recognise, read)
