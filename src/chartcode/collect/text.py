"""Bytes -> text -> a chart: what can be read as a plain note, and one clear sentence for what cannot.

Text is never altered after decoding: line ends, blanks and odd characters stay as they came, because every span is an
offset into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

from chartcode.collect.note import chart_from_text
from chartcode.collect.source import LIMIT, Source, Unreadable
from chartcode.model.chart import Chart

NAME = "plain text"
CP1252 = "the text is not UTF-8; it was read as Windows-1252"

_FORMATS = (
    (b"PK\x03\x04", "a ZIP file, or a document of a kind that is not read; unpack it or save it as plain text"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8 first"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8 first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as plain text first"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")


def decode(data: bytes, source: str = "text") -> tuple[str, tuple[str, ...]]:
    """Decode a plain-text note: UTF-8 (a byte order mark is dropped), else Windows-1252 with a remark.

    Returns:
        The text as received, and remarks for the reader.

    Raises:
        Unreadable: the data are empty or not plain text.
    """
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise Unreadable(source, f"this is {what}; only plain text is read")
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 50:
        raise Unreadable(source, "this is binary data, not a note; only plain text is read")
    remarks: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Unreadable(source, "the text is neither UTF-8 nor Windows-1252; save it as UTF-8") from None
        remarks = (CP1252,)
    if not text.strip():
        raise Unreadable(source, "the note is empty; there is nothing to code")
    return text, remarks


def recognise(_: bytes) -> bool:
    """Tell that anything may be a note: this reader is asked when no other knows the source."""
    return True


def charts(source: Source) -> Iterator[Chart]:
    """Yield the chart of a note; raises ``Unreadable``."""
    text, remarks = decode(source.whole(LIMIT, "one note"), source.label)
    chart = chart_from_text(text, source.id, **asdict(source.silent))
    yield replace(chart, remarks=remarks + chart.remarks) if remarks else chart
