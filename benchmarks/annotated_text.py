"""How mentions and claims agree with texts that others annotated: re3d (Dstl) and the security-force texts.

Run from the project's folder:

    python benchmarks/annotated_text.py --re3d ../shared/data/re3d --security ../shared/data/security_forces

re3d was seen by no part of finemesh. Its schema is another one: it marks noun phrases of every kind ("rebels", "we",
"his fellow fighters") as people and organisations, with their articles and titles, and finemesh looks for names. So
three rows are printed for each type: exact spans (articles and titles left aside on both sides), spans that overlap,
and the same with only those annotations that hold a capitalised word that is no sentence's first. They are printed for
the mentions (which take people and organisations by their capitals only in texts that the tagger does not know how to
read) and for the names that the claim reader sees. Of its relations, four have a counterpart: BelongsTo, InChargeOf (a
role claim), CommWith (a meeting), AlliesOf (a partnership). The others (CoLocated, FightingAgainst, HasAttrOf, ...) are
not attempted and not counted.

The tagger that comes with finemesh was trained on the security-force texts, so the figures for these say how well it
fits what it has seen; ``tools/train_tagger.py --folds 5`` gives those for documents that it has not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from finemesh.extraction.analysis import analyse
from finemesh.extraction.claims import read_claims
from finemesh.extraction.mentions import read_mentions
from finemesh.extraction.nameparts import title_length
from finemesh.model.claim import ClaimType

Spot = tuple[str, int, int, str]
"""A span: document, start, end, type."""

TYPES = {"Person": "person", "Organisation": "organization"}
BRAT = {"Person": "person", "Organization": "organization", "Rank": "rank", "Title": "role", "Role": "role"}
POSTS = {"has_rank": "has_rank", "has_title": "has_role", "has_role": "has_role", "is_posted": "is_posted"}
COUNTERPARTS = {
    "BelongsTo": (ClaimType.ROLE, ("holder", "organisation")),
    "InChargeOf": (ClaimType.ROLE, ("holder", "organisation")),
    "CommWith": (ClaimType.MEETING, ("participants",)),
    "AlliesOf": (ClaimType.PARTNERSHIP, ("parties",)),
}
ARTICLES = frozenset(("the", "a", "an", "his", "her", "their", "its", "our"))


def main() -> None:
    """Read the options, measure, print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--re3d", type=Path, help="the folder of re3d")
    parser.add_argument("--security", type=Path, help="a folder of BRAT files")
    options = parser.parse_args()
    if options.re3d is None and options.security is None:
        parser.error("give --re3d, --security or both")
    if options.re3d is not None:
        measure_re3d(options.re3d)
    if options.security is not None:
        measure_security(options.security)


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The objects of one kind of re3d's files."""
    for path in sorted(folder.glob(f"*/{name}.json")):
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            if line.strip():
                yield json.loads(line)


def measure_re3d(folder: Path) -> None:
    """Spans and relations of re3d."""
    texts = {row["_id"]: row["text"] for row in rows(folder, "documents")}
    gold = [
        (row["documentId"], row["begin"], row["end"], TYPES[row["type"]])
        for row in rows(folder, "entities")
        if row["type"] in TYPES and row["documentId"] in texts
    ]
    mentions: list[Spot] = []
    names: set[Spot] = set()
    for doc, text in texts.items():
        mentions += [(doc, m.start, m.end, m.type) for m in read_mentions(doc, text)[0] if m.type in TYPES.values()]
        names |= capital_names(doc, text)
    print(f"re3d: {len(texts)} documents, {len(gold)} annotated people and organisations")
    named = [spot for spot in gold if is_named(texts[spot[0]], spot)]
    print(" mentions:")
    span_table(texts, gold, named, mentions)
    print(" names that the claim reader sees:")
    span_table(texts, gold, named, sorted(names))
    measure_relations(folder, texts)


def capital_names(doc: str, text: str) -> set[Spot]:
    """The people and organisations that the claim reader finds by their capitals."""
    units = (u for s in analyse(text, None).sentences for p in s.parse.phrases for u in p.units)
    return {(doc, u.start, u.end, u.kind) for u in units if u.tag == "NAME" and u.kind in TYPES.values()}


