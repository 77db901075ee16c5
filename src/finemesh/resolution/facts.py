"""What of a record can speak against its being somebody else's: kind, list, birth dates, gender, numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from finemesh.model.dataset import authority_of
from finemesh.model.entity import EntityRecord

REPEATING = frozenset({"au_dfat", "ca_sema", "eu_journal", "un_sc", "us_trade_csl"})
"""Lists that name one party several times: the EU by act and annex, Canada by act, the CSL by source list, Australia by
its own regime and the UN's, the UN by committee."""

ANY = "any"
"""The kind of a party that only documents name: nobody has said what it is."""
_KINDS = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "airplane",
    "CryptoWallet": "wallet",
    "Security": "security",
    "Address": "address",
}


_ONE_EACH = frozenset(
    {
        "dunsCode", "idNumber", "innCode", "leiCode", "npiCode", "ogrnCode", "okpoCode", "registrationNumber",
        "socialSecurityNumber", "taxNumber", "uscCode",
    }
)  # fmt: skip
"""Numbers of which a register gives one to each party. (People have several passports.)"""
_NOT_CODE = re.compile(r"[^A-Z0-9]")
_LEAST = 6
_GROWN = 22
"""Years of age before which hardly anybody is designated."""


def code_of(prop: str, value: str) -> str:
    """An identifier without what lists write differently: spaces, dashes, case; empty where it is none."""
    code = _NOT_CODE.sub("", value.upper())
    if prop == "imoNumber":
        code = code.removeprefix("IMO")
    return code if len(code) >= _LEAST and any(c.isdigit() for c in code) else ""


def kind_of(schema: str) -> str:
    """Person, vessel, ... or organisation: records of two kinds are never one party."""
    return _KINDS.get(schema, "organisation")


def repeats(dataset: str) -> bool:
    """Whether a dataset may name one party several times; one that speaks for several authorities always may."""
    return dataset in REPEATING or not authority_of(dataset)


@dataclass(frozen=True, slots=True)
class Facts:
    """The part of a record that decides whether it may be somebody else's.

    Attributes:
        id, dataset: What names it.
        kind: Person, organisation, vessel, ...
        births: Birth dates, partial or whole.
        genders: As listed.
        imos: IMO numbers of a vessel.
        numbers: Identifiers, as ``property:code``.
        lists: Lists that the maker of a mixed file names for it.
        sections: As in :class:`finemesh.model.entity.EntityRecord`.
        first_seen, last_seen: Snapshots.
        listed: The earliest day from which its list names it, as far as that tells.
    """

    id: str
    dataset: str
    kind: str
    births: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    imos: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    first_seen: str = ""
    last_seen: str = ""
    listed: str = ""


def facts_of(record: EntityRecord) -> Facts:
    """The facts of a record."""

    def values(prop: str) -> tuple[str, ...]:
        return tuple(sorted(record.values.get(prop, ())))

    imos = {v.upper().removeprefix("IMO").strip() for p, v in record.identifiers if p == "imoNumber"}
    imos.update(v.upper().removeprefix("IMO").strip() for v in record.values.get("imoNumber", ()))
    return Facts(
        record.id,
        record.dataset,
        kind_of(record.schema),
        values("birthDate"),
        values("gender"),
        tuple(sorted(imos)) if record.schema == "Vessel" else (),
        tuple(sorted({f"{p}:{code}" for p, v in record.identifiers if (code := code_of(p, v))})),
        values("publisher"),
        tuple(sorted(record.sections)),
        record.first_seen,
        record.last_seen,
        record.listed,
    )


def contradiction(left: EntityRecord, right: EntityRecord) -> str:
    """What speaks against two records being one party, in words; empty where nothing does."""
    return clash([facts_of(left)], [facts_of(right)])


