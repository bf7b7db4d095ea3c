"""The three XML files of ICD-10-PCS as plain rows: the tables, the index, and the definitions with their keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from chartcode.books.files import Unsuitable

_AGAIN = "fetch it again from the publisher"
_TARGETS = ("code", "codes", "tab", "see", "use")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the index: its depth (0 for a main term), its words, and what they lead to.

    ``kind`` is ``code`` (a whole code), ``codes`` (the beginning of codes), ``tab`` (a table), ``see`` (another term,
    ``target`` in words, with the beginning of codes where the index gives one), ``use`` (a body part or device value),
    or empty for a heading.
    """

    depth: int
    title: str
    kind: str = ""
    target: str = ""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one axis of one row of a table. Rows count from 1; row 0 is the table's head (axes 1 to 3)."""

    table: str
    row: int
    axis: int
    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Term:
    """One value of an axis with its definition; ``includes`` are what the publisher counts under it."""

    section: str
    axis: int
    name: str
    title: str
    definition: str = ""
    explanation: str = ""
    includes: tuple[str, ...] = field(default=())


def parsed(content: bytes, name: str, root: str) -> etree._Element:
    """Return the root of an XML file, checked.

    Raises:
        Unsuitable: it is no XML, declares entities, is cut short, or has another root.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise Unsuitable(f"{name} is no sound XML file ({fault.msg}); {_AGAIN}") from None
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Unsuitable(f"{name} declares a document type, as no publisher's file does; {_AGAIN}")
    if tree.tag != root:
        raise Unsuitable(f"{name} begins with <{tree.tag}>, expected <{root}>; name the ICD-10-PCS file")
    return tree


def tables(root: etree._Element, name: str) -> Iterator[tuple[list[Cell], str]]:
    """Yield each table's cells and the definition of its operation.

    Raises:
        Unsuitable: a row does not make as many codes as it says.
    """
    for table in root.iter("pcsTable"):
        heads = [(a.findtext("title", ""), a.find("label")) for a in table.findall("axis")]
        if len(heads) != 3 or any(label is None for _, label in heads):
            raise Unsuitable(f"{name} has a table without its three first characters; {_AGAIN}")
        key = "".join(label.get("code", "") for _, label in heads if label is not None)
        cells = [
            Cell(key, 0, at, axis, label.get("code", ""), (label.text or "").strip())
            for at, (axis, label) in enumerate(heads, 1)
            if label is not None
        ]
        for number, row in enumerate(table.findall("pcsRow"), 1):
            size = 1
            for axis in row.findall("axis"):
                labels = axis.findall("label")
                size *= len(labels)
                position, title = int(axis.get("pos", "0")), axis.findtext("title", "")
                cells += [
                    Cell(key, number, position, title, label.get("code", ""), (label.text or "").strip())
                    for label in labels
                ]
            if str(size) != row.get("codes"):
                raise Unsuitable(
                    f"{name}: a row of table {key} makes {size} codes and says {row.get('codes')}; {_AGAIN}"
                )
        yield cells, table.findtext("axis/definition", "")


def index(root: etree._Element) -> Iterator[Line]:
    """Yield the lines of the index in order."""
    for main in root.iter("mainTerm"):
        yield from _lines(main, 0)


def _lines(element: etree._Element, depth: int) -> Iterator[Line]:
    yield _line(depth, _text(element.find("title")), next((c for c in element if c.tag in _TARGETS), None))
    for child in element.findall("term"):
        yield from _lines(child, depth + 1)


def _line(depth: int, title: str, target: etree._Element | None) -> Line:
    if target is None:
        return Line(depth, title)
    codes = ", ".join(_text(c) for c in target if c.tag in ("codes", "code", "tab"))
    own = " ".join((target.text or "").split())
    if target.tag in ("code", "codes", "tab"):
        return Line(depth, title, target.tag, "", own)
    return Line(depth, title, target.tag, own.rstrip(","), codes)


def definitions(root: etree._Element) -> Iterator[Term]:
    """Yield the definitions of the values, a title each."""
    for section in root.findall("section"):
        for axis in section.findall("axis"):
            name, position = axis.findtext("title", ""), int(axis.get("pos", "0"))
            for terms in axis.findall("terms"):
                includes = tuple(_text(i) for i in terms.findall("includes"))
                for title in terms.findall("title"):
                    yield Term(
                        section.get("code", ""), position, name, _text(title),
                        _text(terms.find("definition")), _text(terms.find("explanation")), includes,
                    )  # fmt: skip


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join((element.text or "").split())
