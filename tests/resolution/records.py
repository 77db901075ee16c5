"""Records written by hand, as a build would put them together."""

from __future__ import annotations

from finemesh.model.entity import EntityRecord


def record(
    id: str,
    dataset: str,
    *names: str,
    schema: str = "Person",
    sections: tuple[str, ...] = ("programme",),
    identifiers: tuple[tuple[str, str], ...] = (),
    **values: str | tuple[str, ...],
) -> EntityRecord:
    """A listed record; ``values`` are its other properties, ``birthDate="1956-07-03"`` or several in a tuple."""
    props = {"name": list(names)} | {k: [v] if isinstance(v, str) else list(v) for k, v in values.items()}
    found = {k: sorted(v) for k, v in props.items() if v}
    return EntityRecord(
        id, dataset, schema, found, True, frozenset(sections), sorted(identifiers), "2024-01-01", "2025-01-01"
    )
