"""The nodes of the publisher's XML of the ICD-10-CM tabular list, in its order, each with its notes.

Source: ``icd10cm-tabular-*.xml`` of the National Center for Health Statistics and CMS (``ICD10CM.tabular`` > chapter >
section > diag ...). Nodes know the number of their last descendant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from chartcode.books.build import markup
from chartcode.books.files import Unsuitable
from chartcode.model.code import dotted

ROOT = "ICD10CM.tabular"

KINDS = {
    "inclusionTerm": "inclusion term",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code first",
    "useAdditionalCode": "use additional",
    "codeAlso": "code also",
    "notes": "notes",
    "sevenChrNote": "seventh character",
}
"""Elements of the file, and what the house calls them."""

_DENIED = re.compile(r"7th characters ([A-Z, and]+?) do not apply to codes in category (\w{3}) with 6th character (.*)")
"""The note at S06: a patient who died has no subsequent encounter ("... 7 - death due to ..., or 8 - death ...")."""


@dataclass(slots=True)
class Node:
    """A chapter, block, category or code as it is read; ``seventh`` is the node whose seventh characters hold here."""

    id: int
    code: str
    parent: int | None
    depth: int
    kind: str
    title: str
    seventh: int | None
    last: int = 0
    leaf: bool = True
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    sevenths: list[tuple[str, str]] = field(default_factory=list)


def parse(content: bytes, name: str) -> etree._Element:
    """Return the root of a tabular list.

    Raises:
        Unsuitable: it is not well-formed, declares a document type, or is no tabular list.
    """
    root = markup.parse(content, name)
    if root.tag != ROOT:
        raise Unsuitable(f"{name} is not an ICD-10-CM tabular list; its root should be {ROOT}")
    return root


def nodes_of(root: etree._Element) -> list[Node]:
    """Return the nodes of a tabular list in its order, each with its notes and seventh characters."""
    nodes = list(_nodes(root))
    _narrow(nodes)
    return nodes


def reportable(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the codes that a list makes reportable: leaves, with each of their seventh characters if they take one."""
    by_id = {node.id: node for node in nodes}
    for node in by_id.values():
        if node.leaf and node.kind in _INNER:
            if node.seventh is None:
                yield node.code
            else:
                stem = dotted(node.code.replace(".", "").ljust(6, "X"))
                yield from (stem + char for char, _ in by_id[node.seventh].sevenths)


def _nodes(root: etree._Element) -> Iterator[Node]:
    """Yield the nodes in the list's order; a node is complete once the next of its rank begins."""
    count = 0

    def enter(element: etree._Element, code: str, kind: str, parent: Node | None) -> Node:
        nonlocal count
        count += 1
        node = Node(
            id=count,
            code=code,
            parent=parent.id if parent else None,
            depth=parent.depth + 1 if parent else 0,
            kind=kind,
            title=markup.text(element.find("desc")),
            seventh=parent.seventh if parent else None,
        )
        if parent:
            parent.leaf = False
        _annotate(node, element)
        for table in element.findall("visualImpairment"):
            # The file puts the table of H54 into H54.8, its last subcategory but one.
            (parent or node).notes += [("notes", line, "Category of visual impairment:") for line in _acuities(table)]
        return node

    def walk(element: etree._Element, parent: Node) -> Iterator[Node]:
        node = enter(
            element, markup.text(element.find("name")), "code" if parent.kind in _INNER else "category", parent
        )
        yield node
        for child in element.findall("diag"):
            yield from walk(child, node)
        node.last = count

    for chapter in root.findall("chapter"):
        top = enter(chapter, markup.text(chapter.find("name")), "chapter", None)
        yield top
        umbrellas: list[Node] = []
        for section in chapter.findall("section"):
            name = section.get("id") or ""
            name = name if "-" in name else f"{name}-{name}"
            while umbrellas and not _encloses(umbrellas[-1].code, name):
                umbrellas.pop().last = count
            block = enter(section, name, "block", umbrellas[-1] if umbrellas else top)
            yield block
            for diag in section.findall("diag"):
                yield from walk(diag, block)
            block.last = count
            if section.find("diag") is None:
                umbrellas.append(block)
        for node in [*umbrellas, top]:
            node.last = count


_INNER = ("category", "code")


def _encloses(outer: str, inner: str) -> bool:
    """Tell whether a block without categories of its own ("V00-V99") is the heading over another block."""
    first, last = outer.split("-")
    begin, end = inner.split("-")
    return first <= begin and end <= last


def _annotate(node: Node, element: etree._Element) -> None:
    for group in element:
        kind = KINDS.get(str(group.tag))
        if kind:
            lead = ""
            for note in group.findall("note"):
                text = markup.text(note)
                node.notes.append((kind, text, lead))
                lead = text if text.endswith(":") else lead
        elif group.tag == "sevenChrDef":
            node.seventh = node.id
            node.sevenths = [(e.get("char") or "", markup.text(e)) for e in group.findall("extension")]
            node.notes += [("seventh character", markup.text(e), "") for e in group.findall("note")]


def _acuities(table: etree._Element) -> Iterator[str]:
    """Yield the rows of the table at H54 as lines: a category, and the acuities between which it lies."""
    for row in table.findall("visCategory"):
        above, from_ = (
            [markup.text(e) for e in row.findall(f"visRange/{edge}/value")] for edge in ("visMax", "visMin")
        )
        if row.find("value") is not None:
            span = (
                f"less than {', '.join(above)}; equal to or better than {', '.join(from_)}"
                if from_
                else ", ".join(above)
            )
            yield f"{markup.text(row.find('value'))}: {span}"


def _narrow(nodes: list[Node]) -> None:
    """Take from codes the seventh characters that a note denies them, by giving them a list of their own."""
    by_code = {node.code: node for node in nodes}
    for note in (text for node in nodes for kind, text, _ in node.notes if kind == "notes"):
        for chars, category, sixths in _DENIED.findall(note):
            top = by_code[category]
            denied = re.findall(r"\b[A-Z]\b", chars)
            for node in nodes[top.id : top.last]:
                if node.leaf and node.code[-1] in re.findall(r"\b\d\b", sixths) and len(node.code) == 7:
                    node.sevenths = [s for s in top.sevenths if s[0] not in denied]
                    node.seventh = node.id
