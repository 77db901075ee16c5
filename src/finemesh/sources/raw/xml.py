"""XML lists as a stream of records, with every element and attribute accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from finemesh.model.errors import SourceError
from finemesh.model.locator import escape
from finemesh.sources.raw.cell import EMPTY, Cell
from finemesh.sources.raw.files import open_bytes

MAX_DEPTH = 60
"""How deep a record may nest."""


def local_name(tag: Any) -> str:
    """A tag without its namespace; empty for comments and processing instructions."""
    return _local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=10_000)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


class Node:
    """An element of a record.

    Attributes:
        element: The parsed element.
        path: Its place below the record: ``INDIVIDUAL[17]/INDIVIDUAL_ALIAS[2]``.
        shape: The same without numbers, below the record's tag: ``INDIVIDUAL/INDIVIDUAL_ALIAS``.
        line: Line of the record's start tag.
    """

    __slots__ = ("_children", "element", "line", "path", "shape", "xml")

    def __init__(self, xml: XmlRecords, element: Any, path: str, shape: str, line: int) -> None:
        self.xml = xml
        self.element = element
        self.path = path
        self.shape = shape
        self.line = line
        self._children: dict[str, list[Node]] | None = None

    @property
    def tag(self) -> str:
        """Local name of the element."""
        return local_name(self.element.tag)

    @property
    def locator(self) -> str:
        """The place of the element."""
        return f"{self.xml.prefix}line={self.line};element={self.path}"

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
        if self._children is None:
            self._children = self._by_tag()
        return self._children.get(tag, [])

    def _by_tag(self) -> dict[str, list[Node]]:
        """The children by local name, found once: readers ask for many tags of each element."""
        found: dict[str, list[Node]] = {}
        xml, path, shape, line = self.xml, self.path, self.shape, self.line
        for child in self.element:
            tag = local_name(child.tag)
            same = found.setdefault(tag, [])
            same.append(Node(xml, child, f"{path}/{tag}[{len(same) + 1}]", f"{shape}/{tag}", line))
        return found

    def child(self, *tags: str) -> Node | None:
        """The first element at a path of local names, or None."""
        node = self
        for tag in tags:
            found = node.children(tag)
            if not found:
                return None
            node = found[0]
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


class _Shape:
    """A kind of element, by its place below the record, and what was seen of it."""

    __slots__ = ("attributes", "children", "filled", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = False
        self.attributes: set[str] = set()
        self.children: dict[Any, _Shape] = {}


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
        prefix: What comes before every place: the member's name, where the file is a ZIP.
    """

    def __init__(
        self, path: Path, tags: Collection[str], member: str | None = None, *, note_shapes: bool = True
    ) -> None:
        self.path, self.tags, self.member = path, frozenset(tags), member
        self.prefix = f"member={escape(member)};" if member is not None else ""
        self.note_shapes = note_shapes
        self.used: set[str] = set()
        self.seen: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self._shapes: dict[str, _Shape] = {}

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
            if _within_itself(element, tag):
                continue
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
        stack: list[tuple[Any, _Shape, int]] = [(record.element, self._shape_of(record.shape), 0)]
        while stack:
            element, shape, depth = stack.pop()
            if depth > MAX_DEPTH:
                raise SourceError("the XML nests too deeply", where=f"{self.path.name}, line {record.line}")
            if not shape.filled and (text := element.text) and not text.isspace():
                shape.filled = True
                self.seen.setdefault(shape.name, record.locator)
            for key in element.attrib:
                if key not in shape.attributes:
                    shape.attributes.add(key)
                    self.seen.setdefault(f"{shape.name}/@{local_name(key)}", record.locator)
            known = shape.children
            for child in element:
                below = known.get(child.tag)
                if below is None:
                    if not (tag := local_name(child.tag)):
                        continue
                    below = known[child.tag] = _Shape(f"{shape.name}/{tag}")
                stack.append((child, below, depth + 1))

    def _shape_of(self, name: str) -> _Shape:
        return self._shapes.setdefault(name, _Shape(name))

    def unexplained(self, ignored: Collection[str] = ()) -> dict[str, str]:
        """Shapes that hold something and were neither read nor named as ignored, with their first places."""
        known = self.used.union(ignored)
        return {shape: place for shape, place in sorted(self.seen.items()) if shape not in known}


def _within_itself(element: Any, tag: str) -> bool:
    """Whether a record lies inside another of its kind (Switzerland's list keeps former states of a target in it)."""
    parent = element.getparent()
    while parent is not None:
        if local_name(parent.tag) == tag:
            return True
        parent = parent.getparent()
    return False


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
