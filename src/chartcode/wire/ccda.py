"""C-CDA: bytes -> an XML tree that is safe to walk, and the few questions that its readers ask of an element.

No entity is resolved, no DTD loaded, nothing fetched. Vendors forget to declare the prefixes ``xsi`` and ``sdtc``; that
alone is forgiven. Every other fault refuses the document: what is cut off must not be half-read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

HL7 = "urn:hl7-org:v3"
SDTC = "urn:hl7-org:sdtc"
XSI_TYPE = ("{http://www.w3.org/2001/XMLSchema-instance}type", "xsi:type", "type")

LIMIT = 100_000_000
"""The largest document that is read, in bytes."""

_FORGIVEN = frozenset(("NS_ERR_UNDEFINED_NAMESPACE",))


class NotCda(ValueError):  # noqa: N818 - the word says what is wrong
    """Bytes that are no readable XML; the message says why in words that hold nothing of the content."""


def parse(data: bytes) -> etree._Element:
    """Return the root element of a document.

    Raises:
        NotCda: it is not well-formed, declares a document type, or lies too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotCda("this is not well-formed XML") from None
    for error in parser.error_log:
        if error.type_name not in _FORGIVEN and error.level_name != "WARNING":
            raise NotCda(_why(error.type_name, error.line))
    if root is None:
        raise NotCda("this is not well-formed XML")
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotCda("it declares a document type, which no C-CDA needs and which can do harm; remove the DOCTYPE")
    return root


def _why(kind: str, line: int) -> str:
    if "ENCODING" in kind or "INVALID_CHAR" in kind or kind == "I18N_CONV_FAILED":
        return f"its characters are not in the encoding that it declares (line {line}); save it as UTF-8"
    if kind in ("ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END", "ERR_GT_REQUIRED", "ERR_LTSLASH_REQUIRED"):
        return f"the XML ends too early or an element is not closed (line {line})"
    if kind == "ERR_DOCUMENT_EMPTY":
        return "this is not XML"
    if "ENTIT" in kind or "UNDECLARED" in kind:
        return f"it uses an entity that is not declared (line {line}); entities are not resolved"
    if kind in ("ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG"):
        return f"it is nested too deeply, or one field is larger than 10 MB (line {line})"
    return f"this is not well-formed XML (line {line})"


@lru_cache(4096)
def _steps(tag: str, way: str) -> tuple[str, ...]:
    """Return the child names of a way in the namespace of a tag."""
    space = tag[: tag.rfind("}") + 1]
    return tuple(space + step for step in way.split("/"))


@lru_cache(4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def local(element: etree._Element) -> str:
    """Return an element's name without namespace and prefix; empty for what is no element."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, way: str) -> etree._Element | None:
    """Return the first element at the end of a way (``assignedAuthor/code``), in the namespace of the element."""
    if element is None:
        return None
    steps = _steps(element.tag, way)
    if len(steps) == 1:  # much faster than find(), and most of what is asked
        return next(element.iterchildren(steps[0]), None)
    return next(iter(children(element, way)), None)


def children(element: etree._Element | None, way: str) -> list[etree._Element]:
    """Return all elements at the end of a way."""
    found = [] if element is None else [element]
    for step in _steps(element.tag, way) if element is not None else ():
        found = [one for above in found for one in above.iterchildren(step)]
    return found


def named(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of some names, in the namespace of the element, in their order."""
    return element.iterchildren(*_steps(element.tag, "/".join(names)))


def extension(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return a child from HL7's extension namespace (``sdtc``), declared or not."""
    if element is None:
        return None
    found = element.find(f"{{{SDTC}}}{name}")
    return found if found is not None else next((e for e in element if local(e) == name), None)


def attribute(element: etree._Element | None, name: str, way: str = "") -> str:
    """Return an attribute of an element, or of the one at the end of a way; empty where there is none."""
    found = child(element, way) if way else element
    return "" if found is None else (found.get(name) or "").strip()


def kind(element: etree._Element) -> str:
    """Return the data type of a value (``CD``, ``PQ``), without prefix; empty where it is not said."""
    said = next((t for name in XSI_TYPE if (t := element.get(name))), "")
    return said.rpartition(":")[2]


def words(element: etree._Element | None) -> str:
    """Return the words in an element, with single blanks."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def templates(element: etree._Element) -> Iterator[str]:
    """Yield the roots of an element's template ids."""
    for one in children(element, "templateId"):
        if root := one.get("root"):
            yield root
