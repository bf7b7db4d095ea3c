r"""HL7 v2 bytes -> messages -> segments -> fields, and the MLLP frame around them.

The libraries at hand read 8 to 190 messages a second; splitting on the separators that each message declares (MSH-1,
MSH-2) is all that the encoding rules ask, so this is our own. A field is split when it is asked for: most never are.
Nothing here knows what a segment means. Encoding rules: HL7 v2.8, chapter 2, sections 2.5 to 2.7 and 2.14 (character
sets); batches 2.10.3; MLLP: HL7 v2 transport specification, release 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

START, END = b"\x0b", b"\x1c\r"
"""What MLLP puts before and after a message."""

ENVELOPE = ("FHS", "BHS", "BTS", "FTS")

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
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_ESCAPES = {"F": "field", "S": "component", "T": "subcomponent", "R": "repetition", "E": "escape", "P": "truncation"}
_LAYOUT = re.compile(r"\.(br|sp|in|ti|sk|ce|fi|nf)([+-]?\d*)$")
_MANY_LINES = 200
"""The most lines that one layout command may ask for; more is no text."""


class Malformed(ValueError):  # noqa: N818 - named as one would say it
    """Bytes that are no HL7 v2 message; the message is one clause without a word of the content."""


@dataclass(frozen=True, slots=True)
class Separators:
    r"""The signs of one message, as MSH-1 and MSH-2 declare them; usually ``|^~\&`` and, since v2.7, ``#``."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"
    truncation: str = "#"

    @classmethod
    def of(cls, line: str) -> Separators:
        """Return the separators of a header line (MSH, BHS, FHS)."""
        sign = line[3:4]
        given = line[4:].split(sign, 1)[0].strip() if sign else ""
        if given.startswith("^~\\\\&"):  # an escape sign that some tool has doubled
            given = "^~\\&" + given[5:]
        signs = sign + given
        if len(given) > 5 or len(set(signs)) != len(signs) or any(s.isalnum() or s.isspace() for s in signs):
            raise Malformed("MSH-1 and MSH-2 do not declare the separators; they should read MSH|^~\\&|")
        if not given:
            raise Malformed("MSH-2 is empty; it should declare the separators, as in MSH|^~\\&|")
        # Later signs may be missing; what is then in their place must not split anything.
        return cls(sign, given[0], *(given[n : n + 1] or "\0" for n in range(1, 5)))


@dataclass(slots=True)
class Segment:
    """One segment: its name, and fields numbered as the standard numbers them (MSH-1 is the field separator)."""

    name: str
    line: str = field(repr=False)
    signs: Separators = field(repr=False)
    codec: str = field(default="utf-8", repr=False)
    place: int = 1
    _fields: list[str] | None = field(default=None, repr=False)

    @property
    def at(self) -> str:
        """The place within the message: ``OBX[3]``."""
        return f"{self.name}[{self.place}]"

    def raw(self, number: int) -> str:
        """Return a field as it stands between its separators, empty if it is not there."""
        fields = self._fields
        if fields is None:
            fields = self._fields = self.line.split(self.signs.field)
            if self.name in ("MSH", "BHS", "FHS"):
                fields.insert(1, self.signs.field)
        return fields[number] if number < len(fields) else ""

    def repetitions(self, number: int) -> list[str]:
        """Return the repetitions of a field, raw; none for an empty field."""
        found = self.raw(number)
        return found.split(self.signs.repetition) if found else []

    def get(self, number: int, component: int = 1, subcomponent: int = 1) -> str:
        """Return one value of the first repetition, unescaped and stripped; the HL7 null ``""`` is empty."""
        found = self.raw(number)
        return self.part(found.split(self.signs.repetition, 1)[0], component, subcomponent) if found else ""

    def part(self, repetition: str, component: int = 1, subcomponent: int = 1) -> str:
        """Return one value of a repetition, unescaped and stripped; the HL7 null ``""`` is empty."""
        signs, found = self.signs, repetition
        if signs.component in found:
            parts = found.split(signs.component, component)
            found = parts[component - 1] if component <= len(parts) else ""
        elif component > 1:
            return ""
        if signs.subcomponent in found:
            parts = found.split(signs.subcomponent, subcomponent)
            found = parts[subcomponent - 1] if subcomponent <= len(parts) else ""
        elif subcomponent > 1:
            return ""
        found = found.strip()
        if found == '""':
            return ""
        return self.unescaped(found) if signs.escape in found else found

    def components(self, repetition: str) -> list[str]:
        """Return the components of a repetition, unescaped and stripped; sub-components are joined by blanks."""
        whole = repetition.replace(self.signs.subcomponent, " ")
        return [self.unescaped(part).strip() for part in whole.split(self.signs.component)]

    def text(self, number: int) -> str:
        """Return a field of text (ST, TX, FT): unescaped, its repetitions as lines.

        Senders forget to escape their text, so component signs are left standing.
        """
        return "\n".join(self.unescaped(part) for part in self.repetitions(number) if part != '""')

    def unescaped(self, value: str) -> str:
        r"""Replace the escape sequences; what is no sequence stays as it is, a backslash in a path for one."""
        sign = self.signs.escape
        if sign not in value:
            return value
        head, *rest = value.split(sign)
        done, open_ = [head], True
        while rest:
            body = rest.pop(0)
            meant = self._meant(body) if open_ and rest else None
            if meant is None:
                done += [sign, body]
                open_ = True
            else:
                done += [meant, rest.pop(0)]
        return "".join(done)

    def _meant(self, body: str) -> str | None:
        """Return what an escape sequence stands for, or None if it is none."""
        if body in _ESCAPES:
            return str(getattr(self.signs, _ESCAPES[body]))
        if body in ("H", "N"):  # highlighting begins and ends
            return ""
        if body[:1] == "X" and len(body) % 2 and len(body) > 1:
            try:
                return bytes.fromhex(body[1:]).decode(self.codec, "replace")
            except ValueError:
                return None
        if body[:1] in ("C", "M", "Z") and re.fullmatch(r"[CM][0-9A-F]{4,6}|Z\w*", body):
            return ""  # a change of the character set, or a sign of the sender's own
        layout = _LAYOUT.match(body)
        if layout is None:
            return None
        what, count = layout.groups()
        times = min(int(count), _MANY_LINES) if count.isdigit() else 1
        return {"br": "\n", "ce": "\n", "sp": "\n" * max(times, 1), "sk": " " * times}.get(what, "")


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
    """Bring UTF-16 with a byte order mark to UTF-8, and drop the mark."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(codec, "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


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


def escaped(value: str, signs: Separators) -> str:
    """Return a value with the separators in it escaped, so that it can stand in a field."""
    letters = {getattr(signs, what): letter for letter, what in _ESCAPES.items() if letter != "P"}
    return "".join(f"{signs.escape}{letters[c]}{signs.escape}" if c in letters else c for c in value if c not in "\r\n")
