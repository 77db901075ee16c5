"""Which reader takes which file.

To add a list: write a module in :mod:`finemesh.sources.lists` that ends in ``READER``, name it here, and add its
dataset to :mod:`finemesh.model.dataset`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from finemesh.model.source import Kind
from finemesh.sources.documents import document_format
from finemesh.sources.probe import ListReader, Probe

_MODULES = (
    "us_ofac_sdn",
    "us_ofac_cons",
    "us_trade_csl",
    "jp_meti",
    "ch_seco",
    "nz_russia",
    "un_sc",
    "targets_simple",
    "ftm_entities",
    "ftm_statements",
    "mapped_table",
    "gb_hmt",
    "eu_journal",
    "ca_sema",
    "au_dfat",
    "eu_fsf",
    "gb_fcdo",
)
"""Modules of :mod:`finemesh.sources.lists`, in the order in which they are asked."""


@cache
def readers() -> dict[str, ListReader]:
    """Every list reader by its module's name."""
    return {name: import_module(f"finemesh.sources.lists.{name}").READER for name in _MODULES}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was recognised as.

    Attributes:
        kind: ``list``, ``document``, ``table`` or ``unknown``.
        reader: Module name of the list reader, empty for others.
        dataset, snapshot, part: As the reader says; the snapshot falls back to a date in the path.
        basis: Where the snapshot's date was read: ``file`` or ``path``, empty where there is none.
    """

    kind: Kind
    reader: str = ""
    dataset: str = ""
    snapshot: str = ""
    part: str = ""
    basis: str = ""


def recognise(probe: Probe) -> Recognised:
    """Tell what a file is by its content; names and paths only help where the content cannot tell."""
    for name, reader in readers().items():
        found = reader.recognise(probe)
        if found is not None:
            snapshot, basis = found.snapshot, "file" if found.snapshot else ""
            if not snapshot and (snapshot := probe.date_in_path()):
                basis = "path"
            return Recognised("list", name, found.dataset, snapshot, found.part, basis)
    if document_format(probe) is not None:
        return Recognised("document")
    if probe.csv_header or probe.sheets:
        return Recognised("table")
    return Recognised("unknown")
