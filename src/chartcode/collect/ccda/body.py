"""The body of an unstructured document: text, or a file in base64, perhaps packed."""

from __future__ import annotations

import base64
import binascii
import zlib

from lxml import etree

from chartcode.wire.ccda import NotCda, attribute, child

LIMIT = 50_000_000
"""The largest body that is unpacked, in bytes."""


def body(text: etree._Element) -> bytes:
    """Return the bytes of a body, unpacked.

    Raises:
        NotCda: it is elsewhere, no base64, packed in an unknown way, or too large.
    """
    if child(text, "reference") is not None:
        raise NotCda("the body of the document is another file; give that file instead")
    said = "".join(map(str, text.itertext()))
    if attribute(text, "representation") != "B64":
        return said.encode()
    try:
        data = base64.b64decode(said, validate=False)
    except (binascii.Error, ValueError):
        raise NotCda("the body of the document is no base64") from None
    if attribute(text, "compression") not in ("DF", "ZL", "GZ"):
        return data
    for window in (-15, 15, 31):
        packed = zlib.decompressobj(window)
        try:
            unpacked = packed.decompress(data, LIMIT)
        except zlib.error:
            continue
        if packed.unconsumed_tail:
            break
        return unpacked
    raise NotCda("the body of the document cannot be unpacked, or is larger than 50 MB")
