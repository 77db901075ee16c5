"""XML lists as a stream of records, with every element and attribute accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from finemesh.model.errors import SourceError
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.files import open_bytes

MAX_DEPTH = 60
"""How deep a record may nest."""


def local_name(tag: Any) -> str:
    """A tag without its namespace; empty for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Node:
    """An element of a record.

    Attributes:
        element: The parsed element.
        path: Its place below the record: ``INDIVIDUAL[17]/INDIVIDUAL_ALIAS[2]``.
        shape: The same without numbers, below the record's tag: ``INDIVIDUAL/INDIVIDUAL_ALIAS``.
        line: Line of the record's start tag.
    """

    __slots__ = ("element", "line", "path", "shape", "xml")

    def __init__(self, xml: XmlRecords, element: Any, path: str, shape: str, line: int) -> None:
        self.xml = xml
        self.element = element
        self.path = path
        self.shape = shape
        self.line = line

    @property
    def tag(self) -> str:
        """Local name of the element."""
        return local_name(self.element.tag)

    @property
    def locator(self) -> str:
        """The place of the element."""
        return f"line={self.line};element={self.path}"

    @property
    def own(self) -> Cell:
        """The element's own text, stripped."""
        self.xml.used.add(self.shape)
        text = self.element.text
        return Cell(text, self.locator).strip() if text else EMPTY

    def attribute(self, name: str) -> Cell:
        """An attribute's value (``name`` without namespace), or an empty cell."""
        self.xml.used.add(f"{self.shape}/@{name}")
        for key, value in self.element.attrib.items():
            if local_name(key) == name and value:
                return Cell(value, f"{self.locator}/@{name}").strip()
        return EMPTY

    def children(self, tag: str) -> list[Node]:
        """The child elements of that local name, in order."""
        found: list[Node] = []
        shape = f"{self.shape}/{tag}"
        for child in self.element:
            if local_name(child.tag) == tag:
                found.append(Node(self.xml, child, f"{self.path}/{tag}[{len(found) + 1}]", shape, self.line))
        return found

    def child(self, *tags: str) -> Node | None:
        """The first element at a path of local names, or None."""
        node: Node | None = self
        for tag in tags:
            found = node.children(tag) if node is not None else []
            node = found[0] if found else None
        return node

    def all(self, *tags: str) -> list[Node]:
        """Every element at a path of local names, in order."""
        nodes = [self]
        for tag in tags:
            nodes = [child for node in nodes for child in node.children(tag)]
        return nodes

    def cell(self, *tags: str) -> Cell:
        """The text of the first element at a path, or an empty cell."""
        node = self.child(*tags)
        return node.own if node is not None else EMPTY

    def cells(self, *tags: str) -> list[Cell]:
        """The texts of every element at a path that has any."""
        return [cell for node in self.all(*tags) if (cell := node.own)]


class XmlRecords:
    """A stream of the records of an XML file; memory does not grow with the file.

    Entities are not expanded, nothing external is loaded, and a document type declaration with
    entities of its own is refused.

    Args:
        path: The file.
        tags: Local names of the elements that are records.
        member: File inside a ZIP.
        note_shapes: Whether to keep account of what the records hold (readers do, the verifier need not).

    Attributes:
        used: Shapes that a reader has asked for.
        seen: Shapes that hold text or attributes, with the first place of each.
        counts: Number of records by tag.
    """

    def __init__(
        self, path: Path, tags: Collection[str], member: str | None = None, *, note_shapes: bool = True
    ) -> None:
        self.path, self.tags, self.member = path, frozenset(tags), member
        self.note_shapes = note_shapes
        self.used: set[str] = set()
        self.seen: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Node]:
        """Every record, in the order of the file.

        Raises:
            SourceError: The file is not well-formed from some line on; the records before it were given out.
        """
        with open_bytes(self.path, self.member) as stream:
            try:
                yield from self._records(stream)
            except etree.XMLSyntaxError as error:
                raise SourceError(
                    f"not well-formed XML ({error.msg}); the records before this place are kept",
                    where=f"{self.path.name}, line {error.lineno}",
                ) from error

    def _records(self, stream: Any) -> Iterator[Node]:
        wanted = tuple(f"{{*}}{tag}" for tag in self.tags)
        events = etree.iterparse(
            stream,
            events=("end",),
            tag=wanted,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        checked = False
        for _, element in events:
            if not checked:
                checked = True
                refuse_entities(element, self.path.name)
            tag = local_name(element.tag)
            self.counts[tag] += 1
            node = Node(self, element, f"{tag}[{self.counts[tag]}]", tag, element.sourceline or 0)
            if self.note_shapes:
                self._note_shapes(node)
            yield node
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]

    def _note_shapes(self, record: Node) -> None:
        """Remember every shape of a record that holds something."""
        seen, stack = self.seen, [(record.element, record.shape, 0)]
        while stack:
            element, shape, depth = stack.pop()
            if depth > MAX_DEPTH:
                raise SourceError("the XML nests too deeply", where=f"{self.path.name}, line {record.line}")
            if shape not in seen and element.text and not element.text.isspace():
                seen[shape] = record.locator
            for key in element.attrib:
                name = f"{shape}/@{local_name(key)}"
                if name not in seen:
                    seen[name] = record.locator
            for child in element:
                tag = local_name(child.tag)
                if tag:
                    stack.append((child, f"{shape}/{tag}", depth + 1))

    def unexplained(self, ignored: Collection[str] = ()) -> dict[str, str]:
        """Shapes that hold something and were neither read nor named as ignored, with their first places."""
        known = self.used.union(ignored)
        return {shape: place for shape, place in sorted(self.seen.items()) if shape not in known}


def refuse_entities(element: Any, name: str) -> None:
    """Refuse a document whose type declaration defines entities (billion laughs, external entities).

    Raises:
        SourceError: It does.
    """
    doctype = element.getroottree().docinfo.internalDTD
    if doctype is not None and any(True for _ in doctype.iterentities()):
        raise SourceError("the XML defines entities of its own; it is not read", where=name)


def root_of(path: Path, member: str | None = None) -> tuple[str, str, dict[str, str]] | None:
    """Local name, namespace and attributes of an XML file's root, or None where it is no XML."""
    try:
        with open_bytes(path, member) as stream:
            for _, element in etree.iterparse(
                stream, events=("start",), resolve_entities=False, no_network=True, load_dtd=False
            ):
                namespace = etree.QName(element).namespace or ""
                attributes = {local_name(k): str(v) for k, v in element.attrib.items()}
                return local_name(element.tag), namespace, attributes
    except (etree.XMLSyntaxError, SourceError, OSError):
        return None
    return None
