"""Parties that are named only as part of others: "the army's arms industry", "the Vietnamese embassy"."""

from __future__ import annotations

from finemesh.extraction.back import Ref
from finemesh.extraction.frames import word_lists
from finemesh.extraction.refs import Resolver
from finemesh.extraction.slots import actor_words, own_slot
from finemesh.extraction.syntax.nodes import NP

_WHOLE = frozenset(("industry", "sector", "network"))


def part_of(resolver: Resolver, phrase: NP, ref: Ref) -> list[tuple[str, str]]:
    """A party named only as part of another: "the army's arms industry", "Blue Heron subsidiaries"."""
    lists = word_lists()
    if phrase.possessor is not None and phrase.head in lists["part_of"]:
        owners = resolver.resolve(phrase.possessor)
        return [(ref.name, "group")] if any(o.kind in ("actor", "state", "organization") for o in owners) else []
    if phrase.possessor is not None and phrase.head in lists["equipment"]:
        return [(r.name, r.kind) for r in resolver.resolve(phrase.possessor) if r.kind in ("actor", "state")]
    if phrase.possessor is not None and phrase.head in lists["role_noun"]:
        return [(r.name, r.kind) for r in resolver.resolve(phrase.possessor) if r.kind == "state"]
    if phrase.head == "business" and phrase.possessor is not None:
        return [(r.name, r.kind) for r in resolver.resolve(phrase.possessor) if r.party and r.kind != "group"]
    if phrase.head == "family":
        heads = own_slot(phrase, "poss") + own_slot(phrase, "of")
        return [(f"{r.name}’s family", "group") for p in heads for r in resolver.resolve(p) if r.kind == "person"]
    if phrase.head in lists["people_of"]:
        return [(r.name, r.kind) for inner in actor_words(phrase) for r in resolver.resolve(inner)]
    if phrase.head in lists["institution"] and phrase.mods:
        return [(ref.name, "group")]
    if phrase.head in lists["part_of"] and any(u.tag == "NAME" or phrase.head in _WHOLE for u in phrase.mods):
        return [(ref.name, "group")]
    return []
