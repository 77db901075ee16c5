#!/usr/bin/env python3
"""The programmes that stand in official lists, and those of them that have no mapping.

    python tools/list_programmes.py ../shared/data/lists            what is not mapped (exit code 1 if anything)
    python tools/list_programmes.py ../shared/data/lists --all      everything, with the number of its rows

It reads the fields itself and leaves the list readers aside, so that a mistake of a reader cannot hide a programme. The
folder holds `<dataset>/<snapshot>/<file>` as in the shared data.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree
from python_calamine import CalamineWorkbook

from finemesh.analysis.regimes import programme

Found = Iterator[tuple[str, str]]
"""Programme and part (schedule) of each row; the part is mostly empty."""


def ofac_sdn(root: Path) -> Found:
    """The fourth column of sdn.csv, and the programmes of the derived timeline."""
    for path in sorted(root.glob("*/sdn.csv")):
        with path.open(encoding="latin-1", newline="") as file:
            for row in csv.reader(file):
                if len(row) > 3:
                    yield from ((tag.strip("[] "), "") for tag in re.split(r"\]\s*\[|;", row[3]))
    for path in sorted(root.glob("timeline_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for record in csv.DictReader(file):
                yield from ((tag.strip("[] "), "") for tag in re.split(r"\]\s*\[|[;|]", record["programs"]))


def ofac_cons(root: Path) -> Found:
    """`program` of the classic XML, `sanctionsProgram` and `sanctionsList` of the enhanced one."""
    for path in sorted(root.rglob("*.xml")):
        yield from ((e.text or "", "") for _, e in etree.iterparse(str(path), tag="{*}program"))
    for path in sorted([*root.rglob("*.zip"), *root.rglob("*.ZIP")]):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                tree = etree.fromstring(archive.read(name))
                for tag in ("{*}sanctionsProgram", "{*}sanctionsList"):
                    yield from (
                        (e.text or "", "") for e in tree.iter(tag) if e.text not in ("SDN List", "Consolidated List")
                    )


def trade_csl(root: Path) -> Found:
    """`programs`, and `source` where it is empty."""
    for path in sorted(root.rglob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row["source"], ""
                yield from ((tag.strip(), "") for tag in (row["programs"] or "").split(";"))


def un_sc(root: Path) -> Found:
    """`UN_LIST_TYPE`."""
    for path in sorted(root.rglob("*.xml")):
        yield from ((e.text or "", "") for _, e in etree.iterparse(str(path), tag="UN_LIST_TYPE"))


def gb_hmt(root: Path) -> Found:
    """The column `Regime` of ConList."""
    for path in sorted(root.rglob("ConList.*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                rows: list[list[object]] = [list(row) for row in csv.reader(file)]
        else:
            rows = [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]
        head = next(i for i, row in enumerate(rows) if "Regime" in row)
        column = rows[head].index("Regime")
        yield from ((str(row[column]), "") for row in rows[head + 1 :] if len(row) > column)


def eu_journal(root: Path) -> Found:
    """The column `programKey`."""
    csv.field_size_limit(10**9)
    for path in sorted(root.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from ((row["programKey"], "") for row in csv.DictReader(file))


def eu_fsf(root: Path) -> Found:
    """The property `program` of the sanctions."""
    for path in sorted(root.rglob("*.json")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                yield from ((text, "") for text in json.loads(line)["properties"].get("program", []))


def au_dfat(root: Path) -> Found:
    """The column `Committees`."""
    for path in sorted(root.rglob("*.xlsx")):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        column = rows[0].index("Committees")
        yield from ((str(row[column]), "") for row in rows[1:])


def ca_sema(root: Path) -> Found:
    """`Country` and `Schedule`."""
    for path in sorted(root.rglob("*.xml")):
        for _, record in etree.iterparse(str(path), tag="record"):
            yield record.findtext("Country") or "", record.findtext("Schedule") or ""


def ua_war_sanctions(root: Path) -> Found:
    """The column `program_ids` of targets.simple.csv."""
    for path in sorted(root.rglob("targets.simple.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((key, "") for key in row["program_ids"].split(";"))


LISTS: dict[str, Callable[[Path], Found]] = {
    "us_ofac_sdn": ofac_sdn,
    "us_ofac_cons": ofac_cons,
    "us_trade_csl": trade_csl,
    "un_sc": un_sc,
    "gb_hmt": gb_hmt,
    "eu_journal": eu_journal,
    "eu_fsf": eu_fsf,
    "au_dfat": au_dfat,
    "ca_sema": ca_sema,
    "ua_war_sanctions": ua_war_sanctions,
}


def count(lists: Path) -> dict[str, Counter[tuple[str, str]]]:
    """Rows of each programme and part, by dataset; empty fields are left out."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for dataset, read in LISTS.items():
        if (lists / dataset).is_dir():
            found[dataset] = Counter(
                (" ".join(p.split()), " ".join(q.split())) for p, q in read(lists / dataset) if p.strip()
            )
    return found


def unmapped(dataset: str, text: str, part: str) -> bool:
    """Whether a programme, or its part, has no mapping."""
    known = programme(dataset, text)
    return known is None or (part != "" and known.part(part) is None)


def main() -> int:
    """Print what is not mapped, or everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("lists", type=Path)
    parser.add_argument("--all", action="store_true", help="show what is mapped too")
    options = parser.parse_args()
    missing = 0
    for dataset, counter in count(options.lists).items():
        for (text, part), rows in sorted(counter.items()):
            gone = unmapped(dataset, text, part)
            missing += gone
            if gone or options.all:
                known = programme(dataset, text)
                what = f"{known.title} {','.join(known.countries)} {','.join(known.regimes)}" if known else "NOT MAPPED"
                sys.stdout.write(f"{dataset}\t{rows}\t{text}\t{part}\t{what}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
