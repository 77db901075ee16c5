"""What we need of FollowTheMoney's model: which property is what, and how a value is cleaned.

Importing :mod:`followthemoney` takes about a second, so only readers and exports may use this module.
"""

from __future__ import annotations

from functools import lru_cache

from followthemoney import model as ftm_model
from followthemoney.property import Property
from followthemoney.schema import Schema

from finemesh.model.errors import DataError


@lru_cache(maxsize=256)
def get_schema(name: str) -> Schema:
    """The schema of that name.

    Raises:
        DataError: There is no such schema.
    """
    schema = ftm_model.get(name)
    if schema is None:
        raise DataError(f"no such schema: {name!r}")
    return schema


@lru_cache(maxsize=4096)
def find_property(schema: str, prop: str) -> Property | None:
    """A schema's property, or None where it has none of that name."""
    return get_schema(schema).get(prop)


@lru_cache(maxsize=4096)
def get_property(schema: str, prop: str) -> Property:
    """A schema's property.

    Raises:
        DataError: The schema has no such property.
    """
    found = get_schema(schema).get(prop)
    if found is None:
        raise DataError(f"schema {schema} has no property {prop!r}")
    return found


@lru_cache(maxsize=200_000)
def clean_value(schema: str, prop: str, value: str) -> str | None:
    """A value in the form that FollowTheMoney's type wants, or None where it cannot be read as that type."""
    return get_property(schema, prop).type.clean_text(value) if value else None


@lru_cache(maxsize=4096)
def is_a(schema: str, parent: str) -> bool:
    """Whether a schema is another or one of its descendants."""
    found = ftm_model.get(schema)
    return found is not None and found.is_a(parent)


@lru_cache(maxsize=4096)
def narrower(left: str, right: str) -> str | None:
    """The narrower of two schemata on one line of descent, or None where neither descends from the other."""
    if is_a(left, right):
        return left
    return right if is_a(right, left) else None


_OF_MANY = frozenset({"programId", "kppCode", "okvedCode", "coatoCode", "fnsCode", "googlePlaceId", "osmId"})
"""What FollowTheMoney calls identifiers, but many parties share: a programme, a branch of trade, a tax office, a place.

https://followthemoney.tech/explorer/ tells what each property holds.
"""


@lru_cache(maxsize=256)
def identifier_props(schema: str) -> tuple[str, ...]:
    """The properties of a schema that identify a party (passport, tax, registration, IMO, ... numbers)."""
    found = ftm_model.get(schema)
    if found is None:
        return ()
    own = (name for name, prop in found.properties.items() if prop.type.name == "identifier")
    return tuple(sorted(name for name in own if name not in _OF_MANY))
