"""Changes between snapshots: of the small case, and of OFAC's list against the days on which each entry was seen."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from finemesh.case import Case
from finemesh.model.errors import UserError

START, END = "2021-08-18", "2024-05-03"


def test_added_removed_and_when(small_case):
    found = small_case.changes("us_ofac_sdn", "2021-08-18", "2024-05-03")
    assert [(c.change, c.id) for c in found.changes] == [
        ("added", "ofac-35765"),
        ("added", "ofac-34663"),
        ("removed", "ofac-9"),
    ]
    with pytest.raises(UserError, match="is not before"):
        small_case.changes("us_ofac_sdn", "2024-05-03", "2021-08-18")
    with pytest.raises(UserError, match="no such list"):
        small_case.changes("un_sc")
    with pytest.raises(UserError, match="no snapshot on or before"):
        small_case.changes("us_ofac_sdn", "2020-01-01", None)


def rows_of(path: Path) -> dict[str, tuple[str, ...]]:
    """The rows of a file by entry number, as they stand; the file ends in a Control-Z."""
    with path.open(encoding="latin-1", newline="") as stream:
        return {r[0]: tuple(" ".join(v.split()) for v in r) for r in csv.reader(stream) if len(r) == 12}


@pytest.mark.real
@pytest.mark.slow
def test_ofacs_list_against_its_timeline(shared: Path, real_case: Case) -> None:
    folder = shared / "data" / "lists" / "us_ofac_sdn"
    found = real_case.changes("us_ofac_sdn", START, END)
    assert (found.start, found.end, found.left_out) == (START, END, ())
    by_kind = {
        kind: {c.id.removeprefix("ofac-") for c in found.changes if c.change == kind}
        for kind in ("added", "removed", "amended")
    }

    with (folder / f"timeline_{START}_to_{END}.csv").open(encoding="utf-8", newline="") as stream:
        seen = {r["ent_num"]: (r["first_seen"], r["last_seen"]) for r in csv.DictReader(stream)}
    assert by_kind["added"] == {n for n, (first, last) in seen.items() if first > START and last == END}
    assert by_kind["removed"] == {n for n, (first, last) in seen.items() if first == START and last < END}

    before, after = rows_of(folder / START / "sdn.csv"), rows_of(folder / END / "sdn.csv")
    differ = {n for n in before.keys() & after.keys() if before[n] != after[n]}
    # Two aircraft whose rows are the same lost their link: the operator that they name has no entry any more.
    links = {"15998", "15999"}
    assert by_kind["amended"] - differ == links
    # Four rows say the same in other words: a linked entry or a country was renamed.
    assert differ - by_kind["amended"] == {"20882", "22684", "22686", "26390"}
    assert [len(by_kind[kind]) for kind in ("added", "removed", "amended")] == [6761, 879, 778 + len(links)]
    fields = {c.id.removeprefix("ofac-"): list(c.fields) for c in found.changes if c.change == "amended"}
    assert all(fields.values())
    assert all(fields[n] == ["notes", "operator"] for n in links)
