"""Which format of OFAC's lists a file has, and which of the two lists it is.

Schemas of the XML formats: https://ofac.treasury.gov/sdn-list-data-formats-data-schemas. A ZIP with one of the XML
files in it is read as it is.
"""

from __future__ import annotations

import re

from finemesh.model.dates import parse_date
from finemesh.sources.emitter import Emitter, Snapshot
from finemesh.sources.lists import ofac_advanced, ofac_classic, ofac_csv, ofac_enhanced, ofac_entry
from finemesh.sources.probe import Probe, Recognition
from finemesh.sources.raw.files import only_xml_member

_ROOTS = {"sdnList": "classic", "sanctionsData": "enhanced", "Sanctions": "advanced"}
_READERS = {
    "classic": ofac_classic.read_classic,
    "enhanced": ofac_enhanced.read_enhanced,
    "advanced": ofac_advanced.read_advanced,
}
_TAG = re.compile(r"<[^>]*>")
_PROGRAMMES = re.compile(r"<programList>.*?</programList>", re.DOTALL)
_PROGRAMME = re.compile(r"<program>([^<]*)</program>")
_LIST_NAME = re.compile(r'<List ID="(\d+)"[^>]*>([^<]+)<')
_LIST_ID = re.compile(r'<SanctionsEntry [^>]*ListID="(\d+)"')
_LISTS = re.compile(r"<filters>.*?</filters>", re.DOTALL)
_DATES = {
    "classic": (re.compile(r"<Publish_Date>([^<]*)<"), ("%m/%d/%Y",)),
    "enhanced": (re.compile(r"<dataAsOf>([^<T]*)"), ("%Y-%m-%d",)),
    "advanced": (re.compile(r"<DateOfIssue[^>]*>(.*?)</DateOfIssue>", re.DOTALL), ("%Y %m %d",)),
}


def recognise_format(probe: Probe, family: str, dataset: str) -> Recognition | None:
    """Know a file of one of OFAC's lists.

    Args:
        probe: The file.
        family: ``sdn`` or ``cons``.
        dataset: The dataset of that list.
    """
    table = ofac_csv.recognise_csv(probe)
    if table is not None:
        return Recognition(dataset, part=table[1]) if table[0] == family else None
    if probe.xml_root is None or probe.xml_root[0] not in _ROOTS:
        return None
    form, text = _ROOTS[probe.xml_root[0]], probe.xml_text
    if not _is_ofac(form, probe, text) or _family(form, probe, text) != family:
        return None
    pattern, formats = _DATES[form]
    found = pattern.search(text)
    day = " ".join(_TAG.sub(" ", found[1]).split()) if found else ""
    return Recognition(dataset, parse_date(day, formats) or "", form)


def _is_ofac(form: str, probe: Probe, text: str) -> bool:
    """Other publishers call their root ``Sanctions`` too."""
    namespace = probe.xml_root[1] if probe.xml_root else ""
    return form == "classic" or "ofac" in namespace or "treas" in namespace or "DistinctPart" in text


def _family(form: str, probe: Probe, text: str) -> str:
    """Which list it is: as the file says, by a programme that only the non-SDN list begins with, or by the name."""
    if form == "enhanced" and (filters := _LISTS.search(text)):
        return "cons" if "Consolidated List" in filters[0] else "sdn"
    if form == "classic" and (first := _PROGRAMMES.search(text)):
        return "cons" if ofac_csv.OUTLYING & set(_PROGRAMME.findall(first[0])) else "sdn"
    if form == "advanced" and (named := _lists_of_advanced(probe, text)):
        return "sdn" if "SDN List" in named else "cons"
    return "cons" if probe.name.lower().startswith("cons") else "sdn"


def _lists_of_advanced(probe: Probe, text: str) -> set[str]:
    """The lists on which the last entries of the file stand (their numbers are explained at its beginning)."""
    names = dict(_LIST_NAME.findall(text))
    tail = probe.tail.decode("utf-8", "replace") if probe.xml_member is None else text
    return {names[number] for number in _LIST_ID.findall(tail) if number in names} - {ofac_entry.UMBRELLA}


def read_formats(snapshot: Snapshot, emitter: Emitter, names: dict[str, str]) -> None:
    """Read every file of a snapshot by its format.

    Args:
        snapshot: The snapshot.
        emitter: Where to write.
        names: Names of the CSV files by part.
    """
    if any(file.part in names for file in snapshot.files):
        ofac_csv.read_csv(snapshot, emitter, names)
    for file in snapshot.files:
        if file.part in _READERS:
            _READERS[file.part](emitter.file(file), file, only_xml_member(file.path))
