"""GEXF, GraphML and Cypher: parties as nodes, ties as edges with who says so and in which stance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from finemesh.analysis.facts import Party
from finemesh.analysis.graph import Graph
from finemesh.analysis.ties import Tie

NODE = ("schema", "countries", "datasets", "listed_by")
EDGE = (
    "kind",
    "stance",
    "speaker",
    "relayed_by",
    "accepted",
    "start",
    "end",
    "quote",
    "source",
    "sha256",
    "locator",
    "claim",
)
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def node_values(party: Party, graph: Graph) -> dict[str, str]:
    """What is told of a party, in the order of :data:`NODE`."""
    values = (
        party.schema,
        ";".join(party.countries),
        ";".join(party.datasets),
        ";".join(graph.listed_by.get(party.id, ())),
    )
    return dict(zip(NODE, values, strict=True))


def edge_values(tie: Tie) -> dict[str, str]:
    """What is told of a tie, in the order of :data:`EDGE`; the evidence is its first place."""
    proof = tie.evidence[0] if tie.evidence else None
    place = (proof.quote, proof.source, proof.sha256, proof.locator) if proof else ("", "", "", "")
    said = (tie.kind, tie.stance, tie.speaker, tie.relayed_by, "yes" if tie.accepted else "no", tie.start, tie.end)
    return dict(zip(EDGE, (*said, *place, tie.claim), strict=True))


def _text(value: str) -> str:
    return escape(value.translate(_ILLEGAL))


def _attr(value: str) -> str:
    return quoteattr(value.translate(_ILLEGAL))


def _write(path: Path, lines: Iterable[str], graph: Graph) -> dict[str, int]:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    return {"parties": len(graph.parties), "ties": len(graph.ties)}


def gexf(graph: Graph, path: Path) -> dict[str, int]:
    """GEXF 1.3 (https://gexf.net/schema.html), which Gephi opens."""
    return _write(path, _gexf(graph), graph)


def _gexf(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed" mode="static">'
    for kind, names in (("node", NODE), ("edge", EDGE)):
        fields = "".join(f'<attribute id="{name}" title="{name}" type="string"/>' for name in names)
        yield f'<attributes class="{kind}">{fields}</attributes>'
    yield "<nodes>"
    for id, party in graph.parties.items():
        yield f"<node id={_attr(id)} label={_attr(party.caption)}>{_values(node_values(party, graph))}</node>"
    yield "</nodes><edges>"
    for number, tie in enumerate(graph.ties):
        ends = f"source={_attr(tie.source)} target={_attr(tie.target)} label={_attr(tie.label)}"
        yield f'<edge id="{number}" {ends}>{_values(edge_values(tie))}</edge>'
    yield "</edges></graph></gexf>"


def _values(values: dict[str, str]) -> str:
    found = "".join(f'<attvalue for="{name}" value={_attr(value)}/>' for name, value in values.items() if value)
    return f"<attvalues>{found}</attvalues>" if found else ""


def graphml(graph: Graph, path: Path) -> dict[str, int]:
    """GraphML (http://graphml.graphdrawing.org), which yEd, Gephi, NetworkX and others open."""
    return _write(path, _graphml(graph), graph)


def _graphml(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for kind, names in (("node", ("label", *NODE)), ("edge", ("label", *EDGE))):
        for name in names:
            yield f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="string"/>'
    yield '<graph edgedefault="directed">'
    for id, party in graph.parties.items():
        yield f"<node id={_attr(id)}>{_data('node', {'label': party.caption, **node_values(party, graph)})}</node>"
    for number, tie in enumerate(graph.ties):
        data = _data("edge", {"label": tie.label, **edge_values(tie)})
        yield f'<edge id="e{number}" source={_attr(tie.source)} target={_attr(tie.target)}>{data}</edge>'
    yield "</graph></graphml>"


def _data(kind: str, values: dict[str, str]) -> str:
    return "".join(f'<data key="{kind}-{name}">{_text(value)}</data>' for name, value in values.items() if value)


def cypher(graph: Graph, path: Path) -> dict[str, int]:
    """Cypher statements for Neo4j, Memgraph or Kuzu: ``cypher-shell -f FILE``; running it twice changes nothing."""
    return _write(path, _cypher(graph), graph)


def _cypher(graph: Graph) -> Iterator[str]:
    yield "CREATE CONSTRAINT party_id IF NOT EXISTS FOR (p:Party) REQUIRE p.id IS UNIQUE;"
    for id, party in graph.parties.items():
        values = {"caption": party.caption, **node_values(party, graph)}
        yield f"MERGE (p:Party {{id: {_literal(id)}}}) SET p += {_map(values)};"
    for number, tie in enumerate(graph.ties):
        values = {"label": tie.label, **edge_values(tie)}
        kind = "".join(c if c.isascii() and c.isalnum() else "_" for c in tie.kind.upper())
        yield (
            f"MATCH (a:Party {{id: {_literal(tie.source)}}}), (b:Party {{id: {_literal(tie.target)}}})"
            f" MERGE (a)-[r:{kind} {{n: {number}}}]->(b) SET r += {_map(values)};"
        )


def _map(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {_literal(value)}" for name, value in values.items() if value) + "}"


def _literal(text: str) -> str:
    """A Cypher string; JSON's escapes are Cypher's, and nothing in it can end the string."""
    return json.dumps(text, ensure_ascii=True)
