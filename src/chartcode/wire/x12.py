"""X12 bytes -> interchanges -> transactions -> segments -> elements.

Our own because what comes from real payers and vendors is rarely to the letter of its guide: the typed library
(x12sdk) refuses 12 of our 55 sample files of claims and remittances, quotes the patient's words in its errors, and
reads some 50 transactions a second, where splitting on the separators that the interchange header declares reads
thousands. Whether a file is to the letter of its guide is for a validator; tests hold our reading against pyx12's.

Rules: X12.5 (interchange control structures) and X12.6 (application control structures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

KINDS = {
    "270": "an eligibility inquiry", "271": "an eligibility response", "275": "an attachment to a claim",
    "276": "a claim status request", "277": "a claim status response", "278": "a request or response for authorization",
    "820": "a premium payment", "824": "an application advice", "834": "a benefit enrollment",
    "835": "a remittance advice", "837": "a claim", "997": "a functional acknowledgement",
    "999": "an implementation acknowledgement", "TA1": "an interchange acknowledgement",
}  # fmt: skip
"""Transaction sets that the health care guides use, in words."""

CHUNK = 1 << 20
LONGEST = 1_000_000
"""The longest segment, in characters; what is longer is not X12."""

MOST = 2_000_000
"""The most segments of one transaction: some 100,000 claims, twenty times what the guides allow."""

_COMPOSITES = {"CLM": 5, "HI": 1, "SV1": 1, "SV2": 2, "SVC": 1}
"""Segments with an element that always has components, and its number."""

_COMPOSITE = re.compile(r"[A-Z0-9]{1,3}([^\w\s.-])")
_BLANK = " \t\r\n"
"""What may stand between segments. Other control characters may be separators, and ``str.strip`` would take them."""

_LIKE = re.compile(rb"ISA[^\sA-Za-z0-9]|GS\*[A-Z]{2}\*|ST\*\d{3}\*")


class Malformed(ValueError):  # noqa: N818 - named as one would say it
    """A file or transaction that is not X12; the message is one clause without a word of the content."""


@dataclass(frozen=True, slots=True)
class Separators:
    """The signs of one interchange, as its header (ISA) declares them."""

    element: str
    component: str
    repetition: str
    segment: str


@dataclass(slots=True)
class Segment:
    """One segment: its name, and its elements numbered from 1 as the guides do (``HI01`` is ``get(1)``)."""

    name: str
    elements: list[str] = field(repr=False)
    signs: Separators = field(repr=False)
    at: str = ""
    """The place within the transaction: ``HI[2]``."""

    def get(self, number: int) -> str:
        """Return an element, stripped; empty if it is not there."""
        return self.elements[number].strip() if number < len(self.elements) else ""

    def parts(self, number: int) -> list[str]:
        """Return the components of an element, stripped; none if it is not there."""
        found = self.get(number)
        return [part.strip() for part in found.split(self.signs.component)] if found else []

    def part(self, number: int, component: int) -> str:
        """Return one component, counted from 1; empty if it is not there."""
        parts = self.parts(number)
        return parts[component - 1] if component <= len(parts) else ""


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction set, ST to SE; ``guide`` is the implementation guide's version (``005010X222A1``)."""

    kind: str
    guide: str
    control: str
    number: int
    segments: tuple[Segment, ...] = field(repr=False)
    sender: str = ""
    receiver: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A transaction that cannot be read: its number, why, and its text where it is short enough to keep."""

    number: int
    why: str
    text: str = field(default="", repr=False)


def recognise(head: bytes) -> bool:
    """Tell whether bytes begin as X12 does; a byte order mark and blanks may stand before."""
    return _LIKE.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def transactions(stream: BinaryIO) -> Iterator[Transaction | Refused]:
    """Yield the transactions of a stream one by one; memory holds one at a time.

    Raises:
        Malformed: the stream does not begin with an interchange header, or something in it is no X12.
    """
    state = _Reading()
    for name, text, signs in _segments(stream):
        yield from state.hear(name, text, signs)
    yield from state.end()


def _segments(stream: BinaryIO) -> Iterator[tuple[str, str, Separators]]:
    """Yield (name, text, separators) of each segment."""
    signs: Separators | None = None
    rest = ""
    while True:
        data = stream.read(CHUNK)
        rest += data.decode("latin-1")  # every byte is a character, so no chunk is cut within one
        if signs is None:
            rest = rest.removeprefix("\xef\xbb\xbf").lstrip(_BLANK)
            signs = _header(rest)
        *whole, rest = rest.split(signs.segment)
        for text in whole:
            bare = _worded(text.strip(_BLANK))
            if bare.startswith("ISA") and len(bare) > 3 and not bare[3].isalnum():
                again = _header(bare + signs.segment)
                if again != signs:  # an interchange with other signs in one file
                    signs = again
            if bare:
                yield bare.split(signs.element, 1)[0], bare, signs
        if len(rest) > LONGEST:
            raise Malformed(f"a segment has more than {LONGEST:,} characters; the segment terminator is missing")
        if not data:
            break
    if rest.strip(_BLANK):
        yield "", rest.strip(_BLANK), signs


def _worded(text: str) -> str:
    """Return a segment as it was meant: X12 is ASCII, what senders write beside it is UTF-8 or Windows-1252."""
    if text.isascii():
        return text
    data = text.encode("latin-1")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _header(text: str) -> Separators:
    """Return the separators that an interchange header declares; blanks missing from its fixed width are forgiven."""
    if not text.startswith("ISA"):
        what = "a group or transaction" if text[:2] in ("GS", "ST") else "something else"
        raise Malformed(
            f"it begins with {what} and not with the interchange header (ISA), which declares the separators"
        )
    element = text[3:4]
    elements = text[:400].split(element, 16)
    if len(elements) < 17 or not element or element.isalnum():
        raise Malformed("the interchange header (ISA) does not have its 16 elements; the file may be cut off")
    tail = elements[16]
    if len(tail) < 2:
        raise Malformed("the interchange header (ISA) is cut off")
    component, terminator = tail[0], tail[1]
    if terminator == "\r" and tail[2:3] == "\n":
        terminator = "\n"
    repetition = elements[11] if not elements[11].isalnum() and len(elements[11]) == 1 else ""
    if component.isalnum() or terminator.isalnum() or len({element, component, terminator}) < 3:
        raise Malformed("the interchange header (ISA) does not declare three different separators")
    return Separators(element, component, repetition, terminator)


class _Reading:
    """Where the reading stands: in which interchange, group and transaction."""

    def __init__(self) -> None:
        self._number = 0
        self._guide = ""
        self._who = ("", "")
        self._interchanges = 0
        self._kind = ""
        self._control = ""
        self._version = ""
        self._held: list[Segment] | None = None
        self._counts: dict[str, int] = {}
        self._raw: list[str] = []

    def hear(self, name: str, text: str, signs: Separators) -> Iterator[Transaction | Refused]:
        """Take in one segment; yield the transaction that it ends."""
        elements = text.split(signs.element)
        if name == "":
            yield from self._cut("the file ends within a segment")
        elif name in ("ISA", "GS", "ST", "GE", "IEA"):
            if self._held is not None:
                yield from self._cut(f"it is cut off: {name} comes before its trailer (SE)")
            self._envelope(name, elements)
        elif name == "TA1":
            self._number += 1
            yield Transaction("TA1", "", "", self._number, (Segment("TA1", elements, signs, "TA1[1]"),), *self._who)
        elif self._held is None:
            self._number += 1
            yield Refused(self._number, f"a segment stands outside of a transaction, before any ST ({_shown(name)})")
        elif name == "SE":
            yield self._transaction(elements)
        else:
            self._take(name, elements, signs, text)

    def end(self) -> Iterator[Refused]:
        """Yield what is wrong at the end."""
        if self._held is not None:
            yield from self._cut("it is cut off: the file ends before its trailer (SE)")
        elif self._interchanges:
            yield Refused(0, "the file ends before the interchange trailer (IEA); it may be cut off")

    def _envelope(self, name: str, elements: list[str]) -> None:
        if name == "ISA":
            self._interchanges += 1
        elif name == "IEA":
            self._interchanges -= 1
        elif name == "GS":
            self._guide = elements[8].strip() if len(elements) > 8 else ""
            self._who = (elements[2].strip(), elements[3].strip()) if len(elements) > 3 else ("", "")
        elif name == "ST":
            self._number += 1
            self._kind = elements[1].strip() if len(elements) > 1 else ""
            self._control = elements[2].strip() if len(elements) > 2 else ""
            self._version = elements[3].strip() if len(elements) > 3 else ""
            self._held, self._counts, self._raw = [], {}, []

    def _take(self, name: str, elements: list[str], signs: Separators, text: str) -> None:
        if self._held is None:
            return
        if len(self._held) >= MOST:
            raise Malformed(f"a transaction has more than {MOST:,} segments; split the file")
        count = self._counts[name] = self._counts.get(name, 0) + 1
        self._held.append(Segment(name, elements, signs, f"{name}[{count}]"))
        if len(self._raw) < 2000:
            self._raw.append(text)

    def _transaction(self, trailer: list[str]) -> Transaction:
        held, self._held = tuple(self._held or ()), None
        remarks = []
        said = trailer[1].strip() if len(trailer) > 1 else ""
        if said.isascii() and said.isdigit() and int(said) != len(held) + 2:
            remarks.append(f"the transaction's trailer promises {int(said)} segments, but {len(held) + 2} came")
        if (used := _component_used(held)) is not None:
            signs = replace(held[0].signs, component=used)
            held = tuple(replace(segment, signs=signs) for segment in held)
            remarks.append("the header declares another component separator than the transaction uses")
        guide = self._version or self._guide
        return Transaction(
            self._kind, guide, self._control, self._number, held, self._who[0], self._who[1], tuple(remarks)
        )

    def _cut(self, why: str) -> Iterator[Refused]:
        text, self._held = "\n".join(self._raw), None
        self._interchanges = 0  # said once
        yield Refused(self._number, why, text)


def _component_used(segments: Sequence[Segment]) -> str | None:
    """Return the component separator that a transaction uses, if it is another than its header declares."""
    for segment in segments:
        value = segment.get(_COMPOSITES[segment.name]) if segment.name in _COMPOSITES else ""
        if value:
            other = _COMPOSITE.match(value)
            return other[1] if other and other[1] != segment.signs.component else None
    return None


def _shown(name: str) -> str:
    """Return a segment's name for a message, if it is one: garbage may be a patient's words."""
    return name if re.fullmatch(r"[A-Z][A-Z0-9]{1,2}", name) else "not a segment's name"