def clash(left: Sequence[Facts], right: Sequence[Facts]) -> str:
    """What speaks against two groups of records being one party.

    The records of a group are taken to be one party already (a person has said so, or they share an id), so a value
    of any of them speaks for the whole group.
    """
    if left[0].id == right[0].id:
        return ""
    ours, theirs = {f.kind for f in left} - {ANY}, {f.kind for f in right} - {ANY}
    if ours and theirs and not ours & theirs:
        return "of two kinds"
    if any(_two_entries(a, b) for a in left for b in right if a.dataset == b.dataset):
        return "two entries of one list"
    births = _values(f.births for f in left), _values(f.births for f in right)
    if all(births) and not any(same_birth(a, b) for a in births[0] for b in births[1]):
        return "different birthDate"
    for prop, one, other in (
        ("gender", [f.genders for f in left], [f.genders for f in right]),
        ("imoNumber", [f.imos for f in left], [f.imos for f in right]),
    ):
        one_values, other_values = _values(one), _values(other)
        if one_values and other_values and not one_values & other_values:
            return f"different {prop}"
    return _other_number(_values(f.numbers for f in left), _values(f.numbers for f in right))


def reservation(left: Sequence[Facts], right: Sequence[Facts]) -> str:
    """What speaks against joining two groups of records without a person, though it is no contradiction."""
    shared = _values(f.lists for f in left) & _values(f.lists for f in right)
    if shared:
        return f"both on {min(shared)}"
    return _too_young(left, right) or _too_young(right, left)


def _too_young(born: Sequence[Facts], listed: Sequence[Facts]) -> str:
    """Whether one would have been listed almost as a child: somebody older of that name is meant more often."""
    births = [b[:4] for f in born for b in f.births]
    years = [f.listed[:4] for f in listed if f.listed and not f.births]
    if not births or not years or not all(y.isdigit() for y in (*births, *years)):
        return ""
    age = int(min(years)) - int(min(births))
    return f"would have been listed at the age of {age}" if age < _GROWN else ""


def _other_number(left: set[str], right: set[str]) -> str:
    """What two groups of records are that have another number of one form each; empty where nothing differs.

    A number of the same property and form (ten digits, two letters and six digits) comes from one register. One that
    both have, under whatever property, or that differs in one sign (a typing error) makes it no contradiction.
    """
    if not left or not right or {n.partition(":")[2] for n in left} & {n.partition(":")[2] for n in right}:
        return ""
    ours, theirs = _by_form(left), _by_form(right)
    for form in sorted(ours.keys() & theirs.keys()):
        if not any(_near(a, b) for a in ours[form] for b in theirs[form]):
            return f"different {form[0]}"
    return ""


def _by_form(numbers: Iterable[str]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number in numbers:
        prop, _, code = number.partition(":")
        if prop in _ONE_EACH:
            found[prop, "".join("9" if c.isdigit() else "A" for c in code)].append(code)
    return found


def _near(left: str, right: str) -> bool:
    """Whether two codes of one length differ in one sign at most."""
    return sum(a != b for a, b in zip(left, right, strict=True)) <= 1


def _values(groups: Iterable[Iterable[str]]) -> set[str]:
    return {value for group in groups for value in group}


def _two_entries(left: Facts, right: Facts) -> bool:
    """Whether two records are two entries of one list, that stood on it at one time.

    Of a dataset that repeats its parties they are so only under one programme; what names none says nothing.
    """
    if left.id == right.id:
        return False
    if repeats(left.dataset):
        return not set(left.sections).isdisjoint(s for s in right.sections if s)
    return not (left.last_seen < right.first_seen or right.last_seen < left.first_seen)


def same_birth(left: str, right: str) -> bool:
    """Whether two birth dates may be the same; lists swap day and month, mistype a digit, often know only the year."""
    if left[:4] != right[:4]:
        return False
    if len(left) == len(right) == 10:
        swapped = f"{right[:4]}-{right[8:]}-{right[5:7]}"
        return left == swapped or sum(a != b for a, b in zip(left, right, strict=True)) <= 1
    return left.startswith(right) or right.startswith(left)
