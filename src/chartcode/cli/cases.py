"""Cases from a file that is not a note: JSON as ``chartcode code`` writes it, claims (X12 837, FHIR), the napkin."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from chartcode.model.case import Case

LIMIT = 200_000_000
"""The largest file of cases that is read, in bytes."""


_CLAIMS = re.compile(r"\s*(?:ISA[^ \r\nA-Za-z0-9]|GS\*[A-Z]{2}\*|ST\*\d{3}\*)")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")


class BadCases(ValueError):  # noqa: N818 - named as one would say it
    """A file of cases cannot be read; the message is one sentence that names the place."""


def contents(path: str) -> str:
    """Return the text of a file of cases, or of standard input for ``-``.

    Raises:
        BadCases: there is no such file, it is too large, or it is not UTF-8.
    """
    name = "standard input" if path == "-" else path
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(LIMIT + 1)
    except OSError as error:
        raise BadCases(f"{name}: {(error.strerror or 'it cannot be read').lower()}; check the path") from None
    if len(data) > LIMIT:
        raise BadCases(f"{name}: the file is larger than {LIMIT // 1_000_000} MB; split it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from chartcode.wire import x12

        if x12.recognise(data[:100]):
            return data.decode("cp1252", "replace")
        raise BadCases(f"{name}: the file is not UTF-8 text; save it as UTF-8") from None


def is_json(text: str) -> bool:
    """Tell whether a text is JSON rather than a note or a napkin; notes too may begin with a bracket."""
    return _JSON.match(text) is not None


def cases(text: str, name: str) -> Iterator[Case | BadCases]:
    """Yield the cases of a text, and in the place of each that cannot be read, why not."""
    if not text.strip():
        yield BadCases(f"{name}: there is no case in it")
    elif _CLAIMS.match(text):
        yield from _claims(text, name)
    elif is_json(text):
        yield from (_fhir if '"resourceType"' in text else _json)(text, name)
    else:
        yield from _napkins(text, name)


def _json(text: str, name: str) -> Iterator[Case | BadCases]:
    from chartcode.model.reading import case

    for place, tree in _trees(text, name):
        try:
            yield tree if isinstance(tree, BadCases) else case(tree)
        except ValueError as error:
            yield BadCases(f"{place}: {error}")


def _trees(text: str, name: str) -> Iterator[tuple[str, object]]:
    """Yield each object with its place: all of one JSON value, else one a line."""
    try:
        whole = json.loads(text)
    except ValueError:
        for number, line in enumerate(text.splitlines(), start=1):
            place = f"{name}, line {number}"
            if line.strip():
                try:
                    yield place, json.loads(line)
                except ValueError as error:
                    yield place, BadCases(f"{place}: not JSON: {_where(error)}")
        return
    for number, tree in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield f"{name}, case {number}", tree


def _where(error: ValueError) -> str:
    return f"{error.msg.lower()} at column {error.colno}" if isinstance(error, json.JSONDecodeError) else "malformed"


def _claims(text: str, name: str) -> Iterator[Case | BadCases]:
    from chartcode.collect.source import Source, Unreadable
    from chartcode.collect.x12 import case_of_claim, claims
    from chartcode.model.code import ICD9CM

    for claim in claims(Source(name, name, held=text.encode())):
        if isinstance(claim, Unreadable):
            yield BadCases(str(claim))
        elif any(listed.code.system == ICD9CM for listed in claim.diagnoses):
            ended = "it is coded in ICD-9-CM, which ended on 2015-09-30; claims since then are checked"
            yield BadCases(f"{name}, claim {claim.id}: {ended}")
        else:
            yield case_of_claim(claim)


def _fhir(text: str, name: str) -> Iterator[Case | BadCases]:
    """Yield the cases of claims in FHIR; a record without any is for ``chartcode code``."""
    from chartcode.collect.billed import cases_of_claims
    from chartcode.collect.fhir import charts
    from chartcode.collect.source import Source, Unreadable

    for chart in charts(Source(name, name, held=text.encode())):
        if isinstance(chart, Unreadable):
            yield BadCases(str(chart))
            continue
        found = list(cases_of_claims(chart))
        told = "there is no claim with codes to check in it; a record is coded with 'chartcode code'"
        yield from found or (BadCases(f"{chart.id}: {told}"),)


def _napkins(text: str, name: str) -> Iterator[Case | BadCases]:
    from chartcode.model.notation import NotationError, read

    try:
        for marked in read(text):
            yield marked.case
    except NotationError as error:
        yield BadCases(f"{name}: {error}")