def span_table(texts: dict[str, str], gold: list[Spot], named: list[Spot], found: list[Spot]) -> None:
    """The rows of one table of spans."""
    for kind in (*TYPES.values(), ""):
        label = kind or "both"
        some, got = ([s for s in spots if not kind or s[3] == kind] for spots in (gold, found))
        show(f"{label}, exact", *exact(texts, some, got))
        show(f"{label}, overlapping", *overlapping(some, got))
        some = [s for s in named if not kind or s[3] == kind]
        show(f"{label}, named, overlapping", *overlapping(some, got))


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without its article, ranks and honorifics, and without marks at its ends."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"[\w’'.&-]+", text[start:end])]
    lows = [text[a:b].lower() for a, b in words]
    at = 0
    while at < len(words) - 1:
        length = 1 if lows[at] in ARTICLES else title_length(lows, at)
        if not length or at + length >= len(words):
            break
        at += length
    return (words[at][0], words[-1][1]) if words else (start, end)


def is_named(text: str, spot: Spot) -> bool:
    """Whether an annotation holds a capitalised word that is not merely the first of a sentence."""
    _, start, end, _ = spot
    for match in re.finditer(r"\b[A-Z][\w’'.-]+", text[start:end]):
        before = text[: start + match.start()].rstrip()
        if before and before[-1] not in '.!?”"' and "\n" not in text[len(before) : start + match.start()]:
            return True
    return False


def exact(texts: dict[str, str], gold: Sequence[Spot], found: Sequence[Spot]) -> tuple[int, int, int]:
    """Hits, false alarms and misses of spans that agree to the character, articles and titles aside."""

    def cores(spots: Iterable[Spot]) -> set[Spot]:
        return {(doc, *core(texts[doc], start, end), kind) for doc, start, end, kind in spots}

    want, got = cores(gold), cores(found)
    return len(want & got), len(got - want), len(want - got)


def overlapping(gold: Sequence[Spot], found: Sequence[Spot]) -> tuple[int, int, int]:
    """The same for spans that overlap, each used once."""
    free: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in found:
        free[spot[0], spot[3]].append(spot)
    hits = 0
    for doc, start, end, kind in sorted(gold):
        hit = next((s for s in free[doc, kind] if s[1] < end and start < s[2]), None)
        if hit is not None:
            free[doc, kind].remove(hit)
            hits += 1
    return hits, sum(map(len, free.values())), len(gold) - hits


def measure_relations(folder: Path, texts: dict[str, str]) -> None:
    """The four relations of re3d that have a counterpart among the claims."""
    wanted: dict[str, set[tuple[str, int, frozenset[str]]]] = defaultdict(set)
    for row in rows(folder, "relations"):
        if row["type"] in COUNTERPARTS and row["documentId"] in texts:
            pair = frozenset((row["source"], row["target"]))
            wanted[row["type"]].add((row["documentId"], min(row["sourceBegin"], row["targetBegin"]), pair))
    claims = {doc: read_claims(doc, text) for doc, text in texts.items()}
    for kind, (claim_type, args) in COUNTERPARTS.items():
        hits = 0
        for doc, at, pair in wanted[kind]:
            for claim in claims[doc]:
                if claim.type is not claim_type or not claim.offset[0] <= at < claim.offset[1]:
                    continue
                values = [v for arg in args for v in as_list(claim.args.get(arg))]
                if len(pair) == 2 and all(any(alike(name, value) for value in values) for name in pair):
                    hits += 1
                    break
        made = sum(claim.type is claim_type for found in claims.values() for claim in found)
        print(f"  relation {kind}: {hits} of {len(wanted[kind])} told by a {claim_type.value} claim ({made} made)")


def as_list(value: object) -> list[str]:
    """The values of an arg."""
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []


def alike(one: str, two: str) -> bool:
    """Whether the words of one name are all in the other."""
    a, b = (set(re.findall(r"\w+", name.lower())) - ARTICLES for name in (one, two))
    return bool(a and b) and (a <= b or b <= a)


def measure_security(folder: Path) -> None:
    """Spans and relations of the security-force texts."""
    gold: set[Spot] = set()
    found: set[Spot] = set()
    links: list[tuple[str, str, tuple[int, int], tuple[int, int]]] = []
    made: list[tuple[str, str, tuple[int, int], tuple[int, int]]] = []
    paths = sorted(folder.glob("*.ann"))
    for path in paths:
        doc, text = path.stem, path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")
        spots, told = read_brat(path, text)
        gold |= spots
        links += told
        mentions, relations = read_mentions(doc, text)
        found |= {(doc, *trim(text, m.start, m.end), m.type) for m in mentions if m.type in BRAT.values()}
        made += [(doc, r.relation, r.person, r.other) for r in relations]
    print(f"security forces: {len(paths)} documents; the tagger was trained on them")
    for kind in (*sorted(set(BRAT.values())), ""):
        want, got = ({s for s in spots if not kind or s[3] == kind} for spots in (gold, found))
        show(kind or "all", len(want & got), len(got - want), len(want - got))
    hits = 0
    free = list(made)
    for link in links:
        hit = next((m for m in free if m[:2] == link[:2] and meets(m[2], link[2]) and meets(m[3], link[3])), None)
        if hit is not None:
            free.remove(hit)
            hits += 1
    show("relations", hits, len(free), len(links) - hits)


def read_brat(path: Path, text: str) -> tuple[set[Spot], list[tuple[str, str, tuple[int, int], tuple[int, int]]]]:
    """The spans and relations of a BRAT file."""
    spots: set[Spot] = set()
    places: dict[str, tuple[int, int]] = {}
    links = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split("\t")
        if line.startswith("T"):
            kind, *offsets = parts[1].replace(";", " ").split()
            places[parts[0]] = (int(offsets[0]), int(offsets[-1]))
            if kind in BRAT:
                spots.add((path.stem, *trim(text, *places[parts[0]]), BRAT[kind]))
        elif line.startswith("R"):
            kind, *ends = parts[1].split()
            one, two = (places.get(end.split(":")[1]) for end in ends)
            if kind in POSTS and one and two:
                links.append((path.stem, POSTS[kind], one, two))
    return spots, links


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without marks and white space around it."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return start, end


def meets(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether two spans overlap."""
    return one[0] < two[1] and two[0] < one[1]


def show(name: str, hits: int, false: int, missed: int) -> None:
    """One row: precision, recall, F1 and the counts."""
    precision, recall = hits / max(1, hits + false), hits / max(1, hits + missed)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    print(
        f"  {name:34s} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  ({hits} right, {false} false, {missed} missed)"
    )


if __name__ == "__main__":
    main()
