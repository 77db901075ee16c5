"""The remarks of OFAC's lists: a small language of its own, taken apart.

``DOB 18 Jul 1964; POB Yangon, Burma; nationality Burma; Gender Male; Linked To: HTOO GROUP OF COMPANIES.`` is a list
of facts divided by semicolons. Most begin with a label (:mod:`finemesh.sources.lists.ofac_vocabulary`); those of a
person that do not may be an office (``Minister of Finance``) or kinship (``wife of Saddam Hussein al-Tikriti``). A fact
that no rule knows is kept as a note, with its place.

Remarks end after 1,000 characters, in the middle of a word if need be, and go on in ``sdn_comments.csv``. Where that
file is missing, the fact that is cut off is not read: half a number is a wrong number.

Source: OFAC, "Data specification for the SDN list" (dat_spec.txt), and the lists of 2021-2024.
"""

from __future__ import annotations

import re

from finemesh.sources.lists.common import digest
from finemesh.sources.lists.ofac_entry import Entry
from finemesh.sources.lists.ofac_facts import Fact, add_fact, phone_number
from finemesh.sources.lists.ofac_vocabulary import LABELLED, label_of
from finemesh.sources.raw.cell import EMPTY, Cell, Joined

FULL = 1000
"""Characters that remarks may have."""
DIVIDER = re.compile(r";\s+(?![^()]*\))|;(?=[a-z]+ )|;$")
_ALIAS = re.compile(r"^(?:alt\.? )?(?P<kind>[afn])\.k\.a\.:? (?P<value>.+)$")
_COUNTRY = re.compile(r"\s*\((?P<country>[^()]*)\)\s*$")
_ISSUED = re.compile(r"[\s,]+(?:date of )?issued?:? (?P<day>\d.*?|\w+ \d{4})$", re.IGNORECASE)
_EXPIRES = re.compile(r"[\s,]+(?:expires|expiration(?: date)?|expiry):? (?P<day>\d.*?|\w+ \d{4})$", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:;.*|- \d+/\d+/\d+H.*|individual\.?|\[[^\]]*\])\s*$", re.IGNORECASE)
_IMO = re.compile(r"^(?:alt\. )?(?P<label>.*\S) (?P<value>IMO \d{7})\b.*$")
_MEASURE = re.compile(
    r"^(?:Subject to|CAATSA Section|Section \d+|Executive Order \d+|Transactions Prohibited).*$", re.IGNORECASE
)
_MORE = re.compile(
    r"^(?:all offices worldwide[.;] )?for more information\b.*(?P<url>https?://[^\s,;]*[^\s,;.])", re.IGNORECASE
)
_CONTACT = re.compile(
    r"^(?P<value>(?P<website>(?:https?://|www\.)[^\s,;()]+)|[\w.+-]+@[\w-]+\.[\w.-]+\w)\.?"
    r"(?: \((?:website|email)\)\.?)?$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"^(?:alt\. )?\(?\+?\d[\d\s()/.+-]{6,}$")
_HONORIFIC = re.compile(
    r"^(?:haji|maulana|maulawi|mullah|doctor|dr\.?|sha?e?i?y?kh|ustad|hojjatoleslam|ayatollah|imam|engineer)$",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"^(?P<kind>(?:half-|step)?(?:wife|husband|spouse|son|daughter|brother|sister|mother|father|nephew|niece|cousin|uncle"
    r"|aunt|son-in-law|brother-in-law|father-in-law)) of (?P<name>[A-Z].+)$"
)
_OFFICE = re.compile(
    r"^(?:(?:former|acting|deputy|first|second|vice|senior|a|the|ex|retired|current|lt\.?|brigadier|major|lieutenant"
    r"|colonel|assistant|executive|managing|interim|chief|commercial|general|special|permanent|alternate|presidential"
    r"|political|state|prime|central|regional|military|provincial|district|so-called|head|north korean|russian|syrian"
    r"|iranian|irgc|komid|venezuelan?)[\s-]+)*"
    r"(?:minister|member|director|chair(?:man|woman|person)?|president|general|colonel|commander|governor|representative"
    r"|head|chief|magistrate|ambassador|official|secretary|rector|aide|advis[eo]r|constituent|speaker|officer|deputy"
    r"|vice-chair(?:man|person)|judge|mayor|leader|manager|partner|admiral|marshal|captain|major|spokes(?:man|person)"
    r"|prosecutor|attorney|treasurer|coordinator|founder|owner|employee|commissioner|envoy|senator|deputy-in-chief"
    r"|vice-president|shareholder|lt\. col|brigadier)\b",
    re.IGNORECASE,
)
_OFFICE_BEHIND = re.compile(
    r"\b(?:director|representative|official|minister|commander|general|colonel|brigadier|chair(?:man|person)|secretary"
    r"|governor|officer|member|president|chief|manager|head|advis[eo]r|employee|chief of staff|associate|leader)"
    r"(?:(?:,| in| to| for| at) [A-Z].*)?$",
    re.IGNORECASE,
)


def read_remarks(entry: Entry, remarks: Cell, rest: Cell = EMPTY) -> None:
    """Take the remarks of one entry apart.

    Args:
        entry: The entry.
        remarks: The remarks.
        rest: Where they go on, if they do.
    """
    found = facts(Joined(remarks, rest) if rest else remarks)
    if len(remarks.text) >= FULL and not rest and found and not remarks.text.endswith("."):
        cut_off = found.pop()
        entry.out.issue(
            "cut-off",
            "remarks end in the middle of a fact and their continuation (sdn_comments.csv) is not there:"
            " that fact is not read, and others may be missing",
            cut_off.locator,
            severity="info",
        )
    for fact in found:
        read_fact(entry, fact)


def facts(remarks: Cell) -> list[Cell]:
    """The facts of a remarks cell, without the full stop at its end."""
    found = remarks.split(DIVIDER)
    if found and found[-1].text.endswith(".") and not found[-1].text.endswith("k.a."):
        found[-1] = found[-1].cut(0, len(found[-1].text) - 1)
    return [f for f in found if f]


def read_fact(entry: Entry, fact: Cell) -> None:
    """Write one fact to where it belongs."""
    alias = _ALIAS.match(fact.text)
    if alias:
        prop = "previousName" if alias["kind"] == "f" else "weakAlias"
        if entry.party.add(prop, fact.group(alias, "value").strip("'\" ")):
            return
    imo = _IMO.match(fact.text)
    match = imo or LABELLED.match(fact.text)
    if match is not None and label_of(match["label"]) is not None:
        add_fact(entry, _taken_apart(fact, match))
    elif not _unlabelled(entry, fact):
        entry.party.add("notes", fact)


def _taken_apart(fact: Cell, match: re.Match[str]) -> Fact:
    """Label, number, country of issue and dates of ``Passport A1 (Iran) issued 01 Jan 2010 expires 01 Jan 2020``."""
    label, value = fact.group(match, "label"), fact.group(match, "value").strip()
    fact = fact.cut(match.start("label"), len(fact.text))
    found = label_of(label.text)
    if found is None or found[0].kind != "number":
        return Fact(label, value, fact)
    expires = issued = country = EMPTY
    if ends := _EXPIRES.search(value.text):
        expires, value = value.group(ends, "day"), value.cut(0, ends.start())
    if begins := _ISSUED.search(value.text):
        issued, value = value.group(begins, "day"), value.cut(0, begins.start())
    while (after := _AFTER.search(value.text)) and after.start():
        value = value.cut(0, after.start())
    if (within := _COUNTRY.search(value.text)) and within.start():
        country, value = value.group(within, "country"), value.cut(0, within.start())
    return Fact(label, value.strip(" .,"), fact, country, issued, expires)


def _unlabelled(entry: Entry, fact: Cell) -> bool:
    text = fact.text
    if more := _MORE.match(text):
        for writer in entry.sanctions.values():
            writer.add("programUrl", fact.group(more, "url"))
        return bool(entry.sanctions)
    if _MEASURE.match(text):
        for writer in entry.sanctions_of(text):
            writer.add("provisions", fact)
        return bool(entry.sanctions)
    if contact := _CONTACT.match(text):
        return entry.party.add("website" if contact["website"] else "email", fact.group(contact, "value"))
    if _PHONE.match(text) and (number := phone_number(text)) is not None and entry.schema not in ("Vessel", "Airplane"):
        return entry.party.add("phone", fact, value=number)
    if entry.schema != "Person":
        return False
    if _HONORIFIC.match(text):
        return entry.party.add("title", fact)
    if kin := _KIN.match(text):
        entry.later.append(lambda: _kin(entry, fact, kin) or entry.party.add("notes", fact))
        return True
    if _OFFICE.match(text) or (_OFFICE_BEHIND.search(text) and "indictee" not in text):
        return entry.party.add("position", fact)
    return False


def _kin(entry: Entry, fact: Cell, match: re.Match[str]) -> bool:
    name = fact.group(match, "name")
    relative = entry.resolve(name.text)
    if relative is None or relative == entry.party.id:
        return False
    writer = entry.out.entity("Family", f"{entry.party.id}-family-{digest(relative, match['kind'])}")
    writer.link("person", entry.party.id, fact)
    writer.link("relative", relative, name)
    return writer.add("relationship", fact.group(match, "kind"))
