"""FHIR in JSON: bytes -> resources as plain dicts. One document, an array, or newline-delimited (NDJSON) as a stream.

Decimals stay as written (``7.20``), as strings. A record that is no JSON, or too deep, or too large, is given in its
place with the reason; the records behind it go on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, TypeAlias

Tree: TypeAlias = dict[str, Any]

LIMIT = 128_000_000
"""The largest JSON document, and the longest line of NDJSON, in bytes."""

KEPT = 1_000_000
"""The largest broken record whose bytes are kept for the reject file."""

_SPACE = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"


class Record(NamedTuple):
    """One JSON object: its place (``line 17``, empty for the only one), and the tree, or why there is none.

    ``start`` and ``length`` tell where its bytes lie in the stream; ``raw`` are those bytes, of a document only where
    it is broken and not too large.
    """

    place: str
    tree: Tree | None
    why: str = ""
    raw: bytes = b""
    start: int = 0
    length: int = 0


def _constant(name: str) -> Any:  # noqa: ANN401 - the decoder's signature
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(parse_float=str, parse_constant=_constant, strict=False)


class NotJson(ValueError):  # noqa: N818 - the word says what is wrong
    """Bytes that are no JSON text; the message says why in words that hold nothing of the content."""


def decode(data: bytes) -> Any:  # noqa: ANN401 - JSON is of every kind
    """Return the value of a JSON text in UTF-8, or in UTF-16 with its mark.

    Raises:
        NotJson: it is not one, with the reason.
    """
    try:
        text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotJson(f"not UTF-8 text at byte {error.start}; export it again as UTF-8") from None
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        what = "the JSON ends too early, it is cut off" if cut else "not JSON"
        raise NotJson(f"{what} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise NotJson("the JSON is nested more deeply than any record is") from None
    except ValueError:
        raise NotJson("not JSON: a number that cannot be read") from None


def records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the JSON objects of a stream; of NDJSON line by line, so that memory does not grow with the stream."""
    first = stream.readline(LIMIT + 1)
    second = b""
    while second.strip(_SPACE) == b"" and (line := stream.readline(LIMIT + 1)):
        second += line
    if by_lines(first, second):
        yield from _lines(stream, first, second)
    else:
        yield from _document(first + second + stream.read(max(0, LIMIT + 1 - len(first) - len(second))))


def by_lines(first: bytes, second: bytes) -> bool:
    """Tell by its first two lines whether a stream has an object a line."""
    begins = first.removeprefix(_MARK).strip(_SPACE)
    if len(begins) < 2 or not begins.startswith(b"{") or begins[-1:] in b"{[,":
        return False
    return second.lstrip(b"\r\n").startswith(b"{") or (begins.endswith(b"}") and bool(second.strip(_SPACE)))


def _lines(stream: BinaryIO, first: bytes, second: bytes) -> Iterator[Record]:
    number, start = 0, 0
    waiting = [first, *second.splitlines(keepends=True)]
    while line := waiting.pop(0) if waiting else stream.readline(LIMIT + 1):
        number += 1
        while len(line) > LIMIT and not line.endswith(b"\n"):
            yield Record(f"line {number}", None, _large(), b"", start, len(line))
            start += len(line)
            while (more := stream.readline(LIMIT)) and not more.endswith(b"\n"):
                start += len(more)
            start += len(more)
            line = b""
        if line.strip(_SPACE):
            yield _record(f"line {number}", line, start)
        start += len(line)


def _record(place: str, data: bytes, start: int) -> Record:
    try:
        tree = decode(data)
    except NotJson as error:
        return Record(place, None, _placed(str(error), place), data if len(data) <= KEPT else b"", start, len(data))
    if not isinstance(tree, dict):
        return Record(place, None, "not a JSON object, so no resource", data[:KEPT], start, len(data))
    return Record(place, tree, "", data, start, len(data))


def _placed(why: str, place: str) -> str:
    """Return a reason without the line number that counts within one line."""
    return re.sub(r"line \d+, (?=column)", "", why) if place else why


def _document(data: bytes) -> Iterator[Record]:
    if len(data) > LIMIT:
        yield Record("", None, _large())
        return
    try:
        tree = decode(data)
    except NotJson as error:
        yield Record("", None, str(error), data if len(data) <= KEPT else b"")
        return
    for number, one in enumerate(tree if isinstance(tree, list) else [tree]):
        place = f"item {number + 1}" if isinstance(tree, list) else ""
        if isinstance(one, dict):
            yield Record(place, one, length=0 if place else len(data))
        else:
            yield Record(place, None, "not a JSON object, so no resource")


def _large() -> str:
    return f"this is more than the {LIMIT // 1_000_000} MB that one record may have; export it as NDJSON"


def read(stream: BinaryIO, start: int, length: int) -> Tree:
    """Return the object that ``records`` found at a place; the stream can seek."""
    stream.seek(start)
    tree = decode(stream.read(length))
    assert isinstance(tree, dict)  # noqa: S101 - records() found an object there
    return tree


_R5 = {
    "Encounter": ("actualPeriod", "plannedStartDate", "admission"),
    "Condition": ("participant",),
    "Procedure": ("occurrenceDateTime", "occurrencePeriod"),
    "MedicationRequest": ("medication",),
    "MedicationStatement": ("medication", "adherence"),
    "MedicationAdministration": ("medication", "occurenceDateTime"),
}
_STU3 = {
    "Encounter": ("reason",),
    "Condition": ("context",),
    "Procedure": ("context", "definition", "notDone"),
    "Observation": ("context",),
    "DiagnosticReport": ("context", "codedDiagnosis"),
    "MedicationRequest": ("context",),
    "Immunization": ("notGiven", "date"),
}
_STATUS_WORDS = {"Condition": ("clinicalStatus", "verificationStatus"), "AllergyIntolerance": ("clinicalStatus",)}


def version(resource: Tree) -> str:
    """Return the FHIR release that a resource's shape gives away, ``R4`` where nothing speaks against it.

    Claims are the exception: Medicare still sends those of STU3, and what differs is read (``item.service``).
    """
    name = resource.get("resourceType")
    if not isinstance(name, str):
        return "R4"
    if any(key in resource for key in _R5.get(name, ())) or (
        name == "Encounter" and isinstance(resource.get("class"), list)
    ):
        return "R5"
    words = any(isinstance(resource.get(key), str) for key in _STATUS_WORDS.get(name, ()))
    return "STU3" if words or any(key in resource for key in _STU3.get(name, ())) else "R4"
