"""HL7 v2 bytes -> messages of segments, and the MLLP frame around them.

The libraries at hand read 8 to 190 messages a second; splitting on the separators that each message declares (MSH-1,
MSH-2) is all that the encoding rules ask, so this is our own. Nothing here knows what a segment means. Sources: HL7
v2.8, chapter 2, section 2.14 (character sets) and 2.10.3 (batches); MLLP: HL7 v2 transport specification, release 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from chartcode.wire.hl7v2_segments import Malformed, Segment, Separators, escaped

__all__ = [
    "END",
    "START",
    "Malformed",
    "Message",
    "Segment",
    "Separators",
    "Slice",
    "escaped",
    "framed",
    "joined",
    "message",
    "recognise",
    "slices",
]

START, END = b"\x0b", b"\x1c\r"
"""What MLLP puts before and after a message."""

CHARSETS = {
    "ASCII": "ascii",
    "": "utf-8",
    "UNICODE": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UNICODE UTF-16": "utf-8",  # the bytes were brought to UTF-8 before, or MSH could not have been found
    "UNICODE UTF-32": "utf-8",
    "GB 18030-2000": "gb18030",
    "BIG-5": "big5",
    "KS X 1001": "euc_kr",
    "ISO IR87": "iso2022_jp",
    "ISO IR14": "shift_jis",
    **{f"8859/{n}": f"iso8859-{n}" for n in (*range(1, 12), *range(13, 17))},
}
"""HL7 table 0211 -> the codec of Python."""

_BREAK = re.compile(r"\r\n?|\n")
_MESSAGE = re.compile(rb"[\r\n\x0b\x1c][ \t]*(?=(?:MSH|FHS|BHS|BTS|FTS)[^\sA-Za-z0-9])")
_PRINTED = re.compile(rb"\\r(?:\\n)?(?=[A-Z][A-Z0-9]{2}\||$)|\\n(?=[A-Z][A-Z0-9]{2}\||$)")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")


@dataclass(frozen=True)
class Message:
    """One message: its segments in order, and what its header says. ``number`` counts from 1 within its source."""

    segments: tuple[Segment, ...] = field(repr=False)
    number: int = 1
    remarks: tuple[str, ...] = ()

    @property
    def header(self) -> Segment:
        """The MSH segment."""
        return self.segments[0]

    @cached_property
    def code(self) -> str:
        """The message code, MSH-9.1: ``ADT``."""
        return self.header.get(9).upper()

    @cached_property
    def event(self) -> str:
        """The trigger event: MSH-9.2, or EVN-1 where an old sender left it out."""
        said = self.header.get(9, 2).upper()
        return said or next((s.get(1).upper() for s in self.segments if s.name == "EVN"), "")

    @cached_property
    def control(self) -> str:
        """The control id, MSH-10, by which the sender knows the message."""
        return self.header.get(10)

    @cached_property
    def version(self) -> str:
        """The version, MSH-12: ``2.5.1``; empty where it is not given."""
        return self.header.get(12)


def recognise(head: bytes) -> bool:
    """Tell whether bytes begin as HL7 v2 does; a byte order mark, blanks and an MLLP frame may stand before."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0b")
    return start[:3] in (b"MSH", b"FHS", b"BHS") and re.match(rb"[^\sA-Za-z0-9]{2}", start[3:5]) is not None


@dataclass(frozen=True, slots=True)
class Slice:
    """The bytes of one message or envelope segment in a source; ``line`` counts from 1."""

    data: bytes = field(repr=False)
    line: int

    @property
    def name(self) -> str:
        """``MSH``, or the envelope's segment."""
        return self.data[:3].decode("ascii")


def slices(data: bytes) -> Iterator[Slice | Malformed]:
    """Yield the messages and envelope segments of a file in order; what stands before the first is Malformed."""
    data = b"\n" + _as_utf8(data)  # so that the first message stands behind a line end as the others do
    starts = [match.end() for match in _MESSAGE.finditer(data)]
    before = data[: starts[0]] if starts else data
    if before.strip(b" \t\r\n\x0b\x1c"):
        yield Malformed("it does not begin with a header segment (MSH, FHS or BHS)")
    line, last = 0, 0
    for start, end in pairwise([*starts, len(data)]):
        line += _lines(data, last, start)
        last = start
        yield Slice(data[start:end].strip(b"\r\n\x0b\x1c \t"), line)


def _lines(data: bytes, start: int, end: int) -> int:
    """Count the line ends between two places; CR LF is one."""
    feeds, returns = data.count(b"\n", start, end), data.count(b"\r", start, end)
    return feeds + returns - data.count(b"\r\n", start, end) if feeds and returns else feeds + returns


def _as_utf8(data: bytes) -> bytes:
    r"""Bring UTF-16 with a byte order mark to UTF-8, and drop the mark.

    A message on one line with the letters ``\r`` between its segments, as logs print it, gets its line ends.
    """
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(codec, "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if _PRINTED.search(data) and not data.strip().count(b"\n") and not data.strip().count(b"\r"):
        return _PRINTED.sub(b"\r", data)
    return data


def message(data: bytes, number: int = 1) -> Message:
    """Return the message that some bytes hold, without frame.

    Raises:
        Malformed: they are no message of HL7 v2; the text names the line within the message.
    """
    text, codec, remarks = _decoded(_as_utf8(data).strip(b"\r\n\x0b\x1c \t"))
    if text[:3] != "MSH":
        raise Malformed("it does not begin with MSH")
    signs = Separators.of(text)
    segments: list[Segment] = []
    counts: dict[str, int] = {}
    for at, line in enumerate(_BREAK.split(text), start=1):
        name = line[:3]
        if line[3:4] in (signs.field, "") and _SEGMENT.fullmatch(name):
            counts[name] = counts.get(name, 0) + 1
            segments.append(Segment(name, line, signs, codec, counts[name]))
        elif line.strip():
            _carry_on(segments, line, at)
    if counts.get("MSH", 0) > 1:
        raise Malformed("it holds two headers (MSH)")
    return Message(tuple(segments), number, remarks)


def _carry_on(segments: Sequence[Segment], line: str, at: int) -> None:
    """Give a line that is no segment to the text before it: senders leave line breaks in notes."""
    if segments[-1].name not in ("OBX", "NTE", "TXA", "DSP", "ZTX") and not segments[-1].name.startswith("Z"):
        raise Malformed(f"line {at} of the message is no segment; one begins with three capitals and the separator")
    segments[-1].line += "\n" + line


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a message, its codec, and a remark where the declared character set (MSH-18) is not true."""
    header = re.split(rb"[\r\n]", data, maxsplit=1)[0]
    fields = header.split(header[3:4]) if len(header) > 3 else []
    declared = re.split(rb"[~^]", fields[17])[0].strip().decode("ascii", "replace").upper() if len(fields) > 17 else ""
    codec = CHARSETS.get(declared)
    if data.isascii() and codec != "iso2022_jp":
        return data.decode("ascii"), codec or "utf-8", ()
    for name in dict.fromkeys((codec or "utf-8", "utf-8", "cp1252", "latin-1")):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == (codec or "utf-8"):
            return text, name, ()
        told = declared or "no other character set in MSH-18, so UTF-8"
        return text, name, (f"the message declares {told}, but its bytes are not; it was read as {name}",)
    raise AssertionError("latin-1 decodes every byte")


def framed(data: bytes) -> bytes:
    """Return a message in its MLLP frame."""
    return START + data + END


def joined(segments: Sequence[str]) -> bytes:
    """Return a message to send: segments ended by CR, UTF-8."""
    return "".join(f"{segment}\r" for segment in segments).encode()
