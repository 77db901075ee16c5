"""Real snapshots added in opposite orders: the derived tables are the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from finemesh.case import Case


def derived(place: Path, units: list[Path]) -> dict[str, str]:
    """Hashes of every derived file of a case to which the units were added one by one."""
    case = Case.init(place)
    for unit in units:
        case.add([unit])
    case.build(jobs=1)
    root = case.folder.derived
    found = {
        str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in root.rglob("*") if p.is_file()
    }
    case.close()
    return found


@pytest.mark.real
@pytest.mark.slow
def test_the_order_of_adding_changes_no_byte(shared: Path, tmp_path: Path) -> None:
    lists = shared / "data" / "lists"
    units = [unit for name in ("un_sc", "us_ofac_cons") for unit in sorted((lists / name).iterdir())[:2]]
    units.append(lists / "us_ofac_sdn" / "2026-08-02_side_files")
    assert len(units) == 5
    forward, backward = derived(tmp_path / "1", units), derived(tmp_path / "2", units[::-1])
    assert forward == backward
