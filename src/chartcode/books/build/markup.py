"""The publishers' XML, read so that it can neither open files nor grow: no document types, no entities, no network."""

from __future__ import annotations

from lxml import etree

from chartcode.books.files import Unsuitable


def parse(content: bytes, name: str) -> etree._Element:
    """Return the root element of an XML file of the publisher's.

    Raises:
        Unsuitable: it is not well-formed, or declares a document type (in which an entity bomb would stand).
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise Unsuitable(f"{name} is not well-formed XML ({fault.msg}); fetch it again from the publisher") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unsuitable(
            f"{name} declares a document type, which the publisher's files do not; fetch it again from the publisher"
        )
    return root


def text(element: etree._Element | None) -> str:
    """Return the words within an element with single spaces between them, '' if there is none."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())
